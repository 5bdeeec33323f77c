#include "geo/measure/tiled_change.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace hashimichi::measure {
namespace {

/// More tiles than this and their margins are most of the work.
constexpr double most_tiles_a_side = 2000;

/// One tile's share of the whole.
class ShareOfProgress final : public Progress {
 public:
  ShareOfProgress(Progress& whole, double from, double to) : whole_(whole), from_(from), to_(to) {}
  void report(double fraction, std::string_view step) override {
    whole_.report(from_ + (to_ - from_) * std::clamp(fraction, 0.0, 1.0), step);
  }
  bool cancelled() const override { return whole_.cancelled(); }

 private:
  Progress& whole_;
  double from_, to_;
};

Bounds widened(const Bounds& tile, double margin) {
  return {tile.low - Vec3d{margin, margin, 0}, tile.high + Vec3d{margin, margin, 0}};
}

bool inTile(const Bounds& tile, Vec3d p) {
  return p.x >= tile.low.x && p.x < tile.high.x && p.y >= tile.low.y && p.y < tile.high.y;
}

}  // namespace

double tileSide(const Bounds& area, std::size_t count, std::size_t points) {
  const Vec3d size = area.size();
  const double whole = std::max({size.x, size.y, 1.0});
  if (count <= points) return whole;
  const double share = static_cast<double>(points) / static_cast<double>(count);
  return std::max(std::sqrt(size.x * size.y * share), whole / most_tiles_a_side);
}

Result<CloudChange> changeByTiles(const TileWish& wish, const PointsInside& before, const PointsInside& after,
                                  const Comparison& compare, Progress& progress) {
  const char* where = "change";
  if (wish.area.empty() || !(wish.tile_m > 0) || !(wish.margin_m >= 0))
    return Error{ErrorCode::bad_input, where, "The surveys have no area in common.",
                 "Check that both are in the same coordinate system."};
  const Vec3d size = wish.area.size();
  const auto columns =
      static_cast<std::size_t>(std::clamp(std::floor(size.x / wish.tile_m) + 1, 1.0, most_tiles_a_side));
  const auto rows = static_cast<std::size_t>(std::clamp(std::floor(size.y / wish.tile_m) + 1, 1.0, most_tiles_a_side));
  CloudChange all;
  std::optional<Error> nothing;
  for (std::size_t tile = 0; tile < columns * rows; ++tile) {
    if (progress.cancelled()) return Error{ErrorCode::cancelled, where, "cancelled.", ""};
    const auto tiles = static_cast<double>(columns * rows);
    ShareOfProgress share(progress, static_cast<double>(tile) / tiles, static_cast<double>(tile + 1) / tiles);
    Bounds box;
    box.low = {wish.area.low.x + wish.tile_m * static_cast<double>(tile % columns),
               wish.area.low.y + wish.tile_m * static_cast<double>(tile / columns), wish.area.low.z};
    box.high = {box.low.x + wish.tile_m, box.low.y + wish.tile_m, wish.area.high.z};
    const auto first = before(widened(box, wish.margin_m));
    if (!first) return first.error();
    const auto second = after(widened(box, wish.margin_m));
    if (!second) return second.error();
    auto part = compare(first->view(), second->view(), share);
    if (!part && part.error().code != ErrorCode::bad_input) return part.error();
    if (!part) {
      nothing = part.error();
      continue;
    }
    all.basis.method = part->basis.method;
    all.basis.unrefined = all.basis.unrefined || part->basis.unrefined;
    for (const PointChange& change : part->points)
      if (inTile(box, change.at)) all.points.push_back(change);
  }
  all.summary = summaryOf(all.points);
  if (all.summary.count > 0) return all;
  return nothing ? *nothing
                 : Error{ErrorCode::bad_input, where, "The two do not overlap: no place was found in both.",
                         "Check that both are in the same coordinate system, or allow a longer reach."};
}

}  // namespace hashimichi::measure
