#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>

#include "geo/import/citygml/feature_tree.h"
#include "geo/import/citygml/source_frame.h"

namespace hashimichi::import::citygml {

/// Where and how a template stands: core:ImplicitGeometry.
struct Placement {
  std::array<double, 16> matrix{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};  ///< row by row
  Vec3d reference;                                                                ///< in the CRS's own axis order
  SourceFrame* frame = nullptr;                                                   ///< of the reference point

  /// Template coordinates → local frame, in place: the matrix, then the reference point is added. In a projected CRS
  /// that is done in its own axes; in a geographic one the template's axes are east, north, up in metres.
  /// @returns how many points have no place (they are NaN)
  std::size_t apply(std::span<Vec3d> points) const;
  /// Templates written by hand repeat the reference point's degrees instead of being relative to it.
  bool isAbsolute(std::span<const Vec3d> points) const;
};

/// Matrix and reference point of a core:ImplicitGeometry.
/// @param frame  the file's CRS, unless the point states another
/// @param fault  one sentence when nothing is returned
std::optional<Placement> readPlacement(const FeatureTree& tree, NodeId implicit, SourceFrame& frame,
                                       std::string& fault);

}  // namespace hashimichi::import::citygml
