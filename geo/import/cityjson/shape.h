#pragma once
#include <cstddef>
#include <map>
#include <vector>

#include "geo/import/cityjson/geometry.h"

namespace hashimichi::import::cityjson {

/// One object and its parts at all levels of detail, in the local frame, before one level is chosen.
struct Shape {
  struct Part {
    bool attachment = false;          ///< follows the level of its body
    std::size_t body = 0;             ///< index of the part it belongs to; its own for a body
    std::map<double, Pieces> by_lod;  ///< 0, 1, 1.2, 2.2 …
  };
  std::vector<Part> parts;
};

/// All levels that a feature is known at, lowest first; the last one is what is shown. There every body has its own
/// highest level, and what is attached to it the same one or the next above; below it, each has what it has at exactly
/// that level. `has_height` is false where every z is 0.
/// @param lod_of_last  the highest level named by the file that has a form, as written: 2.2
std::vector<model::Geometry> levelsOf(Shape shape, double& lod_of_last);

}  // namespace hashimichi::import::cityjson
