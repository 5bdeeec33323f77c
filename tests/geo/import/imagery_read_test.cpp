// Orthophotos read for drawing; the pictures are written here by GDAL.
#include "geo/import/imagery_read.h"

#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <ogr_spatialref.h>

#include "tests/support/shared_data.h"

namespace hashimichi::import {
namespace {

using tests::TempFolder;

/// A picture of 100 × 100 pixels of 1 m whose north-west quarter is red, the rest green.
struct Drawn {
  int epsg = 6676;
  double geo[6] = {31000, 1, 0, 160100, 0, -1};
  int bands = 3;
  GDALDataType type = GDT_Byte;
  bool palette = false;
  double bright = 200;
};

void write(const std::filesystem::path& path, const Drawn& drawn) {
  GDALAllRegister();
  const GDALDatasetUniquePtr picture(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
      path.c_str(), 100, 100, drawn.bands, drawn.type, nullptr));
  if (drawn.geo[1] != 0) picture->SetGeoTransform(const_cast<double*>(drawn.geo));
  OGRSpatialReference crs;
  if (drawn.epsg != 0 && crs.importFromEPSG(drawn.epsg) == OGRERR_NONE) picture->SetSpatialRef(&crs);
  if (drawn.palette) {
    GDALColorTable colours;
    const GDALColorEntry red{200, 0, 0, 255}, green{0, 200, 0, 255};
    colours.SetColorEntry(0, &green), colours.SetColorEntry(1, &red);
    picture->GetRasterBand(1)->SetColorTable(&colours);
  }
  for (int band = 1; band <= drawn.bands; ++band)
    for (int row = 0; row < 100; ++row)
      for (int column = 0; column < 100; ++column) {
        const bool red = row < 50 && column < 50;
        double value = drawn.palette ? red : (band == 1) == red && band < 3 ? drawn.bright : 0;
        ASSERT_EQ(picture->GetRasterBand(band)->RasterIO(GF_Write, column, row, 1, 1, &value, 1, 1, GDT_Float64, 0, 0,
                                                         nullptr),
                  CE_None);
      }
}

crs::LocalFrame frame() {
  return *crs::LocalFrame::create(6676, {31000, 160000, 0});
}
Bounds box(double west, double south, double east, double north) {
  Bounds made;
  made.add(Vec3d{west, south, 0});
  made.add(Vec3d{east, north, 0});
  return made;
}
model::ImageryRef reference(const std::filesystem::path& path) {
  return {path.string(), "drawn", box(0, 0, 100, 100)};
}
std::array<int, 4> at(const std::vector<std::uint8_t>& rgba, int width, int x, int y) {
  const auto* p = &rgba[4 * static_cast<std::size_t>(y * width + x)];
  return {p[0], p[1], p[2], p[3]};
}
constexpr std::array<int, 4> red{200, 0, 0, 255}, green{0, 200, 0, 255};

void expectQuarters(const std::vector<std::uint8_t>& rgba, int width) {
  EXPECT_EQ(at(rgba, width, width / 4, width / 4), red) << "north-west";
  EXPECT_EQ(at(rgba, width, 3 * width / 4, width / 4), green) << "north-east";
  EXPECT_EQ(at(rgba, width, width / 4, 3 * width / 4), green) << "south-west";
}

TEST(Imagery, LiesWhereItsCornersSay) {
  const TempFolder folder;
  write(folder / "ortho.tif", {});
  for (const int width : {50, 100, 250}) {
    const auto rgba = readImagery(reference(folder / "ortho.tif"), frame(), box(0, 0, 100, 100), width, width);
    ASSERT_TRUE(rgba.ok()) << rgba.error().text();
    expectQuarters(*rgba, width);
  }
}

TEST(Imagery, BeyondItsEdgeIsTransparent) {
  const TempFolder folder;
  write(folder / "ortho.tif", {});
  // Twice as wide as the picture: it fills the middle half.
  const auto rgba = readImagery(reference(folder / "ortho.tif"), frame(), box(-50, -50, 150, 150), 200, 200);
  ASSERT_TRUE(rgba.ok());
  EXPECT_EQ(at(*rgba, 200, 10, 100)[3], 0);
  EXPECT_EQ(at(*rgba, 200, 60, 60), red);
  EXPECT_EQ(at(*rgba, 200, 140, 140), green);
  EXPECT_EQ(at(*rgba, 200, 190, 100)[3], 0);
  const auto elsewhere = readImagery(reference(folder / "ortho.tif"), frame(), box(500, 500, 600, 600), 20, 20);
  ASSERT_TRUE(elsewhere.ok());
  EXPECT_THAT(*elsewhere, testing::Each(0));
}

TEST(Imagery, InAnotherCrsIsTurnedIntoTheProjects) {
  const TempFolder folder;
  // The quarter corner at 31050, 160050 in zone VIII is 138.850906 E, 37.441873 N (gdaltransform -s_srs EPSG:6676
  // -t_srs EPSG:6668); pixels of 0.00001 degrees are 1.11 m high and 0.88 m wide.
  write(folder / "ortho.tif", {.epsg = 6668, .geo = {138.850906 - 50e-5, 1e-5, 0, 37.441873 + 50e-5, 0, -1e-5}});
  const auto rgba = readImagery(reference(folder / "ortho.tif"), frame(), box(20, 20, 80, 80), 60, 60);
  ASSERT_TRUE(rgba.ok()) << rgba.error().text();
  EXPECT_EQ(at(*rgba, 60, 20, 20), red);
  EXPECT_EQ(at(*rgba, 60, 40, 20), green);
  EXPECT_EQ(at(*rgba, 60, 20, 40), green);
}

TEST(Imagery, WithoutAnyPlaceFillsTheExtentItWasGiven) {
  const TempFolder folder;
  write(folder / "scan.tif", {.epsg = 0, .geo = {0, 0, 0, 0, 0, 0}});
  const auto rgba = readImagery(reference(folder / "scan.tif"), frame(), box(0, 0, 100, 100), 100, 100);
  ASSERT_TRUE(rgba.ok());
  expectQuarters(*rgba, 100);
}

TEST(Imagery, PalettesAndSixteenBitsBecomeColours) {
  const TempFolder folder;
  write(folder / "palette.tif", {.bands = 1, .palette = true});
  const auto palette = readImagery(reference(folder / "palette.tif"), frame(), box(0, 0, 100, 100), 100, 100);
  ASSERT_TRUE(palette.ok()) << palette.error().text();
  expectQuarters(*palette, 100);
  write(folder / "deep.tif", {.type = GDT_UInt16, .bright = 4000});
  const auto deep = readImagery(reference(folder / "deep.tif"), frame(), box(0, 0, 100, 100), 100, 100);
  ASSERT_TRUE(deep.ok());
  EXPECT_EQ(at(*deep, 100, 25, 25), (std::array<int, 4>{255, 0, 0, 255}));
}

TEST(Imagery, ThatIsGoneOrNoPictureIsAClearError) {
  const TempFolder folder;
  const auto gone = readImagery(reference(folder / "gone.tif"), frame(), box(0, 0, 1, 1), 10, 10);
  ASSERT_FALSE(gone.ok());
  EXPECT_THAT(gone.error().text(), testing::HasSubstr("gone.tif"));
  std::ofstream(folder / "text.tif") << "no picture";
  EXPECT_FALSE(readImagery(reference(folder / "text.tif"), frame(), box(0, 0, 1, 1), 10, 10).ok());
  EXPECT_FALSE(readImagery(reference(folder / "text.tif"), frame(), box(0, 0, 1, 1), 100000, 10).ok());
}

}  // namespace
}  // namespace hashimichi::import
