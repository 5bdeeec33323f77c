#include "geo/points/laz_chunk.h"

#include <fmt/format.h>
#include <laszip/laszip_api.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <istream>
#include <sstream>
#include <streambuf>

#include "geo/points/byte_file.h"

namespace hashimichi::points {
namespace {

constexpr std::size_t vlr_header_bytes = 54, chunk_size_at = 12;
constexpr std::uint32_t variable_chunks = 0xffffffff;
constexpr double degrees_per_step = 0.006;
constexpr laszip_U32 drawn_parts = laszip_DECOMPRESS_SELECTIVE_CHANNEL_RETURNS_XY | laszip_DECOMPRESS_SELECTIVE_Z |
                                   laszip_DECOMPRESS_SELECTIVE_CLASSIFICATION | laszip_DECOMPRESS_SELECTIVE_INTENSITY |
                                   laszip_DECOMPRESS_SELECTIVE_POINT_SOURCE | laszip_DECOMPRESS_SELECTIVE_RGB;

Error damaged(const std::string& file, const std::string& what) {
  return {ErrorCode::unreadable, file, "A node of the point cloud cannot be unpacked: " + what + ".",
          "Copy the file again."};
}

/// Bytes in memory as a stream that LASzip can seek in.
class MemoryBuffer final : public std::streambuf {
 public:
  explicit MemoryBuffer(std::string bytes) : bytes_(std::move(bytes)) {
    setg(bytes_.data(), bytes_.data(), bytes_.data() + bytes_.size());
  }

 protected:
  pos_type seekoff(off_type by, std::ios_base::seekdir from, std::ios_base::openmode) override {
    const off_type base = from == std::ios_base::beg   ? 0
                          : from == std::ios_base::cur ? gptr() - eback()
                                                       : egptr() - eback();
    const off_type to = base + by;
    if (to < 0 || to > egptr() - eback()) return pos_type(off_type(-1));
    setg(eback(), eback() + to, egptr());
    return pos_type(to);
  }
  pos_type seekpos(pos_type to, std::ios_base::openmode mode) override {
    return seekoff(off_type(to), std::ios_base::beg, mode);
  }

