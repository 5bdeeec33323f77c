#pragma once
#include <filesystem>
#include <map>
#include <string>

namespace hashimichi::import {

/// The readable names of the columns of a Shapefile, from an `attributes.csv` beside it (original_name, display_name):
/// open-data portals publish them so, because a DBF has no room for names. Empty when there is none, or it is damaged.
std::map<std::string, std::string> columnNamesBeside(const std::filesystem::path& shp);

}  // namespace hashimichi::import
