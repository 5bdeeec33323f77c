#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "geo/import/field_map.h"
#include "geo/import/importer.h"
#include "geo/import/tables/csv_reader.h"

namespace hashimichi::import {

enum class TableKind { bridge_register, inspections, stations, observations, forecast, places, column_names };
const char* toString(TableKind kind);

/// A column of measured values; `factor` turns them into the quantity's unit.
struct QuantityColumn {
  sensors::Quantity quantity = sensors::Quantity::snow_depth_cm;
  std::size_t index = 0;
  std::string head;
  double factor = 1;
};

/// The head of a table: found among the first lines, because tables come with titles above it.
struct TableHead {
  TableKind kind = TableKind::bridge_register;
  std::vector<std::string> heads;  ///< UTF-8
  FieldMatch match;
  std::vector<QuantityColumn> quantities;  ///< of observations and forecasts
  std::size_t line = 0;
};

/// One record, decoded; as many cells as heads.
struct TableRow {
  std::size_t line = 0;
  std::vector<std::string> cells;
  std::string place() const { return "line " + std::to_string(line); }
};

/// A table whose head is known, read row by row. Blank rows are passed over; rows with more cells than heads, with NUL
/// bytes, or cut off at the end of the file are reported and skipped; shorter ones are filled up and reported.
class Table {
 public:
  /// bad_input, naming the heads that were seen, when no line among the first says what the table holds.
  /// A head may stand in two rows (a group above, its parts below); the lower row names, the upper fills its blanks.
  static Result<Table> open(const std::filesystem::path& path, const Options& options, Problems& problems);
  static Result<Table> open(std::unique_ptr<RecordSource> records, const std::string& source, const Options& options,
                            Problems& problems);

  const TableHead& head() const { return head_; }
  const std::string& file() const { return reader_->file(); }  ///< as the user named it, for the report
  const std::string& source() const { return source_; }        ///< the file's name, for the model
  double fraction() const { return reader_->fraction(); }
  bool next(TableRow& row, Problems& problems);

 private:
  Table(std::unique_ptr<RecordSource> reader, TableHead head, std::string source)
      : reader_(std::move(reader)), head_(std::move(head)), source_(std::move(source)) {}
  bool decode(const CsvRecord& record, TableRow& row, Problems& problems) const;

  std::unique_ptr<RecordSource> reader_;
  TableHead head_;
  std::string source_;
};

/// What a row of heads says; nothing when it is no head of a table that is read here. Field maps must be installed.
/// @param own  a person's field map, see FieldMap::load
Result<std::optional<TableHead>> recogniseHead(const std::vector<std::string>& heads,
                                               const std::filesystem::path& own = {});

}  // namespace hashimichi::import