 private:
  std::string bytes_;
};

template <typename T>
void put(std::string& bytes, std::size_t at, T value) {
  std::memcpy(bytes.data() + at, &value, sizeof(T));
}

/// A whole LAZ file around one chunk. The place of its table of chunks points to itself: LASzip's sign for "none",
/// which it accepts where all chunks have the same size; here one of exactly these points.
std::string fileAround(const LazForm& form, std::span<const unsigned char> chunk, std::uint32_t points) {
  std::string bytes = form.header;
  const auto header_bytes = static_cast<std::uint32_t>(bytes.size());
  const auto points_at = static_cast<std::uint32_t>(header_bytes + vlr_header_bytes + form.laszip.size());
  put<std::uint16_t>(bytes, 94, static_cast<std::uint16_t>(header_bytes));
  put<std::uint32_t>(bytes, 96, points_at);
  put<std::uint32_t>(bytes, 100, 1);  // one record
  put<std::uint32_t>(bytes, 107, 0);  // no legacy counts
  std::memset(bytes.data() + 111, 0, 20);
  put<std::uint64_t>(bytes, 227, 0);  // no waveforms
  put<std::uint64_t>(bytes, 235, 0);  // no extended records
  put<std::uint32_t>(bytes, 243, 0);
  put<std::uint64_t>(bytes, 247, points);
  std::string vlr(vlr_header_bytes, '\0');
  std::memcpy(vlr.data() + 2, "laszip encoded", 14);
  put<std::uint16_t>(vlr, 18, 22204);
  put<std::uint16_t>(vlr, 20, static_cast<std::uint16_t>(form.laszip.size()));
  std::string laszip = form.laszip;
  put<std::uint32_t>(laszip, chunk_size_at, points);
  bytes += vlr;
  bytes += laszip;
  std::string table(8, '\0');
  put<std::int64_t>(table, 0, points_at);
  bytes += table;
  bytes.append(reinterpret_cast<const char*>(chunk.data()), chunk.size());
  return bytes;
}

/// A layered chunk: the first point as it is, the number of points, the length of each layer, the layers.
std::string layerDamage(const LazForm& form, std::span<const unsigned char> chunk, std::uint32_t points) {
  constexpr std::size_t layers_of_format[]{9, 10, 11}, bytes_of_format[]{30, 36, 38};
  const auto format = static_cast<std::size_t>(form.point_format - 6);
  const std::size_t layers = layers_of_format[format] + (form.record_length - bytes_of_format[format]);
  const std::size_t count_at = form.record_length, sizes_at = count_at + 4, layers_at = sizes_at + 4 * layers;
  if (chunk.size() < layers_at) return "it ends before its first layer";
  if (const auto count = numberAt<std::uint32_t>(chunk.data(), count_at); count != points)
    return fmt::format("it holds {} points where the hierarchy says {}", count, points);
  std::uint64_t sum = layers_at;
  for (std::size_t i = 0; i < layers; ++i) sum += numberAt<std::uint32_t>(chunk.data(), sizes_at + 4 * i);
  if (sum > chunk.size()) return "its layers are longer than it is";
  return {};
}

/// LASzip's handle, closed and given back when it goes.
struct Zip {
  laszip_POINTER handle = nullptr;
  bool reading = false, writing = false;
  Zip() { laszip_create(&handle); }
  ~Zip() {
    if (reading) laszip_close_reader(handle);
    if (writing) laszip_close_writer(handle);
    if (handle) laszip_destroy(handle);
  }
  Zip(const Zip&) = delete;
  Zip& operator=(const Zip&) = delete;
  std::string reason() const {
    laszip_CHAR* text = nullptr;
    if (!handle || laszip_get_error(handle, &text) != 0 || !text || !*text) return "LASzip gives no reason";
    const std::string reason(text);
    return reason.substr(0, reason.find(" (LASzip"));
  }
};

void reserve(PointBatch& batch, std::size_t points, bool colours) {
  for (auto* axis : {&batch.x, &batch.y, &batch.z}) axis->reserve(points);
  for (auto* values : {&batch.intensity, &batch.point_source_id}) values->reserve(points);
  for (auto* values : {&batch.classification, &batch.return_number, &batch.number_of_returns}) values->reserve(points);
  batch.gps_time.reserve(points);
  if (colours)
    for (auto* channel : {&batch.red, &batch.green, &batch.blue}) channel->reserve(points);
}

/// What is not drawn.
void appendRest(PointBatch& batch, const laszip_point_struct& point, bool nir) {
  batch.scan_angle.push_back(point.extended_scan_angle);
  batch.user_data.push_back(point.user_data);
  batch.flags.push_back(static_cast<std::uint8_t>(point.extended_classification_flags |
                                                  point.extended_scanner_channel << 4 | point.scan_direction_flag << 6 |
                                                  point.edge_of_flight_line << 7));
  if (nir) batch.nir.push_back(point.rgb[3]);
  const auto* extra = reinterpret_cast<const std::byte*>(point.extra_bytes);
  batch.extra.insert(batch.extra.end(), extra, extra + batch.extra_bytes);
}

void append(PointBatch& batch, const laszip_point_struct& point, bool colours, std::uint16_t widen) {
  batch.x.push_back(point.X), batch.y.push_back(point.Y), batch.z.push_back(point.Z);
  batch.intensity.push_back(point.intensity);
  batch.classification.push_back(point.extended_classification);
  batch.return_number.push_back(point.extended_return_number);
  batch.number_of_returns.push_back(point.extended_number_of_returns);
  batch.point_source_id.push_back(point.point_source_ID);
  if (!colours) return;
  batch.red.push_back(static_cast<std::uint16_t>(point.rgb[0] * widen));
  batch.green.push_back(static_cast<std::uint16_t>(point.rgb[1] * widen));
  batch.blue.push_back(static_cast<std::uint16_t>(point.rgb[2] * widen));
}

void fillPoint(laszip_point_struct& point, const PointBatch& batch, std::size_t i, const LazShape& shape) {
  const auto of = [i](const auto& values, auto otherwise) {
    return values.empty() ? static_cast<decltype(otherwise)>(otherwise) : static_cast<decltype(otherwise)>(values[i]);
  };
  point.X = batch.x[i], point.Y = batch.y[i], point.Z = batch.z[i];
  point.intensity = of(batch.intensity, laszip_U16{0});
  const auto kind = of(batch.classification, laszip_U8{0}), number = of(batch.return_number, laszip_U8{1}),
             returns = of(batch.number_of_returns, laszip_U8{1});
  point.extended_point_type = 1;
  point.extended_classification = kind;
  point.classification = kind < 32 ? kind & 31 : 0;
  point.extended_return_number = number & 15;
  point.extended_number_of_returns = returns & 15;
  // LASzip holds the two forms of a return against each other where both can say it.
  point.return_number = (number < 8 ? number : 7) & 7;
  point.number_of_returns = (returns < 8 ? returns : 7) & 7;
  point.point_source_ID = of(batch.point_source_id, laszip_U16{0});
  point.gps_time = batch.gps_time.empty() ? 0 : batch.gps_time[i];
  const std::uint8_t flags = of(batch.flags, laszip_U8{0});
  point.extended_classification_flags = flags & 15;
  point.synthetic_flag = flags & 1, point.keypoint_flag = flags >> 1 & 1, point.withheld_flag = flags >> 2 & 1;
  point.extended_scanner_channel = flags >> 4 & 3;
  point.scan_direction_flag = flags >> 6 & 1, point.edge_of_flight_line = flags >> 7;
  point.user_data = of(batch.user_data, laszip_U8{0});
  point.extended_scan_angle = of(batch.scan_angle, laszip_I16{0});
  point.scan_angle_rank =
      static_cast<laszip_I8>(std::clamp<long>(std::lround(point.extended_scan_angle * degrees_per_step), -128, 127));
  if (shape.colours || shape.nir)
    point.rgb[0] = of(batch.red, laszip_U16{0}), point.rgb[1] = of(batch.green, laszip_U16{0}),
    point.rgb[2] = of(batch.blue, laszip_U16{0});
  if (shape.nir) point.rgb[3] = of(batch.nir, laszip_U16{0});
  if (shape.extra_bytes == 0) return;
  if (batch.extra_bytes == shape.extra_bytes)
    std::memcpy(point.extra_bytes, batch.extra.data() + i * batch.extra_bytes, batch.extra_bytes);
  else
    std::memset(point.extra_bytes, 0, shape.extra_bytes);
}

}  // namespace

std::int16_t scanAngleOfRank(std::int8_t rank_deg) {
  return static_cast<std::int16_t>(std::lround(rank_deg / degrees_per_step));
}

Result<PointBatch> unpackLazChunk(const LazForm& form, std::span<const unsigned char> chunk, std::uint32_t points,
                                  const std::string& file, LazParts parts) {
  PointBatch batch;
  batch.scale = form.scale;
  batch.offset = form.offset;
  if (points == 0) return batch;
  if (const std::string why = layerDamage(form, chunk, points); !why.empty()) return damaged(file, why);
  MemoryBuffer buffer(fileAround(form, chunk, points));
  std::istream stream(&buffer);
  Zip zip;
  laszip_BOOL compressed = 0;
  laszip_point_struct* point = nullptr;
  const bool every_attribute = parts == LazParts::all, times = parts != LazParts::drawn;
  laszip_decompress_selective(zip.handle, every_attribute ? laszip_DECOMPRESS_SELECTIVE_ALL
                                          : times         ? drawn_parts | laszip_DECOMPRESS_SELECTIVE_GPS_TIME
                                                          : drawn_parts);
  if (laszip_open_reader_stream(zip.handle, stream, &compressed) != 0) return damaged(file, zip.reason());
  zip.reading = true;
  if (laszip_get_point_pointer(zip.handle, &point) != 0) return damaged(file, zip.reason());
  const bool colours = form.point_format >= 7;
  const std::uint16_t widen = form.wide_colours ? 1 : 257;
  reserve(batch, points, colours);
  constexpr std::uint16_t bytes_of_format[]{30, 36, 38};
  const std::uint32_t extra = form.record_length - bytes_of_format[form.point_format - 6];
  if (every_attribute && extra > 0) {
    if (!point->extra_bytes || point->num_extra_bytes < static_cast<int>(extra))
      return damaged(file, "its points are shorter than its header says");
    batch.extra_bytes = extra;
  }
  for (std::uint32_t i = 0; i < points; ++i) {
    if (laszip_read_point(zip.handle) != 0) return damaged(file, zip.reason());
    append(batch, *point, colours, widen);
    if (times) batch.gps_time.push_back(point->gps_time);
    if (every_attribute) appendRest(batch, *point, form.point_format == 8);
  }
  return batch;
}

Result<std::vector<unsigned char>> packLazChunk(const PointBatch& batch, const LazShape& shape,
                                                std::string* laszip_record) {
  const auto failed = [](const Zip& zip) {
    return Error{ErrorCode::write_failed, {}, "The points cannot be compressed: " + zip.reason() + ".", {}};
  };
  std::stringstream stream(std::ios::in | std::ios::out | std::ios::binary);
  Zip zip;
  laszip_header_struct* header = nullptr;
  laszip_point_struct* point = nullptr;
  const auto points = static_cast<laszip_U32>(batch.size());
  laszip_set_chunk_size(zip.handle, points);
  if (laszip_get_header_pointer(zip.handle, &header) != 0) return failed(zip);
  header->version_major = 1, header->version_minor = 4;
  header->header_size = 375, header->offset_to_point_data = 375;
  header->point_data_format = static_cast<laszip_U8>(shape.pointFormat());
  header->point_data_record_length = shape.recordLength();
  header->x_scale_factor = batch.scale.x, header->y_scale_factor = batch.scale.y,
  header->z_scale_factor = batch.scale.z;
  header->x_offset = batch.offset.x, header->y_offset = batch.offset.y, header->z_offset = batch.offset.z;
  header->extended_number_of_point_records = points;
  laszip_set_chunk_size(zip.handle, points);
  if (laszip_request_native_extension(zip.handle, 1) != 0) return failed(zip);
  if (laszip_open_writer_stream(zip.handle, stream, 1, 0) != 0) return failed(zip);
  zip.writing = true;
  if (laszip_get_point_pointer(zip.handle, &point) != 0) return failed(zip);
  if (shape.extra_bytes > 0 && (!point->extra_bytes || point->num_extra_bytes != static_cast<int>(shape.extra_bytes)))
    return failed(zip);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    fillPoint(*point, batch, i, shape);
    if (laszip_write_point(zip.handle) != 0) return failed(zip);
  }
  zip.writing = false;
  if (laszip_close_writer(zip.handle) != 0) return failed(zip);
  const std::string file = std::move(stream).str();
  constexpr std::size_t record_at = 375 + vlr_header_bytes;
  const auto points_at = file.size() > record_at ? numberAt<std::uint32_t>(file.data(), 96) : 0;
  if (points_at < record_at || points_at + 8 > file.size()) return failed(zip);
  const auto table_at = numberAt<std::int64_t>(file.data(), points_at);
  if (table_at < points_at + 8 || table_at > static_cast<std::int64_t>(file.size())) return failed(zip);
  if (laszip_record) {
    const auto bytes = numberAt<std::uint16_t>(file.data(), 375 + 20);
    *laszip_record = file.substr(record_at, bytes);
    put<std::uint32_t>(*laszip_record, chunk_size_at, variable_chunks);
  }
  return std::vector<unsigned char>(file.begin() + points_at + 8, file.begin() + table_at);
}

}  // namespace hashimichi::points
