#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <compare>
#include <map>
#include <utility>

#include "geo/core/text.h"
#include "geo/import/cell_reader.h"
#include "geo/import/tables/table_readers.h"
#include "geo/import/values.h"

namespace hashimichi::import {
namespace {

constexpr std::size_t most_values = 10'000'000;  // 600 MB; a winter of 60 stations at 10 minutes is 8 million

struct SeriesKey {
  std::string station_id;
  sensors::Quantity quantity;
  std::optional<Instant> issued;
  auto operator<=>(const SeriesKey&) const = default;
};

/// Whether a time says its zone itself: 2026-01-15T04:00+09:00, …Z.
bool namesZone(const std::string& text) {
  const std::string level = normalizeWidth(text);
  const std::size_t clock = level.find(':');
  return clock != std::string::npos && level.find_first_of("+-Zz", clock) != std::string::npos;
}

/// Collects the values of a table of observations or forecasts into series.
class SeriesBook {
 public:
  SeriesBook(const Table& table, Context& context) : table_(table), context_(context) {}

  void take(const TableRow& row, const CellReader& cells) {
    const std::optional<Instant> time = timeOf(cells, "time");
    if (!time) return rowSkipped(row, "names no time");
    std::string station_id = cells.text("station_id");
    if (station_id.empty() && table_.head().match.has("station_id")) return rowSkipped(row, "names no station");
    std::optional<Instant> issued;
    if (table_.head().kind == TableKind::forecast) {
      issued = timeOf(cells, "issued");
      if (!issued) return rowSkipped(row, "does not say when the forecast was issued");
      if (*time < *issued) return rowSkipped(row, "forecasts a time before it was issued");
    }
    for (const QuantityColumn& column : table_.head().quantities) takeCell(row, column, station_id, issued, *time);
  }

  void pour() {
    for (auto& [key, values] : values_) {
      std::stable_sort(values.begin(), values.end(),
                       [](const Value& a, const Value& b) { return a.observation.time < b.observation.time; });
      sensors::Series series{key.station_id, key.quantity, key.issued, {}, table_.source()};
      series.values.reserve(values.size());
      for (Value& value : values) {
        if (!series.values.empty() && series.values.back().time == value.observation.time)
          reportTwice(key, series.values.back(), value);
        else
          series.values.push_back(std::move(value.observation));
      }
      context_.sink.add(std::move(series));
      values = {};
    }
    if (full_ > 0)
      context_.problems.skip(table_.file(), {}, "table.too_long",
                             fmt::format("{} values beyond the first {} were not read.", full_, most_values),
                             "Split the table by year.");
  }

 private:
  struct Value {
    sensors::Observation observation;
    std::size_t line;
  };

  std::optional<Instant> timeOf(const CellReader& cells, std::string_view meaning) {
    const std::string text = cells.text(meaning);
    if (text.empty()) return std::nullopt;
    const std::optional<Instant> time = parseInstant(text);
    if (!time) cells.reject(meaning, "is no time");
    if (time && !zone_reported_ && !namesZone(text)) {
      zone_reported_ = true;
      context_.problems.assume(table_.file(), {}, "time.zone_assumed",
                               "The times name no zone; they were taken as Japan's (+09:00).");
    }
    return time;
  }

  void rowSkipped(const TableRow& row, const char* why) {
    context_.problems.skip(table_.file(), row.place(), "row.skipped", fmt::format("The row {}; it was not read.", why));
  }

  void takeCell(const TableRow& row, const QuantityColumn& column, const std::string& station_id,
                std::optional<Instant> issued, Instant time) {
    const std::string& cell = row.cells[column.index];
    if (isBlankCell(cell)) return;  // a missing observation is not stored
    const std::optional<double> number = parseNumber(cell);
    if (!number) {
      constexpr std::size_t shown = 24;  // bytes that stay readable; cut at a character
      std::size_t cut = std::min(cell.size(), shown);
      while (cut < cell.size() && cut > 0 && (static_cast<unsigned char>(cell[cut]) & 0xC0) == 0x80) --cut;
      context_.problems.skip(table_.file(), fmt::format("{}, column \"{}\"", row.place(), column.head), "value.unread",
                             fmt::format("\"{}\" is not a number.", cell.substr(0, cut)));
      return;
    }
    if (stored_ == most_values) {
      ++full_;
      return;
    }
    ++stored_;
    values_[{station_id, column.quantity, issued}].push_back(
        {{time, *number * column.factor, sensors::Flag::not_checked, {}}, row.line});
  }

  void reportTwice(const SeriesKey& key, const sensors::Observation& kept, const Value& again) {
    context_.problems.skip(table_.file(), fmt::format("line {}", again.line), "observation.duplicate",
                           fmt::format("A second {} of station \"{}\" at {} ({:g}, before {:g}); the first was kept.",
                                       sensors::toString(key.quantity), key.station_id, formatJst(kept.time),
                                       again.observation.value, kept.value));
  }

  const Table& table_;
  Context& context_;
  std::map<SeriesKey, std::vector<Value>> values_;
  std::size_t stored_ = 0, full_ = 0;
  bool zone_reported_ = false;
};

Status readSeries(Table& table, Context& context) {
  SeriesBook book(table, context);
  RowWatch watch(table, context);
  for (TableRow row; table.next(row, context.problems);) {
    if (!watch.goOn()) return watch.stopped();
    book.take(row, CellReader(table.head().match, row.cells, table.file(), row.place(), context.problems));
  }
  book.pour();
  return done();
}

}  // namespace

Status readObservations(Table& table, Context& context) {
  return readSeries(table, context);
}

Status readForecast(Table& table, Context& context) {
  return readSeries(table, context);
}

}  // namespace hashimichi::import
