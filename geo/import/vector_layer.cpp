#include "geo/import/vector_layer.h"

#include <fmt/format.h>

#include <map>
#include <memory>

#include "geo/core/file.h"
#include "geo/import/dbf_text.h"
#include "geo/import/source_crs.h"
#include "geo/import/tables/column_names.h"
#include "geo/import/vector_features.h"

namespace hashimichi::import {
namespace {

constexpr std::size_t cell_limit_bytes = 64u << 10;  // longer cells are documents, not attributes
constexpr int sniffed_features = 20000;              // enough text to know an encoding by
constexpr std::int64_t features_between_reports = 256;

/// Text of a layer to UTF-8. Shapefiles come as raw bytes; the other formats are UTF-8 by definition.
class LayerText {
 public:
  LayerText(bool raw, Encoding encoding) : raw_(raw), encoding_(encoding) {}
  /// Nothing when the bytes are in neither encoding.
  std::optional<std::string> decode(std::string_view bytes) const {
    if (!raw_) {
      if (isUtf8(bytes)) return std::string(bytes);
      return utf8FromCp932(bytes);
    }
    if (std::optional<std::string> text = decodeCell(bytes, encoding_)) return text;
    return decodeCell(bytes, encoding_ == Encoding::utf8 ? Encoding::cp932 : Encoding::utf8);
  }

