#include "geo/import/points/las_sample.h"

#include <algorithm>

namespace hashimichi::import {

LasSample::LasSample(std::uint64_t expected, std::size_t budget) : budget_(std::max<std::size_t>(2, budget)) {
  if (expected > budget_) step_ = (expected + budget_ - 1) / budget_;
}

void LasSample::offer(const LasPoint& point) {
  ++count_by_class_[point.classification];
  bounds_.add(point.position);
  if (seen_++ % step_ != 0) return;
  if (kept_.size() == budget_) {
    halve();
    if ((seen_ - 1) % step_ != 0) return;
  }
  brightest_ = std::max({brightest_, point.rgb[0], point.rgb[1], point.rgb[2]});
  kept_.push_back(point);
}

void LasSample::halve() {
  for (std::size_t i = 0; 2 * i < kept_.size(); ++i) kept_[i] = kept_[2 * i];
  kept_.resize((kept_.size() + 1) / 2);
  step_ *= 2;
}

LasSample::Local LasSample::toLocal(const crs::ToLocal& transform, bool swap_axes) const {
  constexpr std::size_t batch = 1 << 16;
  // 16-bit colours by the book, 8-bit ones by habit of many scanners.
  const int shift = brightest_ > 255 ? 8 : 0;
  Local local;
  local.sample.xyz.reserve(3 * kept_.size());
  std::vector<Vec3d> positions;
  for (std::size_t first = 0; first < kept_.size(); first += batch) {
    const std::size_t last = std::min(first + batch, kept_.size());
    positions.clear();
    for (std::size_t i = first; i < last; ++i) {
      const Vec3d p = kept_[i].position;
      positions.push_back(swap_axes ? Vec3d{p.y, p.x, p.z} : p);
    }
    transform.apply(positions);
    for (std::size_t i = first; i < last; ++i) {
      const Vec3d p = positions[i - first];
      if (!isFinite(p)) {
        ++local.lost;
        continue;
      }
      local.bounds.add(p);
      for (const double value : {p.x, p.y, p.z}) local.sample.xyz.push_back(static_cast<float>(value));
      local.sample.classification.push_back(kept_[i].classification);
      if (brightest_ > 0)
        for (const std::uint16_t value : kept_[i].rgb)
          local.sample.rgb.push_back(static_cast<unsigned char>(value >> shift));
    }
  }
  return local;
}

}  // namespace hashimichi::import
