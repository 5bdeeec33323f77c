#pragma once
#include <string>
#include <vector>

#include "geo/model/asset_ref.h"
#include "geo/model/city_model.h"

namespace hashimichi::model {

/// One column of an attribute table: one name that sources use, with one type and one unit for all rows.
struct AttributeColumn {
  std::string name;  ///< "bldg:measuredHeight", "length"; without the data type's own name
  ValueType type = ValueType::text;
  std::string unit;         ///< "m"; empty where rows differ (then the unit stands in the value and the type is text)
  bool has_labels = false;  ///< some code of it has a meaning
};

struct AttributeCell {
  std::string value;  ///< empty: unknown. Several values of one name are joined by "; "
  std::string label;  ///< what a code means
};

/// One feature, or one of its data type elements (one inspection, one facility).
struct AttributeRow {
  AssetRef owner;
  std::vector<AttributeCell> cells;  ///< one per column
};

/// Everything that sources say in one data type: "Building" holds what features of that type say themselves,
/// "uro:BuildingDisasterRiskAttribute" one row per element of that name.
struct AttributeTable {
  std::string name;
  bool of_data_type = false;
  std::vector<AttributeColumn> columns;  ///< in the order in which they were met
  std::vector<AttributeRow> rows;        ///< in the model's order
};

/// By name: feature types first, then data types. Features without attributes have no row.
std::vector<AttributeTable> attributeTables(const CityModel& city);

}  // namespace hashimichi::model
