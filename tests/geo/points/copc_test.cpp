#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <iterator>
#include <tuple>

#include "geo/points/laz_chunk.h"
#include "geo/points/octree.h"
#include "tests/support/shared_data.h"

namespace hashimichi::points {
namespace {

using tests::sharedData;
using tests::TempFolder;

std::string bytesOf(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

struct Known {
  const char* file;
  std::uint64_t points;
  Bounds bounds;  // as the README of the data gives them
};
Bounds box(double x0, double x1, double y0, double y1, double z0, double z1) {
  Bounds b;
  b.add(Vec3d{x0, y0, z0});
  b.add(Vec3d{x1, y1, z1});
  return b;
}

TEST(Copc, FilesHaveTheCountsAndBoundsOfTheirReadme) {
  const Known known[]{
      {"pdal/1.2-with-color.copc.laz", 1065, box(635619.85, 638982.55, 848899.7, 853535.43, 406.59, 586.38)},
      {"pdal/lone-star.copc.laz", 518862, box(515368.602, 515401.043, 4918340.364, 4918381.124, 2322.9, 2338.58)},
      {"copcjs/ellipsoid.copc.laz", 100000, box(-8242746, -8242446, 4966506, 4966706, -50, 50)},
      {"laspy/simple_with_page.copc.laz", 1065, box(635619.85, 638982.55, 848899.7, 853535.43, 406.59, 586.38)},
      {"las-rs/autzen.copc.laz", 107, box(635729.26, 638864.3, 848971.33, 853480.01, 408.14, 505.74)}};
  for (const Known& file : known) {
    SCOPED_TRACE(file.file);
    const auto path = sharedData(std::string("pointcloud/") + file.file);
    HASHIMICHI_NEEDS_SHARED(path);
    Problems problems;
    const auto octree = openOctree(path, problems);
    ASSERT_TRUE(octree) << octree.error().text();
    std::uint64_t points = 0;
    Bounds bounds;
    for (std::size_t i = 0; i < (*octree)->nodes().size(); ++i) {
      const auto node = (*octree)->load(i);
      ASSERT_TRUE(node) << node.error().text();
      points += node->size();
      for (std::size_t p = 0; p < node->size(); ++p) bounds.add(node->position(p));
    }
    EXPECT_EQ(points, file.points);
    EXPECT_LT(norm(bounds.low - file.bounds.low), 0.02);
    EXPECT_LT(norm(bounds.high - file.bounds.high), 0.02);
    EXPECT_EQ(problems.count(ProblemKind::skipped), 0u);
  }
}

/// Centimetres (the step of both files, whose offsets differ), then the attributes. Colours as widened from 8 bits.
using Row = std::tuple<long long, long long, long long, double, int, int, int, int, int, int, int, int>;

/// The LAS twin, format 3 of 34 bytes, unpacked here by the specification.
std::vector<Row> rowsOfLas(const std::string& bytes) {
  const auto at = [&](std::size_t place, auto value) {
    std::memcpy(&value, bytes.data() + place, sizeof value);
    return value;
  };
  std::vector<Row> rows;
  const auto first = at(96, std::uint32_t{}), count = at(107, std::uint32_t{});
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t p = first + 34u * i;
    const int flags = at(p + 14, std::uint8_t{});
    const auto centimetres = [&](std::size_t axis) {
      return std::llround(100 * (at(p + 4 * axis, 0) * at(131 + 8 * axis, 0.0) + at(155 + 8 * axis, 0.0)));
    };
    rows.emplace_back(centimetres(0), centimetres(1), centimetres(2), at(p + 20, 0.0), at(p + 12, std::uint16_t{}),
                      flags & 7, flags >> 3 & 7, at(p + 15, std::uint8_t{}) & 31, at(p + 18, std::uint16_t{}),
                      257 * at(p + 28, std::uint16_t{}), 257 * at(p + 30, std::uint16_t{}),
                      257 * at(p + 32, std::uint16_t{}));
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::vector<Row> rowsOf(const Octree& octree) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < octree.nodes().size(); ++i) {
    const auto b = octree.load(i);
    if (!b) continue;
    for (std::size_t p = 0; p < b->size(); ++p)
      rows.emplace_back(std::llround(100 * b->position(p).x), std::llround(100 * b->position(p).y),
                        std::llround(100 * b->position(p).z), b->gps_time[p], b->intensity[p], b->return_number[p],
                        b->number_of_returns[p], b->classification[p], b->point_source_id[p], b->red[p], b->green[p],
                        b->blue[p]);
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

TEST(Copc, EveryValueIsThatOfTheLasTwin) {
  const auto las = sharedData("pointcloud/pdal/1.2-with-color.las"),
             copc = sharedData("pointcloud/pdal/1.2-with-color.copc.laz");
  HASHIMICHI_NEEDS_SHARED(copc);
  Problems problems;
  const auto octree = openOctree(copc, problems);
  ASSERT_TRUE(octree) << octree.error().text();
  const auto expected = rowsOfLas(bytesOf(las)), found = rowsOf(**octree);
  ASSERT_EQ(found.size(), expected.size());
  std::size_t different = 0;
  for (std::size_t i = 0; i < found.size(); ++i) different += found[i] != expected[i];
  EXPECT_EQ(different, 0u);
}

TEST(Copc, ASecondPageOfTheHierarchyIsFollowed) {
  const auto path = sharedData("pointcloud/laspy/simple_with_page.copc.laz");
  HASHIMICHI_NEEDS_SHARED(path);
  Problems problems;
  const auto octree = openOctree(path, problems);
  ASSERT_TRUE(octree);
  EXPECT_EQ((*octree)->nodes().front().key, (VoxelKey{}));
  EXPECT_GT((*octree)->nodes().size(), 1u);
}

TEST(Copc, CutOffOrSpoiltAnywhereItGivesAnErrorOrFewerPoints) {
  const auto path = sharedData("pointcloud/las-rs/autzen.copc.laz");
  HASHIMICHI_NEEDS_SHARED(path);
  const std::string whole = bytesOf(path);
  const TempFolder folder;
  const auto look = [&](const std::string& bytes) {
    std::ofstream(folder / "a.laz", std::ios::binary) << bytes;
    Problems problems;
    const auto octree = openOctree(folder / "a.laz", problems);
    if (!octree) return;
    for (std::size_t i = 0; i < (*octree)->nodes().size(); ++i) (void)(*octree)->load(i);
  };
  for (std::size_t keep = 0; keep < whole.size(); keep += 61) look(whole.substr(0, keep));
  for (std::size_t at = 0; at < whole.size(); at += 37) {
    std::string spoilt = whole;
    spoilt[at] = static_cast<char>(spoilt[at] ^ 0x5a);
    look(spoilt);
  }
}

TEST(LazChunk, PackedPointsComeBackAsTheyWere) {
  PointBatch batch;
  batch.scale = {0.001, 0.001, 0.001};
  batch.offset = {31000, 160000, 0};
  for (int i = 0; i < 1000; ++i) {
    batch.x.push_back(i * 17), batch.y.push_back(-i * 3), batch.z.push_back(i % 7);
    batch.intensity.push_back(static_cast<std::uint16_t>(i * 60));
    batch.classification.push_back(static_cast<std::uint8_t>(i % 256));
    batch.number_of_returns.push_back(static_cast<std::uint8_t>(1 + i % 15));
    batch.return_number.push_back(static_cast<std::uint8_t>(1 + i % (1 + i % 15)));
    batch.point_source_id.push_back(static_cast<std::uint16_t>(i));
    batch.gps_time.push_back(i * 0.25);
    batch.red.push_back(static_cast<std::uint16_t>(i)), batch.green.push_back(65535), batch.blue.push_back(300);
  }
  LazForm form;
  const auto chunk = packLazChunk(batch, {.colours = true}, &form.laszip);
  ASSERT_TRUE(chunk) << chunk.error().text();
  form.header.assign(375, '\0');
  form.header.replace(0, 4, "LASF");
  form.header[24] = 1, form.header[25] = 4;
  form.header[104] = static_cast<char>(7 | 0x80), form.header[105] = 36;
  for (const std::size_t at : {131u, 139u, 147u}) std::memcpy(form.header.data() + at, &batch.scale.x, 8);
  form.point_format = 7, form.record_length = 36, form.scale = batch.scale, form.offset = batch.offset;
  const auto back = unpackLazChunk(form, *chunk, 1000, "memory");
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(back->x, batch.x);
  EXPECT_EQ(back->z, batch.z);
  EXPECT_EQ(back->classification, batch.classification);
  EXPECT_EQ(back->return_number, batch.return_number);
  EXPECT_EQ(back->number_of_returns, batch.number_of_returns);
  EXPECT_EQ(back->gps_time, batch.gps_time);
  EXPECT_EQ(back->red, batch.red);
  EXPECT_EQ(back->blue, batch.blue);
}

}  // namespace
}  // namespace hashimichi::points