 private:
  bool raw_;
  Encoding encoding_;
};

bool isText(const OGRFieldDefn& field) {
  return field.GetType() == OFTString || field.GetType() == OFTStringList;
}

EncodingSniffer sniff(OGRLayer& layer) {
  EncodingSniffer sniffer;
  const OGRFeatureDefn& definition = *layer.GetLayerDefn();
  for (int i = 0; i < definition.GetFieldCount(); ++i) sniffer.add(definition.GetFieldDefn(i)->GetNameRef());
  layer.ResetReading();
  for (int n = 0; n < sniffed_features; ++n) {
    const OGRFeatureUniquePtr feature(layer.GetNextFeature());
    if (!feature) break;
    for (int i = 0; i < definition.GetFieldCount(); ++i)
      if (isText(*definition.GetFieldDefn(i)) && feature->IsFieldSetAndNotNull(i))
        sniffer.add(feature->GetFieldAsString(i));
  }
  layer.ResetReading();
  return sniffer;
}

/// The encoding of a Shapefile's text: what the user said, what the file says where the bytes agree, else the bytes.
Encoding findEncoding(OGRLayer& layer, VectorFile& file) {
  const std::string name = toUtf8(file.path);
  if (const std::optional<Encoding> said = encodingFromName(file.context.options.encoding)) return *said;
  const EncodingSniffer sniffer = sniff(layer);
  const DbfClaim claim = dbfClaim(file.path);
  if (sniffer.onlyAscii()) return Encoding::utf8;
  if (claim.encoding && sniffer.fits(*claim.encoding)) return *claim.encoding;
  const Encoding found = sniffer.fits(Encoding::utf8) ? Encoding::utf8 : Encoding::cp932;
  std::string why = "Names no encoding";
  if (claim.encoding) why = fmt::format("Says {}, but the text is not", toString(*claim.encoding));
  if (claim.unknown_name) why = fmt::format("Names an encoding that is not read (\"{}\")", claim.cpg.substr(0, 40));
  file.context.problems.assume(name, {}, "encoding.assumed", fmt::format("{}; {} was taken.", why, toString(found)),
                               "Name it with --encoding if names look wrong.");
  return found;
}

ShapeType shapeTypeOf(OGRwkbGeometryType type) {
  switch (wkbFlatten(type)) {
    case wkbNone:
      return ShapeType::none;
    case wkbPoint:
    case wkbMultiPoint:
      return ShapeType::point;
    case wkbLineString:
    case wkbMultiLineString:
    case wkbCircularString:
    case wkbCompoundCurve:
    case wkbMultiCurve:
      return ShapeType::line;
    case wkbPolygon:
    case wkbMultiPolygon:
    case wkbCurvePolygon:
    case wkbMultiSurface:
    case wkbTIN:
    case wkbPolyhedralSurface:
      return ShapeType::polygon;
    default:
      return ShapeType::mixed;
  }
}

/// Formats without a declared type (GeoJSON with mixed content, SQLite views): the first feature tells.
ShapeType shapeTypeOf(OGRLayer& layer) {
  const ShapeType declared = shapeTypeOf(layer.GetGeomType());
  if (declared != ShapeType::mixed) return declared;
  layer.ResetReading();
  const OGRFeatureUniquePtr feature(layer.GetNextFeature());
  layer.ResetReading();
  if (!feature || !feature->GetGeometryRef()) return ShapeType::mixed;
  return shapeTypeOf(feature->GetGeometryRef()->getGeometryType());
}

std::vector<std::string> headsOf(OGRLayer& layer, const LayerText& text) {
  std::vector<std::string> heads;
  const OGRFeatureDefn& definition = *layer.GetLayerDefn();
  for (int i = 0; i < definition.GetFieldCount(); ++i)
    heads.push_back(text.decode(definition.GetFieldDefn(i)->GetNameRef()).value_or(fmt::format("column {}", i + 1)));
  return heads;
}

void useReadableNames(const std::filesystem::path& shp, std::vector<std::string>& heads) {
  const std::map<std::string, std::string> names = columnNamesBeside(shp);
  for (std::string& head : heads)
    if (const auto name = names.find(head); name != names.end()) head = name->second;
}

std::vector<std::string> cellsOf(const OGRFeature& feature, const LayerPlan& plan, const LayerText& text,
                                 Problems& problems) {
  std::vector<std::string> cells(plan.heads.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const int field = static_cast<int>(i);
    if (!feature.IsFieldSetAndNotNull(field)) continue;
    if (feature.GetFieldDefnRef(field)->GetType() == OFTBinary) continue;
    const std::string_view bytes = const_cast<OGRFeature&>(feature).GetFieldAsString(field);
    const std::optional<std::string> cell = text.decode(bytes.substr(0, cell_limit_bytes));
    if (cell)
      cells[i] = *cell;
    else
      problems.skip(plan.file, fmt::format("feature {}, column \"{}\"", feature.GetFID(), plan.heads[i]),
                    "encoding.undecodable", "The text is neither UTF-8 nor CP932.");
  }
  return cells;
}

Bounds extentOf(OGRLayer& layer) {
  Bounds bounds;
  OGREnvelope box;
  if (layer.GetExtent(&box) != OGRERR_NONE) return bounds;
  bounds.add(Vec3d{box.MinX, box.MinY, 0});
  bounds.add(Vec3d{box.MaxX, box.MaxY, 0});
  return bounds;
}

Result<SourcePlace> findPlace(OGRLayer& layer, const LayerPlan& plan, VectorFile& file) {
  const Bounds extent = extentOf(layer);
  const std::string part = file.dataset.GetLayerCount() > 1 ? fmt::format("layer \"{}\"", plan.name) : std::string();
  SourcePlace place{definitionOf(layer.GetSpatialRef())};
  if (place.definition.empty()) place = assumePlace(file.path, part, extent, file.context);
  const Result<crs::CrsInfo> info = crs::describeCrs(place.definition);
  if (!info) return Error{info.error().code, plan.file, info.error().what, info.error().advice};
  const Status placed = checkPlace(file.path, part, extent, file.context, place);
  if (!placed) return placed.error();
  return place;
}

/// Streams the features of a judged layer.
class LayerReader {
 public:
  LayerReader(OGRLayer& layer, VectorFile& file, const LayerPlan& plan, const LayerText& text, const Placer& placer)
      : layer_(layer), file_(file), plan_(plan), text_(text), placer_(placer) {}

  Result<std::size_t> run() {
    const std::int64_t expected = layer_.GetFeatureCount(false);
    layer_.ResetReading();
    file_.messages.clear();
    for (OGRFeatureUniquePtr feature(layer_.GetNextFeature()); feature; feature.reset(layer_.GetNextFeature())) {
      if (seen_++ % features_between_reports == 0) {
        file_.context.progress.report(expected > 0 ? static_cast<double>(seen_) / static_cast<double>(expected) : -1,
                                      plan_.name);
        if (file_.context.progress.cancelled())
          return Error{ErrorCode::cancelled, plan_.file, "The import was stopped.", ""};
      }
      one(*feature);
    }
    if (seen_ < expected)
      file_.context.problems.skip(
          plan_.file, fmt::format("layer \"{}\"", plan_.name), "file.truncated",
          fmt::format("Announces {} features, but only {} are there{}.", expected, seen_, reason()),
          "Export the file again from its source.");
    if (flat_ > 0)
      file_.context.problems.assume(
          plan_.file, fmt::format("layer \"{}\"", plan_.name), "height.zero",
          fmt::format("All heights of {} features are 0; they are taken as not given.", flat_));
    return read_;
  }

