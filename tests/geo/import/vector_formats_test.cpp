// One town's roads and places in every vector format that GDAL writes; what each format loses is told.
#include <gmock/gmock.h>

#include "geo/core/text.h"
#include "geo/import/source_crs.h"
#include "tests/geo/import/reading.h"
#include "tests/geo/import/vector_fixtures.h"

namespace hashimichi::import::tests {
namespace {

using ::testing::HasSubstr;

// 138.8513 E 37.4463 N is easting 31083.033, northing 160541.384 (gdaltransform, EPSG:6668 to 6676).
DrawnLayer roadsInDegrees() {
  return {"roads", wkbLineString, {"name"}, {{"LINESTRING (138.8513 37.4463, 138.8523 37.4463)", {"大手通り"}}}, 4326};
}

class EveryFormat : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(EveryFormat, GivesTheSameRoad) {
  const auto [driver, name] = GetParam();
  const TempFolder folder;
  writeWithGdal(driver, folder / name, {roadsInDegrees()});
  const Result<const Importer*> importer = importerFor(folder / name);
  ASSERT_TRUE(importer) << importer.error().text();
  const Reading reading = read(**importer, folder / name);
  ASSERT_EQ(reading.got.roads.size(), 1u) << reading.report();
  EXPECT_EQ(reading.got.roads[0].name, "大手通り");
  EXPECT_NEAR(reading.got.roads[0].centreline[0].x, 83.033, 1.0) << "WGS 84 is taken as JGD2011";
  EXPECT_NEAR(reading.got.roads[0].centreline[0].y, 541.384, 1.0);
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder / ".")) ++files;
  const bool has_schema = std::string_view(driver) == "GML";
  EXPECT_LE(files, has_schema ? 2u : 6u) << "nothing is written beside the user's file";
}

INSTANTIATE_TEST_SUITE_P(Gdal, EveryFormat,
                         ::testing::Values(std::pair{"FlatGeobuf", "roads.fgb"}, std::pair{"LIBKML", "roads.kml"},
                                           std::pair{"LIBKML", "roads.kmz"}, std::pair{"GML", "roads.gml"},
                                           std::pair{"GeoJSON", "roads.geojson"}, std::pair{"GPKG", "roads.gpkg"},
                                           std::pair{"SQLite", "roads.sqlite"}));

class CutFormat : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(CutFormat, IsAnErrorOrAPartialReading) {
  const auto [driver, name] = GetParam();
  const TempFolder folder;
  writeWithGdal(driver, folder / name, {roadsInDegrees()});
  const std::string whole = slurp(folder / name);
  for (std::size_t bytes = 10; bytes < whole.size(); bytes += std::max<std::size_t>(10, whole.size() / 60)) {
    write(folder / name, whole.substr(0, bytes));
    const Reading reading = read(vectorImporter(), folder / name);
    EXPECT_TRUE(!reading.error || !reading.error->what.empty());
    EXPECT_LE(reading.got.roads.size(), 1u);
  }
}

INSTANTIATE_TEST_SUITE_P(Gdal, CutFormat,
                         ::testing::Values(std::pair{"LIBKML", "roads.kml"}, std::pair{"LIBKML", "roads.kmz"},
                                           std::pair{"GML", "roads.gml"}, std::pair{"DXF", "roads.dxf"}));

TEST(Kmz, AZipThatSaysItUnpacksToGigabytesIsRefusedUnopened) {
  const TempFolder folder;
  writeWithGdal("LIBKML", folder / "roads.kmz", {roadsInDegrees()});
  std::string zip = slurp(folder / "roads.kmz");
  const std::size_t entry = zip.find("PK\x01\x02");
  ASSERT_NE(entry, std::string::npos);
  zip.replace(entry + 24, 4, "\xFF\xFF\xFF\x7F");  // unpacked bytes of the first part
  write(folder / "roads.kmz", zip);
  const Reading reading = read(vectorImporter(), folder / "roads.kmz");
  ASSERT_TRUE(reading.error) << reading.report();
  EXPECT_EQ(reading.error->code, ErrorCode::limit);
  EXPECT_THAT(reading.error->text(), HasSubstr("MiB"));
}

/// A minimal drawing; pairs of group codes and values.
std::string drawing(const std::string& layer, const std::string& entities_of_layer) {
  std::string dxf = "0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1015\n0\nENDSEC\n0\nSECTION\n2\nENTITIES\n" +
                    entities_of_layer + "0\nENDSEC\n0\nEOF\n";
  for (std::size_t at = 0; (at = dxf.find("@", at)) != std::string::npos; at += layer.size()) dxf.replace(at, 1, layer);
  return dxf;
}
std::string polyline(bool closed) {
  std::string text =
      "0\nLWPOLYLINE\n100\nAcDbEntity\n8\n@\n100\nAcDbPolyline\n90\n4\n70\n" + std::to_string(int{closed}) + "\n";
  for (const char* point :
       {"10\n31000\n20\n160000\n", "10\n31010\n20\n160000\n", "10\n31010\n20\n160020\n", "10\n31000\n20\n160020\n"})
    text += point;
  return text;
}

