#include "app/desktop/shell.h"

#include <algorithm>

#include "app/desktop/measure_overlay.h"
#include "app/desktop/theme.h"
#include "app/panels/help_panel.h"
#include "app/panels/notices.h"

namespace hashimichi::app {
namespace {

constexpr float splitter_px = 4, time_height_px = 52;
constexpr ImGuiWindowFlags fixed = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                                   ImGuiWindowFlags_NoScrollWithMouse;

/// A borderless window that fills a region.
template <typename Draw>
void inRegion(const char* id, const Region& region, ImVec2 padding, Draw draw) {
  ImGui::SetNextWindowPos(region.position);
  ImGui::SetNextWindowSize(region.size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
  ImGui::Begin(id, nullptr, fixed);
  ImGui::PopStyleVar();
  draw();
  ImGui::End();
}

}  // namespace

void Shell::layOut(float scale) {
  const ImVec2 all = ImGui::GetIO().DisplaySize;
  const float menu = menu_height_px * scale, status = status_height_px * scale, time = time_height_px * scale,
              gap = splitter_px * scale;
  const float left = std::min(left_ * scale, all.x * 0.25F), right = std::min(right_ * scale, all.x * 0.35F);
  const float bottom = std::min(bottom_ * scale, all.y * 0.45F);
  const float middle = std::max(100.0F, all.y - menu - status - time - bottom - gap);
  const float centre = std::max(100.0F, all.x - left - right - 2 * gap);
  regions_["menu"] = {{0, 0}, {all.x, menu}};
  regions_["search"] = {{all.x * 0.5F, 0}, {all.x * 0.33F, menu}};
  regions_["layers"] = {{0, menu}, {left, middle}};
  regions_["view"] = {{left + gap, menu}, {centre, middle}};
  regions_["inspector"] = {{left + centre + 2 * gap, menu}, {right, middle}};
  regions_["ranking"] = {{0, menu + middle + gap}, {all.x, bottom}};
  regions_["time"] = {{0, menu + middle + gap + bottom}, {all.x, time}};
  regions_["status"] = {{0, all.y - status}, {all.x, status}};
}

void Shell::splitters(float scale) {
  const float gap = splitter_px * scale;
  const Region& centre = regions_["view"];
  const auto bar = [&](const char* id, ImVec2 position, ImVec2 size, bool vertical, auto moved) {
    inRegion(id, {position, size}, {0, 0}, [&] {
      ImGui::InvisibleButton(id, size);
      if (ImGui::IsItemHovered() || ImGui::IsItemActive())
        ImGui::SetMouseCursor(vertical ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
      if (ImGui::IsItemActive()) moved((vertical ? ImGui::GetIO().MouseDelta.x : ImGui::GetIO().MouseDelta.y) / scale);
    });
  };
  ImGui::PushStyleColor(ImGuiCol_WindowBg, ImGui::GetStyleColorVec4(ImGuiCol_MenuBarBg));
  bar("##split-left", {centre.position.x - gap, centre.position.y}, {gap, centre.size.y}, true,
      [this](float by) { left_ = std::clamp(left_ + by, 140.0F, 480.0F); });
  bar("##split-right", {centre.position.x + centre.size.x, centre.position.y}, {gap, centre.size.y}, true,
      [this](float by) { right_ = std::clamp(right_ - by, 220.0F, 640.0F); });
  bar("##split-bottom", {0, centre.position.y + centre.size.y}, {ImGui::GetIO().DisplaySize.x, gap}, false,
      [this](float by) { bottom_ = std::clamp(bottom_ - by, 90.0F, 600.0F); });
  ImGui::PopStyleColor();
}

void Shell::drawCentre(const ViewModel& view, CommandQueue& out, Viewport& viewport, float scale,
                       double seconds_since_last) {
  const Region& region = regions_["view"];
  inRegion("##view", region, {0, 0}, [&] {
    if (!view.project) {
      drawEmptyState(view, out, dialog_, region.position, region.size, scale);
      return;
    }
    viewport.draw(view, out, region.position, region.size, seconds_since_last);
    drawMeasuring(view, viewport.camera(), viewport.pointing() ? viewport.groundUnderCursor() : std::nullopt,
                  region.position, region.size, scale);
    drawAskedPlace(view, viewport.camera(), region.position, region.size, scale);
  });
  if (view.project)
    overlay_.draw(view, out, viewport.camera(), region.position, region.size, viewport.pointing(), scale);
}

void Shell::draw(const ViewModel& view, CommandQueue& out, Viewport& viewport, float scale, double seconds_since_last) {
  layOut(scale);
  const ImVec2 padding{8 * scale, 6 * scale};
  menu_.draw(view, out, dialog_, scale);
  inRegion("##layers", regions_["layers"], padding, [&] { layers_.draw(view, out, scale); });
  drawCentre(view, out, viewport, scale, seconds_since_last);
  inRegion("##inspector", regions_["inspector"], padding, [&] { inspector_.draw(view, out, scale); });
  inRegion("##ranking", regions_["ranking"], padding, [&] { ranking_.draw(view, out, scale); });
  inRegion("##time", regions_["time"], padding, [&] { time_.draw(view, out, scale); });
  inRegion("##status", regions_["status"], {8 * scale, 2 * scale}, [&] {
    status_.draw(view, out, viewport.groundUnderCursor(), viewport.renderer(), viewport.pointStatus(), scale);
  });
  splitters(scale);
  import_.draw(view, out, scale);
  preview_.draw(view, out, scale);
  points_.draw(view, out, viewport.pointStatus(), viewport.camera(), scale);
  measure_.draw(view, out, dialog_, scale);
  section_.draw(view, out, dialog_, scale);
  profile_.draw(view, out, dialog_, scale);
  compare_.draw(view, out, scale);
  place_.draw(view, out, scale);
  search_.draw(view, out, regions_["search"].position.x, regions_["search"].position.x + regions_["search"].size.x,
               scale);
  drawHelpWindows(view, out, scale);
  dialog_.draw(view, out, scale);
  drawNotices(view, out, regions_["view"].position, regions_["view"].size, scale);
}

}  // namespace hashimichi::app
