#include "geo/crs/heights.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "geo/crs/geoid.h"
#include "geo/crs/transform.h"

namespace hashimichi::crs {
namespace {

// GSIGEO2011 here by hand: its four posts around the place (gdallocationinfo, columns 754, 755, rows 753, 754),
// weighted with 0.052 and 0.222.
constexpr double lat = 37.4463, lon = 138.8513;

std::filesystem::path gsigeo2011() {
  return std::filesystem::path(HASHIMICHI_SHARED_DIR) / "data/raster/geoid/jp_gsi_gsigeo2011.tif";
}

LocalFrame zone8() {
  return *LocalFrame::create(6676, {31000, 160000, 0});
}

class Gsigeo2011 : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(gsigeo2011())) GTEST_SKIP() << "the shared geoid grid is not at hand";
  }
};

TEST_F(Gsigeo2011, EllipsoidalHeightsBecomeHeightsAboveTokyoBay) {
  const auto to_local = ToLocal::create("EPSG:4979", AxisOrder::authority, zone8(), {gsigeo2011()});
  ASSERT_TRUE(to_local) << to_local.error().text();
  EXPECT_TRUE(to_local->heights().converted);
  EXPECT_EQ(to_local->heights().datum, HeightDatum::ellipsoidal);
  const auto local = (*to_local)({lat, lon, 100});
  ASSERT_TRUE(local);
  EXPECT_NEAR(local->z, 100 - 39.6307, 0.002);
}

TEST_F(Gsigeo2011, HeightsGoBackAboveTheEllipsoidWithinAMillimetre) {
  for (const char* code : {"EPSG:4979", "EPSG:6667"}) {
    const auto to_local = ToLocal::create(code, AxisOrder::east_first, zone8(), {gsigeo2011()});
    const auto from_local = FromLocal::create(zone8(), code, {gsigeo2011()});
    ASSERT_TRUE(to_local && from_local);
    const Vec3d back = *(*from_local)(*(*to_local)({lon, lat, 62.345}));
    EXPECT_NEAR(back.z, 62.345, 0.0005) << code;
    EXPECT_NEAR(back.x, lon, 1e-8);
    EXPECT_NEAR(back.y, lat, 1e-8);
  }
}

TEST_F(Gsigeo2011, OutsideJapanHeightsAreKeptAndItSaysWhy) {
  const auto delft = LocalFrame::create(28992, {85000, 447000, 0});
  ASSERT_TRUE(delft);
  const auto to_local = ToLocal::create("EPSG:4979", AxisOrder::authority, *delft, {gsigeo2011()});
  ASSERT_TRUE(to_local);
  EXPECT_FALSE(to_local->heights().converted);
  EXPECT_FALSE(to_local->heights().geoid_error.empty());
  EXPECT_DOUBLE_EQ((*to_local)({52.01, 4.36, 44})->z, 44);
}

TEST(Heights, WithoutAGeoidEllipsoidalHeightsAreKept) {
  if (installedGeoid()) GTEST_SKIP() << "PROJ has the geoid in its own folder";
  const auto to_local = ToLocal::create("EPSG:4979", AxisOrder::authority, zone8());
  ASSERT_TRUE(to_local);
  EXPECT_FALSE(to_local->heights().converted);
  EXPECT_DOUBLE_EQ((*to_local)({lat, lon, 100})->z, 100);
}

