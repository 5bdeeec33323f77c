// Every public CityJSON file beside the checkout, with the counts that its publishers and the data list state.
#include <gmock/gmock.h>

#include <map>

#include "geo/import/import_files.h"
#include "tests/geo/import/cityjson_reading.h"

namespace hashimichi::import::tests {
namespace {

using Counts = std::map<std::string, std::size_t>;

struct RealFile {
  const char* path;
  const char* source_crs;  ///< for files that name none
  Counts features;
  std::vector<std::string> lines;  ///< codes that its report must hold
};

void PrintTo(const RealFile& file, std::ostream* out) {
  *out << file.path;
}

const Counts delft{{"Bridge", 3},    {"Building", 160},        {"Road", 143}, {"LandUse", 81}, {"PlantCover", 126},
                   {"WaterBody", 3}, {"GenericCityObject", 54}};

const RealFile real_files[] = {
    {"delft-town/testarea_3dfier_output.json", "", delft, {}},
    {"cityjson/cjio/delft.json", "", delft, {}},
    {"cityjson/cjio/DH_01_subs.city.json", "EPSG:7415", {{"Building", 4}}, {"crs.assumed"}},
    {"cityjson/cjio/multi_lod.json", "EPSG:7415", {{"Building", 10}}, {}},
    {"cityjson/cjio/rotterdam_subset.json", "EPSG:7415", {{"Building", 16}}, {"texture.missing"}},
    {"cityjson/cjio/zurich_subset_lod2.json", "", {{"Building", 49}}, {}},
    {"cityjson/cjval/address.json", "EPSG:7415", {{"Building", 2}}, {}},
    {"cityjson/cjval/duplicate.json", "EPSG:7415", {{"Building", 1}}, {"object.duplicate"}},
    {"cityjson/cjval/extension.jsonl",
     "EPSG:7415",
     {{"Building", 3}, {"GenericCityObject", 1}, {"GnericCityObject", 1}},
     {"object.type_unknown"}},
    {"cityjson/cjval/japanese.city.json", "", {{"Building", 2}}, {"axis.north_first"}},
    {"cityjson/cjval/texture1.city.json", "", {{"Building", 1}}, {"texture.missing"}},
    {"cityjson/cjseq/1b_w_texture.city.json", "EPSG:3879", {{"Building", 1}}, {"texture.missing"}},
    {"cityjson/val3dity/3dbag_b2.city.jsonl", "", {{"Building", 2}}, {}},
    {"cityjson/val3dity/denhaag_random_5.city.jsonl", "", {{"Building", 5}}, {}},
    {"cityjson/val3dity/geomtemplate_2.json", "EPSG:7415", {{"SolitaryVegetationObject", 1}}, {}},
    {"cityjson/val3dity/notransform.city.jsonl", "", {{"Building", 1}}, {"transform.missing", "extent.mismatch"}},
};

class RealCityJson : public testing::TestWithParam<RealFile> {};

TEST_P(RealCityJson, IsReadWithTheCountsOfItsPublisher) {
  const auto path = sharedData(GetParam().path);
  HASHIMICHI_NEEDS_SHARED(path);
  Options options;
  options.source_crs = GetParam().source_crs;
  SilentProgress silent;
  const auto outcome = importFiles({path}, options, silent);
  ASSERT_TRUE(outcome) << outcome.error().text();
  ASSERT_EQ(outcome->sources.size(), 1u);
  EXPECT_EQ(outcome->sources[0].features, GetParam().features);
  EXPECT_EQ(outcome->sources[0].format, "CityJSON");
  for (const std::string& code : GetParam().lines)
    EXPECT_GT(
        outcome->problems.count(ProblemKind::assumption, code) + outcome->problems.count(ProblemKind::skipped, code),
        0u)
        << code;
  for (const model::Building& building : outcome->model->buildings)
    EXPECT_FALSE(building.geometry.empty()) << building.id;
}

INSTANTIATE_TEST_SUITE_P(All, RealCityJson, testing::ValuesIn(real_files));

TEST(RealCityJsonFiles, EveryFileBesideTheCheckoutIsInTheTable) {
  const auto folder = sharedData("cityjson");
  HASHIMICHI_NEEDS_SHARED(folder);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() == ".gml") continue;
    if (entry.path().filename() == "unclosedbracket.city.jsonl") continue;  // below
    const bool known = std::any_of(std::begin(real_files), std::end(real_files),
                                   [&](const RealFile& file) { return sharedData(file.path) == entry.path(); });
    EXPECT_TRUE(known) << entry.path();
  }
}

