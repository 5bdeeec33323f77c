#include "geo/project/zip_writer.h"

#include <minizip/zip.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <fstream>
#include <vector>

#include "geo/core/file.h"
#include "geo/core/text.h"

namespace hashimichi::project {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t piece_bytes = 1u << 20;
constexpr unsigned long utf8_names_flag = 1u << 11;
constexpr int fast_level =
    1;  ///< a project is packed while a person waits; the rest of the way to 9 saves a few percent
constexpr std::uintmax_t zip64_from_bytes = 0xF0000000u;

Error cannotWrite(const fs::path& path) {
  return {ErrorCode::write_failed, toUtf8(path), "The archive cannot be written.",
          "Check free space and whether the folder is writable."};
}

/// What is packed already does not become smaller.
bool isPacked(const std::string& name) {
  static constexpr std::array endings{".laz", ".zip", ".jpg", ".jpeg", ".png", ".copc", ".webp", ".gz", ".7z", ".kmz"};
  const std::string lower = toLower(name);
  return std::any_of(endings.begin(), endings.end(), [&](const char* ending) { return lower.ends_with(ending); });
}

zip_fileinfo infoOf(const fs::path& file) {
  zip_fileinfo info{};
  std::error_code ignored;
  const auto age = fs::file_time_type::clock::now() - fs::last_write_time(file, ignored);
  const std::time_t at =
      std::time(nullptr) - std::chrono::duration_cast<std::chrono::seconds>(ignored ? decltype(age){} : age).count();
  std::tm local{};
  if (::localtime_r(&at, &local) == nullptr) return info;
  info.tmz_date.tm_year = local.tm_year + 1900;
  info.tmz_date.tm_mon = local.tm_mon, info.tmz_date.tm_mday = local.tm_mday;
  info.tmz_date.tm_hour = local.tm_hour, info.tmz_date.tm_min = local.tm_min, info.tmz_date.tm_sec = local.tm_sec;
  return info;
}

}  // namespace

struct ZipWriter::Impl {
  fs::path target, beside;
  zipFile zip = nullptr;

  ~Impl() {
    if (zip == nullptr) return;
    zipClose(zip, nullptr);
    std::error_code ignored;
    fs::remove(beside, ignored);
  }
};

ZipWriter::ZipWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ZipWriter::~ZipWriter() = default;
ZipWriter::ZipWriter(ZipWriter&&) noexcept = default;
ZipWriter& ZipWriter::operator=(ZipWriter&&) noexcept = default;

Result<ZipWriter> ZipWriter::create(const fs::path& path) {
  auto impl = std::make_unique<Impl>();
  impl->target = path, impl->beside = besideOf(path);
  impl->zip = zipOpen64(impl->beside.c_str(), APPEND_STATUS_CREATE);
  if (impl->zip == nullptr) return cannotWrite(path);
  return ZipWriter(std::move(impl));
}

Result<std::uint64_t> ZipWriter::add(const fs::path& file, const std::string& name, const Progress& progress) {
  std::ifstream stream(file, std::ios::binary);
  std::error_code failed;
  const std::uintmax_t size = fs::file_size(file, failed);
  if (!stream || failed)
    return Error{ErrorCode::unreadable, toUtf8(file), "The file cannot be read.", "Check its permissions."};
  const zip_fileinfo info = infoOf(file);
  const int level = isPacked(name) ? 0 : fast_level;
  if (zipOpenNewFileInZip4_64(impl_->zip, name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr,
                              level == 0 ? 0 : Z_DEFLATED, level, 0, -MAX_WBITS, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY,
                              nullptr, 0, 0, utf8_names_flag, size >= zip64_from_bytes ? 1 : 0) != ZIP_OK)
    return cannotWrite(impl_->target);
  std::vector<char> piece(piece_bytes);
  std::uint64_t written = 0;
  for (bool more = true; more;) {
    if (progress.cancelled()) return Error{ErrorCode::cancelled, toUtf8(impl_->target), "Packing was cancelled.", {}};
    stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto count = static_cast<unsigned>(stream.gcount());
    more = count == piece.size();
    if (count > 0 && zipWriteInFileInZip(impl_->zip, piece.data(), count) != ZIP_OK) return cannotWrite(impl_->target);
    written += count;
  }
  if (stream.bad()) return Error{ErrorCode::unreadable, toUtf8(file), "The file cannot be read to its end.", ""};
  if (zipCloseFileInZip(impl_->zip) != ZIP_OK) return cannotWrite(impl_->target);
  return written;
}

Status ZipWriter::close() {
  const int closed = zipClose(std::exchange(impl_->zip, nullptr), nullptr);
  if (closed == ZIP_OK) return moveIntoPlace(impl_->beside, impl_->target);
  std::error_code ignored;
  fs::remove(impl_->beside, ignored);
  return cannotWrite(impl_->target);
}

}  // namespace hashimichi::project
