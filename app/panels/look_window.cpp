#include "app/panels/look_window.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "app/desktop/theme.h"
#include "app/widgets/facts.h"
#include "app/widgets/tool_window.h"

namespace hashimichi::app {
namespace {

/// Round a selection, and as deep as high about the camera's target.
constexpr double surroundings_m = 30, least_half_m = 10;

void sayLook(CommandQueue& out, render::Look look) {
  out.push(LookCommand{SetLook{std::move(look)}});
}

void label(const char* text, const Palette& colours, float scale) {
  ImGui::AlignTextToFramePadding();
  quietLine(text, colours);
  ImGui::SameLine(130 * scale);
  ImGui::SetNextItemWidth(-1);
}

void flag(const ViewModel& view, CommandQueue& out, const char* key, bool render::Look::*which) {
  render::Look look = view.look.look;
  if (ImGui::Checkbox(say(view, key), &(look.*which))) sayLook(out, std::move(look));
}

/// Where a bounds' box of the selected asset is known without the picture.
std::optional<Bounds> boxOfSelection(const ViewModel& view) {
  if (!view.selection) return std::nullopt;
  const model::CityModel& model = *view.project->model;
  Bounds box;
  const auto of = [&](const auto& all, const auto& add) {
    for (const auto& one : all)
      if (one.id == view.selection->id) add(one);
  };
  switch (view.selection->kind) {
    case model::AssetKind::road:
      of(model.roads, [&](const model::RoadSegment& road) {
        box = model::boundsOf(road.geometry);
        for (const Vec3d& point : road.centreline) box.add(point);
      });
      break;
    case model::AssetKind::bridge:
      of(model.bridges, [&](const model::Bridge& bridge) {
        box = model::boundsOf(bridge.geometry);
        for (const Vec3d& point : bridge.axis) box.add(point);
      });
      break;
    case model::AssetKind::building:
      of(model.buildings, [&](const model::Building& building) { box = model::boundsOf(building.geometry); });
      break;
    case model::AssetKind::station:
      of(model.stations, [&](const sensors::Station& station) { box.add(station.position); });
      break;
    default:
      break;
  }
  if (box.empty()) return std::nullopt;
  const Vec3d margin{surroundings_m, surroundings_m, surroundings_m};
  return Bounds{box.low - margin, box.high + margin};
}

/// What the camera sees round its target, as a box.
Bounds boxOfView(const render::CameraPose& camera) {
  const double half =
      std::max(least_half_m, camera.distance_m * std::tan(camera.view_angle_deg * std::numbers::pi / 360));
  const Vec3d reach{half, half, half};
  return {camera.target - reach, camera.target + reach};
}

void swatch(exporting::Rgb colour, bool hatched, const Palette& colours, float scale) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float side = 14 * scale;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({at.x, at.y + 3 * scale}, {at.x + side, at.y + 3 * scale + side}, toImGui(colour), 2);
  if (hatched) list.AddLine({at.x, at.y + 3 * scale + side}, {at.x + side, at.y + 3 * scale}, colours.panel, 2);
  ImGui::Dummy({side, side});
}

}  // namespace

void LookWindow::count(const ViewModel& view) {
  const bool other = counted_ != view.project->model;
  if (other) {
    counted_ = view.project->model;
    choices_ = render::attributeChoices(*counted_);
  }
  if (!other && legend_of_ == view.look.look.colour_by) return;
  legend_of_ = view.look.look.colour_by;
  legend_ = legend_of_.empty() ? render::AttributeLegend{} : render::attributeLegend(*counted_, legend_of_);
}

