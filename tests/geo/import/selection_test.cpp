#include "geo/import/selection.h"

#include <gmock/gmock.h>

#include "geo/import/import_files.h"
#include "geo/import/selection_sink.h"
#include "geo/import/survey.h"
#include "tests/geo/import/citygml_reading.h"

namespace hashimichi::import::tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

SilentProgress silent;

// ---- what a person writes ----

TEST(ChosenSquares, AreThoseOfTheGridSquareCode) {
  // JIS X 0410: 53/1.5 + 4·5′ + 2·30″ = 35.68333° north, 100 + 39 + 5·7.5′ + 5·45″ = 139.6875° east; 30″ × 45″.
  const auto rings = squaresFrom("53394525, 53394526");
  ASSERT_TRUE(rings);
  ASSERT_EQ(rings->size(), 2u);
  Bounds square;
  for (const Vec3d& corner : rings->front()) square.add(corner);
  EXPECT_NEAR(square.low.y, 35.683333, 1e-6);
  EXPECT_NEAR(square.low.x, 139.6875, 1e-6);
  EXPECT_NEAR(square.high.y - square.low.y, 30 / 3600.0, 1e-9);
  EXPECT_NEAR(square.high.x - square.low.x, 45 / 3600.0, 1e-9);
}

TEST(ChosenSquares, ThatAreNoneAreToldByName) {
  for (const char* bad : {"", ",", "5339452", "53399999", "abc", "53394525,hello"}) {
    const auto rings = squaresFrom(bad);
    ASSERT_FALSE(rings) << bad;
    EXPECT_EQ(rings.error().code, ErrorCode::bad_input) << bad;
  }
  EXPECT_THAT(squaresFrom("53394525,hello").error().text(), HasSubstr("hello"));
}

TEST(ChosenRectangle, MayNameItsCornersInAnyOrderAndNeedsASize) {
  const auto ring = rectangleFrom("138.86, 37.46,138.84,37.44");
  ASSERT_TRUE(ring);
  EXPECT_EQ(ring->front(), (Vec3d{138.84, 37.44, 0}));
  for (const char* bad : {"", "1,2,3", "1,2,3,4,5", "a,b,c,d", "138.8,37.4,138.8,37.5", "37.44,138.84,37.46,138.86",
                          "nan,37.4,138.8,37.5", "1e999,37.4,138.8,37.5"})
    EXPECT_FALSE(rectangleFrom(bad)) << bad;
}

TEST(ChosenPolygons, ComeFromGeoJsonAndNothingElse) {
  const TempFolder folder;
  write(folder / "area.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},
    "geometry":{"type":"MultiPolygon","coordinates":[[[[138,37],[139,37],[139,38],[138,37]]],
    [[[140,37],[141,37],[141,38],[140,38],[140,37]]]]}}]})");
  const auto rings = areaFrom((folder / "area.geojson").string());
  ASSERT_TRUE(rings) << rings.error().text();
  ASSERT_EQ(rings->size(), 2u);
  EXPECT_EQ((*rings)[0].size(), 3u);
  EXPECT_EQ((*rings)[1].size(), 4u);
  const std::string whole = slurp(folder / "area.geojson");
  for (std::size_t tenth = 0; tenth < 10; ++tenth) {
    write(folder / "cut.geojson", whole.substr(0, whole.size() * tenth / 10));
    EXPECT_FALSE(areaFrom((folder / "cut.geojson").string())) << tenth;
  }
  for (const char* bad :
       {"[]", "{}", R"({"type":"Point","coordinates":[138,37]})", R"({"type":"Polygon","coordinates":[]})",
        R"({"type":"Polygon","coordinates":[[[37,138],[38,138],[38,139]]]})",
        R"({"type":"Polygon","coordinates":[[["a",37],[139,37],[139,38]]]})",
        R"({"type":"Polygon","coordinates":[[[138,37],[139,37]]]})", R"({"type":"FeatureCollection","features":[]})",
        R"({"type":"FeatureCollection","features":7})", R"({"type":7,"coordinates":null})"}) {
    write(folder / "bad.geojson", bad);
    EXPECT_FALSE(areaFrom((folder / "bad.geojson").string())) << bad;
  }
  std::string deep;
  for (int i = 0; i < 10000; ++i) deep += R"({"type":"Feature","geometry":)";
  write(folder / "deep.geojson", deep + "null" + std::string(10000, '}'));
  EXPECT_FALSE(areaFrom((folder / "deep.geojson").string()));
  EXPECT_EQ(areaFrom((folder / "absent.geojson").string()).error().code, ErrorCode::not_found);
}

