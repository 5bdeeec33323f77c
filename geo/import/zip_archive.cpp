#include "geo/import/zip_archive.h"

#include <fmt/format.h>
#include <minizip/unzip.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "geo/core/file.h"
#include "geo/core/text.h"

namespace hashimichi::import {
namespace {

constexpr std::size_t piece_bytes = 1u << 18;
constexpr std::size_t longest_name_bytes = 4096;
constexpr std::uint16_t encrypted_flag = 1;

Error damaged(const std::string& where, const char* what) {
  return {ErrorCode::unreadable, where, what, "Copy or download the archive again."};
}

/// "\" is what old Windows programs write between folders.
std::string withSlashes(std::string name) {
  std::replace(name.begin(), name.end(), '\\', '/');
  return name;
}

ZipEntry entryFrom(const unz_file_info64& info, const std::string& raw_name, std::uint64_t index) {
  ZipEntry entry;
  const std::optional<Decoded> name = decodeText(raw_name);
  entry.name_known = name.has_value();
  entry.name = withSlashes(name ? name->utf8 : "?");
  entry.bytes = info.uncompressed_size;
  entry.packed_bytes = info.compressed_size;
  entry.encrypted = (info.flag & encrypted_flag) != 0;
  entry.escapes = escapesFolder(entry.name);
  entry.index = index;
  return entry;
}

}  // namespace

struct ZipArchive::Impl {
  std::string path;
  unzFile file = nullptr;
  std::vector<ZipEntry> entries;
  std::vector<unz64_file_pos> places;

  ~Impl() {
    if (file != nullptr) unzClose(file);
  }
};

ZipArchive::ZipArchive(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ZipArchive::~ZipArchive() = default;
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;

const std::vector<ZipEntry>& ZipArchive::entries() const {
  return impl_->entries;
}

Result<ZipArchive> ZipArchive::open(const std::filesystem::path& path) {
  auto impl = std::make_unique<Impl>();
  impl->path = toUtf8(path);
  impl->file = unzOpen64(path.c_str());
  if (impl->file == nullptr)
    return damaged(impl->path, "The archive cannot be opened: its table of contents is missing or damaged.");
  std::vector<char> name(longest_name_bytes + 1);
  int status = unzGoToFirstFile(impl->file);
  for (std::uint64_t index = 0; status == UNZ_OK; ++index, status = unzGoToNextFile(impl->file)) {
    if (index == most_entries)
      return Error{ErrorCode::limit, impl->path, fmt::format("The archive names more than {} files.", most_entries),
                   "Unpack it and name the folders that hold the town's data."};
    unz_file_info64 info{};
    if (unzGetCurrentFileInfo64(impl->file, &info, name.data(), longest_name_bytes, nullptr, 0, nullptr, 0) != UNZ_OK)
      return damaged(impl->path, "The archive's table of contents is damaged.");
    const std::string raw(name.data(), std::min<std::size_t>(info.size_filename, longest_name_bytes));
    unz64_file_pos place{};
    if (unzGetFilePos64(impl->file, &place) != UNZ_OK)
      return damaged(impl->path, "The archive's table of contents is damaged.");
    ZipEntry entry = entryFrom(info, raw, impl->places.size());
    if (entry.name.empty() || entry.name.back() == '/') continue;  // a folder
    impl->entries.push_back(std::move(entry));
    impl->places.push_back(place);
  }
  if (status != UNZ_END_OF_LIST_OF_FILE && !(status != UNZ_OK && impl->entries.empty()))
    return damaged(impl->path, "The archive's table of contents is damaged.");
  return ZipArchive(std::move(impl));
}

Result<std::uint64_t> ZipArchive::unpack(const ZipEntry& entry, const std::filesystem::path& target,
                                         std::uint64_t most_bytes, const Progress& progress) {
  return write(entry, target, {most_bytes, false}, progress);
}

Result<std::uint64_t> ZipArchive::unpackHead(const ZipEntry& entry, const std::filesystem::path& target,
                                             std::uint64_t head_bytes, const Progress& progress) {
  return write(entry, target, {head_bytes, true}, progress);
}

Result<std::uint64_t> ZipArchive::write(const ZipEntry& entry, const std::filesystem::path& target, Piece wanted,
                                        const Progress& progress) {
  const std::string where = impl_->path + "/" + entry.name;
  if (entry.index >= impl_->places.size() || unzGoToFilePos64(impl_->file, &impl_->places[entry.index]) != UNZ_OK ||
      unzOpenCurrentFile(impl_->file) != UNZ_OK)
    return damaged(where, "The entry is damaged or packed in a way that is not read.");
  std::ofstream stream(target, std::ios::binary | std::ios::trunc);
  std::vector<char> piece(piece_bytes);
  std::uint64_t written = 0;
  std::optional<Error> error;
  bool at_end = false;
  for (int count = 1; !error && count > 0;) {
    const std::uint64_t left = wanted.head ? wanted.bytes - written : piece.size();
    if (left == 0) break;
    count = unzReadCurrentFile(impl_->file, piece.data(),
                               static_cast<unsigned>(std::min<std::uint64_t>(left, piece.size())));
    at_end = count == 0;
    if (count < 0) error = damaged(where, "The entry is damaged.");
    if (count <= 0) break;
    written += static_cast<std::uint64_t>(count);
    if (progress.cancelled()) error = Error{ErrorCode::cancelled, where, "Unpacking was cancelled.", {}};
    if (written > wanted.bytes)
      error = Error{ErrorCode::limit, where, "The entry is larger unpacked than an archive of data can be.", {}};
    if (!error && !stream.write(piece.data(), count))
      error =
          Error{ErrorCode::write_failed, where, "The entry cannot be unpacked: the disk is full or write-protected.",
                "Make room, or unpack the archive elsewhere and import the folder."};
  }
  // minizip compares the check sum only where all was read.
  if (unzCloseCurrentFile(impl_->file) == UNZ_CRCERROR && at_end && !error)
    error = damaged(where, "The entry is damaged: its check sum is wrong.");
  stream.close();
  if (!error && !stream)
    error = Error{ErrorCode::write_failed, where, "The entry cannot be unpacked: the disk is full.", "Make room."};
  if (!error) return written;
  std::error_code ignored;
  std::filesystem::remove(target, ignored);
  return *error;
}

bool isZip(const std::filesystem::path& path) {
  std::error_code ignored;
  if (toLower(toUtf8(path.extension())) != ".zip" || !std::filesystem::is_regular_file(path, ignored)) return false;
  const Result<std::string> head = readHead(path, 4);
  // An empty archive begins with its end.
  return head && (head->starts_with("PK\x03\x04") || head->starts_with("PK\x05\x06"));
}

bool escapesFolder(std::string_view name) {
  if (name.starts_with('/') || name.find('\0') != std::string_view::npos) return true;
  if (name.size() > 1 && name[1] == ':') return true;  // C:
  for (const std::string_view part : split(name, '/'))
    if (part == ".." || part.size() > 255) return true;
  return false;
}

}  // namespace hashimichi::import
