#pragma once
#include <filesystem>

#include "geo/core/progress.h"
#include "geo/core/result.h"
#include "geo/model/city_model.h"

namespace hashimichi::exporting {

/// Everything that sources say about features, as typed tables (geo/model/attribute_table.h), one per feature type and
/// data type. Codes have a second column "…_label" with their meaning; units stand in the column's name.
///
/// @param path  `.gpkg`: one GeoPackage whose tables QGIS opens and joins by feature_id; else a folder (made when
///              missing) of CSV files, UTF-8 with BOM, formula-looking texts quoted
/// @returns not_found when no feature has attributes, write_failed, cancelled
Status writeAttributes(const model::CityModel& city, const std::filesystem::path& path, Progress& progress);

}  // namespace hashimichi::exporting
