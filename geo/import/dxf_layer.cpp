#include "geo/import/dxf_layer.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "geo/core/file.h"
#include "geo/import/layer_text.h"
#include "geo/import/source_crs.h"
#include "geo/import/vector_reader.h"

namespace hashimichi::import {
namespace {

constexpr std::size_t most_layers = 4096;  // a drawing with more repeats names that nobody sorted

/// One layer of the drawing.
struct DrawingLayer {
  std::set<ShapeType> shapes;
  std::int64_t entities = 0;
  LayerPlan plan;
};
using Drawing = std::map<std::string, DrawingLayer>;

std::string layerOf(const OGRFeature& feature, int field, const LayerText& text) {
  if (field < 0 || !feature.IsFieldSetAndNotNull(field)) return "0";
  return text.decode(const_cast<OGRFeature&>(feature).GetFieldAsString(field)).value_or("?");
}

bool closed(const OGRGeometry& geometry) {
  if (wkbFlatten(geometry.getGeometryType()) != wkbLineString) return false;
  return geometry.toLineString()->getNumPoints() >= 4 && geometry.toLineString()->get_IsClosed();
}

ShapeType shapeOfLayer(const DrawingLayer& layer) {
  return layer.shapes.size() == 1 ? *layer.shapes.begin() : ShapeType::mixed;
}

Drawing layersOf(OGRLayer& entities, int field, const LayerText& text) {
  Drawing drawing;
  entities.ResetReading();
  for (OGRFeatureUniquePtr feature(entities.GetNextFeature()); feature; feature.reset(entities.GetNextFeature())) {
    const OGRGeometry* geometry = feature->GetGeometryRef();
    const std::string name = layerOf(*feature, field, text);
    if (!drawing.contains(name) && drawing.size() == most_layers) continue;
    DrawingLayer& layer = drawing[name];
    ++layer.entities;
    if (geometry)
      layer.shapes.insert(closed(*geometry) ? ShapeType::polygon : shapeTypeOf(geometry->getGeometryType()));
  }
  return drawing;
}

/// Judges every layer; ignored ones are reported.
void judge(Drawing& drawing, const std::vector<std::string>& heads, VectorFile& file) {
  for (auto& [name, layer] : drawing) {
    LayerPlan& plan = layer.plan;
    plan.name = name;
    plan.file = toUtf8(file.path);
    plan.source = toUtf8(file.path.filename());
    plan.id_prefix = toUtf8(file.path.stem());
    plan.heads = heads;
    nameColumns(plan);
    const LayerVerdict verdict = file.rules.judge({name, {}, shapeOfLayer(layer), {}, {}});
    plan.kind = verdict.kind;
    if (plan.kind == LayerKind::ignored)
      file.context.problems.skip(plan.file, fmt::format("layer \"{}\"", name), "layer.ignored",
                                 fmt::format("{} features were not read: {}.", layer.entities, verdict.reason));
  }
}

}  // namespace

Result<LayerOutcome> readDxf(OGRLayer& entities, VectorFile& file) {
  const LayerText text(true, findEncoding(entities, file));
  const std::string name = toUtf8(file.path.stem());
  const int field = entities.GetLayerDefn()->GetFieldIndex("Layer");
  file.messages.clear();
  Drawing drawing = layersOf(entities, field, text);
  if (drawing.empty()) return LayerOutcome{name, true, 0};
  judge(drawing, headsOf(entities, text), file);
  const Result<SourcePlace> place = findPlace(entities, name, file);
  if (!place) return place.error();
  const Result<Placer> placer = Placer::create(*place, file.context.frame, {file.context.options.geoid});
  if (!placer) return Error{placer.error().code, toUtf8(file.path), placer.error().what, placer.error().advice};

  FeatureTaker taker(file, text, *placer);
  entities.ResetReading();
  for (OGRFeatureUniquePtr feature(entities.GetNextFeature()); feature; feature.reset(entities.GetNextFeature())) {
    if (!taker.goOn(-1, name)) return taker.stopped();
    const auto layer = drawing.find(layerOf(*feature, field, text));
    if (layer != drawing.end() && layer->second.plan.kind != LayerKind::ignored)
      taker.take(*feature, layer->second.plan, layer->second.plan.kind != LayerKind::road);
  }
  LayerPlan whole;
  whole.file = toUtf8(file.path);
  whole.name = name;
  taker.finish(whole, -1);
  if (file.messages.any())
    file.context.problems.skip(whole.file, {}, "file.damaged",
                               fmt::format("Parts of the drawing could not be read: {}.", file.messages.last()));
  return LayerOutcome{name, taker.read() > 0, taker.read()};
}

}  // namespace hashimichi::import
