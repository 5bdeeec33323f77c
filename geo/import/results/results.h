#pragma once
#include "geo/import/importer.h"

namespace hashimichi::import {

// Importers of what other programs computed (see README.md); asked before the generic readers of GeoJSON and tables.

const Importer& roofSnowImporter();    ///< MLIT's roof-snow tool UC25-01: GeoJSON of buildings with 除雪優先度
const Importer& czmlImporter();        ///< CZML made of it: the class of a value is known by its colour
const Importer& simulationImporter();  ///< CSV of points or grid cells with values in columns or rows

}  // namespace hashimichi::import
