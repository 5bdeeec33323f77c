#include "geo/model/city_builder.h"

#include <gmock/gmock.h>

#include "tests/support/drawn_town.h"

namespace hashimichi::model {
namespace {

using assets::Soundness;
using testing::HasSubstr;

crs::LocalFrame frame() {
  return *crs::LocalFrame::create(6676, {31000, 160000, 0});
}

RoadSegment roadFrom(const std::string& file, const std::string& id, Polyline line = {{0, 0, 0}, {100, 0, 0}}) {
  RoadSegment road;
  road.id = id;
  road.source = file;
  road.geometry.has_height = false;
  road.geometry.lines = {line};
  road.centreline = std::move(line);
  return road;
}

RoadSegment surfaceFrom(const std::string& id, double x0, double x1, double width_m) {
  RoadSegment road;
  road.id = id;
  road.source = "tran.gml";
  road.geometry.has_height = false;
  road.geometry.lod = 1;
  const double h = width_m / 2;
  road.geometry.surfaces.push_back({{{{x0, -h, 0}, {x1, -h, 0}, {x1, h, 0}, {x0, h, 0}}, {}}, SurfaceKind::unknown});
  return road;
}

Terrain flat(double height_m) {
  Terrain terrain;
  terrain.south_west = {-500, -500, 0};
  terrain.spacing_m = 10;
  terrain.columns = terrain.rows = 101;
  terrain.height_m.assign(terrain.columns * terrain.rows, static_cast<float>(height_m));
  terrain.source = "dem.tif";
  return terrain;
}

Bridge entry(const std::string& id, const std::string& name) {
  Bridge bridge;
  bridge.id = id;
  bridge.name = name;
  bridge.source = "register.csv";
  bridge.has_register_entry = true;
  return bridge;
}

Bridge shape(const std::string& id, double x0, double x1, double width_m) {
  Bridge bridge;
  bridge.id = id;
  bridge.source = "brid.gml";
  const double h = width_m / 2;
  bridge.geometry.lod = 2;
  bridge.geometry.surfaces.push_back({{{{x0, -h, 25}, {x1, -h, 25}, {x1, h, 25}, {x0, h, 25}}, {}}, SurfaceKind::deck});
  bridge.attributes = {{"brid:function", "道路橋"}};
  return bridge;
}

assets::Inspection inspected(int fiscal_year, Soundness soundness, const std::string& source) {
  assets::Inspection inspection;
  inspection.fiscal_year = fiscal_year;
  inspection.date = {fiscal_year, 10, 1};
  inspection.soundness = soundness;
  inspection.source = source;
  return inspection;
}

TEST(CityBuilder, TheSameRoadFromTwoFilesIsOneRoadAndTheLastWins) {
  CityBuilder builder(frame());
  Problems problems;
  for (const char* id : {"1", "2", "3"}) builder.add(roadFrom("roads.shp", id));
  RoadSegment again = roadFrom("roads.gpkg", "2");
  again.lanes = 4;
  builder.add(again);
  builder.add(roadFrom("roads.gpkg", "3"));
  EXPECT_EQ(builder.takeCounts()["Road"], 5u);
  const CityModelPtr model = builder.finish(problems);
  ASSERT_EQ(model->roads.size(), 3u);
  EXPECT_EQ(model->roads[1].lanes, 4);
  EXPECT_EQ(problems.count(ProblemKind::assumption, "id.replaced"), 1u);  // one line for the pair of files
}

TEST(CityBuilder, AnIdRepeatedWithinOneFileIsToldApart) {
  CityBuilder builder(frame());
  Problems problems;
  for (int i = 0; i < 3; ++i) builder.add(roadFrom("roads.shp", "7"));
  const CityModelPtr model = builder.finish(problems);
  ASSERT_EQ(model->roads.size(), 3u);
  EXPECT_EQ(model->roads[0].id, "7");
  EXPECT_EQ(model->roads[1].id, "7#2");
  EXPECT_EQ(model->roads[2].id, "7#3");
  EXPECT_EQ(problems.count(ProblemKind::assumption, "id.repeated"), 1u);
}

TEST(CityBuilder, ReadingAFileAgainReplacesInsteadOfDoubling) {
  Problems problems;
  CityBuilder first(frame());
  for (int i = 0; i < 2; ++i) first.add(roadFrom("roads.shp", "7"));
  first.add(entry("B1", "雪見橋"));
  const CityModelPtr base = first.finish(problems);
  CityBuilder second(*base);
  for (int i = 0; i < 2; ++i) second.add(roadFrom("roads.shp", "7"));
  second.add(entry("B1", "雪見橋"));
  const CityModelPtr model = second.finish(problems);
  EXPECT_EQ(model->roads.size(), 2u);
  EXPECT_EQ(model->bridges.size(), 1u);
}

TEST(CityBuilder, HeightlessRoadsLieOnTheTerrain) {
  CityBuilder builder(frame());
  Problems problems;
  builder.add(flat(42));
  builder.add(roadFrom("roads.shp", "1"));
  const CityModelPtr model = builder.finish(problems);
  EXPECT_NEAR(model->roads[0].centreline.front().z, 42.15, 1e-5);
  EXPECT_NEAR(model->roads[0].geometry.lines[0].back().z, 42.15, 1e-5);
  EXPECT_NEAR(*model->roads[0].grade_percent, 0, 1e-9);
  EXPECT_EQ(problems.count(ProblemKind::assumption, "height.draped"), 1u);
}

TEST(CityBuilder, EveryLevelAndEveryKindWithoutHeightsIsLaidOnTheTerrainAndTrueHeightsStay) {
  CityBuilder builder(frame());
  Problems problems;
  builder.add(flat(42));
  const auto square = [](double z, bool has_height) {
    Geometry form;
    form.has_height = has_height;
    form.surfaces.push_back({{{{10, 10, z}, {20, 10, z}, {20, 20, z}, {10, 20, z}}, {}}, SurfaceKind::unknown});
    return form;
  };
  const auto heightOf = [](const Geometry& form) { return form.surfaces[0].polygon.outer[0].z; };
  for (const ObjectKind kind : object_kinds) {
    CityObject object;
    object.id = toString(kind);
    object.source = "objects.gml";
    object.kind = kind;
    object.geometry = square(55, true);      // one file, some true heights …
    object.other_lods = {square(0, false)};  // … and some none
    builder.add(object);
  }
  Building building;
  building.id = "b", building.source = "bldg.gml";
  building.geometry = square(50, true);
  building.other_lods = {square(0, false)};
  builder.add(building);
  const CityModelPtr model = builder.finish(problems);
  ASSERT_EQ(model->objects.size(), std::size(object_kinds));
  for (const CityObject& object : model->objects) {
    EXPECT_EQ(heightOf(object.geometry), 55) << object.id;
    EXPECT_NEAR(heightOf(object.other_lods[0]), 42, 0.2) << object.id;
  }
  EXPECT_NEAR(heightOf(model->buildings[0].other_lods[0]), 42, 1e-5);
  EXPECT_EQ(heightOf(model->buildings[0].geometry), 50);
}

TEST(CityBuilder, WithoutTerrainEverythingLiesAtZeroAndTheReportSaysSo) {
  CityBuilder builder(frame());
  Problems problems;
  builder.add(roadFrom("roads.shp", "1"));
  const CityModelPtr model = builder.finish(problems);
  EXPECT_EQ(model->roads[0].centreline.front().z, 0);
  EXPECT_FALSE(model->roads[0].grade_percent);
  EXPECT_EQ(problems.count(ProblemKind::assumption, "height.unknown"), 1u);
}

TEST(CityBuilder, ACentreLineTakesTheRoadSurfaceThatItRunsIn) {
  CityBuilder builder(frame());
  Problems problems;
  builder.add(surfaceFrom("tran_1", -2, 102, 6));       // 104 × 6 m around the segment of 100 m
  builder.add(surfaceFrom("tran_long", -500, 500, 8));  // contains the middle too, but is ten times as long
  builder.add(surfaceFrom("tran_alone", 300, 400, 5));
  builder.add(roadFrom("roads.gpkg", "1"));
  const CityModelPtr model = builder.finish(problems);
  ASSERT_EQ(model->roads.size(), 3u);
  const auto segment =
      std::find_if(model->roads.begin(), model->roads.end(), [](const RoadSegment& road) { return road.id == "1"; });
  ASSERT_NE(segment, model->roads.end());
  EXPECT_EQ(segment->geometry.surfaces.size(), 1u);
  EXPECT_NEAR(segment->length_m, 100, 1e-9);
  EXPECT_NEAR(segment->width_m, 6.24, 1e-9);  // 104 · 6 m² over 100 m
  ASSERT_EQ(problems.count(ProblemKind::assumption, "road.surfaces_joined"), 1u);
}

TEST(CityBuilder, ASurfaceMuchLongerThanTheSegmentStaysARoadOfItsOwn) {
  CityBuilder builder(frame());
  Problems problems;
  builder.add(surfaceFrom("tran_long", -500, 500, 8));
  builder.add(roadFrom("roads.gpkg", "1"));
  const CityModelPtr model = builder.finish(problems);
  EXPECT_EQ(model->roads.size(), 2u);
  EXPECT_EQ(problems.count(ProblemKind::assumption, "road.surfaces_joined"), 0u);
}

TEST(CityBuilder, ASurfaceAloneIsMeasuredByItsEquivalentRectangle) {
  CityBuilder builder(frame());
  Problems problems;
  builder.add(surfaceFrom("tran_1", 0, 80, 5));
  const CityModelPtr model = builder.finish(problems);
  EXPECT_NEAR(model->roads[0].length_m, 80, 1e-6);
  EXPECT_NEAR(model->roads[0].width_m, 5, 1e-6);
  EXPECT_EQ(problems.count(ProblemKind::assumption, "road.measures_from_surface"), 1u);
}

// DOMAIN A.2: the bounds are half-open, [1000, ∞) [500, 1000) [0, 500).
TEST(CityBuilder, TrafficProposesAClearingClassWhereTheMapIsMissing) {
  CityBuilder builder(frame());
  Problems problems;
  const std::vector<std::pair<double, ClearingClass>> expected{{1000, ClearingClass::class1},
                                                               {999, ClearingClass::class2},
                                                               {500, ClearingClass::class2},
                                                               {499, ClearingClass::class3}};
  for (const auto& [aadt, clearing] : expected) {
    RoadSegment road = roadFrom("roads.shp", std::to_string(aadt));
    road.aadt = aadt;
    builder.add(road);
  }
  RoadSegment mapped = roadFrom("roads.shp", "mapped");
  mapped.aadt = 5000;
  mapped.clearing_class = ClearingClass::residential;
  builder.add(mapped);
  builder.add(roadFrom("roads.shp", "neither"));
  const CityModelPtr model = builder.finish(problems);
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(model->roads[i].clearing_class, expected[i].second);
  EXPECT_EQ(model->roads[4].clearing_class, ClearingClass::residential);
  EXPECT_EQ(model->roads[5].clearing_class, ClearingClass::unknown);
  EXPECT_EQ(problems.count(ProblemKind::assumption, "road.class_proposed"), 1u);
}

TEST(CityBuilder, ARegisterEntryAndItsShapeBecomeOneBridge) {
  CityBuilder builder(frame());
  Problems problems;
  Bridge registered = entry("B-01", "雪見橋");
  registered.position = Vec3d{20, 3, 0};  // 15 m from the shape's middle
  registered.length_m = 12.4;
  registered.year_built = 1974;
  builder.add(registered);
  Bridge plateau = shape("gml-1", -1, 12, 6);  // 13 m long
  plateau.year_built = 1975;
  plateau.width_m = 6;
  builder.add(plateau);
  const CityModelPtr model = builder.finish(problems);
  ASSERT_EQ(model->bridges.size(), 1u);
  const Bridge& bridge = model->bridges[0];
  EXPECT_EQ(bridge.id, "B-01");
  EXPECT_EQ(bridge.year_built, 1974);  // the register's facts count
  EXPECT_EQ(bridge.width_m, 6);        // what only the shape knows is kept
  EXPECT_EQ(bridge.length_m, 12.4);
  EXPECT_EQ(bridge.geometry.surfaces.size(), 1u);
  EXPECT_NEAR(bridge.position->x, 5.5, 1e-9);
  EXPECT_EQ(textOf(bridge.attributes, "brid:function"), "道路橋");
}

TEST(CityBuilder, WhatFindsNoPartnerIsListedBothWays) {
  CityBuilder builder(frame());
  Problems problems;
  Bridge far = entry("B-01", "山奥橋");
  far.position = Vec3d{400, 400, 0};
  builder.add(far);
  builder.add(shape("gml-1", 0, 20, 6));
  const CityModelPtr model = builder.finish(problems);
  EXPECT_EQ(model->bridges.size(), 2u);
  EXPECT_EQ(problems.count(ProblemKind::assumption, "bridge.no_shape"), 1u);
  EXPECT_EQ(problems.count(ProblemKind::assumption, "bridge.no_register_entry"), 1u);
}

TEST(CityBuilder, ABridgeThatNobodyCanPlaceIsKeptAndReported) {
  CityBuilder builder(frame());
  Problems problems;
  builder.add(entry("B-01", "山奥橋"));
  const CityModelPtr model = builder.finish(problems);
  EXPECT_EQ(model->bridges.size(), 1u);
  EXPECT_EQ(problems.count(ProblemKind::skipped, "bridge.no_position"), 1u);
}

TEST(CityBuilder, OneInspectionAYearAndTheTableCountsMoreThanTheShape) {
  CityBuilder builder(frame());
  Problems problems;
  builder.add(entry("B-01", "雪見橋"));
  Bridge plateau = shape("gml-1", 0, 20, 6);
  plateau.name = "雪見橋";
  plateau.inspections = {inspected(2019, Soundness::II, "brid.gml"), inspected(2014, Soundness::I, "brid.gml")};
  builder.add(plateau);
  InspectionRecord record;
  record.bridge_id = "Ｂ－０１";
  record.inspection = inspected(2019, Soundness::III, "inspections.csv");
  record.inspection.members = {{"主桁", Soundness::III, "C1"}};
  builder.add(record);
  const CityModelPtr model = builder.finish(problems);
  const auto& inspections = model->bridges[0].inspections;
  ASSERT_EQ(inspections.size(), 2u);
  EXPECT_EQ(inspections[0].fiscal_year, 2014);
  EXPECT_EQ(inspections[1].soundness, Soundness::III);
  EXPECT_EQ(inspections[1].members.size(), 1u);
  EXPECT_THAT(inspections[1].note, HasSubstr("brid.gml: II"));
}

TEST(CityBuilder, AnInspectionMayNameTheShapeOfAJoinedBridge) {
  CityBuilder builder(frame());
  Problems problems;
  builder.add(entry("B-01", "雪見橋"));
  Bridge plateau = shape("gml-1", 0, 20, 6);
  plateau.name = "雪見橋";
  builder.add(plateau);
  builder.add(InspectionRecord{"gml-1", inspected(2020, Soundness::II, "i.csv"), "line 2"});
  EXPECT_EQ(builder.finish(problems)->bridges[0].inspections.size(), 1u);
}

TEST(CityBuilder, AnInspectionOfAnUnknownBridgeIsSkippedWithItsPlace) {
  CityBuilder builder(frame());
  Problems problems;
  builder.add(InspectionRecord{"B-99", inspected(2020, Soundness::II, "i.csv"), "line 12"});
  (void)builder.finish(problems);
  ASSERT_EQ(problems.lines().size(), 1u);
  EXPECT_EQ(problems.lines()[0].kind, ProblemKind::skipped);
  EXPECT_EQ(problems.lines()[0].file, "i.csv");
  EXPECT_EQ(problems.lines()[0].place, "line 12");
}

TEST(CityBuilder, ReadingTheInspectionsAgainReplacesThem) {
  Problems problems;
  CityBuilder first(frame());
  first.add(entry("B-01", "雪見橋"));
  first.add(InspectionRecord{"B-01", inspected(2020, Soundness::II, "i.csv"), "line 2"});
  const CityModelPtr base = first.finish(problems);
  CityBuilder second(*base);
  second.add(InspectionRecord{"B-01", inspected(2020, Soundness::III, "i.csv"), "line 2"});
  const CityModelPtr model = second.finish(problems);
  ASSERT_EQ(model->bridges[0].inspections.size(), 1u);
  EXPECT_EQ(model->bridges[0].inspections[0].soundness, Soundness::III);
  EXPECT_EQ(model->bridges[0].inspections[0].note, "");
}

TEST(CityBuilder, SeriesOfTwoMonthsBecomeOne) {
  CityBuilder builder(frame());
  Problems problems;
  builder.add(sensors::Station{"S1", "駅前", "stations.csv", {0, 0, 0}, false});
  CityModel january, february;
  tests::addHourly(january, "S1", {}, sensors::Quantity::snow_depth_cm, "2026-01-31T23:00+09:00", {10, 11});
  tests::addHourly(february, "S1", {}, sensors::Quantity::snow_depth_cm, "2026-02-01T00:00+09:00", {12, 13});
  builder.add(february.series[0]);
  builder.add(january.series[0]);
  const CityModelPtr model = builder.finish(problems);
  ASSERT_EQ(model->series.size(), 1u);
  ASSERT_EQ(model->series[0].values.size(), 3u);  // 22:00, 23:00 (twice: the value read last), 00:00
  EXPECT_EQ(model->series[0].values[0].value, 10);
  EXPECT_EQ(model->series[0].values[1].value, 11);
  EXPECT_EQ(model->series[0].values[2].value, 13);
}

TEST(CityBuilder, AFootprintWithoutHeightLiesFlatOnItsLowestGround) {
  CityBuilder builder(frame());
  Problems problems;
  Terrain slope = flat(0);
  for (std::size_t i = 0; i < slope.height_m.size(); ++i)
    slope.height_m[i] = static_cast<float>(i % slope.columns);  // 1 m every 10 m eastwards, 50 m at x = 0
  builder.add(slope);
  Building building;
  building.id = "b";
  building.geometry.has_height = false;
  building.geometry.surfaces.push_back({{{{0, 0, 0}, {20, 0, 0}, {20, 10, 0}, {0, 10, 0}}, {}}, SurfaceKind::ground});
  builder.add(building);
  const CityModelPtr model = builder.finish(problems);
  for (const Vec3d& p : model->buildings[0].geometry.surfaces[0].polygon.outer) EXPECT_NEAR(p.z, 50, 1e-5);
}

TEST(DrawnTown, HasARoadForEveryStrokeAndABridgeForEveryHash) {
  const CityModel town = tests::drawTown(R"(
      A---B
          #
          C---D )");
  ASSERT_EQ(town.roads.size(), 3u);
  EXPECT_EQ(town.roads[0].id, "AB");
  EXPECT_DOUBLE_EQ(town.roads[0].length_m, 200);
  EXPECT_EQ(town.roads[1].id, "BC");
  EXPECT_TRUE(town.roads[1].on_bridge);
  EXPECT_EQ(town.roads[2].id, "CD");
  ASSERT_EQ(town.bridges.size(), 1u);
  EXPECT_EQ(town.bridges[0].id, "bridge BC");
  EXPECT_DOUBLE_EQ(*town.bridges[0].length_m, 100);
}

}  // namespace
}  // namespace hashimichi::model