TEST(Dxf, LayersInCp932AreJudgedByTheirNamesAndClosedLinesAreAreas) {
  const TempFolder folder;
  const std::string water = *cp932FromUtf8("水面"), road = *cp932FromUtf8("道路中心線");
  const std::string both = drawing(water, polyline(true));
  std::string text = both.substr(0, both.rfind("0\nENDSEC"));
  std::string second = polyline(false);
  second.replace(second.find('@'), 1, road);
  write(folder / "plan.dxf", text + second + "0\nENDSEC\n0\nEOF\n");
  ReadingOptions how;
  how.area = box(-500, -500, 500, 500);
  const Reading reading = read(vectorImporter(), folder / "plan.dxf", how);
  ASSERT_EQ(reading.got.objects.size(), 1u) << reading.report();
  EXPECT_EQ(reading.got.objects[0].kind, model::ObjectKind::water);
  ASSERT_EQ(reading.got.objects[0].geometry.surfaces.size(), 1u);
  EXPECT_DOUBLE_EQ(model::area2d(reading.got.objects[0].geometry.surfaces[0].polygon), 200);  // 10 × 20
  ASSERT_EQ(reading.got.roads.size(), 1u);
  EXPECT_DOUBLE_EQ(reading.got.roads[0].length_m, 40);  // 10 + 20 + 10
  EXPECT_EQ(reading.assumed("crs.assumed"), 1u);
}

TEST(Curves, OfEveryKindAreCutAndTheReportSaysHowFine) {
  const TempFolder folder;
  writeWithGdal(
      "GPKG", folder / "水面.gpkg",
      {{"水面",
        wkbCurvePolygon,
        {"名称"},
        {{"CURVEPOLYGON (CIRCULARSTRING (31000 160000, 31010 160010, 31020 160000, 31010 159990, 31000 160000))",
          {"円池"}}},
        6676}});
  const Reading reading = read(vectorImporter(), folder / "水面.gpkg");
  ASSERT_EQ(reading.got.objects.size(), 1u) << reading.report();
  EXPECT_NEAR(model::area2d(reading.got.objects[0].geometry.surfaces.at(0).polygon), 314.159265, 0.02)
      << "a circle of radius 10 m";
  EXPECT_EQ(reading.assumed("geometry.curved"), 1u);
  for (const auto& [type, wkt] :
       {std::pair{wkbCompoundCurve,
                  "COMPOUNDCURVE (CIRCULARSTRING (31000 160000, 31010 160010, 31020 160000), "
                  "(31020 160000, 31030 160000))"},
        std::pair{wkbMultiCurve, "MULTICURVE (CIRCULARSTRING (31000 160000, 31010 160010, 31020 160000))"}}) {
    const TempFolder other;
    writeWithGdal("GPKG", other / "roads.gpkg", {{"roads", type, {"区間ID"}, {{wkt, {"A"}}}, 6676}});
    const Reading roads = read(vectorImporter(), other / "roads.gpkg");
    ASSERT_EQ(roads.got.roads.size(), 1u) << roads.report();
    EXPECT_EQ(roads.assumed("geometry.curved"), 1u);
  }
}

TEST(Names, TellTheZone) {
  const std::vector<std::pair<const char*, int>> cases{
      {"08OF4060.shp", 6676}, {"第8系/road.shp", 6676},    {"第八系/道路/road.shp", 6676},
      {"第十二系.shp", 6680}, {"EPSG2450/road.shp", 2450}, {"road_epsg_30168.shp", 30168},
      {"zone_9.shp", 6677},   {"道路6676.shp", 6676},      {"１１系.dxf", 6679},
      {"第99系.shp", 0},      {"20OF4060.shp", 0},         {"2024年8月.shp", 0},
      {"epsg99999999.shp", 0}};
  for (const auto& [name, epsg] : cases) EXPECT_EQ(zoneHint(name), epsg) << name;
}

TEST(MissingCrs, TheFolderTellsTheZoneAndTheOtherZonesAreTried) {
  const TempFolder folder;
  std::filesystem::create_directories(folder / "第8系");
  const DrawnLayer roads{"roads", wkbLineString, {"name"}, {{"LINESTRING (31000 160000, 31060 160080)", {"a"}}}, 0};
  writeWithGdal("ESRI Shapefile", folder / "第8系/roads.shp", {roads});
  Problems problems;
  EXPECT_EQ(vectorImporter().peek(folder / "第8系/roads.shp", {}, problems)->crs, "EPSG:6676");
  // In a project of zone IX at 37.44 N 138.85 E only zone VIII puts the numbers into the town.
  writeWithGdal("ESRI Shapefile", folder / "roads.shp", {roads});
  const auto frame = crs::LocalFrame::create(6677, {});
  const auto to_nine = crs::ToLocal::create("EPSG:6676", crs::AxisOrder::east_first, *frame);
  const Vec3d town = *(*to_nine)({31000, 160000, 0});
  ReadingOptions how{6677, {std::round(town.x), std::round(town.y), 0}, {}, box(-500, -500, 500, 500)};
  const Reading reading = read(vectorImporter(), folder / "roads.shp", how);
  ASSERT_EQ(reading.got.roads.size(), 1u) << reading.report();
  EXPECT_NEAR(reading.got.roads[0].centreline[0].x, 0, 1);
  EXPECT_THAT(reading.report(), HasSubstr("EPSG:6676"));
}

