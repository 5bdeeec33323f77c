// Measuring by the words that menus, keys and clicks say, and what a project keeps of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "app/session/measurement_table.h"
#include "app/session/session.h"
#include "geo/project/project.h"
#include "tests/support/made_town.h"
#include "tests/support/shared_data.h"

namespace hashimichi::app {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class Measuring : public testing::Test {
 protected:
  /// A small town with a survey of which only the coarse sample is there.
  std::filesystem::path savedTown() {
    project::Project project;
    project.folder = folder_ / "town.hashimichi";
    project.name = "雪国市";
    project.model = tests::madeTown({.streets = 4, .buildings = 10, .bridges = 4, .points = 20000, .terrain_side = 40});
    SilentProgress silent;
    const Status saved = project::save(project, silent);
    EXPECT_TRUE(saved) << (saved ? "" : saved.error().text());
    return project.folder;
  }
  void open(Session& session, const std::filesystem::path& folder) {
    session.apply(SetLanguage{Language::en});
    session.apply(OpenProject{folder});
    session.finishJobs();
    ASSERT_TRUE(session.view().project);
  }
  static void say(Session& session, PointCommand command) { session.apply(std::move(command)); }
  static json resultOf(const Session& session, std::size_t i) {
    return json::parse(session.view().points.saved.all().at(i).result_json);
  }
  std::string content(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  tests::TempFolder folder_;
};

TEST_F(Measuring, TwoClicksMakeADistanceThatTheProjectStillHasWhenItIsOpenedAgain) {
  const std::filesystem::path folder = savedTown();
  {
    Session session;
    open(session, folder);
    say(session, SetPointTool{PointTool::distance});
    say(session, AddPick{{10, 20, 30}});
    EXPECT_EQ(session.view().points.picks.size(), 1u);
    EXPECT_TRUE(session.view().points.saved.all().empty());
    say(session, AddPick{{13, 24, 42}});  // 3, 4, 12: 5 along the ground, 13 through space
    EXPECT_TRUE(session.view().points.picks.empty()) << "the next click begins another one";
    ASSERT_EQ(session.view().points.saved.all().size(), 1u);
    const json result = resultOf(session, 0);
    EXPECT_NEAR(result["distance_m"], 13, 1e-9);
    EXPECT_NEAR(result["horizontal_m"], 5, 1e-9);
    EXPECT_NEAR(result["height_m"], 12, 1e-9);
    EXPECT_NEAR(result["slope_percent"], 240, 1e-9);
    say(session, RenameMeasurement{session.view().points.saved.all()[0].id, "橋台の段差"});
  }
  Session session;
  open(session, folder);
  ASSERT_EQ(session.view().points.saved.all().size(), 1u);
  EXPECT_EQ(session.view().points.saved.all()[0].name, "橋台の段差");
  EXPECT_EQ(session.view().points.saved.all()[0].points.at(1), (Vec3d{13, 24, 42}));
}

TEST_F(Measuring, WhatWasDeletedComesBackByUndoAndWhatWasMeasuredGoes) {
  Session session;
  open(session, savedTown());
  say(session, SetPointTool{PointTool::height});
  say(session, AddPick{{0, 0, 0}});
  say(session, AddPick{{0, 0, 4.5}});
  ASSERT_EQ(session.view().points.saved.all().size(), 1u);
  const std::string id = session.view().points.saved.all()[0].id;
  say(session, RemoveMeasurement{id});
  EXPECT_TRUE(session.view().points.saved.all().empty());
  EXPECT_TRUE(session.view().points.selected_measurement.empty());
  session.apply(EditCommand{Undo{}});
  ASSERT_EQ(session.view().points.saved.all().size(), 1u);
  session.apply(EditCommand{Undo{}});
  EXPECT_TRUE(session.view().points.saved.all().empty());
  EXPECT_FALSE(session.view().edits.canUndo());
  session.apply(EditCommand{Undo{}});  // nothing is left: nothing happens
  session.apply(EditCommand{Redo{}});
  EXPECT_EQ(session.view().points.saved.all().at(0).id, id);
}

TEST_F(Measuring, AnAreaIsFinishedByThePersonAndNotBeforeThreePoints) {
  Session session;
  open(session, savedTown());
  say(session, SetPointTool{PointTool::area});
  for (const Vec3d corner : {Vec3d{0, 0, 0}, Vec3d{40, 0, 0}}) say(session, AddPick{corner});
  say(session, FinishPicks{});
  EXPECT_TRUE(session.view().points.saved.all().empty());
  say(session, AddPick{{90, 90, 0}});
  say(session, TakeBackPick{});
  say(session, AddPick{{40, 30, 0}});
  say(session, FinishPicks{});
  ASSERT_EQ(session.view().points.saved.all().size(), 1u);
  EXPECT_NEAR(resultOf(session, 0)["planimetric_m2"], 600, 1e-9);  // 40 × 30 / 2
}

TEST_F(Measuring, AToolThatIsChosenAgainIsLaidAsideWithWhatWasClicked) {
  Session session;
  open(session, savedTown());
  say(session, AddPick{{1, 2, 3}});
  EXPECT_TRUE(session.view().points.picks.empty()) << "without a tool a click measures nothing";
  say(session, SetPointTool{PointTool::distance});
  say(session, AddPick{{1, 2, 3}});
  say(session, SetPointTool{PointTool::distance});
  EXPECT_EQ(session.view().points.tool, PointTool::none);
  EXPECT_TRUE(session.view().points.picks.empty());
}

TEST_F(Measuring, TheTableHasALinePerNumberWithItsUnit) {
  Session session;
  open(session, savedTown());
  say(session, SetPointTool{PointTool::distance});
  say(session, AddPick{{10, 20, 30}});
  say(session, AddPick{{13, 24, 42}});
  say(session, ExportMeasurements{folder_ / "measured.csv"});
  const std::string table = content(folder_ / "measured.csv");
  EXPECT_THAT(table, HasSubstr(",distance,13,m,"));
  EXPECT_THAT(table, HasSubstr(",slope,240,%,"));
  EXPECT_THAT(table, HasSubstr("31010.250,160520.500,30.000")) << "the first point in the project's CRS";
}

TEST_F(Measuring, ASectionOfTheCoarseSampleSaysThatItIsUnrefined) {
  Session session;
  open(session, savedTown());
  CutSection cut;
  cut.wish.line = {{-300, 0, 0}, {300, 0, 0}};
  cut.wish.width_m = 20;
  say(session, cut);
  session.finishJobs();
  ASSERT_TRUE(session.view().points.section);
  const measure::SectionPoints& points = session.view().points.section->points;
  // 20,000 points on 600 × 600 m: a strip 20 m wide holds a thirtieth of them, give or take four standard deviations.
  EXPECT_NEAR(static_cast<double>(points.size()), 20000.0 / 30, 4 * std::sqrt(20000.0 / 30));
  EXPECT_TRUE(points.basis.unrefined);
  for (const double offset : points.offset_m) EXPECT_LE(std::abs(offset), 10.001);
  EXPECT_TRUE(session.view().open_windows.contains(WindowId::section));
  say(session, ExportSection{folder_ / "section.csv"});
  session.finishJobs();
  EXPECT_THAT(content(folder_ / "section.csv"), HasSubstr("chainage_m"));
  say(session, ExportSection{folder_ / "section.doc"});
  session.finishJobs();
  EXPECT_TRUE(session.view().notices.back().failed);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "section.doc"));
}

