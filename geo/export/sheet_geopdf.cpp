#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include "geo/core/file.h"
#include "geo/export/sheet_parts.h"
#include "geo/project/gdal_errors.h"

namespace hashimichi::exporting {
namespace {

constexpr double dots_per_inch = 150, mm_per_inch = 25.4;

/// GDAL's transform of the page as a picture at `dots_per_inch`, in projected metres.
void pageTransform(const Sheet& sheet, double (&transform)[6]) {
  const Vec3d corner = sheet.city().frame.toProjected(sheet.view.toLocal({0, 0}));
  const double metres_per_dot = sheet.view.scale_denominator * mm_per_inch / dots_per_inch / 1000;
  transform[0] = corner.x, transform[1] = metres_per_dot, transform[2] = 0;
  transform[3] = corner.y, transform[4] = 0, transform[5] = -metres_per_dot;
}

/// The map's frame, so that readers know where the map ends and the margin begins.
std::string neatLine(const Sheet& sheet) {
  const Bounds shown = sheet.view.shown();
  const Vec3d low = sheet.city().frame.toProjected(shown.low), high = sheet.city().frame.toProjected(shown.high);
  char text[256];
  std::snprintf(text, sizeof text, "POLYGON ((%.3f %.3f,%.3f %.3f,%.3f %.3f,%.3f %.3f,%.3f %.3f))", low.x, low.y, low.x,
                high.y, high.x, high.y, high.x, low.y, low.x, low.y);
  return text;
}

}  // namespace

Status addGeoreference(const std::filesystem::path& pdf, const Sheet& sheet) {
  project::registerGdal();
  project::GdalErrors errors;
  std::filesystem::path copy = pdf;
  copy += ".plain";
  std::error_code failed;
  std::filesystem::copy_file(pdf, copy, failed);
  const char* const drivers[] = {"PDF", nullptr};
  const char* const options[] = {"DPI=150", nullptr};
  auto* dataset = failed ? nullptr
                         : static_cast<GDALDataset*>(GDALOpenEx(toUtf8(pdf).c_str(), GDAL_OF_RASTER | GDAL_OF_UPDATE,
                                                                drivers, options, nullptr));
  if (dataset != nullptr) {
    OGRSpatialReference crs;
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    double transform[6];
    pageTransform(sheet, transform);
    if (crs.importFromEPSG(sheet.city().frame.epsg()) == OGRERR_NONE) {
      dataset->SetSpatialRef(&crs);
      dataset->SetGeoTransform(transform);
      dataset->SetMetadataItem("NEATLINE", neatLine(sheet).c_str());
    }
    GDALClose(dataset);
  }
  // A sheet without coordinates in its file is still a sheet: where GDAL has no PDF reader the plain one stays.
  if (dataset == nullptr || errors.any()) {
    std::filesystem::rename(copy, pdf, failed);
    if (failed)
      return Error{ErrorCode::write_failed, toUtf8(pdf), "The map sheet cannot be finished.", "Check free space."};
  }
  std::filesystem::remove(copy, failed);
  return done();
}

}  // namespace hashimichi::exporting
