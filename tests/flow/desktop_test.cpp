// The window, for real: started on the display of the test run, clicked by the X server, its picture looked at.
#include "tests/flow/desktop.h"

#include <gtest/gtest.h>

#include "geo/project/project.h"
#include "tests/support/made_town.h"

namespace hashimichi {
namespace {

using nlohmann::json;
using tests::DesktopRun;

class Desktop : public testing::Test {
 protected:
  void SetUp() override { HASHIMICHI_NEEDS_DISPLAY(); }

  /// A small town, so that software OpenGL draws it quickly.
  std::string savedTown() {
    project::Project project;
    project.folder = folder_ / "town.hashimichi";
    project.name = "雪国市";
    project.model = tests::madeTown({.streets = 10, .buildings = 150, .bridges = 12, .terrain_side = 120});
    project.report.assume("道路.shp", "", "encoding.assumed", "Read as CP932.");
    SilentProgress silent;
    const Status saved = project::save(project, silent);
    EXPECT_TRUE(saved) << (saved ? "" : saved.error().text());
    return project.folder.string();
  }

  tests::TempFolder folder_;
};

struct Place {
  double x, y;
};
Place centreOf(const json& region) {
  return {region[0].get<double>() + region[2].get<double>() / 2, region[1].get<double>() + region[3].get<double>() / 2};
}

/// Waits until the camera rests.
bool waitForRest(DesktopRun& run) {
  DesktopRun::pause(0.6);
  return run.waitFor([](const json& now) { return now["flying"] == false; });
}

TEST_F(Desktop, ARowOfTheRankingSelectsItsRoadAndFliesThere) {
  DesktopRun run({savedTown(), "--lang", "en"});
  ASSERT_TRUE(run.takeFocus());
  ASSERT_TRUE(run.waitForTown());
  const json before = run.state();
  EXPECT_EQ(before["ranking_rows"], 180);  // 10 × 10 crossings: 2 × 10 × 9 segments
  const json row = before["rows"][2];
  run.click(300, row["y"]);
  ASSERT_TRUE(run.waitFor([&](const json& now) { return now["selection"]["id"] == row["id"]; }));
  ASSERT_TRUE(waitForRest(run));
  EXPECT_EQ(run.state()["selection"]["kind"], "road");
  EXPECT_LT(run.state()["camera"]["distance_m"], before["camera"]["distance_m"]);
}

TEST_F(Desktop, AClickInTheTownSelectsTheRoadUnderIt) {
  DesktopRun run({savedTown(), "--lang", "ja"});
  ASSERT_TRUE(run.takeFocus());
  ASSERT_TRUE(run.waitForTown());
  const json row = run.state()["rows"][0];
  run.click(300, row["y"]);
  ASSERT_TRUE(waitForRest(run));
  run.key("t");
  ASSERT_TRUE(waitForRest(run));
  run.key("Escape");
  ASSERT_TRUE(run.waitFor([](const json& now) { return now["selection"].is_null(); }));
  const Place centre = centreOf(run.state()["regions"]["view"]);
  const auto road_hovered = [](const json& now) { return !now["hover"].is_null() && now["hover"]["kind"] == "road"; };
  double along = 0;  // a roof may hide the road's middle
  for (; along < 200; along += 25) {
    run.moveTo(centre.x + along / 4, centre.y + along);
    if (run.waitFor(road_hovered, 1)) break;
  }
  const json pointed_at = run.state()["hover"];
  ASSERT_FALSE(pointed_at.is_null()) << "no road below the middle of the view";
  run.click(centre.x + along / 4, centre.y + along);
  EXPECT_TRUE(run.waitFor([&](const json& now) { return now["selection"] == pointed_at; }, 10)) << run.state().dump(1);
}

TEST_F(Desktop, MouseTurnsAndZoomsAndKeysSayTheSameWordsAsMenus) {
  DesktopRun run({savedTown(), "--lang", "ja"});
  ASSERT_TRUE(run.takeFocus());
  ASSERT_TRUE(run.waitForTown());
  const json start = run.state();
  const Place centre = centreOf(start["regions"]["view"]);
  run.drag(centre.x, centre.y, centre.x + 120, centre.y, 2);
  EXPECT_TRUE(run.waitFor([&](const json& now) {
    return now["camera"]["azimuth_deg"] != start["camera"]["azimuth_deg"];
  })) << "a middle drag turns the town, as in QGIS";
  EXPECT_TRUE(run.state()["selection"].is_null()) << "a drag is no click";
  const json turned = run.state();
  run.click(centre.x, centre.y, 4);
  EXPECT_TRUE(run.waitFor([&](const json& now) {
    return now["camera"]["distance_m"] < turned["camera"]["distance_m"];
  })) << "the wheel comes closer";
  run.key("n");
  EXPECT_TRUE(run.waitFor([](const json& now) { return std::abs(now["camera"]["azimuth_deg"].get<double>()) < 1e-6; }));
  run.key("bracketright");
  EXPECT_TRUE(run.waitFor([&](const json& now) { return now["time"] > start["time"]; })) << "] is one hour on";
  run.key("a");
  EXPECT_TRUE(run.waitFor([](const json& now) { return now["subject"] == "ageing" && now["ranking_rows"] == 12; }));
  run.key("l");
  EXPECT_TRUE(run.waitFor([](const json& now) { return now["language"] == "en"; }));
  run.key("space");
  EXPECT_TRUE(run.waitFor([](const json& now) { return now["playing"] == true; }));
}

TEST_F(Desktop, KeysAreLeftAloneWhileAPersonTypesIntoTheFilter) {
  DesktopRun run({savedTown(), "--lang", "en"});
  ASSERT_TRUE(run.takeFocus());
  ASSERT_TRUE(run.waitForTown());
  const json ranking = run.state()["regions"]["ranking"];
  run.click(ranking[0].get<double>() + 250, ranking[1].get<double>() + 20);
  run.type("lat");
  DesktopRun::pause(0.5);
  EXPECT_EQ(run.state()["language"], "en");
  EXPECT_EQ(run.state()["subject"], "snow");
}

TEST_F(Desktop, EveryRegionShowsSomethingInBothLanguagesAndNothingIsBlank) {
  for (const std::string language : {"ja", "en"}) {
    DesktopRun run({savedTown(), "--lang", language});
    ASSERT_TRUE(run.takeFocus());
    ASSERT_TRUE(run.waitForTown());
    run.click(300, run.state()["rows"][0]["y"]);
    ASSERT_TRUE(waitForRest(run));
    const Result<render::Image> picture = run.picture();
    ASSERT_TRUE(picture) << picture.error().text();
    const json state = run.state();
    for (const auto& [name, region] : state["regions"].items())
      EXPECT_GT(render::inkShare(tests::cut(*picture, region)), name == "view" ? 0.3 : 0.004)
          << name << " " << language;
  }
}

TEST_F(Desktop, ControlEWritesTheMapSheetBesideTheProject) {
  DesktopRun run({savedTown(), "--lang", "en"});
  ASSERT_TRUE(run.takeFocus());
  ASSERT_TRUE(run.waitForTown());
  run.key("ctrl+e");
  DesktopRun::pause(0.5);
  run.key("Return");
  ASSERT_TRUE(run.waitFor([](const json& now) {
    for (const json& notice : now["notices"])
      if (notice["text"].get<std::string>().ends_with("town_snow.pdf")) return notice["failed"] == false;
    return false;
  })) << run.state()["notices"].dump();
  std::ifstream sheet(folder_ / "town_snow.pdf");
  std::string head(5, ' ');
  sheet.read(head.data(), 5);
  EXPECT_EQ(head, "%PDF-");
}

TEST_F(Desktop, TwoClicksMeasureADistanceThatStaysWithTheProjectUntilItIsUndone) {
  const std::string town = savedTown();
  DesktopRun run({town, "--lang", "ja"});
  ASSERT_TRUE(run.takeFocus());
  ASSERT_TRUE(run.waitForTown());
  const Place centre = centreOf(run.state()["regions"]["view"]);
  run.key("m");
  ASSERT_TRUE(run.waitFor([](const json& now) { return now["tool"] == 2; }));
  run.click(centre.x - 80, centre.y + 60);
  ASSERT_TRUE(run.waitFor([](const json& now) { return now["picks"] == 1; })) << run.state().dump(1);
  EXPECT_TRUE(run.state()["selection"].is_null()) << "with a tool a click selects nothing";
  run.click(centre.x + 60, centre.y + 20);
  ASSERT_TRUE(run.waitFor([](const json& now) { return now["measurements"].size() == 1; })) << run.state().dump(1);
  EXPECT_EQ(run.state()["measurements"][0]["kind"], "distance");
  EXPECT_EQ(run.state()["picks"], 0);
  EXPECT_TRUE(std::filesystem::exists(std::filesystem::path(town) / "measurements.json"));
  run.key("ctrl+z");
  EXPECT_TRUE(run.waitFor([](const json& now) { return now["measurements"].empty(); }));
  run.key("Escape");
  EXPECT_TRUE(run.waitFor([](const json& now) { return now["tool"] == 0; }));
}

TEST_F(Desktop, AProjectThatDoesNotExistIsToldInANoticeAndTheWindowStays) {
  DesktopRun run({(folder_ / "nowhere").string()});
  ASSERT_TRUE(run.takeFocus());
  ASSERT_TRUE(run.waitFor([](const json& now) { return !now["notices"].empty(); }));
  EXPECT_EQ(run.state()["notices"][0]["failed"], true);
  EXPECT_NE(run.state()["notices"][0]["text"].get<std::string>().find("nowhere"), std::string::npos);
  run.key("ctrl+q");
  EXPECT_EQ(run.exitCode(10), 0);
}

TEST(DesktopWithoutDisplay, NamesTheCommandLinesWay) {
  const tests::Answer answer = tests::hashimichi({"view"});
  EXPECT_EQ(answer.exit_code, 3);
  EXPECT_NE(answer.err.find("hashimichi export"), std::string::npos) << answer.err;
}

}  // namespace
}  // namespace hashimichi
