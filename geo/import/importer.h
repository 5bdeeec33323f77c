#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/problem.h"
#include "geo/core/progress.h"
#include "geo/core/result.h"
#include "geo/crs/transform.h"
#include "geo/import/selection.h"
#include "geo/model/city_model.h"
#include "geo/model/sink.h"

namespace hashimichi::import {

/// What the user said; empty means "find out and report what was assumed".
struct Options {
  std::string source_crs;   ///< for files that do not name their CRS
  std::string encoding;     ///< "UTF-8" or "CP932" for tables and Shapefiles
  std::string project_crs;  ///< "EPSG:6676"; chosen from the data when empty
  /// A person's own heads: {"roads": {"width": ["幅"]}, "register": …}; comes before the shipped maps. Empty: none.
  std::filesystem::path field_map{};
  double fill_terrain_m = 0;  ///< gaps in the terrain up to this size are filled and marked; 0: they stay gaps
  int threads = 0;            ///< how many may work at once; 0: as many as the machine has cores
  std::string geoid{};        ///< grid file (UTF-8) that turns ellipsoidal heights into T.P.; PROJ's own when empty
  /// Where archives are unpacked to while they are read; the pictures among them stay there. Empty: a temporary folder.
  std::filesystem::path unpack_folder{};
  Selection selection{};  ///< what is wanted of the files; importFiles sees to it, importers may skip early
};

/// What can be told about a file without reading all of it.
struct Peek {
  std::string format;  ///< "CityGML", "LAZ", "Shapefile" …
  std::string crs;     ///< PROJ definition; empty when the file names none
  crs::AxisOrder order = crs::AxisOrder::east_first;
  Bounds bounds;  ///< in the file's CRS, *east first* whatever `order` says; empty when unknown
};

using model::InspectionRecord;
using model::Sink;

/// Everything an importer works with. `area` is the project's area in the local frame, where it is known already:
/// the check against swapped axes and wrong zones.
struct Context {
  const crs::LocalFrame& frame;
  const Options& options;
  Problems& problems;
  Progress& progress;
  Sink& sink;
  std::optional<Bounds> area;
};

/// One format (family). Stateless; the same object serves every file.
///
/// An importer never throws for bad input: what it cannot read of a feature becomes a skipped Problem naming file and
/// place, what it had to assume becomes an assumption, and only a file that yields nothing at all is an Error.
class Importer {
 public:
  virtual ~Importer() = default;
  virtual std::string_view format() const = 0;
  /// From the first 4 KiB and the name. Content decides; the name only where content cannot (CSV).
  virtual bool accepts(const std::filesystem::path& path, std::string_view head) const = 0;
  virtual Result<Peek> peek(const std::filesystem::path& path, const Options& options, Problems& problems) const = 0;
  virtual Status read(const std::filesystem::path& path, Context& context) const = 0;
};

/// In the order in which they are asked. One line per importer in importer_list.cpp.
const std::vector<const Importer*>& importers();

/// A database named by its connection text ("PG:host=… dbname=… user=…", "postgresql://…") instead of a file.
bool isDatabase(const std::filesystem::path& path);

/// The importer for a file or a database; not_found, unreadable, bad_input (empty file) or unsupported otherwise.
Result<const Importer*> importerFor(const std::filesystem::path& path);

/// Accessors of the importers, for the list and for tests.
const Importer& citygmlImporter();   ///< CityGML 2.0/3.0, i-UR: bldg, tran, brid, dem
const Importer& cityjsonImporter();  ///< CityJSON 1.0–2.0 and CityJSONSeq
const Importer& lasImporter();       ///< LAS and LAZ
const Importer& fgdDemImporter();    ///< DEM of GSI's Fundamental Geospatial Data: .xml, or a .zip of many
const Importer& demImporter();       ///< single-band rasters through GDAL
const Importer& imageryImporter();   ///< colour rasters through GDAL
const Importer& vectorImporter();    ///< Shapefile, GeoPackage, GeoJSON, KML, GML, DXF, PostGIS … through GDAL
const Importer& osmImporter();       ///< OpenStreetMap XML and PBF: roads, buildings, water …
const Importer& meshImporter();      ///< glTF, GLB, OBJ, PLY through Assimp, placed by a georeference beside them
const Importer& tilesetImporter();   ///< 3D Tiles 1.0/1.1 on disk: b3dm, glb, gltf
const Importer& tableImporter();     ///< CSV, XLSX, ODS: bridge register, inspections, stations, observations, forecast

}  // namespace hashimichi::import
