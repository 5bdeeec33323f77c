#include "geo/import/cityjson/byte_source.h"

#include <algorithm>

#include "geo/core/file.h"

namespace hashimichi::import::cityjson {
namespace {
constexpr std::uint64_t window_bytes = 1u << 20;
}

Result<ByteSource> ByteSource::open(const std::filesystem::path& path) {
  ByteSource source;
  std::error_code error;
  source.size_ = std::filesystem::file_size(path, error);
  source.stream_.open(path, std::ios::binary);
  if (error || !source.stream_)
    return Error{ErrorCode::unreadable, toUtf8(path), "The file cannot be opened.", "Check its permissions."};
  return source;
}

ByteSource ByteSource::ofText(std::string text) {
  ByteSource source;
  source.in_memory_ = true;
  source.size_ = text.size();
  source.window_ = std::move(text);
  return source;
}

void ByteSource::seek(std::uint64_t position) {
  if (position >= window_at_ && position <= window_at_ + window_.size()) {
    cursor_ = static_cast<std::size_t>(position - window_at_);
    return;
  }
  window_at_ = position;
  window_.clear();
  cursor_ = 0;
}

bool ByteSource::fill() {
  return !in_memory_ && load(position(), window_bytes);
}

bool ByteSource::load(std::uint64_t at, std::uint64_t bytes) {
  window_at_ = at;
  cursor_ = 0;
  window_.resize(static_cast<std::size_t>(at >= size_ ? 0 : std::min(bytes, size_ - at)));
  if (window_.empty()) return false;
  stream_.clear();
  stream_.seekg(static_cast<std::streamoff>(at));
  stream_.read(window_.data(), static_cast<std::streamsize>(window_.size()));
  window_.resize(static_cast<std::size_t>(std::max<std::streamsize>(stream_.gcount(), 0)));
  return !window_.empty();
}

std::string_view ByteSource::range(ByteRange wanted) {
  const bool inside = wanted.at >= window_at_ && wanted.at + wanted.length <= window_at_ + window_.size();
  if (!inside && (in_memory_ || !load(wanted.at, std::max(wanted.length, window_bytes)))) return {};
  cursor_ = static_cast<std::size_t>(wanted.at - window_at_);
  return std::string_view(window_).substr(cursor_, static_cast<std::size_t>(wanted.length));
}

}  // namespace hashimichi::import::cityjson
