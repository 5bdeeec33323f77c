#include <gmock/gmock.h>

#include "tests/geo/import/citygml_reading.h"

namespace hashimichi::import::tests {
namespace {

using testing::HasSubstr;

std::filesystem::path good(const std::string& below) {
  return std::filesystem::path(HASHIMICHI_SOURCE_DIR) / "tests/fixtures/good/citygml/udx" / below;
}

TEST(CityGmlAttributes, RoadSaysAdministratorEmergencyRouteWidthLanesAndTraffic) {
  const Reading reading = readCityGml(good("tran/roads.gml"), zone_viii);
  ASSERT_EQ(reading.got.roads.size(), 2u) << reading.report();
  const model::RoadSegment& prefectural = reading.got.roads[0];
  EXPECT_EQ(prefectural.name, "県道10号");
  EXPECT_EQ(prefectural.administrator, model::RoadAdministrator::prefecture) << "the higher of two functions";
  EXPECT_EQ(prefectural.emergency_route, 2);
  EXPECT_DOUBLE_EQ(prefectural.width_m, 7.25);
  EXPECT_EQ(prefectural.lanes, 2);
  EXPECT_TRUE(prefectural.on_bridge);
  EXPECT_EQ(prefectural.aadt, 6700.0);
  EXPECT_NEAR(prefectural.length_m, 80, 1e-6);
  EXPECT_EQ(model::textOf(prefectural.attributes, "tran:usage"), "2 (第二次緊急輸送道路)");
  EXPECT_EQ(model::textOf(prefectural.attributes, "uro:RoadStructureAttribute/width"), "7.25 m");
  EXPECT_EQ(model::textOf(prefectural.attributes, "uro:KeyValuePairAttribute/除雪区分"), "重点");
}

TEST(CityGmlAttributes, UndesignatedRoadIsKnownNotToBeAnEmergencyRouteAndSentinelsAreUnknown) {
  const Reading reading = readCityGml(good("tran/roads.gml"), zone_viii);
  ASSERT_EQ(reading.got.roads.size(), 2u);
  const model::RoadSegment& city = reading.got.roads[1];
  EXPECT_EQ(city.administrator, model::RoadAdministrator::city);
  EXPECT_EQ(city.emergency_route, 0);
  EXPECT_EQ(city.width_m, 0);
  EXPECT_FALSE(city.on_bridge);
  EXPECT_FALSE(city.aadt);
  EXPECT_EQ(reading.assumed("attribute.sentinel"), 1u) << reading.report();
  ASSERT_EQ(reading.skipped("attribute.not_a_number"), 1u);
  EXPECT_THAT(lineOf(reading, "attribute.not_a_number")->place, HasSubstr("gml:id=road_city"));
  ASSERT_EQ(reading.got.objects.size(), 1u);
  EXPECT_EQ(reading.got.objects[0].kind, model::ObjectKind::square);
}

TEST(CityGmlAttributes, BridgeBringsItsInspectionsOldestFirst) {
  const Reading reading = readCityGml(good("brid/bridges.gml"), zone_viii);
  ASSERT_EQ(reading.got.bridges.size(), 2u) << reading.report();
  const model::Bridge& bridge = reading.got.bridges[0];
  EXPECT_EQ(bridge.name, "中橋");
  EXPECT_EQ(bridge.kana, "なかばし");
  EXPECT_EQ(bridge.administrator, "見本市");
  EXPECT_EQ(bridge.id, "B0042") << "the register's id, where the file states it";
  EXPECT_EQ(model::textOf(bridge.attributes, "gml:id"), "bridge_inspected");
  EXPECT_EQ(bridge.route_name, "市道中央線");
  EXPECT_EQ(bridge.structure_type, "桁橋");
  EXPECT_EQ(bridge.material, "プレストレストコンクリート") << "from a codeSpace without \".xml\"";
  EXPECT_EQ(bridge.year_built, 1972);
  EXPECT_EQ(bridge.length_m, 24.3);
  EXPECT_EQ(bridge.width_m, 8.2);
  ASSERT_EQ(bridge.inspections.size(), 2u);
  EXPECT_EQ(bridge.inspections[0].fiscal_year, 2018);
  EXPECT_EQ(bridge.inspections[0].soundness, assets::Soundness::II);
  EXPECT_EQ(bridge.inspections[0].status, assets::MeasureStatus::started);
  EXPECT_EQ(bridge.inspections[1].fiscal_year, 2023);
  EXPECT_EQ(bridge.inspections[1].soundness, assets::Soundness::III);
  EXPECT_EQ(bridge.inspections[1].status, assets::MeasureStatus::not_started);
}

TEST(CityGmlAttributes, NotInspectedIsNoSoundness) {
  const Reading reading = readCityGml(good("brid/bridges.gml"), zone_viii);
  ASSERT_EQ(reading.got.bridges.size(), 2u);
  const model::Bridge& bridge = reading.got.bridges[1];
  EXPECT_FALSE(bridge.year_built);
  EXPECT_EQ(model::latestInspection(bridge), nullptr);
  ASSERT_EQ(bridge.inspections.size(), 1u);
  EXPECT_EQ(bridge.inspections[0].note, "91 (未点検)");
  EXPECT_EQ(bridge.inspections[0].fiscal_year, 0);
}

TEST(CityGmlAttributes, CodeListsAreFoundInTheDataSetOnlyAndMissingOnesAreToldOnce) {
  const Reading reading = readCityGml(good("bldg/house.gml"), zone_viii);
  ASSERT_EQ(reading.got.buildings.size(), 1u) << reading.report();
  const model::Building& house = reading.got.buildings[0];
  EXPECT_EQ(house.name, "見本の家");
  EXPECT_EQ(house.year_built, 1985);
  EXPECT_EQ(house.measured_height_m, 7.5);
  EXPECT_EQ(model::textOf(house.attributes, "bldg:usage"), "411 (住宅)") << "the web address is looked for locally";
  EXPECT_EQ(model::textOf(house.attributes, "bldg:class"), "3001 (普通建物)") << "out of the lists that ship";
  EXPECT_EQ(reading.assumed("codelist.built_in"), 1u);
  EXPECT_EQ(model::textOf(house.attributes, "bldg:function"), "1");
  EXPECT_EQ(reading.skipped("codelist.escape"), 1u) << "a path above the data set is not opened";
  EXPECT_EQ(model::textOf(house.attributes, "gen:図形ID"), "42");
  EXPECT_EQ(model::textOf(house.attributes, "gen:屋根/形"), "切妻");
}

TEST(CityGmlAttributes, LinkedCodeListThatLeavesTheDataSetIsNotOpened) {
  const TempFolder folder;
  std::filesystem::create_directories(folder / "town/udx/bldg");
  std::filesystem::create_directories(folder / "town/codelists");
  const std::string list = slurp(good("../codelists/Building_usage.xml"));
  write(folder / "private.xml", list);
  std::filesystem::create_symlink(folder / "private.xml", folder / "town/codelists/Building_class.xml");
  std::filesystem::copy_file(good("bldg/house.gml"), folder / "town/udx/bldg/house.gml");
  const Reading reading = readCityGml(folder / "town/udx/bldg/house.gml", zone_viii);
  EXPECT_EQ(reading.skipped("codelist.escape"), 2u) << reading.report();
}

TEST(CityGmlAttributes, DamagedCodeListCostsTheLabelsItLacksOnly) {
  const TempFolder folder;
  std::filesystem::create_directories(folder / "udx/bldg");
  std::filesystem::create_directories(folder / "codelists");
  const std::string list = slurp(good("../codelists/Building_usage.xml"));
  write(folder / "codelists/Building_usage.xml", list.substr(0, list.size() - 30));
  write(folder / "codelists/Building_class.xml", "no XML at all");
  std::filesystem::copy_file(good("bldg/house.gml"), folder / "udx/bldg/house.gml");
  const Reading reading = readCityGml(folder / "udx/bldg/house.gml", zone_viii);
  ASSERT_EQ(reading.got.buildings.size(), 1u);
  EXPECT_EQ(model::textOf(reading.got.buildings[0].attributes, "bldg:usage"), "411 (住宅)");
  EXPECT_EQ(reading.assumed("codelist.damaged"), 2u) << reading.report();
}

}  // namespace
}  // namespace hashimichi::import::tests
