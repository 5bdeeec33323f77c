#include "geo/routing/hauling.h"

#include <algorithm>
#include <cmath>

namespace hashimichi::routing {
namespace {

/// Cross-section of the largest bank on a strip of this width: a triangle, cut off at the highest height.
double bankArea_m2(double width_m, const HaulRules& rules) {
  const double height_m = std::min(width_m / 2 * rules.bank_slope_tan, rules.highest_bank_m);
  return std::max(0.0, height_m * (width_m - height_m / rules.bank_slope_tan));
}

class Hauler {
 public:
  Hauler(const model::CityModel& town, const RoadWays& ways, const std::vector<bool>& main_network,
         const HaulRules& rules)
      : town_(town), ways_(ways), rules_(rules) {
    for (const model::SnowDumpSite& site : town.dump_sites) {
      const double room = site.capacity_m3 ? *site.capacity_m3 * (1 - std::clamp(site.fill_ratio.value_or(0), 0.0, 1.0))
                                           : std::numeric_limits<double>::infinity();
      room_m3_.push_back(room);
      places_.push_back({true, nearestNode(site.position, main_network)});
    }
  }

  void haul(std::size_t road, double volume_m3) {
    plan_.volume_m3 += volume_m3;
    const std::uint32_t edge = ways_.graph().first_edge_of_segment[road];
    const Arc arc = ways_.mayDrive(2 * edge) ? 2 * edge : 2 * edge + 1;
    const std::vector<Way> found = ways_.waysFrom({false, arc}, places_);
    std::vector<std::size_t> order;
    for (std::size_t site = 0; site < found.size(); ++site)
      if (found[site].exists()) order.push_back(site);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return found[a].length_dm < found[b].length_dm; });
    for (const std::size_t site : order) {
      const double taken = std::min(volume_m3, room_m3_[site]);
      if (!(taken > 0)) continue;
      room_m3_[site] -= taken, volume_m3 -= taken;
      add(road, site, taken, found[site].length_dm / 10.0);
      if (!(volume_m3 > 0)) return;
    }
    plan_.without_room_m3 += volume_m3;
    plan_.loads.push_back({road, std::nullopt, volume_m3, 0, 0});
  }
  HaulPlan take() { return std::move(plan_); }

 private:
  std::uint32_t nearestNode(Vec3d place, const std::vector<bool>& main_network) const {
    std::uint32_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::uint32_t node = 0; node < main_network.size(); ++node)
      if (const double away = distance2d(ways_.graph().nodes[node], place); main_network[node] && away < least)
        least = away, best = node;
    return best;
  }

  void add(std::size_t road, std::size_t site, double volume_m3, double way_m) {
    const int trips = static_cast<int>(std::ceil(volume_m3 / rules_.lorry_m3 - 1e-9));
    plan_.loads.push_back({road, site, volume_m3, trips, way_m});
    plan_.trips += trips;
    plan_.lorry_h += trips * (2 * way_m / 1000 / ways_.rules().transit_kmh + rules_.unload_s / 3600);
  }

  const model::CityModel& town_;
  const RoadWays& ways_;
  HaulRules rules_;
  std::vector<double> room_m3_;
  std::vector<WayEnd> places_;
  HaulPlan plan_;
};

}  // namespace

double overflow_m2(double depth_m, double width_m, double left_m, double right_m, const HaulRules& rules) {
  const double added = rules.new_snow_kg_m3 / rules.bank_kg_m3 * depth_m * width_m;
  return std::max(0.0, added - bankArea_m2(left_m, rules) - bankArea_m2(right_m, rules));
}

HaulPlan planHauling(const model::CityModel& town, const assess::Ranking& ranking, const RoadWays& ways,
                     const std::vector<bool>& main_network, const HaulRules& rules, Problems& problems) {
  Hauler hauler(town, ways, main_network, rules);
  const std::vector<std::uint32_t>& first = ways.graph().first_edge_of_segment;
  bool any = false;
  for (const assess::Ranked& row : ranking.rows) {
    if (row.tier != assess::Tier::overdue && row.tier != assess::Tier::dispatch) continue;
    const model::RoadSegment& road = town.roads[row.index];
    if (row.depth_cm <= 0 || !road.storage_left_m || !road.storage_right_m || road.width_m <= 0) continue;
    if (first[row.index] == first[row.index + 1] || road.in_tunnel) continue;
    const double area =
        overflow_m2(row.depth_cm / 100, road.width_m, *road.storage_left_m, *road.storage_right_m, rules);
    if (!(area * road.length_m > 0)) continue;
    hauler.haul(row.index, area * road.length_m);
    any = true;
  }
  if (any)
    problems.assume("plough plan", "", "plough.hauling",
                    "Snow that has no room beside the road is hauled: new snow of 100 kg/m³ in banks of 400 kg/m³, "
                    "lorries of 12.5 m³ (planning defaults); banks that stood before are not counted.");
  HaulPlan plan = hauler.take();
  if (plan.without_room_m3 > 0)
    problems.assume("plough plan", "", "plough.sites_full",
                    "The dump sites are too small or too far for all snow that must be hauled.",
                    "Add sites, or state their capacity and fill.");
  return plan;
}

}  // namespace hashimichi::routing
