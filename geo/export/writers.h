#pragma once
#include <filesystem>
#include <string>

#include "geo/export/exporter.h"

// The formats behind exporting::write. Each writes the whole file at `path`, which is a temporary neighbour of the
// target; the caller renames.
namespace hashimichi::exporting {

Status writeCsv(const Snapshot& snapshot, const std::filesystem::path& path, Progress& progress);
Status writeGeoJson(const Snapshot& snapshot, const std::filesystem::path& path, Progress& progress);
Status writeGeoPackage(const Snapshot& snapshot, const std::filesystem::path& path, Progress& progress);
Status writeSheet(const Snapshot& snapshot, const std::filesystem::path& path, Progress& progress);

/// One cell of a CSV file: quoted where needed; a text that a spreadsheet would run as a formula gets an apostrophe.
std::string csvText(std::string_view text);

}  // namespace hashimichi::exporting