void LookWindow::drawLight(const ViewModel& view, CommandQueue& out, const render::LookStatus& status, float scale) {
  const Palette& colours = paletteOf(view.theme);
  render::Look look = view.look.look;
  const std::array grounds{say(view, "view.ground_imagery"), say(view, "view.ground_heights"),
                           say(view, "view.ground_shaded")};
  int ground = static_cast<int>(look.ground);
  label(say(view, "view.ground"), colours, scale);
  if (ImGui::Combo("##ground", &ground, grounds.data(), static_cast<int>(grounds.size()))) {
    look.ground = static_cast<render::GroundLook>(ground);
    sayLook(out, look);
  }
  if (status.ground_low_m && status.ground_high_m)
    quiet(say(view, "view.heights", {number(*status.ground_low_m, 0), number(*status.ground_high_m, 0)}), colours);
  flag(view, out, "view.sun", &render::Look::sun);
  if (look.sun && status.night)
    quiet(say(view, "view.night"), colours);
  else if (look.sun && status.sun_elevation_deg && status.sun_azimuth_deg)
    quiet(say(view, "view.sun_stands", {number(*status.sun_elevation_deg, 0), number(*status.sun_azimuth_deg, 0)}),
          colours);
  flag(view, out, "view.snow", &render::Look::snow);
  if (look.snow && status.snow_least_cm && status.snow_most_cm)
    quiet(say(view, "view.snow_depths", {number(*status.snow_least_cm, 0), number(*status.snow_most_cm, 0)}), colours);
  if (look.snow && status.snow_unknown_share && *status.snow_unknown_share > 0)
    quiet(say(view, "view.snow_unknown", {number(*status.snow_unknown_share * 100, 0)}), colours);
  flag(view, out, "view.ambient", &render::Look::ambient_occlusion);
  flag(view, out, "view.labels_dense", &render::Look::labels_dense);
  if (status.pending) quiet(say(view, "view.pending"), colours);
}

void LookWindow::drawColours(const ViewModel& view, CommandQueue& out, float scale) {
  const Palette& colours = paletteOf(view.theme);
  heading(say(view, "view.buildings"), colours);
  render::Look look = view.look.look;
  const auto shown = std::ranges::find(choices_, look.colour_by, &render::AttributeChoice::key);
  label(say(view, "view.colour_by"), colours, scale);
  const char* const plain = say(view, "view.plain");
  if (ImGui::BeginCombo("##attribute", shown == choices_.end() ? plain : shown->label.c_str())) {
    if (ImGui::Selectable(plain, look.colour_by.empty())) {
      look.colour_by.clear();
      sayLook(out, look);
    }
    for (const render::AttributeChoice& choice : choices_) {
      ImGui::PushID(choice.key.c_str());
      const std::string words = choice.label + "  (" + number(choice.known) + ")";
      if (ImGui::Selectable(words.c_str(), choice.key == look.colour_by)) {
        look.colour_by = choice.key;
        sayLook(out, look);
      }
      ImGui::PopID();
    }
    ImGui::EndCombo();
  }
  if (choices_.empty()) return quiet(say(view, "view.no_attributes"), colours);
  if (legend_.entries.empty() || !ImGui::BeginTable("attribute", 3, ImGuiTableFlags_SizingFixedFit)) return;
  ImGui::TableSetupColumn("symbol", ImGuiTableColumnFlags_WidthFixed, 20 * scale);
  ImGui::TableSetupColumn("words", ImGuiTableColumnFlags_WidthStretch);
  ImGui::TableSetupColumn("count", ImGuiTableColumnFlags_WidthFixed, 70 * scale);
  for (const auto& entry : legend_.entries) {
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    swatch(entry.colour, entry.hatched, colours, scale);
    ImGui::TableNextColumn();
    const char* const other = entry.hatched ? say(view, "view.unknown") : say(view, "view.rest");
    quietLine(entry.hatched || entry.rest ? other : entry.text + (legend_.unit.empty() ? "" : " " + legend_.unit),
              colours);
    ImGui::TableNextColumn();
    rightAligned(number(entry.buildings), "", colours);
  }
  ImGui::EndTable();
}

void LookWindow::drawClip(const ViewModel& view, CommandQueue& out, const render::CameraPose& camera, float scale) {
  const Palette& colours = paletteOf(view.theme);
  heading(say(view, "view.clip"), colours);
  render::Look look = view.look.look;
  const std::optional<Bounds> selected = boxOfSelection(view);
  ImGui::BeginDisabled(!selected.has_value());
  if (ImGui::Button(say(view, "view.clip_selection")) && selected) look.clip = selected, sayLook(out, look);
  ImGui::EndDisabled();
  ImGui::SameLine();
  if (ImGui::Button(say(view, "view.clip_view"))) look.clip = boxOfView(camera), sayLook(out, look);
  if (!look.clip) return quiet(say(view, "view.clip_none"), colours);
  ImGui::SameLine();
  if (ImGui::Button(say(view, "view.clip_off"))) {
    look.clip.reset();
    return sayLook(out, look);
  }
  Bounds box = *look.clip;
  const auto field = [&](const char* key, double& low, double& high) {
    double ends[2]{low, high};
    label(say(view, key), colours, scale);
    if (!ImGui::InputScalarN((std::string("##") + key).c_str(), ImGuiDataType_Double, ends, 2, nullptr, nullptr, "%.1f",
                             ImGuiInputTextFlags_EnterReturnsTrue))
      return false;
    low = std::min(ends[0], ends[1]), high = std::max(ends[0], ends[1]);
    return true;
  };
  bool changed = field("view.clip_east", box.low.x, box.high.x);
  changed = field("view.clip_north", box.low.y, box.high.y) || changed;
  changed = field("view.clip_height", box.low.z, box.high.z) || changed;
  if (changed) look.clip = box, sayLook(out, look);
  quiet(say(view, "view.clip_frame"), colours);
}

