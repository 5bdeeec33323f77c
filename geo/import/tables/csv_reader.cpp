#include "geo/import/tables/csv_reader.h"

#include <fmt/format.h>

#include "geo/core/file.h"
#include "geo/import/dbf_text.h"
#include "geo/import/tables/csv_sniff.h"

namespace hashimichi::import {
namespace {

constexpr std::size_t buffer_bytes = 64u << 10;
constexpr int end_of_file = -1;
constexpr std::size_t most_unclosed = 1000;  // each costs a second look at up to 64 KiB

Status checkFacts(const CsvFacts& facts, const std::string& file) {
  if (facts.size == 0)
    return Error{ErrorCode::bad_input, file, "The file is empty.", "Copy or export it again from its source."};
  // A tenth of NUL bytes is what UTF-16 has even in Japanese tables (digits, commas).
  if (facts.utf16_bom || facts.nul_bytes * 10 > facts.size)
    return Error{ErrorCode::unsupported, file,
                 "The file is not text in UTF-8 or CP932 (it looks like UTF-16 or binary).",
                 "Save it as \"CSV UTF-8\"."};
  if (facts.longest_line > csv_line_limit_bytes)
    return Error{
        ErrorCode::limit, fmt::format("{}:{}", file, facts.longest_line_at),
        fmt::format("The line has {} bytes; a table line has at most {}.", facts.longest_line, csv_line_limit_bytes),
        "Check that this is a table with one record per line."};
  return done();
}

Encoding encodingOf(const CsvFacts& facts, const std::string& wanted, const std::string& file, Problems& problems) {
  if (facts.utf8_bom) return Encoding::utf8;
  if (const std::optional<Encoding> said = encodingFromName(wanted)) return *said;
  if (facts.onlyAscii() || facts.isUtf8()) return Encoding::utf8;
  problems.assume(file, {}, "encoding.assumed", "The text is not UTF-8; CP932 (Shift_JIS) was taken.",
                  "Name it with --encoding if names look wrong.");
  return Encoding::cp932;
}

}  // namespace

Result<CsvReader> CsvReader::open(const std::filesystem::path& path, const std::string& wanted_encoding,
                                  Problems& problems) {
  CsvReader reader;
  reader.file_ = toUtf8(path);
  reader.stream_.open(path, std::ios::binary);
  if (!reader.stream_)
    return Error{ErrorCode::unreadable, reader.file_, "The file cannot be opened.", "Check that it may be read."};
  const CsvFacts facts = sniffCsv(reader.stream_);
  if (const Status usable = checkFacts(facts, reader.file_); !usable) return usable.error();
  reader.encoding_ = encodingOf(facts, wanted_encoding, reader.file_, problems);
  reader.separator_ = separatorOf(facts.head);
  reader.begin_ = facts.utf8_bom ? 3 : 0;
  reader.size_ = facts.size;
  reader.rewind();
  return reader;
}

void CsvReader::rewind() {
  seek(begin_, 1);
}

double CsvReader::fraction() const {
  return size_ == 0 ? 1 : static_cast<double>(buffer_offset_ + at_) / static_cast<double>(size_);
}

void CsvReader::seek(std::size_t offset, std::size_t line) {
  line_ = line;
  if (offset >= buffer_offset_ && offset <= buffer_offset_ + buffer_.size()) {
    at_ = offset - buffer_offset_;
    return;
  }
  stream_.clear();
  stream_.seekg(static_cast<std::streamoff>(offset));
  buffer_.clear();
  buffer_offset_ = offset;
  at_ = 0;
}

void CsvReader::fill() {
  buffer_offset_ += buffer_.size();
  at_ = 0;
  buffer_.resize(buffer_bytes);
  stream_.clear();
  stream_.seekg(static_cast<std::streamoff>(buffer_offset_));
  stream_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.resize(static_cast<std::size_t>(std::max<std::streamsize>(stream_.gcount(), 0)));
}

int CsvReader::peekByte() {
  if (at_ == buffer_.size()) fill();
  return at_ < buffer_.size() ? static_cast<unsigned char>(buffer_[at_]) : end_of_file;
}

int CsvReader::get() {
  const int byte = peekByte();
  if (byte != end_of_file) ++at_;
  return byte;
}

CsvReader::Outcome CsvReader::parse(CsvRecord& record, bool quotes_are_text) {
  record = {line_, {}, false};
  if (peekByte() == end_of_file) return Outcome::end;
  record.cells.emplace_back();
  bool quoted = false;
  for (;;) {
    std::string& cell = record.cells.back();
    const int byte = get();
    if (quoted) {
      if (byte == end_of_file || cell.size() > csv_quoted_cell_limit_bytes) return Outcome::unclosed;
      line_ += byte == '\n';
      if (byte != '"')
        cell += static_cast<char>(byte);
      else if (peekByte() == '"')
        cell += static_cast<char>(get());
      else
        quoted = false;
      continue;
    }
    if (byte == end_of_file) {
      record.ends_file = true;
      return Outcome::record;
    }
    if (byte == '\n' || byte == '\r') {
      if (byte == '\r' && peekByte() == '\n') get();
      ++line_;
      return Outcome::record;
    }
    if (byte == separator_) {
      if (record.cells.size() == csv_cell_limit) return Outcome::too_many_cells;
      record.cells.emplace_back();
    } else if (byte == '"' && cell.empty() && !quotes_are_text) {
      quoted = true;
    } else {
      cell += static_cast<char>(byte);
    }
  }
}

bool CsvReader::next(CsvRecord& record, Problems& problems) {
  for (;;) {
    const std::size_t offset = buffer_offset_ + at_, line = line_;
    Outcome outcome = parse(record, unclosed_ >= most_unclosed);
    if (outcome == Outcome::unclosed) {
      ++unclosed_;
      problems.skip(file_, fmt::format("line {}", line), "csv.unclosed_quote",
                    "A quote is opened here and never closed; it was taken as text.");
      seek(offset, line);
      outcome = parse(record, true);
    }
    if (outcome == Outcome::record) return true;
    if (outcome == Outcome::end) return false;
    problems.skip(file_, fmt::format("line {}", line), "csv.too_many_cells",
                  fmt::format("The line has more than {} cells.", csv_cell_limit));
    for (int byte = get(); byte != '\n' && byte != end_of_file;) byte = get();
    ++line_;
  }
}

}  // namespace hashimichi::import
