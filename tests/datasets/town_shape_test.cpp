// The town itself, before it is written: does it hang together, does anything stand where it cannot?
#include <gmock/gmock.h>

#include <cmath>
#include <map>
#include <set>

#include "datasets/town/bridge_shape.h"
#include "datasets/town/roof_shape.h"
#include "datasets/town/town_parts.h"

namespace hashimichi::datasets {
namespace {

/// A town in memory, nothing written.
struct Plan {
  Window window;
  Valley valley;
  Network network;
  std::unique_ptr<Land> land;
  std::vector<TownBridge> bridges;
  std::vector<TownBuilding> buildings;
  std::vector<OpenGround> grounds;

  Plan(std::uint64_t seed, double scale) : window(windowFor(scale)), valley(seed) {
    network = planNetwork(valley, window, seed);
    describeRoads(network, valley, seed);
    land = std::make_unique<Land>(valley, window, network);
    bridges = makeBridges(network, *land, seed);
    inspectBridges(bridges, seed);
    buildings = placeBuildings(network, *land, seed, scale, grounds);
  }
};
Plan& usual() {
  static Plan plan(20260115, 1);
  return plan;
}

std::size_t reachable(const Network& network) {
  std::vector<std::vector<std::uint32_t>> next(network.nodes.size());
  for (const Road& road : network.roads) next[road.from].push_back(road.to), next[road.to].push_back(road.from);
  std::vector<bool> seen(network.nodes.size());
  std::vector<std::uint32_t> stack{0};
  seen[0] = true;
  std::size_t count = 0;
  while (!stack.empty()) {
    const std::uint32_t node = stack.back();
    stack.pop_back();
    ++count;
    for (const std::uint32_t other : next[node])
      if (!seen[other]) seen[other] = true, stack.push_back(other);
  }
  return count;
}

TEST(TownRoads, HangTogetherSoThatAPloughReachesEveryStreet) {
  for (const auto& [seed, scale] : {std::pair{20260115ull, 1.0}, {3ull, 0.3}, {99ull, 2.5}}) {
    const Valley valley(seed);
    const Network network = planNetwork(valley, windowFor(scale), seed);
    EXPECT_EQ(reachable(network), network.nodes.size()) << "seed " << seed << " scale " << scale;
  }
}

TEST(TownRoads, BeginAndEndExactlyAtTheirJunctions) {
  for (const Road& road : usual().network.roads) {
    EXPECT_LT(distance2d(road.line.front(), usual().network.nodes[road.from].place), 1e-6) << road.id;
    EXPECT_LT(distance2d(road.line.back(), usual().network.nodes[road.to].place), 1e-6) << road.id;
    for (std::size_t i = 1; i < road.line.size(); ++i)
      EXPECT_GT(distance2d(road.line[i - 1], road.line[i]), 0.01) << road.id;
  }
}

TEST(TownRoads, NeverCrossWhereNoJunctionIs) {
  const Network& network = usual().network;
  const auto side = [](Vec3d p, Vec3d q, Vec3d r) { return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x); };
  struct Piece {
    Vec3d a, b;
    std::size_t road;
  };
  std::map<std::pair<int, int>, std::vector<Piece>> squares;
  for (std::size_t i = 0; i < network.roads.size(); ++i)
    for (std::size_t k = 1; k < network.roads[i].line.size(); ++k) {
      const Piece piece{network.roads[i].line[k - 1], network.roads[i].line[k], i};
      for (int x = static_cast<int>(std::floor(std::min(piece.a.x, piece.b.x) / 50));
           x <= static_cast<int>(std::floor(std::max(piece.a.x, piece.b.x) / 50)); ++x)
        for (int y = static_cast<int>(std::floor(std::min(piece.a.y, piece.b.y) / 50));
             y <= static_cast<int>(std::floor(std::max(piece.a.y, piece.b.y) / 50)); ++y)
          squares[{x, y}].push_back(piece);
    }
  for (const auto& [square, pieces] : squares)
    for (std::size_t i = 0; i < pieces.size(); ++i)
      for (std::size_t j = i + 1; j < pieces.size(); ++j) {
        const Piece &p = pieces[i], &q = pieces[j];
        const bool cross =
            side(p.a, p.b, q.a) * side(p.a, p.b, q.b) < -1e-6 && side(q.a, q.b, p.a) * side(q.a, q.b, p.b) < -1e-6;
        EXPECT_FALSE(cross) << network.roads[p.road].id << " " << network.roads[q.road].id;
      }
}

TEST(TownRoads, AreTwentyToTwoHundredMetresLongBetweenJunctionsAndNotTooSteep) {
  std::size_t odd = 0;
  for (const Road& road : usual().network.roads) {
    const double length = lengthOf(road.line);
    odd += length < 20 || length > 200;
    EXPECT_GT(length, 12) << road.id;
    EXPECT_LT(length, 260) << road.id;
    const double grade = 100 * std::abs(road.line.back().z - road.line.front().z) / length;
    EXPECT_LT(grade, 18) << road.id;
  }
  EXPECT_LT(odd, usual().network.roads.size() / 50);
}

TEST(TownBridges, StandWithTheirDecksAboveTheGroundAndTheWaterBelow) {
  for (const TownBridge& bridge : usual().bridges) {
    const Vec3d middle = bridge.axis[bridge.axis.size() / 2];
    const double soffit = middle.z - bridge.deck_thickness_m - bridge.girder_depth_m;
    EXPECT_GT(soffit, bridge.bed_z + 0.3) << bridge.name << " has no opening";
    const Road& road = usual().network.roads[static_cast<std::size_t>(bridge.road)];
    EXPECT_TRUE(road.water == river_crossing || usual().land->fromWater(middle.x, middle.y, 3) < 0.8) << bridge.name;
    EXPECT_LE(bridge.length_m, lengthOf(road.line) + 0.05) << bridge.name;
    if (road.water == river_crossing) {
      EXPECT_GT(soffit, usual().valley.waterLevel(middle.x) + 2) << "floods pass below the girders";
      EXPECT_EQ(pierChainages(bridge).size(), 3u);
    }
  }
}

TEST(TownBridges, OnlySpanWaterThatTheirRoadReallyCrosses) {
  for (const Road& road : usual().network.roads) EXPECT_EQ(road.water >= 0, road.bridge >= 0) << road.id;
  for (const Road& road : usual().network.roads) {
    if (road.water >= 0) continue;
    const OnLine middle = along(road.line, lengthOf(road.line) / 2);
    EXPECT_FALSE(usual().land->inWater(middle.place.x, middle.place.y)) << road.id << " runs through water";
  }
}

TEST(TownBuildings, StandNeitherOnRoadsNorInWaterNorOnEachOther) {
  BuildingIndex index(usual().window);
  for (const TownBuilding& building : usual().buildings) {
    EXPECT_FALSE(index.overlaps(building, 0)) << building.x << " " << building.y;
    index.add(building);
    for (const Vec3d& corner : building.corners()) {
      EXPECT_GE(usual().land->roadAt(corner.x, corner.y, 0.2).clearance_m, 0);
      EXPECT_FALSE(usual().land->inWater(corner.x, corner.y));
    }
  }
}

/// Signed volume of closed faces; outward faces give a positive one.
template <typename Rings>
double volume(const Rings& rings) {
  double sum = 0;
  for (const auto& ring : rings)
    for (std::size_t i = 1; i + 2 < ring.size(); ++i) sum += dot(ring[0], cross(ring[i], ring[i + 1])) / 6;
  return sum;
}

TEST(TownBuildings, AreClosedSolidsWithTheVolumeOfTheirRoofs) {
  TownBuilding house;  // 10 × 8 m, eaves 6 m, ridge 9 m, standing at 30 m
  house.half_length = 5, house.half_depth = 4, house.ground_z = 30, house.eave_m = 6, house.ridge_m = 9;
  house.ux = 0.8, house.uy = 0.6;
  const auto rings = [&] {
    std::vector<std::vector<Vec3d>> all;
    for (const RoofFace& face : roofFaces(house)) all.push_back(face.ring);
    return all;
  };
  house.roof = Roof::flat;
  EXPECT_NEAR(volume(rings()), 10 * 8 * 6, 1e-6);
  house.roof = Roof::gabled;  // prism: half of 8 × 3 times 10
  EXPECT_NEAR(volume(rings()), 480 + 120, 1e-6);
  house.roof = Roof::hipped;  // ridge 2 m long: prism 2 × 12, two pyramids of 4 × 8 × 3 / 3
  EXPECT_NEAR(volume(rings()), 480 + 24 + 64, 1e-6);
  EXPECT_NEAR(volume(blockFaces(house)), 10 * 8 * 7.5, 1e-6);
}

TEST(TownBridges, AreMadeOfClosedPiecesThatFaceOutwards) {
  for (const TownBridge& bridge : usual().bridges)
    for (const BridgePiece& piece : shapeOf(bridge)) {
      std::vector<std::vector<Vec3d>> rings;
      for (const BridgeFace& face : piece.faces) rings.push_back(face.ring);
      EXPECT_GT(volume(rings), 0) << bridge.name << " part " << static_cast<int>(piece.part);
    }
}

TEST(TownScale, GrowsTheNumberOfThingsWithTheArea) {
  const Plan half(5, 0.5), three(5, 3);
  const auto ratio = [&](std::size_t a, std::size_t b) { return static_cast<double>(b) / static_cast<double>(a); };
  EXPECT_NEAR(ratio(half.buildings.size(), three.buildings.size()), 6, 1.2);
  EXPECT_NEAR(ratio(usual().network.roads.size(), three.network.roads.size()), 3, 0.4);
  EXPECT_NEAR(ratio(usual().bridges.size(), three.bridges.size()), 3, 0.3);
}

}  // namespace
}  // namespace hashimichi::datasets
