#include "render/splat/shade.h"

#include <algorithm>
#include <bit>

#include "render/splat/splat_kernel.h"

#define HASHIMICHI_INLINE inline __attribute__((always_inline))
#if defined(__x86_64__) && defined(__GNUC__)
#define HASHIMICHI_WIDE __attribute__((target("avx2")))
#else
#define HASHIMICHI_WIDE
#endif

namespace hashimichi::render::splat {
namespace {

/// Behind everything: a neighbour that is not there darkens nothing.
constexpr float nothing_there = 1e30f;
/// Darkening for a neighbour that is twice as near, in powers of two; as strong as Potree's default.
constexpr float darkening = 120;

/// log₂ within 1e-4 and without a step: the exponent's bits, and for the rest m a polynomial that is exact at 1 and 2.
HASHIMICHI_INLINE float log2Of(float value) {
  const auto bits = std::bit_cast<std::int32_t>(value);
  const auto exponent = static_cast<float>((bits >> 23) - 127);
  const float m = std::bit_cast<float>((bits & 0x007fffff) | 0x3f800000);
  const float bend = ((0.0448740f * m - 0.2851551f) * m + 0.7052663f) * m - 0.9074037f;
  return exponent + (m - 1.0f) * (1.0f + (m - 2.0f) * bend);
}

/// 2^value for −30 … 0, within 1e-3.
HASHIMICHI_INLINE float exp2Of(float value) {
  const float clamped = value > -30.0f ? value : -30.0f;
  const auto whole = static_cast<std::int32_t>(clamped - 1.0f);  // towards zero: value − 1 is negative
  const float rest = clamped - static_cast<float>(whole);
  const float part = 1.0f + rest * (0.695976f + rest * (0.224940f + rest * 0.0790204f));
  return part * std::bit_cast<float>((whole + 127) << 23);
}

HASHIMICHI_INLINE void mergeRow(const MergeRows& merge, Columns columns, int y, Frame& frame) {
  const int width = columns.to - columns.from;
  const auto offset = static_cast<std::ptrdiff_t>(y + margin_px) * merge.cell_stride + margin_px + columns.from;
  std::int64_t* const best = merge.cells[0] + offset;
  for (std::size_t other = 1; other < merge.cell_arrays; ++other) {
    std::int64_t* const more = merge.cells[other] + offset;
    for (int x = 0; x < width; ++x) {
      best[x] = more[x] < best[x] ? more[x] : best[x];
      more[x] = empty_cell;
    }
  }
  const auto place = static_cast<std::ptrdiff_t>(y) * frame.width_px + columns.from;
  std::uint32_t* const rgba = frame.rgba.data() + place;
  float* const depth = frame.depth.data() + place;
  const WindowDepth window = merge.window;
  // First the two halves apart, then arithmetic on one width only: both loops become vectors.
  for (int x = 0; x < width; ++x) {
    const auto cell = static_cast<std::uint64_t>(best[x]);
    rgba[x] = static_cast<std::uint32_t>(cell);
    depth[x] = std::bit_cast<float>(static_cast<std::uint32_t>(cell >> 32));
    best[x] = empty_cell;
  }
  if (merge.log_depth) {
    float* const log_row = merge.log_depth->row(y) + columns.from;
    for (int x = 0; x < width; ++x) {
      const float ahead = depth[x];
      const float log = window.perspective ? log2Of(ahead) : ahead * merge.flat_scale;
      log_row[x] = ahead < nothing_there ? log : nothing_there;
    }
  }
  for (int x = 0; x < width; ++x) {
    const float ahead = depth[x];
    float at = window.perspective ? window.a - window.b / ahead : window.a * ahead;
    at = at > 0.0f ? at : 0.0f;
    at = at < 1.0f ? at : 1.0f;
    const bool there = ahead < nothing_there;  // an empty cell's depth is not a number
    depth[x] = there ? at : 1.0f;
    rgba[x] = there ? rgba[x] | 0xff000000u : 0u;
  }
}

HASHIMICHI_INLINE float nearer(float centre, float neighbour) {
  const float by = centre - neighbour;
  return by > 0.0f ? by : 0.0f;
}

HASHIMICHI_INLINE std::uint32_t dimmed(std::uint32_t channel, float light) {
  return static_cast<std::uint32_t>(
      static_cast<std::int32_t>(static_cast<float>(static_cast<std::int32_t>(channel)) * light + 0.5f));
}

HASHIMICHI_INLINE void eyeDomeRow(PaddedRows& log_depth, float strength, Columns columns, int y, Frame& frame) {
  const float* const above = log_depth.row(y + 1);
  const float* const here = log_depth.row(y);
  const float* const below = log_depth.row(y - 1);
  std::uint32_t* const rgba = frame.rgba.data() + static_cast<std::ptrdiff_t>(y) * frame.width_px;
  const float factor = -strength * darkening / 8.0f;
  for (int x = columns.from; x < columns.to; ++x) {
    const float centre = here[x];
    const float sum = nearer(centre, above[x - 1]) + nearer(centre, above[x]) + nearer(centre, above[x + 1]) +
                      nearer(centre, here[x - 1]) + nearer(centre, here[x + 1]) + nearer(centre, below[x - 1]) +
                      nearer(centre, below[x]) + nearer(centre, below[x + 1]);
    const float light = exp2Of(sum * factor);
    const std::uint32_t colour = rgba[x];
    rgba[x] = dimmed(colour & 255u, light) | dimmed(colour >> 8 & 255u, light) << 8 |
              dimmed(colour >> 16 & 255u, light) << 16 | (colour & 0xff000000u);
  }
}

HASHIMICHI_WIDE void mergeWide(const MergeRows& merge, Columns columns, int from, int to, Frame& frame) {
  for (int y = from; y < to; ++y) mergeRow(merge, columns, y, frame);
}
void mergePortable(const MergeRows& merge, Columns columns, int from, int to, Frame& frame) {
  for (int y = from; y < to; ++y) mergeRow(merge, columns, y, frame);
}
HASHIMICHI_WIDE void eyeDomeWide(PaddedRows& log_depth, float strength, Columns columns, int from, int to,
                                 Frame& frame) {
  for (int y = from; y < to; ++y) eyeDomeRow(log_depth, strength, columns, y, frame);
}
void eyeDomePortable(PaddedRows& log_depth, float strength, Columns columns, int from, int to, Frame& frame) {
  for (int y = from; y < to; ++y) eyeDomeRow(log_depth, strength, columns, y, frame);
}

}  // namespace

void PaddedRows::resize(int width_px, int height_px, float outside) {
  stride = width_px + 2;
  values.assign(static_cast<std::size_t>(stride) * static_cast<std::size_t>(height_px + 2), outside);
}

WindowDepth windowDepthOf(const View& view) {
  const double range = view.far_m - view.near_m;
  if (view.orthographic) return {false, static_cast<float>(1 / range), 0};
  return {true, static_cast<float>(view.far_m / range), static_cast<float>(view.far_m * view.near_m / range)};
}

void mergeRows(const MergeRows& merge, Columns columns, int from, int to, bool wide, Frame& frame) {
  wide ? mergeWide(merge, columns, from, to, frame) : mergePortable(merge, columns, from, to, frame);
}

void eyeDomeRows(PaddedRows& log_depth, float strength, Columns columns, int from, int to, bool wide, Frame& frame) {
  wide ? eyeDomeWide(log_depth, strength, columns, from, to, frame)
       : eyeDomePortable(log_depth, strength, columns, from, to, frame);
}

}  // namespace hashimichi::render::splat
