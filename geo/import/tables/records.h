#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "geo/core/problem.h"
#include "geo/core/text.h"

namespace hashimichi::import {

/// One record as it stands in the file, undecoded. `line` counts from 1 and is the one where the record begins.
struct CsvRecord {
  std::size_t line = 0;
  std::vector<std::string> cells;
  bool ends_file = false;  ///< the last one, without a line break behind it: may be cut off
};

/// Where the records of a table come from: a text file or a sheet of a workbook.
class RecordSource {
 public:
  virtual ~RecordSource() = default;
  /// False at the end.
  virtual bool next(CsvRecord& record, Problems& problems) = 0;
  virtual Encoding encoding() const = 0;
  virtual const std::string& file() const = 0;  ///< as the user named it, for the report
  virtual double fraction() const = 0;          ///< 0…1, for progress
};

}  // namespace hashimichi::import
