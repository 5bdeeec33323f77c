#include "render/attribute_colours.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "render/pin.h"

namespace hashimichi::render {
namespace {

model::CityModel town() {
  model::CityModel town;
  const auto add = [&](const char* usage, const char* storeys, std::optional<double> height_m) {
    model::Building building;
    building.id = "b" + std::to_string(town.buildings.size());
    building.measured_height_m = height_m;
    if (*usage)
      building.attributes.push_back(
          {"bldg:usage", usage, std::string_view(usage) == "411" ? "住宅" : "商業施設", {}, 0, model::ValueType::code});
    if (*storeys)
      building.attributes.push_back({"bldg:storeysAboveGround", storeys, {}, {}, 0, model::ValueType::number});
    model::append(building.attributes, "gen:serial", building.id + "-x");
    town.buildings.push_back(building);
  };
  for (int i = 0; i < 6; ++i) add("411", "2", 3.0 + i);
  for (int i = 0; i < 3; ++i) add("402", "3", 10.0 + i);
  add("", "-9999", std::nullopt);
  return town;
}

TEST(AttributeColours, CategoriesAreNamedInTheCodesWordsTheCommonestFirstAndUnknownLast) {
  const AttributeLegend legend = attributeLegend(town(), "bldg:usage");
  ASSERT_EQ(legend.entries.size(), 3u);
  EXPECT_EQ(legend.entries[0].text, "住宅");
  EXPECT_EQ(legend.entries[0].buildings, 6u);
  EXPECT_EQ(legend.entries[1].text, "商業施設");
  EXPECT_EQ(legend.entries[1].buildings, 3u);
  EXPECT_TRUE(legend.entries[2].hatched);
  EXPECT_EQ(legend.entries[2].colour, exporting::no_data);
  EXPECT_EQ(legend.of_building.back(), 2);
}

TEST(AttributeColours, NumbersHaveStepsOfEqualSharesThatCoverEveryBuilding) {
  const AttributeLegend legend = attributeLegend(town(), "measured_height");
  EXPECT_EQ(legend.unit, "m");
  ASSERT_EQ(legend.entries.size(), 7u) << "six steps and unknown";
  std::size_t buildings = 0;
  for (const auto& entry : legend.entries) buildings += entry.buildings;
  EXPECT_EQ(buildings, 10u);
  for (std::size_t i = 0; i < 6; ++i) EXPECT_GE(legend.entries[i].buildings, 1u) << i;
  EXPECT_EQ(legend.of_building.front(), 0);
  EXPECT_EQ(legend.of_building[8], 5);
  EXPECT_EQ(legend.entries.front().colour, (exporting::Rgb{0, 32, 77})) << "cividis begins there";
  EXPECT_EQ(legend.entries[5].colour, (exporting::Rgb{255, 234, 70})) << "and ends there";
}

TEST(AttributeColours, WhatTellsBuildingsApartIsOfferedAndSerialNumbersAreNot) {
  std::vector<std::string> keys;
  for (const AttributeChoice& choice : attributeChoices(town())) keys.push_back(choice.key);
  EXPECT_TRUE(std::ranges::count(keys, "bldg:usage"));
  EXPECT_TRUE(std::ranges::count(keys, "measured_height"));
  EXPECT_TRUE(std::ranges::count(keys, "bldg:storeysAboveGround"));
  EXPECT_FALSE(std::ranges::count(keys, "gen:serial")) << "each building has its own";
  EXPECT_FALSE(std::ranges::count(keys, "year_built")) << "nobody states it";
}

TEST(AttributeColours, AnAttributeThatNobodyStatesHasNoLegend) {
  EXPECT_TRUE(attributeLegend(town(), "bldg:roofType").entries.empty());
  EXPECT_TRUE(attributeLegend({}, "bldg:usage").entries.empty());
  EXPECT_TRUE(attributeChoices({}).empty());
}

TEST(DefectPins, StandAtTheDefectsOfTheNewestInspectionThatListsAny) {
  model::CityModel city;
  model::Bridge bridge;
  bridge.id = "B/1";
  assets::Inspection former, newer, newest;
  former.defects.push_back({"", "", "腐食", "主桁", 'c', std::nullopt, Vec3d{1, 1, 1}, ""});
  newer.defects.push_back({"", "", "ひびわれ", "床版", 'd', 0.3, Vec3d{2, 2, 2}, ""});
  newer.defects.push_back({"", "", "剥離", "床版", 'e', std::nullopt, std::nullopt, ""});
  bridge.inspections = {former, newer, newest};
  city.bridges.push_back(bridge);
  const auto pins = defectPins(city);
  ASSERT_EQ(pins.size(), 1u) << "a defect without a place has no pin";
  EXPECT_EQ(pins[0].text, "ひびわれ d 0.3 mm");
  EXPECT_EQ(pins[0].place, (Vec3d{2, 2, 2}));
  EXPECT_EQ(defectOf(city, pins[0].id), &city.bridges[0].inspections[1].defects[0]);
  EXPECT_EQ(defectOf(city, "note-1"), nullptr);
  EXPECT_EQ(pinColour(Pin::Kind::defect, 'd'), exporting::soundnessColour(assets::Soundness::III));
}

}  // namespace
}  // namespace hashimichi::render
