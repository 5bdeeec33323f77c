#include "app/panels/overlay.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "app/desktop/icons.h"
#include "app/desktop/measure_overlay.h"
#include "app/desktop/theme.h"
#include "app/panels/measure_panel.h"
#include "app/panels/what_if_window.h"
#include "app/widgets/asset_words.h"
#include "app/widgets/badge.h"
#include "app/widgets/ellipsis.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

constexpr ImGuiWindowFlags floating = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings |
                                      ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoMove |
                                      ImGuiWindowFlags_AlwaysAutoResize;

/// A needle that points north in the picture; a click turns north up.
void compass(const ViewModel& view, CommandQueue& out, const render::CameraPose& camera, ImVec2 position, ImVec2 size,
             float scale) {
  const Palette& colours = paletteOf(view.theme);
  const float radius = 20 * scale, margin = 12 * scale;
  ImGui::SetNextWindowPos({position.x + size.x - margin, position.y + margin}, ImGuiCond_Always, {1, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::Begin("##compass", nullptr, floating | ImGuiWindowFlags_NoBackground);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (ImGui::InvisibleButton("north", {2 * radius, 2 * radius})) out.push(FlyTo{Viewpoint::north_up, {}});
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", say(view, "action.north"));
  const ImVec2 centre{at.x + radius, at.y + radius};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddCircleFilled(centre, radius, (colours.panel & ~IM_COL32_A_MASK) | IM_COL32(0, 0, 0, 220), 32);
  const float turn = static_cast<float>(-camera.azimuth_deg * std::numbers::pi / 180);
  const auto on = [&](float along, float across) {
    return ImVec2{centre.x + std::sin(turn) * along + std::cos(turn) * across,
                  centre.y - std::cos(turn) * along + std::sin(turn) * across};
  };
  list.AddTriangleFilled(on(radius * 0.62F, 0), on(0, -radius * 0.22F), on(0, radius * 0.22F), colours.accent);
  list.AddTriangleFilled(on(-radius * 0.62F, 0), on(0, radius * 0.22F), on(0, -radius * 0.22F), colours.quiet);
  const ImVec2 north = on(radius * 0.82F, 0);
  const float text = 11 * scale;
  list.AddText(ImGui::GetFont(), text, {north.x - text * 0.33F, north.y - text * 0.5F}, colours.text, "N");
  ImGui::End();
  ImGui::PopStyleVar();
}

void hints(const ViewModel& view, ImVec2 position, ImVec2 size, float scale) {
  constexpr std::array by_mouse{"hint.mouse_qgis", "hint.mouse_paraview", "hint.mouse_plateau"};
  const char* plain = view.selection ? "hint.selected" : by_mouse[static_cast<std::size_t>(view.mouse)];
  const char* text = say(view, view.points.tool == PointTool::none ? plain : toolHintKey(view.points.tool));
  const float margin = 12 * scale, width = ImGui::CalcTextSize(text).x + 2 * margin;
  const float legend = 290 * scale;
  if (width > size.x - legend - 2 * margin) return;  // no room: F1 lists them
  ImGui::SetNextWindowPos({position.x + size.x - margin, position.y + size.y - margin}, ImGuiCond_Always, {1, 1});
  ImGui::SetNextWindowBgAlpha(0.75F);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {8 * scale, 3 * scale});
  ImGui::Begin("##hints", nullptr, floating | ImGuiWindowFlags_NoInputs);
  quietLine(text, paletteOf(view.theme));
  ImGui::End();
  ImGui::PopStyleVar();
}

/// Name, rank and first reason of what lies under the cursor.
void hoverTooltip(const ViewModel& view, float scale) {
  if (!view.hover || view.hover == view.selection) return;
  ImGui::BeginTooltip();
  const assess::Ranked* row = rankedOf(view, *view.hover);
  if (row) {
    rankBadge(row->band, scale);
    ImGui::SameLine();
  }
  ImGui::TextUnformatted(nameOf(view, *view.hover).c_str());
  std::string second = kindOf(view, view.hover->kind);
  if (row && row->rank > 0) second += " · " + say(view, "hover.rank", {number(row->rank), number(row->score, 1)});
  if (view.hover->kind == model::AssetKind::station)
    for (const render::SensorReading& reading : view.readings)
      if (reading.station_id == view.hover->id) second += " · " + reading.text;
  ImGui::TextDisabled("%s", second.c_str());
  if (row && !row->reasons.empty()) {
    ImGui::PushTextWrapPos(ImGui::GetFontSize() * 24);
    ImGui::TextUnformatted(assess::describe(row->reasons.front(), view.language).c_str());
    ImGui::PopTextWrapPos();
  }
  ImGui::EndTooltip();
}

}  // namespace

