// Pictures on faces: from files on disk onto the drawn town.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "geo/core/file.h"
#include "render/target.h"
#include "render/texture_pack.h"
#include "render/texture_set.h"
#include "tests/render/sample_town.h"

namespace hashimichi::render {
namespace {

/// A picture of one or two halves: west red, east blue.
Image redAndBlue(int side_px) {
  Image image{side_px, side_px, {}};
  for (int y = 0; y < side_px; ++y)
    for (int x = 0; x < side_px; ++x) {
      const bool west = x < side_px / 2;
      const std::uint8_t red = west ? 200 : 20, blue = west ? 20 : 200;
      image.rgba.insert(image.rgba.end(), {red, 20, blue, 255});
    }
  return image;
}

/// A roof of 40 × 40 m at the origin with a picture on it.
std::shared_ptr<model::CityModel> roofWith(const std::string& picture, float repeats = 1) {
  auto city = std::make_shared<model::CityModel>();
  city->terrain = model::Terrain{{-100, -100, 0}, 10, 21, 21, std::vector<float>(21 * 21, 0.0f), "drawn"};
  city->materials.push_back({});
  city->materials[0].texture_path = picture;
  model::Building house;
  house.id = "b";
  house.geometry.lod = 2;
  house.geometry.surfaces.push_back(
      {{{{-20, -20, 5}, {20, -20, 5}, {20, 20, 5}, {-20, 20, 5}}, {}}, model::SurfaceKind::roof});
  house.geometry.appearance.push_back({0, 0, {{0, 0}, {repeats, 0}, {repeats, repeats}, {0, repeats}}});
  city->buildings.push_back(house);
  return city;
}

TextureSetPtr texturesOf(const PreparedTownPtr& town, std::size_t budget_px = texture_budget_px) {
  SilentProgress progress;
  return loadTextures(town, progress, budget_px);
}

class Textures : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "texturesXXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string picture(const std::string& name, int side_px = 16) {
    const auto path = folder_ / name;
    EXPECT_TRUE(writePng(redAndBlue(side_px), path).ok());
    return toUtf8(path);
  }
  Image draw(const PreparedTownPtr& town, const TextureSetPtr& textures, bool shown = true) {
    auto target = Target::headless(200, 200);
    EXPECT_TRUE(target.ok());
    Scene scene;
    scene.show(town);
    scene.setTextures(textures);
    scene.setVisible(Layer::textures, shown);
    scene.setVisible(Layer::labels, false);
    CameraPose pose;
    pose.target = {0, 0, 5}, pose.distance_m = 60, pose.elevation_deg = 90, pose.orthographic = true;
    scene.setCamera(pose);
    (*target)->draw(scene);
    return (*target)->read();
  }
  std::filesystem::path folder_;
};

struct Pixel {
  int r, g, b;
};
Pixel at(const Image& image, int x, int y) {
  const auto* p = &image.rgba[4 * static_cast<std::size_t>(y * image.width + x)];
  return {p[0], p[1], p[2]};
}

TEST_F(Textures, APictureLiesOnItsFaceTheRightWayRound) {
  const auto town = tests::prepared(roofWith(picture("屋根.png")));
  ASSERT_TRUE(hasTextures(*town));
  const TextureSetPtr textures = texturesOf(town);
  ASSERT_EQ(textures->missing, 0u);
  EXPECT_TRUE(textures->buildings.plain.empty());
  const Image image = draw(town, textures);
  EXPECT_GT(at(image, 60, 100).r, at(image, 60, 100).b + 60) << "west is red";
  EXPECT_GT(at(image, 140, 100).b, at(image, 140, 100).r + 60) << "east is blue";
  const Pixel plain = at(draw(town, textures, false), 60, 100);
  EXPECT_LT(std::abs(plain.r - plain.b), 20) << "switched off: the quiet colour of roofs";
}

TEST_F(Textures, APictureThatIsNotThereOrBrokenLeavesTheFacePlainAndIsReported) {
  const auto empty = folder_ / "empty.png", broken = folder_ / "broken.jpg";
  std::ofstream(empty).flush();
  std::ofstream(broken) << "\xff\xd8\xff\xe0 no picture";
  for (const std::string& path : {toUtf8(folder_ / "gone.png"), toUtf8(empty), toUtf8(broken), toUtf8(folder_),
                                  std::string("/vsicurl/http://localhost/roof.png")}) {
    const auto town = tests::prepared(roofWith(path));
    const TextureSetPtr textures = texturesOf(town);
    EXPECT_EQ(textures->missing, 1u) << path;
    EXPECT_EQ(textures->problems.count(ProblemKind::skipped, "texture.missing"), 1u) << path;
    EXPECT_EQ(textures->buildings.plain.size(), 2u) << path;
    const Pixel plain = at(draw(town, textures), 60, 100);
    EXPECT_LT(std::abs(plain.r - plain.b), 20);
  }
}

