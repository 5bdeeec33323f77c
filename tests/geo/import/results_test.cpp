// Results of other programs: MLIT's roof-snow tool (UC25-01) as GeoJSON and CZML, grids of simulations as CSV.
#include "geo/import/results/results.h"

#include <gmock/gmock.h>

#include "geo/core/text.h"
#include "geo/import/import_files.h"
#include "geo/import/results/roof_snow.h"
#include "tests/geo/import/reading.h"

namespace hashimichi::import::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::NanSensitiveFloatEq;

// 37.4463 N 138.8513 E is easting 31083.033, northing 160541.384 in EPSG:6676 (gdaltransform).
constexpr double x_m = 83.033, y_m = 541.384;

/// A square of 0.0001° (8.9 m east, 11.1 m north) whose south-west corner is the place above.
const std::string square =
    R"("geometry":{"type":"Polygon","coordinates":[[[138.8513,37.4463],[138.8514,37.4463],[138.8514,37.4464],[138.8513,37.4464],[138.8513,37.4463]]]})";

std::string feature(const std::string& properties, const std::string& geometry = square) {
  return R"({"type":"Feature","properties":{)" + properties + "}," + geometry + "}";
}
std::string collection(const std::string& features) {
  return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}
std::string building(const std::string& id, const std::string& priority) {
  return feature(R"("id":")" + id + R"(","name":"家屋","bldg_height":38.5,"elevation":30,"snow_removal_priority":)" +
                 priority + R"(,"snow_load":640,"snow_depth":1.2)");
}

Reading readAs(const std::string& name, const std::string& content) {
  const TempFolder folder;
  write(folder / name, content);
  const Result<const Importer*> importer = importerFor(folder / name);
  if (!importer) {
    Reading reading;
    reading.error = importer.error();
    return reading;
  }
  return read(**importer, folder / name);
}

const model::ResultLayer* layer(const Reading& reading, const std::string& quantity) {
  for (const model::ResultLayer& one : reading.got.results)
    if (one.quantity == quantity) return &one;
  return nullptr;
}

TEST(RoofSnow, EveryQuantityOfABuildingBecomesALayerAtTheHourThatTheNameTells) {
  const Reading reading = readAs("202602171800_nagaoka_1.geojson",
                                 collection(building("15202-bldg-1", "112.5") + "," + building("b", "49")));
  ASSERT_EQ(reading.got.results.size(), 3u) << reading.report();
  const model::ResultLayer* priority = layer(reading, "snow_removal_priority");
  ASSERT_TRUE(priority);
  EXPECT_EQ(priority->name, "除雪優先度");
  EXPECT_EQ(priority->unit, "%");
  EXPECT_THAT(priority->times, ElementsAre(*parseInstant("2026-02-17T18:00+09:00"))) << "the tool's hours are Japan's";
  ASSERT_EQ(priority->items.size(), 2u);
  EXPECT_EQ(priority->items[0].id, "15202-bldg-1");
  EXPECT_THAT(priority->values, ElementsAre(112.5f, 49.f));
  EXPECT_EQ(priority->class_names[priority->classOf(112.5f)], "100–125 %") << "the tool's own legend";
  EXPECT_EQ(priority->class_names[priority->classOf(0)], "0 %");
  EXPECT_EQ(layer(reading, "snow_load")->class_names[layer(reading, "snow_load")->classOf(640)], "500–999 kg/m²");
  EXPECT_EQ(reading.problems.count(ProblemKind::skipped), 0u) << reading.report();
}

TEST(RoofSnow, ABuildingStandsAtItsPlaceFromItsGroundToItsRoof) {
  const Reading reading = readAs("bld_202602171800.geojson", collection(building("a", "10")));
  ASSERT_EQ(reading.got.results.size(), 3u) << reading.report();
  const model::Geometry& shape = reading.got.results[0].items[0].geometry;
  ASSERT_EQ(shape.surfaces.size(), 2u);
  EXPECT_NEAR(shape.surfaces[0].polygon.outer[0].x, x_m, 0.01);
  EXPECT_NEAR(shape.surfaces[0].polygon.outer[0].y, y_m, 0.01);
  EXPECT_EQ(shape.surfaces[0].polygon.outer[0].z, 38.5);
  EXPECT_EQ(shape.surfaces[1].polygon.outer[0].z, 30);
  EXPECT_EQ(shape.surfaces[0].polygon.outer.size(), 4u) << "the closing point is not repeated";
}

