#include "geo/import/cell_reader.h"

#include <fmt/format.h>

#include "geo/core/text.h"
#include "geo/import/values.h"

namespace hashimichi::import {
namespace {

constexpr std::size_t shown_bytes = 60;  // a bad cell may be a whole document

std::string shown(const std::string& text) {
  if (text.size() <= shown_bytes) return text;
  std::size_t cut = shown_bytes;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return text.substr(0, cut) + "…";
}

/// "12.5m", "5 m": people write the unit into the cell although the head says it.
std::string withoutUnit(const std::string& text) {
  if (text.find_first_not_of("0123456789.") == std::string::npos) return text;
  const std::string level = toLower(normalizeWidth(text));
  const std::size_t last = level.find_last_of("0123456789.");
  if (last == std::string::npos) return level;
  const std::string_view unit = trim(std::string_view(level).substr(last + 1));
  return unit == "m" || unit == "台" || unit == "台/日" || unit == "本" ? level.substr(0, last + 1) : level;
}

}  // namespace

std::string CellReader::place() const {
  return place_.empty() ? fmt::format("feature {}", feature_) : place_;
}

std::string_view CellReader::view(std::string_view meaning) const {
  const Column* column = match_.find(meaning);
  return column && column->index < cells_.size() ? trim(cells_[column->index]) : std::string_view();
}

std::string CellReader::raw(std::string_view meaning) const {
  return std::string(view(meaning));
}

std::string CellReader::text(std::string_view meaning) const {
  const std::string_view cell = view(meaning);
  return cell.empty() || isBlankCell(cell) ? std::string() : std::string(cell);
}

void CellReader::reject(std::string_view meaning, const std::string& why) const {
  const Column* column = match_.find(meaning);
  problems_.skip(file_, fmt::format("{}, column \"{}\"", place(), column ? column->head : std::string(meaning)),
                 "value.unread", fmt::format("\"{}\" {}.", shown(raw(meaning)), why));
}

template <typename Value, typename Parse>
std::optional<Value> CellReader::read(std::string_view meaning, const char* why, Parse parse) const {
  const std::string cell = text(meaning);
  if (cell.empty()) return std::nullopt;
  const std::optional<Value> value = parse(cell);
  if (!value) reject(meaning, why);
  return value;
}

std::optional<double> CellReader::amount(std::string_view meaning) const {
  return read<double>(meaning, "is not a usable number", [&](const std::string& cell) {
    return amountFrom(withoutUnit(cell), match_.find(meaning)->factor);
  });
}

std::optional<double> CellReader::number(std::string_view meaning) const {
  return read<double>(meaning, "is not a number", [&](const std::string& cell) {
    const std::optional<double> value = parseNumber(withoutUnit(cell));
    return value ? std::optional(*value * match_.find(meaning)->factor) : std::nullopt;
  });
}

std::optional<double> CellReader::degrees(std::string_view meaning) const {
  return read<double>(meaning, "is not an angle", &degreesFrom);
}

std::optional<bool> CellReader::yesNo(std::string_view meaning) const {
  const std::string cell = raw(meaning);  // "×" and "-" mean no here, not blank
  if (cell.empty()) return std::nullopt;
  const std::optional<bool> value = yesNoFrom(cell);
  if (!value && !isBlankCell(cell)) reject(meaning, "says neither yes nor no");
  return value;
}

std::optional<int> CellReader::emergencyRoute(std::string_view meaning) const {
  return read<int>(meaning, "is no class of emergency routes (1, 2, 3 or 0)", &emergencyRouteFrom);
}

std::optional<int> CellReader::year(std::string_view meaning) const {
  return read<int>(meaning, "is no year", &yearFrom);
}

}  // namespace hashimichi::import
