#include <cmath>

#include "tests/geo/points/index_check.h"
#include "tests/support/shared_data.h"

namespace hashimichi {
namespace {

using namespace tests;

class EveryPointFormat : public ::testing::TestWithParam<int> {};

TEST_P(EveryPointFormat, KeepsEachPointOnceWithAllItsAttributes) {
  const TempFolder folder;
  LasBytes las{.format = GetParam(),
               .minor = GetParam() < 4 ? 2 : 4,
               .extra_bytes = 4,
               .extra_names = {"Amplitude", "Deviation"}};
  las.addSurface(40000, 900000, 7);
  las.write(folder / "a.las");
  const Indexed made = index({folder / "a.las"}, folder / "octree");
  ASSERT_TRUE(made.report.ok()) << made.report.error().text();
  EXPECT_EQ(made.report->points, 40000u);
  const PotreeFolder octree(folder / "octree");
  expectSound(octree);
  EXPECT_GT(octree.nodes.size(), 4u);
  EXPECT_EQ(rowsOf(octree), rowsOf(las));
}
INSTANTIATE_TEST_SUITE_P(Las, EveryPointFormat, ::testing::Range(0, 11));

TEST(BuildOctree, MetadataTellExtentAndClassesOfThePoints) {
  const TempFolder folder;
  LasBytes las{.format = 0, .minor = 2};
  std::mt19937 random(1);
  for (int i = 0; i < 100; ++i) {
    las.add(i * 10, 500 - i, 7, random);
    las.records.back()[15] = static_cast<char>(i < 30 ? 2 : 6);
  }
  las.offset[0] = 1000;
  las.write(folder / "a.las");
  ASSERT_TRUE(index({folder / "a.las"}, folder / "octree").report.ok());
  const PotreeFolder octree(folder / "octree");
  for (const auto& attribute : octree.metadata["attributes"]) {
    if (attribute["name"] == "position") {
      EXPECT_DOUBLE_EQ(attribute["min"][0].get<double>(), 1000.0);
      EXPECT_DOUBLE_EQ(attribute["max"][0].get<double>(), 1000.99);
      EXPECT_DOUBLE_EQ(attribute["min"][1].get<double>(), 0.401);
    }
    if (attribute["name"] == "classification") {
      EXPECT_EQ(attribute["histogram"][2], 30);
      EXPECT_EQ(attribute["histogram"][6], 70);
      EXPECT_EQ(attribute["min"][0], 2);
    }
  }
}

TEST(BuildOctree, PointsOfAnInnerNodeKeepTheNodesDistance) {
  const TempFolder folder;
  LasBytes las{.format = 0, .minor = 2};
  las.addSurface(150000, 500000, 3);
  las.write(folder / "a.las");
  ASSERT_TRUE(index({folder / "a.las"}, folder / "octree").report.ok());
  const PotreeFolder octree(folder / "octree");
  int inner = 0;
  for (const auto& node : octree.nodes) {
    if (node.child_mask == 0) continue;
    ++inner;
    const double spacing = octree.metadata["spacing"].get<double>() / std::pow(2, node.level());
    std::vector<std::array<double, 3>> places;
    for (std::uint32_t i = 0; i < node.points; ++i)
      places.push_back({octree.coordinate(node, i, 0), octree.coordinate(node, i, 1), octree.coordinate(node, i, 2)});
    std::sort(places.begin(), places.end());
    double nearest = 1e300;
    for (std::size_t i = 0; i < places.size(); ++i)
      for (std::size_t k = i + 1; k < places.size() && places[k][0] - places[i][0] < spacing; ++k)
        nearest = std::min(
            nearest, std::hypot(places[k][0] - places[i][0], places[k][1] - places[i][1], places[k][2] - places[i][2]));
    EXPECT_GE(nearest, 0.99 * spacing) << node.name;
    // Even also means without holes: a surface across the cube of 128 spacings holds several thousand.
    if (node.level() == 0) {
      EXPECT_GT(node.points, 5000u);
    }
  }
  EXPECT_GE(inner, 3);
}

TEST(BuildOctree, CloudLargerThanItsMemoryGoesThroughTheDiskAndIsTheSame) {
  const TempFolder folder;
  LasBytes las{.format = 0, .minor = 2};
  las.addSurface(2600000, 4000000, 11);
  las.write(folder / "a.las");
  const Indexed made = index({folder / "a.las"}, folder / "octree", 128);
  ASSERT_TRUE(made.report.ok()) << made.report.error().text();
  EXPECT_GT(made.report->bytes_between, 40u << 20);
  const PotreeFolder octree(folder / "octree");
  expectSound(octree);
  EXPECT_TRUE(rowsOf(octree) == rowsOf(las));
  for (const auto& entry : std::filesystem::directory_iterator(folder / "octree"))
    EXPECT_NE(entry.path().extension(), ".tmp");
}

TEST(BuildOctree, DenseSpotInAWideCloudIsCutUpAgain) {
  const TempFolder folder;
  LasBytes las{.format = 0, .minor = 2};
  std::mt19937 random(5);
  for (int i = 0; i < 2000000; ++i)  // within 2 mm of 100 km
    las.add(static_cast<std::int32_t>(random() % 200), static_cast<std::int32_t>(random() % 200),
            static_cast<std::int32_t>(random() % 50), random);
  for (int i = 0; i < 1000; ++i)
    las.add(static_cast<std::int32_t>(random() % 1000000000), static_cast<std::int32_t>(random() % 1000000000), 0,
            random);
  las.write(folder / "a.las");
  const Indexed made = index({folder / "a.las"}, folder / "octree", 128);
  ASSERT_TRUE(made.report.ok()) << made.report.error().text();
  const PotreeFolder octree(folder / "octree");
  expectSound(octree);
  EXPECT_TRUE(rowsOf(octree) == rowsOf(las));
}

TEST(BuildOctree, MillionEqualPointsEndInOneLeaf) {
  const TempFolder folder;
  LasBytes las{.format = 0, .minor = 2};
  std::mt19937 random(5);
  for (int i = 0; i < 1000000; ++i) las.add(1234, 5678, 90, random);
  las.write(folder / "a.las");
  const Indexed made = index({folder / "a.las"}, folder / "octree");
  ASSERT_TRUE(made.report.ok()) << made.report.error().text();
  EXPECT_EQ(made.report->points, 1000000u);
  EXPECT_LT(made.report->nodes, 100u);
  expectSound(PotreeFolder(folder / "octree"));
}

TEST(BuildOctree, SeveralFilesOfOtherScalesAndFormatsAreOneCloud) {
  const TempFolder folder;
  LasBytes a{.format = 1, .minor = 2}, b{.format = 7};
  a.scale[0] = a.scale[1] = a.scale[2] = 0.01;
  b.offset[0] = 1000, b.offset[1] = -500;
  a.addSurface(3000, 9000, 1), b.addSurface(2000, 90000, 2);
  a.write(folder / "a.las"), b.write(folder / "b.las");
  const Indexed made = index({folder / "a.las", folder / "b.las"}, folder / "octree");
  ASSERT_TRUE(made.report.ok()) << made.report.error().text();
  EXPECT_EQ(made.report->points, 5000u);
  const PotreeFolder octree(folder / "octree");
  expectSound(octree);
  std::set<std::string> names;
  for (const auto& attribute : octree.attributes) names.insert(attribute.name);
  for (const char* name : {"position", "gps-time", "rgb", "scan angle", "classification"})
    EXPECT_TRUE(names.contains(name)) << name;
  // To the coarser file's centimetre and the finer one's millimetre.
  std::vector<std::array<std::int64_t, 3>> wanted, found;
  const auto add = [&](const LasBytes& las) {
    for (const std::string& r : las.records) {
      wanted.emplace_back();
      for (std::size_t axis = 0; axis < 3; ++axis)
        wanted.back()[axis] =
            std::llround(1000 * (LasBytes::get<std::int32_t>(r, 4 * axis) * las.scale[axis] + las.offset[axis]));
    }
  };
  add(a), add(b);
  for (const auto& node : octree.nodes)
    for (std::uint32_t i = 0; i < node.points; ++i)
      found.push_back({std::llround(1000 * octree.coordinate(node, i, 0)),
                       std::llround(1000 * octree.coordinate(node, i, 1)),
                       std::llround(1000 * octree.coordinate(node, i, 2))});
  std::sort(wanted.begin(), wanted.end()), std::sort(found.begin(), found.end());
  EXPECT_EQ(found, wanted);
}

TEST(BuildOctree, LazIsTheSameAsItsLasTwin) {
  for (const char* name : {"pdrf4-1.3", "pdrf5-1.3", "pdrf6-1.4", "pdrf8-1.4", "pdrf9-1.4", "pdrf10-1.4"}) {
    const auto las = sharedData("pointcloud/loadersgl/" + std::string(name) + ".las"),
               laz = sharedData("pointcloud/loadersgl/" + std::string(name) + ".laz");
    HASHIMICHI_NEEDS_SHARED(laz);
    const TempFolder folder;
    const Indexed a = index({las}, folder / "las"), b = index({laz}, folder / "laz");
    ASSERT_TRUE(a.report.ok()) << name << a.report.error().text();
    ASSERT_TRUE(b.report.ok()) << name << b.report.error().text();
    EXPECT_EQ(a.report->points, 1024u);
    EXPECT_TRUE(rowsOf(PotreeFolder(folder / "las")) == rowsOf(PotreeFolder(folder / "laz"))) << name;
  }
}

TEST(BuildOctree, SurveysHaveTheCountsAndClassesOfTheirReadme) {
  struct Known {
    const char* file;
    std::uint64_t points;
    std::map<int, std::uint64_t> classes;
  };
  const Known known[]{
      {"delft-town/ahn3_cropped_1.laz", 640510, {{1, 196137}, {2, 195988}, {6, 246753}, {9, 267}, {26, 1365}}},
      {"pointcloud/pdal/autzen_trim.laz", 110000, {{1, 83893}, {2, 26107}}},
      {"pointcloud/lidr/Topography.laz", 73403, {{1, 61347}, {2, 8159}, {9, 3897}}},
      {"pointcloud/pdal/lone-star.copc.laz", 518862, {}},
      {"pointcloud/pdal/epsg_4326.las", 5380, {}},
      {"pointcloud/pdal/simple-laszip-compressor-version-1.2r0.laz", 1065, {}},
      {"pointcloud/laspy/fullwave.laz", 10750, {}},
      {"pointcloud/laspy/unregistered_extra_bytes.las", 4, {}},
      {"pointcloud/loadersgl/indoor.laz", 808042, {}},
      {"pointcloud/lazperf/rand1_6.las", 50000, {}},
      {"pointcloud/ply/pdal_simple_binary.ply", 3, {}},
      {"pointcloud/ply/pdal_mesh.ply", 4, {}}};
  for (const Known& one : known) {
    HASHIMICHI_NEEDS_SHARED(sharedData(one.file));
    const TempFolder folder;
    const Indexed made = index({sharedData(one.file)}, folder / "octree");
    ASSERT_TRUE(made.report.ok()) << one.file << made.report.error().text();
    EXPECT_EQ(made.report->points, one.points) << one.file;
    for (const auto& [code, count] : one.classes)
      EXPECT_EQ(made.report->count_by_class[static_cast<std::size_t>(code)], count) << one.file << " class " << code;
    expectSound(PotreeFolder(folder / "octree"));
  }
}

TEST(BuildOctree, TextColumnsAreNamedOrGuessedAndTold) {
  const TempFolder folder;
  std::ofstream(folder / "a.xyz") << "1.25 2.5 3.125 255 0 10\n4 5 6 1 2 3\nnan 1 2 3 4 5\nbroken\n";
  std::ofstream(folder / "b.csv") << "Easting,Northing,Height,Class,Intensity\n10.5,20.25,1,2,700\n11,21,2,6,900\n";
  std::ofstream(folder / "c.pts") << "2\n1 2 3 -2048 9 8 7\n4 5 6 2047 1 2 3\n";
  const Indexed a = index({folder / "a.xyz"}, folder / "oa"), b = index({folder / "b.csv"}, folder / "ob"),
                c = index({folder / "c.pts"}, folder / "oc");
  ASSERT_TRUE(a.report.ok()) << a.report.error().text();
  ASSERT_TRUE(b.report.ok()) << b.report.error().text();
  ASSERT_TRUE(c.report.ok()) << c.report.error().text();
  EXPECT_EQ(a.report->points, 2u);
  EXPECT_EQ(a.problems.count(ProblemKind::assumption, "points.columns"), 1u);
  EXPECT_EQ(a.problems.count(ProblemKind::skipped, "text_cloud.not_numbers"), 1u);
  EXPECT_EQ(b.report->points, 2u);
  EXPECT_EQ(b.problems.count(ProblemKind::assumption, "points.columns"), 0u);
  EXPECT_EQ(b.report->count_by_class[6], 1u);
  EXPECT_DOUBLE_EQ(b.report->bounds.low.y, 20.25);
  // By name: blue green red per alphabet are "intensity", "position", "rgb".
  const Rows rows = rowsOf(PotreeFolder(folder / "oc"));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0], (std::vector<double>{0, 0, 0, 0, 9 * 257, 8 * 257, 7 * 257}));
  EXPECT_EQ(rows[1][0], 4095);
}

TEST(BuildOctree, DegreesMakeNoNeedle) {
  HASHIMICHI_NEEDS_SHARED(sharedData("pointcloud/pdal/epsg_4326.las"));
  const TempFolder folder;
  ASSERT_TRUE(index({sharedData("pointcloud/pdal/epsg_4326.las")}, folder / "octree").report.ok());
  const PotreeFolder octree(folder / "octree");
  const auto& root = octree.nodes.front();
  // 0.022° of longitude and 0.010° of latitude near 31° north: about 2.1 km and 1.1 km, and as high.
  EXPECT_LT(root.high[0] - root.low[0], 0.03);
  EXPECT_NEAR((root.high[2] - root.low[2]) / ((root.high[1] - root.low[1]) * 111133), 1, 0.01);
}

}  // namespace
}  // namespace hashimichi
