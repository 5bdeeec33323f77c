#pragma once
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "geo/core/problem.h"
#include "geo/core/result.h"
#include "geo/core/text.h"
#include "geo/import/tables/records.h"

namespace hashimichi::import {

/// Bounds of what one table may demand; beyond them a file is no table of a town.
inline constexpr std::size_t csv_line_limit_bytes = 1u << 20;          // a register row has some hundred bytes
inline constexpr std::size_t csv_quoted_cell_limit_bytes = 64u << 10;  // a remark of 20,000 characters
inline constexpr std::size_t csv_cell_limit = 4096;                    // columns of a table

/// Streams a CSV: separators , ; or tab (found out), quoted cells with "" and line breaks in them, LF, CRLF or CR.
///
/// Memory is bounded by one record. A quote that never closes is taken as text and reported; a line beyond the limit
/// is an error. Works on bytes: in UTF-8 and in CP932 no part of a character looks like a separator, quote or break.
class CsvReader final : public RecordSource {
 public:
  /// Looks through the whole file once (encoding, longest line, NUL bytes). limit for an endless line, unsupported for
  /// UTF-16, bad_input for text that is neither UTF-8 nor CP932.
  static Result<CsvReader> open(const std::filesystem::path& path, const std::string& wanted_encoding,
                                Problems& problems);

  /// False at the end of the file.
  bool next(CsvRecord& record, Problems& problems) override;
  /// Begins again at the first record.
  void rewind();

  Encoding encoding() const override { return encoding_; }
  char separator() const { return separator_; }
  const std::string& file() const override { return file_; }
  /// 0…1, for progress.
  double fraction() const override;

 private:
  CsvReader() = default;
  enum class Outcome { record, end, unclosed, too_many_cells };
  Outcome parse(CsvRecord& record, bool quotes_are_text);
  int get();
  int peekByte();
  void seek(std::size_t offset, std::size_t line);
  void fill();

  std::ifstream stream_;
  std::string file_;
  std::string buffer_;
  std::size_t buffer_offset_ = 0, at_ = 0;  ///< the buffer's place in the file, the next byte in it
  std::size_t begin_ = 0, size_ = 0, line_ = 1;
  std::size_t unclosed_ = 0;
  Encoding encoding_ = Encoding::utf8;
  char separator_ = ',';
};

}  // namespace hashimichi::import
