#pragma once
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "geo/core/result.h"

namespace hashimichi::import::cityjson {

struct ByteRange {
  std::uint64_t at = 0, length = 0;
  bool empty() const { return length == 0; }
};

/// The bytes of a file, seen through a window of 1 MiB, or of a text in memory. Read in order byte by byte, or by range
/// in any order. Not thread-safe; move-only.
class ByteSource {
 public:
  static Result<ByteSource> open(const std::filesystem::path& path);
  static ByteSource ofText(std::string text);

  std::uint64_t size() const { return size_; }
  std::uint64_t position() const { return window_at_ + cursor_; }
  void seek(std::uint64_t position);

  /// The byte at the position, −1 at the end; `next` moves behind it.
  int peek() { return cursor_ < window_.size() || fill() ? static_cast<unsigned char>(window_[cursor_]) : -1; }
  int next() {
    const int byte = peek();
    if (byte >= 0) ++cursor_;
    return byte;
  }
  /// What of the window lies at and behind the position, to look through it quickly; empty at the end.
  std::string_view ahead() { return peek() < 0 ? std::string_view() : std::string_view(window_).substr(cursor_); }
  void skip(std::size_t bytes) { cursor_ += bytes; }  ///< of what `ahead` gave

  /// A part, valid until anything else is asked; shorter when the file has shrunk meanwhile. Keeps no position.
  std::string_view range(ByteRange wanted);

 private:
  ByteSource() = default;
  bool fill();
  bool load(std::uint64_t at, std::uint64_t bytes);

  std::ifstream stream_;
  bool in_memory_ = false;
  std::string window_;
  std::uint64_t window_at_ = 0, size_ = 0;
  std::size_t cursor_ = 0;
};

}  // namespace hashimichi::import::cityjson
