#include "geo/points/octree.h"
#include "tests/geo/points/potree_writer.h"

namespace hashimichi::points {
namespace {

using tests::PotreeWriter;
using tests::TempFolder;

const std::vector<PotreeWriter::Point> root_points{{1000, 2000, 3000, 7, 2, 65535, 256, 1},
                                                   {127'999, 70'000, 65'536, 65535, 6, 0, 1, 65535}};
const std::vector<PotreeWriter::Point> east_points{{100'000, 1, 2, 1, 17, 5, 6, 7}};

/// A root with one child in the upper east: octant 4 (east) + 1 (up).
PotreeWriter twoNodes(bool brotli) {
  PotreeWriter made;
  made.brotli = brotli;
  made.add(made.store(root_points, 0, 1 << 5));
  made.add(made.store(east_points, 1, 0));
  return made;
}

OctreePtr opened(const PotreeWriter& made, const TempFolder& folder, Problems& problems) {
  made.write(folder.path());
  auto octree = openOctree(folder.path(), problems);
  EXPECT_TRUE(octree) << (octree ? "" : octree.error().text());
  return octree ? *octree : nullptr;
}

class PotreeEncoding : public testing::TestWithParam<bool> {};

TEST_P(PotreeEncoding, EveryValueOfAPointComesBack) {
  const TempFolder folder;
  Problems problems;
  const OctreePtr octree = opened(twoNodes(GetParam()), folder, problems);
  ASSERT_TRUE(octree);
  ASSERT_EQ(octree->nodes().size(), 2u);
  EXPECT_EQ(octree->nodes()[0].children[5], 1);
  EXPECT_EQ(octree->nodes()[1].key, (VoxelKey{1, 1, 0, 1}));
  EXPECT_EQ(octree->nodes()[1].bounds.low, (Vec3d{31064, 160000, 64}));
  const auto root = octree->load(0);
  ASSERT_TRUE(root) << root.error().text();
  EXPECT_EQ(root->x, (std::vector<std::int32_t>{1000, 127'999}));
  EXPECT_EQ(root->y, (std::vector<std::int32_t>{2000, 70'000}));
  EXPECT_EQ(root->z, (std::vector<std::int32_t>{3000, 65'536}));
  EXPECT_EQ(root->intensity, (std::vector<std::uint16_t>{7, 65535}));
  EXPECT_EQ(root->classification, (std::vector<std::uint8_t>{2, 6}));
  EXPECT_EQ(root->red, (std::vector<std::uint16_t>{65535, 0}));
  EXPECT_EQ(root->green, (std::vector<std::uint16_t>{256, 1}));
  EXPECT_EQ(root->blue, (std::vector<std::uint16_t>{1, 65535}));
  EXPECT_TRUE(root->gps_time.empty());
  EXPECT_NEAR(root->position(0).x, 31001, 1e-9);
  const auto east = octree->load(1);
  ASSERT_TRUE(east);
  EXPECT_EQ(east->classification.at(0), 17);
  EXPECT_TRUE(problems.empty());
}
INSTANTIATE_TEST_SUITE_P(Both, PotreeEncoding, testing::Bool());

TEST(PotreeHierarchy, AProxyLeadsToTheChunkThatDescribesItsNode) {
  PotreeWriter made;
  made.add(made.store(root_points, 0, 1));
  PotreeWriter::Record child = made.store(east_points, 0, 2), grandchild = made.store(east_points, 1, 0);
  made.add({2, 2, child.points, 44, 44});  // proxy: the next chunk lies at byte 44
  made.first_chunk = 44;
  made.add(child);
  made.add(grandchild);
  const TempFolder folder;
  Problems problems;
  const OctreePtr octree = opened(made, folder, problems);
  ASSERT_TRUE(octree);
  ASSERT_EQ(octree->nodes().size(), 3u);
  EXPECT_EQ(octree->nodes()[2].key, (VoxelKey{2, 0, 0, 1}));
  EXPECT_EQ(octree->nodes()[1].byte_offset, child.at);
  EXPECT_EQ(octree->load(2)->size(), 1u);
  EXPECT_TRUE(problems.empty());
}

TEST(PotreeHierarchy, ACircleEndsAtTheNodeThatClosesIt) {
  PotreeWriter made;
  made.add(made.store(root_points, 0, 1));
  made.add({2, 1, 1, 0, 44});  // back to the first chunk
  const TempFolder folder;
  Problems problems;
  const OctreePtr octree = opened(made, folder, problems);
  ASSERT_TRUE(octree);
  EXPECT_EQ(octree->load(0)->size(), 2u);
  EXPECT_EQ(problems.count(ProblemKind::skipped, "octree.nodes_left_out"), 1u);
}

TEST(PotreeHierarchy, NodesBeyondTheFileAreLeftOutAndTheOthersKept) {
  PotreeWriter made;
  made.add(made.store(root_points, 0, 0b11));
  PotreeWriter::Record far = made.store(east_points, 0, 1);
  far.at = 1ull << 60;
  made.add(far);
  made.add(made.store(east_points, 1, 0));
  made.add(made.store(east_points, 1, 0));  // below the one that is left out
  const TempFolder folder;
  Problems problems;
  const OctreePtr octree = opened(made, folder, problems);
  ASSERT_TRUE(octree);
  EXPECT_EQ(octree->nodes().size(), 3u);
  EXPECT_EQ(octree->load(2)->size(), 1u);
  EXPECT_EQ(problems.count(ProblemKind::skipped, "octree.nodes_left_out"), 1u);
}

TEST(PotreeMetadata, VersionsAndEncodingsThatAreNotReadAreNamed) {
  PotreeWriter made = twoNodes(false);
  const TempFolder folder;
  Problems problems;
  made.change = {{"encoding", "ZSTD"}};
  made.write(folder.path());
  auto octree = openOctree(folder.path(), problems);
  ASSERT_FALSE(octree);
  EXPECT_EQ(octree.error().code, ErrorCode::unsupported);
  EXPECT_NE(octree.error().what.find("ZSTD"), std::string::npos);
  made.change = {{"version", "1.8"}};
  made.write(folder.path());
  octree = openOctree(folder / "metadata.json", problems);
  ASSERT_FALSE(octree);
  EXPECT_EQ(octree.error().code, ErrorCode::unsupported);
}

TEST(PotreeFolders, CutOffAnywhereTheyGiveAnErrorOrFewerPoints) {
  for (const bool brotli : {false, true}) {
    const PotreeWriter whole = twoNodes(brotli);
    const std::string metadata = whole.metadata().dump();
    for (std::size_t keep = 0; keep < whole.hierarchy.size(); ++keep) {
      PotreeWriter cut = whole;
      cut.hierarchy.resize(keep);
      const TempFolder folder;
      cut.write(folder.path());
      Problems problems;
      if (const auto octree = openOctree(folder.path(), problems)) {
        EXPECT_GT(problems.count(ProblemKind::skipped), 0u);
      }
    }
    for (std::size_t keep = 0; keep < whole.octree.size(); ++keep) {
      PotreeWriter cut = whole;
      cut.octree.resize(keep);
      const TempFolder folder;
      cut.write(folder.path());
      Problems problems;
      const auto octree = openOctree(folder.path(), problems);
      if (octree) {
        EXPECT_GT(problems.count(ProblemKind::skipped), 0u) << keep;
      }
    }
    for (std::size_t keep = 0; keep < metadata.size(); keep += 7) {
      const TempFolder folder;
      whole.write(folder.path());
      std::ofstream(folder / "metadata.json") << metadata.substr(0, keep);
      Problems problems;
      EXPECT_FALSE(openOctree(folder.path(), problems)) << keep;
    }
  }
}

TEST(PotreeFolders, AFileThatIsCutOffLaterIsToldByTheNode) {
  const TempFolder folder;
  Problems problems;
  const OctreePtr octree = opened(twoNodes(false), folder, problems);
  ASSERT_TRUE(octree);
  std::filesystem::resize_file(folder / "octree.bin", 45);
  EXPECT_TRUE(octree->load(0));
  EXPECT_FALSE(octree->load(1));
  std::filesystem::remove(folder / "octree.bin");
  const auto gone = octree->load(0);
  ASSERT_FALSE(gone);
  EXPECT_NE(gone.error().what.find("removed"), std::string::npos);
}

}  // namespace
}  // namespace hashimichi::points
