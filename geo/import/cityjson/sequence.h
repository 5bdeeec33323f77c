#pragma once
#include <string>

#include "geo/core/geometry.h"
#include "geo/import/cityjson/byte_source.h"

namespace hashimichi::import::cityjson {

/// The lines of a CityJSONSeq file, one at a time; blank ones are passed over.
class Lines {
 public:
  explicit Lines(ByteSource& source) : source_(source) {}
  /// False at the end. A line above the limit comes back empty, with `too_long` set.
  bool next(std::string& line);
  std::size_t number() const { return number_; }  ///< of the last line, from 1
  bool tooLong() const { return too_long_; }

 private:
  ByteSource& source_;
  std::size_t number_ = 0;
  bool too_long_ = false;
};

/// Whether further documents follow the first one, or the name says that lines are to be expected.
bool isSequence(const std::filesystem::path& path, ByteSource& behind_first);
/// Past a byte order mark.
void skipMark(ByteSource& source);

}  // namespace hashimichi::import::cityjson
