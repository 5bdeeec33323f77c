#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "geo/points/index_notes.h"
#include "geo/points/record_layout.h"

namespace hashimichi::points {

/// Lowest and highest value of every attribute and points per class; of one thread, then added up.
class RecordStats {
 public:
  struct Range {
    double low = 0, high = 0;
    bool any = false;  ///< false: no value was a number
  };
  explicit RecordStats(const RecordLayout& layout);

  void add(const std::byte* records, std::size_t count);
  void add(const RecordStats& other);

  void write(Notes& notes) const;
  /// False when they are not of this layout.
  bool read(NotesReader& notes);

  std::uint64_t points() const { return points_; }
  /// As many as the attribute has elements.
  const std::vector<Range>& ranges(std::size_t field) const { return ranges_[field]; }
  const std::array<std::uint64_t, 256>& countByClass() const { return count_by_class_; }

 private:
  const RecordLayout* layout_;
  std::uint64_t points_ = 0;
  std::vector<std::vector<Range>> ranges_;
  std::array<std::uint64_t, 256> count_by_class_{};
};

}  // namespace hashimichi::points
