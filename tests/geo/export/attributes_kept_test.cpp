#include "geo/export/point_cloud_file.h"
#include "tests/geo/points/index_check.h"
#include "tests/support/shared_data.h"

namespace hashimichi::exporting {
namespace {

using tests::LasBytes;
using tests::PotreeFolder;
using tests::Rows;
using tests::TempFolder;

/// What LAS 1.4's point formats can say of a record: the angle of older formats, in whole degrees, becomes steps of
/// 0.006° (ASPRS LAS 1.4, table 14).
std::map<std::string, std::vector<double>> exported(std::map<std::string, std::vector<double>> meaning) {
  if (const auto rank = meaning.find("scan angle rank"); rank != meaning.end()) {
    meaning["scan angle"] = {std::round(rank->second[0] / 0.006)};
    meaning.erase(rank);
  }
  return meaning;
}

Rows expectedRows(const LasBytes& las) {
  Rows rows;
  for (const std::string& record : las.records) {
    rows.emplace_back();
    for (const auto& [name, numbers] : exported(las.meaning(record)))
      rows.back().insert(rows.back().end(), numbers.begin(), numbers.end());
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

/// The attributes that the survey had, of a file that came out: indexed again, and read by the tests' own reader.
Rows rowsOfFile(const std::filesystem::path& file, const LasBytes& las, const TempFolder& folder) {
  const tests::Indexed made = tests::index({file}, folder / "again");
  EXPECT_TRUE(made.report.ok()) << made.report.error().text();
  if (!made.report) return {};
  const PotreeFolder octree(folder / "again");
  Rows rows;
  for (const auto& node : octree.nodes)
    for (std::uint32_t i = 0; i < node.points; ++i) {
      rows.emplace_back();
      for (const auto& [name, numbers] : exported(las.meaning(las.records.front()))) {
        const auto found = std::find_if(octree.attributes.begin(), octree.attributes.end(),
                                        [&, n = name](const auto& a) { return a.name == n; });
        if (found == octree.attributes.end()) continue;
        for (int e = 0; e < found->elements; ++e) rows.back().push_back(octree.number(node, i, *found, e));
      }
    }
  std::sort(rows.begin(), rows.end());
  return rows;
}

class EveryPointFormat : public ::testing::TestWithParam<int> {
 protected:
  EveryPointFormat() {
    las_.addSurface(20000, 400000, 7);
    las_.write(folder_ / "a.las");
  }
  /// Zone VIII, as a survey that names no system is read.
  static points::OctreePlace place() { return {*crs::LocalFrame::create(6676, {0, 0, 0}), "EPSG:6676"}; }

  LasBytes las_{.format = GetParam(),
                .minor = GetParam() < 4 ? 2 : 4,
                .extra_bytes = 4,
                .extra_names = {"Amplitude", "Deviation"}};
  TempFolder folder_;
  SilentProgress progress_;
};

TEST_P(EveryPointFormat, GoesFromTheOctreeToLazAndCopcWithoutLosingAnAttribute) {
  ASSERT_TRUE(tests::index({folder_ / "a.las"}, folder_ / "octree").report.ok());
  Problems problems;
  const auto octree = points::openOctree(folder_ / "octree", problems);
  ASSERT_TRUE(octree) << octree.error().text();
  for (const PointFormat format : {PointFormat::laz, PointFormat::copc}) {
    const auto path = folder_ / (format == PointFormat::laz ? "b.laz" : "b.copc.laz");
    const auto written = writePointFile(**octree, place(), {}, format, path, progress_);
    ASSERT_TRUE(written) << written.error().text();
    EXPECT_EQ(written->points, 20000u);
    EXPECT_TRUE(rowsOfFile(path, las_, folder_) == expectedRows(las_));
  }
}

TEST_P(EveryPointFormat, GoesStraightToLazWithoutAnOctree) {
  Problems problems;
  const auto source = points::openSource(folder_ / "a.las", problems, progress_);
  ASSERT_TRUE(source) << source.error().text();
  const auto written = writePointFile(**source, place(), {}, folder_ / "b.laz", progress_);
  ASSERT_TRUE(written) << written.error().text();
  EXPECT_EQ(written->points, 20000u);
  EXPECT_EQ(written->lost_points, 0u);
  EXPECT_TRUE(rowsOfFile(folder_ / "b.laz", las_, folder_) == expectedRows(las_));
}

TEST_P(EveryPointFormat, ComesBackFromCopcWithAllItsAttributesByName) {
  ASSERT_TRUE(tests::index({folder_ / "a.las"}, folder_ / "octree").report.ok());
  Problems problems;
  const auto octree = points::openOctree(folder_ / "octree", problems);
  ASSERT_TRUE(octree);
  ASSERT_TRUE(writePointFile(**octree, place(), {}, PointFormat::copc, folder_ / "b.copc.laz", progress_));
  const auto copc = points::openOctree(folder_ / "b.copc.laz", problems);
  ASSERT_TRUE(copc) << copc.error().text();
  std::set<std::string> names;
  for (const auto& attribute : (*copc)->info().attributes) names.insert(attribute.name);
  for (const auto& [name, numbers] : exported(las_.meaning(las_.records.front())))
    EXPECT_TRUE(names.contains(name)) << name;
  const auto node = (*copc)->loadAll(0);
  ASSERT_TRUE(node) << node.error().text();
  EXPECT_EQ(node->extra_bytes, 4u);
  EXPECT_EQ(node->extra.size(), 4 * node->size());
  EXPECT_EQ(node->scan_angle.size(), node->size());
  EXPECT_TRUE((*copc)->load(0)->scan_angle.empty()) << "what is only drawn costs nothing more";
}
INSTANTIATE_TEST_SUITE_P(Las, EveryPointFormat, ::testing::Range(0, 11));

TEST(LazWithoutOctree, HasOnlyTheClassAndThePlaceThatWereChosen) {
  const TempFolder folder;
  LasBytes las{.format = 0, .minor = 2};
  std::mt19937 random(1);
  for (int i = 0; i < 100; ++i) {
    las.add(i * 1000, 0, 0, random);  // a point every metre along east
    las.records.back()[15] = static_cast<char>(i % 2 ? 2 : 6);
  }
  las.write(folder / "a.las");
  Problems problems;
  SilentProgress progress;
  const auto source = points::openSource(folder / "a.las", problems, progress);
  ASSERT_TRUE(source);
  points::Region region;
  region.classes.reset();
  region.classes.set(2);
  region.where = [](Vec3d p) { return p.x >= 10 && p.x < 20; };
  const points::OctreePlace place{*crs::LocalFrame::create(6676, {0, 0, 0}), "EPSG:6676"};
  const auto written = writePointFile(**source, place, region, folder / "b.laz", progress);
  ASSERT_TRUE(written) << written.error().text();
  EXPECT_EQ(written->points, 5u);  // 11, 13 … 19 m
}

}  // namespace
}  // namespace hashimichi::exporting
