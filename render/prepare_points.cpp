#include <algorithm>
#include <numeric>
#include <random>

#include "render/prepare.h"

namespace hashimichi::render {
namespace {

/// So many points at most are culled and drawn as one.
constexpr std::size_t chunk_points = 1 << 14;

using Indices = std::span<std::uint32_t>;

Bounds boundsOf(const model::PointSample& sample, Indices indices) {
  Bounds bounds;
  for (const std::uint32_t i : indices)
    bounds.add(
        Vec3d{sample.xyz[3 * std::size_t{i}], sample.xyz[3 * std::size_t{i} + 1], sample.xyz[3 * std::size_t{i} + 2]});
  return bounds;
}

points::ResidentNodePtr chunkOf(const model::PointSample& sample, const Bounds& bounds, Indices indices,
                                std::uint32_t number) {
  auto chunk = std::make_shared<points::ResidentNode>();
  chunk->node = number;
  chunk->bounds = bounds, chunk->origin = bounds.low;
  const Vec3d size = bounds.size();
  chunk->spacing_m = std::sqrt(std::max(1e-6, size.x * size.y) / static_cast<double>(indices.size()));
  const bool coloured = sample.rgb.size() >= 3 * sample.size();
  const bool classed = sample.classification.size() >= sample.size();
  for (const std::uint32_t i : indices) {
    const float* const p = &sample.xyz[3 * std::size_t{i}];
    for (const double part : {p[0] - bounds.low.x, p[1] - bounds.low.y, p[2] - bounds.low.z})
      chunk->xyz.push_back(static_cast<float>(part));
    if (coloured)
      chunk->rgb.insert(chunk->rgb.end(), &sample.rgb[3 * std::size_t{i}], &sample.rgb[3 * std::size_t{i}] + 3);
    if (classed) chunk->classification.push_back(sample.classification[i]);
  }
  chunk->index.assign(indices.begin(), indices.end());
  return chunk;
}

/// Halved across the longer side until the pieces are small.
void split(const model::PointSample& sample, Indices indices, std::vector<points::ResidentNodePtr>& out) {
  const Bounds bounds = boundsOf(sample, indices);
  if (indices.size() > chunk_points) {
    const std::size_t axis = bounds.size().x > bounds.size().y ? 0 : 1;
    const auto middle = indices.begin() + static_cast<std::ptrdiff_t>(indices.size() / 2);
    std::nth_element(indices.begin(), middle, indices.end(), [&](std::uint32_t a, std::uint32_t b) {
      return sample.xyz[3 * std::size_t{a} + axis] < sample.xyz[3 * std::size_t{b} + axis];
    });
    const std::size_t half = indices.size() / 2;
    split(sample, indices.first(half), out);
    return split(sample, indices.subspan(half), out);
  }
  // Mixed, so that the first half of a chunk shows all of it half as dense.
  std::shuffle(indices.begin(), indices.end(), std::minstd_rand(static_cast<unsigned>(out.size() + 1)));
  out.push_back(chunkOf(sample, bounds, indices, static_cast<std::uint32_t>(out.size())));
}

}  // namespace

void preparePoints(const model::CityModel& model, PreparedTown& town) {
  for (const model::PointCloud& cloud : model.clouds) {
    std::vector<points::ResidentNodePtr>& chunks = town.point_samples.emplace_back();
    std::vector<std::uint32_t> indices(cloud.sample.size());
    std::iota(indices.begin(), indices.end(), 0U);
    std::erase_if(indices, [&](std::uint32_t i) {
      const float* const p = &cloud.sample.xyz[3 * std::size_t{i}];
      return !std::isfinite(p[0]) || !std::isfinite(p[1]) || !std::isfinite(p[2]);
    });
    if (!indices.empty()) split(cloud.sample, indices, chunks);
  }
}

}  // namespace hashimichi::render
