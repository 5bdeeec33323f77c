#pragma once
#include <optional>
#include <string>

#include "geo/model/attributes.h"
#include "geo/model/geometry.h"

namespace hashimichi::model {

/// The clearing class of a city's own 除雪路線図 (DOMAIN A.2). Traffic only proposes one where the map is missing.
enum class ClearingClass { unknown, priority, class1, class2, class3, residential, none };
enum class RoadAdministrator { unknown, nation, prefecture, city, expressway_company, other };
/// 消雪パイプ: a road with a working one is not ploughed; a failed one jumps up.
enum class SprinklerPipe { unknown, none, working, failed };

const char* toString(ClearingClass value);      ///< "priority", "class1", …
const char* toString(RoadAdministrator value);  ///< "nation", …
const char* toString(SprinklerPipe value);      ///< "none", "working", "failed", "unknown"
/// Japanese and English spellings (重点, 第1種, １種, 生活道路, class1, …); unknown when it is none of them.
ClearingClass clearingClassFrom(std::string_view text);
RoadAdministrator administratorFrom(std::string_view text);
SprinklerPipe sprinklerPipeFrom(std::string_view text);

/// Which way vehicles may drive along the centre line.
enum class TrafficDirection { both, forward, backward };
const char* toString(TrafficDirection value);  ///< "both", "forward", "backward"

/// A piece of road that is cleared as one: between two junctions, 20–200 m where the network allows.
struct RoadSegment {
  std::string id;      ///< unique in the project; the source's own id where it has one
  std::string name;    ///< 市道中央3号線
  std::string source;  ///< file it came from
  Attributes attributes;

  Geometry geometry;                 ///< surfaces (PLATEAU, BGT) and/or lines (GIS centre lines)
  std::vector<Geometry> other_lods;  ///< lowest first; the highest is `geometry`
  Polyline centreline;               ///< empty when only a surface is known
  double length_m = 0;               ///< of the centre line, else of the equivalent rectangle
  double width_m = 0;                ///< carriageway; 0 = unknown
  int lanes = 0;                     ///< 0 = unknown

  ClearingClass clearing_class = ClearingClass::unknown;
  RoadAdministrator administrator = RoadAdministrator::unknown;
  std::string district;  ///< 工区
  SprinklerPipe sprinkler_pipe = SprinklerPipe::unknown;
  bool snow_gutter = false;  ///< 流雪溝
  bool road_heating = false;
  bool on_bridge = false;              ///< decks freeze first
  std::optional<double> aadt;          ///< vehicles per day
  std::optional<int> emergency_route;  ///< 1, 2, 3; 0 = known not to be one
  std::optional<double> bus_trips_per_day;
  std::optional<bool> school_route;
  std::optional<double> facility_access;  ///< 0…1, hospital / fire station / shelter within 500 m along the network
  TrafficDirection direction = TrafficDirection::both;
  bool in_tunnel = false;                 ///< no snow falls there
  std::string parent;                     ///< id of the longer road that this piece was cut from
  std::optional<double> chainage_m;       ///< where this piece begins along `parent`, else along its route
  std::optional<double> footway_width_m;  ///< of all footways together; 0 = known to have none
  std::optional<double> storage_left_m, storage_right_m;  ///< room for snow beside the carriageway, from its edge
  std::string snow_gutter_hours;                          ///< when 流雪溝 runs: "06:00-09:00,17:00-20:00"
  std::optional<bool> heating_failed;                     ///< of `road_heating`
  std::optional<double> grade_percent;                    ///< steepest over 50 m, from the terrain
};

}  // namespace hashimichi::model
