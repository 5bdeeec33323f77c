#pragma once
#include <filesystem>

#include "geo/import/importer.h"

namespace hashimichi::import::citygml {

/// Reads one CityGML file into the sink; see Importer::read.
Status readCityGml(const std::filesystem::path& path, Context& context);

}  // namespace hashimichi::import::citygml
