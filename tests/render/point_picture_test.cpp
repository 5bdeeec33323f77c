#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "render/point_colours.h"
#include "render/point_path.h"
#include "render/target.h"
#include "tests/render/sample_town.h"

namespace hashimichi::render {

namespace {

using exporting::Rgb;

constexpr int width_px = 400, height_px = 300;
constexpr Vec3d middle{50'000, -30'000, 100};
constexpr Rgb red{230, 20, 10}, blue{10, 30, 220};

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

void addPoint(model::PointCloud& cloud, Vec3d place, Rgb colour, unsigned char classification) {
  model::PointSample& sample = cloud.sample;
  for (const double part : {place.x, place.y, place.z}) sample.xyz.push_back(static_cast<float>(part));
  sample.rgb.insert(sample.rgb.end(), {colour.r, colour.g, colour.b});
  sample.classification.push_back(classification);
  cloud.bounds.add(place);
}

/// A level sheet of points, 0.1 m apart, 20 m wide.
model::PointCloud sheetAt(const std::string& id, Vec3d centre, Rgb colour, unsigned char classification) {
  model::PointCloud cloud;
  cloud.id = id;
  for (int y = -100; y <= 100; ++y)
    for (int x = -100; x <= 100; ++x) addPoint(cloud, centre + Vec3d{x * 0.1, y * 0.1, 0}, colour, classification);
  cloud.point_count = cloud.sample.size();
  return cloud;
}

/// Level ground at 100 m, a house 8 m high in the middle.
std::shared_ptr<model::CityModel> houseOnGround() {
  auto city = std::make_shared<model::CityModel>();
  const Vec3d c = middle;
  city->terrain = model::Terrain{{c.x - 100, c.y - 100, 0}, 10, 21, 21, std::vector<float>(21 * 21, 100.0f), "drawn"};
  city->buildings.push_back(tests::houseAt("b", c, 12, 12, 8));
  return city;
}

class PointPicture : public testing::Test {
 protected:
  void SetUp() override {
    auto made = Target::headless(width_px, height_px);
    ASSERT_TRUE(made.ok()) << made.error().text();
    target_ = std::move(*made);
    style_.eye_dome = false;
    scene_.setPointStyle(style_);
  }
  void show(std::vector<model::PointCloud> clouds) {
    auto city = houseOnGround();
    city->clouds = std::move(clouds);
    scene_.show(tests::prepared(city));
    scene_.setVisible(Layer::labels, false);
    CameraPose pose;
    pose.target = middle, pose.distance_m = 120, pose.elevation_deg = 90;
    scene_.setCamera(pose);
  }
  Image draw() {
    target_->draw(scene_);
    return target_->read();
  }
  Image drawWith(const std::function<void(PointStyle&)>& change) {
    change(style_);
    scene_.setPointStyle(style_);
    return draw();
  }

