#pragma once
#include <string>

#include "geo/assess/ranking.h"
#include "geo/project/columns.h"

namespace hashimichi::exporting {

/// A QGIS layer style (QML) that colours a priority layer by its `band` as the sheet does. QGIS finds it in the table
/// layer_styles of the GeoPackage and applies it on opening.
std::string qgisStyle(project::Shape shape, assess::Subject subject, Language language);

}  // namespace hashimichi::exporting
