#include "geo/project/point_cache.h"

#include <gtest/gtest.h>

#include "geo/core/file.h"
#include "tests/support/shared_data.h"

namespace hashimichi::project {
namespace {

model::PointSample threePoints() {
  return {{1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 5, 6, 7, 8, 9}, {2, 6, 17}};
}

TEST(PointCache, ComesBackAsItWent) {
  const tests::TempFolder folder;
  const Result<std::string> name = writePointCache(folder.path(), threePoints());
  ASSERT_TRUE(name) << name.error().text();
  // 40 bytes of header and 16 per point.
  EXPECT_EQ(std::filesystem::file_size(folder / *name), 40u + 3 * 16);
  const Result<model::PointSample> back = readPointCache(folder / *name);
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(back->xyz, threePoints().xyz);
  EXPECT_EQ(back->rgb, threePoints().rgb);
  EXPECT_EQ(back->classification, threePoints().classification);
}

TEST(PointCache, SurveysWithoutColoursStayWithout) {
  const tests::TempFolder folder;
  model::PointSample grey = threePoints();
  grey.rgb.clear();
  const Result<std::string> name = writePointCache(folder.path(), grey);
  EXPECT_TRUE(readPointCache(folder / *name)->rgb.empty());
}

TEST(PointCache, EveryTruncationAndAnyChangedByteIsNoticed) {
  const tests::TempFolder folder;
  const std::string name = *writePointCache(folder.path(), threePoints());
  const std::string whole = *readFile(folder / name);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    ASSERT_TRUE(writeFile(folder / "cut.bin", whole.substr(0, size)));
    EXPECT_FALSE(readPointCache(folder / "cut.bin")) << size;
  }
  for (std::size_t at = 0; at < 40; ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x55);
    ASSERT_TRUE(writeFile(folder / "changed.bin", changed));
    EXPECT_FALSE(readPointCache(folder / "changed.bin")) << at;
  }
  std::string changed = whole;
  changed.back() = 'x';
  ASSERT_TRUE(writeFile(folder / "changed.bin", changed));
  EXPECT_EQ(readPointCache(folder / "changed.bin").error().code, ErrorCode::unreadable);
  EXPECT_EQ(readPointCache(folder / "absent.bin").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace hashimichi::project
