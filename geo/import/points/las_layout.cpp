#include "geo/import/points/las_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <set>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/points/little_endian.h"

namespace hashimichi::import {
namespace {

constexpr std::uint32_t format_bytes[]{20, 28, 26, 34, 57, 63, 30, 36, 38, 59, 67};
constexpr std::uint16_t extra_record = 4, laszip_record = 22204;
constexpr std::size_t descriptor_bytes = 192, header_bytes_1_4 = 375;
constexpr std::uint32_t variable_chunks = 0xffffffff;

/// A field of fixed length as text; other encodings than UTF-8 become "?" so that metadata stay readable.
std::string fixedText(const std::string& data, std::size_t at, std::size_t length) {
  std::string text(data.data() + at, strnlen(data.data() + at, length));
  if (!isUtf8(text))
    for (char& c : text)
      if (static_cast<unsigned char>(c) > 127) c = '?';
  return std::string(trim(text));
}

int bytesOfType(int type) {
  static constexpr int bytes[]{1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8};
  return bytes[type];
}

/// @returns false when the descriptor reaches beyond the record
bool addExtra(const std::string& data, std::size_t at, std::uint32_t room, std::uint32_t& used, LasLayout& layout) {
  const LittleEndian bytes(data);
  const int type = bytes.at<std::uint8_t>(at + 2), options = bytes.at<std::uint8_t>(at + 3);
  LasExtra extra{fixedText(data, at + 4, 32), fixedText(data, at + 160, 32)};
  extra.type = type == 0 || type > 30 ? 1 : (type - 1) % 10 + 1;
  extra.elements = type == 0 ? options : type > 30 ? 0 : (type - 1) / 10 + 1;
  const auto length = static_cast<std::uint32_t>(extra.elements * bytesOfType(extra.type));
  if (length == 0) return type <= 30;
  if (used + length > room) return false;
  if (type != 0 && extra.elements == 1) {
    const auto scale = bytes.at<double>(at + 112), shift = bytes.at<double>(at + 136);
    if ((options & 8) && std::isfinite(scale) && scale != 0) extra.scale = scale;
    if ((options & 16) && std::isfinite(shift)) extra.shift = shift;
  }
  extra.offset = layout.format_bytes + used;
  used += length;
  layout.extras.push_back(std::move(extra));
  return true;
}

void readExtras(const std::string& data, std::uint32_t room, LasLayout& layout) {
  if (!layout.extras.empty()) return;
  std::uint32_t used = 0;
  for (std::size_t at = 0; at + descriptor_bytes <= data.size(); at += descriptor_bytes)
    if (!addExtra(data, at, room, used, layout)) {
      layout.described_too_much = true;
      return;
    }
}

void readRecords(std::ifstream& stream, std::uint64_t at, std::uint32_t count, bool extended, std::uint64_t file_bytes,
                 std::uint32_t room, LasLayout& layout) {
  const std::size_t head_bytes = extended ? 60 : 54;
  stream.clear();
  for (std::uint32_t i = 0; i < std::min(count, max_vlr_count); ++i) {
    std::string head(head_bytes, '\0');
    stream.seekg(static_cast<std::streamoff>(at));
    if (at >= file_bytes || !stream.read(head.data(), static_cast<std::streamsize>(head.size()))) return;
    const LittleEndian bytes(head);
    const std::string user(head.data() + 2, strnlen(head.data() + 2, 16));
    const auto id = bytes.at<std::uint16_t>(18);
    const std::uint64_t length = extended ? bytes.at<std::uint64_t>(20) : bytes.at<std::uint16_t>(20);
    if (length > file_bytes || at + head_bytes > file_bytes - length) return;
    const bool extra = id == extra_record && user == "LASF_Spec", zip = id == laszip_record && user == "laszip encoded";
    if ((extra || zip) && length <= max_crs_record_bytes) {
      std::string data(static_cast<std::size_t>(length), '\0');
      if (!stream.read(data.data(), static_cast<std::streamsize>(data.size()))) return;
      if (extra) readExtras(data, room, layout);
      if (zip) {
        layout.compressor = LittleEndian(data).at<std::uint16_t>(0);
        layout.chunk_points = LittleEndian(data).at<std::uint32_t>(12);
      }
    }
    at += head_bytes + length;
  }
}

/// The table lies where the first eight bytes of the points say, or where the last eight of the file do.
bool hasChunkTable(std::ifstream& stream, std::uint64_t points_at, std::uint64_t file_bytes) {
  const auto numberAt = [&](std::uint64_t at) {
    std::string bytes(8, '\0');
    stream.clear();
    stream.seekg(static_cast<std::streamoff>(at));
    stream.read(bytes.data(), 8);
    return stream ? LittleEndian(bytes).at<std::int64_t>(0) : std::int64_t{0};
  };
  std::int64_t at = numberAt(points_at);
  if (at == -1 && file_bytes >= 8) at = numberAt(file_bytes - 8);
  return at >= static_cast<std::int64_t>(points_at) + 8 && at + 8 <= static_cast<std::int64_t>(file_bytes);
}

void nameExtras(std::uint32_t room, LasLayout& layout) {
  std::uint32_t used = 0;
  for (const LasExtra& extra : layout.extras)
    used += static_cast<std::uint32_t>(extra.elements * bytesOfType(extra.type));
  if (used < room) {
    LasExtra rest{"extra bytes", "not described by the file"};
    rest.type = 1, rest.elements = static_cast<int>(room - used), rest.offset = layout.format_bytes + used;
    layout.extras.push_back(std::move(rest));
  }
  std::set<std::string> taken;
  for (LasExtra& extra : layout.extras) {
    if (extra.name.empty()) extra.name = "extra";
    const std::string wanted = extra.name;
    for (int i = 2; !taken.insert(extra.name).second; ++i) extra.name = fmt::format("{} {}", wanted, i);
  }
}

}  // namespace

Result<LasLayout> readLasLayout(const std::filesystem::path& path, const LasHeader& header) {
  const Result<std::string> head = readHead(path, header_bytes_1_4);
  if (!head) return head.error();
  const LittleEndian bytes(*head);
  LasLayout layout;
  layout.scale = {bytes.at<double>(131), bytes.at<double>(139), bytes.at<double>(147)};
  layout.offset = {bytes.at<double>(155), bytes.at<double>(163), bytes.at<double>(171)};
  layout.format_bytes = format_bytes[header.point_format];
  const std::uint32_t room = header.record_length - layout.format_bytes;
  std::error_code error;
  const std::uint64_t file_bytes = std::filesystem::file_size(path, error);
  std::ifstream stream(path, std::ios::binary);
  if (error || !stream)
    return Error{ErrorCode::unreadable, toUtf8(path), "The file cannot be opened.", "Check its permissions."};
  readRecords(stream, bytes.at<std::uint16_t>(94), bytes.at<std::uint32_t>(100), false, file_bytes, room, layout);
  if (header.version_minor >= 4)
    readRecords(stream, bytes.at<std::uint64_t>(235), bytes.at<std::uint32_t>(243), true, file_bytes, room, layout);
  // LASzip divides by zero when it seeks in a file whose table of chunks was cut off: such a file is read in one go.
  if (header.compressed && !hasChunkTable(stream, header.points_at, file_bytes)) layout.chunk_points = 0;
  if (layout.compressor == 1 || layout.chunk_points == variable_chunks) layout.chunk_points = 0;
  nameExtras(room, layout);
  return layout;
}

}  // namespace hashimichi::import
