#include <utility>

#include "geo/import/tables/table_places.h"
#include "geo/import/tables/table_readers.h"
#include "geo/import/values.h"

namespace hashimichi::import {
namespace {

model::Bridge bridgeOf(const CellReader& cells) {
  model::Bridge bridge;
  bridge.has_register_entry = true;
  bridge.id = cells.text("id");
  bridge.name = cells.text("name");
  if (bridge.id.empty()) bridge.id = bridge.name;
  bridge.kana = cells.text("kana");
  bridge.route_name = cells.text("route_name");
  bridge.administrator = cells.text("administrator");
  bridge.structure_type = cells.text("structure_type");
  bridge.material = cells.text("material");
  bridge.crosses = cells.text("crosses");
  bridge.length_m = cells.amount("length");
  bridge.width_m = cells.amount("width");
  bridge.year_built = cells.year("year_built");
  bridge.over_railway = cells.yesNo("over_railway");
  bridge.over_road = cells.yesNo("over_road");
  bridge.emergency_route = cells.emergencyRoute("emergency_route");
  bridge.aadt = cells.amount("aadt");
  bridge.bus_route = cells.yesNo("bus_route");
  bridge.facility_access = cells.yesNo("facility_access");
  return bridge;
}

/// Kilometres; negative where the register says that there is no other way (迂回路なし).
std::optional<double> detourOf(const CellReader& cells) {
  const std::string cell = cells.raw("detour");
  if (cell.empty()) return std::nullopt;
  if (yesNoFrom(cell) == false && cell != "0" && cell != "-") return -1;
  return cells.amount("detour");
}

model::Attributes attributesOf(const std::vector<std::string>& heads, const TableRow& row) {
  model::Attributes attributes;
  for (std::size_t i = 0; i < heads.size(); ++i)
    if (!row.cells[i].empty()) model::append(attributes, heads[i], row.cells[i]);
  return attributes;
}

}  // namespace

Status readRegister(Table& table, Context& context) {
  const TableHead& head = table.head();
  Result<TablePlaces> places = TablePlaces::create(head.match, table.file(), context);
  if (!places) return places.error();
  RowWatch watch(table, context);
  for (TableRow row; table.next(row, context.problems);) {
    if (!watch.goOn()) return watch.stopped();
    const CellReader cells(head.match, row.cells, table.file(), row.place(), context.problems);
    model::Bridge bridge = bridgeOf(cells);
    if (bridge.id.empty()) {
      context.problems.skip(table.file(), row.place(), "row.no_id", "The row names no bridge; it was not read.");
      continue;
    }
    bridge.detour_km = detourOf(cells);
    bridge.position = places->of(cells);
    bridge.source = table.source();
    bridge.attributes = attributesOf(head.heads, row);
    context.sink.add(std::move(bridge));
  }
  return done();
}

}  // namespace hashimichi::import