TEST_F(Textures, CoordinatesThatDoNotFitTheFaceAreNotUsed) {
  auto city = roofWith(picture("a.png"));
  city->buildings[0].geometry.appearance[0].uv.pop_back();
  EXPECT_FALSE(hasTextures(*tests::prepared(city)));
  city->buildings[0].geometry.appearance[0].uv.push_back({std::numeric_limits<float>::quiet_NaN(), 0});
  EXPECT_FALSE(hasTextures(*tests::prepared(city)));
  city->buildings[0].geometry.appearance[0] = {0, 77, {}};
  EXPECT_FALSE(hasTextures(*tests::prepared(city))) << "a material that is not there";
}

TEST_F(Textures, APictureThatRepeatsHasAPageOfItsOwn) {
  const TextureSetPtr textures = texturesOf(tests::prepared(roofWith(picture("tile.png"), 8)));
  ASSERT_EQ(textures->pages.size(), 1u);
  EXPECT_TRUE(textures->pages[0].repeats);
  EXPECT_EQ(textures->pages[0].image.width, 16);
}

TEST_F(Textures, LargePicturesAreMadeSmallerUntilTheyFitTheBudget) {
  auto city = roofWith(picture("0.png", 256));
  for (int i = 1; i < 12; ++i) {
    model::Building house = city->buildings[0];
    house.id = std::to_string(i);
    house.geometry.appearance[0].material = static_cast<std::uint32_t>(i);
    city->materials.push_back({});
    city->materials.back().texture_path = picture(std::to_string(i) + ".png", 256);
    city->buildings.push_back(house);
  }
  constexpr std::size_t budget_px = 100'000;  // the pictures have 786,432
  const TextureSetPtr textures = texturesOf(tests::prepared(city), budget_px);
  EXPECT_EQ(textures->missing, 0u);
  std::size_t pixels = 0;
  for (const TextureSet::Page& page : textures->pages) pixels += page.image.rgba.size() / 4;
  EXPECT_LE(pixels, budget_px * 13 / 10) << "margins of 4 px round small pictures and the ends of rows";
  EXPECT_GT(pixels, budget_px / 3);
}

TEST_F(Textures, AColourOfTheSourceIsShownAndATransparentFaceLetsTheGroundThrough) {
  auto city = roofWith({});
  city->materials[0].rgb = {200, 40, 40};
  city->buildings[0].geometry.appearance[0].uv.clear();
  const Pixel opaque = at(draw(tests::prepared(city), nullptr), 60, 100);
  EXPECT_GT(opaque.r, opaque.b + 60);
  city->materials[0].transparency = 0.5f;
  const Pixel glass = at(draw(tests::prepared(city), nullptr), 60, 100);
  EXPECT_GT(glass.r, glass.b + 20);
  EXPECT_GT(glass.b, opaque.b + 20) << "the grey ground is seen through it";
}

TEST(Packing, PicturesDoNotMeetAndStayOnTheirPages) {
  std::vector<PageSize> sizes, pages;
  for (int i = 0; i < 300; ++i) sizes.push_back({1 + i * 37 % 120, 1 + i * 53 % 90});
  const auto places = packRectangles(sizes, 512, pages);
  ASSERT_EQ(places.size(), sizes.size());
  std::vector<std::vector<char>> taken;
  for (const PageSize& page : pages) {
    EXPECT_LE(page.width, 512);
    EXPECT_LE(page.height, 512);
    taken.emplace_back(static_cast<std::size_t>(page.width) * static_cast<std::size_t>(page.height));
  }
  for (std::size_t i = 0; i < sizes.size(); ++i)
    for (int y = 0; y < sizes[i].height; ++y)
      for (int x = 0; x < sizes[i].width; ++x) {
        const auto& [page, left, top] = places[i];
        ASSERT_LT(left + x, pages[page].width);
        ASSERT_LT(top + y, pages[page].height);
        char& pixel = taken[page][static_cast<std::size_t>((top + y) * pages[page].width + left + x)];
        ASSERT_EQ(pixel, 0);
        pixel = 1;
      }
}

}  // namespace
}  // namespace hashimichi::render
