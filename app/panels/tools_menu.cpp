#include "app/panels/tools_menu.h"

#include <imgui.h>

#include "app/panels/measure_panel.h"
#include "app/panels/point_legend.h"
#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

void colourMenu(const ViewModel& view, CommandQueue& out) {
  for (int i = 0; i <= static_cast<int>(render::PointColour::distance); ++i) {
    render::PointStyle style = view.points.style;
    const auto colour = static_cast<render::PointColour>(i);
    if (!ImGui::MenuItem(wordOf(view, colour), nullptr, style.colour == colour)) continue;
    style.colour = colour;
    style.range_low.reset(), style.range_high.reset();
    out.push(PointCommand{SetPointStyle{style}});
  }
}

}  // namespace

void drawToolsMenu(const ViewModel& view, CommandQueue& out, PathDialog& dialog) {
  const bool project = view.project != nullptr;
  const auto window = [&](const char* key, const char* shortcut, WindowId id) {
    const bool open = view.open_windows.contains(id);
    if (ImGui::MenuItem(say(view, key), shortcut, open, project)) out.push(ShowWindow{id, !open});
  };
  const auto tool = [&](const char* shortcut, PointTool which) {
    if (ImGui::MenuItem(wordOf(view, which), shortcut, view.points.tool == which, project))
      out.push(PointCommand{SetPointTool{which}});
  };
  if (ImGui::MenuItem(say(view, "edit.undo"), "Ctrl+Z", false, view.edits.canUndo())) out.push(EditCommand{Undo{}});
  if (ImGui::MenuItem(say(view, "edit.redo"), "Ctrl+Y", false, view.edits.canRedo())) out.push(EditCommand{Redo{}});
  window("history.title", nullptr, WindowId::history);
  window("edit.notebook", nullptr, WindowId::notebook);
  tool(nullptr, PointTool::note);
  ImGui::Separator();
  window("points.title", "C", WindowId::points);
  if (ImGui::BeginMenu(say(view, "points.colour"), project)) {
    colourMenu(view, out);
    ImGui::EndMenu();
  }
  ImGui::Separator();
  window("measure.title", nullptr, WindowId::measure);
  tool("P", PointTool::pick);
  tool("M", PointTool::distance);
  tool("H", PointTool::height);
  tool("R", PointTool::area);
  const bool bridge = project && view.selection && view.selection->kind == model::AssetKind::bridge;
  if (ImGui::MenuItem(say(view, "measured.clearance"), nullptr, false, bridge))
    out.push(PointCommand{MeasureClearance{view.selection->id, std::nullopt}});
  if (ImGui::MenuItem(say(view, "measure.export"), nullptr, false, !view.points.saved.all().empty()))
    dialog.open(PathPurpose::measurements_csv, view);
  ImGui::Separator();
  tool("X", PointTool::section);
  window("section.title", nullptr, WindowId::section);
  window("profile.title", nullptr, WindowId::road_sections);
  window("compare.title", nullptr, WindowId::compare);
}

}  // namespace hashimichi::app