TEST(RoofSnow, TheHoursOfOneRunBecomeOneLayerAndAMissingHourStaysAGap) {
  const TempFolder folder;
  write(folder / "202602171800_nagaoka_1.geojson", collection(building("a", "40")));
  write(folder / "202602172000_nagaoka_1.geojson", collection(building("a", "80")));
  write(folder / "202602171800_nagaoka_2.geojson", collection(building("b", "120")));
  SilentProgress progress;
  const Result<Outcome> outcome = importFiles({folder.path()}, {}, progress);
  ASSERT_TRUE(outcome.ok()) << outcome.error().text();
  ASSERT_EQ(outcome->model->results.size(), 3u);
  const model::ResultLayer& priority = outcome->model->results[0];
  ASSERT_EQ(priority.columns(), 2u);
  ASSERT_EQ(priority.items.size(), 2u);
  EXPECT_EQ(priority.items[0].id, "a");
  EXPECT_THAT(priority.values,
              ElementsAre(40.f, 80.f, 120.f, NanSensitiveFloatEq(std::numeric_limits<float>::quiet_NaN())));
  EXPECT_EQ(priority.columnAt(*parseInstant("2026-02-17T18:59+09:00")), 0u);
  EXPECT_EQ(priority.columnAt(*parseInstant("2026-02-17T19:30+09:00")), model::ResultLayer::gap);
}

TEST(RoofSnow, OneBrokenFeatureIsSkippedWithItsNumberAndTheRestIsRead) {
  const Reading reading = readAs(
      "202602171800_nagaoka_1.geojson",
      collection(building("a", "10") + R"(,{"type":"Feature","properties":{"id":"x",,}},)" + building("b", "20")));
  ASSERT_EQ(reading.got.results.size(), 3u) << reading.report();
  EXPECT_EQ(reading.got.results[0].items.size(), 2u);
  ASSERT_EQ(reading.skipped("json.broken"), 1u) << reading.report();
  EXPECT_EQ(reading.problems.lines()[0].place, "feature 1");
}

TEST(RoofSnow, AFeatureWhoseBracketsDoNotCloseCostsOnlyItself) {
  const Reading reading =
      readAs("202602171800_nagaoka_1.geojson",
             collection(building("a", "10") + R"(,{"type":"Feature","properties":{"id":"x","snow_load":[1},)" +
                        building("b", "20")));
  ASSERT_EQ(reading.got.results.size(), 3u) << reading.report();
  EXPECT_EQ(reading.got.results[0].items.size(), 2u) << reading.report();
  EXPECT_GE(reading.skipped("json.broken"), 1u);
}

TEST(RoofSnow, WhatIsNoNumberIsAGapAndTold) {
  const Reading reading =
      readAs("202602171800_nagaoka_1.geojson",
             collection(building("a", "null") + "," + building("b", "\"多い\"") + "," + building("c", "NaN") + "," +
                        building("d", "-9999") + "," + building("e", "\"75.5\"")));
  ASSERT_EQ(reading.got.results.size(), 3u) << reading.report();
  const std::vector<float>& values = reading.got.results[0].values;
  for (const std::size_t gap : {0u, 1u, 2u, 3u}) EXPECT_TRUE(std::isnan(values[gap])) << gap;
  EXPECT_EQ(values[4], 75.5f) << "a number in quotes is one all the same";
  EXPECT_EQ(reading.skipped("result.no_number"), 3u) << "null is the tool's own word for a gap\n" << reading.report();
}

