#include "geo/import/zip_check.h"

#include <fmt/format.h>

#include <fstream>
#include <string>

#include "geo/core/file.h"

namespace hashimichi::import {
namespace {

constexpr std::size_t end_bytes = 22, comment_bytes = 65535, entry_bytes = 46;
constexpr std::size_t directory_limit_bytes = 16u << 20;
constexpr std::size_t most_parts = 10000;

std::uint32_t number(const std::string& bytes, std::size_t at, int size) {
  std::uint32_t value = 0;
  for (int i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return value;
}

std::string bytesAt(std::ifstream& stream, std::uint64_t at, std::size_t count) {
  std::string bytes(count, '\0');
  stream.clear();
  stream.seekg(static_cast<std::streamoff>(at));
  stream.read(bytes.data(), static_cast<std::streamsize>(count));
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
  return bytes;
}

Error tooLarge(const std::string& file, const std::string& what) {
  return {ErrorCode::limit, file, what, "Save the document again with the program that made it, or as CSV."};
}

}  // namespace

Status checkZip(const std::filesystem::path& path) {
  const std::string file = toUtf8(path);
  const Error damaged{ErrorCode::bad_input, file, "The zip has no directory: the file is cut off or damaged.",
                      "Copy or export it again from its source."};
  std::error_code error;
  const std::uint64_t size = std::filesystem::file_size(path, error);
  std::ifstream stream(path, std::ios::binary);
  if (error || !stream) return Error{ErrorCode::unreadable, file, "The file cannot be opened.", ""};
  const auto tail_bytes = static_cast<std::size_t>(std::min<std::uint64_t>(size, end_bytes + comment_bytes));
  const std::string tail = bytesAt(stream, size - tail_bytes, tail_bytes);
  const std::size_t end = tail.rfind("PK\x05\x06");
  if (end == std::string::npos || tail.size() - end < end_bytes) return damaged;
  const std::uint32_t directory_size = number(tail, end + 12, 4), directory_at = number(tail, end + 16, 4);
  if (directory_size > directory_limit_bytes)
    return tooLarge(file, fmt::format("The directory of the zip has {} MiB.", directory_size >> 20));
  const std::string directory = bytesAt(stream, directory_at, directory_size);
  std::uint64_t unpacked = 0;
  std::size_t parts = 0;
  for (std::size_t at = 0; at + entry_bytes <= directory.size(); ++parts) {
    if (directory.compare(at, 4, "PK\x01\x02") != 0) return damaged;
    unpacked += number(directory, at + 24, 4);  // 4 GiB − 1 where a zip64 field says more: beyond the limit anyhow
    at += entry_bytes + number(directory, at + 28, 2) + number(directory, at + 30, 2) + number(directory, at + 32, 2);
    if (parts == most_parts) return tooLarge(file, fmt::format("The zip has more than {} parts.", most_parts));
    if (unpacked > unpacked_limit_bytes)
      return tooLarge(file,
                      fmt::format("Unpacked, the document would fill more than {} MiB.", unpacked_limit_bytes >> 20));
  }
  return parts == 0 ? Status(damaged) : done();
}

}  // namespace hashimichi::import
