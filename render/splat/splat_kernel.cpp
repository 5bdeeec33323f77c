#include "render/splat/splat_kernel.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

// One source for both paths: always inlined into a function for AVX2 and into one for any processor.
#define HASHIMICHI_INLINE inline __attribute__((always_inline))
#if defined(__x86_64__) && defined(__GNUC__)
#define HASHIMICHI_WIDE __attribute__((target("avx2")))
#else
#define HASHIMICHI_WIDE
#endif

namespace hashimichi::render::splat {
namespace {

constexpr std::size_t batch = 256;
constexpr std::uint32_t visible_alpha = 1u << 24;

/// Where the points of one batch go.
struct Placed {
  alignas(32) std::int32_t cell[batch];  ///< lower left pixel; -1: not drawn
  alignas(32) std::uint32_t depth[batch];
  alignas(32) std::int32_t size[batch];
};

template <bool perspective, bool one_size>
HASHIMICHI_INLINE void place(const Points& points, std::size_t from, std::size_t count, const Placement& p, int stride,
                             Placed& out) {
  const std::uint16_t* const qx = points.x.data() + from;
  const std::uint16_t* const qy = points.y.data() + from;
  const std::uint16_t* const qz = points.z.data() + from;
  const std::uint32_t* const rgba = points.rgba.data() + from;
  const Placement c = p;
  for (std::size_t i = 0; i < count; ++i) {
    const float x = qx[i], y = qy[i], z = qz[i];
    const float ahead = x * c.ahead[0] + y * c.ahead[1] + z * c.ahead[2] + c.ahead[3];
    const float across = x * c.across[0] + y * c.across[1] + z * c.across[2] + c.across[3];
    const float upward = x * c.upward[0] + y * c.upward[1] + z * c.upward[2] + c.upward[3];
    const float share = perspective ? 1.0f / ahead : 1.0f;
    const float px = across * share + c.half_width, py = upward * share + c.half_height;
    float size = c.size_px;
    if (!one_size) {
      size = c.size_scale * share + 0.5f;
      size = size > 1.0f ? size : 1.0f;
      size = size < float(largest_point_px) ? size : float(largest_point_px);
      size = static_cast<float>(static_cast<std::int32_t>(size));
    }
    const int seen = (ahead > c.least_ahead) & (ahead < c.most_ahead) & (px > c.low) & (px < c.high_x) & (py > c.low) &
                     (py < c.high_y) & (rgba[i] >= visible_alpha);
    const float shift = float(margin_px) + 0.5f - size * 0.5f;
    // What is not seen is brought to a place where converting it is defined.
    const float sx = seen ? px + shift : 0.0f, sy = seen ? py + shift : 0.0f;
    const std::int32_t cell = static_cast<std::int32_t>(sy) * stride + static_cast<std::int32_t>(sx);
    out.cell[i] = seen ? cell : -1;
    out.depth[i] = std::bit_cast<std::uint32_t>(ahead);
    if (!one_size) out.size[i] = static_cast<std::int32_t>(size);
  }
}

using Two = std::int64_t __attribute__((vector_size(16)));
using Four = std::int64_t __attribute__((vector_size(32)));

template <typename Vector>
HASHIMICHI_INLINE void least(std::int64_t* at, std::int64_t value) {
  Vector old;
  std::memcpy(&old, at, sizeof old);
  const Vector fresh = value - Vector{};
  old = fresh < old ? fresh : old;
  std::memcpy(at, &old, sizeof old);
}

HASHIMICHI_INLINE void leastOne(std::int64_t* at, std::int64_t value) {
  *at = value < *at ? value : *at;
}

HASHIMICHI_INLINE void square(std::int64_t* at, std::int64_t value, int size, int stride) {
  for (int row = 0; row < size; ++row, at += stride) {
    int column = 0;
    for (; column + 4 <= size; column += 4) least<Four>(at + column, value);
    if (size & 2) least<Two>(at + column, value), column += 2;
    if (size & 1) leastOne(at + column, value);
  }
}

HASHIMICHI_INLINE void disc(std::int64_t* at, std::int64_t value, int size, int stride) {
  const std::uint16_t* const rows = discRows(size);
  for (int row = 0; row < size; ++row, at += stride)
    for (int column = 0; column < size; ++column)
      if (rows[row] >> column & 1) leastOne(at + column, value);
}

/// size 0: of each point its own
template <int size, bool round>
HASHIMICHI_INLINE void scatter(const Placed& placed, const std::uint32_t* rgba, std::size_t count, int one_size,
                               const Cells& cells) {
  std::int64_t* const first = cells.first;
  const int stride = cells.stride;
  for (std::size_t i = 0; i < count; ++i) {
    if (placed.cell[i] < 0) continue;
    const auto value = static_cast<std::int64_t>(std::uint64_t{placed.depth[i]} << 32 | rgba[i]);
    std::int64_t* const at = first + placed.cell[i];
    if constexpr (size > 0) {
      square(at, value, size, stride);
    } else {
      const int own = one_size > 0 ? one_size : placed.size[i];
      if (round)
        disc(at, value, own, stride);
      else
        square(at, value, own, stride);
    }
  }
}

template <bool perspective>
HASHIMICHI_INLINE void splat(const Points& points, std::size_t from, std::size_t to, const Placement& p,
                             const Cells& cells) {
  Placed placed;
  const int one_size = static_cast<int>(p.size_px);
  for (std::size_t i = from; i < to; i += batch) {
    const std::size_t count = std::min(batch, to - i);
    const std::uint32_t* const rgba = points.rgba.data() + i;
    if (one_size > 0)
      place<perspective, true>(points, i, count, p, cells.stride, placed);
    else
      place<perspective, false>(points, i, count, p, cells.stride, placed);
    if (p.disc && one_size != 1)
      scatter<0, true>(placed, rgba, count, one_size, cells);
    else if (one_size == 1)
      scatter<1, false>(placed, rgba, count, one_size, cells);
    else if (one_size == 2)
      scatter<2, false>(placed, rgba, count, one_size, cells);
    else if (one_size == 3)
      scatter<3, false>(placed, rgba, count, one_size, cells);
    else
      scatter<0, false>(placed, rgba, count, one_size, cells);
  }
}

std::array<std::array<std::uint16_t, largest_point_px>, largest_point_px + 1> makeDiscs() {
  std::array<std::array<std::uint16_t, largest_point_px>, largest_point_px + 1> discs{};
  for (int size = 1; size <= largest_point_px; ++size)
    for (int y = 0; y < size; ++y)
      for (int x = 0; x < size; ++x) {
        const int dx = 2 * x + 1 - size, dy = 2 * y + 1 - size;
        if (dx * dx + dy * dy <= size * size)
          discs[static_cast<std::size_t>(size)][static_cast<std::size_t>(y)] |= static_cast<std::uint16_t>(1 << x);
      }
  return discs;
}

}  // namespace

const std::uint16_t* discRows(int size_px) {
  static const auto discs = makeDiscs();
  return discs[static_cast<std::size_t>(size_px)].data();
}

HASHIMICHI_WIDE void splatWide(const Points& points, std::size_t from, std::size_t to, const Placement& placement,
                               const Cells& cells) {
  if (placement.perspective)
    splat<true>(points, from, to, placement, cells);
  else
    splat<false>(points, from, to, placement, cells);
}

void splatPortable(const Points& points, std::size_t from, std::size_t to, const Placement& placement,
                   const Cells& cells) {
  if (placement.perspective)
    splat<true>(points, from, to, placement, cells);
  else
    splat<false>(points, from, to, placement, cells);
}

bool hasWideSimd() {
#if defined(__x86_64__) && defined(__GNUC__)
  static const bool has = __builtin_cpu_supports("avx2");
  return has;
#else
  return false;
#endif
}

}  // namespace hashimichi::render::splat
