// Plays a corpus through a fuzz entry without libFuzzer: every seed whole, cut at every tenth byte, and with bytes
// changed in a way that is the same in every run. Ends well when nothing crashed; a crash names the seed on stderr.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <iterator>

#include "tests/fuzz/fuzz_entry.h"

namespace {

namespace fs = std::filesystem;

/// Large seeds are cut less often: the run of a corpus must stay in the seconds.
constexpr std::size_t most_cuts = 200;
constexpr int changes = 100;

void play(std::string_view bytes) {
  // A copy of exactly this size, so that the address sanitizer sees every step beyond it.
  const std::vector<std::uint8_t> exact(bytes.begin(), bytes.end());
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

void playAround(const std::string& seed) {
  play(seed);
  const std::size_t step = std::max<std::size_t>(10, seed.size() / most_cuts);
  for (std::size_t size = 0; size < seed.size(); size += step) play(std::string_view(seed).substr(0, size));
  std::uint32_t state = 0x9E3779B9u;
  const auto next = [&state] {  // xorshift32 (Marsaglia 2003)
    state ^= state << 13, state ^= state >> 17, state ^= state << 5;
    return state;
  };
  constexpr std::string_view telling("\0\xFF<>&\"'=,;-0189.eE \n\x80", 21);
  for (int i = 0; i < changes && !seed.empty(); ++i) {
    std::string changed = seed;
    for (std::uint32_t n = 1 + next() % 4; n > 0; --n)
      changed[next() % changed.size()] = telling[next() % telling.size()];
    play(changed);
  }
}

std::string contentOf(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<fs::path> filesBelow(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// For libFuzzer, which takes seeds as files only.
int writeSeeds(const fs::path& folder) {
  fs::create_directories(folder);
  int number = 0;
  for (const std::string& seed : hashimichi::fuzz::madeSeeds())
    std::ofstream(folder / ("made-" + std::to_string(number++)), std::ios::binary) << seed;
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::strcmp(argv[1], "--write-seeds") == 0) return writeSeeds(argv[2]);
  std::size_t seeds = 0;
  play({});
  for (const std::string& seed : hashimichi::fuzz::madeSeeds()) playAround(seed), ++seeds;
  for (int i = 1; i < argc; ++i)
    for (const fs::path& path : filesBelow(argv[i])) {
      std::fprintf(stderr, "%s\n", path.string().c_str());
      playAround(contentOf(path)), ++seeds;
    }
  std::fprintf(stderr, "%zu seeds played\n", seeds);
  return seeds > 0 ? 0 : 1;  // an entry without seeds tests nothing
}
