#pragma once
#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

#include "geo/points/big_buffer.h"
#include "geo/points/index_space.h"

namespace hashimichi::points {

/// Chooses among the points of one node, in the order in which they are offered, every one that keeps its distance
/// from those chosen before: a maximal sample with no two points nearer than the node's spacing (Poisson disk).
///
/// A grid of 128³ cells, one spacing wide, holds what was chosen; a new point is held against its own cell and the 26
/// around it. The grid is never cleared: entries below the number that the node began with are of earlier nodes.
class EvenSampler {
 public:
  EvenSampler();
  /// @param low  the node's corner, place_bits an axis
  void begin(int level, std::uint32_t low_x, std::uint32_t low_y, std::uint32_t low_z);

  /// True when the point is chosen.
  bool offer(std::uint32_t x, std::uint32_t y, std::uint32_t z) {
    const std::uint32_t dx = x - low_[0], dy = y - low_[1], dz = z - low_[2];
    const std::uint32_t cell = ((dx >> shift_) + 1) * row_x + ((dy >> shift_) + 1) * row_y + (dz >> shift_) + 1;
    const float px = static_cast<float>(static_cast<std::int32_t>(dx)) * unit_,
                py = static_cast<float>(static_cast<std::int32_t>(dy)) * unit_,
                pz = static_cast<float>(static_cast<std::int32_t>(dz)) * unit_;
    // The own cell turns most points away. Of the others few hold anything, which is found without a branch for each.
    if (taken(head_[cell], px, py, pz)) return false;
    for (std::uint32_t filled = filledAround(cell) & ~own_cell; filled != 0; filled &= filled - 1)
      if (taken(head_[static_cast<std::int32_t>(cell) + neighbours_[std::countr_zero(filled)]], px, py, pz))
        return false;
    keep(cell, px, py, pz);
    return true;
  }

 private:
  static constexpr std::uint32_t side = (1 << sampling_levels) + 2, row_y = side, row_x = side * side;
  static constexpr std::uint32_t own_cell = 1 << 4;  ///< its bit among the 27
  typedef std::int32_t Lanes __attribute__((vector_size(16)));
  struct Chosen {
    float x, y, z;
    std::int32_t next;
  };

  /// A bit for each of the 27 cells around that holds a chosen point, in the order of `neighbours_`.
  std::uint32_t filledAround(std::uint32_t cell) const {
    const std::int32_t* corner = head_ + cell - row_x - row_y - 1;
    Lanes bits{};
    for (std::int32_t row = 0; row < 9; ++row) {
      Lanes entries;  // three cells one above the other and one that does not count
      std::memcpy(&entries, corner + (row / 3) * row_x + (row % 3) * row_y, sizeof(entries));
      bits |= (entries >= base_) & (1 << row);
    }
    return static_cast<std::uint32_t>(bits[1] | bits[0] << 9 | bits[2] << 18);
  }

  bool taken(std::int32_t entry, float x, float y, float z) const {
    while (entry >= base_) {
      const Chosen& other = chosen_[static_cast<std::size_t>(entry - base_)];
      const float dx = other.x - x, dy = other.y - y, dz = other.z - z;
      if (dx * dx + dy * dy + dz * dz < 1.0f) return true;
      entry = other.next;
    }
    return false;
  }
  void keep(std::uint32_t cell, float x, float y, float z) {
    const std::int32_t entry = base_ + static_cast<std::int32_t>(chosen_.size());
    chosen_.push_back({x, y, z, head_[cell]});
    head_[cell] = entry;
  }

  BigBuffer<std::int32_t> grid_;
  std::int32_t* head_;
  std::vector<Chosen> chosen_;
  std::int32_t neighbours_[27];
  std::int32_t base_ = 1;
  std::uint32_t low_[3]{};
  int shift_ = 0;
  float unit_ = 1;
};

}  // namespace hashimichi::points
