#include "geo/crs/transform.h"

#include <gtest/gtest.h>

#include "geo/crs/japan.h"

namespace hashimichi::crs {
namespace {

// Expected numbers: `echo "138.8513 37.4463" | gdaltransform -s_srs EPSG:6668 -t_srs EPSG:6676 -output_xy`.
constexpr double nagaoka_lat = 37.4463, nagaoka_lon = 138.8513, northing_m = 160541.38418561,
                 easting_m = 31083.0333665181;

LocalFrame zone8() {
  return *LocalFrame::create(6676, {31000, 160000, 0});
}

TEST(LocalFrame, AcceptsOnlyProjectedMetres) {
  EXPECT_FALSE(LocalFrame::create(6697, {}));
  EXPECT_FALSE(LocalFrame::create(999999, {}));
  EXPECT_FALSE(LocalFrame::create(2225, {}));  // California zone 1 in US survey feet
  EXPECT_TRUE(zone8().northingFirst());
}

TEST(ToLocal, PlateauLatitudeComesFirstAndHeightIsKept) {
  const Result<ToLocal> to_local =
      ToLocal::create("http://www.opengis.net/def/crs/EPSG/0/6697", AxisOrder::authority, zone8());
  ASSERT_TRUE(to_local) << to_local.error().text();
  const std::optional<Vec3d> local = (*to_local)({nagaoka_lat, nagaoka_lon, 23.4});
  ASSERT_TRUE(local);
  EXPECT_NEAR(local->x, easting_m - 31000, 0.01);
  EXPECT_NEAR(local->y, northing_m - 160000, 0.01);
  EXPECT_DOUBLE_EQ(local->z, 23.4);
}

TEST(ToLocal, GisFilesWriteEastFirstInTheSameSystem) {
  const Result<ToLocal> to_local = ToLocal::create("EPSG:6676", AxisOrder::east_first, zone8());
  ASSERT_TRUE(to_local);
  EXPECT_EQ((*to_local)({31010, 160020, 5}), (Vec3d{10, 20, 5}));
  const Result<ToLocal> authority = ToLocal::create("EPSG:6676", AxisOrder::authority, zone8());
  EXPECT_EQ((*authority)({160020, 31010, 5}), (Vec3d{10, 20, 5}));
}

TEST(ToLocal, NanAndPlacesOutsideTheProjectionAreNotInvented) {
  const Result<ToLocal> to_local = ToLocal::create("EPSG:6668", AxisOrder::authority, zone8());
  EXPECT_FALSE((*to_local)({std::nan(""), 138, 0}));
  EXPECT_FALSE((*to_local)({95, 138, 0}));
}

TEST(FromLocal, ThereAndBackStaysWithinAMillimetre) {
  const Result<ToLocal> to_local = ToLocal::create("EPSG:6668", AxisOrder::east_first, zone8());
  const Result<FromLocal> from_local = FromLocal::create(zone8(), "EPSG:6668");
  const Vec3d back = *(*from_local)(*(*to_local)({nagaoka_lon, nagaoka_lat, 0}));
  EXPECT_NEAR(back.x, nagaoka_lon, 1e-8);
  EXPECT_NEAR(back.y, nagaoka_lat, 1e-8);
}

TEST(DescribeCrs, CodesThatThisProjLacksAnswerWithTheirHorizontalPart) {
  const Result<CrsInfo> info = describeCrs("http://www.opengis.net/def/crs/EPSG/0/10169");
  ASSERT_TRUE(info);
  EXPECT_EQ(info->horizontal_epsg, 6676);
}

TEST(Japan, ZonesAreProposedAsTheLawDrawsThemForSnowCities) {
  EXPECT_EQ(proposePlaneZone(43.06, 141.35), 6680);  // Sapporo: XII
  EXPECT_EQ(proposePlaneZone(37.45, 138.85), 6676);  // Nagaoka: VIII
  EXPECT_EQ(proposePlaneZone(40.82, 140.75), 6678);  // Aomori: X
  EXPECT_EQ(proposePlaneZone(36.70, 137.21), 6675);  // Toyama: VII
  EXPECT_EQ(proposePlaneZone(35.68, 139.70), 6677);  // Tokyo: IX
  EXPECT_EQ(planeZoneNumeral(6676), "VIII");
}

}  // namespace
}  // namespace hashimichi::crs