TEST(RealCityJsonFiles, SequenceWithABrokenHeadIsRefusedWithItsLine) {
  const auto path = sharedData("cityjson/val3dity/unclosedbracket.city.jsonl");
  HASHIMICHI_NEEDS_SHARED(path);
  const Reading reading = readCityJson(path, netherlands);
  ASSERT_TRUE(reading.error);
  EXPECT_THAT(reading.error->where, testing::HasSubstr("unclosedbracket.city.jsonl:1"));
  EXPECT_TRUE(reading.got.buildings.empty());
}

TEST(RealCityJsonFiles, MinatoLiesInMinatoThoughItsNorthComesFirst) {
  const auto path = sharedData("cityjson/cjval/japanese.city.json");
  HASHIMICHI_NEEDS_SHARED(path);
  // Minato ward (13103), Tokyo: 35.65° N 139.74° E is within a few km; zone IX without an offset.
  const Reading reading = readCityJson(path, {6677, {0, 0, 0}, {}, {}});
  ASSERT_EQ(reading.got.buildings.size(), 2u) << reading.report();
  const Vec3d centre = model::boundsOf(reading.got.buildings[0].geometry).centre();
  const auto zero = crs::LocalFrame::create(6677, {});
  const auto to_degrees = crs::FromLocal::create(*zero, "EPSG:6668");
  const auto place = (*to_degrees)(centre);
  ASSERT_TRUE(place);
  EXPECT_NEAR(place->y, 35.66, 0.03);
  EXPECT_NEAR(place->x, 139.74, 0.03);
  EXPECT_EQ(model::textOf(reading.got.buildings[0].attributes, "延べ面積換算係数"), "1.00");
  EXPECT_EQ(reading.got.buildings[0].other_lods.size(), 2u);  // LOD0 and LOD1 below LOD2
  EXPECT_EQ(reading.got.buildings[0].measured_height_m, 13.4);
}

TEST(RealCityJsonFiles, BagBuildingsKeepAllTheirLevels) {
  const auto path = sharedData("cityjson/cjio/multi_lod.json");
  HASHIMICHI_NEEDS_SHARED(path);
  ReadingOptions how = netherlands;
  how.options.source_crs = "EPSG:7415";
  const Reading reading = readCityJson(path, how);
  ASSERT_EQ(reading.got.buildings.size(), 10u);
  for (const model::Building& building : reading.got.buildings) {
    EXPECT_EQ(building.geometry.lod, 2);
    EXPECT_EQ(building.other_lods.size(), 2u);  // 1.2 and 1.3
    EXPECT_EQ(model::textOf(building.attributes, "lod"), "2.2");
    EXPECT_TRUE(building.year_built);
  }
}

TEST(RealCityJsonFiles, TheTreeOfATemplateStandsAtItsVertex) {
  const auto path = sharedData("cityjson/val3dity/geomtemplate_2.json");
  HASHIMICHI_NEEDS_SHARED(path);
  ReadingOptions how = netherlands;
  how.options.source_crs = "EPSG:28992";
  const Reading reading = readCityJson(path, how);
  ASSERT_EQ(reading.got.objects.size(), 1u) << reading.report();
  const Bounds bounds = model::boundsOf(reading.got.objects[0].geometry);
  // The vertex (744, 6163, 1219) mm + (0.56, 0.64, 7.579) m; the template's corner is its origin.
  EXPECT_NEAR(bounds.low.x, 1.304, 0.01);
  EXPECT_NEAR(bounds.low.y, 6.803, 0.01);
  EXPECT_EQ(reading.got.objects[0].geometry.surfaces.size(), 36u);  // the template's boundaries
}

TEST(RealCityJsonFiles, TexturedBuildingHasAPlaceInThePictureForEveryPoint) {
  const auto path = sharedData("cityjson/cjval/texture1.city.json");
  HASHIMICHI_NEEDS_SHARED(path);
  ReadingOptions how = netherlands;
  how.origin = {85300, 446800, 0};
  const Reading reading = readCityJson(path, how);
  ASSERT_EQ(reading.got.buildings.size(), 1u) << reading.report();
  const model::Geometry& geometry = reading.got.buildings[0].geometry;
  ASSERT_GT(geometry.appearance.size(), 20u);
  for (const model::SurfaceAppearance& look : geometry.appearance) {
    EXPECT_LT(look.material, reading.got.materials.size());
    EXPECT_TRUE(look.uv.empty() || look.uv.size() == geometry.surfaces.at(look.surface).polygon.outer.size());
  }
  EXPECT_THAT(reading.got.materials[0].texture_path, testing::EndsWith("cjval/textures/texture.png"));
  EXPECT_EQ(reading.got.materials[0].wrap, model::TextureWrap::repeat);
}

}  // namespace
}  // namespace hashimichi::import::tests
