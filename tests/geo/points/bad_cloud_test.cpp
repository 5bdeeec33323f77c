#include <sys/resource.h>

#include <csignal>

#include "tests/geo/points/index_check.h"
#include "tests/support/open_files.h"
#include "tests/support/shared_data.h"

namespace hashimichi {
namespace {

using namespace tests;

std::size_t entries(const std::filesystem::path& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

/// Says stop at its n-th question.
class StopAt final : public Progress {
 public:
  explicit StopAt(int question) : stop_at_(question) {}
  void report(double, std::string_view) override {}
  bool cancelled() const override { return asked_++ >= stop_at_; }
  int asked() const { return asked_; }

 private:
  int stop_at_;
  mutable int asked_ = 0;
};

TEST(BadCloud, CancelledAtAnyMomentLeavesNothing) {
  const TempFolder folder;
  LasBytes las{.format = 2, .minor = 2};
  las.addSurface(2200000, 900000, 7);
  las.write(folder / "a.las");
  StopAt never(1 << 30);
  ASSERT_TRUE(index({folder / "a.las"}, folder / "octree", 128, &never).report.ok());
  ASSERT_GT(never.asked(), 100);
  std::filesystem::remove_all(folder / "octree");
  const std::size_t open = openFiles();
  int cancelled = 0;
  for (int part = 0; part < 20; ++part) {
    StopAt stop(never.asked() * part / 20);
    const Indexed made = index({folder / "a.las"}, folder / "octree", 128, &stop);
    if (made.report.ok()) {  // with two threads the number of questions is not the same every time
      std::filesystem::remove_all(folder / "octree");
      continue;
    }
    ++cancelled;
    EXPECT_EQ(made.report.error().code, ErrorCode::cancelled) << made.report.error().text();
    EXPECT_EQ(entries(folder.path()), 1u) << "after part " << part;
  }
  EXPECT_GT(cancelled, 12);
  EXPECT_EQ(openFiles(), open);
}

TEST(BadCloud, FullDiskIsSaidAndTheOldOctreeStays) {
  const TempFolder folder;
  LasBytes small{.format = 0, .minor = 2}, large = small;
  small.addSurface(100, 1000, 1), large.addSurface(300000, 900000, 2);
  small.write(folder / "small.las"), large.write(folder / "large.las");
  ASSERT_TRUE(index({folder / "small.las"}, folder / "octree").report.ok());
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit limited{1u << 20, before.rlim_max};
  if (setrlimit(RLIMIT_FSIZE, &limited) != 0) GTEST_SKIP() << "the size of files cannot be limited here";
  const Indexed made = index({folder / "large.las"}, folder / "octree");
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  ASSERT_FALSE(made.report.ok());
  EXPECT_EQ(made.report.error().code, ErrorCode::write_failed) << made.report.error().text();
  EXPECT_EQ(entries(folder.path()), 3u);
  EXPECT_EQ(PotreeFolder(folder / "octree").metadata["points"], 100);
}

TEST(BadCloud, TruncatedAnywhereGivesWhatIsThereOrAClearError) {
  const TempFolder folder;
  LasBytes las{.format = 3, .minor = 2};
  las.addSurface(500, 9000, 3);
  const std::string whole = las.bytes();
  for (std::size_t length = 0; length < whole.size(); length += 97) {
    std::ofstream(folder / "cut.las", std::ios::binary) << whole.substr(0, length);
    const Indexed made = index({folder / "cut.las"}, folder / "octree");
    if (!made.report.ok()) {
      EXPECT_LT(length, 227 + las.recordBytes());
      EXPECT_FALSE(made.report.error().what.empty());
      EXPECT_FALSE(std::filesystem::exists(folder / "octree"));
      continue;
    }
    EXPECT_EQ(made.report->points, (length - 227) / las.recordBytes());
    EXPECT_EQ(made.problems.count(ProblemKind::skipped, "las.truncated"), 1u);
    std::filesystem::remove_all(folder / "octree");
  }
}

TEST(BadCloud, TruncatedLazNeverCrashes) {
  const auto source = sharedData("pointcloud/lidr/Topography.laz");
  HASHIMICHI_NEEDS_SHARED(source);
  const TempFolder folder;
  std::ifstream stream(source, std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(stream), {}};
  for (std::size_t part = 0; part < 40; ++part) {
    std::ofstream(folder / "cut.laz", std::ios::binary) << whole.substr(0, whole.size() * part / 40);
    const Indexed made = index({folder / "cut.laz"}, folder / "octree");
    if (made.report.ok()) {
      EXPECT_LE(made.report->points, 73403u);
      expectSound(PotreeFolder(folder / "octree"));
    } else {
      EXPECT_FALSE(made.report.error().what.empty());
    }
    std::filesystem::remove_all(folder / "octree");
  }
}

TEST(BadCloud, HeaderWhoseExtentIsWrongIsReportedAndTheCubeFitsThePoints) {
  for (const double factor : {0.25, 1000.0}) {
    const TempFolder folder;
    LasBytes las{.format = 0, .minor = 2};
    las.addSurface(30000, 900000, 3);
    las.bounds_factor = factor;
    las.write(folder / "a.las");
    const Indexed made = index({folder / "a.las"}, folder / "octree");
    ASSERT_TRUE(made.report.ok()) << made.report.error().text();
    EXPECT_EQ(made.problems.count(ProblemKind::assumption, "las.header_bounds"), 1u);
    const PotreeFolder octree(folder / "octree");
    expectSound(octree);
    EXPECT_NEAR(octree.nodes[0].high[0] - octree.nodes[0].low[0], 900, 10);
    EXPECT_EQ(rowsOf(octree), rowsOf(las));
  }
}

TEST(BadCloud, WrongCountAndExtraBytesBeyondTheRecordAreTold) {
  const TempFolder folder;
  LasBytes las{.format = 6, .extra_bytes = 2, .extra_names = {"a", "b", "c", "d"}};
  las.addSurface(100, 9000, 3);
  las.stated = 4000000000u;
  // Only the first of the four described attributes has room.
  std::ofstream(folder / "a.las", std::ios::binary) << las.bytes();
  const Indexed made = index({folder / "a.las"}, folder / "octree");
  ASSERT_TRUE(made.report.ok()) << made.report.error().text();
  EXPECT_EQ(made.report->points, 100u);
  EXPECT_EQ(made.problems.count(ProblemKind::skipped, "las.truncated"), 1u);
  EXPECT_EQ(made.problems.count(ProblemKind::assumption, "las.extra_bytes"), 1u);
  las.extra_names = {"a"};
  EXPECT_EQ(rowsOf(PotreeFolder(folder / "octree")), rowsOf(las));
}

TEST(BadCloud, NothingToIndexIsSaid) {
  const TempFolder folder;
  LasBytes las;
  las.write(folder / "none.las");
  std::ofstream(folder / "words.xyz") << "no numbers here\nat all\n";
  std::ofstream(folder / "nan.xyz") << "nan nan nan\nnan nan nan\n";
  for (const char* name : {"none.las", "words.xyz", "nan.xyz", "missing.las"}) {
    const Indexed made = index({folder / name}, folder / "octree");
    ASSERT_FALSE(made.report.ok()) << name;
    EXPECT_FALSE(made.report.error().what.empty());
    EXPECT_FALSE(std::filesystem::exists(folder / "octree")) << name;
  }
}

TEST(BadCloud, OtherFoldersAreNotOverwritten) {
  const TempFolder folder;
  LasBytes las;
  las.addSurface(100, 9000, 3);
  las.write(folder / "a.las");
  std::filesystem::create_directory(folder / "mine");
  std::ofstream(folder / "mine/letter.txt") << "keep";
  const Indexed made = index({folder / "a.las"}, folder / "mine");
  ASSERT_FALSE(made.report.ok());
  EXPECT_EQ(made.report.error().code, ErrorCode::bad_input);
  EXPECT_TRUE(std::filesystem::exists(folder / "mine/letter.txt"));
}

}  // namespace
}  // namespace hashimichi