namespace {

/// What is drawn is not the measured night: said on the picture itself, so that nobody takes it for the decision.
void whatIfSign(const ViewModel& view, ImVec2 position, ImVec2 size, float scale) {
  const std::string banner = view.subject == assess::Subject::snow ? whatIfBanner(view) : std::string();
  if (banner.empty()) return;
  ImGui::SetNextWindowPos({position.x + size.x / 2, position.y + 12 * scale}, ImGuiCond_Always, {0.5F, 0});
  ImGui::PushStyleColor(ImGuiCol_WindowBg, IM_COL32(255, 196, 0, 255));
  ImGui::PushStyleColor(ImGuiCol_Text, IM_COL32(20, 20, 20, 255));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {12 * scale, 6 * scale});
  ImGui::Begin("##what_if_sign", nullptr, floating | ImGuiWindowFlags_NoInputs);
  ImGui::TextUnformatted(ellipsised(banner, size.x * 0.6F).c_str());
  ImGui::End();
  ImGui::PopStyleVar();
  ImGui::PopStyleColor(2);
}

}  // namespace

void Overlay::draw(const ViewModel& view, CommandQueue& out, const render::CameraPose& camera, ImVec2 position,
                   ImVec2 size, bool pointing, float scale) {
  legend_.draw(view, position, size, scale);
  compass(view, out, camera, position, size, scale);
  hints(view, position, size, scale);
  whatIfSign(view, position, size, scale);
  if (rests(view) && pointing && view.points.tool == PointTool::none) hoverTooltip(view, scale);
}

/// A tip under a moving mouse would be in the way.
bool Overlay::rests(const ViewModel& view) {
  constexpr float still_px = 3;
  constexpr double rest_s = 0.25;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool moved = std::fabs(mouse.x - rests_at_.x) > still_px || std::fabs(mouse.y - rests_at_.y) > still_px;
  if (moved || !view.hover) rests_at_ = mouse, rested_s_ = 0;
  rested_s_ += static_cast<double>(ImGui::GetIO().DeltaTime);
  return rested_s_ >= rest_s;
}

void drawAskedPlace(const ViewModel& view, const render::CameraPose& camera, ImVec2 position, ImVec2 size,
                    float scale) {
  if (!view.find.asked_place) return;
  const std::optional<ImVec2> at = onScreen(camera, *view.find.asked_place, position, size);
  if (!at) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& colours = paletteOf(view.theme);
  const ImVec2 head{at->x, at->y - 22 * scale};
  list.AddLine(*at, head, IM_COL32_WHITE, 4 * scale);
  list.AddLine(*at, head, colours.accent, 2 * scale);
  list.AddCircleFilled(head, 8 * scale, IM_COL32_WHITE);
  list.AddCircleFilled(head, 6 * scale, colours.accent);
}

void drawEmptyState(const ViewModel& view, CommandQueue& out, PathDialog& dialog, ImVec2 position, ImVec2 size,
                    float scale) {
  const Palette& colours = paletteOf(view.theme);
  const bool working = !view.jobs.empty();
  const float line = ImGui::GetTextLineHeightWithSpacing();
  float y = position.y + size.y / 2 - 3 * line;
  const auto centred = [&](const char* text, ImU32 colour) {
    ImGui::GetWindowDrawList()->AddText({position.x + (size.x - ImGui::CalcTextSize(text).x) / 2, y}, colour, text);
    y += line;
  };
  if (working) {
    const JobView& job = view.jobs.front();
    const std::string share = job.fraction >= 0 ? "  " + number(job.fraction * 100) + " %" : std::string();
    centred((say(view, "empty.loading") + share).c_str(), colours.text);
    return;
  }
  centred(say(view, "empty.drop"), colours.text);
  centred(say(view, "empty.formats"), colours.quiet);
  const float width = 190 * scale, gap = 8 * scale;
  ImGui::SetCursorScreenPos({position.x + size.x / 2 - 1.5F * width - gap, y + line / 2});
  if (mainButton(say(view, "menu.demo"), {width, 0}, colours)) out.push(OpenDemo{});
  ImGui::SameLine(0, gap);
  if (ImGui::Button(say(view, "menu.open"), {width, 0})) dialog.open(PathPurpose::open_project, view);
  ImGui::SameLine(0, gap);
  if (ImGui::Button(say(view, "menu.import"), {width, 0})) dialog.open(PathPurpose::import_files, view);
}

}  // namespace hashimichi::app