TEST_F(Measuring, AHiddenCloudIsNotMeasuredOn) {
  Session session;
  open(session, savedTown());
  say(session, SetCloudVisible{"survey", false});
  CutSection cut;
  cut.wish.line = {{-300, 0, 0}, {300, 0, 0}};
  say(session, cut);
  session.finishJobs();
  EXPECT_FALSE(session.view().points.section);
  EXPECT_TRUE(session.view().notices.back().failed) << "no point within the slice";
}

TEST_F(Measuring, WhatCannotBeMeasuredIsToldAndNothingIsKept) {
  Session session;
  open(session, savedTown());
  say(session, MeasureClearance{"no such bridge", std::nullopt});
  say(session, CompareClouds{CompareKind::m3c2, "survey", "survey", ""});
  say(session, MeasureRoad{"no such road"});
  session.finishJobs();
  EXPECT_EQ(std::ranges::count_if(session.view().notices, &Notice::failed), 3);
  EXPECT_TRUE(session.view().points.saved.all().empty());
}

TEST(MeasuredNumbers, AFieldIsTakenApartIntoItsNameAndUnit) {
  measure::SavedMeasurement one;
  one.kind = measure::SavedKind::clearance;
  one.result_json = R"({"lowest": {"clearance_m": 4.52, "below": "water", "points": 12}, "profile": [{"a_m": 1}],
                        "tilt_deg": 3.25, "area_m2": 7, "odd": null})";
  const std::vector<MeasuredNumber> numbers = numbersOf(one);
  ASSERT_EQ(numbers.size(), 4u) << "texts, lists and nulls are no numbers";
  const auto headline = headlineOf(one);
  ASSERT_TRUE(headline);
  EXPECT_DOUBLE_EQ(headline->value, 4.52);
  EXPECT_EQ(headline->unit, "m");
  EXPECT_EQ(wordOf(Language::en, *headline), "Lowest: Clearance");
  one.result_json = "broken";
  EXPECT_TRUE(numbersOf(one).empty());
  EXPECT_FALSE(headlineOf(one));
}

}  // namespace
}  // namespace hashimichi::app
