#pragma once
#include <cstdint>
#include <vector>

#include "render/splat/splat.h"

namespace hashimichi::render::splat {

/// Rows of a picture with one pixel more on every side.
struct PaddedRows {
  std::vector<float> values;
  int stride = 0;
  void resize(int width_px, int height_px, float outside);
  float* row(int y) { return values.data() + static_cast<std::ptrdiff_t>(y + 1) * stride + 1; }
};

struct Columns {
  int from = 0, to = 0;
};

/// What turns kept depths into OpenGL's window depth: perspective a − b / ahead, orthographic a · ahead.
struct WindowDepth {
  bool perspective;
  float a, b;
};
WindowDepth windowDepthOf(const View& view);

/// Rows `from` … `to` of several threads' cells become one row of colours, window depths and, where `log_depth` is
/// given, what eye-dome lighting compares; the cells are emptied for the next picture.
struct MergeRows {
  std::int64_t* const* cells;  ///< one array a thread
  std::size_t cell_arrays;
  int cell_stride;
  WindowDepth window;
  float flat_scale;       ///< orthographic: share of `ahead` that stands for a logarithm
  PaddedRows* log_depth;  ///< nullptr: no eye-dome lighting
};
/// @param columns  which pixels of the rows; the others are left as they are
void mergeRows(const MergeRows& merge, Columns columns, int from, int to, bool wide, Frame& frame);

/// Eye-dome lighting after Boucheny: a pixel is darkened by how much nearer its eight neighbours are, in powers of two
/// of the distance; nothing is darkened where the surface is even or its neighbours lie behind it.
void eyeDomeRows(PaddedRows& log_depth, float strength, Columns columns, int from, int to, bool wide, Frame& frame);

}  // namespace hashimichi::render::splat