TEST(ChosenLods, AreDigitsWithCommas) {
  EXPECT_THAT(*lodsFrom("2, 0"), ElementsAre(0, 2));
  for (const char* bad : {"", "5", "-1", "1,,2", "lod2", "12"}) EXPECT_FALSE(lodsFrom(bad)) << bad;
}

// ---- whole files ----

TEST(WholeFile, IsLeftAloneWhenItsNameTellsAnotherPlaceOrType) {
  Selection near_shinjuku;
  near_shinjuku.area = *squaresFrom("53394525");
  EXPECT_FALSE(unwantedByName(near_shinjuku, "udx/bldg/53394525_bldg_6697_op.gml"));
  EXPECT_FALSE(unwantedByName(near_shinjuku, "udx/bldg/53394526_bldg_6697_op.gml"));  // features reach over the edge
  EXPECT_EQ(unwantedByName(near_shinjuku, "udx/bldg/53394611_bldg_6697_op.gml"), Unwanted::outside);
  EXPECT_FALSE(unwantedByName(near_shinjuku, "udx/dem/533945_dem_6697_op.gml"));
  EXPECT_FALSE(unwantedByName(near_shinjuku, "12345678.gml"));
  Selection roads;
  roads.types = {"road"};
  EXPECT_EQ(unwantedByName(roads, "udx/bldg/53394525_bldg_6697_op.gml"), Unwanted::type);
  EXPECT_FALSE(unwantedByName(roads, "udx/tran/53394525_tran_6697_op.gml"));
  EXPECT_FALSE(unwantedByName(roads, "udx/urf/53394525_urf_6668_op.gml"));  // may hold anything
  EXPECT_FALSE(unwantedByName(roads, "town.gpkg"));
}

TEST(WholeFile, IsLeftAloneWhenItsOwnExtentLiesElsewhere) {
  Selection selection;
  selection.area = *areaFrom("138.84,37.44,138.86,37.46");  // Nagaoka: zone VIII about 30–32 km east, 160–162 km north
  Peek peek;
  peek.crs = "EPSG:6676";
  peek.bounds = box(30000, 160000, 31000, 161000);
  EXPECT_FALSE(unwantedByPeek(selection, peek));
  peek.bounds = box(-50000, 160000, -49000, 161000);
  EXPECT_EQ(unwantedByPeek(selection, peek), Unwanted::outside);
  peek.crs = "EPSG:6697";
  peek.bounds = box(139.6, 35.6, 139.7, 35.7);
  EXPECT_EQ(unwantedByPeek(selection, peek), Unwanted::outside);
  peek.crs.clear();
  EXPECT_FALSE(unwantedByPeek(selection, peek));
}

// ---- feature by feature ----

/// Zone VIII has its origin at 36° N, 138.5° E, where a degree is 110,958 m north and 90,163 m east (GRS 80).
Selection::LonLatRing ringInMetres(double west, double south, double east, double north) {
  const auto lon = [](double m) { return 138.5 + m / 90163; };
  const auto lat = [](double m) { return 36 + m / 110958; };
  return {
      {lon(west), lat(south), 0}, {lon(east), lat(south), 0}, {lon(east), lat(north), 0}, {lon(west), lat(north), 0}};
}

struct Chosen {
  Selection selection;
  Collected got;
  Problems problems;
  LocalArea area;
  SelectionSink sink;

  explicit Chosen(Selection wanted)
      : selection(std::move(wanted)),
        area(*LocalArea::create(selection.area, *crs::LocalFrame::create(6676, {}))),
        sink(selection, selection.area.empty() ? nullptr : &area, got) {
    sink.beginFile(0, "CityGML");
  }
  std::string told() {
    sink.finish();
    sink.tell(problems);
    return problems.lines().empty() ? "" : problems.lines().front().what;
  }
};

Selection inMetres(double west, double south, double east, double north) {
  Selection selection;
  selection.area = {ringInMetres(west, south, east, north)};
  return selection;
}

model::Building square(const std::string& id, double x, double y, double size, int lod = 1) {
  model::Building building;
  building.id = id;
  building.geometry.lod = lod;
  building.geometry.surfaces = {
      {{{{x, y, 5}, {x + size, y, 5}, {x + size, y + size, 5}, {x, y + size, 5}}, {}}, model::SurfaceKind::roof}};
  return building;
}

