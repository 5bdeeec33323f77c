#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "geo/export/city_palette.h"
#include "geo/export/result_palette.h"
#include "render/target.h"
#include "tests/render/sample_town.h"

namespace hashimichi::render {
namespace {

using exporting::Rgb;

constexpr int width_px = 400, height_px = 300;

Rgb pixel(const Image& image, int x, int y) {
  const auto* p = &image.rgba[4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                                   static_cast<std::size_t>(x))];
  return {p[0], p[1], p[2]};
}

std::size_t count(const Image& image, Rgb colour) {
  std::size_t found = 0;
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x) found += pixel(image, x, y) == colour;
  return found;
}

CameraPose from(Vec3d target, double distance_m, double elevation_deg, bool orthographic = false) {
  CameraPose pose;
  pose.target = target;
  pose.distance_m = distance_m;
  pose.elevation_deg = elevation_deg;
  pose.orthographic = orthographic;
  return pose;
}

/// One level road of 20 m along the x axis, one house north of it, one station, 50 km from the frame's origin.
model::CityModelPtr oneRoad() {
  auto city = std::make_shared<model::CityModel>();
  const Vec3d c{50'000, -30'000, 100};
  city->terrain = model::Terrain{{c.x - 200, c.y - 200, 0}, 10, 41, 41, std::vector<float>(41 * 41, 100.0f), "drawn"};
  city->roads.push_back(tests::roadAlong("r", {c - Vec3d{150, 0, 0}, c + Vec3d{150, 0, 0}}, 20));
  city->roads.back().name = "中央通り";
  city->buildings.push_back(tests::houseAt("b", c + Vec3d{0, 60, 0}, 20, 14, 8));
  city->stations.push_back({"s", "積雪計01", "drawn", c + Vec3d{80, -60, 0}, false});
  return city;
}
constexpr Vec3d road_middle{50'000, -30'000, 100};

class Picture : public testing::Test {
 protected:
  void SetUp() override {
    auto made = Target::headless(width_px, height_px);
    ASSERT_TRUE(made.ok()) << made.error().text();
    target_ = std::move(*made);
    scene_.show(tests::prepared(oneRoad()));
    scene_.setVisible(Layer::labels, false);
    scene_.setCamera(from(road_middle, 300, 90, true));
  }
  Image draw() {
    target_->draw(scene_);
    return target_->read();
  }

  std::unique_ptr<Target> target_;
  Scene scene_;
};

TEST_F(Picture, IsMadeWithoutADisplayAndIsNotBlank) {
  const Image image = draw();
  EXPECT_EQ(image.width, width_px);
  EXPECT_EQ(image.height, height_px);
  EXPECT_GT(inkShare(image), 0.1);
  EXPECT_FALSE(target_->renderer().empty());
  EXPECT_NE(target_->colourTexture(), 0u);
}

TEST_F(Picture, ARoadOfEachRankHasExactlyTheLegendsColour) {
  for (int band = 1; band <= 5; ++band) {
    scene_.setRoadBands(std::vector<int>{band});
    const Image image = draw();
    const Rgb legend = exporting::rank_colours[static_cast<std::size_t>(band)];
    EXPECT_EQ(pixel(image, width_px / 2, height_px / 2), legend) << "rank " << band;
    // 20 m of a view that is 2·300·tan 15° = 160.8 m high and 300 px: 37 px, over the whole width.
    EXPECT_GT(count(image, legend), 35u * width_px) << "rank " << band;
  }
}

