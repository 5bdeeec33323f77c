// Vector layers that nobody here made.
#include <gmock/gmock.h>

#include <set>

#include "tests/geo/import/reading.h"

namespace hashimichi::import::tests {
namespace {

const ReadingOptions delft{28992, {84900, 447500, 0}, {}, {}};

TEST(DutchBgt, RoadAreasBridgesBuildingsAndWaterAreToldByTheirNames) {
  HASHIMICHI_NEEDS_SHARED(sharedData("delft-town"));
  // Counts of `ogrinfo -so -al`.
  const Reading roads = read(vectorImporter(), sharedData("delft-town/bgt_wegdeel.sqlite"), delft);
  EXPECT_EQ(roads.got.roads.size(), 151u) << roads.report();
  const Reading bridges = read(vectorImporter(), sharedData("delft-town/bgt_overbruggingsdeel.sqlite"), delft);
  EXPECT_EQ(bridges.got.bridges.size(), 3u) << bridges.report();
  const Reading buildings = read(vectorImporter(), sharedData("delft-town/bgt_pand.sqlite"), delft);
  EXPECT_EQ(buildings.got.buildings.size(), 160u) << buildings.report();
  const Reading water = read(vectorImporter(), sharedData("delft-town/bgt_waterdeel.sqlite"), delft);
  ASSERT_EQ(water.got.objects.size(), 3u) << water.report();
  EXPECT_EQ(water.got.objects[0].kind, model::ObjectKind::water);
  const Reading weir = read(vectorImporter(), sharedData("delft-town/bgt_kunstwerkdeel.sqlite"), delft);
  ASSERT_EQ(weir.got.objects.size(), 1u) << weir.report();
  EXPECT_EQ(weir.got.objects[0].kind, model::ObjectKind::other);
}

TEST(DutchBgt, AnEmptyTunnelLayerIsNoFailure) {
  HASHIMICHI_NEEDS_SHARED(sharedData("delft-town"));
  const Reading tunnels = read(vectorImporter(), sharedData("delft-town/bgt_tunneldeel.sqlite"), delft);
  EXPECT_FALSE(tunnels.error) << tunnels.report();
  EXPECT_TRUE(tunnels.problems.empty()) << tunnels.report();
}

TEST(DutchBgt, RoadAreasKeepTheirIdsAreaAndSurfaceKindAndHaveNoHeight) {
  HASHIMICHI_NEEDS_SHARED(sharedData("delft-town"));
  const Reading reading = read(vectorImporter(), sharedData("delft-town/bgt_wegdeel.sqlite"), delft);
  std::set<std::string> ids;
  std::size_t footways = 0;
  for (const model::RoadSegment& road : reading.got.roads) {
    ids.insert(road.id);
    ASSERT_FALSE(road.geometry.surfaces.empty());
    EXPECT_TRUE(road.centreline.empty());
    EXPECT_FALSE(road.geometry.has_height);
    EXPECT_GT(model::area2d(road.geometry.surfaces[0].polygon), 0);
    footways += road.geometry.surfaces[0].kind == model::SurfaceKind::footway;
  }
  EXPECT_EQ(ids.size(), 151u);
  EXPECT_EQ(footways, 78u + 4u + 1u);  // voetpad, voetpad op trap, voetgangersgebied: ogrinfo | sort | uniq -c
}

TEST(DutchBgt, PeekNamesTheCrsAndTheExtent) {
  HASHIMICHI_NEEDS_SHARED(sharedData("delft-town"));
  Problems problems;
  const Result<Peek> peek = vectorImporter().peek(sharedData("delft-town/bgt_wegdeel.sqlite"), {}, problems);
  ASSERT_TRUE(peek) << peek.error().text();
  EXPECT_EQ(peek->crs, "EPSG:28992");
  EXPECT_EQ(peek->format, "SpatiaLite");
  EXPECT_NEAR(peek->bounds.low.x, 84760.092, 1e-6);
  EXPECT_NEAR(peek->bounds.high.y, 447635.290, 1e-6);
}

// Yaizu lies in zone VIII; its roads come as degrees (JGD2011) and as JGD2000 zone VIII.
const ReadingOptions yaizu{6676, {-19000, -129000, 0}, {}, {}};

TEST(YaizuOpenData, EmergencyRoutesOfThreeClassesComeFromFilesWithJapaneseNames) {
  HASHIMICHI_NEEDS_SHARED(sharedData("roads/yaizu"));
  struct Case {
    const char* file;
    std::size_t count;
    int route_class;
  };
  for (const Case& expected : {Case{"緊急輸送路_一次緊急輸送路/一次緊急輸送路.shp", 31, 1},
                               Case{"緊急輸送路_二次緊急輸送路/二次緊急輸送路.shp", 23, 2},
                               Case{"緊急輸送路_三次輸送路/三次輸送路.shp", 40, 3}}) {
    const Reading reading = read(vectorImporter(), sharedData("roads/yaizu") / expected.file, yaizu);
    ASSERT_EQ(reading.got.roads.size(), expected.count) << reading.report();
    for (const model::RoadSegment& road : reading.got.roads) EXPECT_EQ(road.emergency_route, expected.route_class);
    EXPECT_EQ(reading.assumed("encoding.assumed"), 0u) << "the .cpg says Shift_JIS and it is";
    EXPECT_EQ(reading.assumed("crs.assumed"), 0u);
  }
}

TEST(YaizuOpenData, ShiftJisCellsAreReadAsJapanese) {
  HASHIMICHI_NEEDS_SHARED(sharedData("roads/yaizu"));
  const Reading reading =
      read(vectorImporter(), sharedData("roads/yaizu/緊急輸送路_一次緊急輸送路/一次緊急輸送路.shp"), yaizu);
  ASSERT_FALSE(reading.got.roads.empty()) << reading.report();
  const model::Attributes& attributes = reading.got.roads[0].attributes;
  EXPECT_EQ(model::textOf(attributes, "種別"), "県一次緊急輸送路")
      << "item2 of feature 0 (ogrinfo -oo ENCODING=CP932); attributes.csv beside it calls item2 種別";
}

TEST(YaizuOpenData, Jgd2000RoadsLandWhereJgd2011HasThem) {
  HASHIMICHI_NEEDS_SHARED(sharedData("roads/yaizu"));
  const Reading reading = read(vectorImporter(), sharedData("roads/yaizu/都市計画道路/都市計画道路.shp"), yaizu);
  ASSERT_GE(reading.got.roads.size(), 300u) << reading.report();
  // First point of feature 0: -20729.515625 -131810.46875 (ogrinfo); in this part of Japan both datums agree within
  // metres.
  EXPECT_NEAR(reading.got.roads[0].centreline[0].x, -20729.5 + 19000, 2);
  EXPECT_NEAR(reading.got.roads[0].centreline[0].y, -131810.5 + 129000, 2);
}

TEST(OtherCountries, AGeoPackageFromWisconsinIsRefusedInAJapaneseProject) {
  HASHIMICHI_NEEDS_SHARED(sharedData("snow/plough-middleton/route1_blue.gpkg"));
  ReadingOptions how;
  how.area = box(-1000, -1000, 1000, 1000);
  const Reading reading = read(vectorImporter(), sharedData("snow/plough-middleton/route1_blue.gpkg"), how);
  ASSERT_TRUE(reading.error) << reading.report();
  EXPECT_EQ(reading.error->code, ErrorCode::bad_crs);
  EXPECT_TRUE(reading.got.roads.empty());
}

TEST(OtherCountries, PloughRoutesOfMiddletonAreRoadAreasInTheirOwnZone) {
  HASHIMICHI_NEEDS_SHARED(sharedData("snow/plough-middleton"));
  const ReadingOptions wisconsin{32616, {294000, 4775000, 0}, {}, {}};
  // Counts of `ogrinfo -so -al`.
  for (const auto& [file, count] : {std::pair{"route1_blue.gpkg", 1u}, std::pair{"route2_orange.gpkg", 2u}}) {
    const Reading reading = read(vectorImporter(), sharedData("snow/plough-middleton") / file, wisconsin);
    EXPECT_EQ(reading.got.roads.size(), count) << reading.report();
  }
}

}  // namespace
}  // namespace hashimichi::import::tests
