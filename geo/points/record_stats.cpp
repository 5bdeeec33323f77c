#include "geo/points/record_stats.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

namespace hashimichi::points {
namespace {

template <typename T>
void widen(const std::byte* at, std::size_t stride, std::size_t count, RecordStats::Range& range) {
  T low = std::numeric_limits<T>::max(), high = std::numeric_limits<T>::lowest();
  for (std::size_t i = 0; i < count; ++i, at += stride) {
    T value;
    std::memcpy(&value, at, sizeof(T));
    if constexpr (std::is_floating_point_v<T>)
      if (!std::isfinite(value)) continue;
    low = value < low ? value : low;
    high = value > high ? value : high;
  }
  if (low > high) return;
  const auto l = static_cast<double>(low), h = static_cast<double>(high);
  range.low = range.any ? std::min(range.low, l) : l;
  range.high = range.any ? std::max(range.high, h) : h;
  range.any = true;
}

using Widen = void (*)(const std::byte*, std::size_t, std::size_t, RecordStats::Range&);
constexpr Widen widen_of[]{widen<std::int8_t>,  widen<std::uint8_t>,  widen<std::int16_t>, widen<std::uint16_t>,
                           widen<std::int32_t>, widen<std::uint32_t>, widen<std::int64_t>, widen<std::uint64_t>,
                           widen<float>,        widen<double>};

}  // namespace

RecordStats::RecordStats(const RecordLayout& layout) : layout_(&layout) {
  for (const Field& field : layout.fields()) ranges_.emplace_back(static_cast<std::size_t>(field.elements));
}

void RecordStats::add(const std::byte* records, std::size_t count) {
  const std::size_t stride = layout_->bytes();
  points_ += count;
  // In runs that stay in the nearest cache while every attribute passes over them.
  const std::size_t run = std::max<std::size_t>(64, 16384 / stride);
  for (std::size_t first = 0; first < count; first += run) {
    const std::byte* at = records + first * stride;
    const std::size_t n = std::min(run, count - first);
    for (std::size_t f = 0; f < ranges_.size(); ++f) {
      const Field& field = layout_->fields()[f];
      const auto step = static_cast<std::size_t>(bytesOf(field.type));
      for (std::size_t e = 0; e < ranges_[f].size(); ++e)
        widen_of[static_cast<int>(field.type)](at + field.offset + e * step, stride, n, ranges_[f][e]);
    }
  }
  if (const auto classes = layout_->offsetOf(field::classification))
    for (std::size_t i = 0; i < count; ++i)
      ++count_by_class_[std::to_integer<std::uint8_t>(records[i * stride + *classes])];
}

void RecordStats::write(Notes& notes) const {
  notes.put(points_);
  for (const std::vector<Range>& ranges : ranges_) notes.list(ranges);
  notes.put(count_by_class_);
}

bool RecordStats::read(NotesReader& notes) {
  points_ = notes.take<std::uint64_t>();
  for (std::vector<Range>& ranges : ranges_) {
    const std::vector<Range> noted = notes.list<Range>();
    if (noted.size() != ranges.size()) return false;
    ranges = noted;
  }
  count_by_class_ = notes.take<std::array<std::uint64_t, 256>>();
  return notes.sound();
}

void RecordStats::add(const RecordStats& other) {
  points_ += other.points_;
  for (std::size_t f = 0; f < ranges_.size(); ++f)
    for (std::size_t e = 0; e < ranges_[f].size(); ++e) {
      Range& mine = ranges_[f][e];
      const Range& theirs = other.ranges_[f][e];
      if (!theirs.any) continue;
      mine = mine.any ? Range{std::min(mine.low, theirs.low), std::max(mine.high, theirs.high), true} : theirs;
    }
  for (std::size_t i = 0; i < 256; ++i) count_by_class_[i] += other.count_by_class_[i];
}

}  // namespace hashimichi::points
