// What towns hand over as GIS layers, drawn here and written by GDAL.
#include <gmock/gmock.h>

#include "geo/core/text.h"
#include "tests/geo/import/reading.h"
#include "tests/geo/import/vector_fixtures.h"

namespace hashimichi::import::tests {
namespace {

using ::testing::HasSubstr;

/// Two road segments in the layout of datasets/town/README.md, near easting 31000, northing 160000.
DrawnLayer townRoads(int epsg) {
  return {
      "道路区間",
      wkbLineString,
      {"区間ID", "路線名", "除雪区分", "管理者", "除雪工区", "幅員", "車線数", "消雪管", "流雪溝", "道路暖房", "交通量",
       "緊急輸送", "バス本数", "通学路", "橋梁"},
      {{"LINESTRING (31000 160000, 31060 160080)",
        {"S0001", "市道中央3号線", "第1種", "市", "第2工区", "6.5", "2", "故障", "有", "無", "1,200", "0", "24", "有",
         "無"}},
       {"LINESTRING (31060 160080, 31100 160080)",
        {"S0002", "国道17号", "重点", "国", "第1工区", "１２．０", "4", "なし", "無", "有", "", "1", "", "無", "有"}}},
      epsg};
}

void dropSideFiles(const std::filesystem::path& shp) {
  for (const char* extension : {".prj", ".cpg"}) {
    std::filesystem::path side = shp;
    std::filesystem::remove(side.replace_extension(extension));
  }
}

TEST(TownRoads, EveryFieldOfTheCitysOwnLayerIsUnderstood) {
  const TempFolder folder;
  writeWithGdal("GPKG", folder / "roads.gpkg", {townRoads(6676)});
  const Reading reading = read(vectorImporter(), folder / "roads.gpkg");
  ASSERT_EQ(reading.got.roads.size(), 2u) << reading.report();
  const model::RoadSegment& city = reading.got.roads[0];
  EXPECT_EQ(city.id, "S0001");
  EXPECT_EQ(city.name, "市道中央3号線");
  EXPECT_EQ(city.clearing_class, model::ClearingClass::class1);
  EXPECT_EQ(city.administrator, model::RoadAdministrator::city);
  EXPECT_EQ(city.district, "第2工区");
  EXPECT_DOUBLE_EQ(city.width_m, 6.5);
  EXPECT_EQ(city.lanes, 2);
  EXPECT_EQ(city.sprinkler_pipe, model::SprinklerPipe::failed);
  EXPECT_TRUE(city.snow_gutter);
  EXPECT_FALSE(city.road_heating);
  EXPECT_EQ(city.aadt, 1200);
  EXPECT_EQ(city.emergency_route, 0);
  EXPECT_EQ(city.bus_trips_per_day, 24);
  EXPECT_EQ(city.school_route, true);
  EXPECT_FALSE(city.on_bridge);
  EXPECT_DOUBLE_EQ(city.length_m, 100);  // 60-80-100 triangle
  EXPECT_EQ(city.centreline, (model::Polyline{{0, 0, 0}, {60, 80, 0}}));
  EXPECT_FALSE(city.geometry.has_height);
  const model::RoadSegment& national = reading.got.roads[1];
  EXPECT_DOUBLE_EQ(national.width_m, 12);
  EXPECT_EQ(national.aadt, std::nullopt);
  EXPECT_EQ(national.emergency_route, 1);
  EXPECT_TRUE(national.on_bridge);
  EXPECT_TRUE(reading.problems.empty()) << reading.report();
}

TEST(TownRoads, ACp932ShapefileWithoutPrjAndCpgIsReadAndBothAssumptionsAreReported) {
  const TempFolder folder;
  writeWithGdal("ESRI Shapefile", folder / "roads_cp932.shp", {townRoads(6676)}, "CP932");
  dropSideFiles(folder / "roads_cp932.shp");
  // GDAL leaves Japan's language byte in the DBF; other programs do not.
  std::string dbf = slurp(folder / "roads_cp932.dbf");
  dbf[29] = 0;
  write(folder / "roads_cp932.dbf", dbf);
  ReadingOptions how;
  how.area = box(-500, -500, 500, 500);
  const Reading reading = read(vectorImporter(), folder / "roads_cp932.shp", how);
  ASSERT_EQ(reading.got.roads.size(), 2u) << reading.report();
  EXPECT_EQ(reading.got.roads[0].name, "市道中央3号線");
  EXPECT_EQ(reading.got.roads[0].district, "第2工区");
  EXPECT_EQ(reading.got.roads[0].sprinkler_pipe, model::SprinklerPipe::failed);
  EXPECT_NEAR(reading.got.roads[0].centreline[1].x, 60, 1e-9);
  EXPECT_EQ(reading.assumed("encoding.assumed"), 1u) << reading.report();
  EXPECT_EQ(reading.assumed("crs.assumed"), 1u) << reading.report();
}

TEST(TownRoads, ACpgThatLiesIsNotBelieved) {
  const TempFolder folder;
  writeWithGdal("ESRI Shapefile", folder / "roads.shp", {townRoads(6676)}, "CP932");
  write(folder / "roads.cpg", "UTF-8");
  const Reading reading = read(vectorImporter(), folder / "roads.shp");
  ASSERT_EQ(reading.got.roads.size(), 2u) << reading.report();
  EXPECT_EQ(reading.got.roads[1].name, "国道17号");
  EXPECT_EQ(reading.assumed("encoding.assumed"), 1u);
  EXPECT_THAT(reading.report(), HasSubstr("UTF-8"));
}

TEST(TownRoads, AUtf8ShapefileWithACpgNeedsNoAssumption) {
  const TempFolder folder;
  writeWithGdal("ESRI Shapefile", folder / "roads.shp", {townRoads(6676)}, "UTF-8");
  const Reading reading = read(vectorImporter(), folder / "roads.shp");
  ASSERT_EQ(reading.got.roads.size(), 2u) << reading.report();
  EXPECT_EQ(reading.got.roads[0].name, "市道中央3号線");
  EXPECT_EQ(reading.got.roads[0].clearing_class, model::ClearingClass::class1)
      << "from the head 除雪区(分), cut in UTF-8";
  EXPECT_EQ(reading.assumed("encoding.assumed"), 0u) << reading.report();
}

TEST(TownRoads, DbfHeadsCutToTenBytesAreStillUnderstood) {
  const TempFolder folder;
  DrawnLayer roads{"roads", wkbLineString, {"緊急輸送道"}, {{"LINESTRING (31000 160000, 31060 160080)", {"2"}}}, 6676};
  writeWithGdal("ESRI Shapefile", folder / "roads.shp", {roads}, "CP932");
  const Reading reading = read(vectorImporter(), folder / "roads.shp");
  ASSERT_EQ(reading.got.roads.size(), 1u) << reading.report();
  EXPECT_EQ(reading.got.roads[0].emergency_route, 2);
}

TEST(MissingCrs, DegreesInJapanAreJgd2011) {
  const TempFolder folder;
  // 138.8513 E 37.4463 N is easting 31083.033, northing 160541.384 (gdaltransform, EPSG:6668 to 6676).
  writeWithGdal("ESRI Shapefile", folder / "roads.shp",
                {{"roads", wkbLineString, {"name"}, {{"LINESTRING (138.8513 37.4463, 138.8523 37.4463)", {"a"}}}, 0}});
  const Reading reading = read(vectorImporter(), folder / "roads.shp");
  ASSERT_EQ(reading.got.roads.size(), 1u) << reading.report();
  EXPECT_NEAR(reading.got.roads[0].centreline[0].x, 83.033, 0.01);
  EXPECT_NEAR(reading.got.roads[0].centreline[0].y, 541.384, 0.01);
  EXPECT_EQ(reading.assumed("crs.assumed"), 1u);
  Problems problems;
  EXPECT_EQ(vectorImporter().peek(folder / "roads.shp", {}, problems)->crs, "EPSG:6668");
}

TEST(MissingCrs, NorthingFirstNumbersAreTurnedWhenOnlyThenTheyLieInTheTown) {
  const TempFolder folder;
  writeWithGdal("ESRI Shapefile", folder / "roads.shp",
                {{"roads", wkbLineString, {"name"}, {{"LINESTRING (160000 31000, 160080 31060)", {"a"}}}, 0}});
  ReadingOptions how;
  how.area = box(-500, -500, 500, 500);
  const Reading reading = read(vectorImporter(), folder / "roads.shp", how);
  ASSERT_EQ(reading.got.roads.size(), 1u) << reading.report();
  EXPECT_EQ(reading.got.roads[0].centreline, (model::Polyline{{0, 0, 0}, {60, 80, 0}}));
  EXPECT_EQ(reading.assumed("axis.swapped"), 1u);
}

TEST(MissingCrs, WhatTheUserNamedComesFirst) {
  const TempFolder folder;
  writeWithGdal("ESRI Shapefile", folder / "roads.shp",
                {{"roads", wkbLineString, {"name"}, {{"LINESTRING (31000 160000, 31060 160080)", {"a"}}}, 0}});
  ReadingOptions how;
  how.options.source_crs = "EPSG:2450";  // JGD2000 zone VIII
  const Reading reading = read(vectorImporter(), folder / "roads.shp", how);
  ASSERT_EQ(reading.got.roads.size(), 1u) << reading.report();
  EXPECT_THAT(reading.report(), HasSubstr("EPSG:2450"));
  Problems problems;
  EXPECT_EQ(vectorImporter().peek(folder / "roads.shp", how.options, problems)->crs, "EPSG:2450");
}

TEST(StatedCrs, AWrongZoneIsReadUnderTheOneThatLiesInTheTownAndSaysSo) {
  const TempFolder folder;
  writeWithGdal("GPKG", folder / "roads.gpkg", {townRoads(6669)});  // says zone I (Nagasaki)
  ReadingOptions how;
  how.area = box(-500, -500, 500, 500);
  const Reading reading = read(vectorImporter(), folder / "roads.gpkg", how);
  EXPECT_EQ(reading.got.roads.size(), 2u) << reading.report();
  EXPECT_EQ(reading.assumed("crs.wrong_zone"), 1u) << reading.report();
}

TEST(StatedCrs, DegreesUnderACrsOfMetresAreReadAsDegreesAndItSaysSo) {
  const TempFolder folder;
  writeWithGdal(
      "GPKG", folder / "roads.gpkg",
      {{"roads", wkbLineString, {"name"}, {{"LINESTRING (138.8513 37.4463, 138.8523 37.4463)", {"a"}}}, 6676}});
  ReadingOptions how;
  how.area = box(-500, -500, 1500, 1500);
  const Reading reading = read(vectorImporter(), folder / "roads.gpkg", how);
  ASSERT_EQ(reading.got.roads.size(), 1u) << reading.report();
  EXPECT_NEAR(reading.got.roads[0].centreline[0].x, 83.033, 0.01);
  EXPECT_EQ(reading.assumed("crs.degrees"), 1u) << reading.report();
}

TEST(StatedCrs, FarFromTheTownUnderEveryZoneIsRefused) {
  const TempFolder folder;
  writeWithGdal("GPKG", folder / "roads.gpkg", {townRoads(32601)});  // UTM 1: the Pacific
  ReadingOptions how;
  how.area = box(-500, -500, 500, 500);
  const Reading reading = read(vectorImporter(), folder / "roads.gpkg", how);
  ASSERT_TRUE(reading.error) << reading.report();
  EXPECT_EQ(reading.error->code, ErrorCode::bad_crs);
  EXPECT_THAT(reading.error->text(), HasSubstr("km from the project"));
}

TEST(StatedCrs, DataInTheNextTownAreReadButNamed) {
  const TempFolder folder;
  writeWithGdal("GPKG", folder / "roads.gpkg", {townRoads(6676)});
  ReadingOptions how;
  how.area = box(40000, 0, 41000, 1000);
  const Reading reading = read(vectorImporter(), folder / "roads.gpkg", how);
  EXPECT_EQ(reading.got.roads.size(), 2u);
  EXPECT_EQ(reading.assumed("crs.suspicious"), 1u) << reading.report();
}

TEST(StatedCrs, LatitudeBeforeLongitudeIsTurned) {
  const TempFolder folder;
  write(folder / "roads.geojson",
        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"路線名":"a"},
           "geometry":{"type":"LineString","coordinates":[[37.4463,138.8513],[37.4463,138.8523]]}}]})");
  ReadingOptions how;
  how.area = box(-500, -500, 1500, 1500);
  const Reading reading = read(vectorImporter(), folder / "roads.geojson", how);
  ASSERT_EQ(reading.got.roads.size(), 1u) << reading.report();
  EXPECT_NEAR(reading.got.roads[0].centreline[0].x, 83.033, 1.0);  // WGS 84 is taken as JGD2011
  EXPECT_EQ(reading.assumed("axis.swapped"), 1u);
}

