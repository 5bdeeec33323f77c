#pragma once
#include <filesystem>

#include "geo/core/progress.h"
#include "geo/core/result.h"
#include "geo/import/citygml/source_frame.h"

namespace hashimichi::import::citygml {

enum class HeadWish {
  crs_only,    ///< stops at the first srsName
  with_extent  ///< also the extent: from the Envelope, else from all coordinates of the file
};

/// Reads as little as the wish needs. A file that breaks later is told as far as it goes.
/// @returns an Error when the file cannot be opened or breaks before anything was found; cancelled
Result<FileHead> readFileHead(const std::filesystem::path& path, HeadWish wish, Progress& progress);

}  // namespace hashimichi::import::citygml
