#include "app/desktop/shell.h"

#include <algorithm>

#include "app/desktop/icons.h"
#include "app/desktop/measure_overlay.h"
#include "app/desktop/theme.h"
#include "app/panels/help_panel.h"
#include "app/panels/recovery_question.h"
#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

constexpr float splitter_px = 4;
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

/// The small button at the upper right of a region that lets it float or puts it back.
bool floatButton(const ViewModel& view, bool floats, float scale) {
  const float width = ImGui::CalcTextSize(icon::float_out).x + 2 * ImGui::GetStyle().FramePadding.x;
  const ImVec2 cursor = ImGui::GetCursorPos();
  ImGui::SetCursorPos({ImGui::GetWindowWidth() - width - 4 * scale, cursor.y});
  ImGui::PushStyleColor(ImGuiCol_Button, IM_COL32_BLACK_TRANS);
  ImGui::PushStyleColor(ImGuiCol_Text, ImGui::GetStyleColorVec4(ImGuiCol_TextDisabled));
  const bool pressed = ImGui::SmallButton((std::string(icon::float_out) + "##float").c_str());
  ImGui::PopStyleColor(2);
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", say(view, floats ? "action.put_back" : "action.float_out"));
  ImGui::SetCursorPos(cursor);
  return pressed;
}

}  // namespace

template <typename Draw>
void Shell::drawRegion(const ViewModel& view, const char* name, const char* title_key, float scale, Draw draw) {
  const ImVec2 padding{8 * scale, 6 * scale};
  if (const auto region = regions_.find(name); region != regions_.end()) {
    inRegion((std::string("##") + name).c_str(), region->second, padding, [&] {
      if (floatButton(view, false, scale)) layout_.setFloating(name, true);
      draw();
    });
    return;
  }
  const ImVec2 all = ImGui::GetIO().DisplaySize;
  Region place = layout_.place(name);
  if (place.size.x < 1) place = {{all.x / scale * 0.3F, all.y / scale * 0.25F}, {420, 420}};
  // Never out of reach: the window may have been larger when it was left there.
  const ImVec2 size{std::min(place.size.x * scale, all.x), std::min(place.size.y * scale, all.y)};
  ImGui::SetNextWindowPos({std::clamp(place.position.x * scale, 0.0F, all.x - size.x),
                           std::clamp(place.position.y * scale, 0.0F, all.y - size.y)},
                          ImGuiCond_Appearing);
  ImGui::SetNextWindowSize(size, ImGuiCond_Appearing);
  ImGui::SetNextWindowSizeConstraints({160 * scale, 120 * scale}, all);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  bool open = true;
  const std::string id = std::string(say(view, title_key)) + "###float-" + name;
  if (ImGui::Begin(id.c_str(), &open, ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings)) draw();
  const ImVec2 at = ImGui::GetWindowPos(), now = ImGui::GetWindowSize();
  layout_.setPlace(name, {{at.x / scale, at.y / scale}, {now.x / scale, now.y / scale}});
  ImGui::End();
  ImGui::PopStyleVar();
  if (!open) layout_.setFloating(name, false);
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
      [this](float by) { layout_.moveLeft(by); });
  bar("##split-right", {centre.position.x + centre.size.x, centre.position.y}, {gap, centre.size.y}, true,
      [this](float by) { layout_.moveRight(-by); });
  bar("##split-bottom", {0, centre.position.y + centre.size.y}, {ImGui::GetIO().DisplaySize.x, gap}, false,
      [this](float by) { layout_.moveBottom(-by); });
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
    const auto [position, size] = comparison_.begin(view, out, region.position, region.size, scale);
    viewport.draw(view, out, position, size, seconds_since_last);
    comparison_.draw(view, viewport.camera(), viewport.texture(), scale);
    film_run_.step(view);
    drawMeasuring(view, viewport.camera(), viewport.pointing() ? viewport.groundUnderCursor() : std::nullopt, position,
                  size, scale);
    drawAskedPlace(view, viewport.camera(), position, size, scale);
  });
  if (view.project)
    overlay_.draw(view, out, viewport.camera(), region.position, region.size, viewport.pointing(), scale);
}

/// The windows that stand over the regions; each draws nothing while it is closed.
void Shell::drawWindows(const ViewModel& view, CommandQueue& out, Viewport& viewport, float scale) {
  import_.draw(view, out, scale);
  preview_.draw(view, out, scale);
  points_.draw(view, out, viewport.pointStatus(), viewport.camera(), scale);
  measure_.draw(view, out, dialog_, scale);
  section_.draw(view, out, dialog_, scale);
  profile_.draw(view, out, dialog_, scale);
  compare_.draw(view, out, scale);
  notebook_.draw(view, out, scale);
  drawHistoryWindow(view, out, scale);
  look_window_.draw(view, out, viewport.camera(), viewport.lookStatus(), scale);
  film_window_.draw(view, out, scale);
  what_if_window_.draw(view, out, scale);
  guide_.draw(view, out, scale);
  place_.draw(view, out, scale);
  search_.draw(view, out, regions_["search"].position.x, regions_["search"].position.x + regions_["search"].size.x,
               scale);
  problems_.draw(view, out, scale);
  settings_.draw(view, out, scale);
  tour_.draw(view, out, regions_["view"].position, regions_["view"].size, scale);
  if (const ImVec4 button = tour_.button(); button.z > 0)
    regions_["tour_button"] = {{button.x, button.y}, {button.z, button.w}};
  drawHelpWindows(view, out, scale);
  palette_.draw(view, out, scale);
  links_.draw(view, out, scale);
  drawRecoveryQuestion(view, out, scale);
  dialog_.draw(view, out, scale);
  notices_.draw(view, out, regions_["view"].position, regions_["view"].size, scale);
}

void Shell::draw(const ViewModel& view, CommandQueue& out, Viewport& viewport, float scale, double seconds_since_last) {
  regions_ = layout_.regions(ImGui::GetIO().DisplaySize, scale);
  const ImVec2 padding{8 * scale, 6 * scale};
  menu_.draw(view, out, scale);
  const float search_begins = menu_.menusEnd() + 12 * scale, search_ends = menu_.nameBegins() - 12 * scale;
  regions_["search"] = {{search_begins, 0}, {std::max(0.0F, search_ends - search_begins), menu_height_px * scale}};
  drawCentre(view, out, viewport, scale, seconds_since_last);
  drawRegion(view, "layers", "layers.title", scale, [&] { layers_.draw(view, out, scale); });
  drawRegion(view, "inspector", "inspector.title", scale, [&] { inspector_.draw(view, out, scale); });
  drawRegion(view, "ranking", "ranking.title", scale, [&] { ranking_.draw(view, out, scale); });
  inRegion("##time", regions_["time"], padding, [&] { time_.draw(view, out, scale); });
  inRegion("##status", regions_["status"], {8 * scale, 2 * scale}, [&] {
    status_.draw(view, out, viewport.groundUnderCursor(), viewport.renderer(), viewport.pointStatus(), scale);
  });
  splitters(scale);
  drawWindows(view, out, viewport, scale);
}

}  // namespace hashimichi::app
