#include "render/camera.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>

#include "geo/core/text.h"

namespace hashimichi::render {
namespace {

constexpr double radians = std::numbers::pi / 180;
constexpr double lowest_elevation_deg = 2, highest_elevation_deg = 90;
constexpr double nearest_m = 3, farthest_m = 300'000;
constexpr double orbit_deg_per_px = 0.25;
/// Room left round what is fitted.
constexpr double fit_margin = 1.04;
constexpr int fit_rounds = 4;

double wrapDegrees(double degrees) {
  const double wrapped = std::fmod(degrees, 360.0);
  return wrapped < 0 ? wrapped + 360 : wrapped;
}

CameraPose within(CameraPose pose) {
  pose.elevation_deg = std::clamp(pose.elevation_deg, lowest_elevation_deg, highest_elevation_deg);
  pose.distance_m = std::clamp(pose.distance_m, nearest_m, farthest_m);
  pose.azimuth_deg = wrapDegrees(pose.azimuth_deg);
  return pose;
}

double halfHeightPerMetre(const CameraPose& pose) {
  return std::tan(pose.view_angle_deg * radians / 2);
}

std::array<Vec3d, 8> cornersOf(const Bounds& box) {
  std::array<Vec3d, 8> corners;
  for (std::size_t i = 0; i < corners.size(); ++i)
    corners[i] = {i & 1 ? box.high.x : box.low.x, i & 2 ? box.high.y : box.low.y, i & 4 ? box.high.z : box.low.z};
  return corners;
}

/// The nearest distance from which the whole box is in view, the target kept.
double fittingDistance(const CameraPose& pose, const Bounds& bounds, double aspect) {
  const CameraAxes axes = axesOf(pose);
  const double up_per_m = halfHeightPerMetre(pose), right_per_m = up_per_m * std::max(0.01, aspect);
  double needed_m = nearest_m;
  for (const Vec3d& corner : cornersOf(bounds)) {
    const Vec3d from_target = corner - pose.target;
    const double across =
        std::max(std::abs(dot(from_target, axes.right)) / right_per_m, std::abs(dot(from_target, axes.up)) / up_per_m);
    const double behind_m = pose.orthographic ? 0 : dot(from_target, axes.forward);
    needed_m = std::max(needed_m, across * fit_margin - behind_m);
  }
  return needed_m;
}

/// How far above the target the middle of the box's picture is, per metre of distance.
double middleUp(const CameraPose& pose, const Bounds& bounds) {
  const CameraAxes axes = axesOf(pose);
  double low = 1e9, high = -1e9;
  for (const Vec3d& corner : cornersOf(bounds)) {
    const Vec3d from_target = corner - pose.target;
    const double up = dot(from_target, axes.up) / (pose.distance_m + dot(from_target, axes.forward));
    low = std::min(low, up), high = std::max(high, up);
  }
  return (low + high) / 2;
}

Error notUnderstood(std::string_view word) {
  return {ErrorCode::bad_input, "--camera", "the word '" + std::string(word) + "' of the camera was not understood.",
          "Use overview, top, or target=E,N,H;distance=800;azimuth=30;elevation=45[;ortho] (metres, degrees)."};
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

/// One "key=value" or "ortho" of the long form; false when it was not understood.
bool applyWord(std::string_view word, CameraPose& pose) {
  if (word == "ortho") return pose.orthographic = true;
  const std::size_t equals = word.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view key = trim(word.substr(0, equals)), value = trim(word.substr(equals + 1));
  if (key == "target") {
    const auto parts = split(value, ',');
    if (parts.size() != 3) return false;
    const auto x = number(trim(parts[0])), y = number(trim(parts[1])), z = number(trim(parts[2]));
    if (!x || !y || !z) return false;
    pose.target = {*x, *y, *z};
    return true;
  }
  const auto parsed = number(value);
  if (!parsed) return false;
  if (key == "distance" && *parsed > 0) return pose.distance_m = *parsed, true;
  if (key == "azimuth") return pose.azimuth_deg = *parsed, true;
  if (key == "elevation") return pose.elevation_deg = *parsed, true;
  return false;
}

}  // namespace

CameraAxes axesOf(const CameraPose& pose) {
  const double a = pose.azimuth_deg * radians, e = pose.elevation_deg * radians;
  const double sa = std::sin(a), ca = std::cos(a), se = std::sin(e), ce = std::cos(e);
  return {{ca, -sa, 0}, {sa * se, ca * se, ce}, {sa * ce, ca * ce, -se}};
}

Vec3d eyeOf(const CameraPose& pose) {
  return pose.target - axesOf(pose).forward * pose.distance_m;
}

CameraPose orbit(CameraPose pose, double dx_px, double dy_px) {
  pose.azimuth_deg += dx_px * orbit_deg_per_px;
  pose.elevation_deg += dy_px * orbit_deg_per_px;
  return within(pose);
}

CameraPose pan(CameraPose pose, double dx_px, double dy_px, double view_height_px) {
  const double a = pose.azimuth_deg * radians;
  const double metres_per_px = 2 * pose.distance_m * halfHeightPerMetre(pose) / std::max(1.0, view_height_px);
  // The ground is foreshortened; near the horizon a pixel would be kilometres, so that is bounded.
  const double foreshortening = std::max(0.2, std::sin(pose.elevation_deg * radians));
  const Vec3d right{std::cos(a), -std::sin(a), 0}, ahead{std::sin(a), std::cos(a), 0};
  pose.target = pose.target - right * (dx_px * metres_per_px) + ahead * (dy_px * metres_per_px / foreshortening);
  return pose;
}

CameraPose zoomAt(CameraPose pose, Vec3d point, double factor) {
  const double distance_m = std::clamp(pose.distance_m * factor, nearest_m, farthest_m);
  const double applied = distance_m / pose.distance_m;
  pose.target = point + (pose.target - point) * applied;
  pose.distance_m = distance_m;
  return pose;
}

CameraPose turnAbout(CameraPose pose, Vec3d point) {
  const Vec3d forward = axesOf(pose).forward;
  const double ahead_m = dot(point - pose.target, forward);
  if (pose.orthographic) {  // the distance is the scale of the picture and has to stay
    pose.target = pose.target + forward * ahead_m;
    return pose;
  }
  const double distance_m = std::clamp(pose.distance_m + ahead_m, nearest_m, farthest_m);
  pose.target = pose.target + forward * (distance_m - pose.distance_m);
  pose.distance_m = distance_m;
  return pose;
}

CameraPose fit(CameraPose pose, const Bounds& bounds, double aspect) {
  if (bounds.empty()) return pose;
  pose.target = bounds.centre();
  // Perspective makes the near side larger than the far one: fit, move what is seen to the middle, fit again.
  for (int round = 0; round < fit_rounds; ++round) {
    pose.distance_m = fittingDistance(pose, bounds, aspect);
    if (!pose.orthographic) pose.target = pose.target + axesOf(pose).up * (middleUp(pose, bounds) * pose.distance_m);
  }
  pose.distance_m = fittingDistance(pose, bounds, aspect);
  return within(pose);
}

CameraPose between(const CameraPose& from, const CameraPose& to, double t) {
  if (t <= 0) return from;
  if (t >= 1) return to;
  CameraPose pose = to;
  pose.target = from.target + (to.target - from.target) * t;
  pose.distance_m = from.distance_m * std::pow(to.distance_m / from.distance_m, t);
  pose.azimuth_deg = wrapDegrees(from.azimuth_deg + std::remainder(to.azimuth_deg - from.azimuth_deg, 360.0) * t);
  pose.elevation_deg = from.elevation_deg + (to.elevation_deg - from.elevation_deg) * t;
  pose.view_angle_deg = from.view_angle_deg + (to.view_angle_deg - from.view_angle_deg) * t;
  return pose;
}

Result<CameraPose> cameraFrom(std::string_view text, const Bounds& town, double aspect) {
  CameraPose pose;
  text = trim(text);
  if (text.empty() || text == "overview") {
    pose.elevation_deg = 38;
    return fit(pose, town, aspect);
  }
  if (text == "top") {
    pose.elevation_deg = 90;
    pose.orthographic = true;
    return fit(pose, town, aspect);
  }
  if (!town.empty()) pose.target = town.centre();
  for (const std::string_view word : split(text, ';'))
    if (!trim(word).empty() && !applyWord(trim(word), pose)) return notUnderstood(trim(word));
  return within(pose);
}

}  // namespace hashimichi::render
