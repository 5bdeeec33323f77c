// Layers of other programs' results: how their hours are put together, their classes, depths of hazard zones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "geo/model/hazard_results.h"
#include "geo/model/result_match.h"
#include "geo/model/result_merge.h"

namespace hashimichi::model {
namespace {

using testing::ElementsAre;

const float nothing = std::nanf("");

Instant hour(int h) {
  return Instant{1'768'000'000 / 3600 * 3600 + h * 3600};
}

ResultLayer layerOf(std::vector<Instant> times, std::vector<std::string> ids, std::vector<float> values) {
  ResultLayer layer;
  layer.id = "r", layer.times = std::move(times), layer.values = std::move(values);
  for (std::string& id : ids) layer.items.push_back({std::move(id), {}, {}});
  return layer;
}

TEST(MergingResults, AnEarlierHourThatIsReadLaterComesFirst) {
  ResultLayer layer = layerOf({hour(5)}, {"a", "b"}, {50, 60});
  ASSERT_TRUE(mergeResult(layer, layerOf({hour(3)}, {"b", "c"}, {30, 40})));
  EXPECT_THAT(layer.times, ElementsAre(hour(3), hour(5)));
  ASSERT_EQ(layer.items.size(), 3u);
  EXPECT_EQ(layer.items[2].id, "c");
  EXPECT_TRUE(std::isnan(layer.at(0, 0)));
  EXPECT_EQ(layer.at(0, 1), 50);
  EXPECT_EQ(layer.at(1, 0), 30);
  EXPECT_EQ(layer.at(1, 1), 60);
  EXPECT_EQ(layer.at(2, 0), 40);
  EXPECT_TRUE(std::isnan(layer.at(2, 1)));
}

TEST(MergingResults, TheSameHourAgainCorrectsWhatItSaysAndKeepsWhatItDoesNot) {
  ResultLayer layer = layerOf({hour(5)}, {"a", "b"}, {50, 60});
  ASSERT_TRUE(mergeResult(layer, layerOf({hour(5)}, {"a", "b"}, {nothing, 61})));
  EXPECT_THAT(layer.values, ElementsAre(50.f, 61.f));
}

TEST(MergingResults, WhatHoldsAtAnyTimeReplacesItsFormerSelf) {
  ResultLayer layer = layerOf({}, {"a"}, {1});
  ASSERT_TRUE(mergeResult(layer, layerOf({}, {"a", "b"}, {2, 3})));
  EXPECT_THAT(layer.values, ElementsAre(2.f, 3.f));
  ASSERT_TRUE(mergeResult(layer, layerOf({hour(1)}, {"a"}, {4})));
  EXPECT_THAT(layer.values, ElementsAre(4.f)) << "a layer cannot both have hours and have none";
}

TEST(ResultClasses, AreTheNeighboursOwnElseRoundSteps) {
  ResultLayer own = layerOf({}, {"a"}, {1});
  own.class_limits = {50, 75};
  EXPECT_THAT(classesOf(own).names, ElementsAre("< 50", "50–75", "≥ 75"));
  const ResultClasses steps = classesOf(layerOf({}, {"a", "b", "c"}, {0.3f, 11.2f, nothing}));
  EXPECT_THAT(steps.limits, ElementsAre(2, 4, 6, 8, 10)) << "10.9 in at most six steps: 2, for 1 would need eleven";
  EXPECT_EQ(steps.classOf(2.f), 1u) << "a limit belongs to the class above it";
  EXPECT_EQ(classesOf(layerOf({}, {"a"}, {nothing})).names.size(), 1u);
  EXPECT_EQ(classesOf(layerOf({}, {"a", "b"}, {5, 5})).names.size(), 1u);
}

CityObject zone(ObjectKind kind, const char* name, const char* value, const char* label = "") {
  CityObject object;
  object.id = name, object.kind = kind;
  object.attributes = {{name, value, label, "", 0, ValueType::text}};
  return object;
}

TEST(FloodDepths, ColumnsThatSaySoAreBelievedAndOthersAreNot) {
  using enum ObjectKind;
  EXPECT_EQ(floodDepthOf(zone(hazard_zone, "uro:RiverFloodingRiskAttribute/depth", "1.83")), 1.83);
  EXPECT_EQ(floodDepthOf(zone(hazard_zone, "uro:RiverFloodingRiskAttribute/rank", "2", "0.5m以上3m未満")), 0.5);
  EXPECT_EQ(floodDepthOf(zone(other, "A31a_205", "4")), 5) << "MLIT's rank 4 is 5 m to 10 m";
  EXPECT_EQ(floodDepthOf(zone(other, "最大浸水深(m)", "2.4")), 2.4);
  EXPECT_EQ(floodDepthOf(zone(other, "浸水深ランク", "10m以上20m未満")), 10);
  EXPECT_FALSE(floodDepthOf(zone(other, "depth", "3"))) << "of a pond, a pile, a pipe?";
  EXPECT_FALSE(floodDepthOf(zone(water, "浸水深", "3")));
  EXPECT_FALSE(floodDepthOf(zone(other, "A31a_205", "7")));
  EXPECT_FALSE(floodDepthOf(zone(other, "浸水深", "-9999")));
}

TEST(FloodDepths, AreOneResultThatHoldsAtAnyTime) {
  CityModel city;
  EXPECT_FALSE(floodDepths(city));
  city.objects = {zone(ObjectKind::other, "A31a_205", "4"), zone(ObjectKind::other, "name", "公園")};
  const auto depths = floodDepths(city);
  ASSERT_TRUE(depths);
  EXPECT_THAT(depths->values, ElementsAre(5.f));
  EXPECT_TRUE(depths->times.empty());
  EXPECT_EQ(depths->class_names[depths->classOf(5.f)], "5–10 m");
}

TEST(ResultMatch, ABuildingIsKnownByItsGmlIdAndByItsBuildingId) {
  CityModel city;
  city.buildings.resize(2);
  city.buildings[0].id = "bldg_1", city.buildings[1].id = "bldg_2";
  city.buildings[1].attributes = {{"uro:BuildingIDAttribute/buildingID", "15202-bldg-7", "", "", 0, ValueType::text}};
  const ResultMatch match(city);
  EXPECT_EQ(match.building("bldg_1"), 0u);
  EXPECT_EQ(match.building("15202-bldg-7"), 1u);
  EXPECT_FALSE(match.building("15202-bldg-8"));
  EXPECT_EQ(itemOf(layerOf({}, {"x", "15202-bldg-7"}, {1, 2}), city.buildings[1]), 1u);
}

}  // namespace
}  // namespace hashimichi::model