void LookWindow::drawMoments(const ViewModel& view, CommandQueue& out, float scale) {
  const Palette& colours = paletteOf(view.theme);
  heading(say(view, "moment.title"), colours);
  if (!(view.time_first < view.time_last)) return quiet(say(view, "time.no_series"), colours);
  const LookState& look = view.look;
  const std::array ways{say(view, "moment.one"), say(view, "moment.beside"), say(view, "moment.swipe")};
  int how = static_cast<int>(look.compare);
  label(say(view, "moment.how"), colours, scale);
  if (ImGui::Combo("##moments", &how, ways.data(), static_cast<int>(ways.size())))
    out.push(LookCommand{SetMomentComparison{static_cast<CompareView>(how), std::nullopt, look.split}});
  if (look.compare == CompareView::none) return;
  const int hours = static_cast<int>(hoursBetween(view.time_first, view.time_last));
  int hour = static_cast<int>(hoursBetween(view.time_first, look.other));
  label(say(view, "moment.other"), colours, scale);
  if (ImGui::SliderInt("##other", &hour, 0, hours, formatJst(look.other).c_str()))
    out.push(LookCommand{SetMomentComparison{look.compare, view.time_first.plusHours(hour), look.split}});
  if (ImGui::Button(say(view, "moment.take_shown")))
    out.push(LookCommand{SetMomentComparison{look.compare, view.time, look.split}});
  quiet(say(view, look.compare == CompareView::swipe ? "moment.swipe_help" : "moment.beside_help"), colours);
}

void LookWindow::drawViewshed(const ViewModel& view, CommandQueue& out, const render::CameraPose& camera,
                              const render::LookStatus& status, float scale) {
  const Palette& colours = paletteOf(view.theme);
  heading(say(view, "view.viewshed"), colours);
  const std::optional<ShowViewshed>& shown = view.look.viewshed;
  label(say(view, "view.eye_height"), colours, scale);
  bool changed = ImGui::InputFloat("##eye", &eye_height_m_, 0.1F, 1, "%.1f m");
  label(say(view, "view.reach"), colours, scale);
  changed = ImGui::InputFloat("##reach", &reach_m_, 50, 500, "%.0f m") || changed;
  const auto from = [&](Vec3d ground) {
    out.push(LookCommand{ShowViewshed{ground, static_cast<double>(eye_height_m_), static_cast<double>(reach_m_)}});
  };
  if (changed && shown && shown->ground) from(*shown->ground);
  if (ImGui::Button(say(view, "view.viewshed_here"))) from(camera.target);
  const std::optional<Bounds> selected = boxOfSelection(view);
  ImGui::SameLine();
  ImGui::BeginDisabled(!selected.has_value());
  if (ImGui::Button(say(view, "view.viewshed_selection")) && selected) from((selected->low + selected->high) * 0.5);
  ImGui::EndDisabled();
  if (!shown) return;
  ImGui::SameLine();
  if (ImGui::Button(say(view, "view.viewshed_off"))) out.push(LookCommand{ShowViewshed{}});
  if (status.seen_share) quiet(say(view, "view.seen", {number(*status.seen_share * 100, 0)}), colours);
}

void LookWindow::draw(const ViewModel& view, CommandQueue& out, const render::CameraPose& camera,
                      const render::LookStatus& status, float scale) {
  toolWindow(view, out, WindowId::look, "view.title", {420, 640}, {0.75F, 0.3F}, scale, [&] {
    if (!view.project->model) return;
    count(view);
    drawLight(view, out, status, scale);
    drawColours(view, out, scale);
    drawMoments(view, out, scale);
    drawClip(view, out, camera, scale);
    drawViewshed(view, out, camera, status, scale);
  });
}

}  // namespace hashimichi::app