TEST(RoofSnow, RepeatedIdsAndPolygonsOfTwoPointsAreTold) {
  const std::string two =
      R"("geometry":{"type":"Polygon","coordinates":[[[138.8513,37.4463],[138.8514,37.4463],[138.8513,37.4463]]]})";
  const Reading reading = readAs(
      "202602171800_nagaoka_1.geojson",
      collection(building("a", "10") + "," + building("a", "20") + "," + feature(R"("id":"line","snow_load":3)", two)));
  ASSERT_EQ(reading.got.results.size(), 3u) << reading.report();
  EXPECT_EQ(reading.got.results[0].items[1].id, "a#2");
  EXPECT_EQ(reading.skipped("id.repeated"), 1u);
  EXPECT_EQ(reading.skipped("result.no_shape"), 1u);
}

TEST(RoofSnow, WithoutAnHourInItsNameALayerHoldsAtAnyTimeAndThatIsAnAssumption) {
  const Reading reading = readAs("屋根雪 (コピー).geojson", collection(building("a", "10")));
  ASSERT_EQ(reading.got.results.size(), 3u) << reading.report();
  EXPECT_THAT(reading.got.results[0].times, IsEmpty());
  EXPECT_EQ(reading.assumed("result.no_time"), 1u);
}

TEST(RoofSnow, AFileThatIsCutOffIsReadUpToThere) {
  const std::string whole = collection(building("a", "10") + "," + building("b", "20"));
  for (std::size_t tenth = 1; tenth < 10; ++tenth) {
    const Reading reading = readAs("202602171800_nagaoka_1.geojson", whole.substr(0, whole.size() * tenth / 10));
    if (reading.got.results.empty()) continue;
    EXPECT_GT(reading.problems.count(ProblemKind::skipped), 0u) << tenth;
  }
}

TEST(RoofSnow, AnyOtherGeoJsonIsLeftToTheGeneralReader) {
  const TempFolder folder;
  write(folder / "roads.geojson", collection(feature(R"("id":"a","name":"市道")")));
  EXPECT_EQ(*importerFor(folder / "roads.geojson"), &vectorImporter());
}

TEST(TimeInName, IsTwelveDigitsThatAreAnHour) {
  EXPECT_EQ(timeInName("202602171800_nagaoka_1"), parseInstant("2026-02-17T18:00+09:00"));
  EXPECT_EQ(timeInName("bld_202602171800"), parseInstant("2026-02-17T18:00+09:00"));
  for (const char* none : {"", "nagaoka", "202602311800", "202602172500", "2026021718", "20260217180000"})
    EXPECT_FALSE(timeInName(none)) << none;
  EXPECT_EQ(nameWithoutTime("202602171800_nagaoka_1"), "nagaoka_1");
  EXPECT_EQ(nameWithoutTime("bld_202602171800"), "bld");
}

std::string packet(const std::string& id, const std::string& rgba, const std::string& more = "") {
  return R"({"id":")" + id + R"(","name":"家屋",)" + more +
         R"("polygon":{"positions":{"cartographicDegrees":[138.8513,37.4463,0,138.8514,37.4463,0,138.8514,37.4464,0,138.8513,37.4463,0]},)"
         R"("extrudedHeight":9.0,"extrudedHeightReference":"RELATIVE_TO_GROUND","material":{"solidColor":{"color":{"rgba":[)" +
         rgba + "]}}}}}";
}
std::string czml(const std::string& packets) {
  return R"([{"id":"document","name":"box","version":"1.0"},)" + packets + "]";
}