TEST_F(Picture, TheRankIsStillThereFromAcrossTheTown) {
  scene_.setRoadBands(std::vector<int>{2});
  scene_.setCamera(from(road_middle, 12'000, 60));  // the road is 0.9 px wide and 14 px long
  EXPECT_GE(count(draw(), exporting::rank_colours[2]), 14u);
}

TEST_F(Picture, AHeldRoadIsHatchedGreyAndHasNoRanksColour) {
  scene_.setRoadBands(std::vector<int>{0});
  const Image image = draw();
  EXPECT_GT(count(image, exporting::no_data), 1000u);
  EXPECT_LT(count(image, exporting::no_data), 30u * width_px) << "stripes, not a plain grey";
  for (int band = 1; band <= 5; ++band)
    EXPECT_EQ(count(image, exporting::rank_colours[static_cast<std::size_t>(band)]), 0u);
}

TEST_F(Picture, WithoutADecisionTheRoadIsNeutral) {
  const Image image = draw();
  for (const Rgb colour : exporting::rank_colours) EXPECT_NE(pixel(image, width_px / 2, height_px / 2), colour);
}

TEST_F(Picture, SelectionIsAWhiteCasingAndNeverARecolouring) {
  const Rgb white{255, 255, 255};
  scene_.setRoadBands(std::vector<int>{3});
  EXPECT_EQ(count(draw(), white), 0u);
  scene_.setSelection(model::AssetRef{model::AssetKind::road, "r"});
  const Image selected = draw();
  EXPECT_GE(count(selected, white), 2u * 2u * width_px * 8 / 10) << "2 px on either side";
  EXPECT_EQ(pixel(selected, width_px / 2, height_px / 2), exporting::rank_colours[3]);
  scene_.setSelection(std::nullopt);
  scene_.setHover(model::AssetRef{model::AssetKind::road, "r"});
  const std::size_t hovered = count(draw(), white);
  EXPECT_GT(hovered, 0u);
  EXPECT_LT(hovered, count(selected, white) * 7 / 10) << "half as strong";
}

TEST_F(Picture, ASelectedHouseIsOutlined) {
  scene_.setCamera(from(road_middle + Vec3d{0, 60, 4}, 120, 30));
  const std::size_t before = count(draw(), {255, 255, 255});
  scene_.setSelection(model::AssetRef{model::AssetKind::building, "b"});
  EXPECT_GT(count(draw(), {255, 255, 255}), before + 100);
}

TEST_F(Picture, JapaneseNamesDrawInk) {
  const Image without = draw();
  scene_.setVisible(Layer::labels, true);
  const Image with = draw();
  std::size_t changed = 0, bright = 0;
  for (int y = 0; y < height_px; ++y)
    for (int x = 0; x < width_px; ++x) {
      changed += !(pixel(with, x, y) == pixel(without, x, y));
      bright += pixel(with, x, y).r > 220 && pixel(without, x, y).r < 200;
    }
  EXPECT_GT(changed, 800u) << "four characters of 14 px on a ground of their own";
  EXPECT_GT(bright, 80u) << "strokes, not only the ground: is a Japanese font installed?";
}

TEST_F(Picture, AGaugeThatCannotBeUsedIsAHatchedPostAndNotAZero) {
  scene_.setCamera(from(road_middle + Vec3d{80, -60, 10}, 150, 20));
  const Image none = draw();
  scene_.setSensors({{"s", "", 40, true}});
  const Image usable = draw();
  scene_.setSensors({{"s", "", 40, false}});
  const Image unusable = draw();
  EXPECT_GT(compareImages(none, usable).worst_block, 20);
  EXPECT_GT(compareImages(none, unusable).worst_block, 10) << "still seen";
  EXPECT_GT(compareImages(usable, unusable).worst_block, 10);
}

TEST_F(Picture, IsDrawnAgainOnlyWhenSomethingChanged) {
  EXPECT_TRUE(scene_.changed());
  draw();
  EXPECT_FALSE(scene_.changed());
  scene_.setSelection(std::nullopt);
  EXPECT_FALSE(scene_.changed()) << "nothing was selected before";
  scene_.setRoadBands(std::vector<int>{1});
  EXPECT_TRUE(scene_.changed());
}

TEST_F(Picture, HiddenLayersAreNotDrawn) {
  scene_.setRoadBands(std::vector<int>{1});
  scene_.setVisible(Layer::roads, false);
  EXPECT_EQ(count(draw(), exporting::rank_colours[1]), 0u);
  EXPECT_FALSE(scene_.visible(Layer::roads));
  scene_.setVisible(Layer::roads, true);
  EXPECT_GT(count(draw(), exporting::rank_colours[1]), 0u);
}

TEST_F(Picture, FollowsTheSizeOfTheWindow) {
  draw();
  target_->resize(640, 200);
  const Image image = draw();
  EXPECT_EQ(image.width, 640);
  EXPECT_EQ(image.height, 200);
  EXPECT_GT(inkShare(image), 0.1);
}

TEST_F(Picture, AnotherTownReplacesTheFirst) {
  scene_.setRoadBands(std::vector<int>{1});
  draw();
  scene_.show(tests::prepared(tests::makeSampleTown({.houses = 20, .side_m = 300})));
  EXPECT_EQ(count(draw(), exporting::rank_colours[1]), 0u) << "decisions of the former town are gone";
  scene_.show(nullptr);
  EXPECT_FALSE(scene_.pick(10, 10, width_px, height_px).has_value());
  draw();
}

TEST_F(Picture, TwoTargetsDrawTheSameSceneInTurn) {
  auto second = Target::headless(width_px, height_px);
  ASSERT_TRUE(second.ok());
  const Image here = draw();
  (*second)->draw(scene_);
  EXPECT_EQ(compareImages(here, (*second)->read()).worst_block, 0);
  EXPECT_EQ(compareImages(here, draw()).worst_block, 0);
}

TEST_F(Picture, ABridgeDeckHasTheColourOfItsSoundness) {
  const auto city = tests::makeSampleTown({.houses = 0, .side_m = 300, .relief = false});
  scene_.show(tests::prepared(city));
  const model::Bridge& bridge = city->bridges[1];
  scene_.setCamera(from(*bridge.position, 100, 90, true));
  const auto beside_the_mark = [&](const Image& image) { return pixel(image, width_px / 2 + 30, height_px / 2); };
  for (const auto value :
       {assets::Soundness::I, assets::Soundness::II, assets::Soundness::III, assets::Soundness::IV}) {
    scene_.setBridgeSoundness(std::vector<assets::Soundness>(city->bridges.size(), value));
    EXPECT_EQ(beside_the_mark(draw()), exporting::soundnessColour(value));
  }
  scene_.setBridgeBands(std::vector<int>(city->bridges.size(), 2));
  EXPECT_EQ(beside_the_mark(draw()), exporting::rank_colours[2]);
}

TEST_F(Picture, WhileRoadsCarryRanksBridgesAreNeutral) {
  const auto city = tests::makeSampleTown({.houses = 0, .side_m = 300, .relief = false});
  scene_.show(tests::prepared(city));
  scene_.setCamera(from(*city->bridges[1].position, 100, 90, true));
  scene_.setBridgeSoundness(std::vector<assets::Soundness>(city->bridges.size(), assets::Soundness::III));
  EXPECT_GT(count(draw(), exporting::soundnessColour(assets::Soundness::III)), 100u);
  scene_.setRoadBands(std::vector<int>(city->roads.size(), 5));
  EXPECT_EQ(count(draw(), exporting::soundnessColour(assets::Soundness::III)), 0u);
  scene_.setRoadBands({});
  EXPECT_GT(count(draw(), exporting::soundnessColour(assets::Soundness::III)), 100u);
}

/// A square of 60 m round the middle of the road, of that kind, lying on the ground.
model::CityObject zoneOnTheRoad(model::ObjectKind kind) {
  model::CityObject zone;
  zone.id = model::toString(kind), zone.kind = kind;
  const Vec3d c = road_middle;
  zone.geometry.surfaces.push_back(
      {{{c + Vec3d{-30, -30, 0}, c + Vec3d{30, -30, 0}, c + Vec3d{30, 30, 0}, c + Vec3d{-30, 30, 0}}, {}},
       model::SurfaceKind::unknown});
  return zone;
}

TEST_F(Picture, EveryKindOfCityObjectIsSeenCanBeHiddenAndCanBePointedAt) {
  const int x = width_px / 2, y = height_px / 2 - 37;  // 20 m north of the road's middle
  for (const model::ObjectKind kind : model::object_kinds) {
    auto city = std::make_shared<model::CityModel>(*oneRoad());
    city->objects.push_back(zoneOnTheRoad(kind));
    scene_.show(tests::prepared(city));
    const Rgb shown = pixel(draw(), x, y);
    const auto hit = scene_.pick(x, y, width_px, height_px);
    ASSERT_TRUE(hit && hit->asset) << model::toString(kind);
    EXPECT_EQ(*hit->asset, (model::AssetRef{model::AssetKind::object, city->objects[0].id}));
    EXPECT_FALSE(scene_.boundsOf(*hit->asset).empty());
    scene_.setVisible(kind, false);
    EXPECT_NE(pixel(draw(), x, y), shown) << model::toString(kind);
    EXPECT_FALSE(scene_.pick(x, y, width_px, height_px)->asset) << "what is hidden cannot be meant";
    scene_.setVisible(kind, true);
  }
}

TEST_F(Picture, ZonesLieBeneathTheRanksAndNeverTintThem) {
  for (const model::ObjectKind kind : model::object_kinds) {
    auto city = std::make_shared<model::CityModel>(*oneRoad());
    city->objects.push_back(zoneOnTheRoad(kind));
    scene_.show(tests::prepared(city));
    scene_.setRoadBands(std::vector<int>{3});
    EXPECT_EQ(pixel(draw(), width_px / 2, height_px / 2), exporting::rank_colours[3]) << model::toString(kind);
  }
}

TEST_F(Picture, AHazardZoneLetsTheGroundShineThrough) {
  auto city = std::make_shared<model::CityModel>(*oneRoad());
  city->objects.push_back(zoneOnTheRoad(model::ObjectKind::hazard_zone));
  model::append(city->objects[0].attributes, "uro:RiverFloodingRiskAttribute/depth", "6");
  scene_.show(tests::prepared(city));
  const int x = width_px / 2, y = height_px / 2 - 37;
  const Rgb over = pixel(draw(), x, y);
  scene_.setVisible(model::ObjectKind::hazard_zone, false);
  const Rgb ground = pixel(draw(), x, y);
  // 0.6 of (255, 145, 145) over the ground.
  EXPECT_NEAR(over.r, 0.6 * 255 + 0.4 * ground.r, 3);
  EXPECT_NEAR(over.g, 0.6 * 145 + 0.4 * ground.g, 3);
  EXPECT_NEAR(over.b, 0.6 * 145 + 0.4 * ground.b, 3);
}

TEST_F(Picture, LinesAndPointsOfCityObjectsAreSeenAndCanBePointedAt) {
  auto city = std::make_shared<model::CityModel>(*oneRoad());
  model::CityObject pipe;
  pipe.id = "pipe", pipe.kind = model::ObjectKind::utility;
  pipe.geometry.lines = {{road_middle + Vec3d{-100, -30, 0}, road_middle + Vec3d{100, -30, 0}}};
  model::CityObject lamp;
  lamp.id = "lamp", lamp.kind = model::ObjectKind::furniture;
  lamp.geometry.points = {road_middle + Vec3d{0, -50, 0}};
  city->objects = {pipe, lamp};
  scene_.show(tests::prepared(city));
  const double px_per_m = height_px / (2 * 300 * std::tan(15 * 3.14159265 / 180));
  const auto at = [&](double south_m) {
    return scene_.pick(width_px / 2.0, height_px / 2.0 + south_m * px_per_m, width_px, height_px)->asset;
  };
  EXPECT_EQ(at(30), (model::AssetRef{model::AssetKind::object, "pipe"}));
  EXPECT_EQ(at(50), (model::AssetRef{model::AssetKind::object, "lamp"}));
  EXPECT_FALSE(at(40).has_value());
  EXPECT_GT(count(draw(), exporting::objectColour(model::ObjectKind::furniture)), 10u);
  const std::size_t white = count(draw(), {255, 255, 255});
  scene_.setSelection(model::AssetRef{model::AssetKind::object, "pipe"});
  EXPECT_GT(count(draw(), {255, 255, 255}), white + 300);
}

TEST_F(Picture, TheEyeStaysAboveTheGround) {
  scene_.show(tests::prepared(tests::makeSampleTown({.houses = 0, .side_m = 2000})));
  scene_.setCamera(from({0, 0, 20}, 900, 2));
  const double ground = *scene_.town()->ground.heightAt(eyeOf(scene_.camera()).x, eyeOf(scene_.camera()).y);
  EXPECT_GT(eyeOf(scene_.camera()).z, ground);
  CameraPose sideways = from({0, 0, 0}, 900, 2);
  sideways.azimuth_deg = 90;  // the eye would be 31 m high, the western hill is 38 m there
  scene_.setCamera(sideways);
  const Vec3d eye = eyeOf(scene_.camera());
  EXPECT_GT(eye.z, *scene_.town()->ground.heightAt(eye.x, eye.y));
}

/// The house "b" of oneRoad, a block of the result's own, a cell of a grid, at two hours; nothing is known of the house
/// at the second.
model::CityModelPtr oneRoadWithResult() {
  auto city = std::make_shared<model::CityModel>(*oneRoad());
  const Vec3d c = road_middle;
  const auto ring = [](double x, double y, double half, double z) {
    return model::Ring{
        {x - half, y - half, z}, {x + half, y - half, z}, {x + half, y + half, z}, {x - half, y + half, z}};
  };
  model::ResultLayer layer;
  layer.id = "roof-snow/snow_load", layer.unit = "kg/m2";
  layer.times = {*parseInstant("2026-02-17T18:00+09:00"), *parseInstant("2026-02-17T19:00+09:00")};
  layer.class_limits = {200, 500}, layer.class_names = {"< 200", "200–499", "≥ 500"};
  const model::Ring roof = ring(c.x - 80, c.y + 60, 10, 8), ground = ring(c.x - 80, c.y + 60, 10, 0);
  layer.items = {
      {"b", "", {}},
      {"own",
       "",
       {1, false, {{{roof, {}}, model::SurfaceKind::roof}, {{ground, {}}, model::SurfaceKind::ground}}, {}, {}, {}}},
      {"cell", "", {0, false, {{{ring(c.x + 80, c.y + 60, 10, 0), {}}, model::SurfaceKind::unknown}}, {}, {}, {}}}};
  layer.values = {600, std::nanf(""), 300, 100, 100, std::nanf("")};
  city->results = {layer};
  return city;
}

TEST_F(Picture, AResultColoursBuildingsOwnBlocksAndCellsExactlyAsItsLegend) {
  const PreparedTownPtr town = tests::prepared(oneRoadWithResult());
  scene_.show(town);
  scene_.setVisible(Layer::labels, false);
  const Image before = draw();
  SilentProgress progress;
  const ResultShapesPtr shapes = prepareResult(town, "roof-snow/snow_load", progress);
  ASSERT_TRUE(shapes);
  EXPECT_FALSE(prepareResult(town, "no such result", progress));
  scene_.setResult(shapes, 0);
  const Image first = draw();
  const Rgb low = exporting::resultColour(0, 3), middle = exporting::resultColour(1, 3),
            high = exporting::resultColour(2, 3);
  // 1.87 px a metre, squared: 3.48 px² a square metre; the house has 280 m², block and cell 400 m².
  EXPECT_GT(count(first, high), 280u * 3 / 2) << "the house (its roof is a gable)";
  EXPECT_GT(count(first, middle), 400u * 3) << "its own block, above the ground";
  EXPECT_GT(count(first, low), 400u * 3) << "the cell";
  EXPECT_EQ(count(before, high), 0u);
}

TEST_F(Picture, AnHourWithoutAValueIsGreyOrHatchedAndTheDecisionStaysAsItWas) {
  const PreparedTownPtr town = tests::prepared(oneRoadWithResult());
  scene_.show(town);
  scene_.setVisible(Layer::labels, false);
  scene_.setRoadBands(std::vector<int>{2});
  SilentProgress progress;
  const ResultShapesPtr shapes = prepareResult(town, "roof-snow/snow_load", progress);
  scene_.setResult(shapes, 1);
  const Image second = draw();
  const Rgb high = exporting::resultColour(2, 3);
  EXPECT_EQ(count(second, high), 0u) << "nothing is known of the house";
  EXPECT_GT(count(second, exporting::no_data), 280u) << "the house grey, the cell in stripes";
  EXPECT_GT(count(second, exporting::resultColour(0, 3)), 400u * 3) << "the block has fallen into another class";
  EXPECT_GT(count(second, exporting::rank_colours[2]), 35u * width_px) << "ranks are ranks";
  scene_.setResult(nullptr, 0);
  EXPECT_EQ(count(draw(), exporting::resultColour(0, 3)), 0u);
}

TEST(ResultPalette, NeighbouringClassesDifferInLightnessAndNoneIsARankOrAGap) {
  for (std::size_t count = 2; count <= 7; ++count)
    for (std::size_t i = 0; i < count; ++i) {
      const Rgb colour = exporting::resultColour(i, count);
      for (const Rgb rank : exporting::rank_colours) EXPECT_NE(colour, rank);
      if (i == 0) continue;
      const Rgb below = exporting::resultColour(i - 1, count);
      const auto luma = [](Rgb c) { return 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b; };
      EXPECT_GT(luma(colour) - luma(below), 10) << i << " of " << count;
    }
}

}  // namespace
}  // namespace hashimichi::render
