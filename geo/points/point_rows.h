#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "geo/core/result.h"
#include "geo/points/record_layout.h"

namespace hashimichi::points {

/// No survey has more columns; further ones are not looked at.
inline constexpr std::size_t most_columns = 64;

/// Points of a table, row by row, as numbers; for one thread.
class RowReader {
 public:
  virtual ~RowReader() = default;
  /// False at the end. A cell that is no number is NaN; a row may be shorter than others.
  virtual bool next(std::vector<double>& row) = 0;
  /// Where the row that comes next begins.
  virtual std::uint64_t place() const = 0;
  /// Digits behind the point of the last row's first three cells, the most of them; -1 when the file holds binary
  /// numbers.
  virtual int decimals() const { return -1; }
};

/// Lines of numbers, parted by blanks, tabs, commas or semicolons; empty lines and those that begin with # or // are
/// no rows.
Result<std::unique_ptr<RowReader>> openTextRows(const std::filesystem::path& path, std::uint64_t at);

struct BinaryColumn {
  Scalar type = Scalar::f32;
};
/// Rows of numbers of fixed length.
Result<std::unique_ptr<RowReader>> openBinaryRows(const std::filesystem::path& path, std::uint64_t at,
                                                  std::vector<BinaryColumn> columns, bool big_endian);

/// The numbers of one line. @param decimals  of the first three, the most
void parseRow(std::string_view line, std::vector<double>& row, int& decimals);

}  // namespace hashimichi::points
