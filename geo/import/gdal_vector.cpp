#include <cpl_conv.h>
#include <cpl_string.h>
#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/gdal_support.h"
#include "geo/import/importer.h"
#include "geo/import/source_crs.h"
#include "geo/import/vector_layer.h"
#include "geo/import/zip_check.h"

namespace hashimichi::import {
namespace {

/// Formats that can be read as features; anything else that GDAL could open (network, raster, scripts) stays closed.
constexpr const char* allowed_drivers[] = {"ESRI Shapefile", "GPKG",   "GeoJSON", "GeoJSONSeq",
                                           "FlatGeobuf",     "SQLite", "LIBKML",  "KML",
                                           "MapInfo File",   "GML",    "DXF",     nullptr};
constexpr const char* database_drivers[] = {"PostgreSQL", nullptr};

bool isGeoJson(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  head = trim(head);
  if (!head.starts_with('{')) return false;
  const bool feature = head.find("\"FeatureCollection\"") != std::string_view::npos ||
                       head.find("\"Feature\"") != std::string_view::npos;
  return feature && head.find("\"CityJSON") == std::string_view::npos;
}

/// Features of a web service or a GIS. CityGML and the base map's own GML (FGD) have readers of their own.
bool isGml(std::string_view head) {
  return head.find("opengis.net/gml") != std::string_view::npos &&
         head.find("FeatureCollection") != std::string_view::npos && head.find("CityModel") == std::string_view::npos &&
         head.find("fgd.gsi.go.jp") == std::string_view::npos;
}

std::string extensionOf(const std::filesystem::path& path) {
  return toLower(toUtf8(path.extension()));
}

Error unreadable(const std::filesystem::path& path, const GdalMessages& messages) {
  const std::string reason = messages.last();
  std::string advice = "Export the file again from its source.";
  std::filesystem::path shx = path;
  std::error_code ignored;
  if (extensionOf(path) == ".shp" && !std::filesystem::exists(shx.replace_extension(".shx"), ignored) &&
      !std::filesystem::exists(shx.replace_extension(".SHX"), ignored))
    return {ErrorCode::unreadable, toUtf8(path),
            "A Shapefile consists of several files; the .shx beside it is missing.",
            "Copy .shp, .shx and .dbf together."};
  return {ErrorCode::unreadable, toUtf8(path),
          reason.empty() ? "The file cannot be opened." : "The file cannot be opened: " + reason + ".", advice};
}

/// What the drivers are told, by ending: text of a DBF or a drawing is taken as bytes (its encoding is found out here,
/// not believed); GML writes nothing beside the user's file and fetches no schema.
std::vector<const char*> openOptions(const std::string& extension) {
  if (extension == ".shp") return {"ENCODING=", nullptr};
  if (extension == ".gml" || extension == ".xml")
    return {"WRITE_GFS=NO", "DOWNLOAD_SCHEMA=NO", "EXPOSE_FID=NO", nullptr};
  return {nullptr};
}

/// A password in the text would be kept in the project and shown in its report.
Status checkDatabase(const std::filesystem::path& path) {
  if (toLower(toUtf8(path)).find("password") == std::string::npos) return done();
  return Error{ErrorCode::bad_input, "PG:", "The connection text holds a password, which the project would keep.",
               "Leave it out and set PGPASSWORD, or use a .pgpass file."};
}

Result<GDALDatasetUniquePtr> openVector(const std::filesystem::path& path, const GdalMessages& messages) {
  startGdal();
  const std::string extension = extensionOf(path);
  const bool database = isDatabase(path);
  if (const Status safe = database ? checkDatabase(path) : done(); !safe) return safe.error();
  if (const Status whole = extension == ".kmz" ? checkZip(path) : done(); !whole) return whole.error();
  const CPLConfigOptionSetter drawing_text("DXF_ENCODING", extension == ".dxf" ? CPL_ENC_UTF8 : nullptr, false);
  GDALDatasetUniquePtr dataset(GDALDataset::Open(toUtf8(path).c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY,
                                                 database ? database_drivers : allowed_drivers,
                                                 openOptions(extension).data(), nullptr));
  if (dataset) return dataset;
  if (!database) return unreadable(path, messages);
  return Error{
      ErrorCode::unreadable, toUtf8(path),
      messages.any() ? "The database cannot be reached: " + messages.last() + "." : "The database cannot be reached.",
      "Check host, port, dbname and user in \"PG:host=… dbname=… user=…\", and that the server is running."};
}

std::string formatName(const GDALDataset& dataset) {
  const std::string name = const_cast<GDALDataset&>(dataset).GetDriver()->GetDescription();
  if (name == "ESRI Shapefile") return "Shapefile";
  if (name == "GPKG") return "GeoPackage";
  if (name == "SQLite") return "SpatiaLite";
  if (name == "PostgreSQL") return "PostGIS";
  return name == "LIBKML" ? "KML" : name;
}

class VectorImporter final : public Importer {
 public:
  std::string_view format() const override { return "GIS vector"; }