TEST(Czml, AColourIsTheClassThatTheToolsLegendGivesIt) {
  const Reading reading =
      readAs("202602171800.czml", czml(packet("a", "0, 191, 255, 150") + "," + packet("b", "139, 0, 139, 150") + "," +
                                       packet("c", "1, 2, 3, 150")));
  ASSERT_EQ(reading.got.results.size(), 1u) << reading.report();
  const model::ResultLayer& classes = reading.got.results[0];
  EXPECT_EQ(classes.quantity, "snow_removal_priority") << "only priority has (0, 191, 255)";
  EXPECT_EQ(classes.unit, "") << "the number itself is not known";
  EXPECT_THAT(classes.times, ElementsAre(*parseInstant("2026-02-17T18:00+09:00")));
  EXPECT_EQ(classes.class_names[classes.classOf(classes.at(0, 0))], "< 50 %");
  EXPECT_EQ(classes.class_names[classes.classOf(classes.at(1, 0))], "≥ 150 %");
  EXPECT_TRUE(std::isnan(classes.at(2, 0)));
  EXPECT_EQ(reading.skipped("result.unknown_colour"), 1u);
  EXPECT_EQ(reading.assumed("result.legend_assumed"), 1u);
  EXPECT_FALSE(classes.items[0].geometry.has_height) << "its heights count from the ground";
  EXPECT_EQ(classes.items[0].geometry.surfaces[0].polygon.outer[0].z, 9);
  EXPECT_NEAR(classes.items[0].geometry.surfaces[0].polygon.outer[0].x, x_m, 0.01);
}

TEST(Czml, TheNameSaysWhichLegendIsMeant) {
  const Reading reading = readAs("SnowLoad_202602171800.czml", czml(packet("a", "199, 22, 30, 150")));
  ASSERT_EQ(reading.got.results.size(), 1u) << reading.report();
  EXPECT_EQ(reading.got.results[0].quantity, "snow_load");
  EXPECT_EQ(reading.assumed("result.legend_assumed"), 0u);
}

TEST(Czml, AnIntervalOfAvailabilityHoldsForItsHoursOnly) {
  const Reading reading = readAs(
      "priority.czml",
      czml(packet("a", "255, 140, 0, 150", R"("availability":"2026-02-17T09:00:00Z/2026-02-17T11:00:00Z",)") + "," +
           packet("b", "178, 34, 34, 150", R"("availability":"2026-02-17T11:00:00Z/2026-02-17T12:00:00Z",)")));
  ASSERT_EQ(reading.got.results.size(), 1u) << reading.report();
  const model::ResultLayer& classes = reading.got.results[0];
  ASSERT_THAT(classes.times,
              ElementsAre(*parseInstant("2026-02-17T18:00+09:00"), *parseInstant("2026-02-17T19:00+09:00"),
                          *parseInstant("2026-02-17T20:00+09:00")));
  EXPECT_EQ(classes.at(0, 0), 4.f);
  EXPECT_EQ(classes.at(0, 1), 4.f);
  EXPECT_TRUE(std::isnan(classes.at(0, 2)));
  EXPECT_TRUE(std::isnan(classes.at(1, 0)));
  EXPECT_EQ(classes.at(1, 2), 5.f);
}

TEST(Czml, AnIntervalOfAllTimesHoldsAtAnyTime) {
  const Reading reading = readAs(
      "priority.czml",
      czml(packet("a", "255, 140, 0, 150", R"("availability":"0001-01-01T00:00:00Z/9999-12-31T24:00:00Z",)") + "," +
           packet("b", "178, 34, 34, 150", R"("availability":"1900-01-01T00:00:00Z/2200-01-01T00:00:00Z",)")));
  ASSERT_EQ(reading.got.results.size(), 1u) << reading.report();
  EXPECT_THAT(reading.got.results[0].times, IsEmpty());
  EXPECT_EQ(reading.got.results[0].at(1, 0), 5.f);
}

TEST(Czml, WithoutAColourOfTheLegendThereIsNothingToShow) {
  const Reading reading = readAs("other.czml", czml(packet("a", "1, 2, 3, 255")));
  ASSERT_TRUE(reading.error);
  EXPECT_THAT(reading.error->text(), HasSubstr("colours"));
}

