#include <utility>

#include "geo/import/tables/table_places.h"
#include "geo/import/tables/table_readers.h"

namespace hashimichi::import {

Status readStations(Table& table, Context& context) {
  const TableHead& head = table.head();
  Result<TablePlaces> places = TablePlaces::create(head.match, table.file(), context);
  if (!places) return places.error();
  RowWatch watch(table, context);
  for (TableRow row; table.next(row, context.problems);) {
    if (!watch.goOn()) return watch.stopped();
    const CellReader cells(head.match, row.cells, table.file(), row.place(), context.problems);
    sensors::Station station;
    station.id = cells.text("id");
    if (station.id.empty()) {
      context.problems.skip(table.file(), row.place(), "row.no_id", "The row names no station; it was not read.");
      continue;
    }
    const std::optional<Vec3d> place = places->of(cells);
    if (!place) {
      context.problems.skip(table.file(), row.place(), "station.no_place",
                            "The station \"" + station.id + "\" has no place in the project; it was not read.");
      continue;
    }
    station.position = *place;
    station.position.z = cells.number("height").value_or(0);
    station.name = cells.text("name");
    station.on_bridge = cells.yesNo("on_bridge").value_or(false);
    station.source = table.source();
    context.sink.add(std::move(station));
  }
  return done();
}

}  // namespace hashimichi::import
