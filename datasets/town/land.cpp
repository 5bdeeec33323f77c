#include "datasets/town/land.h"

#include <algorithm>
#include <cmath>

#include "datasets/town/random.h"

namespace hashimichi::datasets {

Land::Land(const Valley& valley, const Window& window, const Network& network)
    : valley_(valley), window_(window), network_(network), roads_(window), waters_(window) {
  for (std::size_t i = 0; i < network.roads.size(); ++i)
    if (network.roads[i].water != river_crossing)
      roads_.add(network.roads[i].line, static_cast<int>(i), network.roads[i].width_m / 2);
  for (std::size_t i = 0; i < network.waters.size(); ++i)
    waters_.add(network.waters[i].line, static_cast<int>(i), network.waters[i].width_m / 2);
}

Land::OnRoad Land::roadAt(double x, double y, double reach_m, int skip) const {
  const auto hit = roads_.nearest(x, y, reach_m, skip);
  if (!hit) return {-1, reach_m, 0};
  return {hit->id, hit->clearance_m, hit->place.z};
}

double Land::fromWater(double x, double y, double reach_m) const {
  const auto hit = waters_.nearest(x, y, reach_m);
  return hit ? hit->clearance_m : reach_m;
}

bool Land::inWater(double x, double y) const {
  return fromWater(x, y, 0.5) < 0 || valley_.inChannel(x, y);
}

double Land::bank(double x, double y) const {
  const double ground = valley_.ground(x, y);
  const OnRoad road = roadAt(x, y, 14);
  if (road.road < 0) return ground;
  // Cut and fill slopes of 1:1.8, at least a shoulder.
  const double slope_m = std::clamp(1.8 * std::abs(road.z - ground), 1.5, 13.0);
  const double share = 1 - smoothStep(0.3, 0.3 + slope_m, road.clearance_m);
  return ground + share * (road.z - ground);
}

double Land::ground(double x, double y) const {
  return cut(x, y, bank(x, y) + valley_.riverCut(x, y), false);
}

double Land::modelled(double x, double y) const {
  return cut(x, y, bank(x, y) + valley_.riverCut(x, y), true);
}

double Land::cut(double x, double y, double z, bool creeks_only) const {
  const auto water = waters_.nearest(x, y, 3);
  if (!water) return z;
  const Water& line = network_.waters[static_cast<std::size_t>(water->id)];
  if (creeks_only && !line.creek) return z;
  const double batter_m = line.creek ? 2.2 : 0.25;  // creeks have sloping banks, canals concrete walls
  return z - line.depth_m * smoothStep(batter_m, -0.1, water->clearance_m);
}

}  // namespace hashimichi::datasets
