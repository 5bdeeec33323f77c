#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "geo/core/result.h"
#include "geo/points/index_file.h"
#include "geo/points/index_notes.h"

namespace hashimichi::points {

/// Records waiting between two passes, in as many heaps as there are chunks: in one temporary file, in regions that
/// each belong to one heap, or in memory when they are few. Heaps may be filled by several threads at once; a heap is
/// read when nobody fills it any more.
class ChunkStore {
 public:
  /// Room for one heap to grow by; larger ones make the file more sequential, smaller ones waste less of it.
  static constexpr std::size_t region_bytes = 1u << 20;

  static ChunkStore inMemory() { return ChunkStore(); }
  /// write_failed
  static Result<ChunkStore> inFile(const std::filesystem::path& path);

  /// A file that an earlier run filled, by what `write` noted. @returns write_failed, unreadable
  static Result<ChunkStore> again(const std::filesystem::path& path, NotesReader& notes);
  /// Which heaps lie where; not while somebody fills them.
  void write(Notes& notes) const;
  bool inFile() const { return in_file_; }

  /// @returns the number of the first of `count` new heaps
  std::uint32_t addHeaps(std::uint32_t count);
  std::uint64_t bytes(std::uint32_t heap) const { return heaps_[heap].bytes; }
  Status append(std::uint32_t heap, const std::byte* data, std::size_t bytes);
  /// @param at  bytes from the beginning of the heap
  Status read(std::uint32_t heap, std::uint64_t at, std::byte* data, std::size_t bytes) const;
  /// Forgets the heap and gives its place back.
  void drop(std::uint32_t heap);
  /// Everything, for another beginning.
  void clear();
  std::uint64_t fileBytes() const { return most_bytes_; }

 private:
  struct Heap {
    std::uint64_t bytes = 0;
    std::vector<std::uint64_t> regions;          ///< places in the file
    std::vector<std::vector<std::byte>> blocks;  ///< in memory
  };
  ChunkStore() = default;
  Status appendToFile(Heap& heap, const std::byte* data, std::size_t bytes);

  std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();
  bool in_file_ = false;
  IndexFile file_;
  std::vector<Heap> heaps_;
  std::vector<std::uint64_t> free_regions_;
  std::uint64_t end_ = 0, held_bytes_ = 0, most_bytes_ = 0;
};

}  // namespace hashimichi::points
