#pragma once
#include <vector>

#include "datasets/town/buildings.h"

namespace hashimichi::datasets {

struct RoofFace {
  enum Kind { ground, wall, roof } kind = wall;
  std::vector<Vec3d> ring;  ///< closed, counter-clockwise seen from outside; local frame
};

/// LOD2: ground, walls and the roof of its kind; together a closed solid.
std::vector<RoofFace> roofFaces(const TownBuilding& building);
/// LOD1: a block up to the middle of the roof; ground first, then top, then walls.
std::vector<std::vector<Vec3d>> blockFaces(const TownBuilding& building);

}  // namespace hashimichi::datasets
