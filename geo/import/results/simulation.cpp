#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/dbf_text.h"
#include "geo/import/results/item_shapes.h"
#include "geo/import/results/results.h"
#include "geo/import/results/roof_snow.h"
#include "geo/import/results/simulation_grid.h"
#include "geo/import/results/simulation_head.h"
#include "geo/import/tables/csv_reader.h"
#include "geo/import/values.h"
#include "geo/model/result_merge.h"

namespace hashimichi::import {
namespace {

constexpr std::size_t searched_lines = 20;
/// Quantities of one table, moments of one table [a winter of hours: 3,600], and values that wait to be sorted in
/// (24 bytes each).
constexpr std::size_t quantity_limit = 64, time_limit = 10'000, cell_limit = 50'000'000;
/// The longest a run may count from its beginning.
constexpr double most_elapsed_s = 3.2e9;

struct Quantity {
  std::string head, name, unit;
};
struct Cell {
  std::uint32_t item = 0;
  std::uint32_t quantity = 0;
  std::int64_t time_s = 0;
  float value = 0;
};

/// A table from its head on.
struct Opened {
  CsvReader reader;
  SimulationHead head;
  std::vector<std::string> heads;
};

Result<Opened> openTable(const std::filesystem::path& path, const Options& options, Problems& problems) {
  Result<CsvReader> reader = CsvReader::open(path, options.encoding, problems);
  if (!reader) return reader.error();
  CsvRecord record;
  for (std::size_t line = 0; line < searched_lines && reader->next(record, problems); ++line) {
    std::vector<std::string> heads;
    for (const std::string& cell : record.cells)
      heads.push_back(decodeCell(cell, reader->encoding()).value_or(std::string()));
    if (std::optional<SimulationHead> head = simulationHead(heads))
      return Opened{std::move(*reader), std::move(*head), std::move(heads)};
  }
  return Error{ErrorCode::bad_input, toUtf8(path), "No line has coordinates and a simulated quantity as its heads.",
               "Name the columns x, y (or lon, lat) and the values with their units: \"wind[m/s]\"."};
}

/// One row as text, by column.
class Row {
 public:
  Row(const CsvRecord& record, Encoding encoding) : record_(record), encoding_(encoding) {}
  std::string text(std::size_t column) const {
    if (column >= record_.cells.size()) return {};
    return decodeCell(record_.cells[column], encoding_).value_or(std::string());
  }
  std::optional<double> number(std::size_t column) const {
    const auto value = parseNumber(text(column));
    return value && std::isfinite(*value) ? value : std::nullopt;
  }

 private:
  const CsvRecord& record_;
  Encoding encoding_;
};

struct Run {
  const std::string file;
  const std::filesystem::path& path;
  Context& context;
  const SimulationHead& head;
  std::optional<Instant> begin;  ///< of the run, from the file's name
  std::vector<Quantity> quantities{};
  std::map<std::string, std::uint32_t> quantity_of{};  ///< long form: by name and unit
  std::vector<model::ResultLayer::Item> items{};
  std::vector<Vec3d> places{};  ///< per item, in the source's coordinates
  std::unordered_map<std::string, std::uint32_t> item_of{};
  std::vector<Cell> cells{};
  std::set<std::int64_t> times{};
  bool full = false;

  void skip(std::size_t line, const char* code, const std::string& what, const std::string& advice = {}) {
    context.problems.skip(file, fmt::format("line {}", line), code, what, advice);
  }

  void add(const Row& row, std::size_t line) {
    const auto x = row.number(head.x), y = row.number(head.y);
    if (!x || !y) return skip(line, "result.no_place", "The row has no coordinates that are numbers.");
    const auto time = timeOf(row);
    if (!time)
      return skip(line, "result.bad_time", fmt::format("\"{}\" is no time that can be placed.", row.text(*head.time)),
                  "Write times like 2026-01-15 04:00, or put the run's beginning (YYYYMMDDHHMM) into the name.");
    const Vec3d place{*x, *y, head.z ? row.number(*head.z).value_or(0) : 0};
    const auto item = itemAt(row, place);
    if (!item) return;
    if (times.insert(*time).second && times.size() > time_limit) {
      times.erase(*time);
      return skip(line, "result.too_many", fmt::format("The table has more than {} moments.", time_limit));
    }
    if (head.isLong())
      addLong(row, line, *item, *time);
    else
      for (std::uint32_t q = 0; q < head.values.size(); ++q) addCell(row, line, head.values[q].index, *item, q, *time);
  }

