#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/geo/import/citygml_reading.h"

// Every CityGML file of the reference folder beside its description: features by type, gml:Polygon elements and
// triangles, both counted there by an XML scan. A polygon counts once, whatever levels link to it.
namespace hashimichi::import::tests {
namespace {

struct Row {
  const char* file;
  std::map<std::string, std::size_t> types;
  std::size_t polygons;
  std::size_t left_out = 0;  ///< of these, the ones that are told and not read: rings of two points
};

const Row rows[] = {
    {"01100_sapporo-shi/udx/bldg/64413325_bldg_6697_op.gml", {{"Building", 25}}, 181},
    {"01100_sapporo-shi/udx/urf/644131_urf_6668_op.gml",
     {{"AreaClassification", 6}, {"UseDistrict", 4}, {"UrbanPlanningArea", 1}, {"FirePreventionDistrict", 1}},
     12},
    {"08220_tsukuba-shi_city_2023_citygml_2_op/udx/frn/54400098_frn_6697_op.gml", {{"CityFurniture", 5}}, 1487},
    {"08220_tsukuba-shi_city_2023_citygml_2_op/udx/veg/54401008_veg_6697_op.gml",
     {{"PlantCover", 3}, {"SolitaryVegetationObject", 3}},
     1128},
    {"13100_tokyo23-ku_2020/udx/brid/53394525_brid_6697_op.gml", {{"Bridge", 59}}, 2314},
    {"13100_tokyo23-ku_2020/udx/dem/533925_dem_6697_op.gml", {{"Terrain", 1}}, 0},
    {"13100_tokyo23-ku_2020/udx/frn/53394525_frn_6697_sjkms_op.gml", {{"CityFurniture", 2}}, 481},
    {"13100_tokyo23-ku_2020/udx/lsld/533925_lsld_6668_op.gml", {{"GenericCityObject", 55}}, 55},
    {"13100_tokyo23-ku_2020/udx/luse/533925_luse_6668_2_op.gml", {{"LandUse", 3}}, 3},
    {"13100_tokyo23-ku_2020/udx/tran/533925_tran_6697_op.gml", {{"Road", 9}}, 9},
    {"13100_tokyo23-ku_2020/udx/urf/533925_urf_6668_kodo_op.gml", {{"DistrictsAndZones", 15}}, 15},
    {"13104_shinjuku-ku_pref_2025_citygml_1_op/udx/bldg/53394517_bldg_6697_op.gml", {{"Building", 1}}, 762},
    {"13104_shinjuku-ku_pref_2025_citygml_1_op__citygml3/udx/bldg/53394517_bldg_6697_op.gml", {{"Building", 3}}, 782},
    {"13105_bunkyo-ku_pref_2025_citygml_1_op/udx/wtr/533945_wtr_6697_op.gml", {{"WaterBody", 5}}, 4170},
    {"13115_suginami-ku_city_2024_citygml_1_op/udx/tran/53394503_tran_6697_op.gml", {{"Road", 1}}, 69},
    {"13115_suginami-ku_city_2024_citygml_1_op__citygml3/udx/tran/53394503_tran_6697_op.gml", {{"Road", 1}}, 69},
    {"13999_tokyo_udx-mlit_2023_citygml_2_sample-takeshiba_op/udx/tun/53393690_tun_6697_40_op.gml",
     {{"Tunnel", 1}},
     267},
    {"14201_yokosuka-shi/udx/bldg/52397519_bldg_6697_op.gml", {{"Building", 13}}, 811},
    {"14201_yokosuka-shi/udx/dem/523965_dem_6697_05_op.gml", {{"Terrain", 1}}, 0},
    {"15202_nagaoka-shi_city_2024_citygml_1_op/udx/frn/56380598_frn_6697_op.gml", {{"CityFurniture", 1}}, 0},
    {"15202_nagaoka-shi_city_2024_citygml_1_op/udx/unf/08EE752_unf_10169_sewer_op.gml",
     {{"SewerPipe", 2}, {"Manhole", 2}},
     184},
    {"16202_takaoka-shi_city_2024_citygml_1_op/udx/fld/pref/oyabegawa_gandogawa/55360704_fld_6697_l2.gml",
     {{"WaterBody", 1}},
     310},
    {"16202_takaoka-shi_city_2024_citygml_1_op/udx/rwy/55360718_rwy_6697.gml", {{"Railway", 1}}, 1},
    {"16202_takaoka-shi_city_2024_citygml_1_op/udx/rwy/55360728_rwy_6697.gml", {{"Railway", 4}}, 4},
    {"16202_takaoka-shi_city_2024_citygml_1_op/udx/rwy/55360733_rwy_6697.gml", {{"Railway", 2}}, 2},
    {"34100_hiroshima_plateau-3_0/udx/brid/hodokyo_51324378_brid_6697.gml", {{"Bridge", 1}}, 4509, 4},
    {"40223_koga-shi_city_2024_citygml_1_op/udx/gen/50304358_gen_6697_f20_op.gml", {{"GenericCityObject", 1}}, 1},
    {"43206_tamana-shi_city_2024_citygml_2_op/udx/brid/49303414_brid_6697_op.gml", {{"Bridge", 3}}, 1772},
    {"43206_tamana-shi_city_2024_citygml_2_op/udx/lsld/493023_lsld_6697_op.gml", {{"SedimentDisasterProneArea", 2}}, 2},
    {"citygml3-xlink/citygml3reader/udx/bldg/feature_xlink_referrer.gml", {{"Building", 1}}, 2},
    {"citygml3-xlink/citygml3reader/udx/frn/geometry_xlink_definition.gml", {{"CityFurniture", 1}}, 1},
    {"citygml3-xlink/citygml3reader/udx/frn/geometry_xlink_referrer.gml", {{"CityFurniture", 1}}, 1},
    {"citygml3-xlink/citygml3reader/udx/tran/feature_xlink_definition.gml", {{"Road", 1}}, 1},
    {"日本語パステスト/udx/bldg/53392642_bldg_6697_op2.gml", {{"Building", 8}}, 646},
};

std::map<std::string, std::size_t> typesOf(const Collected& got) {
  std::map<std::string, std::size_t> types;
  const auto count = [&](const std::string& type, std::size_t number) {
    if (number > 0) types[type] += number;
  };
  count("Building", got.buildings.size());
  count("Road", got.roads.size());
  count("Bridge", got.bridges.size());
  count("Terrain", got.terrains.size());
  for (const model::CityObject& object : got.objects) count(object.type, 1);
  return types;
}

/// Faces of all levels of detail, each once: a form that falls back on another level holds its faces again.
template <typename Feature>
std::size_t facesOf(const std::vector<Feature>& features) {
  std::size_t faces = 0;
  for (const Feature& feature : features) {
    faces += feature.geometry.surfaces.size();
    for (const model::Geometry& level : feature.other_lods) faces += level.surfaces.size();
  }
  return faces;
}

class CityGmlTable : public testing::TestWithParam<Row> {};

TEST_P(CityGmlTable, FeaturesAndPolygonsAreThoseOfTheDescription) {
  const auto path = sharedData("plateau/" + std::string(GetParam().file));
  HASHIMICHI_NEEDS_SHARED(path);
  const Reading reading = readCityGml(path);
  ASSERT_FALSE(reading.error) << reading.report();
  EXPECT_EQ(typesOf(reading.got), GetParam().types) << reading.report();
  const Collected& got = reading.got;
  EXPECT_EQ(
      facesOf(got.buildings) + facesOf(got.roads) + facesOf(got.bridges) + facesOf(got.objects) + GetParam().left_out,
      GetParam().polygons)
      << reading.report();
}

INSTANTIATE_TEST_SUITE_P(Plateau, CityGmlTable, testing::ValuesIn(rows));

TEST(CityGmlAll, EveryFileOfTheReferenceFolderIsReadOrRefusedWithASentence) {
  const auto folder = sharedData("plateau");
  HASHIMICHI_NEEDS_SHARED(folder);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".gml") continue;
    ++files;
    const Reading reading = readCityGml(entry.path());
    if (reading.error) {
      EXPECT_EQ(entry.path().filename(), "TestCaseOfInvalidFileNameGml.gml") << reading.report();
      EXPECT_FALSE(reading.error->what.empty());
    }
  }
  EXPECT_GE(files, 60u);
}

}  // namespace
}  // namespace hashimichi::import::tests
