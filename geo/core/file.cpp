#include "geo/core/file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <system_error>

namespace hashimichi {
namespace fs = std::filesystem;

namespace {

Result<std::ifstream> openForReading(const fs::path& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored))
    return Error{ErrorCode::not_found, toUtf8(path), "The file does not exist.", "Check the path."};
  if (fs::is_directory(path, ignored))
    return Error{ErrorCode::unreadable, toUtf8(path), "This is a folder, not a file.", "Name a file."};
  std::ifstream stream(path, std::ios::binary);
  if (!stream)
    return Error{ErrorCode::unreadable, toUtf8(path), "The file cannot be opened.", "Check its permissions."};
  return stream;
}

}  // namespace

std::string toUtf8(const fs::path& path) {
  const std::u8string text = path.u8string();
  return {reinterpret_cast<const char*>(text.data()), text.size()};
}

Result<std::string> readFile(const fs::path& path, std::uintmax_t limit_bytes) {
  Result<std::ifstream> stream = openForReading(path);
  if (!stream) return stream.error();
  std::error_code failed;
  const std::uintmax_t size = fs::file_size(path, failed);
  if (failed) return Error{ErrorCode::unreadable, toUtf8(path), "The size of the file cannot be read.", ""};
  if (size > limit_bytes)
    return Error{ErrorCode::limit, toUtf8(path), "The file is larger than a table may be (256 MiB).", "Split it."};
  std::string content(size, '\0');
  stream->read(content.data(), static_cast<std::streamsize>(size));
  content.resize(static_cast<std::size_t>(stream->gcount()));
  return content;
}

Result<std::string> readHead(const fs::path& path, std::size_t bytes) {
  Result<std::ifstream> stream = openForReading(path);
  if (!stream) return stream.error();
  std::string head(bytes, '\0');
  stream->read(head.data(), static_cast<std::streamsize>(bytes));
  head.resize(static_cast<std::size_t>(stream->gcount()));
  return head;
}

fs::path besideOf(const fs::path& target) {
  fs::path beside = target;
  beside.replace_filename(fmt::format(".{}.{}{}", target.stem().string(), getpid(), target.extension().string()));
  return beside;
}

Status moveIntoPlace(const fs::path& written, const fs::path& target) {
  std::error_code failed;
  fs::rename(written, target, failed);
  if (!failed) return done();
  std::error_code ignored;
  fs::remove(written, ignored);
  return Error{ErrorCode::write_failed, toUtf8(target), "The file cannot be replaced: " + failed.message() + ".",
               "Check that the folder is writable and the file is not open elsewhere."};
}

Status writeFile(const fs::path& path, std::string_view content) {
  const fs::path beside = besideOf(path);
  std::ofstream stream(beside, std::ios::binary | std::ios::trunc);
  stream.write(content.data(), static_cast<std::streamsize>(content.size()));
  stream.close();
  if (!stream) {
    std::error_code ignored;
    fs::remove(beside, ignored);
    return Error{ErrorCode::write_failed, toUtf8(path), "The file cannot be written.",
                 "Check free space and whether the folder is writable."};
  }
  return moveIntoPlace(beside, path);
}

}  // namespace hashimichi
