#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "geo/core/geometry.h"
#include "geo/core/result.h"
#include "geo/points/lod_select.h"
#include "geo/points/octree.h"
#include "geo/points/octree_place.h"

namespace hashimichi::points {

/// A node in memory, ready to draw. Arrays of attributes that the survey lacks are empty. Point i is point `index[i]`
/// of `Octree::load(node)`, or point i where `index` is empty (no point was dropped).
struct ResidentNode {
  std::uint32_t node = 0;  ///< index in Octree::nodes()
  std::int32_t level = 0;
  double spacing_m = 0;
  Vec3d origin;                   ///< local frame; `xyz` is relative to it
  Bounds bounds;                  ///< of its points, local frame
  std::vector<float> xyz;         ///< 3 per point, metres; exact to 0.01 mm in nodes of 100 m
  std::vector<std::uint8_t> rgb;  ///< 3 per point
  std::vector<std::uint8_t> classification, return_number, number_of_returns;
  std::vector<std::uint16_t> intensity, point_source_id;
  std::vector<std::uint32_t> index;

  std::size_t size() const { return xyz.size() / 3; }
  Vec3d position(std::size_t i) const { return origin + Vec3d{xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]}; }
  std::size_t bytes() const;
};
using ResidentNodePtr = std::shared_ptr<const ResidentNode>;

struct NodeStoreOptions {
  std::size_t memory_mib = 512;  ///< ceiling for resident nodes and those being loaded
  int threads = 0;               ///< workers; 0: one less than the machine has cores, at least 1
  /// Called on a worker's thread after nodes arrived or a failure came up (ask for a redraw). May be empty.
  std::function<void()> on_change;
};

/// Pages nodes of one octree in and out on worker threads. `request` never waits for the disk. Thread-safe; the
/// destructor cancels what is waiting and joins the workers.
///
/// The ceiling holds for what the store keeps and loads: nodes that were handed out stay alive as long as their holder
/// keeps them, so drop what `request` no longer returns. The root and the levels below it that fit into an eighth of
/// the ceiling are loaded first and never leave. Others leave in the order of their last request, but none that the
/// present request wants; what does not fit beside those is not loaded, and `trimmed` says so.
class NodeStore {
 public:
  /// @returns bad_crs
  static Result<std::unique_ptr<NodeStore>> create(OctreePtr octree, const OctreePlace& place,
                                                   const NodeStoreOptions& options = {});
  ~NodeStore();

  /// The skeleton to select from; never changes.
  const LodTree& tree() const;
  const Octree& octree() const;

  /// Those of the wanted nodes that are here, in their order; the others are queued in that order in place of what an
  /// earlier request had queued.
  std::vector<ResidentNodePtr> request(const LodSelection& wanted);
  /// For points at hand only: what the last request returned and what came since.
  std::vector<ResidentNodePtr> residents() const;

  struct State {
    std::size_t resident_bytes = 0, ceiling_bytes = 0;
    std::size_t resident_nodes = 0, resident_points = 0;
    std::size_t wanted = 0, missing = 0;  ///< nodes of the last request, and those of them not here yet
    bool trimmed = false;  ///< the ceiling is too low for the last request: the finest nodes of it stay away
    std::size_t failed_nodes = 0;
  };
  State state() const;
  /// All that the last request wants and the ceiling allows is here: the sign "detail complete". Say "as far as memory
  /// allows" when `state().trimmed`. Failed nodes are not waited for.
  bool complete() const;

  /// The first reason why nodes cannot be loaded (file gone, damaged, disk error): handed out once.
  std::optional<Error> takeFailure();
  void setMemoryCeiling(std::size_t memory_mib);
  /// Forgets what is queued; nodes that are being read at this moment still arrive.
  void cancel();

 private:
  struct Impl;
  explicit NodeStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// One node transformed; what the workers do. @returns unreadable
Result<ResidentNode> loadResident(const Octree& octree, std::size_t node, const OctreePlacer& placer, double spacing_m);

}  // namespace hashimichi::points
