// How the town is shown, seen in pictures: one house on level ground in Niigata prefecture, from straight above.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "render/attribute_colours.h"
#include "render/target.h"
#include "tests/render/sample_town.h"

namespace hashimichi::render {
namespace {

using exporting::Rgb;

constexpr int width_px = 400, height_px = 300;
constexpr double px_per_m = 300 / 160.77;  // 2·300 m·tan 15° over 300 px
const Instant noon = *parseInstant("2026-01-15T12:00+09:00"), morning = *parseInstant("2026-01-15T09:00+09:00"),
              midnight = *parseInstant("2026-01-15T00:00+09:00");

/// A house of 20 m by 14 m, 8 m to the eaves, in the middle; a road 60 m south of it; a snow gauge far to the east.
std::shared_ptr<model::CityModel> oneHouse() {
  auto city = std::make_shared<model::CityModel>();
  city->frame = *crs::LocalFrame::create(6676, {30'000, 160'000, 0});  // Nagaoka
  city->terrain = model::Terrain{{-200, -200, 0}, 10, 41, 41, std::vector<float>(41 * 41, 20.0f), "drawn"};
  city->buildings.push_back(tests::houseAt("b", {0, 0, 20}, 20, 14, 8));
  city->buildings.back().measured_height_m = 8;
  city->roads.push_back(tests::roadAlong("r", {{-150, -60, 20}, {150, -60, 20}}, 10));
  city->stations.push_back({"s", "積雪計", "drawn", {180, 180, 20}, false});
  sensors::Series depth{"s", sensors::Quantity::snow_depth_cm, std::nullopt, {}, "drawn"};
  for (int hour = -24; hour <= 12; ++hour) depth.values.push_back({noon.plusHours(hour), 45, sensors::Flag::good, ""});
  city->series.push_back(depth);
  return city;
}

class LookPicture : public testing::Test {
 protected:
  void SetUp() override {
    auto made = Target::headless(width_px, height_px);
    ASSERT_TRUE(made.ok()) << made.error().text();
    target_ = std::move(*made);
    show(oneHouse());
  }
  void show(const model::CityModelPtr& city) {
    scene_.show(tests::prepared(city));
    scene_.setVisible(Layer::labels, false);
    CameraPose pose;
    pose.target = {0, 0, 20}, pose.distance_m = 300, pose.elevation_deg = 90, pose.orthographic = true;
    scene_.setCamera(pose);
  }
  const Image& draw() {
    target_->drawComplete(scene_);
    image_ = target_->read();
    if (const char* folder = std::getenv("LOOK_PICTURES")) {
      const auto* info = testing::UnitTest::GetInstance()->current_test_info();
      (void)writePng(image_,
                     std::filesystem::path(folder) / (std::string(info->name()) + std::to_string(++drawn_) + ".png"));
    }
    return image_;
  }
  /// Of the last picture, at a place in metres from the house's middle.
  Rgb at(double east_m, double north_m) const {
    const int x = width_px / 2 + static_cast<int>(std::lround(east_m * px_per_m));
    const int y = height_px / 2 - static_cast<int>(std::lround(north_m * px_per_m));
    const auto* p = &image_.rgba[4 * (static_cast<std::size_t>(y) * width_px + static_cast<std::size_t>(x))];
    return {p[0], p[1], p[2]};
  }
  static int bright(Rgb c) { return (c.r + c.g + c.b) / 3; }

