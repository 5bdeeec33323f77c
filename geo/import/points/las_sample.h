#pragma once
#include <vector>

#include "geo/crs/transform.h"
#include "geo/import/points/las_reader.h"
#include "geo/model/point_cloud.h"

namespace hashimichi::import {

/// Points of one survey that are kept for drawing: about 30 MB with colours.
inline constexpr std::size_t sample_budget = 2000000;

/// Every n-th point of a stream, never more than the budget: when it is full, every second one goes and n doubles.
class LasSample {
 public:
  /// @param expected  how many points will come, as far as is known
  explicit LasSample(std::uint64_t expected, std::size_t budget = sample_budget);
  void offer(const LasPoint& point);

  std::uint64_t seen() const { return seen_; }
  /// Of all points offered, in the file's CRS.
  const Bounds& bounds() const { return bounds_; }
  const std::vector<std::size_t>& countByClass() const { return count_by_class_; }

  struct Local {
    model::PointSample sample;
    Bounds bounds;
    std::size_t lost = 0;  ///< kept points that have no place in the frame
  };
  /// The kept points in the local frame. @param swap_axes  the file writes northing (latitude) first
  Local toLocal(const crs::ToLocal& transform, bool swap_axes) const;

 private:
  void halve();

  std::size_t budget_;
  std::uint64_t step_ = 1, seen_ = 0;
  Bounds bounds_;
  std::vector<std::size_t> count_by_class_ = std::vector<std::size_t>(256);
  std::vector<LasPoint> kept_;
  std::uint16_t brightest_ = 0;
};

}  // namespace hashimichi::import
