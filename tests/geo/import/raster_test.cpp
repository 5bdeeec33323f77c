// Terrain and orthophotos as towns hand them over, drawn here and written by GDAL.
#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <ogr_spatialref.h>

#include <cmath>
#include <functional>

#include "geo/import/import_files.h"
#include "tests/geo/import/reading.h"

namespace hashimichi::import::tests {
namespace {

using ::testing::HasSubstr;

struct DrawnRaster {
  int columns = 20, rows = 10, bands = 1;
  GDALDataType type = GDT_Float32;
  double geo[6] = {31000, 5, 0, 160050, 0, -5};  ///< 5 m cells; the north-west corner
  int epsg = 6676;
  std::function<double(int column, int row)> value = [](int, int) { return 0.0; };
  std::optional<double> no_data{};
  const char* unit = nullptr;
  bool palette = false;
};

void writeRaster(const std::filesystem::path& path, const DrawnRaster& drawn) {
  GDALAllRegister();
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  const GDALDatasetUniquePtr raster(
      driver->Create(path.c_str(), drawn.columns, drawn.rows, drawn.bands, drawn.type, nullptr));
  if (drawn.geo[1] != 0) raster->SetGeoTransform(const_cast<double*>(drawn.geo));
  if (drawn.epsg != 0) {
    OGRSpatialReference crs;
    crs.importFromEPSG(drawn.epsg);
    raster->SetSpatialRef(&crs);
  }
  for (int b = 1; b <= drawn.bands; ++b) {
    GDALRasterBand& band = *raster->GetRasterBand(b);
    if (drawn.no_data) band.SetNoDataValue(*drawn.no_data);
    if (drawn.unit) band.SetUnitType(drawn.unit);
    if (drawn.palette) {
      GDALColorTable colours;
      const GDALColorEntry red{200, 0, 0, 255};
      colours.SetColorEntry(0, &red);
      band.SetColorTable(&colours);
    }
    for (int row = 0; row < drawn.rows; ++row)
      for (int column = 0; column < drawn.columns; ++column) {
        double v = drawn.value(column, row);
        ASSERT_EQ(band.RasterIO(GF_Write, column, row, 1, 1, &v, 1, 1, GDT_Float64, 0, 0, nullptr), CE_None);
      }
  }
}

TEST(Dem, InTheProjectsCrsEverySampleIsKeptAsItIs) {
  const TempFolder folder;
  writeRaster(folder / "dem.tif", {.value = [](int c, int r) { return 100 + c + 0.25 * r; }});
  const Reading reading = read(demImporter(), folder / "dem.tif");
  ASSERT_EQ(reading.got.terrains.size(), 1u) << reading.report();
  const model::Terrain& terrain = reading.got.terrains[0];
  EXPECT_EQ(terrain.columns, 20u);
  EXPECT_EQ(terrain.rows, 10u);
  EXPECT_DOUBLE_EQ(terrain.spacing_m, 5);
  // The first sample is the middle of the south-west cell: 31000 + 2.5, 160050 - 50 + 2.5.
  EXPECT_EQ(terrain.south_west, (Vec3d{2.5, 2.5, 0}));
  EXPECT_FLOAT_EQ(terrain.at(0, 0), 100 + 0.25f * 9);
  EXPECT_FLOAT_EQ(terrain.at(19, 9), 119);
  EXPECT_EQ(terrain.source, "dem.tif");
  EXPECT_TRUE(reading.problems.empty()) << reading.report();
}

TEST(Dem, NoDataIsNotAHeight) {
  const TempFolder folder;
  writeRaster(folder / "dem.tif", {.value = [](int c, int) { return c < 10 ? -32768.0 : 50.0; }, .no_data = -32768.0});
  const Reading reading = read(demImporter(), folder / "dem.tif");
  ASSERT_EQ(reading.got.terrains.size(), 1u) << reading.report();
  EXPECT_TRUE(std::isnan(reading.got.terrains[0].at(0, 0)));
  EXPECT_FLOAT_EQ(reading.got.terrains[0].at(10, 0), 50);
}

TEST(Dem, Minus9999IsNoHeightEvenWhereTheFileDoesNotSaySo) {
  const TempFolder folder;
  writeRaster(folder / "dem.tif", {.value = [](int c, int) { return c < 10 ? -9999.0 : 50.0; }});
  const Reading reading = read(demImporter(), folder / "dem.tif");
  ASSERT_EQ(reading.got.terrains.size(), 1u) << reading.report();
  EXPECT_TRUE(std::isnan(reading.got.terrains[0].at(0, 0)));
  EXPECT_EQ(reading.assumed("nodata.assumed"), 1u);
}

TEST(Dem, HeightsInFeetBecomeMetres) {
  const TempFolder folder;
  writeRaster(folder / "dem.tif", {.value = [](int, int) { return 100; }, .unit = "ft"});
  const Reading reading = read(demImporter(), folder / "dem.tif");
  ASSERT_EQ(reading.got.terrains.size(), 1u) << reading.report();
  EXPECT_FLOAT_EQ(reading.got.terrains[0].at(3, 3), 30.48f);
}

TEST(Dem, InDegreesItLandsInThePlane) {
  const TempFolder folder;
  // 0.2" cells around 138.8513 E 37.4463 N (easting 31083.033, northing 160541.384 by gdaltransform); the height rises
  // with longitude, so that the place can be read from the height.
  const double cell = 0.2 / 3600;
  writeRaster(folder / "dem.tif", {.columns = 100,
                                   .rows = 100,
                                   .geo = {138.8513 - 50 * cell, cell, 0, 37.4463 + 50 * cell, 0, -cell},
                                   .epsg = 6668,
                                   .value = [](int c, int) { return c + 0.5; }});
  const Reading reading = read(demImporter(), folder / "dem.tif");
  ASSERT_EQ(reading.got.terrains.size(), 1u) << reading.report();
  const model::Terrain& terrain = reading.got.terrains[0];
  EXPECT_GT(terrain.spacing_m, 4);
  EXPECT_LT(terrain.spacing_m, 7);
  const std::optional<double> height = terrain.heightAt(83.033, 541.384);
  ASSERT_TRUE(height);
  EXPECT_NEAR(*height, 50, 0.1);  // a tenth of a cell: bilinear onto a grid of another spacing
}

TEST(Dem, AnEsriGridWithoutCrsIsTakenIntoTheProjectWhereItLies) {
  const TempFolder folder;
  write(folder / "dem.asc",
        "ncols 3\nnrows 2\nxllcorner 31000\nyllcorner 160000\ncellsize 10\nNODATA_value -9999\n"
        "1 2 3\n4 5 -9999\n");
  ReadingOptions how;
  how.area = box(-100, -100, 100, 100);
  const Reading reading = read(demImporter(), folder / "dem.asc", how);
  ASSERT_EQ(reading.got.terrains.size(), 1u) << reading.report();
  const model::Terrain& terrain = reading.got.terrains[0];
  EXPECT_FLOAT_EQ(terrain.at(0, 0), 4);
  EXPECT_FLOAT_EQ(terrain.at(2, 1), 3);
  EXPECT_TRUE(std::isnan(terrain.at(2, 0)));
  EXPECT_EQ(reading.assumed("crs.assumed"), 1u) << reading.report();
}

TEST(Dem, MoreThan4000SamplesPerSideAreReadCoarser) {
  const TempFolder folder;
  writeRaster(folder / "dem.tif", {.columns = 5000, .rows = 10, .value = [](int, int) { return 7.0; }});
  const Reading reading = read(demImporter(), folder / "dem.tif");
  ASSERT_EQ(reading.got.terrains.size(), 1u) << reading.report();
  EXPECT_EQ(reading.got.terrains[0].columns, 4000u);
  EXPECT_DOUBLE_EQ(reading.got.terrains[0].spacing_m, 6.25);
  EXPECT_FLOAT_EQ(reading.got.terrains[0].at(2000, 4), 7);
  EXPECT_EQ(reading.assumed("dem.coarsened"), 1u);
}

TEST(Dem, AWrongZoneIsReadUnderTheOneThatLiesInTheTown) {
  const TempFolder folder;
  writeRaster(folder / "dem.tif", {.epsg = 6669});
  ReadingOptions how;
  how.area = box(-500, -500, 500, 500);
  const Reading reading = read(demImporter(), folder / "dem.tif", how);
  ASSERT_EQ(reading.got.terrains.size(), 1u) << reading.report();
  EXPECT_LT(norm(reading.got.terrains[0].south_west), 2000) << "in the town";
  EXPECT_EQ(reading.assumed("crs.wrong_zone"), 1u) << reading.report();
}

TEST(Dem, FarFromTheTownUnderEveryZoneItIsRefused) {
  const TempFolder folder;
  writeRaster(folder / "dem.tif", {.epsg = 32601});  // UTM 1: the Pacific
  ReadingOptions how;
  how.area = box(-500, -500, 500, 500);
  const Reading reading = read(demImporter(), folder / "dem.tif", how);
  ASSERT_TRUE(reading.error);
  EXPECT_EQ(reading.error->code, ErrorCode::bad_crs);
}

TEST(Imagery, AnOrthophotoKeepsItsPlaceAndItsPixelsStayOnDisk) {
  const TempFolder folder;
  writeRaster(folder / "ortho.tif", {.bands = 3, .type = GDT_Byte, .value = [](int, int) { return 120; }});
  const Reading reading = read(imageryImporter(), folder / "ortho.tif");
  ASSERT_EQ(reading.got.imagery.size(), 1u) << reading.report();
  const model::ImageryRef& imagery = reading.got.imagery[0];
  EXPECT_EQ(imagery.path, (folder / "ortho.tif").string());
  EXPECT_DOUBLE_EQ(imagery.extent.low.x, 0);
  EXPECT_DOUBLE_EQ(imagery.extent.low.y, 0);
  EXPECT_DOUBLE_EQ(imagery.extent.high.x, 100);
  EXPECT_DOUBLE_EQ(imagery.extent.high.y, 50);
  EXPECT_TRUE(reading.problems.empty()) << reading.report();
}

TEST(Imagery, APictureOfAnotherZoneThatNamesNoCrsSaysHowFarItIsStretched) {
  const TempFolder folder;
  // The same place 1.3° from the meridian of zone IX: the grids are turned against each other by about 0.8°.
  writeRaster(
      folder / "ortho.tif",
      {.columns = 400, .rows = 400, .bands = 3, .type = GDT_Byte, .geo = {-86000, 5, 0, 163000, 0, -5}, .epsg = 0});
  ReadingOptions how;
  how.options.source_crs = "EPSG:6677";
  const Reading reading = read(imageryImporter(), folder / "ortho.tif", how);
  ASSERT_EQ(reading.got.imagery.size(), 1u) << reading.report();
  EXPECT_EQ(reading.assumed("imagery.stretched"), 1u) << reading.report();
}

TEST(Raster, HeightsAndPicturesAreToldApartByTheirBands) {
  const TempFolder folder;
  writeRaster(folder / "dem.tif", {});
  writeRaster(folder / "dem_int.tif", {.type = GDT_Int16});
  writeRaster(folder / "rgb.tif", {.bands = 3, .type = GDT_Byte});
  writeRaster(folder / "grey.tif", {.type = GDT_Byte});
  writeRaster(folder / "palette.tif", {.type = GDT_Byte, .palette = true});
  writeRaster(folder / "float3.tif", {.bands = 3});
  const auto takes = [&](const Importer& importer, const std::string& name) {
    return importer.accepts(folder / name, slurp(folder / name).substr(0, 4096));
  };
  for (const char* name : {"dem.tif", "dem_int.tif"}) {
    EXPECT_TRUE(takes(demImporter(), name)) << name;
    EXPECT_FALSE(takes(imageryImporter(), name)) << name;
  }
  for (const char* name : {"rgb.tif", "grey.tif", "palette.tif"}) {
    EXPECT_FALSE(takes(demImporter(), name)) << name;
    EXPECT_TRUE(takes(imageryImporter(), name)) << name;
  }
  const Reading reading = read(demImporter(), folder / "float3.tif");
  ASSERT_TRUE(reading.error);
  EXPECT_EQ(reading.error->code, ErrorCode::unsupported);
}

TEST(BadRaster, TruncatedAtEveryTenthByteIsAClearErrorOrATerrain) {
  const TempFolder folder;
  writeRaster(folder / "dem.tif", {.value = [](int c, int) { return c; }});
  writeRaster(folder / "ortho.tif", {.bands = 3, .type = GDT_Byte});
  for (const char* name : {"dem.tif", "ortho.tif"}) {
    const std::string whole = slurp(folder / name);
    const Importer& importer = std::string(name) == "dem.tif" ? demImporter() : imageryImporter();
    for (std::size_t bytes = 10; bytes < whole.size(); bytes += 10) {
      write(folder / name, whole.substr(0, bytes));
      const Reading reading = read(importer, folder / name);
      if (reading.error) {
        EXPECT_THAT(reading.error->where, HasSubstr(name));
      }
      EXPECT_TRUE(reading.error || !reading.got.terrains.empty() || !reading.got.imagery.empty());
    }
  }
}

TEST(BadRaster, WithoutPositionItSaysSo) {
  const TempFolder folder;
  writeRaster(folder / "dem.tif", {.geo = {0, 0, 0, 0, 0, 0}, .epsg = 0});
  const Reading reading = read(demImporter(), folder / "dem.tif");
  ASSERT_TRUE(reading.error);
  EXPECT_EQ(reading.error->code, ErrorCode::bad_crs);
  EXPECT_THAT(reading.error->text(), HasSubstr("where it lies"));
}

TEST(BadRaster, AllMissingIsNoTerrain) {
  const TempFolder folder;
  writeRaster(folder / "dem.tif", {.value = [](int, int) { return -1.0; }, .no_data = -1.0});
  const Reading reading = read(demImporter(), folder / "dem.tif");
  ASSERT_TRUE(reading.error) << reading.got.terrains.size();
  EXPECT_EQ(reading.error->code, ErrorCode::bad_input);
}

TEST(BadRaster, AnAbsurdSizeIsRefusedBeforeItIsRead) {
  const TempFolder folder;
  write(folder / "dem.asc", "ncols 900000\nnrows 900000\nxllcorner 0\nyllcorner 0\ncellsize 1\n1 2 3\n");
  const Reading reading = read(demImporter(), folder / "dem.asc");
  ASSERT_TRUE(reading.error);
  EXPECT_TRUE(reading.got.terrains.empty());
}

TEST(Dem, AbsurdHeightsAreNoDataAndCounted) {
  const TempFolder folder;
  writeRaster(folder / "dem.tif", {.value = [](int c, int r) { return c == 3 && r == 4 ? 3.4e38 : 50.0; }});
  const Reading reading = read(demImporter(), folder / "dem.tif");
  ASSERT_EQ(reading.got.terrains.size(), 1u) << reading.report();
  EXPECT_TRUE(std::isnan(reading.got.terrains[0].at(3, 5)));  // row 4 of 10 from the north
  EXPECT_FLOAT_EQ(reading.got.terrains[0].at(4, 5), 50);
  EXPECT_EQ(reading.skipped("height.absurd"), 1u) << reading.report();
}

TEST(Dem, FeetAreTurnedIntoMetresAndTold) {
  const TempFolder folder;
  writeRaster(folder / "dem.tif", {.value = [](int, int) { return 100; }, .unit = "US survey foot"});
  const Reading reading = read(demImporter(), folder / "dem.tif");
  ASSERT_EQ(reading.got.terrains.size(), 1u) << reading.report();
  EXPECT_NEAR(reading.got.terrains[0].at(3, 3), 30.48006f, 1e-4);
  EXPECT_EQ(reading.assumed("height.unit"), 1u);
}

TEST(Dem, TheFinerOfTwoLiesOnTopAlsoFromAnotherCrs) {
  const TempFolder folder;
  // 10 m everywhere at 50 m, and in degrees about 5 m in the middle at 80 m: gdaltransform puts 138.8513 E 37.4463 N at
  // 31083.033 160541.384.
  writeRaster(
      folder / "coarse.tif",
      {.columns = 100, .rows = 100, .geo = {30600, 10, 0, 161000, 0, -10}, .value = [](int, int) { return 50; }});
  const double cell = 0.2 / 3600;
  writeRaster(folder / "fine.tif", {.columns = 40,
                                    .rows = 40,
                                    .geo = {138.8513 - 20 * cell, cell, 0, 37.4463 + 20 * cell, 0, -cell},
                                    .epsg = 6668,
                                    .value = [](int, int) { return 80; }});
  SilentProgress progress;
  const Result<Outcome> outcome = importFiles({folder / "fine.tif", folder / "coarse.tif"}, {}, progress);
  ASSERT_TRUE(outcome) << outcome.error().text();
  ASSERT_TRUE(outcome->model->terrain);
  const auto height = [&](double east, double north) {
    const Vec3d place = outcome->model->frame.toLocal({east, north, 0});
    return outcome->model->terrain->heightAt(place.x, place.y).value_or(-1);
  };
  EXPECT_NEAR(height(31083, 160541), 80, 1e-3);
  EXPECT_NEAR(height(31160, 160541), 80, 1e-3);  // 77 m east: still the finer, 98 m wide each way
  EXPECT_NEAR(height(31300, 160541), 50, 1e-3);
  EXPECT_EQ(outcome->problems.count(ProblemKind::assumption, "terrain.mosaicked"), 1u);
}

TEST(Dem, GapsAreFilledOnlyOnRequestAndMarked) {
  const TempFolder folder;
  const auto slope = [](int c, int r) {
    const bool pond = c >= 4 && c <= 6 && r >= 3 && r <= 5;
    return pond ? -9999.0 : 100 + 2.0 * c - r;
  };
  writeRaster(folder / "dem.tif", {.value = slope, .no_data = -9999.0});
  SilentProgress progress;
  const Result<Outcome> open = importFiles({folder / "dem.tif"}, {}, progress);
  ASSERT_TRUE(open) << open.error().text();
  EXPECT_TRUE(std::isnan(open->model->terrain->at(5, 5)));
  Options options;
  options.fill_terrain_m = 10;  // the pond is 15 m wide
  const Result<Outcome> too_wide = importFiles({folder / "dem.tif"}, options, progress);
  EXPECT_TRUE(std::isnan(too_wide->model->terrain->at(5, 5)));
  options.fill_terrain_m = 15;
  const Result<Outcome> filled = importFiles({folder / "dem.tif"}, options, progress);
  const model::Terrain& ground = *filled->model->terrain;
  EXPECT_FLOAT_EQ(ground.at(5, 5), 100 + 2 * 5 - 4);  // row 4 from the north: the slope itself
  EXPECT_TRUE(ground.filledAt(5, 5));
  EXPECT_FALSE(ground.filledAt(3, 5));
  const Vec3d middle = ground.south_west + Vec3d{27, 27, 0};
  EXPECT_TRUE(ground.filled(middle.x, middle.y));
  EXPECT_FALSE(ground.filled(ground.south_west.x, ground.south_west.y));
  EXPECT_EQ(filled->problems.count(ProblemKind::assumption, "terrain.filled"), 1u);
}

TEST(BadRaster, OfACutOffDemTheReadableRowsAreKept) {
  const TempFolder folder;
  // One strip is 8 KB: 20 columns × 4 bytes × 102 rows; 1000 rows make about ten strips behind the header.
  writeRaster(folder / "dem.tif", {.rows = 1000, .value = [](int c, int) { return 100 + c; }});
  const std::string whole = slurp(folder / "dem.tif");
  write(folder / "dem.tif", whole.substr(0, whole.size() / 2));
  const Reading reading = read(demImporter(), folder / "dem.tif");
  ASSERT_EQ(reading.got.terrains.size(), 1u) << reading.report();
  const model::Terrain& terrain = reading.got.terrains[0];
  EXPECT_FLOAT_EQ(terrain.at(7, 999), 107) << "the northern row comes first in the file";
  EXPECT_TRUE(std::isnan(terrain.at(7, 0)));
  EXPECT_EQ(reading.skipped("dem.truncated"), 1u) << reading.report();
}

// Files that nobody here made.
TEST(RealRaster, AGeoidGridIsNotTakenForTerrain) {
  HASHIMICHI_NEEDS_SHARED(sharedData("raster/geoid/jp_gsi_gsigeo2011.tif"));
  const Reading reading = read(demImporter(), sharedData("raster/geoid/jp_gsi_gsigeo2011.tif"));
  ASSERT_TRUE(reading.error);
  EXPECT_EQ(reading.error->code, ErrorCode::unsupported);
  EXPECT_THAT(reading.error->what, HasSubstr("not terrain"));
}

TEST(RealRaster, APictureWithoutPositionIsRefused) {
  HASHIMICHI_NEEDS_SHARED(sharedData("raster/autzen-height.tif"));
  const Reading reading = read(imageryImporter(), sharedData("raster/autzen-height.tif"));
  ASSERT_TRUE(reading.error);
  EXPECT_EQ(reading.error->code, ErrorCode::bad_crs);
}

TEST(RealRaster, ACogInWebMercatorLandsInUtm) {
  HASHIMICHI_NEEDS_SHARED(sharedData("raster/rio-cogeo"));
  // `gdaltransform -s_srs EPSG:3857 -t_srs EPSG:32620` of its north-west corner (gdalinfo: -6853649.704 1831431.198)
  // says 653114.56 1794967.16; the convergence of the meridians lifts the north-east corner by some metres.
  const Reading reading =
      read(imageryImporter(), sharedData("raster/rio-cogeo/image_rgb_mask.tif"), {32620, {653000, 1795000, 0}, {}, {}});
  ASSERT_EQ(reading.got.imagery.size(), 1u) << reading.report();
  EXPECT_NEAR(reading.got.imagery[0].extent.low.x, 114.56, 0.01);
  EXPECT_NEAR(reading.got.imagery[0].extent.high.y, -32.84, 5);
}

TEST(RealRaster, AFloatRasterInDegreesIsReadAsHeights) {
  HASHIMICHI_NEEDS_SHARED(sharedData("raster/rio-cogeo/image_float.tif"));
  const Reading reading =
      read(demImporter(), sharedData("raster/rio-cogeo/image_float.tif"), {32632, {780000, -15000, 0}, {}, {}});
  ASSERT_EQ(reading.got.terrains.size(), 1u) << reading.report();
  EXPECT_NEAR(reading.got.terrains[0].spacing_m, 157, 3);  // 0.001413° on the equator
}

}  // namespace
}  // namespace hashimichi::import::tests
