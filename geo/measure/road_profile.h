#pragma once
#include <limits>
#include <optional>

#include "geo/core/problem.h"
#include "geo/core/progress.h"
#include "geo/core/result.h"
#include "geo/measure/points.h"
#include "geo/model/geometry.h"

namespace hashimichi::measure {

/// How a road is cut. Offsets are beside the centre line, left of its direction positive.
struct RoadWish {
  model::Polyline centreline;  ///< local frame; z is not looked at
  double every_m = 10;         ///< from one cross-section to the next
  double from_m = 0, to_m = std::numeric_limits<double>::infinity();
  double half_width_m = 3;      ///< of the carriageway
  double window_m = 2;          ///< along the road: points within half of it, before and behind, make one cross-section
  double step_m = 0.05;         ///< between the points of the profile
  double smooth_m = 0.20;       ///< the surface at an offset is a parabola through the points within this of it
  int lanes = 2;                ///< of equal width
  double straight_edge_m = 2;   ///< length of the straight-edge; ASTM E1703 takes 1.73 m or more, EN 13036-7 takes 3 m
  double edge_margin_m = 0.15;  ///< kerbs and shoulders: this much at either edge is not looked at
};

/// One wheel path of a lane.
struct Rut {
  double offset_m = 0;          ///< of its deepest point
  double straight_edge_mm = 0;  ///< depth below a straight-edge that rests on the surface, square to it
  double wire_mm = 0;           ///< depth below a wire stretched over the lane (upper hull), square to it
  double width_mm = 0;          ///< between the places where the gap below the edge is a tenth of its depth
  double sigma_mm = 0;          ///< 1-σ of the depths, from the scatter of the points
};

struct LaneSection {
  double right_m = 0, left_m = 0;  ///< offsets of its edges
  double crossfall_percent = 0;    ///< 横断勾配: positive falls to the left of the direction
  double crossfall_sigma_percent = 0;
  std::optional<Rut> left, right;  ///< wheel paths; nothing where the surface was not seen
  double rut_depth_mm = 0;         ///< わだち掘れ量: the deeper of the two by the straight-edge
};

struct ProfilePoint {
  double offset_m = 0, height_m = 0, sigma_m = 0;
};

struct CrossSection {
  double chainage_m = 0;
  Vec3d centre;                  ///< on the road's surface
  double grade_percent = 0;      ///< along the road, positive uphill in its direction
  double crossfall_percent = 0;  ///< of the whole carriageway (means little on a crowned road: see the lanes)
  double crossfall_sigma_percent = 0;
  std::vector<LaneSection> lanes;     ///< from right to left
  std::vector<ProfilePoint> profile;  ///< from right to left, at the centre's chainage; gaps where nothing was seen
  std::size_t points = 0;             ///< on the surface
  std::size_t passed_over = 0;        ///< above or below it: vehicles, people, signs, strays
};

struct RoadSections {
  std::vector<CrossSection> sections;
  std::size_t not_measured = 0;  ///< cross-sections with too few points; each is a line of the problems, too
  Basis basis;
};

/// Cross-sections of a road every n metres, from all points that may be its surface (mayBeRoadSurface).
///
/// Surface: of each window a plane is fitted robustly (least squares, points farther than 3 × 1.4826 MAD and 40 mm from
/// it passed over, six rounds); what is left is moved along the fitted grade to the section's chainage. The profile is
/// a local parabola at each step (Savitzky and Golay 1964 on unevenly spread points).
/// Crossfall: slope of the straight line through the profile, by Theil and Sen (median of slopes), so that ruts do
/// not tilt it. Rut depth: straight-edge (ASTM E1703, EN 13036-7: on the upper hull of every piece of the profile as
/// long as the edge) and wire (upper hull of the lane), both in the half of the lane that holds the wheel path.
/// @param problems  one "skipped" line per cross-section that could not be measured
/// @returns bad_input (line without length, sizes that are not positive, no point near the line), cancelled
Result<RoadSections> roadSections(const PointsView& points, const RoadWish& wish, Problems& problems,
                                  Progress& progress);

/// Ruts of a profile in ascending offset between two offsets: what roadSections uses for each half of a lane.
/// Nothing when fewer than five points lie there.
std::optional<Rut> rutOf(std::span<const ProfilePoint> lane, double right_m, double left_m, double straight_edge_m);

}  // namespace hashimichi::measure
