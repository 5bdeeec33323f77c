#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/core/problem.h"
#include "geo/core/result.h"
#include "geo/points/point_batch.h"
#include "geo/points/voxel_key.h"

namespace hashimichi::points {

/// One attribute of an octree, as its metadata names it ("intensity", "rgb", or an extra-bytes name).
struct AttributeInfo {
  std::string name, description;
  std::string type;  ///< Potree's word: "int32", "uint16", "double" …
  int elements = 1, bytes = 0;
  std::vector<double> low, high;      ///< one per element; empty when unknown
  std::vector<double> scale, offset;  ///< what is meant = stored × scale + offset; one per element, or empty: 1 and 0
};
/// Whether it is an attribute of every LAS file; the others are extra bytes.
bool isStandard(const AttributeInfo& attribute);

/// What an octree is as a whole. Coordinates are the survey's, x east (longitude), y north (latitude), z up.
struct OctreeInfo {
  std::string format;  ///< "Potree 2", "COPC"
  std::string crs;     ///< any text that PROJ reads; empty when the files name none
  std::string geoid;   ///< grid file (UTF-8) that a person chose for its ellipsoidal heights; empty: PROJ's own
  std::uint64_t point_count = 0;
  Bounds bounds;        ///< of the points
  Bounds cube;          ///< of the root
  double spacing = 0;   ///< between points of the root, source units; a level below it is half as much
  Vec3d scale, offset;  ///< of the stored integers
  std::vector<AttributeInfo> attributes;
  std::array<std::uint64_t, 256> count_by_class{};  ///< all 0 when it is not stored
};

/// Nodes lie in one vector, the root first, children after their parents.
struct OctreeNode {
  static constexpr std::int32_t none = -1;
  VoxelKey key;
  Bounds bounds;                  ///< the cube, source CRS
  std::uint32_t point_count = 0;  ///< of this node alone: together with its ancestors' it is the picture at its level
  std::uint64_t byte_offset = 0, byte_size = 0;
  std::array<std::int32_t, 8> children{none, none, none, none, none, none, none, none};
};

/// A point cloud as it lies on disk, level by level: every point is in exactly one node. Immutable; `load` may be
/// called from any number of threads at once and reads only that node.
class Octree {
 public:
  virtual ~Octree() = default;
  virtual const OctreeInfo& info() const = 0;
  virtual std::span<const OctreeNode> nodes() const = 0;
  /// unreadable when the file is cut off, damaged or gone since it was opened
  virtual Result<PointBatch> load(std::size_t node) const = 0;
  /// Only what is drawn: without GPS times, which cost a compressed survey a third of the time.
  virtual Result<PointBatch> loadDrawn(std::size_t node) const { return load(node); }
  /// With every attribute, also those that are never drawn: scan angle, user data, flags, infrared, extra bytes.
  virtual Result<PointBatch> loadAll(std::size_t node) const { return load(node); }
};
using OctreePtr = std::shared_ptr<const Octree>;

/// A Potree 2 octree (its folder or metadata.json; DEFAULT and BROTLI) or a COPC file. Reads the whole hierarchy, no
/// points. Loops, nodes outside their parent, counts beyond the file: such a node and all below it is left out and
/// told once.
/// @returns not_found, unreadable (damaged from the start), unsupported (Potree 1, an encoding that is not known)
Result<OctreePtr> openOctree(const std::filesystem::path& path, Problems& problems);
/// From the name and the first bytes; does not open it.
bool looksLikeOctree(const std::filesystem::path& path);

}  // namespace hashimichi::points
