// From a town and its snow ranking to plough plans: who clears what, and a real network.
#include <gtest/gtest.h>

#include "geo/routing/plough_plan.h"
#include "tests/support/alpine_network.h"
#include "tests/support/drawn_town.h"
#include "tests/support/shared_data.h"

namespace hashimichi::routing {
namespace {

using hashimichi::tests::Drawing;
using hashimichi::tests::drawTown;

/// Everything in the town is due at 02:00.
assess::Ranking allDue(const model::CityModel& town) {
  assess::Ranking ranking;
  ranking.as_of = *parseInstant("2026-01-15T02:00+09:00");
  for (std::size_t index = 0; index < town.roads.size(); ++index) {
    assess::Ranked row;
    row.asset_id = town.roads[index].id, row.index = index, row.rank = index + 1;
    row.tier = assess::Tier::dispatch;
    ranking.rows.push_back(std::move(row));
  }
  return ranking;
}

PloughTown townOf(model::CityModel town, const assess::Ranking& ranking, const PloughOptions& options = {}) {
  SilentProgress silent;
  Result<PloughTown> made = ploughTown(std::make_shared<const model::CityModel>(std::move(town)), ranking,
                                       *assess::snow::loadProfile("generic"), options, silent);
  EXPECT_TRUE(made) << made.error().text();
  return made ? std::move(*made) : PloughTown{};
}

model::Depot depotAt(Vec3d place, const std::string& district, std::size_t machines) {
  model::Depot depot{"depot " + district, "除雪基地", "test", place, district, {}};
  for (std::size_t k = 0; k < machines; ++k) {
    model::Plough plough;
    plough.id = depot.id + " " + std::to_string(k + 1), plough.type = "除雪ドーザ", plough.blade_width_m = 2.8;
    depot.ploughs.push_back(plough);
  }
  return depot;
}

TEST(PloughTown, WithoutADepotTheDistrictGetsOneNamedMachine) {
  model::CityModel town = drawTown("A---B---C");
  const assess::Ranking ranking = allDue(town);
  const PloughTown made = townOf(std::move(town), ranking);
  ASSERT_EQ(made.districts.size(), 1u);
  ASSERT_EQ(made.districts[0].machines.size(), 1u);
  EXPECT_TRUE(made.districts[0].machines[0].assumed);
  EXPECT_EQ(made.problems.count(ProblemKind::assumption, "plough.machine_assumed"), 1u);
  // Two roads of 6 m, each to be served in each direction; the window of the generic profile ends at 07:00, class 1 an
  // hour earlier: four hours after 02:00.
  ASSERT_EQ(made.districts[0].stretches.size(), 4u);
  EXPECT_EQ(made.districts[0].stretches[0].due, 4 * 36000);
}

TEST(PloughTown, PiecesOfOneStreetAreServedAsOneStretchAndOneWaysOnce) {
  Drawing how;
  how.change["AB"] = how.change["BC"] = [](model::RoadSegment& road) { road.name = "市道本町線"; };
  how.change["CD"] = [](model::RoadSegment& road) { road.direction = model::TrafficDirection::forward; };
  how.change["ED"] = [](model::RoadSegment& road) { road.width_m = 3; };
  model::CityModel town = drawTown(R"(
      A---B---C
      |       |
      E-------D)",
                                   how);
  const assess::Ranking ranking = allDue(town);
  const PloughTown made = townOf(std::move(town), ranking);
  ASSERT_EQ(made.districts.size(), 1u);
  std::map<std::string, int> served;
  for (const Stretch& stretch : made.districts[0].stretches) {
    ++served[stretch.name];
    EXPECT_EQ(stretch.arcs.size(), stretch.name == "市道本町線" ? 2u : 1u);
    EXPECT_EQ(stretch.either_way, stretch.name == "市道ED線");
  }
  EXPECT_EQ(served["市道本町線"], 2);  // there and back
  EXPECT_EQ(served["市道CD線"], 1);    // one-way
  EXPECT_EQ(served["市道ED線"], 1);    // too narrow for two
  EXPECT_EQ(served["市道AE線"], 2);
}

TEST(PloughTown, DistrictsKeepTheirOwnMachinesAndShareTheOthersByWork) {
  Drawing how;
  how.change["AB"] = [](model::RoadSegment& road) { road.district = "第1工区"; };
  how.change["BC"] = how.change["CD"] = [](model::RoadSegment& road) { road.district = "第2工区"; };
  model::CityModel town = drawTown("A---B---C---D", how);
  town.depots = {depotAt({0, 0, 0}, "第1工区", 1), depotAt({600, 0, 0}, "", 2)};
  const assess::Ranking ranking = allDue(town);
  const PloughTown made = townOf(std::move(town), ranking);
  ASSERT_EQ(made.districts.size(), 2u);
  EXPECT_EQ(made.districts[0].district, "第1工区");
  EXPECT_EQ(made.districts[0].machines.size(), 1u);
  EXPECT_EQ(made.districts[1].machines.size(), 2u);
  EXPECT_EQ(made.districts[1].machines[0].speed_kmh, 8);  // a dozer, DOMAIN A.7
  EXPECT_EQ(made.problems.count(ProblemKind::assumption, "plough.machine_assumed"), 0u);
}

TEST(PloughTown, AskingForMorePloughsAddsAssumedOnesWhereTheWorkIs) {
  Drawing how;
  how.change["AB"] = [](model::RoadSegment& road) { road.district = "第1工区"; };
  how.change["BC"] = how.change["CD"] = [](model::RoadSegment& road) { road.district = "第2工区"; };
  model::CityModel town = drawTown("A---B---C---D", how);
  const assess::Ranking ranking = allDue(town);
  PloughOptions options;
  options.ploughs = 3;
  const PloughTown made = townOf(std::move(town), ranking, options);
  ASSERT_EQ(made.districts.size(), 2u);
  EXPECT_EQ(made.districts[0].machines.size(), 1u);
  EXPECT_EQ(made.districts[1].machines.size(), 2u);
}

TEST(PloughTown, RoadsThatNoRouteCanUseAreLeftOutWithTheReason) {
  Drawing how;
  how.change["BD"] = [](model::RoadSegment& road) { road.direction = model::TrafficDirection::forward; };
  model::CityModel town = drawTown(R"(
      A---B---C
          |
          D)",
                                   how);
  model::RoadSegment surface_only;
  surface_only.id = "surface", surface_only.length_m = 50;
  town.roads.push_back(surface_only);
  const assess::Ranking ranking = allDue(town);
  const PloughTown made = townOf(std::move(town), ranking);
  EXPECT_EQ(made.problems.count(ProblemKind::skipped, "plough.unreachable"), 1u);
  EXPECT_EQ(made.problems.count(ProblemKind::skipped, "plough.no_centreline"), 1u);
  ASSERT_EQ(made.districts.size(), 1u);
  EXPECT_EQ(made.districts[0].stretches.size(), 4u);
}

