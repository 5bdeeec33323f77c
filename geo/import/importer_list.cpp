#include <fmt/format.h>

#include <array>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/gdal_support.h"
#include "geo/import/importer.h"
#include "geo/import/points/octree_importer.h"
#include "geo/import/points/point_text_importer.h"
#include "geo/import/results/results.h"
#include "geo/import/terrain/tiles.h"

namespace hashimichi::import {
namespace {
constexpr std::size_t head_bytes = 4096;

bool isReadRemotely(const Importer& importer) {
  return &importer == &demImporter() || &importer == &imageryImporter();
}
}  // namespace

const std::vector<const Importer*>& importers() {
  static const std::vector<const Importer*> list{
      &lasImporter(),         //
      &fgdDemImporter(),      //
      &pointTextImporter(),   //
      &citygmlImporter(),     //
      &meshImporter(),        //
      &tilesetImporter(),     //
      &cityjsonImporter(),    //
      &osmImporter(),         //
      &roofSnowImporter(),    //
      &czmlImporter(),        //
      &simulationImporter(),  //
      &nbiImporter(),         //
      &vectorImporter(),      //
      &demImporter(),         //
      &imageryImporter(),     //
      &tableImporter(),       //
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
  if (std::filesystem::is_directory(path, ignored) && isTileFolder(path)) return &tileFolderImporter();
  if (!isRemote(path) && octreeImporter().accepts(path, {})) return &octreeImporter();
  if (std::filesystem::is_directory(path, ignored))
    return Error{ErrorCode::unreadable, name, "This is a folder, not a file.", ""};
  const Result<std::string> head = isRemote(path) ? readRemoteHead(path, head_bytes) : readHead(path, head_bytes);
  if (!head) return head.error();
  if (head->empty())
    return Error{ErrorCode::bad_input, name, "The file is empty.", "Copy or export it again from its source."};
  for (const Importer* importer : importers())
    if ((!isRemote(path) || isReadRemotely(*importer)) && importer->accepts(path, *head)) return importer;
  if (isRemote(path))
    return Error{ErrorCode::unsupported, name, "Of addresses, only GeoTIFFs are read.",
                 "Download the file and import it from disk."};
  const std::string ending = toLower(toUtf8(path.extension()));
  if (ending == ".ecw" || ending == ".sid")
    return Error{ErrorCode::unsupported, name,
                 fmt::format("{} is a closed format that is not read.", ending == ".ecw" ? "ECW" : "MrSID"),
                 "Export the picture as GeoTIFF (COG) or JPEG 2000."};
  if (ending == ".e57")
    return Error{ErrorCode::unsupported, name, "E57 is not read.",
                 "Export the scan as LAZ or LAS, for example with CloudCompare."};
  return Error{ErrorCode::unsupported, name, "The content is of no format that is read here.",
               "Read are CityGML, CityJSON, Shapefile, GeoPackage, GeoJSON, FlatGeobuf, KML/KMZ, GML, DXF, "
               "OpenStreetMap, PostGIS, "
               "glTF, OBJ, PLY, 3D Tiles, GeoTIFF, LAS/LAZ, COPC, Potree 2, XYZ/PTS, CSV, XLSX and ODS."};
}

}  // namespace hashimichi::import