TEST(Heights, AGeoidFileThatIsNoneIsRefusedInOneSentence) {
  EXPECT_EQ(ToLocal::create("EPSG:4979", AxisOrder::authority, zone8(), {"/no/such.tif"}).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(
      ToLocal::create("EPSG:4979", AxisOrder::authority, zone8(), {HASHIMICHI_SOURCE_DIR "/README.md"}).error().code,
      ErrorCode::unreadable);
}

TEST(Heights, FeetBecomeMetresWhereTheCrsSaysSo) {
  // EPSG:6360: NAVD88 height (ftUS); one US survey foot is 1200/3937 m.
  const auto frame = LocalFrame::create(26910, {500000, 4900000, 0});
  ASSERT_TRUE(frame);
  const auto to_local = ToLocal::create("EPSG:26910+6360", AxisOrder::east_first, *frame);
  ASSERT_TRUE(to_local) << to_local.error().text();
  EXPECT_NEAR((*to_local)({500010, 4900020, 1000})->z, 1000 * 1200.0 / 3937, 1e-9);
  EXPECT_TRUE(to_local->heights().unit_named);
}

TEST(Heights, ZeroMeansNoHeightAndStays) {
  const auto frame = LocalFrame::create(26910, {});
  const auto to_local = ToLocal::create("EPSG:26910+6360", AxisOrder::east_first, *frame);
  EXPECT_DOUBLE_EQ((*to_local)({500010, 4900020, 0})->z, 0);
}

TEST(Heights, VerticalDatumsAreToldApart) {
  EXPECT_EQ(describeCrs("EPSG:6697")->heights, HeightDatum::jgd2011);
  EXPECT_EQ(describeCrs("EPSG:6676+6695")->heights, HeightDatum::jgd2011);
  EXPECT_EQ(describeCrs("EPSG:6696")->heights, HeightDatum::jgd2000);
  EXPECT_EQ(describeCrs("EPSG:4979")->heights, HeightDatum::ellipsoidal);
  EXPECT_EQ(describeCrs("EPSG:6667")->heights, HeightDatum::ellipsoidal);
  EXPECT_EQ(describeCrs("EPSG:7415")->heights, HeightDatum::other);  // RD New + NAP
  EXPECT_EQ(describeCrs("EPSG:6676")->heights, HeightDatum::unknown);
  const auto jgd2024 = describeCrs(
      "COMPD_CS[\"x\",GEOGCS[\"JGD2011\",DATUM[\"Japanese_Geodetic_Datum_2011\",SPHEROID[\"GRS 1980\",6378137,"
      "298.257222101]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]],VERT_CS[\"JGD2024 (vertical) "
      "height\",VERT_DATUM[\"Japanese Geodetic Datum 2024 (vertical)\",2005],UNIT[\"metre\",1],AXIS[\"Up\",UP]]]");
  ASSERT_TRUE(jgd2024) << jgd2024.error().text();
  EXPECT_EQ(jgd2024->heights, HeightDatum::jgd2024);
}

TEST(Grids, FromTheOldDatumsToJgd2011TheExactWayNeedsAGridAndSaysWhetherItIsThere) {
  const auto tokyo = gridsBetween("EPSG:30168", zone8());
  ASSERT_FALSE(tokyo.empty());
  EXPECT_NE(tokyo.front().name.find("tky2jgd"), std::string::npos) << tokyo.front().name;
  const auto jgd2000 = gridsBetween("EPSG:2450", zone8());
  ASSERT_FALSE(jgd2000.empty());
  EXPECT_NE(jgd2000.front().name.find("touhokutaiheiyouoki2011"), std::string::npos) << jgd2000.front().name;
  EXPECT_TRUE(gridsBetween("EPSG:6697", zone8()).empty());
}

struct RoundTrip {
  const char* source;
  int frame_epsg;
  Vec3d place;  ///< east first
};

class ThereAndBack : public testing::TestWithParam<RoundTrip> {};

TEST_P(ThereAndBack, StaysWithinAMillimetre) {
  const RoundTrip& trip = GetParam();
  const auto frame = LocalFrame::create(trip.frame_epsg, {});
  const auto to_local = ToLocal::create(trip.source, AxisOrder::east_first, *frame);
  const auto from_local = FromLocal::create(*frame, trip.source);
  ASSERT_TRUE(frame && to_local && from_local);
  const auto local = (*to_local)(trip.place);
  ASSERT_TRUE(local);
  const auto back = (*from_local)(*local);
  ASSERT_TRUE(back);
  const bool degrees = describeCrs(trip.source)->geographic;
  const double tolerance = degrees ? 0.001 / 111320 : 0.001;
  EXPECT_NEAR(back->x, trip.place.x, tolerance);
  EXPECT_NEAR(back->y, trip.place.y, tolerance);
  EXPECT_NEAR(back->z, trip.place.z, 0.001);
}

INSTANTIATE_TEST_SUITE_P(Sources, ThereAndBack,
                         testing::Values(RoundTrip{"EPSG:6697", 6676, {138.8513, 37.4463, 23.4}},
                                         RoundTrip{"EPSG:6697", 6680, {141.3544, 43.0686, 17.2}},
                                         RoundTrip{"EPSG:6697", 6683, {127.6809, 26.2124, 5}},
                                         RoundTrip{"EPSG:6668", 6677, {139.7454, 35.6586, 0}},
                                         RoundTrip{"EPSG:4979", 6675, {137.21, 36.7, 88.8}},
                                         RoundTrip{"EPSG:2450", 6676, {31000, 160000, 12.5}},
                                         RoundTrip{"EPSG:30168", 6676, {31000, 160000, 12.5}},
                                         RoundTrip{"EPSG:3857", 6677, {15556000, 4256000, 3}},
                                         RoundTrip{"EPSG:6677", 6676, {-80000, 20000, 3}},
                                         RoundTrip{"EPSG:28992", 28992, {85000, 447000, 1.5}},
                                         RoundTrip{"EPSG:4258", 28992, {4.3571, 52.0116, 1.5}},
                                         RoundTrip{"EPSG:7415", 28992, {85000, 447000, 1.5}}));

}  // namespace
}  // namespace hashimichi::crs