 private:
  std::string reason() const { return file_.messages.any() ? " (" + file_.messages.last() + ")" : std::string(); }

  void skip(const OGRFeature& feature, const char* code, const std::string& what) {
    file_.context.problems.skip(plan_.file, fmt::format("feature {}", feature.GetFID()), code, what);
  }

  void one(const OGRFeature& feature) {
    const OGRGeometry* geometry = feature.GetGeometryRef();
    if (!geometry || geometry->IsEmpty())
      return skip(feature, "geometry.missing", fmt::format("The feature has no geometry{}.", reason()));
    VectorShape shape = shapeOf(*geometry, placer_);
    if (shape.lost_points > 0)
      skip(feature, "geometry.outside",
           fmt::format("{} points are no places of the CRS; the parts with them are left out.", shape.lost_points));
    if (shape.bad_parts > 0)
      skip(feature, "geometry.degenerate",
           fmt::format("{} parts have too few points for a line or an area.", shape.bad_parts));
    if (shape.empty()) return;
    flat_ += shape.all_zero;
    const std::vector<std::string> cells = cellsOf(feature, plan_, text_, file_.context.problems);
    read_ += emitFeature(plan_, feature.GetFID(), cells, std::move(shape), file_.context);
  }

  OGRLayer& layer_;
  VectorFile& file_;
  const LayerPlan& plan_;
  const LayerText& text_;
  const Placer& placer_;
  std::int64_t seen_ = 0;
  std::size_t read_ = 0, flat_ = 0;
};

}  // namespace

Result<LayerOutcome> readLayer(OGRLayer& layer, VectorFile& file) {
  const bool dbf = std::string_view(file.dataset.GetDriver()->GetDescription()) == "ESRI Shapefile";
  const std::optional<Encoding> dbf_encoding = dbf ? std::optional(findEncoding(layer, file)) : std::nullopt;
  const LayerText text(dbf, dbf_encoding.value_or(Encoding::utf8));
  LayerPlan plan;
  plan.file = toUtf8(file.path);
  plan.source = toUtf8(file.path.filename());
  plan.name = text.decode(layer.GetName()).value_or("");
  if (dbf) plan.name = toUtf8(file.path.stem());  // a Shapefile's layer is its file
  plan.heads = headsOf(layer, text);
  if (dbf) useReadableNames(file.path, plan.heads);
  plan.id_prefix = toUtf8(file.path.stem());
  if (file.dataset.GetLayerCount() > 1) plan.id_prefix += ":" + plan.name;

  const LayerVerdict verdict =
      file.rules.judge({plan.name, toUtf8(file.path.stem()), shapeTypeOf(layer), plan.heads, dbf_encoding});
  if (verdict.kind == LayerKind::ignored) {
    const std::int64_t count = layer.GetFeatureCount(true);
    if (count <= 0) return LayerOutcome{plan.name, true, 0};  // nothing is lost with an empty layer
    file.context.problems.skip(plan.file, fmt::format("layer \"{}\"", plan.name), "layer.ignored",
                               fmt::format("{} features were not read: {}.", count, verdict.reason));
    return LayerOutcome{plan.name, false, 0};
  }
  plan.kind = verdict.kind;
  plan.match = file.rules.fields(plan.kind).match(plan.heads, dbf_encoding);
  reportDoubts(plan.match, plan.file, fmt::format("layer \"{}\"", plan.name), file.context.problems);
  const Result<SourcePlace> place = findPlace(layer, plan, file);
  if (!place) return place.error();
  const Result<Placer> placer = Placer::create(*place, file.context.frame, {file.context.options.geoid});
  if (!placer) return Error{placer.error().code, plan.file, placer.error().what, placer.error().advice};
  const std::string part = file.dataset.GetLayerCount() > 1 ? fmt::format("layer \"{}\"", plan.name) : std::string();
  tellCrs(place->definition, placer->heights(), wkbHasZ(layer.GetGeomType()), plan.file, part, file.context);
  const Result<std::size_t> features = LayerReader(layer, file, plan, text, *placer).run();
  if (!features) return features.error();
  return LayerOutcome{plan.name, true, *features};
}

}  // namespace hashimichi::import
