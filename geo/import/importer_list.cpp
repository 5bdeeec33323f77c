#include <array>

#include "geo/core/file.h"
#include "geo/import/importer.h"

namespace hashimichi::import {
namespace {
constexpr std::size_t head_bytes = 4096;
}

const std::vector<const Importer*>& importers() {
  static const std::vector<const Importer*> list{
      &lasImporter(),       //
      &citygmlImporter(),   //
      &meshImporter(),      //
      &tilesetImporter(),   //
      &cityjsonImporter(),  //
      &osmImporter(),       //
      &vectorImporter(),    //
      &demImporter(),       //
      &imageryImporter(),   //
      &tableImporter(),     //
  };
  return list;
}

bool isDatabase(const std::filesystem::path& path) {
  const std::string text = toUtf8(path);
  return text.starts_with("PG:") || text.starts_with("postgresql://");
}

Result<const Importer*> importerFor(const std::filesystem::path& path) {
  if (isDatabase(path)) return &vectorImporter();
  std::error_code ignored;
  const std::string name = toUtf8(path);
  if (std::filesystem::is_directory(path, ignored))
    return Error{ErrorCode::unreadable, name, "This is a folder, not a file.", ""};
  const Result<std::string> head = readHead(path, head_bytes);
  if (!head) return head.error();
  if (head->empty())
    return Error{ErrorCode::bad_input, name, "The file is empty.", "Copy or export it again from its source."};
  for (const Importer* importer : importers())
    if (importer->accepts(path, *head)) return importer;
  return Error{
      ErrorCode::unsupported, name, "The content is of no format that is read here.",
      "Read are CityGML, CityJSON, Shapefile, GeoPackage, GeoJSON, FlatGeobuf, KML/KMZ, GML, DXF, OpenStreetMap, PostGIS, "
      "glTF, OBJ, PLY, 3D Tiles, GeoTIFF, LAS/LAZ, CSV, XLSX and ODS."};
}

}  // namespace hashimichi::import
