#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/core/problem.h"
#include "geo/import/field_map.h"

namespace hashimichi::import {

/// The cells of one record by meaning. A cell that holds something, but not what its column promises, is reported as
/// `value.unread` with its place and left empty; the rest of the record is read.
class CellReader {
 public:
  /// All references outlive the reader. `place` is "line 12".
  CellReader(const FieldMatch& match, const std::vector<std::string>& cells, const std::string& file, std::string place,
             Problems& problems)
      : match_(match), cells_(cells), file_(file), place_(std::move(place)), problems_(problems) {}
  /// The place is "feature 7".
  CellReader(const FieldMatch& match, const std::vector<std::string>& cells, const std::string& file,
             std::int64_t feature, Problems& problems)
      : match_(match), cells_(cells), file_(file), feature_(feature), problems_(problems) {}

  /// Trimmed; empty when there is no such column or the cell is blank.
  std::string text(std::string_view meaning) const;
  /// As it stands in the cell, "-" and "×" included.
  std::string raw(std::string_view meaning) const;
  /// Not negative, no sentinel, in the unit of the meaning.
  std::optional<double> amount(std::string_view meaning) const;
  /// Any number (heights may be negative).
  std::optional<double> number(std::string_view meaning) const;
  std::optional<double> degrees(std::string_view meaning) const;
  std::optional<bool> yesNo(std::string_view meaning) const;
  std::optional<int> emergencyRoute(std::string_view meaning) const;
  std::optional<int> year(std::string_view meaning) const;

  std::string place() const;
  /// Reports the cell of a meaning as not read.
  void reject(std::string_view meaning, const std::string& why) const;

 private:
  std::string_view view(std::string_view meaning) const;
  template <typename Value, typename Parse>
  std::optional<Value> read(std::string_view meaning, const char* why, Parse parse) const;

  const FieldMatch& match_;
  const std::vector<std::string>& cells_;
  const std::string& file_;
  std::string place_;
  std::int64_t feature_ = 0;  ///< where there is no place; written out only for the report
  Problems& problems_;
};

}  // namespace hashimichi::import