TEST(Layers, RoadsWaterAndDumpSitesOfOneGeoPackageAreToldApart) {
  const TempFolder folder;
  writeWithGdal(
      "GPKG", folder / "town.gpkg",
      {townRoads(6676),
       {"雪堆積場", wkbPoint, {"堆積場名", "容量(m3)"}, {{"POINT (31200 160300)", {"河川敷堆積場", "35,000"}}}, 6676},
       {"水面",
        wkbPolygon,
        {"名称"},
        {{"POLYGON ((31000 160000, 31000 160100, 31100 160100, 31100 160000, 31000 160000))", {"橋道川"}}},
        6676},
       {"メモ", wkbPoint, {"x"}, {{"POINT (31200 160300)", {"?"}}}, 6676}});
  const Reading reading = read(vectorImporter(), folder / "town.gpkg");
  EXPECT_EQ(reading.got.roads.size(), 2u) << reading.report();
  ASSERT_EQ(reading.got.dump_sites.size(), 1u);
  EXPECT_EQ(reading.got.dump_sites[0].capacity_m3, 35000);
  EXPECT_EQ(reading.got.dump_sites[0].position, (Vec3d{200, 300, 0}));
  ASSERT_EQ(reading.got.objects.size(), 2u);
  EXPECT_EQ(reading.got.objects[1].type, "Place") << "a note is no asset, but it is shown";
  EXPECT_EQ(reading.got.objects[1].geometry.points, (std::vector<Vec3d>{{200, 300, 0}}));
  EXPECT_EQ(reading.got.objects[0].kind, model::ObjectKind::water);
  const model::Ring& outer = reading.got.objects[0].geometry.surfaces[0].polygon.outer;
  EXPECT_EQ(outer.size(), 4u) << "the repeated last point is left out";
  EXPECT_DOUBLE_EQ(model::signedArea2d(outer), 10000) << "clockwise rings are turned";
}