  std::unique_ptr<Target> target_;
  Scene scene_;
  Image image_;
  int drawn_ = 0;
};

// At noon in January the sun stands 31° high in the south: 8 m of wall throw 13 m of shadow to the north. At 9:00 it
// stands 19° high in the south-east: the shadow falls to the north-west, the north-east is lit.
TEST_F(LookPicture, TheShadowFallsAwayFromTheSunOfTheShownMoment) {
  scene_.setLook({.sun = true});
  scene_.setMoment(noon);
  draw();
  EXPECT_LT(bright(at(0, 12)) * 1.3, bright(at(0, -20))) << "north of the house against south of it";
  EXPECT_LT(bright(at(0, 12)) * 1.3, bright(at(60, 12)));
  EXPECT_GT(bright(at(-24, 12)) * 1.1, bright(at(60, 12))) << "the north-west is lit at noon";
  ASSERT_TRUE(scene_.lookStatus().sun_elevation_deg);
  EXPECT_NEAR(*scene_.lookStatus().sun_elevation_deg, 31.3, 0.5);
  EXPECT_FALSE(scene_.lookStatus().night);
  scene_.setMoment(morning);
  draw();
  EXPECT_LT(bright(at(-18, 12)) * 1.2, bright(at(60, -20))) << "in the morning it is dark";
  EXPECT_GT(bright(at(18, 14)) * 1.1, bright(at(60, -20)));
}

TEST_F(LookPicture, AtNightTheLightIsCalmAndTheLegendSaysSo) {
  const Image calm = draw();
  scene_.setLook({.sun = true});
  scene_.setMoment(midnight);
  EXPECT_LT(compareImages(calm, draw()).worst_block, 3);
  EXPECT_TRUE(scene_.lookStatus().night);
}

TEST_F(LookPicture, RanksKeepTheLegendsColourInEveryLook) {
  scene_.setRoadBands(std::vector<int>{3});
  scene_.setRoadSnow(std::vector<float>{25.0f});
  scene_.setMoment(noon);
  for (const Look& look : {Look{.ground = GroundLook::heights}, Look{.ground = GroundLook::shaded}, Look{.sun = true},
                           Look{.sun = true, .snow = true}, Look{.ambient_occlusion = true}}) {
    scene_.setLook(look);
    draw();
    EXPECT_EQ(at(0, -60), exporting::rank_colours[3]);
  }
}

TEST_F(LookPicture, SnowLiesInTheColourOfItsDepth) {
  scene_.setLook({.ground = GroundLook::shaded, .snow = true});
  scene_.setMoment(noon);
  draw();
  // 45 cm: over 30, below 60. 88 % of the legend's colour over grey 187.
  const Rgb snow = snow_colours[snowStepOf(45)];
  EXPECT_NEAR(at(60, 30).r, 0.88 * snow.r + 0.12 * 186, 3);
  EXPECT_NEAR(at(60, 30).b, 0.88 * snow.b + 0.12 * 188, 3);
  EXPECT_EQ(scene_.lookStatus().snow_unknown_share, 0.0);
  EXPECT_NEAR(*scene_.lookStatus().snow_most_cm, 45, 0.1);
}

TEST_F(LookPicture, WhereNoGaugeSaysAnythingTheGroundIsHatchedAndNeverBare) {
  auto city = oneHouse();
  city->series.clear();
  show(city);
  scene_.setLook({.ground = GroundLook::shaded, .snow = true});
  scene_.setMoment(noon);
  draw();
  EXPECT_EQ(scene_.lookStatus().snow_unknown_share, 1.0);
  EXPECT_FALSE(scene_.lookStatus().snow_most_cm);
  int least = 255, most = 0;
  for (double east = 40; east < 80; east += 0.5)
    least = std::min(least, bright(at(east, 30))), most = std::max(most, bright(at(east, 30)));
  EXPECT_GT(most, least + 20) << "stripes";
  EXPECT_LT(most, 190);
}

TEST_F(LookPicture, SnowOnTheCarriagewayIsTheRoadsColourWhileNoRanksAreShown) {
  scene_.setLook({.snow = true});
  scene_.setMoment(noon);
  scene_.setRoadSnow(std::vector<float>{15.0f});
  draw();
  EXPECT_EQ(at(0, -60), snow_colours[snowStepOf(15)]);
  scene_.setRoadSnow(std::vector<float>{-1.0f});
  draw();
  EXPECT_NEAR(at(0, -60).r, at(0, -60).b, 8) << "unknown is hatched grey";
  scene_.setRoadBands(std::vector<int>{2});
  draw();
  EXPECT_EQ(at(0, -60), exporting::rank_colours[2]);
}

TEST_F(LookPicture, GoingBackToThePlainLookGivesTheSamePictureAsBefore) {
  const Image before = draw();
  scene_.setMoment(noon);
  scene_.setLook({.ground = GroundLook::heights, .colour_by = "measured_height", .sun = true, .snow = true});
  EXPECT_GT(compareImages(before, draw()).worst_block, 20);
  scene_.setLook({});
  EXPECT_EQ(compareImages(before, draw()).worst_block, 0);
}

TEST_F(LookPicture, TheLookStaysWhenAnotherTownIsShown) {
  scene_.setLook({.ground = GroundLook::heights});
  draw();
  const Rgb low = at(60, 30);
  show(oneHouse());
  draw();
  EXPECT_EQ(at(60, 30), low);
  EXPECT_TRUE(scene_.look().ground == GroundLook::heights);
}

TEST_F(LookPicture, APinIsSeenAtItsPlaceAndCanBePointedAt) {
  Pin pin{"bridge/0/0", {40, 30, 20}, "ひびわれ d", Pin::Kind::defect, 'd'};
  scene_.setPins({pin});
  draw();
  // Its head stands 15 px above the point.
  const int x = width_px / 2 + static_cast<int>(40 * px_per_m),
            y = height_px / 2 - static_cast<int>(30 * px_per_m) - 15;
  EXPECT_EQ(at(40, 30 + 15 / px_per_m), pinColour(Pin::Kind::defect, 'd'));
  const auto hit = scene_.pick(x, y, width_px, height_px);
  ASSERT_TRUE(hit && hit->pin);
  EXPECT_EQ(*hit->pin, "bridge/0/0");
  EXPECT_FALSE(hit->asset);
  EXPECT_FALSE(scene_.pick(x + 30, y, width_px, height_px)->pin);
  scene_.setPins({});
  EXPECT_FALSE(scene_.pick(x, y, width_px, height_px)->pin);
}

TEST_F(LookPicture, OfPinsAtOnePlaceTheMostUrgentStands) {
  Pin less{"less", {40, 30, 20}, "", Pin::Kind::defect, 'b'}, more{"more", {41, 30, 20}, "", Pin::Kind::defect, 'e'};
  less.priority = 21, more.priority = 24;
  for (const auto& pins : {std::vector<Pin>{less, more}, std::vector<Pin>{more, less}}) {
    scene_.setPins(pins);
    draw();
    const auto hit = scene_.pick(width_px / 2 + 41 * px_per_m, height_px / 2 - 30 * px_per_m - 15, width_px, height_px);
    ASSERT_TRUE(hit && hit->pin);
    EXPECT_EQ(*hit->pin, "more");
  }
}

TEST_F(LookPicture, BuildingsWearTheColourOfTheirAttribute) {
  auto city = oneHouse();
  city->buildings.push_back(tests::houseAt("c", {50, 0, 20}, 20, 14, 30));
  city->buildings.back().measured_height_m = 30;
  city->buildings.push_back(tests::houseAt("d", {-50, 0, 20}, 20, 14, 10));
  city->buildings.back().measured_height_m.reset();
  show(city);
  scene_.setLook({.colour_by = "measured_height"});
  draw();
  EXPECT_GT(at(50, 3).r, at(50, 3).b + 50) << "the highest is cividis' yellow";
  EXPECT_LT(at(0, 3).r + 30, at(0, 3).b) << "the lowest its blue";
  EXPECT_NEAR(at(-50, 3).r, at(-50, 3).b, 2) << "unknown is grey";
}

TEST_F(LookPicture, TheGroundThatIsSeenIsTintedAndWhatTheHouseHidesIsNot) {
  scene_.setLook({.ground = GroundLook::shaded});
  scene_.setViewshed(ViewFrom{{0, -30, 20}, 1.6, 70});
  draw();
  const auto blue = [](Rgb c) { return c.b - c.r; };
  EXPECT_GT(blue(at(20, -40)), 30) << "in sight";
  EXPECT_LT(blue(at(0, 25)), 10) << "behind the house";
  EXPECT_LT(blue(at(90, 30)), 10) << "out of reach";
  ASSERT_TRUE(scene_.lookStatus().seen_share);
  EXPECT_GT(*scene_.lookStatus().seen_share, 0.5);
  scene_.setViewshed(std::nullopt);
  draw();
  EXPECT_LT(blue(at(20, -40)), 10);
}

TEST_F(LookPicture, OutsideTheClipBoxNothingIsDrawnOrPointedAt) {
  scene_.setLook({.clip = Bounds{{-30, -30, 0}, {30, 30, 100}}});
  draw();
  EXPECT_TRUE(scene_.pick(width_px / 2.0, height_px / 2.0, width_px, height_px)->asset) << "the house is inside";
  EXPECT_FALSE(scene_.pick(width_px / 2.0, height_px / 2.0 + 60 * px_per_m, width_px, height_px)) << "the road is not";
  const Rgb outside = at(60, 0), inside = at(20, 20);
  EXPECT_LT(bright(outside), 100) << "the dark sky";
  EXPECT_GT(bright(inside), 100);
  // The roof is cut away by a box that is lower than it.
  const Rgb roof = at(0, 3);
  scene_.setLook({.clip = Bounds{{-30, -30, 0}, {30, 30, 24}}});
  draw();
  EXPECT_NE(at(0, 3), roof);
}

// 髙 U+9AD9, 﨑 U+FA11 and 槗 U+69D7 stand in place names; U+E123 has no glyph and gives the font's empty box.
TEST_F(LookPicture, NamesAreWrittenWithTheKanjiOfPlaceNames) {
  const auto named = [&](const char* name) {
    auto city = oneHouse();
    city->buildings.front().name = name;
    show(city);
    scene_.setVisible(Layer::labels, true);
    return draw();
  };
  const Image without = named(""), box = named("\uE123");
  ASSERT_GT(compareImages(without, named("橋")).worst_block, 1);
  for (const char* kanji : {"髙", "﨑", "槗"}) {
    const Image written = named(kanji);
    EXPECT_GT(compareImages(without, written).worst_block, 1) << kanji;
    EXPECT_GT(compareImages(box, written).worst_block, 1) << kanji << " is not the box of a missing glyph";
  }
}

}  // namespace
}  // namespace hashimichi::render
