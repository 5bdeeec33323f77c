#pragma once
#include "geo/core/geometry.h"
#include "geo/crs/local_frame.h"
#include "geo/export/exporter.h"

namespace hashimichi::exporting {

/// A rectangle on paper: millimetres from the upper left corner of the page, y down.
struct Box {
  double x = 0, y = 0, width = 0, height = 0;
  double right() const { return x + width; }
  double bottom() const { return y + height; }
  bool overlaps(const Box& o) const { return x < o.right() && o.x < right() && y < o.bottom() && o.y < bottom(); }
  bool contains(const Box& o) const { return x <= o.x && y <= o.y && o.right() <= right() && o.bottom() <= bottom(); }
  Box grown(double by) const { return {x - by, y - by, width + 2 * by, height + 2 * by}; }
};

// A3 landscape with margins of 10 mm; 4 mm left of and below the map carry the grid's coordinates.
inline constexpr double page_width_mm = 420, page_height_mm = 297, page_margin_mm = 10, grid_label_mm = 4;
inline constexpr Box map_frame{page_margin_mm + grid_label_mm, page_margin_mm, 300, 250};
inline constexpr Box side_column{320, page_margin_mm, 90, 277};
inline constexpr Box bottom_strip{14, 266.5, 300, 20.5};

struct PaperPoint {
  double x = 0, y = 0;
};

/// A true-scale, north-up window of the local frame onto a box of the page.
struct MapView {
  Box box;
  Vec3d centre;                    ///< local frame, in the middle of the box
  double scale_denominator = 1e4;  ///< 1 : n

  double mmPerMetre() const { return 1000.0 / scale_denominator; }
  PaperPoint toPaper(Vec3d local) const {
    return {box.x + box.width / 2 + (local.x - centre.x) * mmPerMetre(),
            box.y + box.height / 2 - (local.y - centre.y) * mmPerMetre()};
  }
  Vec3d toLocal(PaperPoint paper) const {
    return {centre.x + (paper.x - box.x - box.width / 2) / mmPerMetre(),
            centre.y - (paper.y - box.y - box.height / 2) / mmPerMetre(), 0};
  }
  /// What the box shows, x and y.
  Bounds shown() const;
};

/// The largest of 1:2,500 … 1:50,000 (then 1:100,000 and 1:200,000) at which the extent fits with a rim of 6 mm.
double chooseScale(const Bounds& extent, const Box& box);
/// Where the ranked assets lie; empty when none has a place.
Bounds extentOf(const Snapshot& snapshot);
MapView mapViewOf(const Snapshot& snapshot);

/// Distance of grid lines: a round number of metres, 40 to 100 mm apart on paper.
double gridStep_m(double scale_denominator);

/// A scale bar of a round length between 40 and 100 mm.
struct ScaleBar {
  double length_m = 0, length_mm = 0;
  int parts = 5;
};
ScaleBar scaleBarOf(double scale_denominator);

}  // namespace hashimichi::exporting
