#include "geo/assess/ageing/road_over.h"

#include <algorithm>

#include "geo/assess/order.h"
#include "geo/network/detour.h"

namespace hashimichi::assess::ageing {
namespace {

constexpr double beside_m = 20;

}  // namespace

RoadsOver::RoadsOver(const model::CityModel& city) : roads_(city.roads) {
  for (const model::RoadSegment& road : city.roads) {
    if (!road.on_bridge || road.centreline.size() < 2) continue;
    const Vec3d middle = model::pointAlong(road.centreline, model::length2d(road.centreline) / 2).point;
    Bounds box;
    box.add(middle);
    index_.insert(box, decks_.size());
    decks_.push_back({&road, middle});
  }
}

std::optional<double> RoadsOver::detourOver(const model::RoadSegment& road) {
  if (!graph_) {
    Problems unused;  // what the roads lack was told when they were imported
    graph_ = network::buildGraph(roads_, {}, unused);
    ways_.emplace(*graph_);
  }
  const network::Detour detour = network::detourOf(*graph_, *ways_, static_cast<std::uint32_t>(&road - roads_.data()));
  return detour.possible ? quantise(detour.extra_m / 1000) : -1;
}

RoadFacts RoadsOver::of(const model::Bridge& bridge) {
  if (!bridge.position) return {};
  double nearest_m = std::max(beside_m, bridge.length_m.value_or(0) / 2);
  const model::RoadSegment* road = nullptr;
  for (const std::size_t i : index_.near(*bridge.position, nearest_m)) {
    const double away_m = distance2d(decks_[i].middle, *bridge.position);
    if (away_m > nearest_m || (road && away_m == nearest_m)) continue;
    nearest_m = away_m;
    road = decks_[i].road;
  }
  if (!road) return {};
  RoadFacts facts{road->name.empty() ? road->id : road->name, road->aadt, road->emergency_route, {}, {}, {}};
  if (!bridge.detour_km) facts.detour_km = detourOver(*road);
  if (road->bus_trips_per_day) facts.bus_route = *road->bus_trips_per_day > 0;
  // A shelter alone is no reason to prefer a bridge (DOMAIN D.2 names hospital and fire station): weight 1 only.
  if (road->facility_access) facts.facility_access = *road->facility_access >= 1;
  return facts;
}

}  // namespace hashimichi::assess::ageing
