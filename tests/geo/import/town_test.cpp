// The demo town's own files, as its generator writes them: nothing of them may be lost or doubted without reason.
#include "datasets/town/town.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "tests/geo/import/reading.h"

namespace hashimichi::import::tests {
namespace {

class DemoTown : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TempFolder>();
    SilentProgress progress;
    const Result<datasets::TownSummary> made =
        datasets::makeTown(folder_->path(), {.seed = 20260115, .scale = 0.25}, progress);
    ASSERT_TRUE(made) << made.error().text();
    summary_ = *made;
  }
  static void TearDownTestSuite() { folder_.reset(); }

  /// Reads a file of the town in its frame; the importer is found from the content, as in the program.
  static Reading readFile(const std::string& name) {
    const Result<const Importer*> importer = importerFor(*folder_ / name);
    Reading reading;
    if (!importer) {
      reading.error = importer.error();
      return reading;
    }
    ReadingOptions how;
    how.origin = {31000, 160500, 0};
    how.area = box(-1500, -1500, 1500, 1500);
    return read(**importer, *folder_ / name, how);
  }

  static inline std::unique_ptr<TempFolder> folder_;
  static inline datasets::TownSummary summary_;
};

TEST_F(DemoTown, ShapefileAndGeoPackageHoldTheSameRoadsFieldByField) {
  const Reading shape = readFile("roads_cp932.shp"), package = readFile("roads.gpkg");
  ASSERT_EQ(shape.got.roads.size(), summary_.road_segments) << shape.report();
  ASSERT_EQ(package.got.roads.size(), summary_.road_segments) << package.report();
  std::map<std::string, const model::RoadSegment*> by_id;
  for (const model::RoadSegment& road : package.got.roads) by_id[road.id] = &road;
  for (const model::RoadSegment& road : shape.got.roads) {
    ASSERT_TRUE(by_id.contains(road.id)) << road.id;
    const model::RoadSegment& same = *by_id[road.id];
    EXPECT_EQ(road.name, same.name);
    EXPECT_EQ(road.clearing_class, same.clearing_class);
    EXPECT_NE(road.clearing_class, model::ClearingClass::unknown);
    EXPECT_NE(road.administrator, model::RoadAdministrator::unknown);
    EXPECT_NE(road.sprinkler_pipe, model::SprinklerPipe::unknown);
    EXPECT_EQ(road.district, same.district);
    EXPECT_NEAR(road.width_m, same.width_m, 1e-6);
    EXPECT_GT(road.width_m, 0);
    EXPECT_TRUE(road.aadt && road.emergency_route && road.bus_trips_per_day && road.school_route) << road.id;
    EXPECT_NEAR(road.length_m, same.length_m, 0.01);
  }
  EXPECT_EQ(shape.assumed("crs.assumed"), 1u);
  EXPECT_EQ(shape.assumed("encoding.assumed"), 1u);
  EXPECT_EQ(shape.problems.count(ProblemKind::skipped), 0u) << shape.report();
  EXPECT_EQ(package.problems.count(ProblemKind::skipped), 0u) << package.report();
  EXPECT_FALSE(package.got.dump_sites.empty());
  EXPECT_FALSE(package.got.objects.empty());
}

TEST_F(DemoTown, TheRegisterNamesEveryBridgeWithPlaceSizeAndYear) {
  const Reading reading = readFile("bridge_register.csv");
  ASSERT_EQ(reading.got.bridges.size(), summary_.bridges) << reading.report();
  for (const model::Bridge& bridge : reading.got.bridges) {
    EXPECT_TRUE(bridge.position && bridge.length_m && bridge.width_m) << bridge.id;
    EXPECT_TRUE(bridge.emergency_route && bridge.detour_km && bridge.aadt) << bridge.id;
    EXPECT_TRUE(bridge.over_railway && bridge.over_road && bridge.bus_route) << bridge.id;
    EXPECT_FALSE(bridge.name.empty());
  }
  EXPECT_EQ(reading.problems.count(ProblemKind::skipped), 0u) << reading.report();
}

