#include <algorithm>
#include <cmath>

#include "datasets/town/buildings.h"

namespace hashimichi::datasets {
namespace {

constexpr double square_m = 40;

/// Separating axes of two rectangles, one way round.
bool separated(const TownBuilding& a, const TownBuilding& b, double gap) {
  for (int axis = 0; axis < 2; ++axis) {
    const double nx = axis == 0 ? a.ux : -a.uy, ny = axis == 0 ? a.uy : a.ux;
    const double reach_a = axis == 0 ? a.half_length : a.half_depth;
    const double reach_b =
        b.half_length * std::abs(nx * b.ux + ny * b.uy) + b.half_depth * std::abs(-nx * b.uy + ny * b.ux);
    if (std::abs((b.x - a.x) * nx + (b.y - a.y) * ny) > reach_a + reach_b + gap) return true;
  }
  return false;
}

}  // namespace

std::array<Vec3d, 4> TownBuilding::corners() const {
  const auto at = [&](double along, double across) {
    return Vec3d{x + along * half_length * ux - across * half_depth * uy,
                 y + along * half_length * uy + across * half_depth * ux, ground_z};
  };
  return {at(-1, -1), at(1, -1), at(1, 1), at(-1, 1)};
}

bool TownBuilding::covers(double px, double py, double margin) const {
  const double along = (px - x) * ux + (py - y) * uy, across = -(px - x) * uy + (py - y) * ux;
  return std::abs(along) <= half_length + margin && std::abs(across) <= half_depth + margin;
}

double TownBuilding::roofAt(double px, double py) const {
  if (roof == Roof::flat) return eave_m;
  const double along = std::abs((px - x) * ux + (py - y) * uy), across = std::abs(-(px - x) * uy + (py - y) * ux);
  double share = 1 - across / half_depth;
  if (roof == Roof::hipped) share = std::min(share, (half_length - along) / half_depth);
  return eave_m + std::clamp(share, 0.0, 1.0) * (ridge_m - eave_m);
}

BuildingIndex::BuildingIndex(const Window& window)
    : west_(window.west - square_m),
      south_(window.south - square_m),
      columns_(static_cast<int>((window.east - window.west) / square_m) + 3),
      rows_(static_cast<int>((window.north - window.south) / square_m) + 3),
      in_square_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_)) {}

std::size_t BuildingIndex::square(double x, double y) const {
  const int column = std::clamp(static_cast<int>((x - west_) / square_m), 0, columns_ - 1);
  const int row = std::clamp(static_cast<int>((y - south_) / square_m), 0, rows_ - 1);
  return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(column);
}

void BuildingIndex::add(const TownBuilding& building) {
  const double reach = std::hypot(building.half_length, building.half_depth);
  const auto index = static_cast<int>(kept_.size());
  kept_.push_back(building);
  for (double y = building.y - reach;; y = std::min(y + square_m, building.y + reach)) {
    for (double x = building.x - reach;; x = std::min(x + square_m, building.x + reach)) {
      auto& list = in_square_[square(x, y)];
      if (list.empty() || list.back() != index) list.push_back(index);
      if (x >= building.x + reach) break;
    }
    if (y >= building.y + reach) break;
  }
}

std::vector<int> BuildingIndex::within(double west, double south, double east, double north) const {
  std::vector<int> found;
  for (double y = south;; y = std::min(y + square_m, north)) {
    for (double x = west;; x = std::min(x + square_m, east)) {
      const auto& list = in_square_[square(x, y)];
      found.insert(found.end(), list.begin(), list.end());
      if (x >= east) break;
    }
    if (y >= north) break;
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

bool BuildingIndex::overlaps(const TownBuilding& building, double gap_m) const {
  const double reach = std::hypot(building.half_length, building.half_depth) + gap_m;
  for (const int i : within(building.x - reach, building.y - reach, building.x + reach, building.y + reach)) {
    const TownBuilding& other = kept_[static_cast<std::size_t>(i)];
    if (!separated(building, other, gap_m) && !separated(other, building, gap_m)) return true;
  }
  return false;
}

int BuildingIndex::at(double x, double y) const {
  for (const int i : in_square_[square(x, y)])
    if (kept_[static_cast<std::size_t>(i)].covers(x, y)) return i;
  return -1;
}

}  // namespace hashimichi::datasets
