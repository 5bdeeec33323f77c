#include "geo/import/vector_layer.h"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <thread>

#include "geo/core/file.h"
#include "geo/import/dxf_layer.h"
#include "geo/import/feature_stream.h"
#include "geo/import/layer_text.h"
#include "geo/import/source_crs.h"
#include "geo/import/tables/column_names.h"
#include "geo/import/vector_features.h"
#include "geo/import/vector_reader.h"

namespace hashimichi::import {
namespace {

constexpr std::int64_t few_features = 2000;  // read before a second thread has begun

void useReadableNames(const std::filesystem::path& shp, std::vector<std::string>& heads) {
  const std::map<std::string, std::string> names = columnNamesBeside(shp);
  for (std::string& head : heads)
    if (const auto name = names.find(head); name != names.end()) head = name->second;
}

Result<std::size_t> readFeatures(OGRLayer& layer, VectorFile& file, const LayerPlan& plan, const LayerText& text,
                                 const Placer& placer) {
  const std::int64_t expected = layer.GetFeatureCount(false);
  FeatureTaker taker(file, text, placer);
  file.messages.clear();
  const bool many = expected < 0 || expected > few_features;
  FeatureStream stream(layer, many && file.context.options.threads != 1 && std::thread::hardware_concurrency() > 1);
  while (const OGRFeature* feature = stream.next()) {
    if (!taker.goOn(expected, plan.name)) return taker.stopped();
    taker.take(*feature, plan);
  }
  stream.tell(file.messages);
  taker.finish(plan, expected);
  return taker.read();
}

}  // namespace

Result<LayerOutcome> readLayer(OGRLayer& layer, VectorFile& file) {
  const std::string_view driver = file.dataset.GetDriver()->GetDescription();
  if (driver == "DXF") return readDxf(layer, file);
  const bool dbf = driver == "ESRI Shapefile";
  const std::optional<Encoding> dbf_encoding = dbf ? std::optional(findEncoding(layer, file)) : std::nullopt;
  const LayerText text(dbf, dbf_encoding.value_or(Encoding::utf8));
  LayerPlan plan;
  plan.file = toUtf8(file.path);
  plan.source = toUtf8(file.path.filename());
  plan.name = text.decode(layer.GetName()).value_or("");
  if (dbf) plan.name = toUtf8(file.path.stem());  // a Shapefile's layer is its file
  plan.heads = headsOf(layer, text);
  if (dbf) useReadableNames(file.path, plan.heads);
  nameColumns(plan);
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
  const std::string place_in_file = fmt::format("layer \"{}\"", plan.name);
  reportDoubts(plan.match, plan.file, place_in_file, file.context.problems);
  reportProposals(plan.match, plan.heads, plan.file, place_in_file, file.context.problems);
  const Result<SourcePlace> place = findPlace(layer, plan.name, file);
  if (!place) return place.error();
  const Result<Placer> placer = Placer::create(*place, file.context.frame, {file.context.options.geoid});
  if (!placer) return Error{placer.error().code, plan.file, placer.error().what, placer.error().advice};
  const std::string part = file.dataset.GetLayerCount() > 1 ? fmt::format("layer \"{}\"", plan.name) : std::string();
  tellCrs(place->definition, placer->heights(), wkbHasZ(layer.GetGeomType()), plan.file, part, file.context);
  const Result<std::size_t> features = readFeatures(layer, file, plan, text, *placer);
  if (!features) return features.error();
  return LayerOutcome{plan.name, true, *features};
}

}  // namespace hashimichi::import
