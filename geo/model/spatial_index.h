#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "geo/core/geometry.h"

namespace hashimichi::model {

/// Finds what lies near a place: boxes (x, y) hashed into square cells. Filled once, then only asked; asking is
/// thread-safe. Items are the caller's indices.
class SpatialIndex {
 public:
  explicit SpatialIndex(double cell_m) : cell_m_(cell_m) {}

  /// Boxes that are empty or not finite are never found.
  void insert(const Bounds& box, std::size_t item) {
    if (box.empty() || !std::isfinite(box.low.x + box.low.y + box.high.x + box.high.y)) return;
    const std::int64_t c0 = cellOf(box.low.x), c1 = cellOf(box.high.x), r0 = cellOf(box.low.y), r1 = cellOf(box.high.y);
    if (c1 - c0 >= large_cells || r1 - r0 >= large_cells) {
      large_.push_back(item);
      return;
    }
    for (std::int64_t r = r0; r <= r1; ++r)
      for (std::int64_t c = c0; c <= c1; ++c) cells_[key(c, r)].push_back(item);
  }

  /// Items whose box may touch this one, each once, in ascending order.
  std::vector<std::size_t> touching(const Bounds& box) const {
    std::vector<std::size_t> found = large_;
    if (box.empty() || !std::isfinite(box.low.x + box.low.y + box.high.x + box.high.y)) return found;
    const std::int64_t c0 = cellOf(box.low.x), c1 = cellOf(box.high.x), r0 = cellOf(box.low.y), r1 = cellOf(box.high.y);
    const double asked = static_cast<double>(c1 - c0 + 1) * static_cast<double>(r1 - r0 + 1);
    if (asked > static_cast<double>(cells_.size())) {
      for (const auto& [unused, items] : cells_) found.insert(found.end(), items.begin(), items.end());
    } else {
      for (std::int64_t r = r0; r <= r1; ++r)
        for (std::int64_t c = c0; c <= c1; ++c)
          if (const auto cell = cells_.find(key(c, r)); cell != cells_.end())
            found.insert(found.end(), cell->second.begin(), cell->second.end());
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  std::vector<std::size_t> near(Vec3d place, double radius_m) const {
    Bounds box;
    box.add(place - Vec3d{radius_m, radius_m, 0});
    box.add(place + Vec3d{radius_m, radius_m, 0});
    return touching(box);
  }

 private:
  /// A box over more cells than this a side would cost more to enter than it saves.
  static constexpr std::int64_t large_cells = 64;

  std::int64_t cellOf(double metres) const {
    // Clamped so that a coordinate far outside any town cannot overflow.
    return static_cast<std::int64_t>(std::clamp(std::floor(metres / cell_m_), -1e9, 1e9));
  }
  static std::uint64_t key(std::int64_t column, std::int64_t row) {
    return static_cast<std::uint64_t>(column) << 32 ^ static_cast<std::uint64_t>(static_cast<std::uint32_t>(row));
  }

  double cell_m_;
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> cells_;
  std::vector<std::size_t> large_;
};

}  // namespace hashimichi::model
