#include "datasets/town/bridge_shape.h"

#include <algorithm>
#include <cmath>

namespace hashimichi::datasets {
namespace {

constexpr double below_bed_m = 0.8, abutment_m = 1.1;

/// A place beside the axis: `across` to the left of it, `rise` above its surface.
Vec3d beside(const std::vector<Vec3d>& axis, std::size_t i, double across, double rise) {
  const Vec3d a = axis[i > 0 ? i - 1 : 0], b = axis[std::min(i + 1, axis.size() - 1)];
  const double length = distance2d(a, b);
  return {axis[i].x - (b.y - a.y) / length * across, axis[i].y + (b.x - a.x) / length * across, axis[i].z + rise};
}

std::vector<Vec3d> closed(Vec3d a, Vec3d b, Vec3d c, Vec3d d) {
  return {a, b, c, d, a};
}

/// A beam along the axis between two offsets and two heights relative to the deck's surface.
BridgePiece beam(BridgePart part, const std::vector<Vec3d>& axis, double right, double left, double bottom,
                 double top) {
  BridgePiece piece{part, {}};
  const auto at = [&](std::size_t i, double across, double rise) { return beside(axis, i, across, rise); };
  for (std::size_t i = 0; i + 1 < axis.size(); ++i) {
    piece.faces.push_back(
        {Facing::up, closed(at(i, right, top), at(i + 1, right, top), at(i + 1, left, top), at(i, left, top))});
    piece.faces.push_back({Facing::down, closed(at(i, left, bottom), at(i + 1, left, bottom), at(i + 1, right, bottom),
                                                at(i, right, bottom))});
    piece.faces.push_back({Facing::side, closed(at(i, right, bottom), at(i + 1, right, bottom), at(i + 1, right, top),
                                                at(i, right, top))});
    piece.faces.push_back(
        {Facing::side, closed(at(i + 1, left, bottom), at(i, left, bottom), at(i, left, top), at(i + 1, left, top))});
  }
  const std::size_t n = axis.size() - 1;
  piece.faces.push_back(
      {Facing::side, closed(at(0, left, bottom), at(0, right, bottom), at(0, right, top), at(0, left, top))});
  piece.faces.push_back(
      {Facing::side, closed(at(n, right, bottom), at(n, left, bottom), at(n, left, top), at(n, right, top))});
  return piece;
}

/// An upright block around a point of the axis, from `bottom_z` to `top_z` (T.P.).
BridgePiece block(BridgePart part, const OnLine& at, double half_along, double half_across, double bottom_z,
                  double top_z) {
  const auto corner = [&](double along, double across, double z) {
    return Vec3d{at.place.x + along * half_along * at.direction.x - across * half_across * at.direction.y,
                 at.place.y + along * half_along * at.direction.y + across * half_across * at.direction.x, z};
  };
  BridgePiece piece{part, {}};
  piece.faces.push_back(
      {Facing::up, closed(corner(-1, -1, top_z), corner(1, -1, top_z), corner(1, 1, top_z), corner(-1, 1, top_z))});
  piece.faces.push_back({Facing::down, closed(corner(-1, 1, bottom_z), corner(1, 1, bottom_z), corner(1, -1, bottom_z),
                                              corner(-1, -1, bottom_z))});
  constexpr int turn[][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
  for (int i = 0; i < 4; ++i) {
    const auto* a = turn[i];
    const auto* b = turn[(i + 1) % 4];
    piece.faces.push_back({Facing::side, closed(corner(a[0], a[1], bottom_z), corner(b[0], b[1], bottom_z),
                                                corner(b[0], b[1], top_z), corner(a[0], a[1], top_z))});
  }
  return piece;
}

}  // namespace

std::vector<double> girderOffsets(const TownBridge& bridge) {
  if (bridge.girder_depth_m == 0) return {};
  const int count = std::max(3, static_cast<int>(std::lround(bridge.width_m / 2.6)));
  const double reach = bridge.width_m / 2 - std::min(1.2, bridge.width_m / 8);
  std::vector<double> offsets;
  for (int i = 0; i < count; ++i) offsets.push_back(-reach + 2 * reach * i / (count - 1));
  return offsets;
}

std::vector<double> pierChainages(const TownBridge& bridge) {
  std::vector<double> chainages;
  for (int i = 1; i < bridge.spans; ++i) chainages.push_back(bridge.length_m * i / bridge.spans);
  return chainages;
}

std::vector<BridgePiece> shapeOf(const TownBridge& bridge) {
  const double half = bridge.width_m / 2, deck = bridge.deck_thickness_m;
  std::vector<BridgePiece> pieces{beam(BridgePart::deck, bridge.axis, -half, half, -deck, 0)};
  for (const double offset : girderOffsets(bridge))
    pieces.push_back(beam(BridgePart::girder, bridge.axis, offset - girder_half_flange_m, offset + girder_half_flange_m,
                          -deck - bridge.girder_depth_m, -deck));
  for (const double side : {-1.0, 1.0})
    pieces.push_back(beam(BridgePart::railing, bridge.axis, std::min(side * half, side * (half - 0.25)),
                          std::max(side * half, side * (half - 0.25)), 0, railing_height_m));
  const double below_deck = deck + bridge.girder_depth_m;
  for (const double chainage : pierChainages(bridge)) {
    const OnLine at = along(bridge.axis, chainage);
    pieces.push_back(block(BridgePart::pier, at, pier_half_length_m, 0.36 * bridge.width_m, bridge.bed_z - below_bed_m,
                           at.place.z - below_deck));
  }
  for (const double end : {0.0, bridge.length_m}) {
    OnLine at = along(bridge.axis, end);
    at.place = at.place + at.direction * ((end == 0 ? -1 : 1) * abutment_m / 2);
    pieces.push_back(block(BridgePart::abutment, at, abutment_m / 2, half,
                           std::min(bridge.bed_z, at.place.z - below_deck) - below_bed_m, at.place.z - 0.02));
  }
  return pieces;
}

}  // namespace hashimichi::datasets
