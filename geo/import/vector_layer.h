#pragma once
// Included only by the .cpp files of this room that talk to GDAL.
#include <ogrsf_frmts.h>

#include <filesystem>
#include <string>

#include "geo/import/gdal_support.h"
#include "geo/import/importer.h"
#include "geo/import/layer_kind.h"

namespace hashimichi::import {

/// A vector file while it is read. References outlive it.
struct VectorFile {
  const std::filesystem::path& path;
  GDALDataset& dataset;
  const LayerRules& rules;
  GdalMessages& messages;
  Context& context;
};

struct LayerOutcome {
  std::string name;       ///< UTF-8
  bool readable = false;  ///< false: ignored, with a line in the report
  std::size_t features = 0;
};

/// Judges one layer and streams its features into the sink.
///
/// @returns bad_crs when its coordinates are no places, cancelled; everything else is a line of the report
Result<LayerOutcome> readLayer(OGRLayer& layer, VectorFile& file);

}  // namespace hashimichi::import
