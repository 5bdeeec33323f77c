#pragma once
#include <array>
#include <vector>

#include "geo/import/cityjson/geometry.h"

namespace hashimichi::import::cityjson {

/// Forms that stand in many places: "geometry-templates" of a document, in their own metres.
class Templates {
 public:
  Templates() = default;
  /// @param north_first  the document's x is north, so the templates' is too
  Templates(JsonValue templates, bool north_first, Appearance& appearance, Faults& faults);

  /// A GeometryInstance, turned, scaled and moved to its place. Empty and noted when it names no template, no place or
  /// no matrix of 16 numbers.
  Pieces instance(JsonValue geometry, std::span<const Vec3d> vertices, Faults& faults);
  /// The level of detail of the template that an instance names.
  JsonValue lodOf(JsonValue geometry) const;

 private:
  struct Template {
    Pieces pieces;
    JsonValue lod;
  };
  std::vector<Template> templates_;
  bool north_first_ = false;
  std::size_t faces_poured_ = 0;
};

}  // namespace hashimichi::import::cityjson