  bool accepts(const std::filesystem::path& path, std::string_view head) const override {
    const std::string extension = extensionOf(path);
    if (head.starts_with(std::string_view("\0\0\x27\x0A", 4))) return extension == ".shp";
    if (head.starts_with("SQLite format 3")) return true;
    if (head.starts_with("fgb\x03")) return true;
    if (isGeoJson(head)) return true;
    if (head.starts_with("PK\x03\x04")) return extension == ".kmz";
    if (head.find("<kml") != std::string_view::npos || isGml(head)) return true;
    const std::string_view text = trim(head);
    if (extension == ".dxf") return head.find("SECTION") != std::string_view::npos;
    if (extension == ".tab") return toLower(text.substr(0, 6)) == "!table";
    return extension == ".mif" && toLower(text.substr(0, 7)) == "version";
  }

  Result<Peek> peek(const std::filesystem::path& path, const Options& options, Problems&) const override {
    const GdalMessages messages;
    const Result<GDALDatasetUniquePtr> dataset = openVector(path, messages);
    if (!dataset) return dataset.error();
    Peek peek;
    peek.format = formatName(**dataset);
    for (OGRLayer* layer : (*dataset)->GetLayers()) {
      OGREnvelope box;
      if (layer->GetGeomType() == wkbNone || layer->GetExtent(&box) != OGRERR_NONE) continue;
      const std::string crs = definitionOf(layer->GetSpatialRef());
      if (peek.bounds.empty()) peek.crs = crs;
      if (crs != peek.crs) continue;  // one peek speaks of one CRS; the other layers are placed when they are read
      peek.bounds.add(Vec3d{box.MinX, box.MinY, 0});
      peek.bounds.add(Vec3d{box.MaxX, box.MaxY, 0});
    }
    if (peek.crs.empty()) peek.crs = options.source_crs;
    if (peek.crs.empty() && looksLikeDegreesInJapan(peek.bounds)) peek.crs = "EPSG:6668";
    if (peek.crs.empty() && !peek.bounds.empty())
      if (const int zone = zoneHint(path); zone != 0) peek.crs = fmt::format("EPSG:{}", zone);
    return peek;
  }

  Status read(const std::filesystem::path& path, Context& context) const override {
    GdalMessages messages;
    const Result<GDALDatasetUniquePtr> dataset = openVector(path, messages);
    if (!dataset) return dataset.error();
    Result<LayerRules> rules = LayerRules::load(context.options.field_map);
    if (!rules) return rules.error();
    VectorFile file{path, **dataset, *rules, messages, context};
    return readLayers(file);
  }

 private:
  static Status readLayers(VectorFile& file) {
    std::size_t read = 0;
    std::string ignored;
    std::optional<Error> first_error;
    for (OGRLayer* layer : file.dataset.GetLayers()) {
      const Result<LayerOutcome> outcome = readLayer(*layer, file);
      if (!outcome) {
        if (outcome.error().code == ErrorCode::cancelled) return outcome.error();
        if (first_error) file.context.problems.fail(outcome.error());
        if (!first_error) first_error = outcome.error();
        continue;
      }
      if (outcome->readable) ++read;
      if (!outcome->readable) ignored += (ignored.empty() ? "" : ", ") + outcome->name;
    }
    if (read > 0) {
      if (first_error) file.context.problems.fail(*first_error);
      return done();
    }
    if (first_error) return *first_error;
    return Error{ErrorCode::bad_input, toUtf8(file.path),
                 ignored.empty() ? "The file holds no layer." : "None of its layers can be read: " + ignored + ".",
                 "Name the layer after what it holds (道路, 橋梁, 建物, 水面, 雪堆積場; roads, bridges …)."};
  }
};

}  // namespace

const Importer& vectorImporter() {
  static const VectorImporter importer;
  return importer;
}

}  // namespace hashimichi::import
