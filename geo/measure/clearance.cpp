#include "geo/measure/clearance.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "geo/measure/plane_fit.h"
#include "geo/measure/road_line.h"

namespace hashimichi::measure {
namespace {

/// Above the axis less this lies the deck's own surface: no underside.
constexpr double deck_skin_m = 0.15;
constexpr double support_m = 0.05, band_m = 0.01, rough_below_m = 0.05;
constexpr std::size_t fewest_supporting = 3, fewest_below = 8;
constexpr std::uint8_t deck_class = 17, first_user_class = 64;

struct ColumnPoint {
  Vec3d place;             ///< x chainage, y offset, z height
  bool structure = false;  ///< classified as part of the bridge
};

/// Points under the deck in square columns of the rolled-out bridge.
class Columns {
 public:
  Columns(double cell_m) : cell_m_(cell_m) {}
  void add(const ColumnPoint& p) { cells_[{number(p.place.x), number(p.place.y)}].push_back(p); }
  using Key = std::pair<int, int>;
  const std::map<Key, std::vector<ColumnPoint>>& cells() const { return cells_; }
  /// Of the cell and those around it, up to `ring` cells away.
  void around(Key key, int ring, std::vector<const ColumnPoint*>& found) const {
    found.clear();
    for (int i = -ring; i <= ring; ++i)
      for (int j = -ring; j <= ring; ++j)
        if (const auto cell = cells_.find({key.first + i, key.second + j}); cell != cells_.end())
          for (const ColumnPoint& p : cell->second) found.push_back(&p);
  }
  Vec3d centreOf(Key key) const { return {(key.first + 0.5) * cell_m_, (key.second + 0.5) * cell_m_, 0}; }

 private:
  int number(double m) const { return static_cast<int>(std::floor(m / cell_m_)); }
  double cell_m_;
  std::map<Key, std::vector<ColumnPoint>> cells_;
};

struct Gap {
  double bottom = 0, top = 0;
};
/// The widest of at least that size.
std::optional<Gap> widestGap(const std::vector<const ColumnPoint*>& points, double smallest) {
  std::vector<double> z;
  for (const ColumnPoint* p : points) z.push_back(p->place.z);
  std::sort(z.begin(), z.end());
  std::optional<Gap> best;
  for (std::size_t i = 1; i < z.size(); ++i)
    if (z[i] - z[i - 1] >= std::max(smallest, best ? best->top - best->bottom : 0.0)) best = Gap{z[i - 1], z[i]};
  return best;
}

struct Level {
  double z = 0, sigma = 0;
  std::size_t points = 0;
};
std::optional<Level> undersideOf(const std::vector<ColumnPoint>& cell, double above) {
  std::vector<double> z;
  for (const ColumnPoint& p : cell)
    if (p.place.z >= above) z.push_back(p.place.z);
  std::sort(z.begin(), z.end());
  for (std::size_t i = 0; i + fewest_supporting <= z.size(); ++i) {
    if (z[i + fewest_supporting - 1] - z[i] > support_m) continue;  // a stray, nothing just above it
    double sum = 0, squares = 0, n = 0;
    for (std::size_t j = i; j < z.size() && z[j] <= z[i] + band_m; ++j) {
      const double d = z[j] - z[i];
      sum += d, squares += d * d, n += 1;
    }
    const double mean = sum / n;
    return Level{z[i] + mean, n > 1 ? std::sqrt(std::max(0.0, squares / n - mean * mean) / n) : band_m / 2,
                 static_cast<std::size_t>(n)};
  }
  return std::nullopt;
}

/// A plane through what lies below, at the middle of the cell; from as near as there are points.
std::optional<Level> surfaceBelow(const Columns& columns, Columns::Key key, double below, int reach) {
  std::vector<const ColumnPoint*> around;
  const Vec3d centre = columns.centreOf(key);
  for (const int ring : {0, 1, reach}) {
    columns.around(key, ring, around);
    std::vector<Vec3d> points;
    for (const ColumnPoint* p : around)
      if (!p->structure && p->place.z <= below)
        points.push_back({p->place.x - centre.x, p->place.y - centre.y, p->place.z});
    if (points.size() < fewest_below) continue;
    const auto plane = fitPlane(points, rough_below_m, fewest_below);
    if (plane && 2 * plane->used >= points.size()) return Level{plane->at(0, 0), plane->sigmaAt(0, 0), plane->used};
  }
  return std::nullopt;
}

std::optional<ClearancePlace> placeOf(const Columns& columns, Columns::Key key, const ClearanceWish& wish,
                                      bool& no_below) {
  const std::vector<ColumnPoint>& own = columns.cells().at(key);
  const int reach = static_cast<int>(std::ceil(wish.reach_below_m / wish.cell_m));
  std::vector<const ColumnPoint*> around;
  std::optional<Gap> gap;
  for (const int ring : {1, reach}) {
    columns.around(key, ring, around);
    if ((gap = widestGap(around, wish.smallest_gap_m))) break;
  }
  double above = -std::numeric_limits<double>::infinity();
  std::optional<Level> below;
  if (gap) above = gap->top, below = surfaceBelow(columns, key, gap->bottom, reach);
  const auto underside = undersideOf(own, above);
  if (!underside) return std::nullopt;
  ClearancePlace place;
  if (wish.water_level_m && (!below || below->z < *wish.water_level_m) &&
      underside->z - *wish.water_level_m >= wish.smallest_gap_m)
    below = Level{*wish.water_level_m, 0, 0}, place.below = Below::water;
  if (!below) return no_below = true, std::nullopt;
  const Vec3d centre = columns.centreOf(key);
  place.chainage_m = centre.x, place.offset_m = centre.y;
  place.below_z_m = below->z, place.clearance_m = underside->z - below->z;
  place.sigma_m = std::hypot(underside->sigma, below->sigma);
  place.points = underside->points;
  place.underside.z = underside->z;
  return place.clearance_m >= wish.smallest_gap_m ? std::optional(place) : std::nullopt;
}

Columns columnsOf(const PointsView& points, const RoadLine& line, const ClearanceWish& wish, std::size_t& taken) {
  Columns columns(wish.cell_m);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Vec3d& p = points.places[i];
    if (!isFinite(p)) continue;
    const auto foot = line.footOf(p);
    if (!foot || p.z > foot->z_m - deck_skin_m) continue;
    if (foot->chainage_m < wish.from_m || foot->chainage_m > wish.to_m) continue;
    const std::uint8_t c = points.classification.empty() ? 0 : points.classification[i];
    columns.add({{foot->chainage_m, foot->offset_m, p.z}, c == deck_class || c >= first_user_class});
    ++taken;
  }
  return columns;
}

}  // namespace

