#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include <memory>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/gdal_support.h"
#include "geo/import/importer.h"
#include "geo/import/osm_features.h"

namespace hashimichi::import {
namespace {

constexpr const char* osm_crs = "EPSG:4326";
constexpr const char* osm_driver[] = {"OSM", nullptr};
constexpr std::int64_t features_between_reports = 1024;

bool isXml(std::string_view head) {
  return head.find("<osm") != std::string_view::npos && head.find("version=") != std::string_view::npos;
}

bool isPbf(std::string_view head) {
  constexpr std::size_t header_name_within = 64;
  return head.substr(0, header_name_within).find("OSMHeader") != std::string_view::npos;
}

Result<GDALDatasetUniquePtr> openOsm(const std::filesystem::path& path, const GdalMessages& messages) {
  startGdal();
  // Editors save nodes in any order; the quick index needs them ascending, as extracts (PBF) have them.
  const Result<std::string> head = readHead(path, 1024);
  const char* const any_order[] = {"USE_CUSTOM_INDEXING=NO", nullptr};
  const char* const* options = head && isPbf(*head) ? nullptr : any_order;
  GDALDatasetUniquePtr dataset(
      GDALDataset::Open(toUtf8(path).c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, osm_driver, options, nullptr));
  if (!dataset)
    return Error{ErrorCode::unreadable, toUtf8(path),
                 messages.any() ? "The file cannot be opened: " + messages.last() + "." : "The file cannot be opened.",
                 "Download the extract again."};
  // Ways and areas are all that is read; without this the other layers would be collected in memory.
  dataset->ReleaseResultSet(dataset->ExecuteSQL("SET interest_layers = lines,multipolygons", nullptr, nullptr));
  return dataset;
}

bool isArea(const OGRLayer& layer) {
  return std::string_view(const_cast<OGRLayer&>(layer).GetName()) == "multipolygons";
}

OsmObject objectOf(OGRFeature& feature, bool area) {
  OsmObject object{{}, {}, *feature.GetGeometryRef(), area};
  const OGRFeatureDefn& definition = *feature.GetDefnRef();
  std::string relation, way;
  for (int i = 0; i < definition.GetFieldCount(); ++i) {
    if (!feature.IsFieldSetAndNotNull(i)) continue;
    const std::string_view key = const_cast<OGRFeatureDefn&>(definition).GetFieldDefn(i)->GetNameRef();
    const std::string value = feature.GetFieldAsString(i);
    if (!isUtf8(value) || key == "z_order") continue;
    if (key == "osm_id")
      relation = value;
    else if (key == "osm_way_id")
      way = value;
    else if (key == "other_tags")
      addOtherTags(value, object.tags);
    else
      object.tags.emplace(key, value);
  }
  const bool is_relation = area && way.empty();
  object.id = (is_relation ? "relation/" : "way/") + (area && !way.empty() ? way : relation);
  return object;
}

/// Runs through ways and areas once.
///
/// @returns false when the user asked to stop
template <typename Visit>
bool eachObject(GDALDataset& dataset, Progress& progress, double from, Visit visit) {
  constexpr double half = 0.5;  // two passes
  dataset.ResetReading();
  OGRLayer* layer = nullptr;
  double fraction = 0;
  std::int64_t seen = 0;
  for (;;) {
    const OGRFeatureUniquePtr feature(dataset.GetNextFeature(&layer, &fraction, nullptr, nullptr));
    if (!feature) return true;
    if (seen++ % features_between_reports == 0) {
      progress.report(from + fraction * half, "OpenStreetMap");
      if (progress.cancelled()) return false;
    }
    if (feature->GetGeometryRef()) visit(objectOf(*feature, isArea(*layer)));
  }
}

class OsmImporter final : public Importer {
 public:
  std::string_view format() const override { return "OpenStreetMap"; }

  bool accepts(const std::filesystem::path&, std::string_view head) const override {
    return isPbf(head) || isXml(head);
  }

  Result<Peek> peek(const std::filesystem::path& path, const Options&, Problems&) const override {
    const GdalMessages messages;
    const Result<GDALDatasetUniquePtr> dataset = openOsm(path, messages);
    if (!dataset) return dataset.error();
    Peek peek;
    peek.format = format();
    peek.crs = osm_crs;
    OGREnvelope box;
    OGRLayer* lines = (*dataset)->GetLayerByName("lines");
    if (lines && lines->GetExtent(&box, false) == OGRERR_NONE) {
      addBox(box, peek.bounds);
      return peek;
    }
    SilentProgress silent;
    eachObject(**dataset, silent, 0, [&](const OsmObject& object) {
      object.geometry.getEnvelope(&box);
      if (!object.geometry.IsEmpty()) addBox(box, peek.bounds);
    });
    return peek;
  }

  Status read(const std::filesystem::path& path, Context& context) const override {
    GdalMessages messages;
    const Result<GDALDatasetUniquePtr> dataset = openOsm(path, messages);
    if (!dataset) return dataset.error();
    const Result<Placer> placer = Placer::create({osm_crs}, context.frame);
    if (!placer) return placer.error();
    const std::string file = toUtf8(path), source = toUtf8(path.filename());
    const Error stopped{ErrorCode::cancelled, file, "The import was stopped.", ""};
    SharedNodes shared;
    const bool first = eachObject(**dataset, context.progress, 0, [&](const OsmObject& object) {
      const bool line = wkbFlatten(object.geometry.getGeometryType()) == wkbLineString;
      if (line && osmThing(object.tags, false) == OsmThing::road) shared.add(*object.geometry.toLineString());
    });
    if (!first) return stopped;
    shared.finish();
    messages.clear();
    OsmEmitter emitter(file, source, shared, *placer, context);
    if (!eachObject(**dataset, context.progress, 0.5, [&](const OsmObject& object) { emitter.take(object); }))
      return stopped;
    emitter.finish();
    return told(file, messages, emitter.read(), context.problems);
  }

 private:
  static void addBox(const OGREnvelope& box, Bounds& bounds) {
    bounds.add(Vec3d{box.MinX, box.MinY, 0});
    bounds.add(Vec3d{box.MaxX, box.MaxY, 0});
  }

  static Status told(const std::string& file, const GdalMessages& messages, std::size_t read, Problems& problems) {
    if (!messages.any() && read > 0) return done();
    const std::string reason = messages.any() ? ": " + messages.last() : std::string();
    if (read == 0)
      return Error{ErrorCode::bad_input, file,
                   "The file holds no road, building or water that can be read" + reason + ".",
                   "Download the extract again."};
    problems.skip(file, {}, "file.damaged", "Parts of the file could not be read" + reason + ".",
                  "Download the extract again.");
    return done();
  }
};

}  // namespace

const Importer& osmImporter() {
  static const OsmImporter importer;
  return importer;
}

}  // namespace hashimichi::import
