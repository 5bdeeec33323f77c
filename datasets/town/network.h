#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "datasets/town/valley.h"
#include "geo/core/geometry.h"

namespace hashimichi::datasets {

/// What a road is for; decides width, traffic, administrator.
enum class RoadRank { national, prefectural, main, second, local, lane, farm, levee };
enum class Zone { centre, suburb, hamlet, field, hill };

/// 河川 (the river), creeks (沢・川) and canals (用水): a line with the width of its water and the depth of its cut.
struct Water {
  std::string name;
  bool creek = false;
  double width_m = 0, depth_m = 0;
  std::vector<Vec3d> line;  ///< local frame, downstream or eastward
};

/// A road between two junctions (or a junction and a dead end). line.front() and .back() are its nodes' places;
/// z is the road's own profile (over water it does not follow the ground).
struct Road {
  std::uint32_t from = 0, to = 0;
  std::vector<Vec3d> line;
  RoadRank rank = RoadRank::local;
  Zone zone = Zone::field;
  std::uint64_t line_key = 0;  ///< pieces of one street share it
  bool ramp = false;           ///< climbs a levee
  int water = -1;              ///< index of the water that it crosses; river_crossing for the river
  double water_at_m = 0;       ///< chainage of the crossing

  // Told by the town's plan, filled by describeRoads.
  std::string id, route, district, pipe;
  double width_m = 0, aadt = 0;
  int lanes = 1, emergency = 0, bus = 0;
  bool gutter = false, heating = false, school = false;
  int bridge = -1;  ///< index into the bridges
};
inline constexpr int river_crossing = 1'000'000;

struct RoadNode {
  Vec3d place;
  std::uint32_t degree = 0;
};

/// A block without streets inside: for a school, a hospital …
struct OpenBlock {
  PlanPoint plan;
  std::string use;  ///< school, hospital, office, fire, shop, temple, shrine, factory
};

struct Network {
  std::vector<RoadNode> nodes;
  std::vector<Road> roads;
  std::vector<Water> waters;
  std::vector<OpenBlock> blocks;
};

/// Streets as lines of a bent lattice, planar by construction: lines of the plan never cross where no junction is.
/// All roads hang together.
Network planNetwork(const Valley& valley, const Window& window, std::uint64_t seed);

/// Names, widths, traffic, clearing facts; deterministic per street.
void describeRoads(Network& network, const Valley& valley, std::uint64_t seed);

double lengthOf(const std::vector<Vec3d>& line);
/// Place at a chainage; direction is the unit vector along the line there (z of the direction 0).
struct OnLine {
  Vec3d place, direction;
};
OnLine along(const std::vector<Vec3d>& line, double chainage_m);
Zone zoneAt(PlanPoint plan);
/// The edges of settlements are not ellipses; the same as zoneAt where `edge` is frayed(plan), for callers that keep
/// it.
PlanPoint frayed(PlanPoint plan);
Zone zoneOfFrayed(PlanPoint plan, PlanPoint edge);

}  // namespace hashimichi::datasets
