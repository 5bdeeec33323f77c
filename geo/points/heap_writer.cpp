#include "geo/points/heap_writer.h"

#include <algorithm>

namespace hashimichi::points {
namespace {

/// Larger pieces make the temporary file no faster.
constexpr std::size_t most_slot_bytes = 256u << 10, least_slot_bytes = 8u << 10;

}  // namespace

HeapWriter::HeapWriter(ChunkStore& store, std::uint32_t first_heap, std::uint32_t heaps, std::size_t memory_bytes,
                       std::uint32_t record_bytes)
    : store_(store), first_heap_(first_heap), record_bytes_(record_bytes), words_((record_bytes + 7) / 8) {
  const std::size_t even_share = memory_bytes / std::max<std::uint32_t>(1, heaps);
  slot_bytes_ = std::clamp(even_share, least_slot_bytes, most_slot_bytes);
  slot_bytes_ = std::max<std::size_t>(slot_bytes_, 16 * words_) / 8 * 8;
  const std::size_t slots = std::min<std::size_t>(heaps, std::max<std::size_t>(1, memory_bytes / slot_bytes_));
  memory_ = BigBuffer<std::byte>(slots * slot_bytes_);
  slot_of_heap_.assign(heaps, no_slot);
  heap_of_slot_.assign(slots, 0);
  fill_.assign(slots, 0);
}

bool HeapWriter::emptied(std::uint32_t slot) {
  if (fill_[slot] == 0) return true;
  const Status written =
      store_.append(first_heap_ + heap_of_slot_[slot], memory_.data() + slot * slot_bytes_, fill_[slot]);
  fill_[slot] = 0;
  if (!written) error_ = written.error();
  return written.ok();
}

bool HeapWriter::flushed() {
  for (std::uint32_t slot = 0; slot < used_; ++slot) {
    if (!emptied(slot)) return false;
    slot_of_heap_[heap_of_slot_[slot]] = no_slot;
  }
  used_ = 0;
  return true;
}

}  // namespace hashimichi::points
