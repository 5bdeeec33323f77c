// The whole line on the synthetic town, through the program's own words: files in, decisions on maps out.
#include <gmock/gmock.h>

#include "tests/flow/program.h"

namespace hashimichi::tests {
namespace {

using ::testing::HasSubstr;

/// One small town for all tests of this file, made once.
class DemoFlow : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TempFolder;
    made_ = hashimichi({"demo", "--out", out().string(), "--scale", "0.15", "--headless", "--lang", "en"});
  }
  static void TearDownTestSuite() { delete folder_; }
  static std::filesystem::path out() { return *folder_ / "demo"; }
  static std::string project() { return (out() / "town.hashimichi").string(); }

  inline static TempFolder* folder_ = nullptr;
  inline static Answer made_;
};

TEST_F(DemoFlow, EndsWithoutFailureAndLeavesEveryFormOfBothDecisions) {
  ASSERT_LE(made_.exit_code, 1) << made_.err;
  for (const std::string stem : {"snow", "ageing"})
    for (const std::string extension : {".pdf", ".gpkg", ".geojson", ".csv", ".png"}) {
      const std::filesystem::path file = out() / (stem + extension);
      ASSERT_TRUE(std::filesystem::exists(file)) << file;
      EXPECT_GT(std::filesystem::file_size(file), 1000u) << file;
    }
}

TEST_F(DemoFlow, InfoOfTheProjectCarriesTheContractsKeys) {
  const Answer info = hashimichi({"info", project(), "--json"});
  const nlohmann::json json = info.json();
  ASSERT_TRUE(json.is_object()) << info.out << info.err;
  for (const char* key : {"format", "crs", "bounds", "features", "points", "assumptions", "skipped"})
    EXPECT_TRUE(json.contains(key)) << key;
  EXPECT_EQ(json["crs"], "EPSG:6676");
  EXPECT_GT(json["features"]["Road"], 100);
  EXPECT_GT(json["features"]["Bridge"], 3);
  EXPECT_GT(json["points"], 10000);
}

TEST_F(DemoFlow, TheReportSaysThatEncodingAndZoneOfTheShapefileWereAssumed) {
  const std::string text = hashimichi({"info", project(), "--json"}).json()["assumptions"].dump();
  EXPECT_THAT(text, HasSubstr("encoding.assumed"));
  EXPECT_THAT(text, HasSubstr("crs.assumed"));
}

TEST_F(DemoFlow, SnowRanksComeWithReasonsAndTheSameTwice) {
  const std::vector<std::string> words{"assess",    project(),  "snow",  "--at", "2026-01-15T04:00+09:00",
                                       "--profile", "hakodate", "--top", "0",    "--json"};
  const Answer first = hashimichi(words), second = hashimichi(words);
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_EQ(first.out, second.out);
  const nlohmann::json rows = first.json()["rows"];
  ASSERT_FALSE(rows.empty());
  double last_score = 1e9;
  std::string last_tier;
  for (const nlohmann::json& row : rows) {
    EXPECT_FALSE(row["reasons"].empty()) << row.dump();
    if (row["tier"] == last_tier && row["rank"] != 0) {
      EXPECT_LE(row["score"].get<double>(), last_score + 1e-9) << row.dump();
    }
    last_tier = row["tier"];
    last_score = row["score"];
  }
}

/// glibc chooses its mathematics by what the processor can do; the ranks must not. Where AVX2 or FMA is not there, both
/// runs are the same and the test says little.
TEST_F(DemoFlow, BothRankingsAreTheSameWithoutTheProcessorsNewerInstructions) {
  const std::string plain = "env -u DISPLAY -u WAYLAND_DISPLAY LC_ALL=C.UTF-8";
  for (const char* subject : {"snow", "ageing"}) {
    const std::vector<std::string> words{"assess", project(), subject, "--at", "2026-01-15T04:00+09:00",
                                         "--top",  "0",       "--json"};
    const Answer all = hashimichi(words, plain);
    const Answer without =
        hashimichi(words, plain + " GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA,-AVX2_Usable,-FMA_Usable,-FMA4");
    ASSERT_EQ(without.exit_code, 0) << without.err;
    EXPECT_EQ(all.out, without.out) << subject;
  }
}

