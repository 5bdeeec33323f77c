// Map tiles on disk, GeoTIFFs behind an address, pictures of any size.
#include <fmt/format.h>
#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <ogr_spatialref.h>
#include <sys/resource.h>

#include <array>
#include <chrono>
#include <cmath>
#include <functional>

#include "geo/import/imagery_read.h"
#include "geo/import/import_files.h"
#include "geo/import/tile_folder.h"
#include "tests/geo/import/reading.h"
#include "tests/support/range_server.h"

namespace hashimichi::import::tests {
namespace {

using ::hashimichi::tests::RangeServer;
using ::testing::HasSubstr;

// 138.8513 E 37.4463 N lies at easting 31083.033, northing 160541.384 of zone VIII (gdaltransform); at zoom 15 in tile
// 29022/12703, pixel 141.79 / 70.34 (the tile formula of OpenStreetMap's wiki, computed apart from this code).
constexpr long long tile_x = 29022;
const Vec3d known_place{83.033, 541.384, 0};  // in the frame of reading.h
constexpr long long tile_y = 12703;

using Colour = std::array<int, 3>;

void writeTile(const std::filesystem::path& path, const std::function<Colour(int column, int row)>& colour) {
  GDALAllRegister();
  std::filesystem::create_directories(path.parent_path());
  const GDALDatasetUniquePtr tile(
      GetGDALDriverManager()->GetDriverByName("MEM")->Create("", 256, 256, 3, GDT_Byte, nullptr));
  for (int row = 0; row < 256; ++row)
    for (int column = 0; column < 256; ++column)
      for (int band = 0; band < 3; ++band) {
        auto value = static_cast<std::uint8_t>(colour(column, row)[static_cast<std::size_t>(band)]);
        ASSERT_EQ(
            tile->GetRasterBand(band + 1)->RasterIO(GF_Write, column, row, 1, 1, &value, 1, 1, GDT_Byte, 0, 0, nullptr),
            CE_None);
      }
  GDALClose(GetGDALDriverManager()->GetDriverByName("PNG")->CreateCopy(path.c_str(), tile.get(), FALSE, nullptr,
                                                                       nullptr, nullptr));
}

/// 100 m at the tile's western edge, rising 0.1 m a pixel; a pond of "no data" in its south-west.
Colour slope(int column, int row) {
  if (column < 20 && row > 230) return {128, 0, 0};
  const int centimetres = 10000 + 10 * column + 5;
  return {0, centimetres >> 8, centimetres & 255};
}

std::filesystem::path tileAt(const std::filesystem::path& folder, int zoom, long long x, long long y,
                             const std::string& ending) {
  return folder / std::to_string(zoom) / std::to_string(x) / (std::to_string(y) + ending);
}

TEST(TileHeights, FollowTheRuleOfTheGeospatialInformationAuthority) {
  EXPECT_DOUBLE_EQ(*heightOfPixel(0, 0, 1), 0.01);
  EXPECT_DOUBLE_EQ(*heightOfPixel(5, 195, 0), 3776.00);  // Mount Fuji: 377600 = 5 × 65536 + 195 × 256
  EXPECT_DOUBLE_EQ(*heightOfPixel(255, 255, 255), -0.01);
  EXPECT_FALSE(heightOfPixel(128, 0, 0));
}

TEST(TileFolderOnDisk, OfElevationTilesBecomesTerrainWhereItLies) {
  const TempFolder folder;
  const auto root = folder / "dem5a_png";
  writeTile(tileAt(root, 15, tile_x, tile_y, ".png"), slope);
  EXPECT_TRUE(isTileFolder(root));
  const Reading reading = read(tileFolderImporter(), root);
  ASSERT_EQ(reading.got.terrains.size(), 1u) << reading.report();
  const std::optional<double> height = reading.got.terrains[0].heightAt(known_place.x, known_place.y);
  ASSERT_TRUE(height);
  EXPECT_NEAR(*height, 100 + 0.1 * 141.79, 0.06);
}

TEST(TileFolderOnDisk, IsFoundInAFolderByItsShapeAlone) {
  const TempFolder folder;
  writeTile(tileAt(folder / "data" / "somewhere", 15, tile_x, tile_y, ".png"), slope);
  SilentProgress progress;
  const Result<Outcome> outcome = importFiles({folder / "data"}, {}, progress);
  ASSERT_TRUE(outcome) << outcome.error().text();
  EXPECT_EQ(outcome->sources.at(0).format, "map tiles (heights)");
  EXPECT_TRUE(outcome->model->terrain);
  EXPECT_EQ(outcome->model->frame.epsg(), 6676);
}

TEST(TileFolderOnDisk, OfTextTilesBecomesTheSameTerrain) {
  const TempFolder folder;
  const auto root = folder / "dem5a";
  std::string text;
  for (int row = 0; row < 256; ++row)
    for (int column = 0; column < 256; ++column)
      text += (row == 0 && column == 0 ? std::string("e") : fmt::format("{:.2f}", 100 + 0.1 * column + 0.05)) +
              (column == 255 ? "\n" : ",");
  std::filesystem::create_directories(root / "15" / std::to_string(tile_x));
  write(tileAt(root, 15, tile_x, tile_y, ".txt"), text);
  const Reading reading = read(tileFolderImporter(), root);
  ASSERT_EQ(reading.got.terrains.size(), 1u) << reading.report();
  EXPECT_NEAR(*reading.got.terrains[0].heightAt(known_place.x, known_place.y), 100 + 0.1 * 141.79, 0.06);
}

TEST(TileFolderOnDisk, OfPicturesIsDrawnWhereItLies) {
  const TempFolder folder;
  const auto root = folder / "seamlessphoto";
  // Red west of pixel 141, green from there on.
  writeTile(tileAt(root, 15, tile_x, tile_y, ".png"), [](int column, int) {
    return column < 142 ? Colour{200, 0, 0} : Colour{0, 200, 0};
  });
  const Reading reading = read(imageryImporter(), root);
  EXPECT_TRUE(reading.error) << "no file leads to a folder of tiles";
  const Reading tiles = read(tileFolderImporter(), root);
  ASSERT_EQ(tiles.got.imagery.size(), 1u) << tiles.report();
  const auto frame = *crs::LocalFrame::create(6676, {31000, 160000, 0});
  Bounds around;
  around.add(known_place - Vec3d{40, 40, 0});
  around.add(known_place + Vec3d{40, 40, 0});
  const auto rgba = readImagery(tiles.got.imagery[0], frame, around, 80, 80);
  ASSERT_TRUE(rgba) << rgba.error().text();
  const auto at = [&](std::size_t x) { return (*rgba)[4 * (40 * 80 + x)]; };
  EXPECT_EQ(at(10), 200);
  EXPECT_EQ(at(70), 0);
  EXPECT_EQ((*rgba)[4 * (40 * 80 + 70) + 1], 200);
}

TEST(BadTiles, TruncatedTilesLeaveTheGroundOpenAndAreCounted) {
  const TempFolder folder;
  const auto root = folder / "dem_png";
  writeTile(tileAt(root, 15, tile_x, tile_y, ".png"), slope);
  writeTile(tileAt(root, 15, tile_x + 1, tile_y, ".png"), slope);
  const std::string whole = slurp(tileAt(root, 15, tile_x, tile_y, ".png"));
  for (const std::size_t share : {0u, 1u, 5u, 9u}) {
    write(tileAt(root, 15, tile_x + 1, tile_y, ".png"), whole.substr(0, whole.size() * share / 10));
    const Reading reading = read(tileFolderImporter(), root);
    ASSERT_EQ(reading.got.terrains.size(), 1u) << reading.report();
    EXPECT_EQ(reading.skipped("tile.unreadable"), 1u) << share;
  }
  for (const int x : {tile_x, tile_x + 1}) write(tileAt(root, 15, x, tile_y, ".png"), "no picture");
  EXPECT_TRUE(read(tileFolderImporter(), root).error);
}

/// 600 × 600 heights of 10 m, tiled, in zone VIII.
std::string geoTiff(const TempFolder& folder) {
  GDALAllRegister();
  const auto path = folder / "cog.tif";
  const char* const options[] = {"TILED=YES", "BLOCKXSIZE=128", "BLOCKYSIZE=128", nullptr};
  GDALDatasetUniquePtr raster(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
      path.c_str(), 600, 600, 1, GDT_Float32, const_cast<char**>(options)));
  double geo[] = {31000, 10, 0, 166000, 0, -10};
  raster->SetGeoTransform(geo);
  OGRSpatialReference crs;
  crs.importFromEPSG(6676);
  raster->SetSpatialRef(&crs);
  raster->GetRasterBand(1)->Fill(321);
  raster.reset();
  return slurp(path);
}

TEST(RemoteGeoTiff, IsReadByRangesThroughItsAddress) {
  const TempFolder folder;
  const RangeServer server(geoTiff(folder));
  SilentProgress progress;
  const Result<Outcome> outcome = importFiles({server.url("town/dem.tif")}, {}, progress);
  ASSERT_TRUE(outcome) << outcome.error().text();
  ASSERT_TRUE(outcome->model->terrain);
  EXPECT_FLOAT_EQ(outcome->model->terrain->at(5, 5), 321);
  EXPECT_EQ(outcome->model->terrain->columns, 600u);
}

TEST(RemoteGeoTiff, ThatIsNotThereOrNotAnsweringIsOneSentenceInBoundedTime) {
  const TempFolder folder;
  const RangeServer server("text");
  SilentProgress progress;
  const Result<Outcome> missing = importFiles({server.url("missing.tif")}, {}, progress);
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().what, HasSubstr("cannot be read"));
  const Result<Outcome> text = importFiles({server.url("page.tif")}, {}, progress);
  EXPECT_FALSE(text);
  // Nobody listens on a port that was just given back.
  std::string closed;
  {
    const RangeServer gone("x");
    closed = gone.url("dem.tif");
  }
  const auto start = std::chrono::steady_clock::now();
  const Result<Outcome> offline = importFiles({closed}, {}, progress);
  ASSERT_FALSE(offline);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(40));
}

