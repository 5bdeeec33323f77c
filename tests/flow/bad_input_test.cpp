// What a person sees when the input is bad: one sentence, the right exit code, and nothing lost.
#include <gmock/gmock.h>

#include "tests/flow/program.h"

namespace hashimichi::tests {
namespace {

using ::testing::HasSubstr;

std::size_t linesOf(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

void write(const std::filesystem::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

TEST(BadInput, AFileThatDoesNotExistIsNamedInOneSentence) {
  const TempFolder folder;
  const Answer answer = hashimichi({"info", (folder / "nowhere.gml").string()});
  EXPECT_EQ(answer.exit_code, 3);
  EXPECT_THAT(answer.err, HasSubstr("nowhere.gml"));
  EXPECT_LE(linesOf(answer.err), 3u) << answer.err;
}

TEST(BadInput, AnEmptyFileIsRefused) {
  const TempFolder folder;
  write(folder / "empty.gml", "");
  const Answer answer = hashimichi({"info", (folder / "empty.gml").string()});
  EXPECT_EQ(answer.exit_code, 3);
  EXPECT_THAT(answer.err, HasSubstr("empty"));
}

TEST(BadInput, ATruncatedCityModelKeepsWhatWasWhole) {
  const std::filesystem::path whole = sharedData("plateau/01100_sapporo-shi/udx/bldg/64413325_bldg_6697_op.gml");
  HASHIMICHI_NEEDS_SHARED(whole);
  const TempFolder folder;
  std::ifstream stream(whole, std::ios::binary);
  const std::string content((std::istreambuf_iterator<char>(stream)), {});
  write(folder / "cut.gml", content.substr(0, content.size() / 2));
  const Answer answer = hashimichi({"info", (folder / "cut.gml").string(), "--json"});
  EXPECT_EQ(answer.exit_code, 1) << answer.err;
  const nlohmann::json json = answer.json();
  EXPECT_GT(json["features"]["Building"], 5);
  EXPECT_LT(json["features"]["Building"], 25);
  EXPECT_GE(json["skipped_count"], 1);
}

TEST(BadInput, AnUnknownCrsIsRefusedWithTheWordThatWasWrong) {
  const TempFolder folder;
  write(
      folder / "a.geojson",
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"a"},"geometry":{"type":"LineString","coordinates":[[138.85,37.44],[138.86,37.44]]}}]})");
  const Answer answer =
      hashimichi({"import", (folder / "p").string(), (folder / "a.geojson").string(), "--crs", "EPSG:4326"});
  EXPECT_EQ(answer.exit_code, 3);
  EXPECT_THAT(answer.err, HasSubstr("EPSG:4326"));
  EXPECT_FALSE(std::filesystem::exists(folder / "p.hashimichi" / "project.gpkg"));
}

TEST(BadInput, ASurveyWithoutCrsIsToldAboutInItsOwnNumbers) {
  const std::filesystem::path survey = sharedData("delft-town/ahn3_cropped_2.laz");
  HASHIMICHI_NEEDS_SHARED(survey);
  const Answer answer = hashimichi({"info", survey.string(), "--json"});
  EXPECT_EQ(answer.exit_code, 0) << answer.err;
  const nlohmann::json json = answer.json();
  EXPECT_EQ(json["crs"], "");
  EXPECT_EQ(json["points"], 208432);  // and the bounds: ../shared/data/README.md
  EXPECT_NEAR(json["bounds"][0].get<double>(), 85000.001, 1e-6);
  EXPECT_NEAR(json["bounds"][4].get<double>(), 447641.299, 1e-6);
  EXPECT_THAT(json["assumptions"].dump(), HasSubstr("crs.unknown"));
}

TEST(BadInput, ABadFileAmongGoodOnesCostsOnlyItself) {
  const TempFolder folder;
  write(
      folder / "roads.geojson",
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"路線名":"市道1号"},"geometry":{"type":"LineString","coordinates":[[138.85,37.44],[138.86,37.44]]}}]})");
  write(folder / "broken.csv", std::string("\xFF\xFE\xFF\xFF broken"));
  const Answer answer = hashimichi({"import", (folder / "p").string(), (folder / "roads.geojson").string(),
                                    (folder / "broken.csv").string(), "--json"});
  EXPECT_EQ(answer.exit_code, 1) << answer.err;
  EXPECT_THAT(answer.out, HasSubstr("broken.csv"));
  EXPECT_EQ(hashimichi({"info", (folder / "p.hashimichi").string(), "--json"}).json()["features"]["Road"], 1);
}

TEST(BadInput, AnImportThatFailsLeavesTheProjectAsItWas) {
  const TempFolder folder;
  write(
      folder / "roads.geojson",
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"路線名":"市道1号"},"geometry":{"type":"LineString","coordinates":[[138.85,37.44],[138.86,37.44]]}}]})");
  const std::string project = (folder / "p").string();
  ASSERT_LE(hashimichi({"import", project, (folder / "roads.geojson").string()}).exit_code, 1);
  const auto before = std::filesystem::last_write_time(folder / "p.hashimichi" / "project.gpkg");
  write(folder / "noise.bin", "no format at all");
  EXPECT_EQ(hashimichi({"import", project, (folder / "noise.bin").string()}).exit_code, 3);
  EXPECT_EQ(std::filesystem::last_write_time(folder / "p.hashimichi" / "project.gpkg"), before);
  EXPECT_EQ(hashimichi({"info", project + ".hashimichi", "--json"}).json()["features"]["Road"], 1);
}

TEST(BadInput, WordsThatAreNotUnderstoodAreUsageErrors) {
  EXPECT_EQ(hashimichi({}).exit_code, 2);
  EXPECT_EQ(hashimichi({"polish"}).exit_code, 2);
  EXPECT_EQ(hashimichi({"export", "p", "snow", "--format", "docx"}).exit_code, 2);
}

TEST(BadInput, ADamagedProjectIsRefusedWithItsName) {
  const TempFolder folder;
  std::filesystem::create_directory(folder / "p.hashimichi");
  write(folder / "p.hashimichi" / "project.gpkg", "SQLite format 3\0 but not really");
  const Answer answer = hashimichi({"assess", (folder / "p").string(), "snow"});
  EXPECT_EQ(answer.exit_code, 3);
  EXPECT_THAT(answer.err, HasSubstr("project.gpkg"));
}

TEST(BadInput, TheViewerWithoutADisplayNamesTheOtherWay) {
  const Answer answer = hashimichi({"view"});
  EXPECT_EQ(answer.exit_code, 3);
  EXPECT_THAT(answer.err, HasSubstr("snapshot"));
}

TEST(Help, OfEachVerbFitsOneScreen) {
  for (const std::string verb : {"import", "assess", "export", "snapshot", "info", "view", "demo"}) {
    const Answer answer = hashimichi({verb, "--help"});
    EXPECT_EQ(answer.exit_code, 0);
    // import and snapshot have the most to choose; the other verbs fit the smallest terminal.
    EXPECT_LE(linesOf(answer.out), verb == "import" || verb == "snapshot" ? 32u : 24u) << verb;
    EXPECT_GT(linesOf(answer.out), 3u) << verb;
  }
}

TEST(Help, SpeaksJapaneseWhereTheEnvironmentDoes) {
  EXPECT_THAT(hashimichi({"--help"}, "env LC_ALL=ja_JP.UTF-8").out, HasSubstr("除雪"));
}

}  // namespace
}  // namespace hashimichi::tests
