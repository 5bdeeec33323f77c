#include "geo/import/tables/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "geo/core/file.h"
#include "geo/import/dbf_text.h"

namespace hashimichi::import {
namespace {

constexpr int searched_lines = 20;  // titles, units and notes above a head
constexpr std::size_t shown_heads_bytes = 200;

std::string listed(const std::vector<std::string>& heads) {
  std::string text;
  for (const std::string& head : heads) {
    if (trim(head).empty()) continue;
    if (text.size() + head.size() > shown_heads_bytes) return text + " …";
    text += (text.empty() ? "" : ", ") + std::string(trim(head));
  }
  return text;
}

bool isBlank(const CsvRecord& record) {
  return std::all_of(record.cells.begin(), record.cells.end(),
                     [](const std::string& cell) { return trim(cell).empty(); });
}

Error unknownTable(const std::string& file, const std::string& seen) {
  return {ErrorCode::bad_input, file,
          seen.empty() ? "The file holds no line that could be the head of a table."
                       : "The heads do not say what the table holds: " + seen + ".",
          "Read are bridge registers, inspections, stations, observations, forecasts, and anything with latitude and "
          "longitude or WKT; name their columns as in the manual."};
}

}  // namespace

Result<Table> Table::open(const std::filesystem::path& path, const Options& options, Problems& problems) {
  Result<CsvReader> reader = CsvReader::open(path, options.encoding, problems);
  if (!reader) return reader.error();
  return open(std::make_unique<CsvReader>(*std::move(reader)), toUtf8(path.filename()), options, problems);
}

Result<Table> Table::open(std::unique_ptr<RecordSource> reader, const std::string& source, const Options& options,
                          Problems& problems) {
  CsvRecord record;
  std::vector<std::string> widest, above;
  for (int line = 0; line < searched_lines && reader->next(record, problems); ++line) {
    std::vector<std::string> heads;
    for (const std::string& cell : record.cells) {
      std::optional<std::string> head = decodeCell(cell, reader->encoding());
      if (!head || head->find('\0') != std::string::npos)
        return Error{ErrorCode::bad_input, fmt::format("{}:{}", reader->file(), record.line),
                     fmt::format("The text is not {}.", toString(reader->encoding())),
                     "Save the table as \"CSV UTF-8\", or name its encoding with --encoding."};
      heads.push_back(*std::move(head));
    }
    if (heads.size() > widest.size()) widest = heads;
    for (std::size_t i = 0; i < heads.size() && i < above.size(); ++i)
      if (trim(heads[i]).empty()) heads[i] = above[i];
    above = heads;
    if (heads.size() < 2) continue;
    Result<std::optional<TableHead>> head = recogniseHead(heads, options.field_map);
    if (!head) return head.error();
    if (!head->has_value()) continue;
    (*head)->line = record.line;
    reportDoubts((*head)->match, reader->file(), fmt::format("line {}", record.line), problems);
    return Table(std::move(reader), **std::move(head), source);
  }
  return unknownTable(reader->file(), listed(widest));
}

bool Table::next(TableRow& row, Problems& problems) {
  CsvRecord record;
  while (reader_->next(record, problems)) {
    if (isBlank(record)) continue;
    if (decode(record, row, problems)) return true;
  }
  return false;
}

bool Table::decode(const CsvRecord& record, TableRow& row, Problems& problems) const {
  const std::string place = fmt::format("line {}", record.line);
  const std::size_t expected = head_.heads.size();
  std::size_t cells = record.cells.size();
  while (cells > expected && trim(record.cells[cells - 1]).empty()) --cells;  // separators behind the last column
  if (cells > expected) {
    problems.skip(
        file(), place, "row.ragged",
        fmt::format("The row has {} cells under {} heads, so it is not known which is which.", cells, expected),
        "Quote cells that hold a separator.");
    return false;
  }
  if (cells < expected && record.ends_file) {
    problems.skip(file(), place, "file.truncated", "The last row breaks off; it was not read.");
    return false;
  }
  if (cells < expected)
    problems.assume(
        file(), place, "row.short",
        fmt::format("The row has {} cells under {} heads; the missing ones were taken as blank.", cells, expected));
  row.line = record.line;
  row.cells.assign(expected, {});
  for (std::size_t i = 0; i < cells; ++i) {
    if (record.cells[i].find('\0') != std::string::npos) {
      problems.skip(file(), place, "row.nul", "The row holds NUL bytes; it was not read.");
      return false;
    }
    std::optional<std::string> cell = decodeCell(record.cells[i], reader_->encoding());
    if (cell)
      row.cells[i] = *std::move(cell);
    else
      problems.skip(file(), fmt::format("{}, column \"{}\"", place, head_.heads[i]), "encoding.undecodable",
                    fmt::format("The text is not {}.", toString(reader_->encoding())));
  }
  return true;
}

}  // namespace hashimichi::import
