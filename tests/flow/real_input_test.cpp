// The same line on files that nobody here made.
#include <gmock/gmock.h>

#include "tests/flow/program.h"

namespace hashimichi::tests {
namespace {

std::vector<std::string> wordsWith(std::vector<std::string> words, const std::vector<std::filesystem::path>& files) {
  for (const std::filesystem::path& file : files) words.push_back(file.string());
  return words;
}

TEST(RealInput, ADutchQuarterOfLazRoadsBridgesAndBuildingsBecomesADecision) {
  const std::filesystem::path delft = sharedData("delft-town");
  HASHIMICHI_NEEDS_SHARED(delft);
  const TempFolder folder;
  const std::string project = (folder / "delft").string();
  const Answer imported = hashimichi(
      wordsWith({"import", project, "--source-crs", "EPSG:28992", "--json"},
                {delft / "bgt_wegdeel.sqlite", delft / "bgt_overbruggingsdeel.sqlite", delft / "bgt_pand.sqlite",
                 delft / "bgt_waterdeel.sqlite", delft / "ahn3_cropped_1.laz", delft / "ahn3_cropped_2.laz"}));
  ASSERT_LE(imported.exit_code, 1) << imported.err;
  const nlohmann::json info = hashimichi({"info", project + ".hashimichi", "--json"}).json();
  // Counts of ../shared/data/README.md.
  EXPECT_EQ(info["features"]["Road"], 151);
  EXPECT_EQ(info["features"]["Building"], 160);
  EXPECT_EQ(info["features"]["Bridge"], 3);
  EXPECT_EQ(info["points"], 640510 + 208432);
  EXPECT_EQ(info["crs"], "EPSG:28992");
  const Answer snow = hashimichi({"assess", project, "snow", "--at", "2026-01-15T04:00+09:00", "--json", "--top", "0"});
  ASSERT_EQ(snow.exit_code, 0) << snow.err;
  EXPECT_EQ(snow.json()["row_count"], 151);
  const std::string sheet = (folder / "delft.pdf").string(), picture = (folder / "delft.png").string();
  EXPECT_EQ(hashimichi({"export", project, "ageing", "--format", "pdf", "--out", sheet}).exit_code, 0);
  EXPECT_GT(std::filesystem::file_size(sheet), 10000u);
  const Answer drawn = hashimichi({"snapshot", project, "snow", "--out", picture, "--size", "800x500"});
  EXPECT_EQ(drawn.exit_code, 0) << drawn.err;
}

struct PlateauCase {
  const char* file;
  const char* type;
  int count;
};
void PrintTo(const PlateauCase& one, std::ostream* out) {
  *out << one.file;
}
class RealPlateau : public ::testing::TestWithParam<PlateauCase> {};

TEST_P(RealPlateau, FeatureCountsEqualThoseOfTheFile) {
  const std::filesystem::path file = sharedData("plateau") / GetParam().file;
  HASHIMICHI_NEEDS_SHARED(file);
  const Answer info = hashimichi({"info", file.string(), "--json"});
  ASSERT_LE(info.exit_code, 1) << info.err;
  EXPECT_EQ(info.json()["features"][GetParam().type], GetParam().count) << info.out.substr(0, 2000);
}

INSTANTIATE_TEST_SUITE_P(
    OneOfEachKind, RealPlateau,
    ::testing::Values(PlateauCase{"01100_sapporo-shi/udx/bldg/64413325_bldg_6697_op.gml", "Building", 25},
                      PlateauCase{"13100_tokyo23-ku_2020/udx/tran/533925_tran_6697_op.gml", "Road", 9},
                      PlateauCase{"13100_tokyo23-ku_2020/udx/brid/53394525_brid_6697_op.gml", "Bridge", 59},
                      PlateauCase{"14201_yokosuka-shi/udx/bldg/52397519_bldg_6697_op.gml", "Building", 13},
                      PlateauCase{"34100_hiroshima_plateau-3_0/udx/brid/hodokyo_51324378_brid_6697.gml", "Bridge", 1}));

TEST(RealInput, FourPlateauFilesOfOneWardMakeATown) {
  const std::filesystem::path tokyo = sharedData("plateau/13100_tokyo23-ku_2020/udx");
  HASHIMICHI_NEEDS_SHARED(tokyo);
  const TempFolder folder;
  const std::string project = (folder / "tokyo").string();
  const Answer imported = hashimichi(
      {"import", project, (tokyo / "tran").string(), (tokyo / "brid").string(), (tokyo / "dem").string(), "--json"});
  ASSERT_LE(imported.exit_code, 1) << imported.err;
  EXPECT_EQ(imported.json()["crs"], "EPSG:6677");
  EXPECT_EQ(hashimichi({"assess", project, "ageing", "--json"}).json()["row_count"], 59);
}

}  // namespace
}  // namespace hashimichi::tests
