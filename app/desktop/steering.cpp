#include "app/desktop/steering.h"

#include <algorithm>

namespace hashimichi::app {
namespace {

constexpr double eye_over_ground_m = 1.6;
/// Finer than anybody sees, and few enough for every frame.
constexpr double step_deg = 0.5, steepest_deg = 90;

double under(const render::CameraPose& pose, const model::Terrain& ground) {
  const Vec3d eye = render::eyeOf(pose);
  const std::optional<double> height_m = ground.heightAt(eye.x, eye.y);
  return height_m ? std::max(0.0, *height_m + eye_over_ground_m - eye.z) : 0;
}

}  // namespace

render::CameraPose orbitAbout(const render::CameraPose& pose, Vec3d point, double dx_px, double dy_px) {
  const render::CameraAxes before = render::axesOf(pose);
  const Vec3d arm = point - pose.target;
  const double across = dot(arm, before.right), upwards = dot(arm, before.up), ahead = dot(arm, before.forward);
  render::CameraPose turned = render::orbit(pose, dx_px, dy_px);
  const render::CameraAxes after = render::axesOf(turned);
  turned.target = point - (after.right * across + after.up * upwards + after.forward * ahead);
  return turned;
}

render::CameraPose aboveGround(render::CameraPose pose, const model::Terrain& ground) {
  if (under(pose, ground) <= 0) return pose;
  render::CameraPose steeper = pose;
  while (steeper.elevation_deg < steepest_deg && under(steeper, ground) > 0)
    steeper.elevation_deg = std::min(steepest_deg, steeper.elevation_deg + step_deg);
  steeper.target.z += under(steeper, ground);  // the target itself lies too deep
  return steeper;
}

}  // namespace hashimichi::app