TEST(ChosenArea, TakesWhatTouchesItAndCountsTheRest) {
  Chosen chosen(inMetres(0, 0, 100, 100));
  chosen.sink.add(square("inside", 10, 10, 10));
  chosen.sink.add(square("over the edge", 95, 50, 10));
  chosen.sink.add(square("around it all", -500, -500, 2000));
  chosen.sink.add(square("beside", 101, 50, 10));
  chosen.sink.add(square("far", 5000, 50, 10));
  model::RoadSegment through;
  through.id = "through", through.geometry.lines = {{{-50, 50, 0}, {150, 60, 0}}};
  chosen.sink.add(through);
  through.geometry.lines = {{{-50, 150, 0}, {150, 160, 0}}};
  chosen.sink.add(through);
  model::CityObject tree;
  tree.type = "SolitaryVegetationObject", tree.geometry.points = {{50, 50, 1}};
  chosen.sink.add(tree);
  tree.geometry.points = {{50, 500, 1}};
  chosen.sink.add(tree);
  const std::string told = chosen.told();
  ASSERT_EQ(chosen.got.buildings.size(), 3u);
  EXPECT_EQ(chosen.got.buildings[2].id, "around it all");
  EXPECT_EQ(chosen.got.roads.size(), 1u);
  EXPECT_EQ(chosen.got.objects.size(), 1u);
  EXPECT_THAT(told, HasSubstr("outside the area (2 Building, 1 Road, 1 SolitaryVegetationObject)"));
}

TEST(ChosenArea, CutsTheTerrainAndKeepsTheGauges) {
  Chosen chosen(inMetres(0, 0, 100, 100));
  model::Terrain terrain;
  terrain.south_west = {-1000, -1000, 0}, terrain.spacing_m = 10, terrain.columns = terrain.rows = 300;
  for (std::size_t i = 0; i < 300 * 300; ++i) terrain.height_m.push_back(static_cast<float>(i));
  const double height = *terrain.heightAt(55, 42);
  chosen.sink.add(terrain);
  terrain.south_west = {50000, 0, 0};
  chosen.sink.add(terrain);
  chosen.sink.add(sensors::Station{"S1", "", "", {9000, 9000, 0}, false});
  chosen.told();
  ASSERT_EQ(chosen.got.terrains.size(), 1u);
  EXPECT_LE(chosen.got.terrains[0].columns, 13u);
  EXPECT_EQ(*chosen.got.terrains[0].heightAt(55, 42), height);
  EXPECT_TRUE(chosen.got.terrains[0].heightAt(0, 0) && chosen.got.terrains[0].heightAt(99.9, 99.9));
  EXPECT_EQ(chosen.got.stations.size(), 1u);
}

TEST(ChosenArea, LeavesInspectionsOutWithTheirBridgeThoughTheyCameFirst) {
  Chosen chosen(inMetres(0, 0, 100, 100));
  chosen.sink.add(InspectionRecord{"far", {}, "line 2"});
  chosen.sink.add(InspectionRecord{"near", {}, "line 3"});
  model::Bridge bridge;
  bridge.has_register_entry = true;
  bridge.id = "far", bridge.position = Vec3d{900, 900, 0};
  chosen.sink.add(bridge);
  bridge.id = "near", bridge.position = Vec3d{50, 50, 0};
  chosen.sink.add(bridge);
  bridge.id = "nowhere", bridge.position.reset();
  chosen.sink.add(bridge);
  chosen.told();
  ASSERT_EQ(chosen.got.inspections.size(), 1u);
  EXPECT_EQ(chosen.got.inspections[0].bridge_id, "near");
  EXPECT_EQ(chosen.got.bridges.size(), 2u);
}

TEST(ChosenLods, LeaveTheHighestWantedOneToBeShown) {
  Selection selection;
  selection.lods = {0, 1};
  Chosen chosen(selection);
  model::Building building = square("B", 0, 0, 10, 2);
  building.other_lods = {square("", 0, 0, 10, 0).geometry, square("", 0, 0, 11, 1).geometry};
  chosen.sink.add(building);
  chosen.sink.add(square("only lod2", 0, 0, 10, 2));
  ASSERT_EQ(chosen.got.buildings.size(), 1u);
  EXPECT_EQ(chosen.got.buildings[0].geometry.lod, 1);
  ASSERT_EQ(chosen.got.buildings[0].other_lods.size(), 1u);
  EXPECT_EQ(chosen.got.buildings[0].other_lods[0].lod, 0);
  const auto lods = chosen.sink.takeLods();
  EXPECT_EQ(lods.at("Building").at(0), 1u);
  EXPECT_EQ(lods.at("Building").at(1), 1u);
  chosen.sink.beginFile(1, "Shapefile");  // has no levels of detail to choose from
  chosen.sink.add(square("from a Shapefile", 0, 0, 10, 2));
  EXPECT_EQ(chosen.got.buildings.size(), 2u);
  EXPECT_THAT(chosen.told(), HasSubstr("without a wanted level of detail (1 Building)"));
}

