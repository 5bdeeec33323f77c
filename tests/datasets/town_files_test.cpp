#include <expat.h>
#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <laszip/laszip_api.h>
#include <ogrsf_frmts.h>

#include <map>
#include <memory>
#include <set>

#include "geo/core/text.h"
#include "tests/datasets/made_once.h"

namespace hashimichi::tests {
namespace {

using Dataset = std::unique_ptr<GDALDataset>;
Dataset openData(const std::string& name) {
  GDALAllRegister();
  const std::string path = (town().folder / name).string();
  return Dataset(static_cast<GDALDataset*>(GDALOpenEx(path.c_str(), GDAL_OF_READONLY, nullptr, nullptr, nullptr)));
}

TEST(Town, IsMadeInTheSizeThatWasOrderedAndInTime) {
  ASSERT_TRUE(town().summary.ok()) << town().summary.error().text();
  const datasets::TownSummary& summary = *town().summary;
  EXPECT_NEAR(static_cast<double>(summary.buildings), 2500, 50);
  EXPECT_NEAR(static_cast<double>(summary.road_segments), 1500, 120);
  EXPECT_NEAR(summary.road_km, 60, 4);
  EXPECT_EQ(summary.bridges, 40u);
  EXPECT_EQ(summary.points, 2'000'000u);
  for (const auto& file : summary.files) EXPECT_GT(std::filesystem::file_size(file), 0u) << file;
  EXPECT_LT(town().seconds, 40) << "10 s in the release build; this one is not optimised and may share the machine";
}

TEST(Town, SaysThatItIsSynthetic) {
  for (const auto& file : town().summary->files)
    if (file.extension() == ".gml") {
      EXPECT_NE(readHead(file, 400)->find("synthetic"), std::string::npos) << file;
    }
}

TEST(TownShapefile, HasNoProjectionFileNoCodePageFileAndCp932Names) {
  EXPECT_TRUE(std::filesystem::exists(town().folder / "roads_cp932.shp"));
  EXPECT_FALSE(std::filesystem::exists(town().folder / "roads_cp932.prj"));
  EXPECT_FALSE(std::filesystem::exists(town().folder / "roads_cp932.cpg"));
  const std::string dbf = bytesOf(town().folder / "roads_cp932.dbf");
  // A DBF head: 32 bytes, then 32 per field, whose first 11 hold the name; CP932 「区間ID」 and 「緊急輸送」.
  EXPECT_EQ(utf8FromCp932(dbf.substr(32, 6)), "区間ID");
  EXPECT_NE(dbf.find(*cp932FromUtf8("緊急輸送")), std::string::npos);
  EXPECT_NE(dbf.find(*cp932FromUtf8("国道517号")), std::string::npos);
  EXPECT_EQ(dbf.find("区間ID"), std::string::npos) << "no UTF-8 in it";
}

TEST(TownGeoPackage, HoldsTheSameSegmentsAndTheSnowDumpsAndTheWater) {
  const Dataset data = openData("roads.gpkg");
  ASSERT_TRUE(data);
  OGRLayer* roads = data->GetLayerByName("道路区間");
  ASSERT_TRUE(roads);
  EXPECT_EQ(static_cast<std::size_t>(roads->GetFeatureCount()), town().summary->road_segments);
  EXPECT_STREQ(roads->GetSpatialRef()->GetAuthorityCode(nullptr), "6676");
  std::map<std::string, int> clearing, owner, pipe;
  std::set<std::string> ids;
  for (const auto& feature : *roads) {
    ++clearing[feature->GetFieldAsString("除雪区分")];
    ++owner[feature->GetFieldAsString("管理者")];
    ++pipe[feature->GetFieldAsString("消雪管")];
    ids.insert(feature->GetFieldAsString("区間ID"));
  }
  EXPECT_EQ(ids.size(), town().summary->road_segments);
  for (const char* value : {"重点", "第1種", "第2種", "第3種", "生活道路"}) EXPECT_GT(clearing[value], 0) << value;
  EXPECT_EQ(clearing.size(), 5u);
  for (const char* value : {"国", "県", "市"}) EXPECT_GT(owner[value], 0) << value;
  for (const char* value : {"稼働", "故障", "なし"}) EXPECT_GT(pipe[value], 0) << value;
  EXPECT_GT(pipe["稼働"], pipe["故障"]);
  ASSERT_TRUE(data->GetLayerByName("雪堆積場"));
  EXPECT_EQ(data->GetLayerByName("雪堆積場")->GetFeatureCount(), 3);
  ASSERT_TRUE(data->GetLayerByName("水面"));
  for (const auto& water : *data->GetLayerByName("水面"))
    EXPECT_TRUE(water->GetGeometryRef()->IsValid()) << water->GetFieldAsString("名称");
}

TEST(TownRasters, LieWhereTheTownIsAndHaveBelievableHeights) {
  const Dataset dem = openData("dem_5m.tif");
  ASSERT_TRUE(dem);
  double transform[6];
  ASSERT_EQ(dem->GetGeoTransform(transform), CE_None);
  EXPECT_DOUBLE_EQ(transform[0], 30000);  // easting of the western edge: 31000 − 1000
  EXPECT_DOUBLE_EQ(transform[3], 161500);
  EXPECT_DOUBLE_EQ(transform[1], 5);
  EXPECT_STREQ(dem->GetSpatialRef()->GetAuthorityCode(nullptr), "6676");
  double range[2];
  dem->GetRasterBand(1)->ComputeRasterMinMax(FALSE, range);
  EXPECT_GE(range[0], 15);
  EXPECT_LE(range[1], 150);
  EXPECT_GT(range[1], 90) << "there are hills";
  const Dataset ortho = openData("ortho.tif");
  ASSERT_TRUE(ortho);
  EXPECT_EQ(ortho->GetRasterCount(), 3);
  EXPECT_STREQ(ortho->GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE"), "COG");
  EXPECT_GT(ortho->GetRasterBand(1)->GetOverviewCount(), 1);
}

/// Counts elements; well-formed or not.
struct Elements {
  std::map<std::string, std::size_t> count;
  bool well_formed = false;
};
Elements parseXml(const std::filesystem::path& path) {
  Elements elements;
  XML_Parser parser = XML_ParserCreate(nullptr);
  XML_SetUserData(parser, &elements);
  XML_SetStartElementHandler(
      parser, [](void* data, const XML_Char* name, const XML_Char**) { ++static_cast<Elements*>(data)->count[name]; });
  const std::string bytes = bytesOf(path);
  elements.well_formed = XML_Parse(parser, bytes.data(), static_cast<int>(bytes.size()), 1) == XML_STATUS_OK;
  XML_ParserFree(parser);
  return elements;
}

TEST(TownCityGml, IsWellFormedAndHoldsEveryBuildingRoadAndBridge) {
  std::map<std::string, std::size_t> total;
  for (const auto& file : town().summary->files) {
    if (file.extension() != ".gml") continue;
    const Elements elements = parseXml(file);
    EXPECT_TRUE(elements.well_formed) << file;
    for (const auto& [name, count] : elements.count) total[name] += count;
  }
  EXPECT_EQ(total["bldg:Building"], town().summary->buildings);
  EXPECT_EQ(total["tran:Road"], town().summary->road_segments);
  EXPECT_EQ(total["brid:Bridge"], town().summary->bridges);
  EXPECT_EQ(total["uro:ConstructionRiskAssessmentAttribute"], town().summary->bridges);
  EXPECT_GT(total["bldg:lod2Solid"], 500u) << "the centre has roofs";
  EXPECT_LT(total["bldg:lod2Solid"], total["bldg:lod1Solid"]);
  EXPECT_GT(total["gml:Triangle"], 2000u);
  for (const char* list : {"Road_function", "Bridge_class", "ConstructionRiskAssessmentAttribute_riskType"})
    EXPECT_TRUE(parseXml(town().folder / (std::string("codelists/") + list + ".xml")).well_formed) << list;
}

TEST(TownSurvey, IsLas14WithColoursAndTheClassesOfABridgeSurvey) {
  laszip_POINTER reader = nullptr;
  ASSERT_EQ(laszip_create(&reader), 0);
  laszip_BOOL compressed = 0;
  const std::string path = (town().folder / "survey_bridge_mainstreet.laz").string();
  ASSERT_EQ(laszip_open_reader(reader, path.c_str(), &compressed), 0);
  laszip_header_struct* header = nullptr;
  laszip_point_struct* point = nullptr;
  laszip_get_header_pointer(reader, &header);
  laszip_get_point_pointer(reader, &point);
  EXPECT_TRUE(compressed);
  EXPECT_EQ(header->point_data_format & 0x3f, 7);
  EXPECT_EQ(header->extended_number_of_point_records, 2'000'000u);
  EXPECT_GT(header->min_x, 30900);  // a corridor 140 m wide around easting 31000
  EXPECT_LT(header->max_x, 31100);
  std::map<int, std::size_t> classes;
  std::size_t coloured = 0, read = 0;
  for (; read < 2'000'000 && laszip_read_point(reader) == 0; ++read) {
    ++classes[point->extended_classification];
    coloured += point->rgb[0] > 0;
  }
  laszip_close_reader(reader);
  laszip_destroy(reader);
  EXPECT_EQ(read, 2'000'000u);
  EXPECT_EQ(coloured, read);
  for (const int expected : {2, 5, 6, 11, 17, 64}) EXPECT_GT(classes[expected], 2000u) << "class " << expected;
  EXPECT_EQ(classes.size(), 6u);
}

TEST(Town, IsTheSameBytesForTheSameSeedAndAnotherTownForAnother) {
  SilentProgress progress;
  TempFolder first, second, other;
  ASSERT_TRUE(datasets::makeTown(first.path(), {7, 0.02}, progress).ok());
  ASSERT_TRUE(datasets::makeTown(second.path(), {7, 0.02}, progress).ok());
  const auto changed = datasets::makeTown(other.path(), {8, 0.02}, progress);
  ASSERT_TRUE(changed.ok());
  int compared = 0, different = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(first.path())) {
    const std::string extension = entry.path().extension();
    if (extension != ".csv" && extension != ".gml" && extension != ".laz") continue;
    const auto relative = std::filesystem::relative(entry.path(), first.path());
    EXPECT_EQ(bytesOf(entry.path()), bytesOf(second.path() / relative)) << relative;
    different += bytesOf(entry.path()) != bytesOf(other.path() / relative);
    ++compared;
  }
  EXPECT_GE(compared, 9);
  EXPECT_GT(different, 4);
}

TEST(Town, RefusesAScaleThatNoMachineHoldsAndStopsWhenAsked) {
  SilentProgress progress;
  TempFolder folder;
  for (const double scale : {0.0, -1.0, 1e6, static_cast<double>(NAN)}) {
    const auto refused = datasets::makeTown(folder.path(), {1, scale}, progress);
    ASSERT_FALSE(refused.ok()) << scale;
    EXPECT_EQ(refused.error().code, ErrorCode::bad_input);
  }
  struct Stop final : Progress {
    void report(double, std::string_view) override {}
    bool cancelled() const override { return true; }
  } stop;
  const auto cancelled = datasets::makeTown(folder.path(), {1, 0.02}, stop);
  ASSERT_FALSE(cancelled.ok());
  EXPECT_EQ(cancelled.error().code, ErrorCode::cancelled);
}

TEST(Town, SaysWhichFolderItCannotMake) {
  SilentProgress progress;
  TempFolder folder;
  ASSERT_TRUE(writeFile(folder / "taken", "a file, not a folder").ok());
  const auto refused = datasets::makeTown(folder / "taken", {1, 0.02}, progress);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::write_failed);
  EXPECT_THAT(refused.error().text(), ::testing::HasSubstr("taken"));
}

}  // namespace
}  // namespace hashimichi::tests
