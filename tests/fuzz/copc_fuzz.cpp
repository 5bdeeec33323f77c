// COPC: the record "copc", the pages of the hierarchy, and each node's chunk on its way through LASzip.
#include <algorithm>
#include <cstring>
#include <iterator>

#include "geo/export/point_cloud_file.h"
#include "geo/points/octree.h"
#include "tests/fuzz/fuzz_entry.h"
#include "tests/geo/points/made_octree.h"

namespace {
constexpr std::size_t most_nodes_loaded = 64;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hashimichi;
  static const fuzz::FuzzFolder folder;
  const auto path = folder.write("any.copc.laz", fuzz::textOf(data, size));
  Problems problems;
  const auto octree = points::openOctree(path, problems);
  if (!octree) return 0;
  for (std::size_t i = 0; i < std::min((*octree)->nodes().size(), most_nodes_loaded); ++i) (void)(*octree)->load(i);
  return 0;
}

std::vector<std::string> hashimichi::fuzz::madeSeeds() {
  const FuzzFolder folder;
  const auto path = folder.write("seed.copc.laz", "");
  SilentProgress progress;
  const auto written = exporting::writePointFile(tests::MadeOctree(1), {tests::madeFrame(), "EPSG:6676"}, {},
                                                 exporting::PointFormat::copc, path, progress);
  if (!written) return {};
  std::ifstream stream(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  std::vector<std::string> seeds{bytes, bytes.substr(0, bytes.size() / 2)};
  // The root's entry as a page that points to itself: a circle.
  std::string circle = bytes;
  const std::size_t hierarchy = bytes.size() - 5 * 32;
  const std::uint64_t at = hierarchy;
  const std::int32_t page = -1;
  std::memcpy(circle.data() + hierarchy + 16, &at, sizeof at);
  std::memcpy(circle.data() + hierarchy + 28, &page, sizeof page);
  seeds.push_back(circle);
  return seeds;
}
