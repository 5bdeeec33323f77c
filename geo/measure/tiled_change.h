#pragma once
#include <functional>

#include "geo/measure/change.h"

namespace hashimichi::measure {

/// All points of one survey inside a box (x, y) of the local frame.
using PointsInside = std::function<Result<PointStore>(const Bounds& box)>;
/// One of the comparisons of change.h over what is at hand.
using Comparison = std::function<Result<CloudChange>(const PointsView& before, const PointsView& after, Progress&)>;

struct TileWish {
  Bounds area;          ///< what is compared; x and y count
  double tile_m = 0;    ///< side of a tile
  double margin_m = 0;  ///< how far beyond a tile points matter to it: the widest scale or reach of the comparison
};

/// A comparison of surveys that do not fit the memory: tile by tile, each with a margin, of which only what lies in the
/// tile itself is kept. Tiles that one of the surveys does not reach are passed over.
/// @returns bad_input when no tile could be compared, or what a survey's points fail with; cancelled
Result<CloudChange> changeByTiles(const TileWish& wish, const PointsInside& before, const PointsInside& after,
                                  const Comparison& compare, Progress& progress);

/// The side of tiles that hold about `points` points of a survey with `count` points over an area.
double tileSide(const Bounds& area, std::size_t count, std::size_t points);

}  // namespace hashimichi::measure
