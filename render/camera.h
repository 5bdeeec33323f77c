#pragma once
#include <optional>
#include <string_view>

#include "geo/core/geometry.h"
#include "geo/core/result.h"

namespace hashimichi::render {

/// Where one looks from, in the local frame (x east, y north, z up, metres). Never rolled: up is always up.
struct CameraPose {
  Vec3d target;               ///< the point one turns about
  double distance_m = 1500;   ///< eye to target
  double azimuth_deg = 0;     ///< viewing direction from north, clockwise; 0 = looking north
  double elevation_deg = 40;  ///< of the eye above the target's horizon; 90 = straight down, kept within 2…90
  bool orthographic = false;
  double view_angle_deg = 30;  ///< vertical
};

Vec3d eyeOf(const CameraPose& pose);
/// Unit vectors of the picture: right, up, and into the scene.
struct CameraAxes {
  Vec3d right, up, forward;
};
CameraAxes axesOf(const CameraPose& pose);

/// Dragging by pixels in a view of that height. Orbit turns about the target; pan moves it in the ground plane.
CameraPose orbit(CameraPose pose, double dx_px, double dy_px);
CameraPose pan(CameraPose pose, double dx_px, double dy_px, double view_height_px);
/// Zoom towards a point under the cursor, which stays under the cursor. factor < 1 comes closer.
CameraPose zoomAt(CameraPose pose, Vec3d point, double factor);
/// Moves the turning point to a place without moving the picture.
CameraPose turnAbout(CameraPose pose, Vec3d point);
/// The whole box in view, seen from the present direction.
CameraPose fit(CameraPose pose, const Bounds& bounds, double aspect);
/// Between two poses, t 0…1, for flights; the short way round.
CameraPose between(const CameraPose& from, const CameraPose& to, double t);

/// Words of the command line: "overview", "top", "target=E,N,H;distance=800;azimuth=30;elevation=45[;ortho]" with E, N,
/// H in the project's CRS minus its origin (local metres). bad_input names the word that was not understood.
Result<CameraPose> cameraFrom(std::string_view text, const Bounds& town, double aspect);

}  // namespace hashimichi::render
