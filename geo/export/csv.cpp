#include <fmt/format.h>

#include <fstream>

#include "geo/core/file.h"
#include "geo/export/ranking_table.h"
#include "geo/export/writers.h"

namespace hashimichi::exporting {
namespace {

constexpr const char* utf8_bom = "\xEF\xBB\xBF";  // without it spreadsheets in Japan read the file as CP932
constexpr const char* line_end = "\r\n";

std::string cellText(const Cell& cell, const Field& field) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return std::to_string(*whole);
  if (const auto* real = std::get_if<double>(&cell)) return fmt::format("{:.{}f}", *real, field.decimals);
  if (const auto* text = std::get_if<std::string>(&cell)) return csvText(*text);
  return {};
}

}  // namespace

std::string csvText(std::string_view text) {
  std::string cell;
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) cell = "'";
  cell += text;
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

Status writeCsv(const Snapshot& snapshot, const std::filesystem::path& path, Progress& progress) {
  const RankingTable table(snapshot);
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream << utf8_bom;
  const auto isShown = [&](const Field& field) {
    return field.language.value_or(snapshot.language) == snapshot.language;
  };
  std::string line;
  const auto endLine = [&] {
    if (!line.empty()) line.pop_back();
    stream << line << line_end;
    line.clear();
  };
  for (const Field& field : table.fields())
    if (isShown(field)) line += csvText(snapshot.language == Language::ja ? field.ja : field.en) + ",";
  endLine();
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (progress.cancelled()) return Error{ErrorCode::cancelled, toUtf8(path), "The export was cancelled.", ""};
    const std::vector<Cell> cells = table.row(i);
    for (std::size_t c = 0; c < cells.size(); ++c)
      if (isShown(table.fields()[c])) line += cellText(cells[c], table.fields()[c]) + ",";
    endLine();
  }
  stream.close();
  if (stream) return done();
  return Error{ErrorCode::write_failed, toUtf8(path), "The table cannot be written.",
               "Check free space and whether the folder is writable."};
}

}  // namespace hashimichi::exporting
