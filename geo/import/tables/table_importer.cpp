#include <algorithm>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/crs/japan.h"
#include "geo/import/tables/sheets.h"
#include "geo/import/tables/table_places.h"
#include "geo/import/tables/table_readers.h"

namespace hashimichi::import {
namespace {

constexpr int peeked_rows = 2000;  // enough for the extent of a town's register

class TableImporter final : public Importer {
 public:
  std::string_view format() const override { return "table"; }

  /// CSV has no signature: the name decides, the heads tell the rest.
  bool accepts(const std::filesystem::path& path, std::string_view head) const override {
    const std::string extension = toLower(toUtf8(path.extension()));
    return extension == ".csv" || extension == ".tsv" || isWorkbook(path, head);
  }

  /// Problems are those of reading; a peek would only say them twice.
  Result<Peek> peek(const std::filesystem::path& path, const Options& options, Problems&) const override {
    Problems unheard;
    Peek peek;
    peek.format = formatOf(path);
    if (!isWorkbook(path)) {
      Result<Table> table = Table::open(path, options, unheard);
      if (!table) return table.error();
      addPlaces(*table, peek.bounds);
    } else {
      Result<std::vector<Sheet>> sheets = openSheets(path);
      if (!sheets) return sheets.error();
      for (Sheet& sheet : *sheets) {
        Result<Table> table = Table::open(std::move(sheet.records), {}, options, unheard);
        if (table) addPlaces(*table, peek.bounds);
      }
    }
    if (!peek.bounds.empty()) peek.crs = geographicCrsFor(peek.bounds.centre());
    return peek;
  }

  Status read(const std::filesystem::path& path, Context& context) const override {
    if (isWorkbook(path)) return readSheets(path, context);
    Result<Table> table = Table::open(path, context.options, context.problems);
    if (!table) return table.error();
    return readTable(*table, context);
  }

 private:
  static bool isWorkbook(const std::filesystem::path& path, std::string_view head = "PK\x03\x04") {
    const std::string extension = toLower(toUtf8(path.extension()));
    return head.starts_with("PK\x03\x04") && (extension == ".xlsx" || extension == ".xlsm" || extension == ".ods");
  }

  static std::string formatOf(const std::filesystem::path& path) {
    if (!isWorkbook(path)) return "CSV";
    return toLower(toUtf8(path.extension())) == ".ods" ? "ODS" : "XLSX";
  }

  static void addPlaces(Table& table, Bounds& bounds) {
    Problems unheard;
    const FieldMatch& match = table.head().match;
    const bool has_extent = table.head().kind == TableKind::bridge_register || table.head().kind == TableKind::places;
    if (!has_extent || !match.has("latitude") || !match.has("longitude")) return;
    TableRow row;
    for (int i = 0; i < peeked_rows && table.next(row, unheard); ++i) {
      const CellReader cells(match, row.cells, table.file(), row.place(), unheard);
      std::optional<Vec3d> place = degreesOf(cells, match);
      if (!place) continue;
      if (!crs::insideJapan(place->y, place->x) && crs::insideJapan(place->x, place->y)) std::swap(place->x, place->y);
      bounds.add(*place);
    }
  }

  /// Every sheet is a table of its own; a sheet of notes is named and costs nothing else.
  static Status readSheets(const std::filesystem::path& path, Context& context) {
    Result<std::vector<Sheet>> sheets = openSheets(path);
    if (!sheets) return sheets.error();
    std::optional<Error> first_error;
    std::size_t read = 0;
    for (Sheet& sheet : *sheets) {
      Result<Table> table =
          Table::open(std::move(sheet.records), toUtf8(path.filename()), context.options, context.problems);
      const Status status = table ? readTable(*table, context) : Status(table.error());
      if (!status && status.error().code == ErrorCode::cancelled) return status;
      if (status) {
        ++read;
        continue;
      }
      if (sheets->size() > 1)
        context.problems.skip(toUtf8(path), "sheet \"" + sheet.name + "\"", "sheet.unread", status.error().what,
                              status.error().advice);
      if (!first_error) first_error = status.error();
    }
    return read == 0 && first_error ? Status(*first_error) : done();
  }

  static Status readTable(Table& table, Context& context) {
    switch (table.head().kind) {
      case TableKind::bridge_register:
        return readRegister(table, context);
      case TableKind::inspections:
        return readInspections(table, context);
      case TableKind::stations:
        return readStations(table, context);
      case TableKind::observations:
        return readObservations(table, context);
      case TableKind::forecast:
        return readForecast(table, context);
      case TableKind::places:
        return readPlaces(table, context);
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