TEST(Hauling, SnowWithoutRoomGoesToTheNearestSiteThatIsNotFull) {
  // DOMAIN A.5: 20 cm of new snow from 7 m of width make 100/400 · 0.2 · 7 = 0.35 m² of bank. Strips of 0.5 m hold
  // 0.0625 m² each at 45°, so 0.225 m² are hauled: 90 m³ from 400 m of road.
  EXPECT_NEAR(overflow_m2(0.2, 7, 0.5, 0.5, {}), 0.225, 1e-12);
  EXPECT_EQ(overflow_m2(0.2, 7, 2, 0, {}), 0);  // a strip of 2 m holds 1 m²
  Drawing how;
  how.width_m = 7;
  model::CityModel town = drawTown("A-------B---C", how);
  town.roads[0].storage_left_m = town.roads[0].storage_right_m = 0.5;
  ASSERT_DOUBLE_EQ(town.roads[0].length_m, 400);
  // The near site at C has room for 30 m³, the one at A, behind the road, for everything.
  town.dump_sites = {{"near", "", "", {600, 0, 0}, 100, 0.7, {}}, {"far", "", "", {0, 0, 0}, std::nullopt, {}, {}}};
  assess::Ranking ranking = allDue(town);
  for (assess::Ranked& row : ranking.rows) row.depth_cm = 20;
  const PloughTown made = townOf(std::move(town), ranking);
  EXPECT_NEAR(made.hauling.volume_m3, 90, 1e-9);
  EXPECT_EQ(made.hauling.without_room_m3, 0);
  ASSERT_EQ(made.hauling.loads.size(), 2u);
  EXPECT_EQ(made.hauling.loads[0].site, 0u);
  EXPECT_NEAR(made.hauling.loads[0].volume_m3, 30, 1e-9);
  EXPECT_EQ(made.hauling.loads[0].trips, 3);
  EXPECT_NEAR(made.hauling.loads[0].way_m, 200, 1e-6);
  EXPECT_EQ(made.hauling.loads[1].site, 1u);
  EXPECT_EQ(made.hauling.loads[1].trips, 5);
  EXPECT_NEAR(made.hauling.loads[1].way_m, 400, 1e-6);
}

/// The real network with its one-ways: twelve ploughs from three depots on all main roads.
TEST(PloughTown, TwelvePloughsClearTheMainRoadsOfARealNetwork) {
  const auto pbf = hashimichi::tests::sharedData("roads/osm/liechtenstein-latest.osm.pbf");
  HASHIMICHI_NEEDS_SHARED(pbf);
  const hashimichi::tests::AlpineNetwork network = hashimichi::tests::alpineNetwork(pbf, false);
  ASSERT_TRUE(network.model);
  SilentProgress silent;
  const Result<PloughTown> town =
      ploughTown(network.model, network.ranking, *assess::snow::loadProfile("generic"), {}, silent);
  ASSERT_TRUE(town) << town.error().text();
  ASSERT_EQ(town->districts.size(), 1u);
  const PloughProblem& problem = town->districts[0];
  EXPECT_EQ(problem.machines.size(), 12u);
  EXPECT_GT(problem.stretches.size(), 1000u);
  SearchLimits limits;
  limits.seconds = 120, limits.idle_generations = 3000;
  const Result<PlannedPloughs> plan = planPloughs(problem, limits, silent);
  ASSERT_TRUE(plan) << plan.error().text();
  EXPECT_TRUE(plan->evaluation.broken.empty());
  EXPECT_EQ(evaluate(problem, plan->plan).price, plan->evaluation.price);
  EXPECT_EQ(plan->evaluation.price.late, 0);
  EXPECT_LE(plan->bound.time, plan->evaluation.price.time);
  EXPECT_LT(plan->gap(), 0.30);
  RecordProperty("gap_percent", std::to_string(100 * plan->gap()));
  // No stretch is driven against a one-way street.
  for (const std::vector<Visit>& route : plan->plan.routes)
    for (const Visit& visit : route)
      for (const Arc arc : problem.stretches[visit.stretch].arcs)
        EXPECT_TRUE(town->ways->mayDrive(visit.backward ? RoadWays::reversed(arc) : arc));
}

}  // namespace
}  // namespace hashimichi::routing
