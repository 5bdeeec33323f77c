#include "geo/project/gpkg.h"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include "geo/core/file.h"
#include "geo/project/gdal_errors.h"
#include "geo/project/gpkg_cells.h"

namespace hashimichi::project {
namespace {

/// SQLite's waits and journal are of no use in a file that nobody knows before it is renamed into place.
class FastWrites {
 public:
  FastWrites() {
    CPLSetThreadLocalConfigOption("OGR_SQLITE_SYNCHRONOUS", "OFF");
    CPLSetThreadLocalConfigOption("OGR_SQLITE_JOURNAL", "OFF");
  }
  ~FastWrites() {
    CPLSetThreadLocalConfigOption("OGR_SQLITE_SYNCHRONOUS", nullptr);
    CPLSetThreadLocalConfigOption("OGR_SQLITE_JOURNAL", nullptr);
  }
};

OGRwkbGeometryType wkbOf(Shape shape) {
  switch (shape) {
    case Shape::point:
      return wkbPoint25D;
    case Shape::points:
      return wkbMultiPoint25D;
    case Shape::line:
      return wkbLineString25D;
    case Shape::lines:
      return wkbMultiLineString25D;
    case Shape::polygons:
      return wkbMultiPolygon25D;
    case Shape::none:
      break;
  }
  return wkbNone;
}

struct CloseDataset {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using DatasetPtr = std::unique_ptr<GDALDataset, CloseDataset>;

Error writeFailed(const std::filesystem::path& path, const std::string& reason) {
  return {ErrorCode::write_failed, toUtf8(path), "The GeoPackage cannot be written: " + reason + ".",
          "Check free space and whether the folder is writable."};
}

Error damaged(const std::filesystem::path& path, const std::string& place, const std::string& reason) {
  return {ErrorCode::unreadable, toUtf8(path) + "#" + place, "The GeoPackage is damaged: " + reason + ".",
          "Restore it from a backup, or import the sources again."};
}

}  // namespace

struct Gpkg::Impl {
  std::filesystem::path path;
  DatasetPtr dataset;
  OGRSpatialReference crs;
  Vec3d origin;
  bool writing = false;

