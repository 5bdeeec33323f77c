#pragma once
#include "geo/model/city_model.h"
#include "geo/project/gpkg.h"

namespace hashimichi::project {

/// Results of other programs: tables `results` (one row a layer), `result_areas` and `result_points` (one row an item,
/// with its shape and a blob of its values over time; the largest of them as a column for people).
Status writeResults(Gpkg& file, const model::CityModel& city);
/// @param layers  how many the project says that it holds; 0 for one that was saved before there were any
Status readResults(Gpkg& file, model::CityModel& city, std::size_t layers, const std::filesystem::path& gpkg);

}  // namespace hashimichi::project
