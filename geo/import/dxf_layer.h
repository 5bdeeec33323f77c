#pragma once
// Included only by the .cpp files of this room that talk to GDAL.
#include "geo/import/vector_layer.h"

namespace hashimichi::import {

/// Reads a drawing: GDAL gives all entities as one layer, here every layer of the drawing is judged by its own name.
/// Closed lines are areas. Text in CP932 (drawings before 2007) or UTF-8.
Result<LayerOutcome> readDxf(OGRLayer& entities, VectorFile& file);

}  // namespace hashimichi::import
