#pragma once
#include <filesystem>

#include "geo/import/cityjson/head.h"
#include "geo/import/importer.h"

namespace hashimichi::import::cityjson {

/// Looks through a file without keeping it: what it says about places, and where its vertices lie.
/// @returns an Error when it cannot be opened, or is broken before anything could be learnt
Result<Survey> survey(const std::filesystem::path& path);

/// Whether x is north in the file. What solids say counts first, then what degrees can be.
/// @param stated  false where nothing in the file decides
bool northFirst(const Survey& survey, const crs::CrsInfo& info, bool& stated);

/// A whole CityJSON or CityJSONSeq file into the sink.
Status readCityJson(const std::filesystem::path& path, Context& context);

}  // namespace hashimichi::import::cityjson
