#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

#include "geo/points/big_buffer.h"
#include "geo/points/chunk_store.h"

namespace hashimichi::points {

/// One thread's way into many heaps: small buffers that go to the store when they are full, within a fixed memory.
class HeapWriter {
 public:
  /// @param first_heap  number in the store of this writer's heap 0
  HeapWriter(ChunkStore& store, std::uint32_t first_heap, std::uint32_t heaps, std::size_t memory_bytes,
             std::uint32_t record_bytes);

  /// False when the store failed; `failure()` tells why.
  bool add(std::uint32_t heap, const std::byte* record) {
    std::uint32_t slot = slot_of_heap_[heap];
    if (slot == no_slot) {
      if (used_ == heap_of_slot_.size())
        if (!flushed()) return false;
      slot = slot_of_heap_[heap] = used_++;
      heap_of_slot_[slot] = heap;
      fill_[slot] = 0;
    }
    std::byte* at = memory_.data() + slot * slot_bytes_ + fill_[slot];
    // Records are copied in whole words; a slot has room for the last one's overhang.
    for (std::uint32_t word = 0; word < words_; ++word) std::memcpy(at + 8 * word, record + 8 * word, 8);
    fill_[slot] += record_bytes_;
    return fill_[slot] + 8 * words_ <= slot_bytes_ || emptied(slot);
  }
  Status flush() { return flushed() ? done() : Status(*error_); }
  const Error& failure() const { return *error_; }

 private:
  static constexpr std::uint32_t no_slot = 0xffffffff;
  bool emptied(std::uint32_t slot);
  bool flushed();

  ChunkStore& store_;
  std::uint32_t first_heap_, record_bytes_, words_, used_ = 0;
  std::size_t slot_bytes_;
  BigBuffer<std::byte> memory_;
  std::vector<std::uint32_t> slot_of_heap_, heap_of_slot_;
  std::vector<std::size_t> fill_;
  std::optional<Error> error_;
};

}  // namespace hashimichi::points
