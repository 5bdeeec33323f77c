#include <algorithm>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/crs/japan.h"
#include "geo/import/tables/table_places.h"
#include "geo/import/tables/table_readers.h"

namespace hashimichi::import {
namespace {

constexpr int peeked_rows = 2000;  // enough for the extent of a town's register

class TableImporter final : public Importer {
 public:
  std::string_view format() const override { return "table"; }

  /// CSV has no signature: the name decides, the heads tell the rest.
  bool accepts(const std::filesystem::path& path, std::string_view) const override {
    const std::string extension = toLower(toUtf8(path.extension()));
    return extension == ".csv" || extension == ".tsv";
  }

  /// Problems are those of reading; a peek would only say them twice.
  Result<Peek> peek(const std::filesystem::path& path, const Options& options, Problems&) const override {
    Problems unheard;
    Result<Table> table = Table::open(path, options.encoding, unheard);
    if (!table) return table.error();
    Peek peek;
    peek.format = "CSV";
    const FieldMatch& match = table->head().match;
    const bool has_extent = table->head().kind == TableKind::bridge_register;
    if (!has_extent || !match.has("latitude") || !match.has("longitude")) return peek;
    TableRow row;
    for (int i = 0; i < peeked_rows && table->next(row, unheard); ++i) {
      const CellReader cells(match, row.cells, table->file(), row.place(), unheard);
      std::optional<Vec3d> place = degreesOf(cells, match);
      if (!place) continue;
      if (!crs::insideJapan(place->y, place->x) && crs::insideJapan(place->x, place->y)) std::swap(place->x, place->y);
      peek.bounds.add(*place);
    }
    if (peek.bounds.empty()) return peek;
    peek.crs = geographicCrsFor(peek.bounds.centre());
    return peek;
  }

  Status read(const std::filesystem::path& path, Context& context) const override {
    Result<Table> table = Table::open(path, context.options.encoding, context.problems);
    if (!table) return table.error();
    switch (table->head().kind) {
      case TableKind::bridge_register:
        return readRegister(*table, context);
      case TableKind::inspections:
        return readInspections(*table, context);
      case TableKind::stations:
        return readStations(*table, context);
      case TableKind::observations:
        return readObservations(*table, context);
      case TableKind::forecast:
        return readForecast(*table, context);
      case TableKind::column_names:
        return done();  // read together with the Shapefile that it lies beside
    }
    return done();
  }
};

}  // namespace

const Importer& tableImporter() {
  static const TableImporter importer;
  return importer;
}

}  // namespace hashimichi::import
