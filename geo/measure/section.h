#pragma once
#include <filesystem>
#include <limits>

#include "geo/core/result.h"
#include "geo/crs/local_frame.h"
#include "geo/measure/points.h"
#include "geo/model/geometry.h"

namespace hashimichi::measure {

/// Which slice of a cloud is wanted: all points within half the width of a line (seen from above).
struct SectionWish {
  model::Polyline line;  ///< local frame; z is not looked at. Two points or more
  double width_m = 1;    ///< of the slice, half of it on either side
  double from_m = 0, to_m = std::numeric_limits<double>::infinity();  ///< chainages between which points are taken
  double lowest_m = -std::numeric_limits<double>::infinity();         ///< heights between which points are taken
  double highest_m = std::numeric_limits<double>::infinity();
  std::size_t limit = 5'000'000;  ///< of points kept; beyond it every n-th is kept and the rest is counted
};

/// A vertical section: one entry per point in every array, in ascending chainage.
struct SectionPoints {
  std::vector<double> chainage_m;            ///< along the line, horizontally, from its first point
  std::vector<double> height_m;              ///< z of the local frame: the height itself (T.P. in Japan)
  std::vector<double> offset_m;              ///< beside the line, left of its direction positive
  std::vector<std::size_t> index;            ///< of the point in the view that was cut
  std::vector<std::uint8_t> classification;  ///< empty, or one per point
  std::vector<std::uint16_t> intensity;      ///< empty, or one per point
  std::vector<std::uint8_t> rgb;             ///< empty, or three per point
  std::vector<Vec3d> places;                 ///< local frame
  model::Polyline line;
  double width_m = 0;
  std::size_t left_out = 0;  ///< points inside the slice that the limit left out
  Basis basis;

  std::size_t size() const { return chainage_m.size(); }
};

/// The box outside of which no point can be in the section; z is unbounded (±1e9) where the wish sets no heights.
Bounds reachOf(const SectionWish& wish);

/// A point belongs to the nearest piece of the line; at its bends a point beyond both ends of the neighbouring pieces
/// belongs to the corner (chainage of the corner, offset the distance to it). Beyond the two ends nothing is taken.
/// Pure; threads may call it at once. Linear in points × pieces near them.
/// @returns bad_input: a line without length, a width that is not positive, no point within the slice
Result<SectionPoints> cutSection(const PointsView& points, const SectionWish& wish);

/// The line across another at a chainage, from left to right of its direction seen along it: what a cross-section of a
/// road is cut along. bad_input when the chainage is not on the line.
Result<model::Polyline> lineAcross(const model::Polyline& line, double chainage_m, double half_width_m);

/// UTF-8 CSV: chainage_m, offset_m, height_m, easting_m, northing_m and what attributes there are; millimetres kept.
Status writeSectionCsv(const std::filesystem::path& path, const SectionPoints& section, const crs::LocalFrame& frame);
/// DXF R12, units metres: x = chainage, y = height, one POINT per point on the layer CLASS_<n>, and the frame of the
/// section (lowest and highest height) on the layer FRAME. At most 1,000,000 points; more are thinned evenly.
Status writeSectionDxf(const std::filesystem::path& path, const SectionPoints& section);

}  // namespace hashimichi::measure
