#pragma once
#include <optional>
#include <span>
#include <vector>

#include "geo/assess/ranking.h"
#include "geo/core/problem.h"
#include "geo/model/city_model.h"
#include "geo/routing/plough_ways.h"

namespace hashimichi::routing {

/// How snow becomes lorry loads (DOMAIN A.5; densities, slope, height, load and unloading are its planning defaults).
struct HaulRules {
  double new_snow_kg_m3 = 100, bank_kg_m3 = 400;
  double bank_slope_tan = 1;  ///< 45°, both faces
  double highest_bank_m = 1.5;
  double lorry_m3 = 12.5;  ///< a 10 t lorry, loose
  double unload_s = 300;
};

/// Snow of one road that goes to one site; what finds no room has no site.
struct HaulLoad {
  std::size_t road = 0;             ///< in the model's roads
  std::optional<std::size_t> site;  ///< in the model's dump sites
  double volume_m3 = 0;             ///< as it lies in the bank
  int trips = 0;
  double way_m = 0;  ///< from the road to the site
};

struct HaulPlan {
  std::vector<HaulLoad> loads;  ///< by rank of their roads
  double volume_m3 = 0, without_room_m3 = 0;
  int trips = 0;
  double lorry_h = 0;  ///< driving there and back and unloading, all lorries together; loading is not in it
};

/// Snow that has no room beside the road, per metre of road: what clearing `depth_m` from `width_m` adds to the banks
/// (mass is conserved) less what banks of the given widths hold. 0 where all has room.
double overflow_m2(double depth_m, double width_m, double left_m, double right_m, const HaulRules& rules);

/// Hauling for what a ranking says is due: roads whose storage on both sides is known and too small for their new snow,
/// in rank order, each to the nearest site (along the network) that has room. Sites without a stated capacity take
/// everything. Banks that stood before this snow are not known here and not counted, which the report says.
HaulPlan planHauling(const model::CityModel& town, const assess::Ranking& ranking, const RoadWays& ways,
                     const std::vector<bool>& main_network, const HaulRules& rules, Problems& problems);

}  // namespace hashimichi::routing
