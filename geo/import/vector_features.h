#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "geo/core/interned.h"
#include "geo/import/cell_reader.h"
#include "geo/import/importer.h"
#include "geo/import/layer_kind.h"
#include "geo/import/vector_shape.h"

namespace hashimichi::import {

/// One layer while it is read: what it holds, which column means what, and how its features are named.
struct LayerPlan {
  LayerKind kind = LayerKind::other;
  FieldMatch match;
  std::vector<std::string> heads;  ///< UTF-8
  std::vector<Interned> names{};   ///< the heads, as attributes are called; from nameColumns
  std::string name;                ///< UTF-8
  std::string file;                ///< as the user named it, for the report
  std::string source;              ///< the file's name, for the model
  std::string id_prefix;           ///< the file's stem, with the layer's name where the file has several
};

/// Fills `names`; to be called when the heads are settled.
void nameColumns(LayerPlan& plan);

/// Turns one feature into the model's words and gives it to the sink.
///
/// @param cells  in the order of the heads, UTF-8, empty for null
/// @returns false when the shape does not fit the layer's kind (reported)
bool emitFeature(const LayerPlan& plan, std::int64_t fid, const std::vector<std::string>& cells, VectorShape shape,
                 Context& context);

}  // namespace hashimichi::import
