#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "geo/export/exporter.h"

namespace hashimichi::exporting {

/// One value of the exported list; monostate = not known.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;

/// One column of the exported list, the same in every format.
struct Field {
  enum class Type { whole, real, text };
  const char* key;  ///< snake_case with unit, for GIS files
  const char* ja;   ///< head of the Japanese table
  const char* en;
  Type type = Type::text;
  int decimals = 0;                  ///< of real numbers in text files
  std::optional<Language> language;  ///< set: only in tables of that language; GIS files carry all columns
};

/// The ranked list as a table, row by row in rank order. Keeps a reference to the snapshot.
class RankingTable {
 public:
  explicit RankingTable(const Snapshot& snapshot);

  const std::vector<Field>& fields() const { return fields_; }
  std::size_t size() const { return snapshot_.ranking.rows.size(); }
  /// In the order of fields().
  std::vector<Cell> row(std::size_t index) const;

 private:
  const Snapshot& snapshot_;
  std::vector<Field> fields_;
  std::string record_hash_;
};

/// All reasons of a row, the deciding one first, as one line.
std::string reasonsLine(const assess::Ranked& row, Language language);
std::string missingLine(const assess::Ranked& row, Language language);

}  // namespace hashimichi::exporting
