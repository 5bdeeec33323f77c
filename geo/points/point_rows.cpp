#include "geo/points/point_rows.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fstream>
#include <limits>

#include "geo/core/file.h"
#include "geo/core/text.h"

namespace hashimichi::points {
namespace {

constexpr std::size_t block_bytes = 256u << 10;
/// A line of numbers is a few hundred bytes; what is longer is no line of a survey and is passed over.
constexpr std::size_t most_line_bytes = 64u << 10;

bool isSeparator(char c) {
  return c == ' ' || c == '\t' || c == ',' || c == ';' || c == '\r';
}

Result<std::ifstream> openAt(const std::filesystem::path& path, std::uint64_t at) {
  std::ifstream stream(path, std::ios::binary);
  if (stream) stream.seekg(static_cast<std::streamoff>(at));
  if (!stream)
    return Error{ErrorCode::unreadable, toUtf8(path), "The file cannot be opened.", "Check its permissions."};
  return stream;
}

class TextRows final : public RowReader {
 public:
  TextRows(std::ifstream stream, std::uint64_t at) : stream_(std::move(stream)), at_(at) {}

  bool next(std::vector<double>& row) override {
    for (std::string_view line; takeLine(line);) {
      const std::string_view text = trim(line);
      if (text.empty() || text.starts_with('#') || text.starts_with("//")) continue;
      parseRow(text, row, decimals_);
      return true;
    }
    return false;
  }
  std::uint64_t place() const override { return at_; }
  int decimals() const override { return decimals_; }

 private:
  /// The next line without its end; a line that is too long is cut there.
  bool takeLine(std::string_view& line) {
    for (;;) {
      const char* begin = block_.data() + used_;
      if (const void* end = std::memchr(begin, '\n', block_.size() - used_)) {
        line = {begin, static_cast<std::size_t>(static_cast<const char*>(end) - begin)};
        used_ += line.size() + 1, at_ += line.size() + 1;
        return true;
      }
      if (ended_ || block_.size() - used_ > most_line_bytes) {
        line = {begin, block_.size() - used_};
        used_ += line.size(), at_ += line.size();
        return !line.empty();
      }
      fill();
    }
  }
  void fill() {
    block_.erase(0, used_);
    used_ = 0;
    const std::size_t kept = block_.size();
    block_.resize(kept + block_bytes);
    stream_.read(block_.data() + kept, block_bytes);
    block_.resize(kept + static_cast<std::size_t>(stream_.gcount()));
    ended_ = stream_.gcount() == 0;
  }

  std::ifstream stream_;
  std::uint64_t at_;
  std::string block_;
  std::size_t used_ = 0;
  bool ended_ = false;
  int decimals_ = 0;
};

class BinaryRows final : public RowReader {
 public:
  BinaryRows(std::ifstream stream, std::uint64_t at, std::vector<BinaryColumn> columns, bool big_endian)
      : stream_(std::move(stream)), at_(at), columns_(std::move(columns)), big_endian_(big_endian) {
    for (const BinaryColumn& column : columns_) bytes_ += static_cast<std::size_t>(bytesOf(column.type));
    block_.resize(std::max<std::size_t>(1, block_bytes / bytes_) * bytes_);
  }

  bool next(std::vector<double>& row) override {
    if (used_ + bytes_ > filled_) {
      stream_.read(reinterpret_cast<char*>(block_.data()), static_cast<std::streamsize>(block_.size()));
      filled_ = static_cast<std::size_t>(stream_.gcount()), used_ = 0;
      if (filled_ < bytes_) return false;
    }
    row.clear();
    const std::byte* at = block_.data() + used_;
    for (const BinaryColumn& column : columns_) {
      std::byte number[8];
      const auto size = static_cast<std::size_t>(bytesOf(column.type));
      std::memcpy(number, at, size);
      if (big_endian_) std::reverse(number, number + size);
      row.push_back(readScalar(column.type, number));
      at += size;
    }
    used_ += bytes_, at_ += bytes_;
    return true;
  }
  std::uint64_t place() const override { return at_; }

 private:
  std::ifstream stream_;
  std::uint64_t at_;
  std::vector<BinaryColumn> columns_;
  bool big_endian_;
  std::size_t bytes_ = 0, used_ = 0, filled_ = 0;
  std::vector<std::byte> block_;
};

}  // namespace

void parseRow(std::string_view line, std::vector<double>& row, int& decimals) {
  row.clear();
  decimals = 0;
  const char *at = line.data(), *end = at + line.size();
  while (row.size() < most_columns) {
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r')) ++at;
    if (at == end) return;
    const char* begin = at;
    while (at < end && !isSeparator(*at)) ++at;
    const char* digits = begin < at && *begin == '+' ? begin + 1 : begin;
    double value = std::numeric_limits<double>::quiet_NaN();
    const auto [stop, failed] = std::from_chars(digits, at, value);
    if (failed != std::errc() || stop != at) value = std::numeric_limits<double>::quiet_NaN();
    if (row.size() < 3)
      if (const char* point = std::find(begin, at, '.'); point != at) {
        const char* last = std::find_if(point + 1, at, [](char c) { return c < '0' || c > '9'; });
        decimals = std::max(decimals, last == at ? static_cast<int>(at - point - 1) : 9);
      }
    row.push_back(value);
    // One separator ends a cell, so that an empty cell between two commas counts.
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r')) ++at;
    if (at < end && (*at == ',' || *at == ';')) ++at;
  }
}

Result<std::unique_ptr<RowReader>> openTextRows(const std::filesystem::path& path, std::uint64_t at) {
  Result<std::ifstream> stream = openAt(path, at);
  if (!stream) return stream.error();
  return std::unique_ptr<RowReader>(std::make_unique<TextRows>(std::move(*stream), at));
}

Result<std::unique_ptr<RowReader>> openBinaryRows(const std::filesystem::path& path, std::uint64_t at,
                                                  std::vector<BinaryColumn> columns, bool big_endian) {
  Result<std::ifstream> stream = openAt(path, at);
  if (!stream) return stream.error();
  return std::unique_ptr<RowReader>(
      std::make_unique<BinaryRows>(std::move(*stream), at, std::move(columns), big_endian));
}

}  // namespace hashimichi::points
