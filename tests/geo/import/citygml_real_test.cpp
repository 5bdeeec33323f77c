#include <gmock/gmock.h>

#include <regex>

#include "tests/geo/import/citygml_reading.h"

// Counts and values are those of the reference folder's own description, found there by an XML scan.
namespace hashimichi::import::tests {
namespace {

using model::SurfaceKind;
using testing::HasSubstr;

std::filesystem::path plateau(const std::string& below) {
  return sharedData("plateau/" + below);
}

TEST(CityGmlReal, SapporoBuildingsStandWhereTheirPlaneCoordinatesSay) {
  const auto path = plateau("01100_sapporo-shi/udx/bldg/64413325_bldg_6697_op.gml");
  HASHIMICHI_NEEDS_SHARED(path);
  const Reading reading = readCityGml(path, {6680, {0, 0, 0}, {}, {}});  // zone XII, no offset
  ASSERT_FALSE(reading.error) << reading.report();
  ASSERT_EQ(reading.got.buildings.size(), 25u);
  const model::Building& first = reading.got.buildings.front();
  EXPECT_EQ(first.id, "bldg_e3cf1894-2973-4742-b301-3896f04afd99");
  EXPECT_EQ(first.geometry.lod, 1);
  EXPECT_TRUE(first.geometry.has_height);
  ASSERT_EQ(first.geometry.surfaces.size(), 6u);
  EXPECT_DOUBLE_EQ(first.measured_height_m.value_or(0), 2.9);
  EXPECT_FALSE(first.year_built);
  // 42.94147409013628 N 141.44132418475294 E by the series of the national survey (Kawase 2011): X −117275.200,
  // Y −65996.320.
  const Vec3d corner = first.geometry.surfaces[0].polygon.outer[0];
  EXPECT_NEAR(corner.x, -65996.320, 0.001);
  EXPECT_NEAR(corner.y, -117275.200, 0.001);
  EXPECT_DOUBLE_EQ(corner.z, 100.378);
  EXPECT_EQ(model::textOf(first.attributes, "bldg:measuredHeight"), "2.9 m");
  EXPECT_EQ(model::textOf(first.attributes, "gen:KeyCode"), "642328");
  EXPECT_EQ(model::textOf(first.attributes, "uro:BuildingIDAttribute/buildingID"), "01100-bldg-636971");
  EXPECT_EQ(reading.problems.count(ProblemKind::skipped), 0u) << reading.report();
}

TEST(CityGmlReal, YokosukaMuseumKeepsRoofWallsAndGroundOfItsParts) {
  const auto path = plateau("14201_yokosuka-shi/udx/bldg/52397519_bldg_6697_op.gml");
  HASHIMICHI_NEEDS_SHARED(path);
  const Reading reading = readCityGml(path);
  ASSERT_EQ(reading.got.buildings.size(), 13u) << reading.report();
  std::size_t roofs = 0, walls = 0, grounds = 0;
  for (const model::Building& building : reading.got.buildings) {
    roofs += countOf(building.geometry, SurfaceKind::roof);
    walls += countOf(building.geometry, SurfaceKind::wall);
    grounds += countOf(building.geometry, SurfaceKind::ground);
  }
  EXPECT_EQ(roofs, 3u + 332u);
  EXPECT_EQ(walls, 18u + 226u);
  EXPECT_EQ(grounds, 1u + 2u);
  EXPECT_EQ(reading.got.buildings.front().name, "横須賀美術館");
  EXPECT_EQ(reading.skipped("xlink.unresolved"), 0u);
}

TEST(CityGmlReal, YokosukaReliefBecomesAGridThatFollowsItsTriangles) {
  const auto path = plateau("14201_yokosuka-shi/udx/dem/523965_dem_6697_05_op.gml");
  HASHIMICHI_NEEDS_SHARED(path);
  const ReadingOptions how = around(35.2016, 139.6937);
  const Reading reading = readCityGml(path, how);
  ASSERT_EQ(reading.got.terrains.size(), 1u) << reading.report();
  ASSERT_NE(lineOf(reading, "terrain.sampled"), nullptr);
  EXPECT_THAT(lineOf(reading, "terrain.sampled")->what, HasSubstr("1066 triangles"));
  const model::Terrain& terrain = reading.got.terrains.front();
  EXPECT_GE(terrain.bounds().low.z, -0.021);
  EXPECT_LE(terrain.bounds().high.z, 24.2);

  // Every corner of every triangle, read here by a regular expression, against the grid below it.
  const auto frame = crs::LocalFrame::create(how.epsg, how.origin);
  const auto way = crs::ToLocal::create("EPSG:6697", crs::AxisOrder::authority, *frame);
  const std::string text = slurp(path);
  const std::regex pos_list("<gml:posList>([^<]*)</gml:posList>");
  std::vector<double> errors;
  for (std::sregex_iterator it(text.begin(), text.end(), pos_list), end; it != end; ++it) {
    std::istringstream numbers((*it)[1].str());
    for (Vec3d p; numbers >> p.x >> p.y >> p.z;)
      if (const auto height = terrain.heightAt((*way)(p)->x, (*way)(p)->y)) errors.push_back(std::fabs(*height - p.z));
  }
  ASSERT_GT(errors.size(), 2000u);
  std::sort(errors.begin(), errors.end());
  // The piece is thinned to triangles between 0.6 m and 490 m long; steps narrower than the grid are lost.
  EXPECT_LT(errors[errors.size() / 2], 0.1) << "median difference, metres";
}

TEST(CityGmlReal, TokyoBridgesOfTheFirstSpecificationKeepFormAndHoles) {
  const auto path = plateau("13100_tokyo23-ku_2020/udx/brid/53394525_brid_6697_op.gml");
  HASHIMICHI_NEEDS_SHARED(path);
  const Reading reading = readCityGml(path);
  ASSERT_EQ(reading.got.bridges.size(), 59u) << reading.report();
  std::size_t faces = 0, holes = 0, with_form = 0;
  for (const model::Bridge& bridge : reading.got.bridges) {
    faces += bridge.geometry.surfaces.size();
    with_form += bridge.geometry.surfaces.empty() ? 0u : 1u;
    for (const model::Surface& s : bridge.geometry.surfaces) holes += s.polygon.holes.size();
  }
  EXPECT_EQ(faces, 2314u);
  EXPECT_EQ(holes, 3u);
  EXPECT_EQ(with_form, 21u);
  EXPECT_EQ(reading.assumed("geometry.none"), 59u - 21u);
  EXPECT_EQ(reading.assumed("id.made"), 1u);
}

TEST(CityGmlReal, TokyoRoadsOf2020HaveHeightsAndSuginamiRoadsAreFlat) {
  const auto tokyo = plateau("13100_tokyo23-ku_2020/udx/tran/533925_tran_6697_op.gml");
  HASHIMICHI_NEEDS_SHARED(tokyo);
  const Reading high = readCityGml(tokyo);
  ASSERT_EQ(high.got.roads.size(), 9u) << high.report();
  for (const model::RoadSegment& road : high.got.roads) EXPECT_TRUE(road.geometry.has_height) << road.id;

  for (const char* version : {"", "__citygml3"}) {
    const Reading flat = readCityGml(plateau("13115_suginami-ku_city_2024_citygml_1_op" + std::string(version) +
                                             "/udx/tran/53394503_tran_6697_op.gml"));
    ASSERT_EQ(flat.got.roads.size(), 1u) << flat.report();
    const model::RoadSegment& road = flat.got.roads.front();
    EXPECT_FALSE(road.geometry.has_height);
    EXPECT_EQ(road.geometry.lod, 2);
    EXPECT_EQ(road.geometry.surfaces.size(), 68u) << "65 of traffic areas, 3 of auxiliary ones, each once";
    EXPECT_EQ(countOf(road.geometry, SurfaceKind::intersection) + countOf(road.geometry, SurfaceKind::footway), 65u);
    EXPECT_EQ(countOf(road.geometry, SurfaceKind::island) + countOf(road.geometry, SurfaceKind::planting) +
                  countOf(road.geometry, SurfaceKind::shoulder),
              3u);
    ASSERT_EQ(road.other_lods.size(), 1u);
    EXPECT_EQ(road.other_lods[0].lod, 1);
    EXPECT_EQ(road.other_lods[0].surfaces.size(), 1u);
    EXPECT_FALSE(road.on_bridge) << "sectionType 4 is an intersection";
    EXPECT_FALSE(road.emergency_route) << "usage 9 says nothing";
    EXPECT_EQ(model::textOf(road.attributes, "tran:usage"), "9 (不明)");
    EXPECT_GT(road.length_m, 20);
    EXPECT_LT(road.length_m, 60) << "the junction is 24 × 29 m";
  }
}

TEST(CityGmlReal, HiroshimaFootbridgeBringsItsInspection) {
  const auto path = plateau("34100_hiroshima_plateau-3_0/udx/brid/hodokyo_51324378_brid_6697.gml");
  HASHIMICHI_NEEDS_SHARED(path);
  const Reading reading = readCityGml(path);
  ASSERT_EQ(reading.got.bridges.size(), 1u) << reading.report();
  const model::Bridge& bridge = reading.got.bridges.front();
  EXPECT_EQ(bridge.name, "東蟹屋陸橋");
  EXPECT_EQ(bridge.year_built, 1968);
  EXPECT_DOUBLE_EQ(bridge.length_m.value_or(0), 104.5);
  EXPECT_DOUBLE_EQ(bridge.width_m.value_or(0), 1.5);
  EXPECT_EQ(bridge.administrator, "広島市") << "through the schema's misspelt uro:administorator";
  EXPECT_EQ(model::textOf(bridge.attributes, "brid:function"), "07 (横断歩道橋)");
  ASSERT_EQ(bridge.inspections.size(), 1u);
  EXPECT_EQ(bridge.inspections[0].fiscal_year, 2019);
  EXPECT_EQ(bridge.inspections[0].soundness, assets::Soundness::I);
  EXPECT_FALSE(bridge.has_register_entry);
  // LOD3: boundary surfaces 14 + 164 + 298 + 1392, construction elements 484, installations 1226; the solid's 1,868
  // links name the boundary surfaces again.
  EXPECT_EQ(bridge.geometry.lod, 3);
  EXPECT_EQ(bridge.geometry.surfaces.size(), 14u + 164u + 298u + 1392u + 484u + 1226u);
  EXPECT_EQ(countOf(bridge.geometry, SurfaceKind::deck), 1392u);
  EXPECT_EQ(countOf(bridge.geometry, SurfaceKind::girder), 298u);
  EXPECT_EQ(countOf(bridge.geometry, SurfaceKind::substructure), 484u);
  EXPECT_EQ(reading.skipped("xlink.unresolved"), 0u);
}

TEST(CityGmlReal, TamanaBridgesKeepAllTheirTriangles) {
  const auto path = plateau("43206_tamana-shi_city_2024_citygml_2_op/udx/brid/49303414_brid_6697_op.gml");
  HASHIMICHI_NEEDS_SHARED(path);
  const Reading reading = readCityGml(path);
  ASSERT_EQ(reading.got.bridges.size(), 3u) << reading.report();
  std::size_t faces = 0;
  for (const model::Bridge& bridge : reading.got.bridges) faces += bridge.geometry.surfaces.size();
  EXPECT_EQ(faces, 1772u);
  EXPECT_EQ(reading.got.bridges.front().structure_type, "桁橋");
}

TEST(CityGmlReal, ShinjukuStadiumIsTheSameInCityGml2And3) {
  const auto old_path = plateau("13104_shinjuku-ku_pref_2025_citygml_1_op/udx/bldg/53394517_bldg_6697_op.gml");
  const auto new_path =
      plateau("13104_shinjuku-ku_pref_2025_citygml_1_op__citygml3/udx/bldg/53394517_bldg_6697_op.gml");
  HASHIMICHI_NEEDS_SHARED(old_path);
  const ReadingOptions how = around(35.68, 139.71);
  const Reading old_reading = readCityGml(old_path, how), new_reading = readCityGml(new_path, how);
  ASSERT_EQ(old_reading.got.buildings.size(), 1u) << old_reading.report();
  ASSERT_EQ(new_reading.got.buildings.size(), 3u) << new_reading.report();
  const model::Building& before = old_reading.got.buildings[0];
  const model::Building& after = new_reading.got.buildings[1];
  ASSERT_EQ(before.id, after.id);
  EXPECT_EQ(before.geometry.surfaces.size(), 650u);
  EXPECT_EQ(after.geometry.surfaces.size(), 650u);
  for (const SurfaceKind kind : {SurfaceKind::wall, SurfaceKind::roof, SurfaceKind::ground})
    EXPECT_EQ(countOf(before.geometry, kind), countOf(after.geometry, kind));
  const Bounds a = model::boundsOf(before.geometry), b = model::boundsOf(after.geometry);
  EXPECT_LT(norm(a.low - b.low) + norm(a.high - b.high), 1e-6);
  EXPECT_EQ(before.measured_height_m, 16.1);
  EXPECT_EQ(after.measured_height_m, 16.1) << "con:Height of CityGML 3.0";
}

TEST(CityGmlReal, LongitudeBeforeLatitudeIsCorrectedAndReported) {
  const auto path = plateau("citygml3-xlink/citygml3reader/udx/bldg/feature_xlink_referrer.gml");
  HASHIMICHI_NEEDS_SHARED(path);
  Problems ignored;
  const auto peek = citygmlImporter().peek(path, {}, ignored);
  ASSERT_TRUE(peek.ok());
  EXPECT_EQ(peek->order, crs::AxisOrder::east_first);
  EXPECT_NEAR(peek->bounds.low.x, 139.7454, 1e-9);
  EXPECT_NEAR(peek->bounds.low.y, 35.6586, 1e-9);
  const Reading reading = readCityGml(path, around(35.65865, 139.74545));
  ASSERT_EQ(reading.got.buildings.size(), 1u) << reading.report();
  EXPECT_EQ(reading.assumed("axis.swapped"), 1u);
  const Bounds bounds = model::boundsOf(reading.got.buildings[0].geometry);
  EXPECT_LT(norm(Vec3d{bounds.centre().x, bounds.centre().y, 0}), 1.0);
}

TEST(CityGmlReal, SentinelsAreUnknownAndToldOncePerKind) {
  const auto path = plateau("quality-check/01-01-common/T03_02/udx/bldg/49303425_bldg_6697_op.gml");
  HASHIMICHI_NEEDS_SHARED(path);
  const Reading reading = readCityGml(path);
  ASSERT_EQ(reading.got.buildings.size(), 242u);
  const auto unknown_heights = std::count_if(reading.got.buildings.begin(), reading.got.buildings.end(),
                                             [](const auto& b) { return !b.measured_height_m; });
  EXPECT_GE(unknown_heights, 62) << "measuredHeight −9999 stands 62 times in the file";
  EXPECT_THAT(reading.report(), HasSubstr("measuredHeight is \"-9999\" 62 times"));
  EXPECT_THAT(reading.report(), HasSubstr("yearOfConstruction is \"0001\" 110 times"));
  EXPECT_EQ(reading.skipped("xlink.unresolved"), 1u);
}

TEST(CityGmlReal, MapDrawingInAnotherCrsIsAFormOfItsOwn) {
  const auto path = plateau("quality-check/09-brid-tun-ubld/Z-BRID-TUN-UBLD-00_no-error/udx/brid/input.gml");
  HASHIMICHI_NEEDS_SHARED(path);
  const Reading mixed = readCityGml(path);
  ASSERT_EQ(mixed.got.bridges.size(), 1u);
  ASSERT_NE(lineOf(mixed, "geometry.other_crs"), nullptr) << mixed.report();
  const model::Bridge& bridge = mixed.got.bridges[0];
  EXPECT_TRUE(bridge.geometry.lines.empty()) << "the drawing is not mixed into the form proper";
  ASSERT_FALSE(bridge.other_lods.empty());
  const model::Geometry& drawing = bridge.other_lods[0];
  EXPECT_FALSE(drawing.has_height);
  ASSERT_FALSE(drawing.lines.empty());
  const Bounds form = model::boundsOf(bridge.geometry), drawn = model::boundsOf(drawing);
  EXPECT_LT(distance2d(form.centre(), drawn.centre()), 100) << "both lie at the bridge";
}

TEST(CityGmlReal, OneUndeclaredPrefixDoesNotCostTheCity) {
  const auto path = plateau("日本語パステスト/udx/bldg/53392642_bldg_6697_op2.gml");
  HASHIMICHI_NEEDS_SHARED(path);
  const Reading reading = readCityGml(path);
  EXPECT_EQ(reading.got.buildings.size(), 8u) << reading.report();
  EXPECT_EQ(reading.assumed("xml.undeclared_prefix"), 1u);
}

}  // namespace
}  // namespace hashimichi::import::tests
