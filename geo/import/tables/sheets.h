#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "geo/core/result.h"
#include "geo/import/tables/records.h"

namespace hashimichi::import {

/// One sheet of a workbook. Several sheets share the opened workbook.
struct Sheet {
  std::string name;
  std::unique_ptr<RecordSource> records;
};

/// The sheets of an XLSX or ODS workbook that hold anything, every cell as text: dates as 2024/01/31, formulas as
/// their results. A line is a row of the sheet.
///
/// @returns limit for a zip that unpacks beyond reason (zip_check.h), unreadable or bad_input for a damaged one
Result<std::vector<Sheet>> openSheets(const std::filesystem::path& path);

}  // namespace hashimichi::import
