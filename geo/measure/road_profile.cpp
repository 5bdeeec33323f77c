#include "geo/measure/road_profile.h"

#include <fmt/format.h>

#include <algorithm>

#include "geo/measure/plane_fit.h"
#include "geo/measure/road_line.h"

namespace hashimichi::measure {
namespace {

constexpr std::size_t fewest_points = 30, fewest_around = 6, most_sections = 100'000;
constexpr double most_steps = 2000, most_shares = 50;
/// A crowned road leaves its own plane by this share of its half width; a vehicle is far above.
constexpr double crown_share = 0.025, rough_m = 0.04, rough_around_m = 0.02;

/// A point of one window: x along the road from the section, y offset, z height.
using Window = std::vector<Vec3d>;

Error badSize(const char* what) {
  return {ErrorCode::bad_input, "road sections", fmt::format("{} is not a positive number.", what), "Give metres."};
}

Status checked(const RoadWish& w) {
  if (!(w.every_m > 0)) return badSize("The distance between sections");
  if (!(w.half_width_m > 0)) return badSize("The half width of the carriageway");
  if (!(w.window_m > 0)) return badSize("The length of a section along the road");
  if (!(w.step_m > 0) || !(w.smooth_m > 0)) return badSize("The step of the profile");
  if (!(w.straight_edge_m > 0)) return badSize("The length of the straight-edge");
  if (2 * w.half_width_m / w.step_m > most_steps || w.window_m / w.every_m > most_shares)
    return Error{ErrorCode::limit, "road sections",
                 "The profile would have more than 2,000 points, or a point would belong to more than 50 sections.",
                 "Take a longer step or distance between sections."};
  if (w.lanes < 1 || w.lanes > 12) return badSize("The number of lanes (1 to 12)");
  if (!(w.edge_margin_m >= 0 && w.edge_margin_m < w.half_width_m)) return badSize("The carriageway inside its margins");
  return done();
}

/// Value at a place of the parabola through the points around it, and its 1-σ.
struct LocalFit {
  double height = 0, sigma = 0;
  std::size_t points = 0;
};

struct Parabola {
  double c[3] = {}, inverse00 = 0;
};
/// Least squares of z over y − at, scaled to −1 … 1.
std::optional<Parabola> parabolaOf(std::span<const Vec3d> points, double at, double reach,
                                   const std::vector<bool>& out) {
  double m[5] = {}, b[3] = {};
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (out[i]) continue;
    const double t = (points[i].y - at) / reach;
    double power = 1;
    for (int k = 0; k < 5; ++k, power *= t) {
      m[k] += power;
      if (k < 3) b[k] += power * points[i].z;
    }
  }
  const double c00 = m[2] * m[4] - m[3] * m[3], c01 = m[2] * m[3] - m[1] * m[4], c02 = m[1] * m[3] - m[2] * m[2];
  const double det = m[0] * c00 + m[1] * c01 + m[2] * c02;
  if (!(det > 1e-6 * m[0] * m[2] * m[4])) return std::nullopt;
  Parabola p;
  p.inverse00 = c00 / det;
  p.c[0] = (c00 * b[0] + c01 * b[1] + c02 * b[2]) / det;
  p.c[1] = (c01 * b[0] + (m[0] * m[4] - m[2] * m[2]) * b[1] + (m[1] * m[2] - m[0] * m[3]) * b[2]) / det;
  p.c[2] = (c02 * b[0] + (m[1] * m[2] - m[0] * m[3]) * b[1] + (m[0] * m[2] - m[1] * m[1]) * b[2]) / det;
  return p;
}

/// @param points  in ascending offset (y), those within the reach of `at`
std::optional<LocalFit> surfaceAt(std::span<const Vec3d> points, double at, double reach) {
  if (points.size() < fewest_around) return std::nullopt;
  if (points.front().y > at - reach / 3 || points.back().y < at + reach / 3) return std::nullopt;  // seen on one side
  std::vector<bool> out(points.size(), false);
  std::vector<double> heights, away(points.size());
  for (const Vec3d& p : points) heights.push_back(p.z);
  Parabola fit;
  fit.c[0] = median(heights);
  std::size_t used = points.size();
  double squares = 0;
  for (int round = 0; round < 3; ++round) {
    std::vector<double> sorted;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const double t = (points[i].y - at) / reach;
      away[i] = points[i].z - (fit.c[0] + fit.c[1] * t + fit.c[2] * t * t);
      sorted.push_back(std::abs(away[i]));
    }
    const double limit = std::max(3 * 1.4826 * median(sorted), rough_around_m);
    used = 0, squares = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      out[i] = std::abs(away[i]) > limit;
      if (!out[i]) ++used, squares += away[i] * away[i];
    }
    if (used < fewest_around) return std::nullopt;
    const auto better = parabolaOf(points, at, reach, out);
    if (!better) return std::nullopt;
    fit = *better;
  }
  const double scatter = std::sqrt(squares / static_cast<double>(used - 3));
  return LocalFit{fit.c[0], scatter * std::sqrt(fit.inverse00), used};
}

