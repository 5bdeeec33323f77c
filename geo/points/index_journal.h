#pragma once
#include <cstddef>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "geo/points/distribute.h"
#include "geo/points/index_file.h"
#include "geo/points/octree_writer.h"
#include "geo/points/subtree_builder.h"

namespace hashimichi::points {

/// Where a build stands when all points lie on their heaps: what a later call needs to go on from there.
struct BuildState {
  Steps steps;
  Bounds assumed;
  std::uint64_t octree_bytes = 0;
  std::vector<Crown> chunks, crowns;
  std::vector<WrittenNode> undivided;
};

/// A chunk that is built: its nodes are in octree.bin, and this is what waits for the nodes above.
struct BuiltChunk {
  std::uint32_t heap = 0;
  std::vector<WrittenNode> nodes;
  std::vector<std::byte> crown;
};

/// What the build depends on: the files by name, size and time, and how it was asked for. The machine's present run is
/// part of it: after a power cut files may lack what was written to them.
std::string fingerprint(const std::vector<std::filesystem::path>& files, const std::string& source_crs, int memory_mib,
                        int threads, const RecordLayout& layout);

/// Written once, in one piece, when the points are distributed. @returns write_failed
Status writeState(const std::filesystem::path& path, const std::string& fingerprint, const BuildState& state,
                  const Distribution& distribution, const ChunkStore& store);

struct ReadState {
  BuildState state;
  Distribution distribution;
  ChunkStore store;
};
/// Nothing when there is none, when it is of other files or another machine run, or is cut off.
std::optional<ReadState> readState(const std::filesystem::path& path, const std::filesystem::path& points_file,
                                   const std::string& fingerprint, const RecordLayout& layout, std::size_t sources);

/// One record for every chunk that is built. Threads may add at once.
class BuildJournal {
 public:
  /// Goes on behind what is there. @returns write_failed
  static Result<std::unique_ptr<BuildJournal>> open(const std::filesystem::path& path);
  Status add(const BuiltChunk& chunk);
  /// All whole records; one that was cut off by the end of the program is none.
  static std::vector<BuiltChunk> read(const std::filesystem::path& path);

 private:
  std::mutex mutex_;
  IndexFile file_;
};

}  // namespace hashimichi::points
