#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "geo/core/geometry.h"
#include "geo/core/problem.h"
#include "geo/import/cityjson/document.h"

namespace hashimichi::import::cityjson {

/// What a document says about places.
struct Head {
  std::string version;
  Vec3d scale{1, 1, 1}, translate{};
  bool has_transform = false;
  bool bad_transform = false;    ///< there is one, but it is not three and three numbers
  std::string crs;               ///< PROJ definition; empty when none is named
  std::optional<Bounds> extent;  ///< geographicalExtent, in the file's axis order
};
Head readHead(ByteSource& source, const Document& document);
/// Vertices as the file means them.
void applyTransform(std::vector<Vec3d>& vertices, const Head& head);
Bounds boundsOf(const std::vector<Vec3d>& vertices);

/// Looks whether x is north. The standard leaves the order of the axes to the CRS, tools do not agree; but outer shells
/// of solids look outward, and with x and y exchanged they look inward.
class AxisEvidence {
 public:
  /// Takes solids of a document whose vertices are transformed, until it has seen enough.
  void look(ByteSource& source, const Document& document);
  bool enough() const { return outward_ + inward_ >= 20; }
  /// Nothing without closed solids, or where they contradict each other.
  std::optional<bool> northFirst() const;

 private:
  std::size_t outward_ = 0, inward_ = 0;
};

/// What is known of a file before its objects are read.
struct Survey {
  Head head;
  Bounds bounds;  ///< of the vertices, in the file's axis order; of a sequence those of its first features
  AxisEvidence axes;
  bool any_object = false;
};

}  // namespace hashimichi::import::cityjson
