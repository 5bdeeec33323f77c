#pragma once
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/session/point_commands.h"
#include "geo/core/date_time.h"
#include "geo/measure/change.h"
#include "geo/measure/road_profile.h"
#include "geo/measure/saved.h"

namespace hashimichi::app {

/// What is known of one point, as the survey stores it.
struct PickedPoint {
  std::string cloud;       ///< id
  Vec3d place;             ///< local frame
  Vec3d source;            ///< the survey's own coordinates: x east or longitude, y north or latitude, z up
  std::string source_crs;  ///< empty when the survey names none
  bool original = false;   ///< false: only the coarse sample was at hand; `source` is in the project's CRS
  std::optional<int> classification, intensity, return_number, number_of_returns, point_source;
  std::optional<double> gps_time_s;
  std::optional<Instant> surveyed;
};

/// A section and what it was cut along.
struct ShownSection {
  std::string name;
  measure::SectionWish wish;
  measure::SectionPoints points;
};

struct ShownRoadSections {
  std::string road;  ///< id
  measure::RoadSections result;
};

/// Distances between two surveys, or of one to a model.
struct ShownChange {
  std::string before, after;  ///< clouds; `before` is a bridge for CompareKind::model
  CompareKind kind = CompareKind::m3c2;
  measure::CloudChange result;
};

/// The session's part for point clouds and measuring, read-only for panels.
struct PointState {
  render::PointStyle style;
  std::set<std::string> hidden_clouds;

  PointTool tool = PointTool::none;
  std::vector<AddPick> picks;  ///< of the measurement under way
  double section_width_m = 1;

  measure::SavedMeasurements saved;
  std::string selected_measurement;

  std::optional<PickedPoint> picked;
  std::shared_ptr<const ShownSection> section;
  std::shared_ptr<const ShownRoadSections> road_sections;
  std::shared_ptr<const ShownChange> change;
  std::optional<std::filesystem::path> section_picture_wanted;  ///< taken by the window after the frame
};

}  // namespace hashimichi::app
