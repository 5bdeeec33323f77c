#pragma once
#include "geo/import/importer.h"
#include "geo/import/tables/table.h"

namespace hashimichi::import {

/// The readers of the kinds of tables. Each streams its rows into the sink, reports bad rows and cells by line and
/// column, and returns an error only when cancelled (or when Options.source_crs is unknown).

/// One bridge per row, has_register_entry = true.
Status readRegister(Table& table, Context& context);
/// One record per bridge and day; rows of one bridge and day are its members and defects.
Status readInspections(Table& table, Context& context);
Status readStations(Table& table, Context& context);
/// One series per station and quantity, oldest first; blank cells are not stored; times without a zone are Japan's.
Status readObservations(Table& table, Context& context);
/// As observations, with the hour of issue; without a station column the station id is empty: the whole area.
Status readForecast(Table& table, Context& context);

/// One object per row with latitude and longitude, plane coordinates, or WKT; the file's name and the heads tell which.
Status readPlaces(Table& table, Context& context);

/// Progress and cancel, for every few hundred rows.
class RowWatch {
 public:
  RowWatch(const Table& table, Context& context) : table_(table), context_(context) {}
  /// False when the user asked to stop.
  bool goOn() {
    constexpr std::size_t rows_between_reports = 512;
    if (++rows_ % rows_between_reports != 0) return true;
    context_.progress.report(table_.fraction(), toString(table_.head().kind));
    return !context_.progress.cancelled();
  }
  Error stopped() const { return {ErrorCode::cancelled, table_.file(), "The import was stopped.", ""}; }

 private:
  const Table& table_;
  Context& context_;
  std::size_t rows_ = 0;
};

}  // namespace hashimichi::import
