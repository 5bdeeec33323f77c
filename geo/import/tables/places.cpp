// Tables of anything that has a place: underpasses, shelters, hydrants; roads as WKT. Judged and read like a GIS layer.
#include <fmt/format.h>

#include "geo/core/file.h"
#include "geo/import/layer_kind.h"
#include "geo/import/tables/table_places.h"
#include "geo/import/tables/table_readers.h"
#include "geo/import/vector_features.h"

namespace hashimichi::import {
namespace {

/// Shapes written as text, in one CRS for the whole table.
class WktPlaces {
 public:
  WktPlaces(const Table& table, Context& context) : file_(table.file()), context_(context) {}

  /// Nothing (reported) for text that is no shape.
  Result<std::optional<VectorShape>> of(const std::string& wkt, const std::string& place) {
    const std::optional<WktShape> shape = WktShape::parse(wkt);
    if (!shape) {
      context_.problems.skip(file_, place, "value.unread", "The text is no shape in WKT; the row was not read.");
      return std::optional<VectorShape>{};
    }
    if (!placer_) {
      const SourcePlace assumed = assumePlace(std::filesystem::path(file_), {}, shape->bounds(), context_);
      Result<Placer> placer = Placer::create(assumed, context_.frame);
      if (!placer) return placer.error();
      placer_ = *std::move(placer);
    }
    return std::optional(shape->shape(*placer_));
  }

 private:
  const std::string& file_;
  Context& context_;
  std::optional<Placer> placer_;
};

Result<LayerPlan> planOf(const Table& table, const Context& context) {
  const Result<LayerRules> rules = LayerRules::load(context.options.field_map);
  if (!rules) return rules.error();
  const bool wkt = table.head().match.has("wkt");
  LayerPlan plan;
  plan.file = table.file();
  plan.source = table.source();
  plan.name = toUtf8(std::filesystem::path(table.source()).stem());
  plan.id_prefix = plan.name;
  plan.heads = table.head().heads;
  nameColumns(plan);
  plan.kind = rules->judge({plan.name, {}, wkt ? ShapeType::mixed : ShapeType::point, plan.heads, {}}).kind;
  if (plan.kind == LayerKind::ignored) plan.kind = LayerKind::other;  // 道路.csv with points is not roads, but is shown
  plan.match = rules->fields(plan.kind).match(plan.heads);
  return plan;
}

}  // namespace

Status readPlaces(Table& table, Context& context) {
  const TableHead& head = table.head();
  const Result<LayerPlan> plan = planOf(table, context);
  if (!plan) return plan.error();
  reportProposals(plan->match, plan->heads, table.file(), fmt::format("line {}", head.line), context.problems);
  const bool wkt = head.match.has("wkt");
  std::optional<TablePlaces> places;
  if (!wkt) {
    Result<TablePlaces> created = TablePlaces::create(head.match, table.file(), context);
    if (!created) return created.error();
    places = *std::move(created);
  }
  WktPlaces shapes(table, context);
  RowWatch watch(table, context);
  for (TableRow row; table.next(row, context.problems);) {
    if (!watch.goOn()) return watch.stopped();
    const CellReader cells(head.match, row.cells, table.file(), row.place(), context.problems);
    VectorShape shape;
    if (wkt) {
      Result<std::optional<VectorShape>> read = shapes.of(cells.text("wkt"), row.place());
      if (!read) return read.error();
      if (!*read || (*read)->empty()) continue;
      shape = **std::move(read);
    } else if (const std::optional<Vec3d> place = places->of(cells)) {
      shape.points.push_back(*place);
    } else {
      context.problems.skip(table.file(), row.place(), "row.no_place", "The row has no place; it was not read.");
      continue;
    }
    emitFeature(*plan, static_cast<std::int64_t>(row.line), row.cells, std::move(shape), context);
  }
  return done();
}

}  // namespace hashimichi::import
