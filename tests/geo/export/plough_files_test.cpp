// Plough routes on paper and in files.
#include "geo/export/plough_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "geo/core/file.h"
#include "geo/routing/plough_plan.h"
#include "tests/geo/export/made_snapshot.h"

namespace hashimichi::exporting {
namespace {

using testing::HasSubstr;
using tests::MadeDecision;

/// A made town whose due roads were planned, written in one format.
struct WrittenRoutes {
  SilentProgress silent;
  tests::TempFolder folder;
  MadeDecision made{assess::Subject::snow, {.streets = 8, .buildings = 50}};
  routing::PloughTown town;
  std::vector<routing::PlannedPloughs> plans;
  Language language;

  explicit WrittenRoutes(Language wanted) : language(wanted) {
    routing::SearchLimits limits;
    limits.idle_generations = 500;
    town = *routing::ploughTown(made.project.model, made.ranking, *assess::snow::loadProfile("generic"), {}, silent);
    for (const routing::PloughProblem& problem : town.districts)
      plans.push_back(*routing::planPloughs(problem, limits, silent));
  }
  std::string write(PloughFormat format) {
    const Snapshot decision = made.snapshot(language);
    const std::filesystem::path path = folder / fileNameOf(format);
    const Status written = writePloughs({decision, town, plans}, format, path, silent);
    EXPECT_TRUE(written) << written.error().text();
    return toUtf8(path);
  }
  std::string json() {
    const Snapshot decision = made.snapshot(language);
    return ploughJson({decision, town, plans});
  }
};

std::size_t linesOf(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST(PloughFiles, JsonTellsPriceBoundGapAndEveryStep) {
  WrittenRoutes routes(Language::en);
  const nlohmann::json json = nlohmann::json::parse(routes.json());
  ASSERT_GT(json["route_count"], 0);
  ASSERT_EQ(json["districts"].size(), routes.plans.size());
  for (const nlohmann::json& district : json["districts"]) {
    EXPECT_EQ(district["price"]["rules_broken"], 0);
    EXPECT_GE(district["price"]["time_min"], district["lower_bound"]["time_min"]);
    for (const nlohmann::json& route : district["routes"]) {
      EXPECT_EQ(route["steps"].front()["begins"], district["start"]);
      EXPECT_EQ(route["steps"].back()["kind"], "home");
      EXPECT_EQ(route["steps"].back()["ends"], route["back"]);
    }
  }
  EXPECT_THAT(routes.json(), HasSubstr("plough.machine_assumed"));
}

TEST(PloughFiles, TheTableHasOneLineForEachStep) {
  WrittenRoutes routes(Language::ja);
  const std::string table = *readFile(routes.write(PloughFormat::csv));
  std::size_t steps = 0;
  const nlohmann::json json = nlohmann::json::parse(routes.json());
  for (const nlohmann::json& district : json["districts"])
    for (const nlohmann::json& route : district["routes"]) steps += route["steps"].size();
  EXPECT_EQ(linesOf(table), steps + 1);
  EXPECT_EQ(table.substr(0, 3), "\xEF\xBB\xBF");
}

TEST(PloughFiles, GeoJsonLinesFollowEachOtherInTimeAndLieInJapan) {
  WrittenRoutes routes(Language::ja);
  const nlohmann::json json = nlohmann::json::parse(*readFile(routes.write(PloughFormat::geojson)));
  ASSERT_FALSE(json["features"].empty());
  const nlohmann::json* before = nullptr;
  for (const nlohmann::json& feature : json["features"]) {
    const nlohmann::json& properties = feature["properties"];
    // Where a machine only turns round it stands at a point.
    const nlohmann::json& shape = feature["geometry"];
    const nlohmann::json& first = shape["type"] == "Point" ? shape["coordinates"] : shape["coordinates"][0];
    EXPECT_NEAR(first[0].get<double>(), 138.85, 0.1);
    EXPECT_NEAR(first[1].get<double>(), 37.45, 0.1);
    const bool goes_on = before != nullptr && (*before)["route"] == properties["route"];
    EXPECT_EQ(properties["order"] == 1, !goes_on);
    if (goes_on) {
      EXPECT_EQ((*before)["ends"], properties["begins"]);
    }
    before = &properties;
  }
}

TEST(PloughFiles, EachRouteHasItsDriverSheet) {
  WrittenRoutes routes(Language::ja);
  const std::string path = routes.write(PloughFormat::pdf);
  const std::optional<std::string> text = tests::outputOf(routes.folder, "pdftotext -layout -enc UTF-8 " + path + " -");
  if (!text) GTEST_SKIP() << "needs poppler-utils";
  std::size_t number = 0;
  for (const routing::PlannedPloughs& plan : routes.plans)
    for (const routing::RouteTimes& times : plan.evaluation.routes) {
      if (times.visits.empty()) continue;
      EXPECT_THAT(*text, HasSubstr("経路 " + std::to_string(++number)));
    }
  EXPECT_GT(number, 0u);
  for (const char* word : {"除雪経路票", "転回", "帰着", "期限", "完了目標", "支障・事故・備考"})
    EXPECT_THAT(*text, HasSubstr(word));
}

TEST(PloughFiles, WithoutRoutesNoSheetIsWritten) {
  WrittenRoutes routes(Language::en);
  for (routing::PlannedPloughs& plan : routes.plans) plan = {};
  const Snapshot decision = routes.made.snapshot(Language::en);
  const std::filesystem::path path = routes.folder / "none.pdf";
  const Status written = writePloughs({decision, routes.town, routes.plans}, PloughFormat::pdf, path, routes.silent);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().where, toUtf8(path));
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace hashimichi::exporting
