#include "geo/import/cityjson/sequence.h"

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/cityjson/limits.h"

namespace hashimichi::import::cityjson {

bool Lines::next(std::string& line) {
  line.clear();
  too_long_ = false;
  while (true) {
    const std::string_view ahead = source_.ahead();
    if (ahead.empty()) break;
    const std::size_t end = ahead.find('\n');
    const std::string_view piece = ahead.substr(0, end);
    if (line.size() + piece.size() > value_bytes_limit) too_long_ = true, line.clear();
    if (!too_long_) line += piece;
    source_.skip(end == ahead.npos ? ahead.size() : end + 1);
    if (end == ahead.npos) continue;
    ++number_;
    if (too_long_ || !trim(line).empty()) return true;
    line.clear();
  }
  if (!too_long_ && trim(line).empty()) return false;
  ++number_;
  return true;
}

bool isSequence(const std::filesystem::path& path, ByteSource& behind_first) {
  const std::string ending = toLower(toUtf8(path.extension()));
  if (ending == ".jsonl" || ending == ".ndjson" || ending == ".jsonseq") return true;
  while (behind_first.peek() == ' ' || behind_first.peek() == '\n' || behind_first.peek() == '\r' ||
         behind_first.peek() == '\t')
    behind_first.next();
  return behind_first.peek() == '{';
}

void skipMark(ByteSource& source) {
  if (source.ahead().starts_with("\xEF\xBB\xBF")) source.skip(3);
}

}  // namespace hashimichi::import::cityjson
