#pragma once
#include <span>
#include <vector>

#include "geo/network/road_graph.h"

namespace hashimichi::network {

/// Where the centre line of each road is cut so that roads meet only at ends of pieces: chainages in metres, ascending,
/// 0 and the length among them; empty for a road without a line of any length. A road is cut
/// - at a vertex that it shares with another road (OSM ways share nodes),
/// - where another road ends on it, within the snapping distance and at the same level.
/// Lines that merely cross in the drawing are not cut: one of them may be a bridge.
std::vector<std::vector<double>> roadCuts(std::span<const model::RoadSegment> roads, const GraphRules& rules);

/// Length along a line seen from above, and the place at a chainage of it.
std::vector<double> chainagesOf(const model::Polyline& line);
Vec3d placeAt(const model::Polyline& line, const std::vector<double>& chainages, double at_m);

}  // namespace hashimichi::network
