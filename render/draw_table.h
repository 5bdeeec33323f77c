#pragma once
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "render/prepared_town.h"
#include "render/splat/splat.h"

namespace hashimichi::render {

/// Which way the primitives of a cell look, as far as that decides whether they can be seen.
enum class Facing : std::uint8_t {
  any,  ///< drawn whatever the direction
  wall  ///< upright, outwards in one eighth of the compass: not drawn while it looks away
};

/// Primitives that are chosen together: those of one place, one direction and one level of detail.
struct DrawCell {
  float low[3], high[3];
  std::uint32_t first = 0, count = 0;  ///< primitives
  Facing facing = Facing::any;
  std::uint8_t eighth = 0;  ///< of the compass, counter-clockwise from east; where facing == wall
  std::uint8_t level = 0;   ///< index into DrawTable::error_m
};

/// A mesh's triangles or a layer's line pieces once more, sorted so that a picture can take the part that it needs:
/// cells outside the view, cells that look away and, from the end of a cell, what is smaller than can be seen.
///
/// What is left out is decided by its size in pixels at the nearest place of its cell, always by the same limit: what
/// appears or goes is then smaller than a pixel, wherever the camera moves. Local frame, metres. Immutable.
struct DrawTable {
  std::size_t corners_each = 3;          ///< 3: triangles, 2: line pieces
  std::vector<std::uint32_t> corners;    ///< vertices of the mesh
  std::vector<std::uint32_t> primitive;  ///< number of each triangle in its mesh; of solids only
  std::vector<float> size_m;  ///< per primitive, falling within a cell; empty: nothing is left out for its size
  std::vector<DrawCell> cells;
  /// True: not what is smaller than least_px is left out but what is larger: the stand-ins of small things.
  bool stand_in = false;
  /// How far each level of detail departs from the shape; empty: there is one level only. Falling detail.
  std::vector<float> error_m;
  bool in_order = false;  ///< overlays: cells are drawn in their order; else the nearest first
  float error_px = 0.3f;  ///< a level is drawn where it departs by less than this
  float least_px = 0.5f;  ///< of size_m
  float wall_px = 0.5f;   ///< of size_m in cells of walls

  std::size_t count() const { return corners.size() / corners_each; }
};

/// The ground in square tiles at several levels of detail, each with walls down from its border.
struct GroundTiles {
  Mesh mesh;  ///< all vertices, with texture coordinates
  DrawTable table;
};

/// The part of the table that a picture from there needs: vertices, as many as corners_each for every primitive.
/// @param coarseness  1: nothing that can be seen is missing; 2: limits in pixels are twice as large
void chooseFrom(const DrawTable& table, const splat::View& view, double coarseness, std::vector<std::uint32_t>& out);

/// Solids in tiles of some hundred houses; walls of features that are known to be closed by direction.
/// @param closed  per feature; 0, and beyond its end: faces are drawn whatever the direction
DrawTable solidTable(const Mesh& mesh, std::span<const std::uint8_t> closed);

/// The part of a table of solids that holds those triangles of the mesh. @param triangles  ascending
DrawTable partOf(const DrawTable& table, std::span<const std::uint32_t> triangles);

/// What an overlay draws of a feature. Lower ranks are drawn first and covered by higher ones.
struct OverlayPart {
  static constexpr std::uint8_t none = 255;
  std::uint8_t rank = none;                                ///< none: not drawn
  float width_m = std::numeric_limits<float>::infinity();  ///< not drawn where this is less than overlay_least_px
};
inline constexpr float overlay_least_px = 2;
using OverlayParts = std::function<OverlayPart(std::uint32_t feature)>;
/// Triangles in tiles, rank by rank.
DrawTable overlayTable(const Mesh& mesh, const OverlayParts& parts);
/// Lines in tiles, rank by rank, with fewer corners the farther they are (Douglas and Peucker 1973). Widths count as
/// those of triangles do.
DrawTable overlayTable(const Lines& lines, const OverlayParts& parts);

/// Every surface of the shape has its neighbours all round and looks outwards, so that faces that look away are
/// hidden by others. Exact coordinates: shapes whose corners do not meet are open.
bool closedShell(const model::Geometry& shape);

}  // namespace hashimichi::render