TEST(Layers, ANamelessLayerIsToldByItsColumns) {
  const TempFolder folder;
  DrawnLayer layer = townRoads(6676);
  layer.name = "export";
  writeWithGdal("GPKG", folder / "export.gpkg", {layer});
  EXPECT_EQ(read(vectorImporter(), folder / "export.gpkg").got.roads.size(), 2u);
}

TEST(Shapes, HeightsAreKeptAndPartsThatMeetAreOneRoad) {
  const TempFolder folder;
  writeWithGdal(
      "GPKG", folder / "roads.gpkg",
      {{"roads",
        wkbMultiLineString25D,
        {"区間ID"},
        {{"MULTILINESTRING Z ((31000 160000 20, 31010 160000 21), (31010 160000 21, 31020 160000 22))", {"A"}},
         {"MULTILINESTRING Z ((31000 160000 20, 31010 160000 21), (31050 160000 21, 31060 160000 22))", {"B"}}},
        6676}});
  const Reading reading = read(vectorImporter(), folder / "roads.gpkg");
  ASSERT_EQ(reading.got.roads.size(), 3u) << reading.report();
  EXPECT_EQ(reading.got.roads[0].id, "A");
  EXPECT_EQ(reading.got.roads[0].centreline.size(), 3u);
  EXPECT_TRUE(reading.got.roads[0].geometry.has_height);
  EXPECT_DOUBLE_EQ(reading.got.roads[0].centreline[2].z, 22);
  EXPECT_EQ(reading.got.roads[1].id, "B-1");
  EXPECT_EQ(reading.got.roads[2].id, "B-2");
}

