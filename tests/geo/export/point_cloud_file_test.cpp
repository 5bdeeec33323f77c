#include "geo/export/point_cloud_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <tuple>

#include "geo/import/points/las_header.h"
#include "geo/import/points/las_reader.h"
#include "tests/geo/points/made_octree.h"
#include "tests/support/shared_data.h"

namespace hashimichi::exporting {
namespace {

using tests::madeFrame;
using tests::MadeOctree;
using tests::sharedData;
using tests::TempFolder;

using Row = std::tuple<std::int32_t, std::int32_t, std::int32_t, double, int, int, int, int, int, int>;

std::vector<Row> rowsOf(const points::Octree& octree) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < octree.nodes().size(); ++i) {
    const auto b = octree.load(i);
    if (!b) continue;
    for (std::size_t p = 0; p < b->size(); ++p)
      rows.emplace_back(b->x[p], b->y[p], b->z[p], b->gps_time.empty() ? 0 : b->gps_time[p],
                        b->intensity.empty() ? 0 : b->intensity[p], b->return_number.empty() ? 1 : b->return_number[p],
                        b->classification[p], b->red.empty() ? 0 : b->red[p], b->green.empty() ? 0 : b->green[p],
                        b->blue.empty() ? 0 : b->blue[p]);
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::string bytesOf(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}
template <typename T>
T at(const std::string& bytes, std::size_t place) {
  T value{};
  std::memcpy(&value, bytes.data() + place, sizeof value);
  return value;
}

/// What LASzip itself makes of the file: it must understand the table of chunks for this.
std::size_t countByLaszip(const std::filesystem::path& path) {
  auto reader = import::LasReader::open(path, 6);
  EXPECT_TRUE(reader);
  import::LasPoint point;
  std::size_t count = 0;
  while (reader && reader->next(point)) ++count;
  return count;
}

TEST(CopcExport, KeepsTheRulesOfCopcAndReadsBackEqual) {
  const MadeOctree octree(4);  // 341 nodes, 34,100 points
  const TempFolder folder;
  SilentProgress progress;
  const auto written =
      writePointFile(octree, {madeFrame(), "EPSG:6676"}, {}, PointFormat::copc, folder / "a.copc.laz", progress);
  ASSERT_TRUE(written) << written.error().text();
  EXPECT_EQ(written->points, 34100u);
  const std::string bytes = bytesOf(folder / "a.copc.laz");
  // COPC 1.0: the first record at byte 375 is "copc", 1 with 160 bytes; the hierarchy is an extended record 1000.
  EXPECT_EQ(at<std::uint16_t>(bytes, 94), 375);
  EXPECT_EQ(bytes.substr(377, 4), "copc");
  EXPECT_EQ(at<std::uint16_t>(bytes, 393), 1);
  EXPECT_EQ(at<std::uint16_t>(bytes, 395), 160);
  const auto evlr = at<std::uint64_t>(bytes, 235), hierarchy = at<std::uint64_t>(bytes, 469),
             hierarchy_bytes = at<std::uint64_t>(bytes, 477);
  EXPECT_EQ(bytes.substr(evlr + 2, 4), "copc");
  EXPECT_EQ(at<std::uint16_t>(bytes, evlr + 18), 1000);
  EXPECT_EQ(hierarchy, evlr + 60);
  EXPECT_EQ(hierarchy_bytes, 341u * 32);
  EXPECT_EQ(hierarchy + hierarchy_bytes, bytes.size());
  // The chunks fill the room from the first byte behind the place of their table to the table, without gap or overlap.
  const auto points_at = at<std::uint32_t>(bytes, 96);
  std::vector<std::pair<std::uint64_t, std::uint32_t>> chunks;
  for (std::uint64_t entry = hierarchy; entry < bytes.size(); entry += 32)
    chunks.emplace_back(at<std::uint64_t>(bytes, entry + 16), at<std::uint32_t>(bytes, entry + 24));
  std::sort(chunks.begin(), chunks.end());
  std::uint64_t place = points_at + 8;
  for (const auto& [chunk, size] : chunks) {
    EXPECT_EQ(chunk, place);
    place += size;
  }
  EXPECT_EQ(at<std::uint64_t>(bytes, points_at), place);
  EXPECT_EQ(countByLaszip(folder / "a.copc.laz"), 34100u);
  Problems problems;
  const auto back = points::openOctree(folder / "a.copc.laz", problems);
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(problems.count(ProblemKind::skipped), 0u);
  EXPECT_EQ((*back)->info().crs, "EPSG:6676");
  EXPECT_TRUE(rowsOf(**back) == rowsOf(octree));
}

TEST(CopcExport, ARealSurveyComesBackWithAllItsValues) {
  const auto path = sharedData("pointcloud/copcjs/ellipsoid.copc.laz");
  HASHIMICHI_NEEDS_SHARED(path);
  Problems problems;
  const auto octree = points::openOctree(path, problems);
  ASSERT_TRUE(octree);
  const TempFolder folder;
  SilentProgress progress;
  const points::OctreePlace place{*crs::LocalFrame::create(32618, {583000, 4507000, 0}), "EPSG:3857"};
  const auto written = writePointFile(**octree, place, {}, PointFormat::copc, folder / "e.copc.laz", progress);
  ASSERT_TRUE(written) << written.error().text();
  const auto back = points::openOctree(folder / "e.copc.laz", problems);
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(rowsOf(**back).size(), 100000u);
  EXPECT_TRUE(rowsOf(**back) == rowsOf(**octree));
}

TEST(LazExport, HasOnlyTheChosenClassAndClip) {
  const MadeOctree octree(3);
  const TempFolder folder;
  SilentProgress progress;
  points::Region region;
  region.classes.reset();
  region.classes.set(11);
  region.box.add(Vec3d{0, 0, -1});
  region.box.add(Vec3d{64, 64, 1});
  const auto written =
      writePointFile(octree, {madeFrame(), "EPSG:6676"}, region, PointFormat::laz, folder / "a.laz", progress);
  ASSERT_TRUE(written) << written.error().text();
  // A quarter of the square: 50 points of class 11 each in 1 + 4 + 16 nodes; the root has its class 11 in the east.
  EXPECT_EQ(written->points, 50u * 21);
  Problems problems;
  const auto header = import::readLasHeader(folder / "a.laz", problems);
  ASSERT_TRUE(header) << header.error().text();
  EXPECT_EQ(header->stated_points, 1050u);
  EXPECT_EQ(header->crs, "EPSG:6676");
  EXPECT_EQ(countByLaszip(folder / "a.laz"), 1050u);
}

TEST(LazExport, AnEmptyChoiceLeavesNothingBehind) {
  const MadeOctree octree(1);
  const TempFolder folder;
  SilentProgress progress;
  points::Region region;
  region.box.add(Vec3d{1000, 1000, 0});
  region.box.add(Vec3d{1001, 1001, 1});
  const auto written =
      writePointFile(octree, {madeFrame(), "EPSG:6676"}, region, PointFormat::laz, folder / "a.laz", progress);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::bad_input);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace hashimichi::exporting
