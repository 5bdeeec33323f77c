#pragma once
#include <map>
#include <span>
#include <string>
#include <vector>

#include "geo/import/cityjson/appearance.h"
#include "geo/import/cityjson/json_tree.h"
#include "geo/import/cityjson/object_types.h"
#include "geo/model/geometry.h"

namespace hashimichi::import::cityjson {

/// What one geometry, or all of one level of detail, holds.
struct Pieces {
  std::vector<model::Surface> surfaces;
  std::vector<model::Polyline> lines;
  std::vector<Vec3d> points;
  std::vector<model::SurfaceAppearance> appearance;  ///< by ascending surface

  bool empty() const { return surfaces.empty() && lines.empty() && points.empty(); }
};
void append(Pieces& into, Pieces more);

/// What was left out of a geometry: by code, how often and why the first time.
struct Fault {
  std::size_t count = 0;
  std::string what;
};
using Faults = std::map<std::string, Fault>;
void note(Faults& faults, const char* code, const std::string& what);

/// Reads boundaries over a list of vertices.
///
/// Faces whose numbers point to no vertex, whose vertices have no place (NaN) or that have fewer than three different
/// points are left out and noted; a hole of that kind is left out of its face. Points that repeat their neighbour are
/// dropped, together with their place in the picture. Closed shells that look the wrong way are turned round and noted
/// (solid.inverted); open ones and those with some faces turned are noted only.
class GeometryReader {
 public:
  enum class Solids { as_they_are, outward };
  GeometryReader(std::span<const Vec3d> vertices, Appearance& appearance, Solids solids = Solids::outward)
      : vertices_(vertices), appearance_(appearance), solids_(solids) {}

  /// MultiPoint, MultiLineString, MultiSurface, CompositeSurface, Solid, MultiSolid, CompositeSolid.
  Pieces read(JsonValue geometry, Role role, Faults& faults);

 private:
  struct Walk;
  void nested(JsonValue boundaries, int depth, JsonValue semantics, JsonValue material, JsonValue texture, Walk& walk);
  void orient(std::size_t first_face, bool outer, Walk& walk) const;
  void face(JsonValue rings, JsonValue semantic, JsonValue material, JsonValue texture, Walk& walk);
  bool ring(JsonValue indices, model::Ring& into, Walk& walk);
  bool place(JsonValue index, Vec3d& into, Walk& walk) const;
  void cover(JsonValue material, JsonValue texture, const std::vector<std::vector<std::uint32_t>>& kept, Walk& walk);

  std::span<const Vec3d> vertices_;
  Appearance& appearance_;
  Solids solids_;
  std::vector<std::uint32_t> kept_;  ///< positions of the last ring's points in its list
};

}  // namespace hashimichi::import::cityjson
