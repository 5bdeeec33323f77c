// Names, widths, traffic and winter equipment of the roads: what a road ledger says.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "datasets/town/network.h"
#include "datasets/town/random.h"

namespace hashimichi::datasets {
namespace {

/// 地区: part of a route's name and, coarser, the contractor's district.
const char* quarterAt(PlanPoint plan) {
  const double u = withinCell(plan.u), v = withinCell(plan.v);
  if (v < river_v_m) return v < south_foot_v_m + 40 ? "南沢" : u < -330 ? "川原" : u < 330 ? "南町" : "南原";
  if (v > north_foot_v_m - 40) return u < 0 ? "北山" : "上沢";
  if (u < -450) return "新田";
  if (u > 500) return "上沢";
  return u < -160 ? "下町" : u < 180 ? "中央" : "上町";
}

const char* contractorAt(PlanPoint plan) {
  const double u = withinCell(plan.u), v = withinCell(plan.v);
  if (v < river_v_m) return u < 0 ? "第5工区" : "第6工区";
  if (v > 330) return u < 0 ? "第3工区" : "第4工区";
  return u < 0 ? "第1工区" : "第2工区";
}

struct Standard {
  double width_m;
  int lanes;
  double aadt;
};
Standard standardOf(RoadRank rank) {
  switch (rank) {
    case RoadRank::national:
      return {9.0, 2, 11800};
    case RoadRank::prefectural:
      return {7.5, 2, 5200};
    case RoadRank::main:
      return {7.0, 2, 2100};
    case RoadRank::second:
      return {5.5, 1, 720};
    case RoadRank::local:
      return {4.5, 1, 230};
    case RoadRank::lane:
      return {3.5, 1, 40};
    case RoadRank::farm:
      return {3.5, 1, 60};
    case RoadRank::levee:
      return {4.0, 1, 420};
  }
  return {4, 1, 100};
}

double zoneTraffic(Zone zone) {
  switch (zone) {
    case Zone::centre:
      return 1.5;
    case Zone::suburb:
      return 1.1;
    case Zone::hamlet:
      return 0.8;
    case Zone::field:
      return 0.7;
    case Zone::hill:
      return 0.5;
  }
  return 1;
}

/// The main street is the prefectural road across the valley, through the centre and over the river bridge.
bool isMainStreet(const Road& road, PlanPoint plan) {
  return road.rank == RoadRank::prefectural && std::abs(withinCell(plan.u)) < 40;
}

void measure(Road& road, PlanPoint plan, std::uint64_t seed) {
  const Standard standard = standardOf(road.rank);
  const double spread = 0.8 + 0.4 * unitOf(seed, 221, static_cast<std::int64_t>(road.line_key));
  road.width_m = standard.width_m;
  road.lanes = standard.lanes;
  if (road.rank == RoadRank::local)
    road.width_m = unitOf(seed, 222, static_cast<std::int64_t>(road.line_key)) < 0.35 ? 4.0 : 5.0;
  road.aadt = standard.aadt * spread * zoneTraffic(road.zone);
  if (isMainStreet(road, plan)) road.aadt *= road.zone == Zone::hill ? 0.7 : 1.25;
  if (road.rank == RoadRank::national)
    road.aadt = 11800 * (0.97 + 0.06 * unitOf(seed, 223, std::llround(plan.u / 300)));
  road.aadt = road.aadt > 1000 ? std::round(road.aadt / 100) * 100 : std::round(road.aadt / 10) * 10;
}

void nameRoad(Road& road, PlanPoint plan, std::map<std::pair<std::string, std::uint64_t>, int>& numbers,
              std::map<std::string, int>& last) {
  road.district = road.rank == RoadRank::national      ? "国維持"
                  : road.rank == RoadRank::prefectural ? "県維持"
                                                       : contractorAt(plan);
  if (road.rank == RoadRank::national) {
    road.route = "国道517号";
  } else if (road.rank == RoadRank::prefectural) {
    road.route = isMainStreet(road, plan) ? "県道橋道南沢線" : "県道川原南原線";
  } else {
    const std::string quarter = quarterAt(plan);
    const auto [entry, fresh] = numbers.try_emplace({quarter, road.line_key}, 0);
    if (fresh) entry->second = ++last[quarter];
    road.route = fmt::format("市道{}{}号線", quarter, entry->second);
  }
}

void equip(Road& road, PlanPoint plan, std::uint64_t seed) {
  const double u = withinCell(plan.u), v = withinCell(plan.v);
  const double luck = unitOf(seed, 231, std::llround(plan.u * 4), std::llround(plan.v * 4));
  const double street_luck = unitOf(seed, 232, static_cast<std::int64_t>(road.line_key), std::llround(v / 400));
  const bool main_street = isMainStreet(road, plan), centre = road.zone == Zone::centre;
  road.emergency = road.rank == RoadRank::national                                                 ? 1
                   : main_street                                                                   ? 2
                   : road.rank == RoadRank::prefectural || (road.rank == RoadRank::main && centre) ? 3
                                                                                                   : 0;
  road.bus = main_street && std::abs(v) < 560                                       ? 62
             : road.rank == RoadRank::national                                      ? 34
             : road.rank == RoadRank::prefectural                                   ? 16
             : road.rank == RoadRank::main && (centre || road.zone == Zone::suburb) ? 22
                                                                                    : 0;
  const bool piped = (main_street && v > -90 && v < 420) ||
                     (centre && road.rank != RoadRank::lane && street_luck < 0.30) ||
                     (road.zone == Zone::suburb && street_luck < 0.08);
  road.pipe = !piped || road.water == river_crossing ? "なし" : luck < 0.1 ? "故障" : "稼働";
  road.gutter = centre && road.rank != RoadRank::lane && street_luck > 0.45 && street_luck < 0.8;
  road.heating = (road.rank == RoadRank::main && v < -20 && v > -130) || (road.ramp && main_street);
  const bool near_school = std::hypot(u + 190, v - 345) < 330 || std::hypot(u - 160, v + 440) < 220;
  road.school = near_school && road.rank != RoadRank::lane && road.rank != RoadRank::farm &&
                (road.rank < RoadRank::local || street_luck < 0.35);
}

}  // namespace

void describeRoads(Network& network, const Valley& valley, std::uint64_t seed) {
  std::map<std::pair<std::string, std::uint64_t>, int> numbers;
  std::map<std::string, int> last;
  std::size_t count = 0;
  for (Road& road : network.roads) {
    const Vec3d middle = along(road.line, lengthOf(road.line) / 2).place;
    const PlanPoint plan = valley.planOf(middle.x, middle.y);
    road.id = fmt::format("R{:06}", ++count);
    measure(road, plan, seed);
    nameRoad(road, plan, numbers, last);
    equip(road, plan, seed);
  }
}

}  // namespace hashimichi::datasets