TEST(Shapes, CurvesAreMadeStraight) {
  const TempFolder folder;
  writeWithGdal("GPKG", folder / "roads.gpkg",
                {{"roads",
                  wkbCircularString,
                  {"区間ID"},
                  {{"CIRCULARSTRING (31000 160000, 31010 160010, 31020 160000)", {"A"}}},
                  6676}});
  const Reading reading = read(vectorImporter(), folder / "roads.gpkg");
  ASSERT_EQ(reading.got.roads.size(), 1u) << reading.report();
  EXPECT_NEAR(reading.got.roads[0].length_m, 3.14159265 * 10, 0.01) << "half a circle of radius 10 m";
}

TEST(Shapes, BadPartsCostOnlyThemselves) {
  const TempFolder folder;
  write(folder / "roads.geojson", R"({"type":"FeatureCollection",
    "crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::6676"}},"features":[
    {"type":"Feature","properties":{"区間ID":"A"},"geometry":null},
    {"type":"Feature","properties":{"区間ID":"B"},"geometry":{"type":"LineString","coordinates":[[31000,160000],[31000,160000]]}},
    {"type":"Feature","properties":{"区間ID":"C","幅員":"とても広い"},"geometry":{"type":"LineString","coordinates":[[31000,160000],[31010,160000]]}}]})");
  const Reading reading = read(vectorImporter(), folder / "roads.geojson");
  ASSERT_EQ(reading.got.roads.size(), 1u) << reading.report();
  EXPECT_EQ(reading.got.roads[0].id, "C");
  EXPECT_EQ(reading.got.roads[0].width_m, 0);
  EXPECT_EQ(reading.skipped("geometry.missing"), 1u);
  EXPECT_EQ(reading.skipped("geometry.degenerate"), 1u);
  EXPECT_EQ(reading.skipped("value.unread"), 1u);
  EXPECT_THAT(reading.report(), HasSubstr("feature 2, column \"幅員\""));
}

TEST(Ids, RunningNumbersOfAColumnIdAreToldApartByTheFile) {
  const TempFolder folder;
  const DrawnLayer layer{"roads", wkbLineString, {"id"}, {{"LINESTRING (31000 160000, 31060 160080)", {"7"}}}, 6676};
  writeWithGdal("GPKG", folder / "roads_north.gpkg", {layer});
  EXPECT_EQ(read(vectorImporter(), folder / "roads_north.gpkg").got.roads.at(0).id, "roads_north#7");
}

}  // namespace
}  // namespace hashimichi::import::tests
