#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "geo/core/file.h"
#include "render/target.h"
#include "tests/support/shared_data.h"

namespace hashimichi::render {
namespace {

Image filled(int width, int height, exporting::Rgb colour) {
  Image image{width, height, {}};
  for (int i = 0; i < width * height; ++i) image.rgba.insert(image.rgba.end(), {colour.r, colour.g, colour.b, 255});
  return image;
}

void paint(Image& image, int left, int top, int right, int bottom, exporting::Rgb colour) {
  for (int y = top; y < bottom; ++y)
    for (int x = left; x < right; ++x) {
      auto* pixel = &image.rgba[4 * static_cast<std::size_t>(y * image.width + x)];
      pixel[0] = colour.r, pixel[1] = colour.g, pixel[2] = colour.b;
    }
}

constexpr exporting::Rgb grey{90, 90, 90}, orange{243, 121, 38}, red{190, 20, 50};

Image townWithRoad(int at_px, exporting::Rgb colour) {
  Image image = filled(200, 120, grey);
  paint(image, at_px, 0, at_px + 3, 120, colour);
  return image;
}

TEST(Pictures, ALineThatMovedByAPixelIsTheSamePicture) {
  const auto difference = compareImages(townWithRoad(80, orange), townWithRoad(81, orange));
  EXPECT_EQ(difference.worst_block, 0);
  EXPECT_EQ(difference.mean, 0);
}

TEST(Pictures, ARankThatChangedItsColourIsAnotherPicture) {
  const auto difference = compareImages(townWithRoad(80, orange), townWithRoad(80, red));
  // A column 3 px wide within blocks of 8 px: 3/8 of (53 + 101 + 12)/3 per channel.
  EXPECT_NEAR(difference.worst_block, 3.0 / 8 * 166 / 3, 1e-9);
}

TEST(Pictures, ARoadThatIsGoneIsFoundFromBothSides) {
  EXPECT_GT(compareImages(townWithRoad(80, red), filled(200, 120, grey)).worst_block, 10);
  EXPECT_GT(compareImages(filled(200, 120, grey), townWithRoad(80, red)).worst_block, 10);
}

TEST(Pictures, OfDifferentSizeAreNeverTheSame) {
  EXPECT_FALSE(compareImages(filled(10, 10, grey), filled(10, 11, grey)).same_size);
}

TEST(Pictures, ABlankOneHasNoInk) {
  EXPECT_EQ(inkShare(filled(64, 64, {0, 0, 0})), 0);
  EXPECT_EQ(inkShare({}), 0);
  EXPECT_NEAR(inkShare(townWithRoad(80, red)), 3.0 / 200, 1e-9);
}

TEST(Pictures, ComeBackFromAPngAsTheyWere) {
  const tests::TempFolder folder;
  const Image image = townWithRoad(33, orange);
  ASSERT_TRUE(writePng(image, folder / "絵.png").ok());
  const auto back = readPng(folder / "絵.png");
  ASSERT_TRUE(back.ok()) << back.error().text();
  EXPECT_EQ(back->width, 200);
  EXPECT_EQ(back->rgba, image.rgba);
}

TEST(Pictures, AFolderThatDoesNotExistIsAClearError) {
  const auto written = writePng(filled(4, 4, grey), "/nowhere/at/all/x.png");
  ASSERT_FALSE(written.ok());
  EXPECT_THAT(written.error().text(), testing::HasSubstr("/nowhere/at/all"));
}

TEST(Pictures, DamagedPngsAreErrorsAndNeverCrash) {
  const tests::TempFolder folder;
  Image noisy = filled(64, 48, grey);
  for (std::size_t i = 0; i < noisy.rgba.size(); ++i)
    if (i % 4 != 3) noisy.rgba[i] = static_cast<std::uint8_t>(i * 2654435761u >> 24);
  ASSERT_TRUE(writePng(noisy, folder / "whole.png").ok());
  const std::string whole = *readFile(folder / "whole.png");
  for (std::size_t length = 0; length < whole.size() - 20; length += 10) {
    ASSERT_TRUE(writeFile(folder / "cut.png", std::string_view(whole).substr(0, length)).ok());
    const auto read = readPng(folder / "cut.png");
    EXPECT_FALSE(read.ok()) << "cut at " << length;
  }
  ASSERT_TRUE(writeFile(folder / "text.png", "this is not a picture").ok());
  EXPECT_FALSE(readPng(folder / "text.png").ok());
  std::string huge = whole;
  huge.replace(16, 4, "\x7f\xff\xff\xff");
  ASSERT_TRUE(writeFile(folder / "huge.png", huge).ok());
  EXPECT_FALSE(readPng(folder / "huge.png").ok());
  EXPECT_FALSE(readPng(folder / "missing.png").ok());
}

}  // namespace
}  // namespace hashimichi::render
