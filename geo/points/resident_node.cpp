#include <cmath>

#include "geo/points/node_store.h"

namespace hashimichi::points {
namespace {

template <typename T>
std::size_t held(const std::vector<T>& values) {
  return values.capacity() * sizeof(T);
}

/// Keeps of `from` what `index` names; empty stays empty.
template <typename T>
std::vector<T> kept(std::vector<T>&& from, const std::vector<std::uint32_t>& index) {
  if (index.empty() || from.empty()) return std::move(from);
  std::vector<T> to;
  to.reserve(index.size());
  for (const std::uint32_t i : index) to.push_back(from[i]);
  return to;
}

std::vector<std::uint8_t> colours(const PointBatch& batch, const std::vector<std::uint32_t>& index) {
  std::vector<std::uint8_t> rgb;
  if (batch.red.empty()) return rgb;
  const std::size_t count = index.empty() ? batch.size() : index.size();
  rgb.resize(3 * count);
  for (std::size_t to = 0; to < count; ++to) {
    const std::size_t from = index.empty() ? to : index[to];
    rgb[3 * to] = static_cast<std::uint8_t>(batch.red[from] >> 8);
    rgb[3 * to + 1] = static_cast<std::uint8_t>(batch.green[from] >> 8);
    rgb[3 * to + 2] = static_cast<std::uint8_t>(batch.blue[from] >> 8);
  }
  return rgb;
}

}  // namespace

std::size_t ResidentNode::bytes() const {
  return sizeof(*this) + held(xyz) + held(rgb) + held(classification) + held(return_number) + held(number_of_returns) +
         held(intensity) + held(point_source_id) + held(index);
}

Result<ResidentNode> loadResident(const Octree& octree, std::size_t node, const OctreePlacer& placer,
                                  double spacing_m) {
  Result<PointBatch> loaded = octree.loadDrawn(node);
  if (!loaded) return loaded.error();
  PointBatch& batch = *loaded;
  const OctreeNode& from = octree.nodes()[node];
  ResidentNode made;
  made.node = static_cast<std::uint32_t>(node);
  made.level = from.key.level;
  made.spacing_m = spacing_m;

  std::vector<Vec3d> local(batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i) local[i] = batch.position(i);
  placer.apply(local);
  std::size_t lost = 0;
  for (const Vec3d& p : local) isFinite(p) ? made.bounds.add(p) : void(++lost);
  if (lost > 0)
    for (std::uint32_t i = 0; i < local.size(); ++i)
      if (isFinite(local[i])) made.index.push_back(i);
  if (!made.bounds.empty()) made.origin = made.bounds.centre();
  made.xyz.reserve(3 * (local.size() - lost));
  for (const Vec3d& p : local) {
    if (!isFinite(p)) continue;
    const Vec3d relative = p - made.origin;
    for (const double value : {relative.x, relative.y, relative.z}) made.xyz.push_back(static_cast<float>(value));
  }
  if (lost > 0 && lost == local.size()) return made;  // nothing to keep of the attributes either
  made.rgb = colours(batch, made.index);
  made.classification = kept(std::move(batch.classification), made.index);
  made.return_number = kept(std::move(batch.return_number), made.index);
  made.number_of_returns = kept(std::move(batch.number_of_returns), made.index);
  made.intensity = kept(std::move(batch.intensity), made.index);
  made.point_source_id = kept(std::move(batch.point_source_id), made.index);
  return made;
}

}  // namespace hashimichi::points