const char* toString(Below below) {
  return below == Below::water ? "water" : "ground";
}

Result<Clearance> bridgeClearance(const PointsView& points, const ClearanceWish& wish) {
  if (!(wish.half_width_m > 0 && wish.cell_m > 0 && wish.smallest_gap_m > 0 && wish.reach_below_m > 0))
    return Error{ErrorCode::bad_input, "clearance", "A width, cell or gap is not a positive number.", "Give metres."};
  const Result<RoadLine> line = RoadLine::create(wish.axis, wish.half_width_m, "clearance");
  if (!line) return line.error();
  Clearance result;
  const Columns columns = columnsOf(points, *line, wish, result.basis.points);
  if (columns.cells().empty())
    return Error{ErrorCode::bad_input, "clearance", "No point lies under the deck: the axis may run beside the bridge.",
                 "Check the axis and its heights."};
  std::map<int, ClearancePlace> by_metre;
  for (const auto& [key, cell] : columns.cells()) {
    bool no_below = false;
    auto place = placeOf(columns, key, wish, no_below);
    if (no_below) ++result.cells_without_below;
    if (!place) continue;
    const model::OnLine on = line->at(place->chainage_m);
    place->underside.x = on.point.x - on.direction.y * place->offset_m;
    place->underside.y = on.point.y + on.direction.x * place->offset_m;
    if (result.cells == 0 || place->clearance_m < result.lowest.clearance_m) result.lowest = *place;
    if (result.cells == 0 || place->underside.z < result.lowest_girder.underside.z) result.lowest_girder = *place;
    auto& of_kind = place->below == Below::water ? result.over_water : result.over_ground;
    if (!of_kind || place->clearance_m < of_kind->clearance_m) of_kind = *place;
    ++result.cells;
    const auto [entry, fresh] = by_metre.try_emplace(static_cast<int>(place->chainage_m), *place);
    if (!fresh && place->clearance_m < entry->second.clearance_m) entry->second = *place;
  }
  if (result.cells == 0)
    return Error{ErrorCode::bad_input, "clearance",
                 result.cells_without_below > 0 ? "Nothing was seen below the bridge."
                                                : "No free height was found between a bridge and what lies below it.",
                 "Give the water level, or a survey that saw the ground and the underside."};
  for (const auto& [metre, place] : by_metre) result.profile.push_back(place);
  result.basis.method = "lowest supported underside above a plane through what lies below, per cell";
  result.basis.unrefined = points.unrefined;
  return result;
}

}  // namespace hashimichi::measure
