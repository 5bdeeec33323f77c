// The bad set for vector files: a clear sentence, no crash, bounded memory, no open file left.
#include <gmock/gmock.h>

#include "tests/geo/import/reading.h"
#include "tests/geo/import/vector_fixtures.h"
#include "tests/support/open_files.h"

namespace hashimichi::import::tests {
namespace {

using hashimichi::tests::openFiles;

using ::testing::HasSubstr;

DrawnLayer roads() {
  DrawnLayer layer{"roads", wkbLineString, {"区間ID", "路線名"}, {}, 6676};
  for (int i = 0; i < 20; ++i)
    layer.features.push_back(
        {"LINESTRING (31000 160000, 31060 160080, 31100 160090)", {"S" + std::to_string(i), "市道"}});
  return layer;
}

class TruncatedVector : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(TruncatedVector, AtEveryTenthByteIsAClearErrorOrAPartialReading) {
  const auto [driver, name] = GetParam();
  const TempFolder folder;
  writeWithGdal(driver, folder / name, {roads()});
  const std::string whole = slurp(folder / name);
  const std::size_t step = std::max<std::size_t>(10, whole.size() / 80 / 10 * 10);  // GeoPackages have 100 KiB
  const std::size_t open_before = openFiles();
  for (std::size_t bytes = step; bytes < whole.size(); bytes += step) {
    write(folder / name, whole.substr(0, bytes));
    const Reading reading = read(vectorImporter(), folder / name);
    if (reading.error) {
      EXPECT_THAT(reading.error->where, HasSubstr(name));
      EXPECT_FALSE(reading.error->what.empty());
    } else {
      EXPECT_LE(reading.got.roads.size(), 20u);
    }
    if (!reading.error && reading.got.roads.size() < 20) {
      EXPECT_GT(reading.problems.count(ProblemKind::skipped), 0u) << bytes;
    }
  }
  EXPECT_EQ(openFiles(), open_before);
}

INSTANTIATE_TEST_SUITE_P(Formats, TruncatedVector,
                         ::testing::Values(std::pair{"ESRI Shapefile", "roads.shp"},
                                           std::pair{"GeoJSON", "roads.geojson"}, std::pair{"FlatGeobuf", "roads.fgb"},
                                           std::pair{"GPKG", "roads.gpkg"}));

TEST(BadVector, AShapefileWithoutShxSaysWhichFileIsMissing) {
  const TempFolder folder;
  writeWithGdal("ESRI Shapefile", folder / "roads.shp", {roads()});
  std::filesystem::remove(folder / "roads.shx");
  const Reading reading = read(vectorImporter(), folder / "roads.shp");
  ASSERT_TRUE(reading.error);
  EXPECT_THAT(reading.error->text(), HasSubstr(".shx"));
  EXPECT_FALSE(std::filesystem::exists(folder / "roads.shx")) << "nothing is written beside the user's files";
}

TEST(BadVector, AnAbsurdRecordCountNeitherAllocatesNorLoops) {
  const TempFolder folder;
  writeWithGdal("ESRI Shapefile", folder / "roads.shp", {roads()});
  std::string dbf = slurp(folder / "roads.dbf");
  dbf.replace(4, 4, "\xFF\xFF\xFF\x7F");
  write(folder / "roads.dbf", dbf);
  const Reading reading = read(vectorImporter(), folder / "roads.shp");
  EXPECT_LE(reading.got.roads.size(), 20u) << reading.report();
  std::string shp = slurp(folder / "roads.shp");
  shp.replace(100 + 8 + 4 + 32, 8, "\xFF\xFF\xFF\x7F\xFF\xFF\xFF\x7F");  // parts and points of the first record
  write(folder / "roads.shp", shp);
  const Reading again = read(vectorImporter(), folder / "roads.shp");
  EXPECT_LT(again.got.roads.size(), 20u);
}

TEST(BadVector, DeepGeometryCollectionsEnd) {
  const TempFolder folder;
  std::string geometry = R"({"type":"Point","coordinates":[31000,160000]})";
  for (int i = 0; i < 400; ++i) geometry = R"({"type":"GeometryCollection","geometries":[)" + geometry + "]}";
  write(folder / "roads.geojson",
        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":)" + geometry + "}]}");
  EXPECT_TRUE(read(vectorImporter(), folder / "roads.geojson").got.roads.empty());
}

TEST(BadVector, WrongContentUnderAKnownNameIsNotAccepted) {
  EXPECT_FALSE(vectorImporter().accepts("roads.shp", "not a shapefile at all"));
  EXPECT_FALSE(vectorImporter().accepts("roads.gpkg", "not a database"));
  EXPECT_FALSE(vectorImporter().accepts("town.json", R"({"type":"CityJSON","version":"2.0"})"));
  EXPECT_TRUE(vectorImporter().accepts("anything", std::string_view("SQLite format 3\0", 16)));
}

TEST(BadVector, NamesThatPointElsewhereAreOnlyNames) {
  const TempFolder folder;
  write(folder / "roads.geojson", R"({"type":"FeatureCollection",
    "crs":{"type":"link","properties":{"href":"../../../etc/passwd"}},"features":[
    {"type":"Feature","properties":{"区間ID":"../../x"},"geometry":{"type":"LineString","coordinates":[[138.85,37.44],[138.86,37.44]]}}]})");
  const Reading reading = read(vectorImporter(), folder / "roads.geojson");
  if (!reading.error) {
    EXPECT_EQ(reading.got.roads.at(0).id, "../../x");
  }
}

}  // namespace
}  // namespace hashimichi::import::tests
