#pragma once
#include <string>

#include "geo/import/cityjson/json_tree.h"
#include "geo/import/cityjson/object_types.h"
#include "geo/import/cityjson/shape.h"
#include "geo/model/sink.h"

namespace hashimichi::import::cityjson {

/// A root object with what belongs to it, read and placed.
struct Feature {
  std::string id, type, source;
  ObjectType role;
  model::Attributes attributes;
  Shape shape;
};

/// Hands a feature to the sink as what its type means. Heights and years come from its attributes, of parts too (the
/// tallest, the oldest); implausible ones (−9999, year 1) are unknown.
/// @returns false when nothing of its form could be read
bool pour(Feature feature, model::Sink& sink);

}  // namespace hashimichi::import::cityjson
