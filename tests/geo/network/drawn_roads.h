#pragma once
#include <random>
#include <vector>

#include "geo/model/road.h"

namespace hashimichi::network::tests {

inline model::RoadSegment road(std::string id, model::Polyline line,
                               model::TrafficDirection direction = model::TrafficDirection::both) {
  model::RoadSegment segment;
  segment.id = std::move(id);
  segment.centreline = std::move(line);
  segment.direction = direction;
  return segment;
}

/// Streets of a grid with some left out, some one-way, and dead ends: what a town's network is made of. Segments end at
/// crossings. The same seed draws the same town.
inline std::vector<model::RoadSegment> drawnTown(int columns, int rows, std::uint32_t seed) {
  std::mt19937 dice(seed);
  const auto chance = [&](double share) { return static_cast<double>(dice()) / 4294967296.0 < share; };
  const auto crossing = [](int column, int row) {
    return Vec3d{column * 100.0 + (row * 37 % 11), row * 90.0 + (column * 53 % 13), 0};
  };
  std::vector<model::RoadSegment> roads;
  const auto draw = [&](Vec3d from, Vec3d to) {
    const model::TrafficDirection direction = !chance(0.2)  ? model::TrafficDirection::both
                                              : chance(0.5) ? model::TrafficDirection::forward
                                                            : model::TrafficDirection::backward;
    const Vec3d bend = (from + to) * 0.5 + Vec3d{5, -3, 0};
    roads.push_back(road("R" + std::to_string(roads.size()), {from, bend, to}, direction));
  };
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) {
      if (column + 1 < columns && !chance(0.3)) draw(crossing(column, row), crossing(column + 1, row));
      if (row + 1 < rows && !chance(0.4)) draw(crossing(column, row), crossing(column, row + 1));
      if (chance(0.1)) draw(crossing(column, row), crossing(column, row) + Vec3d{40, 45, 0});
    }
  return roads;
}

}  // namespace hashimichi::network::tests
