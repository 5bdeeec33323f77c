#include "app/desktop/measure_overlay.h"

#include <cmath>
#include <numbers>

#include "app/desktop/theme.h"
#include "app/session/measurement_table.h"
#include "app/widgets/say.h"
#include "geo/measure/distance.h"

namespace hashimichi::app {
namespace {

/// Draws in the town's rectangle; lines get a dark casing so that they read on any ground.
struct Pen {
  ImDrawList& list;
  const render::CameraPose& camera;
  ImVec2 position, size;
  float scale;
  const Palette& colours;

  std::optional<ImVec2> at(Vec3d place) const { return onScreen(camera, place, position, size); }
  void line(ImVec2 a, ImVec2 b, ImU32 colour) const {
    list.AddLine(a, b, IM_COL32(20, 22, 26, 200), 4 * scale);
    list.AddLine(a, b, colour, 2 * scale);
  }
  void dot(ImVec2 centre, ImU32 colour) const {
    list.AddCircleFilled(centre, 5 * scale, IM_COL32(20, 22, 26, 220));
    list.AddCircleFilled(centre, 3.5F * scale, colour);
  }
  void words(ImVec2 place, const std::string& text) const {
    const ImVec2 extent = ImGui::CalcTextSize(text.c_str());
    const ImVec2 low{place.x + 10 * scale, place.y - extent.y - 6 * scale};
    list.AddRectFilled({low.x - 4, low.y - 2}, {low.x + extent.x + 4, low.y + extent.y + 2}, colours.panel, 3);
    list.AddText(low, colours.text, text.c_str());
  }
  void chain(const std::vector<Vec3d>& places, ImU32 colour, bool closed) const {
    const std::size_t pieces = places.size() < 2 ? 0 : places.size() - (closed && places.size() > 2 ? 0 : 1);
    for (std::size_t i = 0; i < pieces; ++i) {
      const auto a = at(places[i]), b = at(places[(i + 1) % places.size()]);
      if (a && b) line(*a, *b, colour);
    }
    for (const Vec3d& place : places)
      if (const auto centre = at(place)) dot(*centre, colour);
  }
};

std::string soFar(const ViewModel& view, Vec3d from, Vec3d to) {
  const Result<measure::Distance> distance = measure::distanceBetween(from, to);
  if (!distance) return {};
  if (view.points.tool == PointTool::height) return number(distance->height_m, 3) + " m";
  return number(distance->distance_m, 3) + " m   Δ " + number(distance->height_m, 3) + " m";
}

void underWay(const ViewModel& view, const Pen& pen, const std::optional<Vec3d>& under_mouse) {
  std::vector<Vec3d> picks;
  for (const AddPick& pick : view.points.picks) picks.push_back(pick.place);
  if (picks.empty()) return;
  pen.chain(picks, pen.colours.accent, false);
  if (!under_mouse || view.points.tool == PointTool::pick || view.points.tool == PointTool::note) return;
  const auto last = pen.at(picks.back()), mouse = pen.at(*under_mouse);
  if (!last || !mouse) return;
  pen.line(*last, *mouse, pen.colours.accent);
  if (view.points.tool == PointTool::area && picks.size() > 1)
    if (const auto first = pen.at(picks.front())) pen.line(*mouse, *first, pen.colours.quiet);
  if (const std::string text = soFar(view, picks.back(), *under_mouse); !text.empty()) pen.words(*mouse, text);
}

void chosenResult(const ViewModel& view, const Pen& pen) {
  const measure::SavedMeasurement* one = view.points.saved.find(view.points.selected_measurement);
  if (!one || one->points.empty()) return;
  constexpr ImU32 white = IM_COL32(255, 255, 255, 255);
  pen.chain(one->points, white, one->kind == measure::SavedKind::area);
  const auto headline = headlineOf(*one);
  const auto place = pen.at(one->points.back());
  if (headline && place) pen.words(*place, number(headline->value, headline->decimals) + " " + headline->unit);
}

}  // namespace

std::optional<ImVec2> onScreen(const render::CameraPose& camera, Vec3d place, ImVec2 position, ImVec2 size) {
  const render::CameraAxes axes = render::axesOf(camera);
  const Vec3d from_eye = place - render::eyeOf(camera);
  const double depth = dot(from_eye, axes.forward);
  if (!camera.orthographic && depth <= 0.01) return std::nullopt;
  const double half_height =
      (camera.orthographic ? camera.distance_m : depth) * std::tan(camera.view_angle_deg * std::numbers::pi / 360);
  const double per_m = static_cast<double>(size.y) / 2 / half_height;
  const double x = dot(from_eye, axes.right) * per_m, y = dot(from_eye, axes.up) * per_m;
  constexpr double far_away = 1e5;  // floats of the draw list stay exact
  if (std::abs(x) > far_away || std::abs(y) > far_away) return std::nullopt;
  return ImVec2{position.x + size.x / 2 + static_cast<float>(x), position.y + size.y / 2 - static_cast<float>(y)};
}

void drawMeasuring(const ViewModel& view, const render::CameraPose& camera, const std::optional<Vec3d>& under_mouse,
                   ImVec2 position, ImVec2 size, float scale) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect(position, {position.x + size.x, position.y + size.y}, true);
  const Pen pen{list, camera, position, size, scale, paletteOf(view.theme)};
  if (view.points.section && view.open_windows.contains(WindowId::section)) {
    model::Polyline line = view.points.section->wish.line;
    pen.chain(line, pen.colours.warning, false);
  }
  chosenResult(view, pen);
  if (view.points.picked)
    if (const auto place = pen.at(view.points.picked->place)) pen.dot(*place, pen.colours.warning);
  underWay(view, pen, under_mouse);
  list.PopClipRect();
}

}  // namespace hashimichi::app
