#include "app/panels/point_panel.h"

#include <imgui.h>

#include <cmath>
#include <numbers>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
#include "app/panels/point_legend.h"
#include "app/widgets/facts.h"
#include "app/widgets/tool_window.h"

namespace hashimichi::app {
namespace {

void sayStyle(CommandQueue& out, render::PointStyle style) {
  out.push(PointCommand{SetPointStyle{std::move(style)}});
}

void cloudRow(const ViewModel& view, CommandQueue& out, const model::PointCloud& cloud) {
  const Palette& colours = paletteOf(view.theme);
  const bool visible = !view.points.hidden_clouds.contains(cloud.id);
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::PushID(cloud.id.c_str());
  if (ImGui::SmallButton(visible ? icon::eye : icon::eye_off))
    out.push(PointCommand{SetCloudVisible{cloud.id, !visible}});
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", say(view, visible ? "layers.hide" : "layers.show"));
  ImGui::PopID();
  ImGui::TableNextColumn();
  ImGui::TextUnformatted(cloud.id.c_str());
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s\n%s", cloud.id.c_str(), cloud.path.c_str());
  ImGui::TableNextColumn();
  rightAligned(number(cloud.point_count), "", colours);
  ImGui::TableNextColumn();
  if (cloud.surveyed)
    ImGui::TextUnformatted(formatDate(toClock(*cloud.surveyed).date).c_str());
  else
    quietLine(say(view, "fact.unknown"), colours);
  ImGui::TableNextColumn();
  const bool whole = !cloud.octree.empty() || cloud.sample.size() >= cloud.point_count;
  quietLine(say(view, whole ? "points.all_points" : "points.sample_only"), colours);
}

void clouds(const ViewModel& view, CommandQueue& out, float scale) {
  const auto& all = view.project->model->clouds;
  if (all.empty()) return quiet(say(view, "points.none"), paletteOf(view.theme));
  constexpr ImGuiTableFlags flags = ImGuiTableFlags_SizingFixedFit | ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollY |
                                    ImGuiTableFlags_NoSavedSettings;
  constexpr std::size_t rows_at_most = 6;
  const float row = ImGui::GetTextLineHeightWithSpacing() + 4 * scale;
  const float height = row * static_cast<float>(1 + std::min(rows_at_most, all.size())) + 4 * scale;
  if (!ImGui::BeginTable("clouds", 5, flags, {0, height})) return;
  ImGui::TableSetupColumn("##eye");
  ImGui::TableSetupColumn(say(view, "points.name"), ImGuiTableColumnFlags_WidthStretch);
  ImGui::TableSetupColumn(say(view, "points.count"), ImGuiTableColumnFlags_WidthFixed, 96 * scale);
  ImGui::TableSetupColumn(say(view, "points.surveyed"), ImGuiTableColumnFlags_WidthFixed, 84 * scale);
  ImGui::TableSetupColumn(say(view, "points.detail"), ImGuiTableColumnFlags_WidthFixed, 90 * scale);
  ImGui::TableSetupScrollFreeze(0, 1);
  ImGui::TableHeadersRow();
  for (const model::PointCloud& cloud : all) cloudRow(view, out, cloud);
  ImGui::EndTable();
}

/// A label, and the control behind it.
void label(const char* text, const Palette& colours, float scale) {
  ImGui::AlignTextToFramePadding();
  quietLine(text, colours);
  ImGui::SameLine(150 * scale);
  ImGui::SetNextItemWidth(-1);
}

void colourChoice(const ViewModel& view, CommandQueue& out, const render::PointStatus& status, float scale) {
  const Palette& colours = paletteOf(view.theme);
  label(say(view, "points.colour"), colours, scale);
  render::PointStyle style = view.points.style;
  if (ImGui::BeginCombo("##colour", wordOf(view, style.colour), ImGuiComboFlags_HeightLarge)) {
    for (int i = 0; i <= static_cast<int>(render::PointColour::distance); ++i) {
      const auto colour = static_cast<render::PointColour>(i);
      if (!ImGui::Selectable(wordOf(view, colour), colour == style.colour)) continue;
      style.colour = colour;
      style.range_low.reset(), style.range_high.reset();  // another quantity has other ends
      sayStyle(out, style);
    }
    ImGui::EndCombo();
  }
  drawPointLegend(view, out, status, scale);
}

void sizeChoice(const ViewModel& view, CommandQueue& out, float scale) {
  const Palette& colours = paletteOf(view.theme);
  render::PointStyle style = view.points.style;
  const std::array words{say(view, "points.size_fixed"), say(view, "points.size_distance"),
                         say(view, "points.size_adaptive")};
  label(say(view, "points.size"), colours, scale);
  int chosen = static_cast<int>(style.size);
  if (ImGui::Combo("##size", &chosen, words.data(), static_cast<int>(words.size()))) {
    style.size = static_cast<render::PointSize>(chosen);
    sayStyle(out, style);
  }
  if (style.size == render::PointSize::adaptive) return;
  const bool fixed = style.size == render::PointSize::fixed;
  auto value = static_cast<float>(fixed ? style.size_px : style.size_m * 100);
  label("", colours, scale);
  if (ImGui::SliderFloat("##how", &value, 1, fixed ? 12 : 100, fixed ? "%.0f px" : "%.0f cm")) {
    (fixed ? style.size_px : style.size_m) = fixed ? std::round(value) : value / 100;
    sayStyle(out, style);
  }
}

void eyeDome(const ViewModel& view, CommandQueue& out, float scale) {
  render::PointStyle style = view.points.style;
  label(say(view, "points.eye_dome"), paletteOf(view.theme), scale);
  if (ImGui::Checkbox("##eye-dome", &style.eye_dome)) sayStyle(out, style);
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", say(view, "points.eye_dome_help"));
  if (!style.eye_dome) return;
  ImGui::SameLine();
  ImGui::SetNextItemWidth(-1);
  auto strength = static_cast<float>(style.eye_dome_strength);
  if (!ImGui::SliderFloat("##strength", &strength, 0.2F, 3, "× %.1f")) return;
  style.eye_dome_strength = strength;
  sayStyle(out, style);
}

void limits(const ViewModel& view, CommandQueue& out, float scale) {
  const Palette& colours = paletteOf(view.theme);
  render::PointStyle style = view.points.style;
  constexpr double million = 1e6;
  auto budget = static_cast<float>(static_cast<double>(style.point_budget) / million);
  label(say(view, "points.budget"), colours, scale);
  if (ImGui::SliderFloat("##budget", &budget, 0.5F, 20, say(view, "points.budget_format"))) {
    style.point_budget = static_cast<std::uint64_t>(static_cast<double>(budget) * million);
    sayStyle(out, style);
  }
  auto memory = static_cast<int>(style.memory_mib);
  label(say(view, "points.memory"), colours, scale);
  if (ImGui::SliderInt("##memory", &memory, 128, 16384, "%d MiB", ImGuiSliderFlags_Logarithmic)) {
    style.memory_mib = static_cast<std::uint64_t>(memory);
    sayStyle(out, style);
  }
}

void clipChoice(const ViewModel& view, CommandQueue& out, const render::CameraPose& camera, float scale) {
  const Palette& colours = paletteOf(view.theme);
  render::PointStyle style = view.points.style;
  label(say(view, "points.clip"), colours, scale);
  ImGui::BeginDisabled(!view.selection);
  if (ImGui::Button(say(view, "points.clip_selection")) && view.selection)
    if (const auto clip = clipFromAsset(*view.project->model, *view.selection)) style.clip = clip, sayStyle(out, style);
  ImGui::EndDisabled();
  ImGui::SameLine();
  if (ImGui::Button(say(view, "points.clip_view"))) {
    Bounds all;
    for (const model::PointCloud& cloud : view.project->model->clouds) all.add(cloud.bounds);
    style.clip = clipFromView(camera, all);
    sayStyle(out, style);
  }
  if (!style.clip) return;
  ImGui::SameLine();
  if (ImGui::Button(say(view, "points.clip_off"))) {
    style.clip.reset();
    return sayStyle(out, style);
  }
  const Vec3d size = style.clip->half_size * 2;
  label("", colours, scale);
  quietLine(number(size.x, 1) + " × " + number(size.y, 1) + " × " + number(size.z, 1) + " m", colours);
}

void progress(const ViewModel& view, const render::PointStatus& status) {
  const Palette& colours = paletteOf(view.theme);
  const bool complete = status.detail_complete && status.whole;
  ImGui::PushStyleColor(ImGuiCol_Text, complete ? colours.accent : colours.quiet);
  ImGui::TextUnformatted(complete ? icon::check : icon::information);
  ImGui::PopStyleColor();
  ImGui::SameLine();
  ImGui::TextUnformatted(say(view, !status.detail_complete ? "points.loading"
                                   : status.whole          ? "points.complete"
                                                           : "points.within_budget"));
  constexpr double mib = 1024 * 1024;
  quiet(say(view, "points.drawn",
            {number(static_cast<double>(status.drawn)), number(static_cast<double>(status.budget)),
             number(static_cast<double>(status.resident_bytes) / mib)}),
        colours);
  if (!status.trouble.empty()) {
    ImGui::PushStyleColor(ImGuiCol_Text, colours.warning);
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted((std::string(icon::alert) + " " + status.trouble).c_str());
    ImGui::PopTextWrapPos();
    ImGui::PopStyleColor();
  }
  for (const JobView& job : view.jobs) {
    if (job.fraction < 0) continue;
    quietLine(job.title, colours);
    ImGui::ProgressBar(static_cast<float>(job.fraction), {-1, 0});
  }
}

}  // namespace

render::ClipBox clipFromView(const render::CameraPose& camera, const Bounds& clouds) {
  const double half = camera.distance_m * std::tan(camera.view_angle_deg * std::numbers::pi / 360);
  render::ClipBox box;
  box.centre = camera.target;
  box.half_size = {half, half, half};
  box.turn_rad = -camera.azimuth_deg * std::numbers::pi / 180;  // clockwise from north = the same from east
  if (!clouds.empty()) {
    box.centre.z = clouds.centre().z;
    box.half_size.z = clouds.size().z / 2 + 1;
  }
  return box;
}

std::optional<render::ClipBox> clipFromAsset(const model::CityModel& model, const model::AssetRef& asset) {
  constexpr double room_m = 5;
  Bounds box;
  const auto take = [&](const auto& list, auto more) {
    for (const auto& one : list)
      if (one.id == asset.id) {
        box.add(model::boundsOf(one.geometry));
        more(one);
      }
  };
  const auto nothing_more = [](const auto&) {};
  const auto line = [&](const model::Polyline& points) {
    for (const Vec3d& p : points) box.add(p);
  };
  if (asset.kind == model::AssetKind::road)
    take(model.roads, [&](const model::RoadSegment& road) { line(road.centreline); });
  if (asset.kind == model::AssetKind::bridge)
    take(model.bridges, [&](const model::Bridge& bridge) {
      line(bridge.axis);
      if (box.empty() && bridge.position) box.add(*bridge.position);
    });
  if (asset.kind == model::AssetKind::building) take(model.buildings, nothing_more);
  if (asset.kind == model::AssetKind::object) take(model.objects, nothing_more);
  if (box.empty()) return std::nullopt;
  return render::ClipBox{box.centre(), box.size() * 0.5 + Vec3d{room_m, room_m, room_m}, 0};
}

void PointPanel::draw(const ViewModel& view, CommandQueue& out, const render::PointStatus& status,
                      const render::CameraPose& camera, float scale) {
  toolWindow(view, out, WindowId::points, "points.title", {560, 560}, {0.22F, 0.15F}, scale, [&] {
    const Palette& colours = paletteOf(view.theme);
    clouds(view, out, scale);
    if (view.project->model->clouds.empty()) return;
    progress(view, status);
    heading(say(view, "points.look"), colours);
    colourChoice(view, out, status, scale);
    sizeChoice(view, out, scale);
    eyeDome(view, out, scale);
    clipChoice(view, out, camera, scale);
    heading(say(view, "points.limits"), colours);
    limits(view, out, scale);
  });
}

}  // namespace hashimichi::app
