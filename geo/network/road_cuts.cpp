#include "geo/network/road_cuts.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "geo/model/spatial_index.h"

namespace hashimichi::network {
namespace {

using model::Polyline;

struct Vertex {
  std::uint32_t road = 0, index = 0;
};

/// Coordinates to the centimetre: vertices of one source that are meant to be one are equal.
std::uint64_t centimetreKey(Vec3d place) {
  const auto whole = [](double metres) { return static_cast<std::uint64_t>(std::llround(metres * 100)); };
  return whole(place.x) * 0x9E3779B97F4A7C15u ^ (whole(place.y) + 0x7F4A7C15u) * 0xC2B2AE3D27D4EB4Fu;
}

bool sameLevel(Vec3d a, Vec3d b, const GraphRules& rules) {
  return std::abs(a.z - b.z) <= rules.level_gap_m;
}

/// The point of a piece nearest to a place, as a share of the piece.
double shareNearest(Vec3d from, Vec3d to, Vec3d place) {
  const double dx = to.x - from.x, dy = to.y - from.y, square = dx * dx + dy * dy;
  if (square == 0) return 0;
  return std::clamp(((place.x - from.x) * dx + (place.y - from.y) * dy) / square, 0.0, 1.0);
}

class Cutter {
 public:
  Cutter(std::span<const model::RoadSegment> roads, const GraphRules& rules)
      : roads_(roads), rules_(rules), chainages_(roads.size()), cuts_(roads.size()) {
    for (std::size_t i = 0; i < roads.size(); ++i) {
      if (roads[i].centreline.size() < 2) continue;
      chainages_[i] = chainagesOf(roads[i].centreline);
      if (chainages_[i].back() <= 0) continue;
      cuts_[i] = {0, chainages_[i].back()};
    }
  }

  std::vector<std::vector<double>> cut() {
    atSharedVertices();
    whereOthersEnd();
    for (std::vector<double>& cuts : cuts_) tidy(cuts);
    return std::move(cuts_);
  }

 private:
  void atSharedVertices() {
    std::unordered_map<std::uint64_t, std::vector<Vertex>> places;
    for (std::uint32_t road = 0; road < roads_.size(); ++road)
      if (!cuts_[road].empty())
        for (std::uint32_t i = 0; i < roads_[road].centreline.size(); ++i)
          places[centimetreKey(roads_[road].centreline[i])].push_back({road, i});
    for (const auto& [unused, vertices] : places) {
      if (vertices.size() < 2) continue;
      const Vec3d first = placeOf(vertices.front());
      for (const Vertex& vertex : vertices)
        if (sameLevel(first, placeOf(vertex), rules_))
          cuts_[vertex.road].push_back(chainages_[vertex.road][vertex.index]);
    }
  }

  void whereOthersEnd() {
    constexpr double cell_m = 40;
    model::SpatialIndex index(cell_m);
    std::vector<Vertex> pieces;
    for (std::uint32_t road = 0; road < roads_.size(); ++road)
      for (std::uint32_t i = 0; !cuts_[road].empty() && i + 1 < roads_[road].centreline.size(); ++i) {
        Bounds box;
        box.add(roads_[road].centreline[i]), box.add(roads_[road].centreline[i + 1]);
        index.insert(box, pieces.size());
        pieces.push_back({road, i});
      }
    for (std::uint32_t road = 0; road < roads_.size(); ++road) {
      if (cuts_[road].empty()) continue;
      const Polyline& line = roads_[road].centreline;
      for (const Vec3d end : {line.front(), line.back()})
        for (const std::size_t item : index.near(end, rules_.snap_m)) cutAt(pieces[item], end, road);
    }
  }

  void cutAt(const Vertex& piece, Vec3d end, std::uint32_t ending) {
    if (piece.road == ending) return;
    const Polyline& line = roads_[piece.road].centreline;
    const Vec3d from = line[piece.index], to = line[piece.index + 1];
    const double share = shareNearest(from, to, end);
    const Vec3d foot = from + (to - from) * share;
    if (distance2d(foot, end) > rules_.snap_m || !sameLevel(foot, end, rules_)) return;
    const double at = chainages_[piece.road][piece.index] + distance2d(from, foot);
    // Its ends meet others by snapping. Where the levels are unknown, a road is not joined to the middle of a bridge.
    if (at <= rules_.snap_m || at >= chainages_[piece.road].back() - rules_.snap_m) return;
    if (roads_[piece.road].on_bridge && !roads_[ending].on_bridge && from.z == to.z && from.z == end.z) return;
    cuts_[piece.road].push_back(at);
  }

  /// In order; cuts nearer than the snapping distance are one, and the ends stay.
  void tidy(std::vector<double>& cuts) const {
    if (cuts.empty()) return;
    std::sort(cuts.begin(), cuts.end());
    const double length = cuts.back();
    std::vector<double> kept{0};
    for (const double at : cuts)
      if (at - kept.back() > rules_.snap_m && length - at > rules_.snap_m) kept.push_back(at);
    kept.push_back(length);
    cuts = std::move(kept);
  }

  Vec3d placeOf(const Vertex& vertex) const { return roads_[vertex.road].centreline[vertex.index]; }

  std::span<const model::RoadSegment> roads_;
  const GraphRules& rules_;
  std::vector<std::vector<double>> chainages_, cuts_;
};

}  // namespace

std::vector<double> chainagesOf(const Polyline& line) {
  std::vector<double> chainages(line.size());
  for (std::size_t i = 1; i < line.size(); ++i) chainages[i] = chainages[i - 1] + distance2d(line[i - 1], line[i]);
  return chainages;
}

Vec3d placeAt(const Polyline& line, const std::vector<double>& chainages, double at_m) {
  const auto after = std::upper_bound(chainages.begin(), chainages.end(), at_m);
  if (after == chainages.begin()) return line.front();
  if (after == chainages.end()) return line.back();
  const std::size_t i = static_cast<std::size_t>(after - chainages.begin());
  const double piece = chainages[i] - chainages[i - 1];
  return line[i - 1] + (line[i] - line[i - 1]) * ((at_m - chainages[i - 1]) / piece);
}

std::vector<std::vector<double>> roadCuts(std::span<const model::RoadSegment> roads, const GraphRules& rules) {
  return Cutter(roads, rules).cut();
}

}  // namespace hashimichi::network
