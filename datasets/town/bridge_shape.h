#pragma once
#include <vector>

#include "datasets/town/bridges.h"

namespace hashimichi::datasets {

enum class BridgePart { deck, girder, pier, abutment, railing };
enum class Facing { up, down, side };

struct BridgeFace {
  Facing facing = Facing::side;
  std::vector<Vec3d> ring;  ///< closed, counter-clockwise seen from outside; local frame
};
struct BridgePiece {
  BridgePart part = BridgePart::deck;
  std::vector<BridgeFace> faces;
};

/// Deck, girders, piers, abutments and railings as closed boxes along the axis.
std::vector<BridgePiece> shapeOf(const TownBridge& bridge);
/// Offsets of the girders from the axis; empty for slabs.
std::vector<double> girderOffsets(const TownBridge& bridge);
/// Chainages of the piers from the first abutment; empty for one span.
std::vector<double> pierChainages(const TownBridge& bridge);
inline constexpr double pier_half_length_m = 0.9, girder_half_flange_m = 0.2, railing_height_m = 0.95;

}  // namespace hashimichi::datasets
