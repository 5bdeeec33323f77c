#include "app/session/index_clouds.h"

#include <gtest/gtest.h>

#include <cstring>

#include "app/session/workflow.h"
#include "geo/core/file.h"
#include "geo/import/points/quick_look.h"
#include "geo/points/octree.h"
#include "tests/geo/import/las_file.h"
#include "tests/support/shared_data.h"

namespace hashimichi::app {
namespace {

using tests::TempFolder;

std::filesystem::path octreeOf(const model::PointCloud& cloud) {
  return {std::u8string(cloud.octree.begin(), cloud.octree.end())};
}

TEST(IndexClouds, ASurveyAsTextIsIndexedInTheSystemThatWasSaidWhenItWasImported) {
  const TempFolder folder;
  ASSERT_TRUE(writeFile(folder / "deck.xyz", "31000 160000 5\n31001 160000 5\n31002 160001 6\n"));
  SilentProgress progress;
  // Read and saved; the octree is made by a later call, which is not told the system again.
  import::Options options;
  options.source_crs = "EPSG:6676";
  auto project = readIntoProject(folder / "town.hashimichi", {folder / "deck.xyz"}, options, progress);
  ASSERT_TRUE(project) << project.error().text();
  ASSERT_TRUE(project::save(*project, progress));
  auto again = project::open(folder / "town.hashimichi", progress);
  ASSERT_TRUE(again) << again.error().text();
  const auto indexed = indexAndSave(*again, {}, progress);
  ASSERT_TRUE(indexed) << indexed.error().text();
  EXPECT_EQ(*indexed, 1);
  Problems problems;
  const auto octree = points::openOctree(octreeOf(again->model->clouds.front()), problems);
  ASSERT_TRUE(octree) << octree.error().text();
  EXPECT_EQ((*octree)->info().crs, "EPSG:6676");
  EXPECT_EQ((*octree)->info().point_count, 3u);
}

TEST(IndexClouds, TheOctreesNumbersReplaceThoseOfAFirstLook) {
  const TempFolder folder;
  // 4.2 million points, of which the header does not say that the last one lies 50 m farther east than all others.
  constexpr std::uint32_t count = 4'200'000;
  tests::LasFile file{
      .points = {{31000, 160000, 5, 2}, {31042, 160042, 6, 2}}, .epsg = 6676, .offset_x = 31000, .offset_y = 160000};
  std::string bytes = file.bytes();
  const std::size_t head = bytes.size() - 2 * 26;
  std::string record = bytes.substr(head, 26);
  bytes.resize(head + std::size_t{count} * 26);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::int32_t x = i + 1 == count ? 92000 : static_cast<std::int32_t>(i % 42000),
                       y = static_cast<std::int32_t>(i / 100);
    std::memcpy(record.data(), &x, 4), std::memcpy(record.data() + 4, &y, 4);
    record[15] = static_cast<char>(i % 3 == 0 ? 6 : 2);
    std::memcpy(bytes.data() + head + std::size_t{i} * 26, record.data(), 26);
  }
  tests::las::put<std::uint32_t>(bytes, 107, count);
  ASSERT_TRUE(writeFile(folder / "large.las", bytes));
  SilentProgress progress;
  auto project = readIntoProject(folder / "town.hashimichi", {folder / "large.las"}, {}, progress);
  ASSERT_TRUE(project) << project.error().text();
  EXPECT_EQ(project->report.count(ProblemKind::assumption, import::quick_look_code), 1u);
  ASSERT_TRUE(project::save(*project, progress));
  ASSERT_TRUE(indexAndSave(*project, {}, progress));
  const model::PointCloud& cloud = project->model->clouds.front();
  EXPECT_EQ(cloud.point_count, count);
  EXPECT_EQ(cloud.count_by_class[6], count / 3);
  EXPECT_EQ(cloud.count_by_class[2], count - count / 3);
  EXPECT_NEAR(cloud.bounds.size().x, 92, 0.01);
  EXPECT_EQ(project->report.count(ProblemKind::assumption, import::quick_look_code), 0u);
  EXPECT_EQ(project->report.count(ProblemKind::assumption, "las.header_bounds"), 1u);
}

}  // namespace
}  // namespace hashimichi::app
