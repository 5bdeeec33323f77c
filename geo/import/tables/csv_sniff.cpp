#include "geo/import/tables/csv_sniff.h"

#include <algorithm>
#include <array>

namespace hashimichi::import {
namespace {

constexpr std::size_t chunk_bytes = 64u << 10;
constexpr std::size_t head_bytes = 8u << 10;

/// Counts characters of UTF-8 byte by byte.
class Utf8Counter {
 public:
  explicit Utf8Counter(CsvFacts& facts) : facts_(facts) {}

  void add(unsigned char byte) {
    if (waiting_ > 0) {
      if ((byte & 0xC0) == 0x80) {
        if (--waiting_ == 0) ++facts_.utf8_characters;
        return;
      }
      ++facts_.not_utf8_bytes;
      waiting_ = 0;
    }
    if (byte < 0x80) return;
    waiting_ = byte >= 0xC2 && byte < 0xE0 ? 1 : byte >= 0xE0 && byte < 0xF0 ? 2 : byte >= 0xF0 && byte < 0xF5 ? 3 : 0;
    if (waiting_ == 0) ++facts_.not_utf8_bytes;
  }
  void end() { facts_.not_utf8_bytes += waiting_ > 0; }

 private:
  CsvFacts& facts_;
  int waiting_ = 0;
};

}  // namespace

CsvFacts sniffCsv(std::istream& stream) {
  CsvFacts facts;
  Utf8Counter counter(facts);
  std::array<char, chunk_bytes> chunk{};
  std::size_t line_bytes = 0, line = 1;
  while (stream.read(chunk.data(), chunk.size()) || stream.gcount() > 0) {
    const auto count = static_cast<std::size_t>(stream.gcount());
    if (facts.size == 0) facts.head.assign(chunk.data(), std::min(count, head_bytes));
    facts.size += count;
    for (std::size_t i = 0; i < count; ++i) {
      const auto byte = static_cast<unsigned char>(chunk[i]);
      counter.add(byte);
      facts.nul_bytes += byte == 0;
      if (byte == '\n' || byte == '\r') {
        line += byte == '\n';
        line_bytes = 0;
      } else if (++line_bytes > facts.longest_line) {
        facts.longest_line = line_bytes;
        facts.longest_line_at = line;
      }
    }
  }
  counter.end();
  facts.utf8_bom = facts.head.starts_with("\xEF\xBB\xBF");
  facts.utf16_bom = facts.head.starts_with("\xFF\xFE") || facts.head.starts_with("\xFE\xFF");
  return facts;
}

char separatorOf(const std::string& head) {
  char best = ',';
  std::ptrdiff_t most = 0;
  for (const char separator : {',', '\t', ';'}) {
    const std::ptrdiff_t count = std::count(head.begin(), head.end(), separator);
    if (count > most) most = count, best = separator;
  }
  return best;
}

}  // namespace hashimichi::import
