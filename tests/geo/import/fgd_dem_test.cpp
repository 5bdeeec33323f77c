// DEM of GSI's Fundamental Geospatial Data: meshes as GSI hands them over, whole, incomplete and damaged.
#include "geo/import/terrain/fgd_dem.h"

#include <cpl_vsi.h>
#include <gmock/gmock.h>

#include <cmath>

#include "geo/core/text.h"
#include "geo/import/import_files.h"
#include "tests/geo/import/fgd_text.h"
#include "tests/geo/import/reading.h"

namespace hashimichi::import::tests {
namespace {

using ::hashimichi::tests::FgdText;
using ::testing::HasSubstr;

struct Parsed {
  std::optional<FgdDem> dem;
  std::optional<Error> error;
  Problems problems;
};

Parsed parse(const std::string& text, std::size_t piece_bytes = 1u << 20) {
  Parsed parsed;
  FgdDemParser parser;
  for (std::size_t at = 0; at < text.size(); at += piece_bytes)
    if (!parser.feed(std::string_view(text).substr(at, piece_bytes), at + piece_bytes >= text.size())) break;
  Result<FgdDem> dem = parser.finish("mesh.xml", parsed.problems);
  if (dem)
    parsed.dem = std::move(*dem);
  else
    parsed.error = dem.error();
  return parsed;
}

TEST(FgdDem, HeightsRunEastwardsFromTheNorthWestCorner) {
  const Parsed parsed = parse(FgdText{}.text());
  ASSERT_TRUE(parsed.dem) << parsed.error->text();
  const FgdDem& dem = *parsed.dem;
  EXPECT_EQ(dem.columns, 3u);
  EXPECT_EQ(dem.rows, 2u);
  EXPECT_FLOAT_EQ(dem.height_m[0], 10);  // north-west
  EXPECT_FLOAT_EQ(dem.height_m[2], 12);  // north-east
  EXPECT_FLOAT_EQ(dem.height_m[3], 13);  // south-west
  EXPECT_TRUE(std::isnan(dem.height_m[5])) << "inland water is -9999";
  EXPECT_EQ(dem.crs, "EPSG:6668");
  EXPECT_EQ(dem.mesh, "52387400");
  EXPECT_DOUBLE_EQ(dem.south_lat_deg, 35.25);
  EXPECT_DOUBLE_EQ(dem.east_lon_deg, 138.5125);
  EXPECT_TRUE(parsed.problems.empty());
}

TEST(FgdDem, InPiecesOfAnySizeItReadsTheSame) {
  const std::string text = FgdText{}.text();
  for (const std::size_t bytes : {1u, 2u, 3u, 7u, 100u}) {
    const Parsed parsed = parse(text, bytes);
    ASSERT_TRUE(parsed.dem) << bytes;
    EXPECT_FLOAT_EQ(parsed.dem->height_m[4], 14) << bytes;
  }
}

TEST(FgdDem, AListThatStartsLaterAndEndsEarlierLeavesTheSeaOpen) {
  FgdText drawn;
  drawn.tuples = "地表面,5.5\n地表面,6.5\n";
  drawn.start = "1 0";
  const Parsed parsed = parse(drawn.text());
  ASSERT_TRUE(parsed.dem);
  EXPECT_TRUE(std::isnan(parsed.dem->height_m[0]));
  EXPECT_FLOAT_EQ(parsed.dem->height_m[1], 5.5f);
  EXPECT_FLOAT_EQ(parsed.dem->height_m[2], 6.5f);
  EXPECT_TRUE(std::isnan(parsed.dem->height_m[3]));
  EXPECT_EQ(parsed.problems.count(ProblemKind::assumption, "fgd.incomplete"), 1u);
}

TEST(FgdDem, ShiftJisMeshesOfEarlierYearsAreRead) {
  FgdText drawn;
  drawn.encoding = "Shift_JIS";
  drawn.srs = "fguuid:jgd2000.bl";
  const Parsed parsed = parse(*cp932FromUtf8(drawn.text()));
  ASSERT_TRUE(parsed.dem) << parsed.error->text();
  EXPECT_EQ(parsed.dem->crs, "EPSG:4612");
  EXPECT_EQ(parsed.dem->type, "5mメッシュ（標高）");
  EXPECT_FLOAT_EQ(parsed.dem->height_m[1], 11);
}

TEST(FgdDem, AbsurdAndUnreadableHeightsAreNoDataAndCounted) {
  FgdText drawn;
  drawn.tuples = "地表面,10\n地表面,12345\n地表面,abc\n地表面\n地表面,nan\n地表面,15\n地表面,16\n";
  const Parsed parsed = parse(drawn.text());
  ASSERT_TRUE(parsed.dem);
  EXPECT_FLOAT_EQ(parsed.dem->height_m[0], 10);
  EXPECT_FLOAT_EQ(parsed.dem->height_m[5], 15);
  for (const std::size_t i : {1u, 2u, 3u, 4u}) EXPECT_TRUE(std::isnan(parsed.dem->height_m[i])) << i;
  EXPECT_EQ(parsed.problems.count(ProblemKind::skipped, "height.absurd"), 1u);
  EXPECT_EQ(parsed.problems.count(ProblemKind::skipped, "fgd.tuple"), 1u);
  EXPECT_EQ(parsed.problems.count(ProblemKind::skipped, "fgd.surplus"), 1u);
}

TEST(FgdDem, AnEnvelopeWrittenLongitudeFirstIsTurnedAndTold) {
  FgdText drawn;
  drawn.lower = "138.5 35.25", drawn.upper = "138.5125 35.258333333";
  const Parsed parsed = parse(drawn.text());
  ASSERT_TRUE(parsed.dem);
  EXPECT_DOUBLE_EQ(parsed.dem->south_lat_deg, 35.25);
  EXPECT_EQ(parsed.problems.count(ProblemKind::assumption, "axis.swapped"), 1u);
}

TEST(FgdDem, AMeshCodeOfAnotherPlaceIsTold) {
  FgdText drawn;
  drawn.mesh = "56387400";
  EXPECT_EQ(parse(drawn.text()).problems.count(ProblemKind::assumption, "fgd.mesh"), 1u);
}

TEST(BadFgdDem, CutAtEveryTenthByteItIsAClearErrorOrTheRowsBefore) {
  const std::string whole = FgdText{}.text();
  for (std::size_t bytes = 0; bytes < whole.size() - 10; bytes += 10) {
    const Parsed parsed = parse(whole.substr(0, bytes));
    if (parsed.error)
      EXPECT_THAT(parsed.error->text(), HasSubstr("mesh.xml"));
    else
      EXPECT_EQ(parsed.problems.count(ProblemKind::skipped, "xml.broken"), 1u) << bytes;
  }
}

TEST(BadFgdDem, HugeGridsEntitiesAndDeepNestingAreRefusedInOneSentence) {
  FgdText huge;
  huge.high = "2000000000 2000000000";
  EXPECT_TRUE(parse(huge.text()).error);
  FgdText wide;
  wide.high = "9999 9999";
  const Parsed refused = parse(wide.text());
  ASSERT_TRUE(refused.error);
  EXPECT_EQ(refused.error->code, ErrorCode::limit);
  const Parsed bomb =
      parse("<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><Dataset>&b;</Dataset>");
  ASSERT_TRUE(bomb.error);
  EXPECT_THAT(bomb.error->what, HasSubstr("entities"));
  std::string deep;
  for (int i = 0; i < 10000; ++i) deep += "<a>";
  const Parsed nested = parse(deep);
  ASSERT_TRUE(nested.error);
  EXPECT_THAT(nested.error->what, HasSubstr("nested"));
  EXPECT_TRUE(parse("").error);
  EXPECT_TRUE(parse("PNG").error);
  FgdText nan;
  nan.lower = "nan nan";
  EXPECT_TRUE(parse(nan.text()).error);
}

void writeZip(const std::string& zip, const std::vector<std::pair<std::string, std::string>>& members) {
  const std::string root = "/vsizip/" + zip;
  VSILFILE* keep_open = VSIFOpenL(root.c_str(), "wb");  // members are added while the archive stays open
  for (const auto& [name, content] : members) {
    VSILFILE* file = VSIFOpenL((root + "/" + name).c_str(), "wb");
    VSIFWriteL(content.data(), 1, content.size(), file);
    VSIFCloseL(file);
  }
  VSIFCloseL(keep_open);
}

/// Two meshes side by side on one slope: 100 m + 20,000 m per degree of longitude.
std::string slopeMesh(const std::string& mesh, double west) {
  FgdText drawn;
  drawn.mesh = mesh;
  drawn.lower = fmt::format("35.25 {}", west), drawn.upper = fmt::format("35.258333333333 {}", west + 0.0125);
  drawn.high = "224 149";
  drawn.tuples.clear();
  for (int row = 0; row < 150; ++row)
    for (int column = 0; column < 225; ++column)
      drawn.tuples += fmt::format("地表面,{:.2f}\n", 100 + 20000 * (west - 138.5 + (column + 0.5) * 0.0125 / 225));
  return drawn.text();
}

TEST(FgdDem, AZipOfNeighbouringMeshesBecomesOneGroundWithoutASeam) {
  const TempFolder folder;
  const std::string zip = (folder / "FG-GML-5238-74-DEM5A.zip").string();
  writeZip(zip, {{"FG-GML-5238-74-00-DEM5A-20161001.xml", slopeMesh("52387400", 138.5)},
                 {"FG-GML-5238-74-01-DEM5A-20161001.xml", slopeMesh("52387401", 138.5125)}});
  SilentProgress progress;
  const Result<Outcome> outcome = importFiles({zip}, {}, progress);
  ASSERT_TRUE(outcome) << outcome.error().text();
  EXPECT_EQ(outcome->model->frame.epsg(), 6676);  // 138.5 E: zone VIII
  ASSERT_TRUE(outcome->model->terrain);
  const model::Terrain& ground = *outcome->model->terrain;
  EXPECT_DOUBLE_EQ(ground.spacing_m, 5);
  const Result<crs::ToLocal> way = crs::ToLocal::create("EPSG:6668", crs::AxisOrder::east_first, outcome->model->frame);
  for (double lon = 138.501; lon < 138.524; lon += 0.00001) {
    const Vec3d place = *(*way)({lon, 35.254, 0});
    const std::optional<double> height = ground.heightAt(place.x, place.y);
    ASSERT_TRUE(height) << lon;
    // Beside the seam a height is taken from the next cell's middle: half a cell of slope, 0.56 m, at most.
    const bool at_seam = std::fabs(lon - 138.5125) < 0.0002;
    EXPECT_NEAR(*height, 100 + 20000 * (lon - 138.5), at_seam ? 0.6 : 0.02) << lon;
  }
}

TEST(RealFgdDem, AMeshNearMountFujiHasTheHeightsOfItsFile) {
  HASHIMICHI_NEEDS_SHARED(sharedData("raster/fgd"));
  const auto path = sharedData("raster/fgd/FG-GML-5238-74-00-DEM5A-20161001.xml");
  const Parsed parsed = parse(slurp(path));
  ASSERT_TRUE(parsed.dem);
  EXPECT_EQ(parsed.dem->tuples, 33750u);
  EXPECT_EQ(parsed.dem->no_data, 302u);
  EXPECT_FLOAT_EQ(parsed.dem->height_m.front(), 145.30f);  // first and last line of the list
  EXPECT_FLOAT_EQ(parsed.dem->height_m.back(), 261.59f);
  float highest = 0;
  for (const float height : parsed.dem->height_m) highest = std::max(highest, std::isfinite(height) ? height : 0);
  EXPECT_FLOAT_EQ(highest, 608.39f);

  SilentProgress progress;
  const Result<Outcome> outcome = importFiles({path}, {}, progress);
  ASSERT_TRUE(outcome) << outcome.error().text();
  ASSERT_TRUE(outcome->model->terrain);
  EXPECT_NEAR(outcome->model->terrain->bounds().high.z, 608.39, 4);  // between samples of 5 m
  EXPECT_EQ(outcome->sources.at(0).format, "FGD DEM");
}

}  // namespace
}  // namespace hashimichi::import::tests
