#include "geo/points/chunk_store.h"

#include <algorithm>
#include <cstring>

namespace hashimichi::points {

Result<ChunkStore> ChunkStore::inFile(const std::filesystem::path& path) {
  Result<IndexFile> file = IndexFile::create(path);
  if (!file) return file.error();
  ChunkStore store;
  store.in_file_ = true;
  store.file_ = std::move(*file);
  return store;
}

void ChunkStore::write(Notes& notes) const {
  notes.put<std::uint64_t>(heaps_.size());
  for (const Heap& heap : heaps_) notes.put(heap.bytes), notes.list(heap.regions);
  notes.list(free_regions_);
  notes.put(end_);
}

Result<ChunkStore> ChunkStore::again(const std::filesystem::path& path, NotesReader& notes) {
  Result<IndexFile> file = IndexFile::again(path);
  if (!file) return file.error();
  ChunkStore store;
  store.in_file_ = true;
  const auto heaps = notes.take<std::uint64_t>();
  for (std::uint64_t i = 0; i < heaps && notes.sound(); ++i) {
    Heap& heap = store.heaps_.emplace_back();
    heap.bytes = notes.take<std::uint64_t>();
    heap.regions = notes.list<std::uint64_t>();
    store.held_bytes_ += heap.bytes;
    for (const std::uint64_t region : heap.regions)
      if (heap.bytes > heap.regions.size() * region_bytes || region > file->size())
        return Error{ErrorCode::unreadable, {}, "The notes of an interrupted index are damaged.", {}};
  }
  store.free_regions_ = notes.list<std::uint64_t>();
  store.end_ = notes.take<std::uint64_t>();
  store.most_bytes_ = store.held_bytes_;
  store.file_ = std::move(*file);
  return store;
}

std::uint32_t ChunkStore::addHeaps(std::uint32_t count) {
  const std::lock_guard lock(*mutex_);
  const auto first = static_cast<std::uint32_t>(heaps_.size());
  heaps_.resize(heaps_.size() + count);
  return first;
}

Status ChunkStore::append(std::uint32_t number, const std::byte* data, std::size_t bytes) {
  if (in_file_) return appendToFile(heaps_[number], data, bytes);
  std::vector<std::byte> block(data, data + bytes);
  const std::lock_guard lock(*mutex_);
  heaps_[number].blocks.push_back(std::move(block));
  heaps_[number].bytes += bytes;
  return done();
}

Status ChunkStore::appendToFile(Heap& heap, const std::byte* data, std::size_t bytes) {
  std::uint64_t at = 0;
  std::vector<std::uint64_t> regions;  // those that this piece touches
  {
    const std::lock_guard lock(*mutex_);
    at = heap.bytes;
    heap.bytes += bytes;
    while (heap.regions.size() * region_bytes < heap.bytes) {
      if (free_regions_.empty()) {
        heap.regions.push_back(end_);
        end_ += region_bytes;
      } else {
        heap.regions.push_back(free_regions_.back());
        free_regions_.pop_back();
      }
    }
    const auto first = heap.regions.begin() + static_cast<std::ptrdiff_t>(at / region_bytes);
    regions.assign(first, heap.regions.end());
    held_bytes_ += bytes;
    most_bytes_ = std::max(most_bytes_, held_bytes_);
  }
  for (std::size_t i = 0; bytes > 0; ++i) {
    const std::uint64_t within = i == 0 ? at % region_bytes : 0;
    const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, region_bytes - within));
    if (const Status written = file_.write(data, part, regions[i] + within); !written) return written;
    data += part, bytes -= part;
  }
  return done();
}

Status ChunkStore::read(std::uint32_t number, std::uint64_t at, std::byte* data, std::size_t bytes) const {
  const Heap& heap = heaps_[number];
  if (in_file_) {
    while (bytes > 0) {
      const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, region_bytes - at % region_bytes));
      const Status got = file_.read(data, part, heap.regions[at / region_bytes] + at % region_bytes);
      if (!got) return got;
      data += part, bytes -= part, at += part;
    }
    return done();
  }
  for (const std::vector<std::byte>& block : heap.blocks) {
    if (bytes == 0) break;
    if (at >= block.size()) {
      at -= block.size();
      continue;
    }
    const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, block.size() - at));
    std::memcpy(data, block.data() + at, part);
    data += part, bytes -= part, at = 0;
  }
  return done();
}

void ChunkStore::drop(std::uint32_t number) {
  Heap dropped;
  {
    const std::lock_guard lock(*mutex_);
    dropped = std::exchange(heaps_[number], {});
    held_bytes_ -= std::min(held_bytes_, dropped.bytes);
  }
  for (const std::uint64_t region : dropped.regions) file_.release(region, region_bytes);
  const std::lock_guard lock(*mutex_);
  free_regions_.insert(free_regions_.end(), dropped.regions.begin(), dropped.regions.end());
}

void ChunkStore::clear() {
  for (std::uint32_t i = 0; i < heaps_.size(); ++i) drop(i);
  heaps_.clear();
}

}  // namespace hashimichi::points
