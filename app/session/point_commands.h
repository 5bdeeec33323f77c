#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "geo/core/geometry.h"
#include "geo/measure/section.h"
#include "render/scene.h"

namespace hashimichi::app {

// What a person can do with point clouds and with measuring. Places are in the project's local frame.

/// What a click in the town means.
enum class PointTool {
  none,      ///< selects assets, as ever
  pick,      ///< tells what is known of the point
  distance,  ///< two points: distance, height, slope, azimuth
  height,    ///< two points, of which the height between them matters
  area,      ///< three points or more, then finished
  section,   ///< two points: the line that is cut along
  note,      ///< pins a note: its words are asked for
};

struct SetPointStyle {
  render::PointStyle style;
};
struct SetCloudVisible {
  std::string cloud;
  bool visible = true;
};
/// Chosen again, a tool is laid aside. What was clicked for another tool is forgotten.
struct SetPointTool {
  PointTool tool = PointTool::none;
};
/// A click with a tool.
struct AddPick {
  Vec3d place;
  std::optional<render::PointHit> hit{};  ///< the point of a cloud that it fell on
};
/// The last click did not happen.
struct TakeBackPick {};
/// An area is complete.
struct FinishPicks {};

struct RenameMeasurement {
  std::string id, name;
};
struct RemoveMeasurement {
  std::string id;
};
/// Selects a line of the results; empty: none.
struct SelectMeasurement {
  std::string id;
};
/// UTF-8 CSV with a header line.
struct ExportMeasurements {
  std::filesystem::path path;
};

/// Lowest girder above road or water. Needs the bridge's axis.
struct MeasureClearance {
  std::string bridge;
  std::optional<double> water_level_m;  ///< T.P.
};
struct SetSectionWidth {
  double width_m = 1;
};
/// Cuts all shown clouds along a line.
struct CutSection {
  measure::SectionWish wish;
  std::string name;  ///< of the road, or empty
};
/// As CSV, DXF or LAZ, by the ending.
struct ExportSection {
  std::filesystem::path path;
};
/// The section's window as it is seen, taken after the frame.
struct SaveSectionPicture {
  std::filesystem::path path;
};

struct MeasureRoad {
  std::string road;
  double every_m = 10, half_width_m = 3;
  int lanes = 2;
};
struct ExportRoadSections {
  std::filesystem::path path;
};

/// How two surveys are compared, or one with a model.
enum class CompareKind {
  m3c2,        ///< with level of detection
  nearest,     ///< cloud to cloud
  model,       ///< cloud to the bridge's faces
  settlement,  ///< deck to deck of a bridge
  snow,        ///< depth on a road
  volume,
};
struct CompareClouds {
  CompareKind kind = CompareKind::m3c2;
  std::string before, after;  ///< clouds; `before` is not looked at for `model`
  std::string asset;          ///< bridge of model and settlement, road of snow
};

using PointCommand =
    std::variant<SetPointStyle, SetCloudVisible, SetPointTool, AddPick, TakeBackPick, FinishPicks, RenameMeasurement,
                 RemoveMeasurement, SelectMeasurement, ExportMeasurements, MeasureClearance, SetSectionWidth,
                 CutSection, ExportSection, SaveSectionPicture, MeasureRoad, ExportRoadSections, CompareClouds>;

}  // namespace hashimichi::app
