#include "app/panels/history_window.h"

#include <imgui.h>

#include "app/desktop/theme.h"
#include "app/widgets/facts.h"
#include "app/widgets/tool_window.h"

namespace hashimichi::app {
namespace {

void stepLine(const EditState& edits, std::size_t step, const std::string& name, const Palette& colours,
              CommandQueue& out) {
  const bool undone = step > edits.step;
  if (undone) ImGui::PushStyleColor(ImGuiCol_Text, colours.quiet);
  const std::string label = name + "###step" + std::to_string(step);
  if (ImGui::Selectable(label.c_str(), step == edits.step) && step != edits.step) out.push(EditCommand{GoToStep{step}});
  if (undone) ImGui::PopStyleColor();
}

}  // namespace

void drawHistoryWindow(const ViewModel& view, CommandQueue& out, float scale) {
  toolWindow(view, out, WindowId::history, "history.title", {320, 420}, {0.24F, 0.2F}, scale, [&] {
    const Palette& colours = paletteOf(view.theme);
    const EditState& edits = view.edits;
    ImGui::BeginDisabled(!edits.canUndo());
    if (ImGui::Button(say(view, "edit.undo"))) out.push(EditCommand{Undo{}});
    ImGui::EndDisabled();
    ImGui::SameLine();
    ImGui::BeginDisabled(!edits.canRedo());
    if (ImGui::Button(say(view, "edit.redo"))) out.push(EditCommand{Redo{}});
    ImGui::EndDisabled();
    ImGui::BeginChild("steps", {0, 0}, true);
    stepLine(edits, 0, say(view, "history.opened"), colours, out);
    ImGuiListClipper clipper;  // two thousand lines are too many to lay out every frame
    clipper.Begin(static_cast<int>(edits.steps.size()));
    while (clipper.Step())
      for (int line = clipper.DisplayStart; line < clipper.DisplayEnd; ++line) {
        const auto at = static_cast<std::size_t>(line);
        stepLine(edits, at + 1, edits.steps[at], colours, out);
      }
    ImGui::EndChild();
  });
}

}  // namespace hashimichi::app