  ~Impl() {
    const GdalErrors quiet;  // a file that is given up may still be written to while it closes
    dataset.reset();
  }
};

Gpkg::Gpkg(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Gpkg::~Gpkg() = default;
Gpkg::Gpkg(Gpkg&&) noexcept = default;
Gpkg& Gpkg::operator=(Gpkg&&) noexcept = default;

Result<Gpkg> Gpkg::create(const std::filesystem::path& path, int epsg, Vec3d origin) {
  registerGdal();
  GdalErrors errors;
  const FastWrites fast;
  auto impl = std::make_unique<Impl>();
  impl->path = path;
  impl->origin = origin;
  impl->writing = true;
  impl->crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  if (impl->crs.importFromEPSG(epsg) != OGRERR_NONE)
    return Error{ErrorCode::bad_crs, "EPSG:" + std::to_string(epsg), "This coordinate reference system is unknown.",
                 ""};
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
  if (driver == nullptr) return Error{ErrorCode::unsupported, toUtf8(path), "This GDAL has no GeoPackage driver.", ""};
  impl->dataset.reset(driver->Create(toUtf8(path).c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  if (!impl->dataset || impl->dataset->StartTransaction() != OGRERR_NONE)
    return writeFailed(path, errors.any() ? errors.first() : "the file cannot be made");
  return Gpkg(std::move(impl));
}

Result<Gpkg> Gpkg::open(const std::filesystem::path& path) {
  registerGdal();
  GdalErrors errors;
  auto impl = std::make_unique<Impl>();
  impl->path = path;
  const char* const drivers[] = {"GPKG", nullptr};
  impl->dataset.reset(
      GDALDataset::Open(toUtf8(path).c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, nullptr, nullptr));
  if (!impl->dataset) return damaged(path, "file", errors.any() ? errors.first() : "it is no GeoPackage");
  return Gpkg(std::move(impl));
}

void Gpkg::setOrigin(Vec3d origin) {
  impl_->origin = origin;
}

Status Gpkg::write(const TableInfo& table, const Describe& describe, const std::function<bool(Columns&)>& next) {
  GdalErrors errors;
  CPLStringList options;
  options.SetNameValue("GEOMETRY_NAME", "geom");
  options.SetNameValue("FID", table.fid);
  options.SetNameValue("DESCRIPTION", table.description);
  if (!table.indexed) options.SetNameValue("SPATIAL_INDEX", "NO");
  const bool spatial = table.shape != Shape::none;
  OGRLayer* layer =
      impl_->dataset->CreateLayer(table.name, spatial ? &impl_->crs : nullptr, wkbOf(table.shape), options.List());
  if (layer == nullptr) return writeFailed(impl_->path, errors.first());
  ColumnDefiner definer(*layer);
  describe(definer);
  CellWriter cells(*layer, impl_->origin, table.keeps_empty_texts);
  while (!errors.any() && next(cells))
    if (!cells.commitRow()) break;
  if (errors.any()) return writeFailed(impl_->path, errors.first());
  return done();
}

Status Gpkg::read(const std::string& table, const Describe& row) {
  GdalErrors errors;
  OGRLayer* layer = impl_->dataset->GetLayerByName(table.c_str());
  if (layer == nullptr) return damaged(impl_->path, table, "this table is missing");
  CellReader cells(*layer, impl_->origin);
  while (cells.next()) row(cells);
  if (errors.any()) return damaged(impl_->path, table, errors.first());
  return done();
}

Status Gpkg::close() {
  GdalErrors errors;
  const FastWrites fast;
  bool ok = true;
  if (impl_->writing) ok = impl_->dataset->CommitTransaction() == OGRERR_NONE;
  impl_->dataset.reset();  // writes extents and indices; its failures only show as messages
  if (ok && !errors.any()) return done();
  return writeFailed(impl_->path, errors.any() ? errors.first() : "the transaction failed");
}

Status addTerrain(const std::filesystem::path& path, const std::string& table, const model::Terrain& terrain, int epsg,
                  Vec3d origin) {
  GdalErrors errors;
  const FastWrites fast;
  const int columns = static_cast<int>(terrain.columns), rows = static_cast<int>(terrain.rows);
  DatasetPtr grid(GetGDALDriverManager()->GetDriverByName("MEM")->Create("", columns, rows, 1, GDT_Float32, nullptr));
  OGRSpatialReference crs;
  crs.importFromEPSG(epsg);
  // Samples are cell centres; the raster's first row is the northernmost.
  const Vec3d south_west = terrain.south_west + origin;
  double transform[6] = {south_west.x - terrain.spacing_m / 2,
                         terrain.spacing_m,
                         0,
                         south_west.y + terrain.spacing_m * (rows - 0.5),
                         0,
                         -terrain.spacing_m};
  grid->SetGeoTransform(transform);
  grid->SetSpatialRef(&crs);
  grid->GetRasterBand(1)->SetNoDataValue(std::nan(""));
  for (int row = 0; row < rows; ++row) {
    auto* line =
        const_cast<float*>(terrain.height_m.data() + static_cast<std::size_t>(rows - 1 - row) * terrain.columns);
    if (grid->GetRasterBand(1)->RasterIO(GF_Write, 0, row, columns, 1, line, columns, 1, GDT_Float32, 0, 0) != CE_None)
      return writeFailed(path, errors.first());
  }
  CPLStringList options;
  options.SetNameValue("APPEND_SUBDATASET", "YES");
  options.SetNameValue("RASTER_TABLE", table.c_str());
  options.SetNameValue("RASTER_DESCRIPTION", "Ground heights, metres");
  options.SetNameValue("TILE_FORMAT", "TIFF");
  DatasetPtr stored(GetGDALDriverManager()->GetDriverByName("GPKG")->CreateCopy(
      toUtf8(path).c_str(), grid.get(), FALSE, options.List(), GDALDummyProgress, nullptr));
  stored.reset();
  if (errors.any()) return writeFailed(path, errors.first());
  return done();
}

Status readTerrain(const std::filesystem::path& path, const std::string& table, model::Terrain& terrain) {
  GdalErrors errors;
  const std::string name = "GPKG:" + toUtf8(path) + ":" + table;
  DatasetPtr grid(GDALDataset::Open(name.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, nullptr, nullptr, nullptr));
  if (!grid) return damaged(path, table, errors.any() ? errors.first() : "the grid is missing");
  const int columns = grid->GetRasterXSize(), rows = grid->GetRasterYSize();
  if (static_cast<std::size_t>(columns) != terrain.columns || static_cast<std::size_t>(rows) != terrain.rows)
    return damaged(path, table, "the grid has another size than was saved");
  terrain.height_m.resize(terrain.columns * terrain.rows);
  // A negative line space turns the north-up raster into rows from the south while reading.
  float* last = terrain.height_m.data() + (terrain.rows - 1) * terrain.columns;
  const GSpacing line_bytes = -static_cast<GSpacing>(sizeof(float) * terrain.columns);
  const CPLErr failed = grid->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, columns, rows, last, columns, rows, GDT_Float32,
                                                         sizeof(float), line_bytes, nullptr);
  if (failed != CE_None || errors.any()) return damaged(path, table, errors.first());
  return done();
}

}  // namespace hashimichi::project
