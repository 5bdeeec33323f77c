#include "geo/export/exporter.h"

#include "geo/core/file.h"
#include "geo/export/writers.h"

namespace hashimichi::exporting {
namespace fs = std::filesystem;

namespace {

Status writeBeside(const Snapshot& snapshot, Format format, const fs::path& path, Progress& progress) {
  switch (format) {
    case Format::pdf:
      return writeSheet(snapshot, path, progress);
    case Format::geopackage:
      return writeGeoPackage(snapshot, path, progress);
    case Format::geojson:
      return writeGeoJson(snapshot, path, progress);
    case Format::csv:
      break;
  }
  return writeCsv(snapshot, path, progress);
}

/// Every row must point into the model that it was ranked from.
bool belongsTogether(const Snapshot& snapshot) {
  if (!snapshot.project.model) return false;
  const model::CityModel& city = *snapshot.project.model;
  const std::size_t count = snapshot.ranking.subject == assess::Subject::snow ? city.roads.size() : city.bridges.size();
  for (const assess::Ranked& row : snapshot.ranking.rows)
    if (row.index >= count) return false;
  return true;
}

}  // namespace

std::optional<Format> formatFrom(const std::string& name) {
  for (const Format format : {Format::pdf, Format::geopackage, Format::geojson, Format::csv})
    if (name == extensionOf(format)) return format;
  return std::nullopt;
}

const char* extensionOf(Format format) {
  switch (format) {
    case Format::pdf:
      return "pdf";
    case Format::geopackage:
      return "gpkg";
    case Format::geojson:
      return "geojson";
    case Format::csv:
      break;
  }
  return "csv";
}

Status write(const Snapshot& snapshot, Format format, const fs::path& path, Progress& progress) {
  if (!belongsTogether(snapshot))
    return Error{ErrorCode::bad_input, toUtf8(path), "The ranking is not one of this project.", "Rank again."};
  std::error_code failed;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), failed);
  const fs::path beside = besideOf(path);
  fs::remove(beside, failed);
  Status written = writeBeside(snapshot, format, beside, progress);
  if (written) return moveIntoPlace(beside, path);
  fs::remove(beside, failed);
  Error error = written.error();
  if (error.where == toUtf8(beside)) error.where = toUtf8(path);
  return error;
}

}  // namespace hashimichi::exporting
