#include "geo/find/place_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace hashimichi::find {
namespace {

using testing::ElementsAre;

model::Geometry square(double x, double y, double half) {
  model::Geometry shape;
  shape.surfaces = {
      {{{{x - half, y - half, 0}, {x + half, y - half, 0}, {x + half, y + half, 0}, {x - half, y + half, 0}}, {}},
       model::SurfaceKind::ground}};
  return shape;
}

Instant at(const char* text) {
  return *parseInstant(text);
}

std::shared_ptr<model::CityModel> town() {
  auto city = std::make_shared<model::CityModel>();
  city->buildings.resize(2);
  city->buildings[0].id = "near", city->buildings[0].geometry = square(0, 0, 5);
  city->buildings[1].id = "far", city->buildings[1].geometry = square(100, 0, 5);
  city->roads.resize(1);
  city->roads[0].id = "R", city->roads[0].centreline = {{-200, 30, 0}, {200, 30, 0}};
  city->objects.resize(1);
  city->objects[0].id = "Z", city->objects[0].geometry = square(0, 0, 50);
  city->clouds.resize(2);
  city->clouds[0].bounds.add(Vec3d{-10, -10, 0}), city->clouds[0].bounds.add(Vec3d{10, 10, 5});
  city->clouds[1].bounds.add(Vec3d{500, 0, 0}), city->clouds[1].bounds.add(Vec3d{600, 10, 5});
  model::ResultLayer flood;
  flood.id = "flood", flood.items = {{"Z", "", {}}, {"own", "", square(3, 3, 1)}}, flood.values = {1.5F, 2};
  city->results = {flood};
  city->stations = {{"A", "甲", "", {-1000, 0, 0}, false}, {"B", "乙", "", {2000, 0, 0}, false}};
  for (const char* id : {"A", "B"})
    city->series.push_back({id, sensors::Quantity::snow_depth_cm, std::nullopt, {}, "t.csv"});
  city->series[0].values = {{at("2026-01-15T03:00+09:00"), 40, sensors::Flag::good, ""}};
  city->series[1].values = {{at("2026-01-15T04:00+09:00"), 60, sensors::Flag::good, ""}};
  return city;
}

class Places : public testing::Test {
 protected:
  SilentProgress silent_;
  std::shared_ptr<model::CityModel> city_ = town();
  std::shared_ptr<const PlaceIndex> index_ = PlaceIndex::build(city_, silent_);
};

TEST_F(Places, TheNearestIsMeasuredToItsEdgeAndIsZeroInsideIt) {
  const auto beside = index_->nearest(ThingKind::building, {20, 0, 0});
  ASSERT_TRUE(beside);
  EXPECT_EQ(beside->thing.index, 0u);
  EXPECT_DOUBLE_EQ(beside->distance_m, 15);
  EXPECT_DOUBLE_EQ(index_->nearest(ThingKind::building, {99, 2, 0})->distance_m, 0);
  EXPECT_DOUBLE_EQ(index_->nearest(ThingKind::road, {0, 0, 0})->distance_m, 30);
  EXPECT_FALSE(index_->nearest(ThingKind::bridge, {0, 0, 0}));
  EXPECT_FALSE(index_->nearest(ThingKind::building, {900, 900, 0}, 500)) << "out of reach";
}

TEST_F(Places, ZonesResultsAndCloudsThatCoverAPlaceAreToldAndNoOthers) {
  EXPECT_THAT(index_->objectsAt({30, 30, 0}), ElementsAre(0u));
  EXPECT_TRUE(index_->objectsAt({60, 0, 0}).empty());
  EXPECT_EQ(index_->resultsAt({30, 30, 0}).size(), 1u) << "of the zone, by its id";
  EXPECT_EQ(index_->resultsAt({3, 3, 0}).size(), 2u) << "and of the result's own shape";
  EXPECT_THAT(index_->cloudsAt({1, 1, 0}), ElementsAre(0u));
}

// Weights 1/1000² and 1/2000²: 0.8 and 0.2; 0.8 × 40 + 0.2 × 60 = 44 cm. Spread: sqrt(0.8 × 4² + 0.2 × 16²) = 8 cm;
// with 1 cm of the gauge and 0.5 cm for 1 km to the nearest: sqrt(64 + 1 + 0.25) = 8.078 cm.
TEST_F(Places, SnowDepthIsWeightedByDistanceAndItsErrorKnowsHowMuchTheGaugesDiffer) {
  const auto depth = depthAt(*city_, {0, 0, 0}, at("2026-01-15T04:00+09:00"), {});
  ASSERT_TRUE(depth);
  EXPECT_NEAR(depth->depth_cm, 44, 1e-9);
  EXPECT_NEAR(depth->sigma_cm, std::sqrt(65.25), 1e-9);
  ASSERT_EQ(depth->gauges.size(), 2u);
  EXPECT_EQ(depth->gauges[0].station, 0u);
  EXPECT_NEAR(depth->gauges[0].share, 0.8, 1e-12);
  EXPECT_EQ(depth->gauges[0].time, at("2026-01-15T03:00+09:00"));
}

TEST_F(Places, AGaugeThatIsLeftOutOrOldDoesNotCount) {
  const auto one = depthAt(*city_, {0, 0, 0}, at("2026-01-15T04:00+09:00"), {"A"});
  ASSERT_TRUE(one);
  EXPECT_DOUBLE_EQ(one->depth_cm, 60);
  EXPECT_FALSE(depthAt(*city_, {0, 0, 0}, at("2026-01-16T04:00+09:00"), {})) << "a day later nothing is known";
}

}  // namespace
}  // namespace hashimichi::find
