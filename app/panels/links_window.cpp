#include "app/panels/links_window.h"

#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>

#include "app/panels/path_dialog.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"
#include "geo/core/file.h"
#include "geo/core/text.h"

namespace hashimichi::app {

void LinksWindow::draw(const ViewModel& view, CommandQueue& out, float scale) {
  if (!view.files.links_open || !view.project) return;
  const ImVec2 all = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({all.x / 2, all.y * 0.4F}, ImGuiCond_Appearing, {0.5F, 0.5F});
  ImGui::SetNextWindowSize({std::min(680 * scale, all.x * 0.9F), std::min(380 * scale, all.y * 0.8F)},
                           ImGuiCond_Appearing);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  bool open = true;
  const std::string id = std::string(say(view, "links.title")) + "###links";
  if (ImGui::Begin(id.c_str(), &open, ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings)) {
    quiet(say(view, "links.help"), paletteOf(view.theme));
    const float below = 3.4F * ImGui::GetFrameHeightWithSpacing();
    drawList(view, std::max(80 * scale, ImGui::GetContentRegionAvail().y - below));
    drawRepair(view, out, scale);
  }
  ImGui::End();
  ImGui::PopStyleVar();
  if (!open) out.push(FileCommand{ShowLinks{false}});
}

void LinksWindow::drawList(const ViewModel& view, float height) {
  const std::vector<std::filesystem::path>& missing = view.files.missing_links;
  if (std::ranges::find(missing, chosen_) == missing.end()) chosen_ = missing.empty() ? "" : missing.front();
  ImGui::BeginChild("list", {0, height}, true);
  if (missing.empty()) quiet(say(view, "links.none"), paletteOf(view.theme));
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(missing.size()));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const std::filesystem::path& path = missing[static_cast<std::size_t>(i)];
      if (ImGui::Selectable(toUtf8(path).c_str(), path == chosen_)) chosen_ = path;
    }
  ImGui::EndChild();
}

void LinksWindow::drawRepair(const ViewModel& view, CommandQueue& out, float scale) {
  if (chosen_.empty()) return;
  quietLine(say(view, "links.where", {toUtf8(chosen_.filename())}), paletteOf(view.theme));
  ImGui::SetNextItemWidth(-130 * scale);
  ImGui::InputTextWithHint("##found", say(view, "links.hint"), &found_);
  ImGui::SameLine();
  const bool ready = !trim(found_).empty() && !view.files.read_only;
  if (!ready) ImGui::BeginDisabled();
  if (mainButton(say(view, "links.repair"), {120 * scale, 0}, paletteOf(view.theme)))
    out.push(FileCommand{RepairLink{chosen_, pathFromTyped(found_)}});
  if (!ready) ImGui::EndDisabled();
  if (view.files.read_only) quiet(view.files.why_read_only, paletteOf(view.theme));
}

}  // namespace hashimichi::app