  /// 0 where the table has no times; nothing for one that cannot be read.
  std::optional<std::int64_t> timeOf(const Row& row) const {
    if (!head.time) return 0;
    const std::string text = row.text(*head.time);
    if (head.elapsed_unit_s == 0)
      if (const auto moment = parseInstant(text)) return moment->unix_s;
    const auto elapsed = parseNumber(text);
    const double unit_s = head.elapsed_unit_s == 0 ? 1 : head.elapsed_unit_s;
    if (!begin || !elapsed || !(std::abs(*elapsed) * unit_s < most_elapsed_s)) return std::nullopt;
    return begin->unix_s + static_cast<std::int64_t>(std::llround(*elapsed * unit_s));
  }

  std::optional<std::uint32_t> itemAt(const Row& row, Vec3d place) {
    std::string id = head.id ? row.text(*head.id) : std::string();
    if (id.empty())
      id = fmt::format("{:.9g};{:.9g}{}", place.x, place.y, head.z ? fmt::format(";{:.6g}", place.z) : "");
    const auto known = item_of.find(id);
    if (known != item_of.end()) return known->second;
    if (items.size() == result_item_limit) {
      full = true;
      return std::nullopt;
    }
    const auto index = static_cast<std::uint32_t>(items.size());
    item_of.emplace(id, index);
    items.push_back({id, {}, {}});
    places.push_back(place);
    return index;
  }

  void addLong(const Row& row, std::size_t line, std::uint32_t item, std::int64_t time) {
    QuantityWords words = quantityWords(row.text(*head.variable));
    if (words.name.empty()) return skip(line, "result.no_quantity", "The row does not name its quantity.");
    if (head.unit && words.unit.empty()) words.unit = row.text(*head.unit);
    const std::string key = words.name + " " + words.unit;
    auto known = quantity_of.find(key);
    if (known == quantity_of.end()) {
      if (quantities.size() == quantity_limit)
        return skip(line, "result.too_many", fmt::format("The table has more than {} quantities.", quantity_limit));
      known = quantity_of.emplace(key, static_cast<std::uint32_t>(quantities.size())).first;
      quantities.push_back({words.name, words.name, words.unit});
    }
    addCell(row, line, *head.value, item, known->second, time);
  }

  void addCell(const Row& row, std::size_t line, std::size_t column, std::uint32_t item, std::uint32_t quantity,
               std::int64_t time) {
    const std::string text = row.text(column);
    if (isBlankCell(text) || toLower(std::string(trim(text))) == "nan") return;  // a gap that the source knows of
    const auto value = parseNumber(text);
    if (!value || !std::isfinite(static_cast<float>(*value)))
      return skip(
          line, "result.no_number",
          fmt::format("\"{}\" under \"{}\" is no number: it is a gap.", text.substr(0, 40), quantities[quantity].head));
    if (cells.size() == cell_limit)
      full = true;
    else
      cells.push_back({item, quantity, time, static_cast<float>(*value)});
  }
};

Status readRows(Opened& table, Run& run) {
  CsvRecord record;
  for (std::size_t rows = 0; table.reader.next(record, run.context.problems); ++rows) {
    if (rows % 4096 == 0) {
      run.context.progress.report(table.reader.fraction() * 0.8, "simulation");
      if (run.context.progress.cancelled()) return Error{ErrorCode::cancelled, run.file, "The import was stopped.", ""};
    }
    if (record.cells.size() < 2) continue;  // blank lines
    run.add(Row(record, table.reader.encoding()), record.line);
    if (!run.full) continue;
    run.skip(record.line, "result.too_many",
             fmt::format("The table has more than {} places or {} values: the rest was not read.", result_item_limit,
                         cell_limit),
             "Thin it out, or split it by time.");
    break;
  }
  return done();
}

/// Cells of a grid, or points. Several values above one another stay points at their heights.
void shapeItems(Run& run) {
  const std::optional<GridSteps> steps = run.head.z ? std::nullopt : gridStepsOf(run.places);
  for (std::size_t i = 0; i < run.items.size(); ++i) {
    if (steps) {
      run.items[i].geometry = cellAt(run.places[i], *steps);
      continue;
    }
    run.items[i].geometry.points = {run.places[i]};
    run.items[i].geometry.has_height = run.head.z.has_value();
  }
}

/// What the table says under this quantity, at this file's times.
model::ResultLayer layerOf(const Run& run, std::uint32_t quantity, const std::vector<std::int64_t>& times) {
  const std::string stem = toUtf8(run.path.stem());
  const Quantity& what = run.quantities[quantity];
  model::ResultLayer layer;
  layer.id = fmt::format("simulation/{}/{}", nameWithoutTime(stem), what.head);
  layer.name = what.name, layer.quantity = what.head, layer.unit = what.unit;
  layer.source = toUtf8(run.path.filename());
  for (const std::int64_t time : times) layer.times.push_back({time});
  layer.items = run.items;
  layer.values.assign(run.items.size() * layer.columns(), std::nanf(""));
  return layer;
}

Status pour(Run& run) {
  std::vector<std::int64_t> times;
  if (run.head.time)
    times.assign(run.times.begin(), run.times.end());
  else if (run.begin)
    times = {run.begin->unix_s};
  const std::size_t columns = std::max<std::size_t>(1, times.size());
  if (columns > model::result_value_limit / run.items.size())
    return Error{ErrorCode::limit, run.file, "The table has more places and moments than can be held.",
                 "Split it by time or area."};
  std::ranges::stable_sort(run.cells, {}, &Cell::quantity);
  auto cell = run.cells.begin();
  for (std::uint32_t q = 0; q < run.quantities.size(); ++q) {
    if (cell == run.cells.end() || cell->quantity != q) continue;  // a column of texts
    model::ResultLayer layer = layerOf(run, q, times);
    for (; cell != run.cells.end() && cell->quantity == q; ++cell) {
      const auto at = run.head.time ? std::ranges::lower_bound(times, cell->time_s) - times.begin() : 0;
      layer.values[cell->item * columns + static_cast<std::size_t>(at)] = cell->value;
    }
    run.context.sink.add(std::move(layer));
  }
  return done();
}

class SimulationImporter final : public Importer {
 public:
  std::string_view format() const override { return "simulation CSV"; }