TEST(ChosenTypes, LeaveOutTheOthersAndBringWhatBelongsToThem) {
  Selection selection;
  selection.types = {"bridge", "WaterBody"};
  Chosen chosen(selection);
  chosen.sink.add(square("B", 0, 0, 10));
  model::Bridge bridge;
  bridge.id = "1", bridge.has_register_entry = true;
  chosen.sink.add(bridge);
  chosen.sink.add(InspectionRecord{"1", {}, ""});
  model::CityObject object;
  object.type = "WaterBody";
  chosen.sink.add(object);
  object.type = "LandUse";
  chosen.sink.add(object);
  EXPECT_THAT(chosen.told(), HasSubstr("of other types (1 Building, 1 LandUse)"));
  EXPECT_EQ(chosen.got.bridges.size() + chosen.got.inspections.size() + chosen.got.objects.size(), 3u);
}

// ---- the whole way ----

std::string twoBuildings() {
  return document(building("near", multiSurface("bldg:lod0FootPrint", surface(polygon(squareAt(0, 0, 5))))) +
                  building("far", multiSurface("bldg:lod0FootPrint", surface(polygon(squareAt(5000, 5000, 5))))));
}

TEST(SelectedImport, ReadsWhatIsChosenAndSaysWhatItLeftOut) {
  const TempFolder folder;
  write(folder / "town.gml", twoBuildings());
  write(folder / "53394525_bldg_6697_op.gml", "<broken");
  Options options;
  options.selection = inMetres(-5, -5, 20, 20);
  const auto outcome = importFiles({folder.path()}, options, silent);
  ASSERT_TRUE(outcome) << outcome.error().text();
  ASSERT_EQ(outcome->model->buildings.size(), 1u);
  EXPECT_EQ(outcome->model->buildings[0].id, "near");
  ASSERT_EQ(outcome->sources.size(), 1u);
  EXPECT_EQ(outcome->sources[0].features.at("Building"), 1u);
  EXPECT_EQ(outcome->sources[0].lods.at("Building").at(0), 1u);
  EXPECT_EQ(outcome->problems.count(ProblemKind::failed), 0u);
  EXPECT_EQ(outcome->problems.count(ProblemKind::assumption, "selection.applied"), 1u);
}

TEST(SelectedImport, WithoutASelectionSaysNothingOfOne) {
  const TempFolder folder;
  write(folder / "town.gml", twoBuildings());
  const auto outcome = importFiles({folder.path()}, {}, silent);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->model->buildings.size(), 2u);
  EXPECT_EQ(outcome->problems.count(ProblemKind::assumption, "selection.applied"), 0u);
}

TEST(SelectedImport, OfAPlaceWithoutAnyFileIsToldAsSuch) {
  const TempFolder folder;
  write(folder / "53394525_bldg_6697_op.gml", twoBuildings());
  Options options;
  options.selection.area = *squaresFrom("64414277");
  const auto outcome = importFiles({folder.path()}, options, silent);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::not_found);
  EXPECT_THAT(outcome.error().text(), HasSubstr("chosen area"));
}

TEST(Survey, TellsFormatTypesSquareAndSizeWithoutReading) {
  const TempFolder folder;
  const std::string town = document(building("B", multiSurface("bldg:lod0FootPrint", "") + "<bldg:lod2Solid/>"));
  write(folder / "53394525_bldg_6697_op.gml", town);
  write(folder / "stations.csv", "観測所ID,観測所名,緯度,経度\nS1,局,37.45,138.85\n");
  const auto found = survey({folder.path()}, {}, silent);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->files.size(), 2u);
  const SurveyedFile& gml = found->files[0];
  EXPECT_EQ(gml.format, "CityGML");
  EXPECT_EQ(gml.package, "bldg");
  EXPECT_EQ(gml.mesh_code, "53394525");
  EXPECT_THAT(gml.types, ElementsAre("Building"));
  EXPECT_THAT(gml.lods, ElementsAre(0, 2));
  EXPECT_EQ(gml.bytes, town.size());
  ASSERT_TRUE(gml.degrees);  // 0…100 m from 36° N, 138.5° E
  EXPECT_NEAR(gml.degrees->low.x, 138.5, 1e-6);
  EXPECT_NEAR(gml.degrees->high.y, 36 + 100.0 / 110958, 1e-6);
  EXPECT_EQ(found->bytes, town.size() + slurp(folder / "stations.csv").size());
}

TEST(Survey, OfBadFilesGoesOn) {
  const TempFolder folder;
  write(folder / "empty.gml", "");
  write(folder / "cut_bldg.gml", document("").substr(0, 200));
  write(folder / "good.gml", twoBuildings());
  const auto found = survey({folder.path()}, {}, silent);
  ASSERT_TRUE(found);
  EXPECT_GE(found->files.size(), 1u);
  EXPECT_GE(found->problems.count(ProblemKind::failed), 1u);
}

}  // namespace
}  // namespace hashimichi::import::tests