TEST_F(DemoTown, InspectionsComeWithGradesMembersAndPlacedDefects) {
  const Reading reading = readFile("bridge_inspections.csv");
  EXPECT_GT(reading.got.inspections.size(), summary_.bridges) << reading.report();
  std::size_t members = 0, defects = 0;
  for (const InspectionRecord& record : reading.got.inspections) {
    EXPECT_NE(record.inspection.soundness, assets::Soundness::unknown) << record.bridge_id;
    EXPECT_GT(record.inspection.date.day, 0);
    members += record.inspection.members.size();
    for (const assets::Defect& defect : record.inspection.defects) {
      ++defects;
      EXPECT_TRUE(defect.position) << record.bridge_id << " " << defect.type;
      EXPECT_NE(defect.grade, 0);
    }
  }
  EXPECT_GT(members, reading.got.inspections.size());
  EXPECT_GT(defects, 0u);
  EXPECT_EQ(reading.problems.count(ProblemKind::skipped), 0u) << reading.report();
}

TEST_F(DemoTown, WeatherIsReadWithItsGapsAndTheForecastStaysOne) {
  const Reading stations = readFile("stations.csv"), observed = readFile("observations.csv"),
                forecast = readFile("forecast_48h.csv");
  EXPECT_EQ(stations.got.stations.size(), 6u) << stations.report();
  EXPECT_EQ(std::count_if(stations.got.stations.begin(), stations.got.stations.end(),
                          [](const sensors::Station& s) { return s.on_bridge; }),
            1);
  EXPECT_EQ(observed.got.series.size(), 6u * 4u) << observed.report();
  // Hourly from 2026-01-12T00:00 to 2026-01-15T04:00: 3 × 24 + 5 values where there is no gap.
  std::size_t full = 0, gaps = 0;
  for (const sensors::Series& series : observed.got.series) {
    full += series.values.size() == 77;
    gaps += series.values.size() < 77;
  }
  EXPECT_GT(full, gaps);
  EXPECT_GT(gaps, 0u);
  EXPECT_EQ(observed.problems.count(ProblemKind::skipped), 0u) << observed.report();
  ASSERT_EQ(forecast.got.series.size(), 4u) << forecast.report();
  EXPECT_EQ(forecast.got.series[0].values.size(), 48u);
  EXPECT_TRUE(forecast.got.series[0].isForecast());
}

TEST_F(DemoTown, TerrainAndOrthophotoLieUnderTheRoads) {
  const Reading terrain = readFile("dem_5m.tif"), ortho = readFile("ortho.tif"), roads = readFile("roads.gpkg");
  ASSERT_EQ(terrain.got.terrains.size(), 1u) << terrain.report();
  ASSERT_EQ(ortho.got.imagery.size(), 1u) << ortho.report();
  EXPECT_DOUBLE_EQ(terrain.got.terrains[0].spacing_m, 5);
  // The raster's cells reach half a cell beyond the outermost samples.
  const Bounds cover = terrain.got.terrains[0].bounds();
  const double half_cell_m = 2.5;
  for (const model::RoadSegment& road : roads.got.roads) {
    const Vec3d middle = model::pointAlong(road.centreline, road.length_m / 2).point;
    const double x = std::clamp(middle.x, cover.low.x, cover.high.x),
                 y = std::clamp(middle.y, cover.low.y, cover.high.y);
    EXPECT_LE(std::max(std::abs(x - middle.x), std::abs(y - middle.y)), half_cell_m) << road.id;
    EXPECT_TRUE(terrain.got.terrains[0].heightAt(x, y)) << road.id;
    EXPECT_GE(middle.x, ortho.got.imagery[0].extent.low.x);
    EXPECT_LE(middle.y, ortho.got.imagery[0].extent.high.y);
  }
}

}  // namespace
}  // namespace hashimichi::import::tests