TEST(HugePicture, OfFiftyThousandPixelsASideIsReadInBoundedMemory) {
  const TempFolder folder;
  GDALAllRegister();
  const auto path = folder / "huge.tif";
  const char* const options[] = {"TILED=YES",   "BLOCKXSIZE=512",   "BLOCKYSIZE=512", "SPARSE_OK=TRUE",
                                 "BIGTIFF=YES", "COMPRESS=DEFLATE", nullptr};
  GDALDatasetUniquePtr picture(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
      path.c_str(), 50000, 50000, 3, GDT_Byte, const_cast<char**>(options)));
  double geo[] = {31000, 0.1, 0, 165000, 0, -0.1};  // 5 km a side
  picture->SetGeoTransform(geo);
  OGRSpatialReference crs;
  crs.importFromEPSG(6676);
  picture->SetSpatialRef(&crs);
  // Red in the block whose middle lies 2.5 km from the west, 2.5 km from the north.
  std::vector<std::uint8_t> red(2048 * 2048, 200);
  ASSERT_EQ(picture->GetRasterBand(1)->RasterIO(GF_Write, 24000, 24000, 2048, 2048, red.data(), 2048, 2048, GDT_Byte, 0,
                                                0, nullptr),
            CE_None);
  picture.reset();
  const Reading reading = read(imageryImporter(), path);
  ASSERT_EQ(reading.got.imagery.size(), 1u) << reading.report();
  const auto frame = *crs::LocalFrame::create(6676, {31000, 160000, 0});
  rusage before{}, after{};
  getrusage(RUSAGE_SELF, &before);
  const auto rgba = readImagery(reading.got.imagery[0], frame, box(0, 0, 5000, 5000), 1000, 1000);
  getrusage(RUSAGE_SELF, &after);
  ASSERT_TRUE(rgba) << rgba.error().text();
  EXPECT_EQ((*rgba)[4 * (500 * 1000 + 500)], 200);  // 5 m a pixel; the middle is red
  EXPECT_EQ((*rgba)[4 * (100 * 1000 + 100)], 0);
  // The whole picture is 7.5 GB; GDAL keeps at most its block cache (5 % of the memory) and the rows in work.
  EXPECT_LT((after.ru_maxrss - before.ru_maxrss) / 1024, 2000) << "MiB";
}

TEST(ClosedFormats, AreNamed) {
  const TempFolder folder;
  write(folder / "ortho.ecw", "e\x02\x01 anything");
  const auto importer = importerFor(folder / "ortho.ecw");
  ASSERT_FALSE(importer);
  EXPECT_THAT(importer.error().what, HasSubstr("ECW is a closed format"));
}

}  // namespace
}  // namespace hashimichi::import::tests