std::vector<ProfilePoint> profileOf(const Window& surface, const RoadWish& wish) {
  std::vector<ProfilePoint> profile;
  const double edge = wish.half_width_m - wish.edge_margin_m;
  const auto steps = static_cast<int>(std::floor(2 * edge / wish.step_m + 1e-9));
  const auto by_offset = [](const Vec3d& p, double y) { return p.y < y; };
  for (int i = 0; i <= steps; ++i) {
    const double at = (i - steps / 2.0) * wish.step_m;
    const auto first = std::lower_bound(surface.begin(), surface.end(), at - wish.smooth_m, by_offset);
    const auto last = std::lower_bound(first, surface.end(), at + wish.smooth_m, by_offset);
    if (const auto fit = surfaceAt({first, last}, at, wish.smooth_m)) profile.push_back({at, fit->height, fit->sigma});
  }
  return profile;
}

/// Theil–Sen: the median slope between all pairs that lie apart enough to mean something.
std::optional<double> slopeOf(std::span<const ProfilePoint> profile, double width_m) {
  std::vector<double> slopes;
  for (std::size_t i = 0; i < profile.size(); ++i)
    for (std::size_t j = i + 1; j < profile.size(); ++j) {
      const double run = profile[j].offset_m - profile[i].offset_m;
      if (run >= width_m / 4) slopes.push_back((profile[j].height_m - profile[i].height_m) / run);
    }
  if (slopes.empty()) return std::nullopt;
  return median(slopes);
}

/// 1-σ of a slope through n evenly spread points of this scatter over this width.
double slopeSigma(double scatter, double n, double width_m) {
  return n > 2 ? scatter * std::sqrt(12.0 / n) / width_m : 0;
}

LaneSection laneOf(std::span<const ProfilePoint> profile, double right, double left, double scatter, double points,
                   const RoadWish& wish) {
  LaneSection lane{right, left, 0, 0, {}, {}, 0};
  const auto inside = [](const ProfilePoint& p, double offset) { return p.offset_m < offset; };
  const auto first = std::lower_bound(profile.begin(), profile.end(), right - 1e-9, inside);
  const auto last = std::lower_bound(first, profile.end(), left + 1e-9, inside);
  const std::span<const ProfilePoint> own(first, last);
  const double middle = (right + left) / 2, width = left - right;
  if (const auto slope = slopeOf(own, width)) lane.crossfall_percent = -100 * *slope;
  lane.crossfall_sigma_percent = 100 * slopeSigma(scatter, points * width / (2 * wish.half_width_m), width);
  lane.right = rutOf(own, right, middle, wish.straight_edge_m);
  lane.left = rutOf(own, middle, left, wish.straight_edge_m);
  for (const auto& rut : {lane.right, lane.left})
    if (rut) lane.rut_depth_mm = std::max(lane.rut_depth_mm, rut->straight_edge_mm);
  return lane;
}

/// No carriageway leans like this (superelevation ends near 10 %): half of it is hidden by something that is higher.
constexpr double steepest_crossfall_percent = 20;

