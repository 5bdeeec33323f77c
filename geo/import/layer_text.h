#pragma once
// Included only by the .cpp files of this room that talk to GDAL.
#include <ogrsf_frmts.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/text.h"
#include "geo/import/layer_kind.h"
#include "geo/import/vector_features.h"
#include "geo/import/vector_layer.h"

namespace hashimichi::import {

/// Text of a layer to UTF-8. Shapefiles and DXF come as raw bytes; the other formats are UTF-8 by definition.
class LayerText {
 public:
  LayerText(bool raw, Encoding encoding) : raw_(raw), encoding_(encoding) {}
  /// Nothing when the bytes are in neither encoding.
  std::optional<std::string> decode(std::string_view bytes) const;

 private:
  bool raw_;
  Encoding encoding_;
};

/// The encoding of a layer's raw text: what the user said, what the file says where the bytes agree, else the bytes.
/// What had to be chosen is reported.
Encoding findEncoding(OGRLayer& layer, const VectorFile& file);

/// The kind of shape that a layer declares; where it declares none, that of its first feature.
ShapeType shapeTypeOf(OGRwkbGeometryType type);
ShapeType shapeTypeOf(OGRLayer& layer);

std::vector<std::string> headsOf(OGRLayer& layer, const LayerText& text);

/// The cells of a feature in UTF-8, one per head, instead of what `cells` held; undecodable ones are reported and left
/// blank.
void readCells(const OGRFeature& feature, const LayerPlan& plan, const LayerText& text, Problems& problems,
               std::vector<std::string>& cells);

}  // namespace hashimichi::import
