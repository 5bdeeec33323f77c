#include "geo/find/typed_place.h"

#include <gtest/gtest.h>

#include <cmath>

namespace hashimichi::find {
namespace {

// 37.441° N, 138.85° E in zone VIII: X (north) 159952.786, Y (east) 30970.193, by the formulas that the Geospatial
// Information Authority publishes (Kawase 2011), computed outside this program.
constexpr double north_m = 159952.786, east_m = 30970.193;

class Typed : public testing::Test {
 protected:
  static Bounds town() {
    Bounds box;
    box.add(Vec3d{-2000, -2000, 0}), box.add(Vec3d{2000, 2000, 60});
    return box;
  }
  void expectHere(const char* words, bool swapped = false, double tolerance_m = 0.01) {
    const auto typed = reader_.read(words);
    ASSERT_TRUE(typed) << words;
    EXPECT_EQ(typed->trouble, PlaceTrouble::none) << words;
    EXPECT_NEAR(typed->place.x, east_m - 31000, tolerance_m) << words;
    EXPECT_NEAR(typed->place.y, north_m - 160000, tolerance_m) << words;
    EXPECT_EQ(typed->numbers.swapped, swapped) << words;
  }
  PlaceReader reader_{*crs::LocalFrame::create(6676, {31000, 160000, 0}), town()};
};

TEST_F(Typed, DegreesInEveryWayThatPeopleWriteThem) {
  for (const char* words :
       {"37.441, 138.85", "37.441 138.85", "３７．４４１，１３８．８５", "N37.441 E138.85", "37.441N 138.85E",
        "37.441°N, 138.85°E", "北緯37.441度 東経138.85度", "緯度37.441 経度138.85", "37°26'27.6\"N 138°51'E",
        "37°26′27.6″N 138°51′00″E", "北緯37度26分27.6秒 東経138度51分", "北緯37度26分27.6秒、東経138度51分0秒",
        "37 26 27.6 N 138 51 0 E", "37 26 27.6, 138 51 0", "37°26.46' 138°51'", "EPSG:6668 37.441 138.85",
        "epsg:4326 37.441, 138.85"})
    expectHere(words);
}

TEST_F(Typed, LongitudeFirstIsUnderstoodAndToldUnlessTheWordsSaySoThemselves) {
  expectHere("138.85, 37.441", true);
  expectHere("138°51' 37°26'27.6\"", true);
  expectHere("東経138度51分 北緯37度26分27.6秒");
  expectHere("E138.85 N37.441");
}

TEST_F(Typed, PlaneCoordinatesOfAZoneListXWhichIsNorthFirst) {
  for (const char* words :
       {"EPSG:6676 159952.786 30970.193", "EPSG:6676 159952.786, 30970.193", "8系 X=159952.786 Y=30970.193",
        "第8系 159952.786 30970.193", "VIII系 X:159952.786 Y:30970.193", "平面直角座標系第8系 159952.786, 30970.193",
        "zone 8 159952.786 30970.193", "X=159952.786 Y=30970.193", "Y=30970.193 X=159952.786", "159952.786 30970.193",
        "N 159952.786 E 30970.193"})
    expectHere(words);
}

TEST_F(Typed, EastFirstIsTakenWhereItAloneLeadsIntoTheTownAndIsTold) {
  expectHere("EPSG:6676 30970.193 159952.786", true);
  expectHere("30970.193 159952.786", true);
}

// WGS 84 / UTM zone 54: 300000 m + … is east first by its own axes.
TEST_F(Typed, AnotherProjectedCrsIsReadInItsOwnOrder) {
  const auto numbers = readNumbers("EPSG:32654 309800 4146000");
  ASSERT_TRUE(numbers);
  EXPECT_EQ(numbers->east, 309800);
  EXPECT_EQ(numbers->north, 4146000);
}

// Square 5538-7608: first level 55 × 2/3 = 36.667°, 138°; second 7 × 5′, 6 × 7.5′; third 0 × 30″, 8 × 45″:
// south-west corner 37.25° N, 138.85° E.
TEST_F(Typed, AGridSquareIsItsMiddleAndKnowsItsSize) {
  const auto numbers = readNumbers("5538-76-08");
  ASSERT_TRUE(numbers);
  EXPECT_EQ(numbers->kind, PlaceKind::mesh);
  EXPECT_EQ(numbers->code, "55387608");
  EXPECT_NEAR(numbers->north, 37.25 + 15.0 / 3600, 1e-9);
  EXPECT_NEAR(numbers->east, 138.85 + 22.5 / 3600, 1e-9);
  const auto typed = reader_.read("55387608");
  ASSERT_TRUE(typed);
  EXPECT_NEAR(typed->extent_m, 1110, 5) << "45″ of longitude here";
}

// Sheet 08OF is the 15th row and 6th column: north edge 300 − 14 × 30 = −120 km, west edge −160 + 5 × 40 = 40 km.
TEST_F(Typed, AMapSheetIsItsMiddle) {
  const auto numbers = readNumbers("08of");
  ASSERT_TRUE(numbers);
  EXPECT_EQ(numbers->kind, PlaceKind::sheet);
  EXPECT_EQ(numbers->crs, "EPSG:6676");
  EXPECT_EQ(numbers->north, -135000);
  EXPECT_EQ(numbers->east, 60000);
}

TEST_F(Typed, WhatLeadsNowhereSaysWhy) {
  EXPECT_EQ(reader_.read("EPSG:999999 1 2")->trouble, PlaceTrouble::unknown_crs);
  const auto tokyo = reader_.read("35.68, 139.77");
  ASSERT_TRUE(tokyo);
  EXPECT_EQ(tokyo->trouble, PlaceTrouble::far_away);
  EXPECT_NEAR(tokyo->away_m, 210000, 8000) << "Tokyo is some 210 km off";
}

TEST_F(Typed, OtherWordsAreNoCoordinates) {
  for (const char* words : {"", "中央橋", "市道3号線", "37", "37.4,", "B101", "bldg_12", "20系 1 2", "8系", "EPSG:6676",
                            "X=1", "1 2 3", "37.4 138.8 x", "N37 N38", "91 181", "中央1-2-3"})
    EXPECT_FALSE(reader_.read(words) && reader_.read(words)->trouble == PlaceTrouble::none) << words;
  EXPECT_FALSE(readNumbers("中央1-2-3"));
  EXPECT_FALSE(readNumbers(std::string(5000, '1') + " 2"));
}

}  // namespace
}  // namespace hashimichi::find
