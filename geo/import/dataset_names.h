#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/crs/mesh_code.h"

/// What the name of a file says about its content before it is opened, by PLATEAU's rules:
/// `53394525_bldg_6697_op.gml` = grid square, package, CRS.
namespace hashimichi::import {

struct DatasetName {
  std::string mesh_code;  ///< "53394525"; empty where the name begins with none
  std::string package;    ///< "bldg", "tran", …; empty where the name has none that is known
  std::optional<crs::LatLonRect> square;
};
DatasetName datasetNameOf(const std::filesystem::path& path);

/// The only types a package holds ("bldg" → Building), as reports name them; empty where it may hold others as well.
std::vector<std::string_view> typesOfPackage(std::string_view package);

}  // namespace hashimichi::import