TEST_F(DemoFlow, AWhatIfTellsWhichRoadsItChangesAndRefusesAWeightThatIsNone) {
  const std::vector<std::string> night{"assess", project(), "snow",  "--at", "2026-01-15T04:00+09:00",
                                       "--top",  "0",       "--json"};
  std::vector<std::string> more = night, wrong = night;
  more.insert(more.end(), {"--snowfall-factor", "2", "--weight", "traffic=0.4"});
  const nlohmann::json as_it_is = hashimichi(night).json(), what_if = hashimichi(more).json();
  ASSERT_TRUE(what_if.is_object());
  EXPECT_EQ(what_if["what_if"], "snowfall ×2, other weights of the score");
  EXPECT_THAT(what_if["method"].get<std::string>(), testing::StartsWith("[What if: "));
  EXPECT_EQ(what_if["row_count"], as_it_is["row_count"]);
  ASSERT_GT(what_if["changes"].size(), 0u);
  EXPECT_TRUE(what_if["changes"][0].contains("tier_as_it_is"));
  EXPECT_FALSE(as_it_is.contains("changes"));
  wrong.insert(wrong.end(), {"--weight", "beauty=1"});
  const Answer refused = hashimichi(wrong);
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("traffic"));
}

TEST_F(DemoFlow, PloughRoutesComeWithABoundAndAFolderForTheDrivers) {
  const std::filesystem::path folder = out() / "routes";
  const Answer routes = hashimichi({"routes", project(), "--at", "2026-01-15T04:00+09:00", "--seconds", "2", "--json",
                                    "--out", folder.string(), "--lang", "en"});
  ASSERT_LE(routes.exit_code, 1) << routes.err;
  EXPECT_TRUE(routes.json().is_object()) << routes.out.substr(0, 400);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files += entry.file_size() > 100 ? 1 : 0;
  EXPECT_GE(files, 3u);
}

TEST_F(DemoFlow, AFourthSoundnessBridgeLeadsTheAgeingRanking) {
  const nlohmann::json rows = hashimichi({"assess", project(), "ageing", "--top", "0", "--json"}).json()["rows"];
  ASSERT_FALSE(rows.empty());
  const auto has = [](const nlohmann::json& row) { return row.dump().find("soundness_IV") != std::string::npos; };
  ASSERT_GT(std::count_if(rows.begin(), rows.end(), has), 0) << "the town must hold a bridge of soundness IV";
  EXPECT_TRUE(has(rows[0])) << rows[0].dump();
}

TEST_F(DemoFlow, TheSheetNamesItsMomentAndItsCoordinateSystem) {
  const std::string text_file = (out() / "sheet.txt").string();
  ASSERT_EQ(std::system(("pdftotext " + quoted((out() / "snow.pdf").string()) + " " + quoted(text_file)).c_str()), 0);
  std::ifstream stream(text_file);
  const std::string text((std::istreambuf_iterator<char>(stream)), {});
  EXPECT_THAT(text, HasSubstr("2026-01-15 04:00"));
  EXPECT_THAT(text, HasSubstr("EPSG:6676"));
}

TEST_F(DemoFlow, TheGeoPackageOpensInGdalWithTheSameNumberOfRoads) {
  const std::string text_file = (out() / "ogr.txt").string();
  ASSERT_EQ(std::system(
                ("ogrinfo -ro -so -al " + quoted((out() / "snow.gpkg").string()) + " > " + quoted(text_file)).c_str()),
            0);
  std::ifstream stream(text_file);
  const std::string text((std::istreambuf_iterator<char>(stream)), {});
  const auto roads = hashimichi({"info", project(), "--json"}).json()["features"]["Road"].get<std::size_t>();
  EXPECT_THAT(text, HasSubstr("Feature Count: " + std::to_string(roads)));
}

TEST_F(DemoFlow, APictureEqualsItselfAndDiffersFromAnotherDecision) {
  const std::string reference = (out() / "reference.png").string(), again = (out() / "again.png").string();
  const std::vector<std::string> common{"snapshot", project(), "snow", "--size", "640x400", "--camera", "top"};
  const auto with = [&](std::initializer_list<std::string> more) {
    std::vector<std::string> words = common;
    words.insert(words.end(), more);
    return hashimichi(words);
  };
  ASSERT_EQ(with({"--out", reference}).exit_code, 0);
  const Answer same = with({"--out", again, "--reference", reference});
  EXPECT_EQ(same.exit_code, 0) << same.out << same.err;
  const Answer other = with({"--out", again, "--reference", reference, "--at", "2026-01-12T12:00+09:00"});
  EXPECT_EQ(other.exit_code, 3) << "a ranking without due roads must look different: " << other.out;
}

}  // namespace
}  // namespace hashimichi::tests