  std::unique_ptr<Target> target_;
  Scene scene_;
  PointStyle style_;
};

TEST_F(PointPicture, AHouseHidesPointsBelowItAndPointsAboveItHideTheHouse) {
  show({sheetAt("low", middle + Vec3d{0, 0, 1}, red, 2)});
  const Image below = draw();
  EXPECT_NE(pixel(below, width_px / 2, height_px / 2), red) << "under the roof";
  // 120 m away a pixel is 0.21 m: 8 m beside the middle, outside the house of 12 m, lie 38 px.
  EXPECT_EQ(pixel(below, width_px / 2 + 38, height_px / 2), red);
  show({sheetAt("high", middle + Vec3d{0, 0, 20}, red, 2)});
  const Image above = draw();
  EXPECT_EQ(pixel(above, width_px / 2, height_px / 2), red);
  EXPECT_GT(count(above, red), count(below, red) + 2000);
}

TEST_F(PointPicture, TheSameHoldsWithoutPerspective) {
  show({sheetAt("low", middle + Vec3d{0, 0, 1}, red, 2), sheetAt("high", middle + Vec3d{15, 0, 20}, blue, 2)});
  CameraPose pose = scene_.camera();
  pose.orthographic = true;
  scene_.setCamera(pose);
  const Image image = draw();
  EXPECT_NE(pixel(image, width_px / 2, height_px / 2), red);
  EXPECT_EQ(pixel(image, width_px / 2 - 38, height_px / 2), red);
  EXPECT_EQ(pixel(image, width_px / 2 + 38, height_px / 2), blue) << "before the house's side and the lower sheet";
}

TEST_F(PointPicture, BuffersOnTheGraphicsCardDrawTheSamePicture) {
  show({sheetAt("low", middle + Vec3d{0, 0, 1}, red, 2), sheetAt("high", middle + Vec3d{15, 0, 20}, blue, 2)});
  for (const bool eye_dome : {false, true}) {
    const Image splatted = drawWith([&](PointStyle& style) { style.eye_dome = eye_dome; });
    usePointBuffers(scene_, true);
    const Image buffered = draw();
    usePointBuffers(scene_, false);
    EXPECT_GT(count(buffered, blue), 3000u);
    EXPECT_LT(compareImages(splatted, buffered).worst_block, 12) << "a point may fall into the next pixel";
    EXPECT_LT(compareImages(splatted, buffered).mean, 1);
  }
}

TEST_F(PointPicture, SizesAreFixedByDistanceOrAsTheNeighbours) {
  model::PointCloud cloud;
  cloud.id = "one";
  addPoint(cloud, middle + Vec3d{20, 0, 10}, red, 2);
  show({cloud});
  for (const int size : {1, 2, 5, 12})
    EXPECT_EQ(count(drawWith([&](PointStyle& style) { style.size_px = size; }), red),
              static_cast<std::size_t>(size * size));
  // 110 m away a metre is 150 / tan 15° / 110 = 5.09 px.
  EXPECT_EQ(count(drawWith([](PointStyle& style) { style.size = PointSize::by_distance, style.size_m = 1; }), red),
            25u);
  EXPECT_EQ(count(drawWith([](PointStyle& style) { style.size_m = 50; }), red), 144u);
  show({sheetAt("sheet", middle + Vec3d{0, 0, 20}, red, 2)});
  CameraPose pose = scene_.camera();
  pose.distance_m = 45;  // 25 m from the sheet: 0.1 m are 2.2 px, and points of 2 px would leave gaps
  scene_.setCamera(pose);
  const Image adaptive = drawWith([](PointStyle& style) { style.size = PointSize::adaptive; });
  EXPECT_GT(count(adaptive, red), static_cast<std::size_t>(width_px * height_px * 0.8));
}

TEST_F(PointPicture, AHiddenClassIsNotDrawnAndTheOthersStay) {
  show({sheetAt("ground", middle + Vec3d{-25, 0, 5}, red, 2), sheetAt("tree", middle + Vec3d{25, 0, 5}, blue, 5)});
  const Image all = draw();
  EXPECT_GT(count(all, red), 5000u);
  EXPECT_GT(count(all, blue), 5000u);
  const Image some = drawWith([](PointStyle& style) { style.hidden_classes.set(5); });
  EXPECT_EQ(count(some, red), count(all, red));
  EXPECT_EQ(count(some, blue), 0u);
}

TEST_F(PointPicture, TheClipBoxKeepsWhatLiesInItAlsoWhenTurned) {
  show({sheetAt("sheet", middle + Vec3d{0, 0, 20}, red, 2)});
  const double all = static_cast<double>(count(draw(), red));
  const Image half = drawWith([](PointStyle& style) {
    style.clip = ClipBox{middle + Vec3d{10, 0, 20}, {10, 50, 5}, 0};
  });
  EXPECT_NEAR(static_cast<double>(count(half, red)) / all, 0.5, 0.02);
  EXPECT_NE(pixel(half, width_px / 2 - 20, height_px / 2), red);
  // A square of 10 m turned by 45° within one of 20 m: a quarter.
  const Image turned = drawWith([](PointStyle& style) {
    style.clip = ClipBox{middle + Vec3d{0, 0, 20}, {5, 5, 5}, 0.785398};
  });
  EXPECT_NEAR(static_cast<double>(count(turned, red)) / all, 0.25, 0.02);
  EXPECT_EQ(count(drawWith([](PointStyle& style) { style.clip->centre.z += 50; }), red), 0u);
}

TEST_F(PointPicture, ColoursFollowTheModeWithoutReloading) {
  auto cloud = sheetAt("sheet", middle + Vec3d{0, 0, 20}, red, 9);
  cloud.surveyed = Instant{1'600'000'000};
  show({cloud});
  EXPECT_GT(count(draw(), red), 5000u);
  EXPECT_GT(count(drawWith([](PointStyle& style) { style.colour = PointColour::classification; }), classColour(9)),
            5000u);
  // The ramp runs over 5 … 35 m above ground: 20 m is its middle.
  const Image above = drawWith([](PointStyle& style) {
    style.colour = PointColour::height_above_ground, style.range_low = 5, style.range_high = 35;
  });
  const Rgb seen = pixel(above, width_px / 2, height_px / 2), middle_of_ramp = rampColour(0.5);
  EXPECT_NEAR(seen.r, middle_of_ramp.r, 2);
  EXPECT_NEAR(seen.b, middle_of_ramp.b, 2);
  EXPECT_EQ(scene_.pointStatus().range_high, 35);
  // Ten years after the survey, on a ramp of ten years: the oldest colour.
  scene_.setPointAgeAt(Instant{1'600'000'000 + 315'576'000});
  const Image old = drawWith(
      [](PointStyle& style) { style.colour = PointColour::survey_age, style.range_low = 0, style.range_high = 10; });
  EXPECT_EQ(pixel(old, width_px / 2, height_px / 2), rampColour(0));
  EXPECT_GT(count(drawWith([](PointStyle& style) { style.colour = PointColour::intensity; }), exporting::no_data),
            5000u)
      << "the sample knows no intensity";
}

TEST_F(PointPicture, DistancesAreAskedForBesideThePicture) {
  show({sheetAt("sheet", middle + Vec3d{0, 0, 20}, red, 2)});
  std::atomic<int> asked = 0;
  scene_.setPointDistances("sheet", [&](std::span<const Vec3d> places, std::span<float> distances) {
    ++asked;
    for (std::size_t i = 0; i < places.size(); ++i) distances[i] = places[i].x > middle.x ? 0.05f : -0.05f;
  });
  Image image = drawWith([](PointStyle& style) {
    style.colour = PointColour::distance, style.range_low = -0.05, style.range_high = 0.05;
  });
  for (int i = 0; i < 200 && !scene_.pointStatus().detail_complete; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    image = draw();
  }
  image = draw();
  EXPECT_GT(asked, 0);
  EXPECT_EQ(pixel(image, width_px / 2 + 20, height_px / 2), signedColour(1));
  EXPECT_EQ(pixel(image, width_px / 2 - 20, height_px / 2), signedColour(-1));
}

TEST_F(PointPicture, ACloudAndTheWholeLayerCanBeHidden) {
  show({sheetAt("a", middle + Vec3d{-25, 0, 5}, red, 2), sheetAt("b", middle + Vec3d{25, 0, 5}, blue, 5)});
  draw();
  scene_.setCloudVisible("a", false);
  EXPECT_TRUE(scene_.changed());
  const Image one = draw();
  EXPECT_EQ(count(one, red), 0u);
  EXPECT_GT(count(one, blue), 5000u);
  scene_.setVisible(Layer::points, false);
  EXPECT_FALSE(scene_.visible(Layer::points));
  EXPECT_EQ(count(draw(), blue), 0u);
}

TEST_F(PointPicture, TheBudgetThinsEvenly) {
  show({sheetAt("sheet", middle + Vec3d{0, 0, 20}, red, 2)});
  draw();
  EXPECT_EQ(scene_.pointStatus().drawn, 201u * 201u);
  EXPECT_TRUE(scene_.pointStatus().whole);
  drawWith([](PointStyle& style) { style.point_budget = 10'000; });
  EXPECT_NEAR(static_cast<double>(scene_.pointStatus().drawn), 10'000, 200);
  EXPECT_FALSE(scene_.pointStatus().whole);
  EXPECT_TRUE(scene_.pointStatus().detail_complete);
  EXPECT_FALSE(scene_.changed());
}

TEST_F(PointPicture, APointIsPickedWhereItIsSeenAndNotThroughAWall) {
  show({sheetAt("low", middle + Vec3d{0, 0, 1}, red, 2)});
  draw();
  EXPECT_FALSE(scene_.pickPoint(width_px / 2.0, height_px / 2.0, width_px, height_px)) << "under the roof";
  const auto hit = scene_.pickPoint(width_px / 2.0 + 38, height_px / 2.0, width_px, height_px);
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->cloud, "low");
  EXPECT_FALSE(hit->exact) << "there is only the sample";
  // 119 m away a pixel is 2·tan 15°·119 / 300 = 0.2126 m: 8.08 m east of the middle.
  EXPECT_NEAR(hit->point.x, middle.x + 8.08, 0.6);
  EXPECT_NEAR(hit->point.z, 101, 0.001);
  scene_.setVisible(Layer::buildings, false);
  EXPECT_TRUE(scene_.pickPoint(width_px / 2.0, height_px / 2.0, width_px, height_px));
}

TEST_F(PointPicture, AnOctreesNodesComeWhileOnePansAndAPickedPointHasTheSurveysOwnDigits) {
  // An ellipsoid of 300 m × 200 m × 100 m round (−8242596, 4966606, 0), stored in centimetres.
  const auto path = std::filesystem::path(HASHIMICHI_SHARED_DIR) / "data/pointcloud/copcjs/ellipsoid.copc.laz";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not here";
  auto city = std::make_shared<model::CityModel>();
  const Vec3d origin{-8'242'596, 4'966'606, 0};
  auto frame = crs::LocalFrame::create(3857, origin);
  ASSERT_TRUE(frame.ok()) << frame.error().text();
  city->frame = *frame;
  model::PointCloud cloud;
  cloud.id = "ellipsoid", cloud.octree = path.string(), cloud.point_count = 100'000;
  cloud.bounds = {{-150, -100, -50}, {150, 100, 50}};
  city->clouds = {cloud};
  scene_.show(tests::prepared(city));
  scene_.setVisible(Layer::terrain, false);
  CameraPose pose;
  pose.target = {0, 0, 0}, pose.distance_m = 400, pose.elevation_deg = 90;
  scene_.setCamera(pose);
  target_->drawComplete(scene_);
  const PointStatus status = scene_.pointStatus();
  EXPECT_TRUE(status.detail_complete);
  EXPECT_EQ(status.trouble, "");
  EXPECT_GT(status.drawn, 20'000u);
  EXPECT_FALSE(scene_.changed());
  const auto hit = scene_.pickPoint(width_px / 2.0, height_px / 2.0, width_px, height_px);
  ASSERT_TRUE(hit);
  EXPECT_TRUE(hit->node && hit->exact && hit->source);
  EXPECT_NEAR(hit->point.z, 50, 0.5) << "the top, not the bottom";
  const Vec3d source = *hit->source, local = hit->point;
  for (const double part : {source.x, source.y, source.z}) EXPECT_NEAR(part * 100, std::round(part * 100), 1e-4);
  for (const double part : {local.x - (source.x - origin.x), local.y - (source.y - origin.y), local.z - source.z})
    EXPECT_NEAR(part, 0, 1e-6);
}

}  // namespace
}  // namespace hashimichi::render
