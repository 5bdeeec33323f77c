#include "geo/model/facility_access.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <queue>

#include "geo/model/spatial_index.h"

namespace hashimichi::model {
namespace {

constexpr double reach_m = 500;      // along the network
constexpr double forecourt_m = 150;  // from a building's middle to its street: hospitals and schools stand back
constexpr double joined_m = 1;
constexpr double farthest_m = std::numeric_limits<double>::infinity();

/// The lines as a graph: a node where ends meet.
struct Network {
  struct Ends {
    std::size_t from = 0, to = 0;
    double length_m = -1;  ///< negative: not a line
  };
  std::vector<Ends> ends;                          ///< by road
  std::vector<std::vector<std::size_t>> roads_at;  ///< by node
};

std::size_t nodeAt(Vec3d place, std::vector<Vec3d>& nodes, SpatialIndex& index) {
  for (const std::size_t node : index.near(place, joined_m))
    if (distance2d(nodes[node], place) <= joined_m) return node;
  Bounds box;
  box.add(place);
  index.insert(box, nodes.size());
  nodes.push_back(place);
  return nodes.size() - 1;
}

Network networkOf(const std::vector<RoadSegment>& roads) {
  Network network;
  network.ends.resize(roads.size());
  std::vector<Vec3d> nodes;
  SpatialIndex index(20);
  for (std::size_t i = 0; i < roads.size(); ++i) {
    if (roads[i].centreline.size() < 2) continue;
    Network::Ends& ends = network.ends[i];
    ends = {nodeAt(roads[i].centreline.front(), nodes, index), nodeAt(roads[i].centreline.back(), nodes, index),
            length2d(roads[i].centreline)};
    network.roads_at.resize(nodes.size());
    network.roads_at[ends.from].push_back(i);
    if (ends.to != ends.from) network.roads_at[ends.to].push_back(i);
  }
  return network;
}

struct Facility {
  Vec3d place;
  double weight = 0;
};

std::vector<Facility> facilitiesOf(const std::vector<Building>& buildings) {
  std::vector<Facility> facilities;
  for (const Building& building : buildings) {
    const double weight = building.name.empty() ? 0 : facilityWeight(building.name);
    const Bounds bounds = weight > 0 ? boundsOf(building.geometry) : Bounds{};
    if (!bounds.empty()) facilities.push_back({bounds.centre(), weight});
  }
  return facilities;
}

SpatialIndex indexOf(const std::vector<RoadSegment>& roads) {
  SpatialIndex index(100);
  for (std::size_t i = 0; i < roads.size(); ++i) {
    Bounds box;
    if (roads[i].centreline.size() >= 2)
      for (const Vec3d& point : roads[i].centreline) box.add(point);
    index.insert(box, i);
  }
  return index;
}

std::size_t streetOf(const Facility& facility, const std::vector<RoadSegment>& roads, const SpatialIndex& index) {
  std::size_t nearest = roads.size();
  double nearest_m = forecourt_m;
  for (const std::size_t i : index.near(facility.place, forecourt_m)) {
    const double away_m = distanceToLine2d(facility.place, roads[i].centreline);
    if (away_m >= nearest_m) continue;
    nearest_m = away_m;
    nearest = i;
  }
  return nearest;
}

/// Distance along a line of the point nearest to a place.
double chainageOf(Vec3d place, const Polyline& line) {
  double best_m = 0, nearest_m = farthest_m, before_m = 0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const Vec3d along{line[i].x - line[i - 1].x, line[i].y - line[i - 1].y, 0};
    const double length_m = norm(along);
    const Vec3d to{place.x - line[i - 1].x, place.y - line[i - 1].y, 0};
    const double part = length_m > 0 ? std::clamp(dot(to, along) / (length_m * length_m), 0.0, 1.0) : 0;
    const double away_m = norm(to - along * part);
    if (away_m < nearest_m) {
      nearest_m = away_m;
      best_m = before_m + part * length_m;
    }
    before_m += length_m;
  }
  return best_m;
}

/// Visits the roads whose nearer end lies within reach of a facility, by Dijkstra from both ends of its own street.
template <typename Visit>
void visitWithinReach(const Network& network, std::size_t street, double chainage_m, Visit visit) {
  using Entry = std::pair<double, std::size_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  std::vector<std::pair<std::size_t, double>> seen;  // the few nodes within 500 m
  const auto best = [&](std::size_t node) -> double& {
    for (auto& [known, distance_m] : seen)
      if (known == node) return distance_m;
    return seen.emplace_back(node, farthest_m).second;
  };
  const auto reach = [&](std::size_t node, double distance_m) {
    if (distance_m > reach_m || distance_m >= best(node)) return;
    best(node) = distance_m;
    open.push({distance_m, node});
  };
  visit(street);
  reach(network.ends[street].from, chainage_m);
  reach(network.ends[street].to, network.ends[street].length_m - chainage_m);
  while (!open.empty()) {
    const auto [distance_m, node] = open.top();
    open.pop();
    if (distance_m > best(node)) continue;
    for (const std::size_t road : network.roads_at[node]) {
      visit(road);
      const Network::Ends& ends = network.ends[road];
      reach(ends.from == node ? ends.to : ends.from, distance_m + ends.length_m);
    }
  }
}

}  // namespace

double facilityWeight(std::string_view name) {
  const auto has = [&](std::string_view word) { return name.find(word) != std::string_view::npos; };
  if (has("動物病院") || has("跡")) return 0;
  for (const std::string_view word : {"病院", "救急センター", "消防署", "消防本部", "消防局", "消防分署"})
    if (has(word)) return 1;
  for (const std::string_view word : {"避難所", "小学校", "中学校", "公民館"})
    if (has(word)) return 0.6;
  return 0;
}

void measureFacilityAccess(std::vector<RoadSegment>& roads, const std::vector<Building>& buildings,
                           Problems& problems) {
  const std::vector<Facility> facilities = facilitiesOf(buildings);
  if (facilities.empty()) return;
  const Network network = networkOf(roads);
  const SpatialIndex index = indexOf(roads);
  std::size_t reached = 0;
  for (std::size_t i = 0; i < roads.size(); ++i)
    if (network.ends[i].length_m >= 0) roads[i].facility_access = 0;
  for (const Facility& facility : facilities) {
    const std::size_t street = streetOf(facility, roads, index);
    if (street == roads.size()) continue;
    ++reached;
    visitWithinReach(network, street, chainageOf(facility.place, roads[street].centreline), [&](std::size_t road) {
      roads[road].facility_access = std::max(roads[road].facility_access.value_or(0), facility.weight);
    });
  }
  problems.assume({}, {}, "road.facility_access",
                  fmt::format("{} buildings are hospitals, fire stations or shelters by their names ({} of them on a "
                              "street): roads within 500 m along the network count as access to them.",
                              facilities.size(), reached),
                  "Name such buildings in the building data; others are not known.");
}

}  // namespace hashimichi::model
