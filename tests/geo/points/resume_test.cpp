#include <sys/wait.h>
#include <unistd.h>

#include "tests/geo/points/index_check.h"
#include "tests/support/shared_data.h"

namespace hashimichi {
namespace {

using namespace tests;

constexpr std::uint32_t many = 2'800'000;

std::array<std::int32_t, 3> placeOf(std::uint32_t i) {
  const std::uint32_t a = i * 2654435761u, b = (i ^ 0x5bd1e995u) * 2246822519u;
  return {static_cast<std::int32_t>(a % 2'000'000), static_cast<std::int32_t>(b % 2'000'000),
          static_cast<std::int32_t>(a % 60'000)};
}

/// More points than are kept in memory at 128 MiB, format 0, each with its number in intensity and user data.
void writeMany(const std::filesystem::path& path) {
  LasBytes las{.format = 0, .minor = 2};
  std::mt19937 random(5);
  las.add(0, 0, 0, random), las.add(2'000'000, 2'000'000, 60'000, random);
  std::string bytes = las.bytes();
  const std::size_t head = bytes.size() - 2 * las.recordBytes();
  bytes.resize(head + std::size_t{many} * 20);
  for (std::uint32_t i = 0; i < many; ++i) {
    char* at = bytes.data() + head + std::size_t{i} * 20;
    std::memset(at, 0, 20);
    const auto xyz = placeOf(i);
    std::memcpy(at, xyz.data(), 12);
    std::memcpy(at + 12, &i, 2);
    at[14] = 9, at[15] = 2;
    at[17] = static_cast<char>(i >> 16);
  }
  LasBytes::put<std::uint32_t>(bytes, 107, many);
  std::ofstream(path, std::ios::binary) << bytes;
}

std::uint64_t sumOf(std::initializer_list<std::int64_t> numbers) {
  std::uint64_t sum = 0xcbf29ce484222325u;
  for (const std::int64_t number : numbers) sum = (sum ^ static_cast<std::uint64_t>(number)) * 0x100000001b3u;
  return sum;
}
std::uint64_t sumOfWritten() {
  std::uint64_t sum = 0;
  for (std::uint32_t i = 0; i < many; ++i) {
    const auto p = placeOf(i);
    sum += sumOf({p[0], p[1], p[2], i & 0xffff, i >> 16});
  }
  return sum;
}

/// The same for the same points whatever nodes they are in, and how many there are.
std::pair<std::uint64_t, std::uint64_t> sumOf(const PotreeFolder& folder) {
  std::map<std::string, const PotreeFolder::Attribute*> by_name;
  for (const auto& attribute : folder.attributes) by_name[attribute.name] = &attribute;
  std::uint64_t sum = 0, points = 0;
  for (const auto& node : folder.nodes)
    for (std::uint32_t i = 0; i < node.points; ++i, ++points) {
      const auto of = [&](const char* name, int e = 0) {
        return static_cast<std::int64_t>(folder.number(node, i, *by_name[name], e));
      };
      sum += sumOf({of("position", 0), of("position", 1), of("position", 2), of("intensity"), of("user data")});
    }
  return {points, sum};
}

/// Ends the program without another word, as a kill does, when a step has come so far.
class Killed final : public Progress {
 public:
  Killed(double fraction, std::string step) : fraction_(fraction), step_(std::move(step)) {}
  bool cancelled() const override { return false; }
  void report(double fraction, std::string_view step) override {
    if (fraction >= fraction_ && step == step_) ::_exit(9);
  }

 private:
  double fraction_;
  std::string step_;
};

/// @returns whether it was killed on the way
bool indexAndDie(const std::filesystem::path& file, const std::filesystem::path& out, double fraction,
                 const std::string& step) {
  const pid_t child = ::fork();
  if (child == 0) {
    Killed progress(fraction, step);
    (void)index({file}, out, 128, &progress);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 9;
}

class Resume : public ::testing::Test {
 protected:
  Resume() { writeMany(folder_ / "a.las"); }
  void expectWhole(const Indexed& made) {
    ASSERT_TRUE(made.report.ok()) << made.report.error().text();
    EXPECT_EQ(made.report->points, many);
    const PotreeFolder octree(folder_ / "octree");
    EXPECT_EQ(sumOf(octree), std::pair(std::uint64_t{many}, sumOfWritten()));
    std::size_t left = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
      left += entry.path().filename().string().starts_with(".");
    EXPECT_EQ(left, 0u) << "what was half built is gone";
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / "octree"))
      EXPECT_NE(entry.path().extension(), ".tmp") << entry.path();
  }
  TempFolder folder_;
};

TEST_F(Resume, AnIndexThatWasKilledWhileBuildingGoesOnWithWhatWasBuilt) {
  ASSERT_TRUE(indexAndDie(folder_ / "a.las", folder_ / "octree", 0.75, "building"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "octree"));
  const Indexed made = index({folder_ / "a.las"}, folder_ / "octree", 128);
  EXPECT_EQ(made.problems.count(ProblemKind::assumption, "index.resumed"), 1u);
  for (const Problem& line : made.problems.lines())
    if (line.code == "index.resumed") {
      EXPECT_EQ(line.what.find(" and 0 of "), std::string::npos) << line.what;
    }
  expectWhole(made);
}

TEST_F(Resume, OneThatWasKilledBeforeBeginsAnewAndSaysSo) {
  ASSERT_TRUE(indexAndDie(folder_ / "a.las", folder_ / "octree", 0.2, "distributing"));
  const Indexed made = index({folder_ / "a.las"}, folder_ / "octree", 128);
  EXPECT_EQ(made.problems.count(ProblemKind::assumption, "index.restarted"), 1u);
  expectWhole(made);
}

TEST_F(Resume, OfAFileThatChangedMeanwhileNothingIsTaken) {
  ASSERT_TRUE(indexAndDie(folder_ / "a.las", folder_ / "octree", 0.75, "building"));
  std::filesystem::last_write_time(folder_ / "a.las",
                                   std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
  const Indexed made = index({folder_ / "a.las"}, folder_ / "octree", 128);
  EXPECT_EQ(made.problems.count(ProblemKind::assumption, "index.restarted"), 1u);
  expectWhole(made);
}

}  // namespace
}  // namespace hashimichi