TEST(Shapefile, ACpgThatBeginsWithAByteOrderMarkIsRead) {
  const TempFolder folder;
  writeWithGdal(
      "ESRI Shapefile", folder / "roads.shp",
      {{"roads", wkbLineString, {"路線名"}, {{"LINESTRING (31000 160000, 31060 160080)", {"大手通り"}}}, 6676}},
      "CP932");
  write(folder / "roads.cpg", "\xEF\xBB\xBFShift_JIS\r\n");
  const Reading reading = read(vectorImporter(), folder / "roads.shp");
  ASSERT_EQ(reading.got.roads.size(), 1u) << reading.report();
  EXPECT_EQ(reading.got.roads[0].name, "大手通り");
  EXPECT_EQ(reading.assumed("encoding.assumed"), 0u);
}

TEST(FieldMaps, AnOwnMapNamesColumnsThatNobodyElseUses) {
  const TempFolder folder;
  writeWithGdal("GPKG", folder / "roads.gpkg",
                {{"道路",
                  wkbLineString,
                  {"ミチノナマエ", "ハバ", "備考"},
                  {{"LINESTRING (31000 160000, 31060 160080)", {"大手通り", "6.5", "x"}}},
                  6676}});
  write(folder / "own.json", R"({"roads": {"name": "ミチノナマエ", "width": ["ハバ", "巾"]}})");
  ReadingOptions how;
  how.options.field_map = folder / "own.json";
  const Reading reading = read(vectorImporter(), folder / "roads.gpkg", how);
  ASSERT_EQ(reading.got.roads.size(), 1u) << reading.report();
  EXPECT_EQ(reading.got.roads[0].name, "大手通り");
  EXPECT_DOUBLE_EQ(reading.got.roads[0].width_m, 6.5);
  EXPECT_EQ(reading.assumed("field.proposed"), 1u);
  EXPECT_THAT(reading.report(), HasSubstr("\"ハバ\" = width"));
  EXPECT_THAT(reading.report(), HasSubstr("kept as attributes only: \"備考\""));
}

TEST(FieldMaps, ABadOwnMapIsNamedWithWhatIsKnown) {
  const TempFolder folder;
  writeWithGdal("GPKG", folder / "roads.gpkg", {roadsInDegrees()});
  for (const char* bad :
       {"", "[]", "{\"roads\": 3}", "{\"roads\": {\"breite\": [\"x\"]}}", "{\"roads\": {\"width\": [1]}}"}) {
    write(folder / "own.json", bad);
    ReadingOptions how;
    how.options.field_map = folder / "own.json";
    const Reading reading = read(vectorImporter(), folder / "roads.gpkg", how);
    ASSERT_TRUE(reading.error) << bad;
    EXPECT_THAT(reading.error->text(), HasSubstr("own.json")) << bad;
  }
}

TEST(PostGis, AServerThatIsNotThereIsAClearError) {
  const Result<const Importer*> importer = importerFor("PG:host=127.0.0.1 port=1 dbname=town connect_timeout=1");
  ASSERT_TRUE(importer);
  const Reading reading = read(**importer, "PG:host=127.0.0.1 port=1 dbname=town connect_timeout=1");
  ASSERT_TRUE(reading.error);
  EXPECT_EQ(reading.error->code, ErrorCode::unreadable);
  EXPECT_THAT(reading.error->text(), HasSubstr("database cannot be reached"));
}

TEST(PostGis, APasswordInTheTextIsRefusedAndNotRepeated) {
  const Reading reading = read(vectorImporter(), "PG:host=127.0.0.1 dbname=town password=secret");
  ASSERT_TRUE(reading.error);
  EXPECT_THAT(reading.error->text(), HasSubstr("PGPASSWORD"));
  EXPECT_THAT(reading.error->text(), ::testing::Not(HasSubstr("secret")));
}

TEST(BadRings, ThatTouchThemselvesOrHoldNoNumbersAreBounded) {
  const TempFolder folder;
  write(folder / "水面.geojson", R"({"type":"FeatureCollection",
    "crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::6676"}},"features":[
    {"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[31000,160000],[31010,160010],[31010,160000],[31000,160010],[31000,160000]]]}},
    {"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[31000,160000],[1e400,160010],[31010,160000],[31000,160000]]]}},
    {"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[]}}]})");
  const Reading reading = read(vectorImporter(), folder / "水面.geojson");
  EXPECT_LE(reading.got.objects.size(), 2u) << reading.report();
  for (const model::CityObject& object : reading.got.objects)
    for (const model::Surface& surface : object.geometry.surfaces)
      for (const Vec3d& point : surface.polygon.outer) EXPECT_TRUE(isFinite(point));
}

}  // namespace
}  // namespace hashimichi::import::tests
