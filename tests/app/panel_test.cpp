// What the panels work out before they draw it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "app/desktop/flight.h"
#include "app/panels/import_panel.h"
#include "app/panels/import_preview.h"
#include "app/panels/inspector_panel.h"
#include "app/panels/path_dialog.h"
#include "app/session/workflow.h"
#include "app/widgets/say.h"
#include "app/widgets/time_axis.h"

namespace hashimichi::app {
namespace {

using testing::ElementsAre;

Instant at(const char* text) {
  return *parseInstant(text);
}

std::vector<std::string> wordsOf(const std::vector<TimeTick>& ticks) {
  std::vector<std::string> words;
  for (const TimeTick& tick : ticks) words.push_back(tick.text);
  return words;
}

TEST(TimeAxis, ADayIsMarkedAtMidnightOfJapanAndNotOfGreenwich) {
  const auto ticks = timeTicks(at("2026-01-14T18:00+09:00"), at("2026-01-15T18:00+09:00"), 5);
  EXPECT_THAT(wordsOf(ticks), ElementsAre("18", "1/15", "06", "12", "18"));
  EXPECT_TRUE(ticks[1].midnight);
  EXPECT_EQ(ticks[1].at, at("2026-01-15T00:00+09:00"));
}

TEST(TimeAxis, AWinterGetsNoMoreMarksThanThereIsRoomFor) {
  for (const int most : {2, 5, 12, 40}) {
    const auto ticks = timeTicks(at("2025-11-01T00:00+09:00"), at("2026-04-01T00:00+09:00"), most);
    EXPECT_LE(ticks.size(), static_cast<std::size_t>(most) + 1);
    EXPECT_GE(ticks.size(), 1u);
  }
  EXPECT_TRUE(timeTicks(at("2026-01-15T00:00+09:00"), at("2026-01-15T00:00+09:00"), 8).empty());
}

TEST(TimeAxis, AMomentOutsideTheSpanStaysAtItsEnd) {
  const Instant first = at("2026-01-15T00:00+09:00"), last = at("2026-01-17T00:00+09:00");
  EXPECT_DOUBLE_EQ(shareOfSpan(at("2026-01-15T12:00+09:00"), first, last), 0.25);
  EXPECT_DOUBLE_EQ(shareOfSpan(at("2026-01-20T00:00+09:00"), first, last), 1);
  EXPECT_DOUBLE_EQ(shareOfSpan(first, first, first), 0);
}

TEST(Numbers, ThousandsAreSetApartAndNothingIsShownAsMinusZero) {
  EXPECT_EQ(number(std::size_t{2000000}), "2,000,000");
  EXPECT_EQ(number(999.96, 1), "1,000.0");
  EXPECT_EQ(number(-1234.5, 1), "−1,234.5");
  EXPECT_EQ(number(-0.04, 1), "0.0");
  EXPECT_EQ(number(std::nan("")), "–");
}

TEST(Numbers, TheAgeOfDataIsToldInTheUnitThatFits) {
  ViewModel view;
  view.language = Language::en;
  EXPECT_EQ(age(view, 0), "now");
  EXPECT_EQ(age(view, 0.5), "30 min ago");
  EXPECT_EQ(age(view, 3), "3 h ago");
  EXPECT_EQ(age(view, 72), "3 days ago");
}

TEST(PathDialog, APathIsUnderstoodAsAPersonPastesIt) {
  setenv("HOME", "/home/person", 1);
  EXPECT_EQ(pathFromTyped("  \"/data/雪国 市\"\n"), std::filesystem::path("/data/雪国 市"));
  EXPECT_EQ(pathFromTyped("~/town"), std::filesystem::path("/home/person/town"));
  EXPECT_EQ(pathFromTyped("~other/town"), std::filesystem::path("~other/town"));
  EXPECT_EQ(pathFromTyped(""), std::filesystem::path());
}

TEST(ImportReport, OneKindOfProblemIsCopiedAsLinesForATable) {
  Problems problems;
  problems.skip("a.gml", "gml:id=b1", "ring.unclosed", "A ring was not closed.", "Close it.");
  problems.assume("r.shp", "", "encoding.assumed", "Read as CP932.");
  EXPECT_EQ(reportAsText(problems, ProblemKind::skipped), "a.gml\tgml:id=b1\tA ring was not closed. Close it.\n");
  EXPECT_EQ(reportAsText(problems, ProblemKind::failed), "");
}

TEST(ImportReport, IsFilteredByAnyOfItsWords) {
  auto project = std::make_shared<project::Project>();
  project->report.about("bldg_1");
  project->report.skip("a.gml", "line 7", "ring.unclosed", "A ring was not closed.");
  project->report.about({});
  project->report.skip("道路.shp", "", "geometry.empty", "No shape.");
  ViewModel view;
  view.project = project;
  EXPECT_EQ(reportLines(view, ProblemKind::skipped, "").size(), 2u);
  EXPECT_EQ(reportLines(view, ProblemKind::skipped, "Ring").size(), 1u);
  EXPECT_EQ(reportLines(view, ProblemKind::skipped, "BLDG_1").size(), 1u) << "the feature, in any case";
  EXPECT_EQ(reportLines(view, ProblemKind::skipped, "道路").size(), 1u);
  EXPECT_TRUE(reportLines(view, ProblemKind::assumption, "").empty());
}

TEST(ImportReport, ALineLeadsToItsFeatureOfWhateverKind) {
  model::CityModel city;
  city.buildings.emplace_back().id = "b";
  city.objects.emplace_back().id = "o";
  EXPECT_EQ(assetNamed(city, "b"), (model::AssetRef{model::AssetKind::building, "b"}));
  EXPECT_EQ(assetNamed(city, "o"), (model::AssetRef{model::AssetKind::object, "o"}));
  EXPECT_EQ(assetNamed(city, "skipped"), std::nullopt);
  EXPECT_EQ(assetNamed(city, ""), std::nullopt);
}

TEST(Inspector, AttributesStandUnderTheDataTypeThatTheyBelongTo) {
  model::Attributes attributes;
  model::append(attributes, "bldg:measuredHeight", "12.3");
  for (const std::uint16_t group : {1, 1, 2}) {
    model::append(attributes, "uro:RiverFloodingRiskAttribute/rank", "2");
    attributes.back().group = group;
  }
  const auto groups = groupsOf(attributes);
  ASSERT_EQ(groups.size(), 3u) << "its own, and two risks";
  EXPECT_EQ(groups[0].type, "");
  EXPECT_EQ(groups[1].type, "uro:RiverFloodingRiskAttribute");
  EXPECT_EQ(groups[1].attributes.size(), 2u);
  EXPECT_EQ(groups[2].attributes.size(), 1u);
}

TEST(CityContents, CountWhatTheLayersPanelOffers) {
  model::CityModel city;
  model::CityObject zone;
  zone.kind = model::ObjectKind::hazard_zone;
  zone.geometry.lod = 1;
  zone.geometry.points = {{0, 0, 0}};
  zone.other_lods.push_back(zone.geometry);
  zone.other_lods[0].lod = 0;
  model::append(zone.attributes, "uro:RiverFloodingRiskAttribute/depth", "4");
  city.objects = {zone, zone};
  const CityContents contents = contentsOf(city);
  EXPECT_EQ(contents.objects[static_cast<std::size_t>(model::ObjectKind::hazard_zone)], 2u);
  EXPECT_THAT(contents.allLods(), testing::ElementsAre(0, 1));
  EXPECT_THAT(contents.depth_classes, testing::ElementsAre(2u)) << "3 to 5 m";
  EXPECT_FALSE(contents.textures);
}

/// A folder with two packages and a table that does not tell what it holds.
PendingImport pendingTown() {
  PendingImport pending;
  import::SurveyedFile buildings, roads, table;
  buildings.types = {"Building"}, buildings.lods = {0, 1, 2};
  roads.types = {"Road"}, roads.lods = {1};
  pending.survey.files = {buildings, roads, table};
  return pending;
}

TEST(ImportPreview, AllTickedMeansEverythingAlsoWhatNobodyForesaw) {
  const auto selection = selectionOf(pendingTown(), {});
  ASSERT_TRUE(selection.ok());
  EXPECT_TRUE(selection->empty());
}

TEST(ImportPreview, WhatIsNotTickedIsLeftOutAndTablesAreStillRead) {
  ImportChoice choice;
  choice.unwanted_types = {"Road"};
  choice.unwanted_lods = {2};
  const auto selection = selectionOf(pendingTown(), choice);
  ASSERT_TRUE(selection.ok());
  EXPECT_TRUE(selection->wantsType("Building"));
  EXPECT_FALSE(selection->wantsType("Road"));
  EXPECT_TRUE(selection->wantsType("Inspection"));
  EXPECT_THAT(selection->lods, ElementsAre(0, 1));
}

TEST(ImportPreview, AreaAndGridSquaresAreUnderstoodOrRefusedWithAReason) {
  ImportChoice choice;
  choice.area = " 138.84,37.44,138.86,37.46 ";
  choice.mesh_codes = "53394525,53394526";
  const auto selection = selectionOf(pendingTown(), choice);
  ASSERT_TRUE(selection.ok()) << selection.error().text();
  EXPECT_EQ(selection->area.size(), 3u);
  choice.mesh_codes = "99";
  EXPECT_FALSE(selectionOf(pendingTown(), choice).ok());
}

TEST(ImportPreview, WhatAPersonSaysAboutTheFilesComesBeforeWhatTheyWereLookedAtWith) {
  PendingImport pending = pendingTown();
  pending.options.source_crs = "EPSG:6675", pending.options.encoding = "UTF-8";
  ImportChoice choice;
  choice.source_crs = "EPSG:6676", choice.fill_terrain_m = 30;
  const import::Options options = optionsOf(pending, choice);
  EXPECT_EQ(options.source_crs, "EPSG:6676");
  EXPECT_EQ(options.encoding, "UTF-8");
  EXPECT_EQ(options.fill_terrain_m, 30);
}

TEST(ImportPreview, SizesAreToldInTheUnitThatFits) {
  EXPECT_EQ(sizeText(1500), "1.5 kB");
  EXPECT_EQ(sizeText(12'340'000), "12.3 MB");
  EXPECT_EQ(sizeText(2'500'000'000), "2.50 GB");
}

TEST(Flight, ArrivesWithinFourTenthsOfASecondAndSlowsDown) {
  render::CameraPose from, to;
  to.distance_m = from.distance_m / 4;
  to.target = {100, 0, 0};
  Flight flight(from, to);
  const double early = flight.advance(0.1).target.x, middle = flight.advance(0.1).target.x - early;
  EXPECT_GT(early, middle);
  flight.advance(0.2);
  EXPECT_TRUE(flight.finished());
  EXPECT_NEAR(flight.advance(0).distance_m, to.distance_m, 1e-6);
}

model::ResultLayer resultAt(const std::string& id, std::vector<Instant> times) {
  model::ResultLayer layer;
  layer.id = id, layer.times = std::move(times);
  return layer;
}

TEST(ResultsOfOthers, TheTimeLineSpansThemButNowStaysTheEndOfTheObservations) {
  model::CityModel city;
  city.series.push_back({"s", sensors::Quantity::snow_depth_cm, std::nullopt, {}, "a.csv"});
  city.series[0].values = {{at("2026-01-15T00:00+09:00"), 1, {}, ""}, {at("2026-01-15T04:00+09:00"), 2, {}, ""}};
  city.results = {resultAt("r", {at("2026-01-14T22:00+09:00"), at("2026-01-15T09:00+09:00")}), resultAt("t", {})};
  const auto span = shownSpanOf(city);
  ASSERT_TRUE(span);
  EXPECT_EQ(span->first, at("2026-01-14T22:00+09:00"));
  EXPECT_EQ(span->last, at("2026-01-15T09:00+09:00"));
  EXPECT_EQ(span->now, at("2026-01-15T04:00+09:00"));
  EXPECT_EQ(timeSpanOf(city)->last, at("2026-01-15T04:00+09:00")) << "what is assessed does not know of them";
}

TEST(ResultsOfOthers, NoneIsShownUnlessItHasJustBeenImportedOrWasShownBefore) {
  auto before = std::make_shared<model::CityModel>();
  before->results = {resultAt("old", {})};
  model::CityModel after;
  after.results = {resultAt("old", {}), resultAt("new", {})};
  EXPECT_EQ(resultToShow(after, nullptr, ""), "");
  EXPECT_EQ(resultToShow(after, before, ""), "new");
  EXPECT_EQ(resultToShow(after, std::make_shared<model::CityModel>(after), "old"), "old");
  EXPECT_EQ(resultToShow(after, std::make_shared<model::CityModel>(after), "gone"), "");
}

}  // namespace
}  // namespace hashimichi::app
