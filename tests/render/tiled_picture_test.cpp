// A picture that is drawn in tiles is the picture that is drawn in one go.
#include "render/tiled_picture.h"

#include <gtest/gtest.h>

#include "render/png_rows.h"
#include "tests/render/sample_town.h"

namespace hashimichi::render {
namespace {

constexpr int width_px = 620, height_px = 460;

class Tiles : public testing::Test {
 protected:
  void SetUp() override {
    auto made = Target::headless(width_px, height_px);
    ASSERT_TRUE(made.ok()) << made.error().text();
    target_ = std::move(*made);
    auto city = std::make_shared<model::CityModel>(*tests::makeSampleTown({.houses = 150, .side_m = 600}));
    city->stations.push_back({"s", "積雪計01", "drawn", {0, 0, 60}, false});
    model::PointCloud cloud;
    cloud.id = "survey";
    for (int i = 0; i < 30'000; ++i) {
      const Vec3d at{i % 200 - 100.0, i / 200 - 75.0, 40.0 + i % 7};
      cloud.sample.xyz.insert(cloud.sample.xyz.end(),
                              {static_cast<float>(at.x), static_cast<float>(at.y), static_cast<float>(at.z)});
      cloud.bounds.add(at);
    }
    cloud.point_count = cloud.sample.size();
    city->clouds.push_back(cloud);
    scene_.show(tests::prepared(city));
    scene_.setSensors({{"s", "34 cm", 34, true}});
    PointStyle style;
    style.eye_dome = true;
    scene_.setPointStyle(style);
  }
  ImageDifference difference(CameraPose pose) {
    scene_.setCamera(pose);
    const Image whole = drawImage(*target_, scene_, width_px, height_px);
    EXPECT_GT(inkShare(whole), 0.2);
    return compareImages(whole, drawImage(*target_, scene_, width_px, height_px, {150, 110}));
  }

  std::unique_ptr<Target> target_;
  Scene scene_;
};

CameraPose oblique() {
  CameraPose pose;
  pose.target = {0, 0, 40}, pose.distance_m = 500, pose.azimuth_deg = 30, pose.elevation_deg = 25;
  return pose;
}

TEST_F(Tiles, ShowNoSeamInPerspectiveWithPointsLinesTextsAndSky) {
  const ImageDifference seen = difference(oblique());
  EXPECT_TRUE(seen.same_size);
  EXPECT_LT(seen.worst_block, 6);  // what a seam would raise
  EXPECT_LT(seen.mean, 0.25);      // of 255; 0.125 was seen
}

TEST_F(Tiles, ShowNoSeamInAnOrthographicPicture) {
  CameraPose pose = oblique();
  pose.orthographic = true, pose.elevation_deg = 90;
  const ImageDifference seen = difference(pose);
  EXPECT_LT(seen.worst_block, 6);
  EXPECT_LT(seen.mean, 0.1);
}

TEST_F(Tiles, LeaveTheSceneAsItWas) {
  scene_.setCamera(oblique());
  target_->resize(width_px, height_px);
  target_->drawComplete(scene_);
  const Image before = target_->read();
  drawImage(*target_, scene_, 900, 900, {128, 128});
  target_->resize(width_px, height_px);
  target_->drawComplete(scene_);
  EXPECT_EQ(compareImages(before, target_->read()).worst_block, 0);
}

TEST(PngRows, ReadBackWhatWasWrittenInBands) {
  const std::filesystem::path path = std::filesystem::temp_directory_path() / "hashimichi_rows.png";
  Image image{5, 4, {}};
  for (int i = 0; i < 20; ++i)
    image.rgba.insert(image.rgba.end(),
                      {static_cast<std::uint8_t>(i * 12), static_cast<std::uint8_t>(255 - i), 7, 255});
  {
    auto rows = PngRows::create(path, 5, 4);
    ASSERT_TRUE(rows.ok()) << rows.error().text();
    ASSERT_TRUE((*rows)->append(std::span(image.rgba).first(20)).ok());
    EXPECT_FALSE((*rows)->finish().ok());
    ASSERT_TRUE((*rows)->append(std::span(image.rgba).subspan(20)).ok());
    ASSERT_TRUE((*rows)->finish().ok());
  }
  const Result<Image> read = readPng(path);
  ASSERT_TRUE(read.ok()) << read.error().text();
  EXPECT_EQ(read->rgba, image.rgba);
  std::filesystem::remove(path);
}

TEST(PngRows, AreRefusedInAFolderThatDoesNotExist) {
  const auto rows = PngRows::create("/nowhere/at/all.png", 5, 4);
  ASSERT_FALSE(rows.ok());
  EXPECT_EQ(rows.error().code, ErrorCode::write_failed);
}

}  // namespace
}  // namespace hashimichi::render