TEST(Simulation, AGridBecomesCellsAndEveryColumnALayerWithItsUnit) {
  std::string csv = "経度,緯度,時刻,風速[m/s],snow_depth_cm\r\n";
  for (const char* hour : {"2026-01-15 04:00", "2026-01-15 05:00"})
    for (const char* lon : {"138.8513", "138.8514", "138.8515"})
      for (const char* lat : {"37.4463", "37.4464"}) csv += std::string(lon) + "," + lat + "," + hour + ",3.5,24\r\n";
  const Reading reading = readAs("吹きだまり.csv", *cp932FromUtf8(csv));
  ASSERT_EQ(reading.got.results.size(), 2u) << reading.report();
  const model::ResultLayer& wind = reading.got.results[0];
  EXPECT_EQ(wind.name, "風速");
  EXPECT_EQ(wind.unit, "m/s");
  EXPECT_EQ(reading.got.results[1].name, "snow_depth");
  EXPECT_EQ(reading.got.results[1].unit, "cm");
  ASSERT_EQ(wind.items.size(), 6u);
  ASSERT_EQ(wind.times.size(), 2u);
  const model::Geometry& cell = wind.items[0].geometry;
  ASSERT_EQ(cell.surfaces.size(), 1u);
  // The centre is the place of above; 0.0001° are 8.9 m × 11.1 m.
  Vec3d middle;
  for (const Vec3d p : cell.surfaces[0].polygon.outer) middle = middle + p * 0.25;
  EXPECT_NEAR(middle.x, x_m, 0.01);
  EXPECT_NEAR(middle.y, y_m, 0.01);
  EXPECT_NEAR(model::area2d(cell.surfaces[0].polygon), 98.2, 0.5);
  EXPECT_EQ(reading.assumed("encoding.assumed"), 1u);
}

TEST(Simulation, TheLongFormIsTheSameAsTheWideOne) {
  const Reading reading =
      readAs("run_202601150400.csv",
             "x,y,variable,value,unit\n31083,160541,wind speed,3.5,m/s\n31083,160541,"
             "snow_depth,24,cm\n31093,160547,wind speed,nan,m/s\n31090,160560,snow_depth,many,cm\n");
  ASSERT_EQ(reading.got.results.size(), 2u) << reading.report();
  EXPECT_EQ(reading.got.results[0].name, "wind speed");
  EXPECT_EQ(reading.got.results[0].unit, "m/s");
  EXPECT_THAT(reading.got.results[0].times, ElementsAre(*parseInstant("2026-01-15T04:00+09:00")));
  EXPECT_EQ(reading.got.results[0].at(0, 0), 3.5f);
  EXPECT_TRUE(std::isnan(reading.got.results[0].at(1, 0))) << "a gap that the source knows of";
  EXPECT_EQ(reading.skipped("result.no_number"), 1u) << reading.report();
  ASSERT_EQ(reading.got.results[0].items[0].geometry.points.size(), 1u) << "scattered points are no grid";
  EXPECT_NEAR(reading.got.results[0].items[0].geometry.points[0].x, 83, 0.01);
}

TEST(Simulation, PointsAboveOneAnotherStayPointsAtTheirHeights) {
  const Reading reading = readAs("wind.csv",
                                 "\"Points:0\",\"Points:1\",\"Points:2\",\"U:0\"\n31083,160541,30,1.5\n31083,160541,40,"
                                 "2.5\n");
  ASSERT_EQ(reading.got.results.size(), 1u) << reading.report();
  ASSERT_EQ(reading.got.results[0].items.size(), 2u);
  EXPECT_EQ(reading.got.results[0].items[1].geometry.points[0].z, 40);
  EXPECT_EQ(reading.assumed("result.no_time"), 1u);
}

TEST(Simulation, TablesOfOtherKindsAreLeftToTheirReader) {
  const TempFolder folder;
  for (const char* table :
       {"観測局ID,局名,緯度,経度,標高\nS1,中央,37.4,138.8,20\n", "id,name,lat,lon\n1,a,37.4,138.8\n",
        "station_id,time,snow_depth_cm\nS1,2026-01-15 04:00,23\n"}) {
    write(folder / "t.csv", table);
    EXPECT_EQ(*importerFor(folder / "t.csv"), &tableImporter()) << table;
  }
}

}  // namespace
}  // namespace hashimichi::import::tests
