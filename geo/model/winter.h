#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "geo/core/date_time.h"
#include "geo/model/geometry.h"

namespace hashimichi::model {

/// One machine that clears roads.
struct Plough {
  std::string id, name;
  std::string type;  ///< 除雪ドーザ, グレーダ, トラック, ロータリ, 凍結防止剤散布車, in the source's words
  std::optional<double> blade_width_m, speed_kmh, hopper_m3;
  std::optional<bool> spreader;
  bool operator==(const Plough&) const = default;
};

/// 除雪基地: where machines stand. Position in the local frame.
struct Depot {
  std::string id, name, source;
  Vec3d position;
  std::string district;  ///< 工区 that it serves; empty: any
  std::vector<Plough> ploughs;
};

/// Where one machine was: fixes in time order, local frame, z not used.
struct PloughTrack {
  struct Fix {
    Instant time;
    Vec3d position;
    std::optional<bool> blade_down;
    bool operator==(const Fix&) const = default;
  };
  std::string id;       ///< of the track
  std::string vehicle;  ///< of the machine
  std::string source;
  std::vector<Fix> fixes;
};

/// One line of a timetable (GTFS): the way of its vehicles and how many trips run on a winter weekday, by hour of
/// departure (24 = after midnight is folded to 0).
struct BusLine {
  std::string id, name, source;
  Polyline path;  ///< the feed's shape, else straight from stop to stop
  bool path_is_shape = false;
  std::array<double, 24> trips_by_hour{};
};

/// People per mesh cell, aggregates only. Empty: unknown or withheld because the number is small (秘匿).
struct PopulationCell {
  std::string id;  ///< mesh code
  std::string source;
  Surface area;  ///< local frame, z 0
  std::optional<double> people, elderly, households;
};

}  // namespace hashimichi::model
