#pragma once
#include <filesystem>
#include <set>
#include <string>

#include "geo/core/problem.h"
#include "geo/model/city_model.h"
#include "geo/project/gpkg.h"

namespace hashimichi::project {

/// The dense meshes of city objects: the table `meshes` names each object's file below caches/.
/// @param caches  the names of the files that the project uses; those written here are added
Status writeMeshes(Gpkg& file, const model::CityModel& city, const std::filesystem::path& folder,
                   std::set<std::string>& caches);
/// A mesh whose file is missing or damaged is told in the report; its object stays without a form. To be called when
/// objects and materials are there.
Status readMeshes(Gpkg& file, model::CityModel& city, const std::filesystem::path& folder, Problems& report);

/// The materials as they are stored: paths relative, pictures that came inside a model as files of their own.
Result<std::vector<model::Material>> storedMaterials(const model::CityModel& city, const std::filesystem::path& folder,
                                                     std::set<std::string>& caches);

}  // namespace hashimichi::project
