#include "geo/import/points/las_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <optional>
#include <vector>

#include "geo/core/file.h"
#include "geo/crs/transform.h"
#include "geo/import/points/laz_check.h"
#include "geo/import/points/little_endian.h"

namespace hashimichi::import {
namespace {

constexpr std::size_t oldest_header_bytes = 227, header_bytes_1_4 = 375;
constexpr std::size_t header_bytes_1_3 = 235;
constexpr std::size_t vlr_header_bytes = 54, evlr_header_bytes = 60;
constexpr std::uint16_t wkt_record = 2112, geo_key_record = 34735, laszip_record = 22204;
constexpr std::uint16_t geographic_key = 2048, projected_key = 3072, model_type_key = 1024;
constexpr std::uint16_t user_defined = 32767, geocentric_model = 3;
/// The best that LASzip does on identical points is a few hundredths of a byte each; a header that claims more points
/// than this for its file size is wrong.
constexpr std::uint64_t most_points_per_byte = 50;
/// Smallest record of each point format, bytes.
constexpr std::uint16_t shortest_record[]{20, 28, 26, 34, 57, 63, 30, 36, 38, 59, 67};

/// The records that matter: where the file lies, and how it is compressed.
struct Records {
  std::string wkt, laszip;
  std::uint16_t projected = 0, geographic = 0, model_type = 0;
};

void readGeoKeys(const std::string& data, Records& records) {
  const LittleEndian bytes(data);
  const std::size_t keys = std::min<std::size_t>(bytes.at<std::uint16_t>(6), data.size() / 8);
  for (std::size_t i = 1; i <= keys; ++i) {
    const auto key = bytes.at<std::uint16_t>(8 * i), location = bytes.at<std::uint16_t>(8 * i + 2),
               value = bytes.at<std::uint16_t>(8 * i + 6);
    if (location != 0 || value == user_defined) continue;
    if (key == projected_key) records.projected = value;
    if (key == geographic_key) records.geographic = value;
    if (key == model_type_key) records.model_type = value;
  }
}

/// One record at the stream's place; false when the rest of the file cannot hold it.
bool readRecord(std::ifstream& stream, bool extended, std::uint64_t file_bytes, Records& records) {
  std::string head(extended ? evlr_header_bytes : vlr_header_bytes, '\0');
  if (!stream.read(head.data(), static_cast<std::streamsize>(head.size()))) return false;
  const LittleEndian bytes(head);
  const std::string user(head.data() + 2, strnlen(head.data() + 2, 16));
  const auto id = bytes.at<std::uint16_t>(18);
  const std::uint64_t length = extended ? bytes.at<std::uint64_t>(20) : bytes.at<std::uint16_t>(20);
  const auto here = static_cast<std::uint64_t>(stream.tellg());
  if (length > file_bytes || here > file_bytes - length) return false;
  const bool zip = id == laszip_record && user == "laszip encoded";
  const bool wanted =
      zip || ((id == wkt_record || id == geo_key_record) && (user == "LASF_Projection" || user == "liblas"));
  if (!wanted || length > max_crs_record_bytes) {
    stream.seekg(static_cast<std::streamoff>(length), std::ios::cur);
    return stream.good();
  }
  std::string data(static_cast<std::size_t>(length), '\0');
  if (!stream.read(data.data(), static_cast<std::streamsize>(data.size()))) return false;
  if (zip)
    records.laszip = std::move(data);
  else if (id == geo_key_record)
    readGeoKeys(data, records);
  else if (records.wkt.empty() || user == "LASF_Projection")
    records.wkt = data.substr(0, data.find('\0'));
  return true;
}

Records readRecords(std::ifstream& stream, const LittleEndian& header, std::uint64_t file_bytes, int minor) {
  Records records;
  const auto read = [&](std::uint64_t at, std::uint32_t count, bool extended) {
    if (at >= file_bytes) return;
    stream.clear();
    stream.seekg(static_cast<std::streamoff>(at));
    for (std::uint32_t i = 0; i < std::min(count, max_vlr_count); ++i)
      if (!readRecord(stream, extended, file_bytes, records)) return;
  };
  read(header.at<std::uint16_t>(94), header.at<std::uint32_t>(100), false);
  if (minor >= 4) read(header.at<std::uint64_t>(235), header.at<std::uint32_t>(243), true);
  return records;
}

std::string knownCrs(const std::string& definition) {
  const Result<crs::CrsInfo> info = crs::describeCrs(definition);
  if (!info) return {};
  if (info->epsg > 0) return fmt::format("EPSG:{}", info->epsg);
  // Of a compound system only the vertical part may be nameless; it counts where it changes heights.
  const bool plain_heights = info->heights != crs::HeightDatum::ellipsoidal &&
                             info->heights != crs::HeightDatum::jgd2024 &&
                             (info->height_unit_m == 0 || info->height_unit_m == 1);
  return info->horizontal_epsg > 0 && plain_heights ? fmt::format("EPSG:{}", info->horizontal_epsg) : definition;
}

/// The WKT flag of the header decides where both are there; each stands in for the other when it is not known.
std::string crsOf(const Records& records, bool wkt_first, const std::string& file, Problems& problems) {
  const std::uint16_t code = records.projected ? records.projected : records.geographic;
  const std::string by_key = code ? knownCrs(fmt::format("EPSG:{}", code)) : std::string();
  const std::string by_wkt = records.wkt.empty() ? std::string() : knownCrs(records.wkt);
  const std::string crs = (wkt_first && !by_wkt.empty()) || by_key.empty() ? by_wkt : by_key;
  if (crs.empty() && (code || !records.wkt.empty()))
    problems.assume(file, {}, "las.crs_unknown",
                    code ? fmt::format("The file names EPSG:{}, which is not known here; it is read as if it named no "
                                       "coordinate reference system.",
                                       code)
                         : "The coordinate reference system in the file cannot be understood; it is read as if it "
                           "named none.",
                    "Name it with --source-crs EPSG:code.");
  return crs;
}

Bounds boundsOf(const LittleEndian& header) {
  const Vec3d high{header.at<double>(179), header.at<double>(195), header.at<double>(211)};
  const Vec3d low{header.at<double>(187), header.at<double>(203), header.at<double>(219)};
  Bounds bounds;
  if (!isFinite(low) || !isFinite(high) || low.x > high.x || low.y > high.y) return bounds;
  if (low == Vec3d{} && high == Vec3d{}) return bounds;  // never filled in by the program that wrote it
  bounds.add(low);
  bounds.add(high);
  return bounds;
}

/// Day of the year and year; scanners without a clock write 0 or the day their program was born.
std::optional<Instant> surveyedOn(const LittleEndian& header) {
  constexpr int first_year = 1995, last_year = 2099;
  const int day = header.at<std::uint16_t>(90), year = header.at<std::uint16_t>(92);
  if (year < first_year || year > last_year || day < 1 || day > 366) return std::nullopt;
  const Instant noon = fromClock({{year, 1, 1}, 12}).plusHours(24.0 * (day - 1));
  return toClock(noon).date.year == year ? std::optional(noon) : std::nullopt;
}

std::uint64_t plausiblePoints(const LasHeader& header, std::uint64_t file_bytes) {
  if (header.points_at >= file_bytes) return 0;
  const std::uint64_t room = file_bytes - header.points_at;
  return std::min(header.stated_points, header.compressed ? room * most_points_per_byte
                                                          : room / std::max<std::uint16_t>(1, header.record_length));
}

}  // namespace

Result<LasHeader> readLasHeader(const std::filesystem::path& path, Problems& problems) {
  const std::string file = toUtf8(path);
  const Result<std::string> head = readHead(path, header_bytes_1_4);
  if (!head) return head.error();
  if (!head->starts_with("LASF"))
    return Error{ErrorCode::unreadable, file, "This is no LAS or LAZ file: it does not begin with LASF.", {}};
  if (head->size() < oldest_header_bytes)
    return Error{ErrorCode::unreadable, file, "The file is cut off in the middle of its header.", "Copy it again."};

  const LittleEndian bytes(*head);
  LasHeader header;
  header.version_minor = bytes.at<std::uint8_t>(25);
  const auto format = bytes.at<std::uint8_t>(104);
  header.compressed = (format & 0x80) != 0;  // bit 7 marks LASzip; bit 6 marked an older try
  header.point_format = format & 0x3f;
  header.record_length = bytes.at<std::uint16_t>(105);
  header.points_at = bytes.at<std::uint32_t>(96);
  header.stated_points = bytes.at<std::uint32_t>(107);
  if (header.version_minor >= 4)
    if (const auto extended = bytes.at<std::uint64_t>(247); extended > 0) header.stated_points = extended;
  if (header.point_format > 10 || header.record_length < shortest_record[header.point_format])
    return Error{ErrorCode::unsupported,
                 file,
                 fmt::format("Point format {} with {} bytes a point is not one of LAS 1.0 to 1.4.", header.point_format,
                             header.record_length),
                 {}};
  // LASzip takes what is beyond the version's own header for a program's data, and makes room for it unasked.
  const std::size_t shortest_header = header.version_minor >= 4   ? header_bytes_1_4
                                      : header.version_minor == 3 ? header_bytes_1_3
                                                                  : oldest_header_bytes;
  const auto stated_header = bytes.at<std::uint16_t>(94);
  if (stated_header < shortest_header || header.points_at < stated_header)
    return Error{ErrorCode::unreadable, file,
                 fmt::format("The header says that it has {} bytes and that the points begin at byte {}, which cannot "
                             "both be.",
                             stated_header, header.points_at),
                 "Copy the file again."};
  header.bounds = boundsOf(bytes);
  header.surveyed = surveyedOn(bytes);

  std::error_code error;
  const std::uint64_t file_bytes = std::filesystem::file_size(path, error);
  if (error) return Error{ErrorCode::unreadable, file, "The file's size cannot be told: " + error.message() + ".", {}};
  // LASzip makes room for as many as are stated before it looks for the first.
  if (bytes.at<std::uint32_t>(100) > file_bytes / vlr_header_bytes)
    return Error{ErrorCode::unreadable, file,
                 fmt::format("The header promises {} records of properties; the file has no room for them.",
                             bytes.at<std::uint32_t>(100)),
                 "Copy the file again."};
  header.plausible_points = plausiblePoints(header, file_bytes);
  std::ifstream stream(path, std::ios::binary);
  const Records records = readRecords(stream, bytes, file_bytes, header.version_minor);
  if (header.compressed)
    if (const std::string damage = lazDamage(records.laszip, header, stream, file_bytes); !damage.empty())
      return Error{ErrorCode::unreadable, file, "The points cannot be unpacked: " + damage + ".",
                   "Copy the file again."};
  const bool wkt_first = (bytes.at<std::uint16_t>(6) & 0x10) != 0;
  header.crs = crsOf(records, wkt_first, file, problems);
  header.geocentric = records.model_type == geocentric_model || records.wkt.starts_with("GEOCCS");
  return header;
}

}  // namespace hashimichi::import