std::optional<CrossSection> measured(const Window& window, double chainage, const RoadLine& line,
                                     const RoadWish& wish) {
  const auto plane = fitPlane(window, rough_m + crown_share * wish.half_width_m, fewest_points);
  if (!plane) return std::nullopt;
  Window surface;
  for (std::size_t i = 0; i < window.size(); ++i)
    if (!plane->passed_over[i])
      surface.push_back({window[i].x, window[i].y, window[i].z - plane->slope_x * window[i].x});
  std::sort(surface.begin(), surface.end(), [](const Vec3d& a, const Vec3d& b) { return a.y < b.y; });
  CrossSection section;
  section.chainage_m = chainage, section.grade_percent = 100 * plane->slope_x;
  section.points = surface.size(), section.passed_over = window.size() - surface.size();
  section.profile = profileOf(surface, wish);
  const auto slope = slopeOf(section.profile, 2 * wish.half_width_m);
  if (!slope) return std::nullopt;
  section.crossfall_percent = -100 * *slope;
  if (std::abs(section.crossfall_percent) > steepest_crossfall_percent) return std::nullopt;
  const auto n = static_cast<double>(section.points);
  section.crossfall_sigma_percent = 100 * slopeSigma(plane->scatter, n, 2 * wish.half_width_m);
  section.centre = line.at(chainage).point;
  section.centre.z = plane->at(0, 0);
  for (const ProfilePoint& p : section.profile)
    if (std::abs(p.offset_m) <= wish.step_m) section.centre.z = p.height_m;
  const double width = 2 * wish.half_width_m / wish.lanes;
  for (int k = 0; k < wish.lanes; ++k) {
    const double right = -wish.half_width_m + k * width;
    section.lanes.push_back(laneOf(section.profile, right, right + width, plane->scatter, n, wish));
  }
  return section;
}

/// Points of every window, in road coordinates.
std::vector<Window> windowsOf(const PointsView& points, const RoadLine& line, const RoadWish& wish, double to_m,
                              std::size_t count) {
  std::vector<Window> windows(count);
  const double half = wish.window_m / 2;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!points.classification.empty() && !mayBeRoadSurface(points.classification[i])) continue;
    const Vec3d& p = points.places[i];
    if (!isFinite(p)) continue;
    const auto foot = line.footOf(p);
    if (!foot || foot->chainage_m > to_m + half) continue;
    const double first = std::max(0.0, std::ceil((foot->chainage_m - half - wish.from_m) / wish.every_m));
    for (auto k = static_cast<std::size_t>(first); k < count; ++k) {
      const double along = foot->chainage_m - (wish.from_m + static_cast<double>(k) * wish.every_m);
      if (along < -half) break;
      windows[k].push_back({along, foot->offset_m, p.z});
    }
  }
  return windows;
}

}  // namespace

Result<RoadSections> roadSections(const PointsView& points, const RoadWish& wish, Problems& problems,
                                  Progress& progress) {
  if (const Status sizes = checked(wish); !sizes) return sizes.error();
  const Result<RoadLine> line = RoadLine::create(wish.centreline, wish.half_width_m, "road sections");
  if (!line) return line.error();
  const double to = std::min(wish.to_m, line->length_m());
  if (!(wish.from_m >= 0 && wish.from_m <= to))
    return Error{ErrorCode::bad_input, "road sections", "The chainages asked for are not on the line.",
                 fmt::format("It runs from 0 to {:.1f} m.", line->length_m())};
  const auto count = static_cast<std::size_t>(std::min<double>((to - wish.from_m) / wish.every_m, most_sections)) + 1;
  const std::vector<Window> windows = windowsOf(points, *line, wish, to, count);
  RoadSections result;
  result.basis = {"robust plane and local parabola; rut by straight-edge (ASTM E1703) and wire; crossfall by Theil-Sen",
                  0, 0, points.unrefined};
  for (std::size_t k = 0; k < count; ++k) {
    if (progress.cancelled()) return Error{ErrorCode::cancelled, "road sections", "cancelled.", ""};
    progress.report(static_cast<double>(k) / static_cast<double>(count), "road sections");
    const double chainage = wish.from_m + static_cast<double>(k) * wish.every_m;
    if (auto section = measured(windows[k], chainage, *line, wish)) {
      result.basis.points += section->points;
      result.sections.push_back(std::move(*section));
      continue;
    }
    ++result.not_measured;
    problems.skip("", fmt::format("chainage {:.1f} m", chainage), "measure.too_few_points",
                  fmt::format("The cross-section was not measured: {} points of the surface lie in it, which is too "
                              "few, not spread over the road, or on something that hides it.",
                              windows[k].size()),
                  "Take a longer window or load more detail.");
  }
  if (result.sections.empty())
    return Error{ErrorCode::bad_input, "road sections",
                 "No cross-section has enough points: the line may lie beside the cloud.",
                 "Check the line and the coordinate systems, or take a longer window."};
  return result;
}

}  // namespace hashimichi::measure
