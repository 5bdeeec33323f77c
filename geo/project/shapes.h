#pragma once
#include <set>
#include <string>

#include "geo/core/problem.h"
#include "geo/model/city_model.h"
#include "geo/project/gpkg.h"

namespace hashimichi::project {

/// What features have beside the geometry of their own row: other levels of detail, further lines, points, colours and
/// textures, dense meshes. Tables meshes, other_lods, feature_lines, feature_points, appearances, materials.
///
/// @param folder  the project's, which texture paths are told relative to
/// @param caches  names of the files below caches/ that the project uses; those written here are added
Status writeShapes(Gpkg& file, const model::CityModel& city, const std::filesystem::path& folder,
                   std::set<std::string>& caches);

/// After the features themselves were read.
/// @param version  the layout of the file; what version 1 did not know stays empty
Status readShapes(Gpkg& file, model::CityModel& city, const std::filesystem::path& folder, int version,
                  Problems& report);

/// How many geometries writeShapes puts into other_lods; checked on opening.
std::size_t countOtherLods(const model::CityModel& city);

}  // namespace hashimichi::project