  bool accepts(const std::filesystem::path& path, std::string_view head) const override {
    const std::string extension = toLower(toUtf8(path.extension()));
    return (extension == ".csv" || extension == ".tsv") && beginsLikeSimulation(head);
  }

  Result<Peek> peek(const std::filesystem::path& path, const Options& options, Problems&) const override {
    Problems unheard;
    Result<Opened> table = openTable(path, options, unheard);
    if (!table) return table.error();
    Peek peek;
    peek.format = format();
    CsvRecord record;
    // All of them: files are left out by the extent that this tells.
    while (table->reader.next(record, unheard)) {
      const Row row(record, table->reader.encoding());
      const auto x = row.number(table->head.x), y = row.number(table->head.y);
      if (x && y) peek.bounds.add(Vec3d{*x, *y, 0});
    }
    peek.crs = options.source_crs;
    if (peek.crs.empty() && table->head.degrees) peek.crs = "EPSG:6668";
    return peek;
  }

  Status read(const std::filesystem::path& path, Context& context) const override {
    Result<Opened> table = openTable(path, context.options, context.problems);
    if (!table) return table.error();
    Run run{toUtf8(path), path, context, table->head, timeInName(toUtf8(path.stem()))};
    for (const ValueColumn& column : table->head.values)
      if (run.quantities.size() < quantity_limit) run.quantities.push_back({column.head, column.name, column.unit});
    table->head.values.resize(std::min(table->head.values.size(), quantity_limit));
    if (const Status status = readRows(*table, run); !status) return status;
    if (run.cells.empty())
      return Error{ErrorCode::bad_input, run.file, "No row has coordinates and a value.",
                   "Check the separator and that the values are numbers."};
    if (!run.head.time && !run.begin)
      context.problems.assume(run.file, {}, "result.no_time",
                              "Neither a column nor the file's name tells a time: its values are taken to hold at any "
                              "time.",
                              "Add a column \"time\", or put YYYYMMDDHHMM into the name.");
    shapeItems(run);
    const std::string crs = !context.options.source_crs.empty() ? context.options.source_crs
                            : run.head.degrees                  ? "EPSG:6668"
                                                                : "";
    if (const Status placed = placeItems(run.items, crs, path, context); !placed) return placed;
    return pour(run);
  }
};

}  // namespace

const Importer& simulationImporter() {
  static const SimulationImporter importer;
  return importer;
}

}  // namespace hashimichi::import
