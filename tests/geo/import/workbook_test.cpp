// XLSX and ODS workbooks as registers, heads in two rows, and tables of anything with a place.
#include <gmock/gmock.h>
#include <ogrsf_frmts.h>

#include "geo/core/text.h"
#include "tests/geo/import/reading.h"
#include "tests/support/open_files.h"

namespace hashimichi::import::tests {
namespace {

using ::testing::HasSubstr;

using Rows = std::vector<std::vector<std::string>>;

/// A workbook written by GDAL; the first row is written as a row like the others.
void writeWorkbook(const char* driver_name, const std::filesystem::path& path,
                   const std::vector<std::pair<std::string, Rows>>& sheets) {
  GDALAllRegister();
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(driver_name);
  const GDALDatasetUniquePtr workbook(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  for (const auto& [name, rows] : sheets) {
    OGRLayer* layer = workbook->CreateLayer(name.c_str(), nullptr, wkbNone, nullptr);
    for (std::size_t i = 0; i < rows[0].size(); ++i) {
      OGRFieldDefn field(rows[0][i].c_str(), OFTString);
      layer->CreateField(&field);
    }
    for (std::size_t r = 1; r < rows.size(); ++r) {
      const OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer->GetLayerDefn()));
      for (std::size_t i = 0; i < rows[r].size(); ++i)
        if (!rows[r][i].empty()) feature->SetField(static_cast<int>(i), rows[r][i].c_str());
      if (layer->CreateFeature(feature.get()) != OGRERR_NONE) ADD_FAILURE();
    }
  }
}

const Rows bridges{{"橋梁ID", "橋梁名", "緯度", "経度", "橋長(m)", "幅員(m)", "架設年"},
                   {"B001", "中央橋", "37.4463", "138.8513", "120.5", "9.8", "1983"},
                   {"B002", "大手橋", "37.4473", "138.8523", "15", "6", "昭和45年"}};

class Workbook : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(Workbook, OfBridgesIsReadAsTheSameCsvWouldBe) {
  const auto [driver, name] = GetParam();
  const TempFolder folder;
  writeWorkbook(driver, folder / name, {{"橋梁台帳", bridges}});
  const Result<const Importer*> importer = importerFor(folder / name);
  ASSERT_TRUE(importer) << importer.error().text();
  const Reading reading = read(**importer, folder / name);
  ASSERT_EQ(reading.got.bridges.size(), 2u) << reading.report();
  EXPECT_EQ(reading.got.bridges[0].id, "B001");
  EXPECT_EQ(reading.got.bridges[0].length_m, 120.5);
  EXPECT_EQ(reading.got.bridges[0].year_built, 1983);
  EXPECT_EQ(reading.got.bridges[1].year_built, 1970);
  ASSERT_TRUE(reading.got.bridges[0].position);
  EXPECT_NEAR(reading.got.bridges[0].position->x, 83.033, 0.01);  // gdaltransform, EPSG:6668 to 6676
  Problems problems;
  const Result<Peek> peek = tableImporter().peek(folder / name, {}, problems);
  ASSERT_TRUE(peek);
  EXPECT_EQ(peek->crs, "EPSG:6668");
}

TEST_P(Workbook, WithASheetOfNotesBesideItsTableNamesTheSheet) {
  const auto [driver, name] = GetParam();
  const TempFolder folder;
  writeWorkbook(driver, folder / name, {{"凡例", {{"記号", "意味"}, {"○", "有"}}}, {"橋梁台帳", bridges}});
  const Reading reading = read(tableImporter(), folder / name);
  EXPECT_FALSE(reading.error) << reading.report();
  EXPECT_EQ(reading.got.bridges.size(), 2u);
  EXPECT_EQ(reading.skipped("sheet.unread"), 1u);
  EXPECT_THAT(reading.report(), HasSubstr("凡例"));
}

TEST_P(Workbook, CutAnywhereIsAClearErrorWithNoFileLeftOpen) {
  const auto [driver, name] = GetParam();
  const TempFolder folder;
  writeWorkbook(driver, folder / name, {{"橋梁台帳", bridges}});
  const std::string whole = slurp(folder / name);
  const std::size_t open_before = hashimichi::tests::openFiles();
  for (std::size_t bytes = 10; bytes < whole.size(); bytes += whole.size() / 40) {
    write(folder / name, whole.substr(0, bytes));
    const Reading reading = read(tableImporter(), folder / name);
    ASSERT_TRUE(reading.error) << bytes;
    EXPECT_THAT(reading.error->where, HasSubstr(name));
  }
  EXPECT_EQ(hashimichi::tests::openFiles(), open_before);
}

TEST_P(Workbook, ThatUnpacksToGigabytesIsRefusedUnopened) {
  const auto [driver, name] = GetParam();
  const TempFolder folder;
  writeWorkbook(driver, folder / name, {{"橋梁台帳", bridges}});
  std::string zip = slurp(folder / name);
  zip.replace(zip.find("PK\x01\x02") + 24, 4, "\xFF\xFF\xFF\xFF");
  write(folder / name, zip);
  const Reading reading = read(tableImporter(), folder / name);
  ASSERT_TRUE(reading.error);
  EXPECT_EQ(reading.error->code, ErrorCode::limit);
}

INSTANTIATE_TEST_SUITE_P(Forms, Workbook,
                         ::testing::Values(std::pair{"XLSX", "橋梁.xlsx"}, std::pair{"ODS", "橋梁.ods"}));

TEST(Workbooks, OtherZipsAndTextUnderTheNameAreNotAccepted) {
  EXPECT_FALSE(tableImporter().accepts("a.xlsx", "橋梁ID,橋梁名"));
  EXPECT_FALSE(tableImporter().accepts("a.zip", "PK\x03\x04"));
  EXPECT_TRUE(tableImporter().accepts("a.xlsx", "PK\x03\x04"));
  const TempFolder folder;
  write(folder / "a.xlsx", "PK\x03\x04 and nothing behind it");
  EXPECT_TRUE(read(tableImporter(), folder / "a.xlsx").error);
}

Reading readCsv(const std::string& name, const std::string& content) {
  const TempFolder folder;
  write(folder / name, content);
  return read(tableImporter(), folder / name);
}

TEST(Heads, InTwoRowsAsMergedCellsLeaveThemAreReadTogether) {
  const Reading reading = readCsv("台帳.csv",
                                  "橋梁台帳一覧,,,,,\n"
                                  "橋梁ID,橋梁名,位置,,諸元,\n"
                                  ",,緯度,経度,橋長(m),幅員(m)\n"
                                  "B1,中央橋,37.4463,138.8513,12.5,6\n");
  ASSERT_EQ(reading.got.bridges.size(), 1u) << reading.report();
  EXPECT_EQ(reading.got.bridges[0].name, "中央橋");
  EXPECT_EQ(reading.got.bridges[0].length_m, 12.5);
  EXPECT_EQ(reading.got.bridges[0].width_m, 6);
}

TEST(Places, OfAnythingBecomePointsThatAreShown) {
  const Reading reading =
      readCsv("アンダーパス.csv", "ID,経度,緯度,名称\n1,138.8513,37.4463,駅前アンダーパス\n2,,,なし\n");
  ASSERT_EQ(reading.got.objects.size(), 1u) << reading.report();
  EXPECT_EQ(reading.got.objects[0].name, "駅前アンダーパス");
  EXPECT_EQ(reading.got.objects[0].type, "Place");
  ASSERT_EQ(reading.got.objects[0].geometry.points.size(), 1u);
  EXPECT_NEAR(reading.got.objects[0].geometry.points[0].x, 83.033, 0.01);
  EXPECT_NEAR(reading.got.objects[0].geometry.points[0].y, 541.384, 0.01);
  EXPECT_EQ(reading.skipped("row.no_place"), 1u);
}

TEST(Places, AsShapesInTextAreWhatTheFileIsNamed) {
  const Reading reading = readCsv("道路.csv",
                                  "路線名,幅員,WKT\n"
                                  "大手通り,6.5,\"LINESTRING (138.8513 37.4463, 138.8523 37.4463)\"\n"
                                  "裏通り,4,LINESTRING (abc\n"
                                  "横丁,3,\"LINESTRING (nan nan, 1 1)\"\n");
  ASSERT_GE(reading.got.roads.size(), 1u) << reading.report();
  EXPECT_EQ(reading.got.roads.size(), 1u) << reading.report();
  EXPECT_EQ(reading.got.roads[0].name, "大手通り");
  EXPECT_DOUBLE_EQ(reading.got.roads[0].width_m, 6.5);
  EXPECT_NEAR(reading.got.roads[0].centreline[0].x, 83.033, 0.01);
  EXPECT_GE(reading.skipped("value.unread"), 1u);
}

TEST(Places, OfYaizusUnderpassesAreAllThere) {
  HASHIMICHI_NEEDS_SHARED(sharedData("roads/yaizu"));
  const ReadingOptions yaizu{6676, {-19000, -129000, 0}, {}, {}};
  const std::filesystem::path file = sharedData("roads/yaizu/アンダーパス/アンダーパス.csv");
  const std::string text = slurp(file);
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  const Reading reading = read(tableImporter(), file, yaizu);
  EXPECT_GE(reading.got.objects.size() + 1, lines) << reading.report();
  EXPECT_EQ(reading.problems.count(ProblemKind::skipped), 0u) << reading.report();
}

}  // namespace
}  // namespace hashimichi::import::tests
