#include "geo/export/point_cloud_file.h"

#include <fmt/format.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <optional>

#include "geo/core/file.h"
#include "geo/points/chunk_table.h"
#include "geo/points/copc_parts.h"
#include "geo/points/laz_chunk.h"

namespace hashimichi::exporting {
namespace {

using points::PointBatch;
using points::VoxelKey;

constexpr std::size_t header_bytes = 375, vlr_header_bytes = 54, evlr_header_bytes = 60;

template <typename T>
void put(std::string& bytes, std::size_t at, T value) {
  std::memcpy(bytes.data() + at, &value, sizeof(T));
}

std::string record(const char* user, std::uint16_t id, const std::string& content, bool extended) {
  std::string bytes(extended ? evlr_header_bytes : vlr_header_bytes, '\0');
  std::memcpy(bytes.data() + 2, user, std::strlen(user));
  put(bytes, 18, id);
  if (extended)
    put<std::uint64_t>(bytes, 20, content.size());
  else
    put<std::uint16_t>(bytes, 20, static_cast<std::uint16_t>(content.size()));
  return bytes + content;
}

/// WKT 1, which LAS 1.4 asks for; empty when the octree names no system that is known.
std::string wktOf(const std::string& crs) {
  OGRSpatialReference reference;
  char* text = nullptr;
  std::string wkt;
  if (!crs.empty() && reference.SetFromUserInput(crs.c_str()) == OGRERR_NONE &&
      reference.exportToWkt(&text) == OGRERR_NONE && text)
    wkt = text;
  CPLFree(text);
  // The length of a record has 16 bits; a final zero belongs to the text.
  return wkt.empty() || wkt.size() > 65000 ? std::string() : wkt + '\0';
}

bool hasColours(const points::OctreeInfo& info) {
  return std::any_of(info.attributes.begin(), info.attributes.end(),
                     [](const points::AttributeInfo& a) { return a.name == "rgb"; });
}

template <typename T>
std::vector<T> chosen(const std::vector<T>& from, std::span<const std::uint32_t> index) {
  std::vector<T> to;
  if (from.empty()) return to;
  to.reserve(index.size());
  for (const std::uint32_t i : index) to.push_back(from[i]);
  return to;
}

PointBatch chosen(const PointBatch& from, std::span<const std::uint32_t> index) {
  if (index.size() == from.size()) return from;
  PointBatch to;
  to.scale = from.scale, to.offset = from.offset;
  to.x = chosen(from.x, index), to.y = chosen(from.y, index), to.z = chosen(from.z, index);
  to.red = chosen(from.red, index), to.green = chosen(from.green, index), to.blue = chosen(from.blue, index);
  to.intensity = chosen(from.intensity, index);
  to.classification = chosen(from.classification, index);
  to.return_number = chosen(from.return_number, index);
  to.number_of_returns = chosen(from.number_of_returns, index);
  to.point_source_id = chosen(from.point_source_id, index);
  to.gps_time = chosen(from.gps_time, index);
  return to;
}

/// What the header and the records tell of all points, gathered while they are written.
struct Totals {
  std::uint64_t points = 0;
  std::array<std::uint64_t, 15> by_return{};
  Bounds bounds;
  double gps_low = 0, gps_high = 0;

  void add(const PointBatch& batch) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      bounds.add(batch.position(i));
      const int number = batch.return_number.empty() ? 1 : batch.return_number[i] & 15;
      if (number >= 1) ++by_return[static_cast<std::size_t>(number - 1)];
    }
    if (!batch.gps_time.empty()) {
      const auto [low, high] = std::minmax_element(batch.gps_time.begin(), batch.gps_time.end());
      gps_low = points == 0 ? *low : std::min(gps_low, *low);
      gps_high = points == 0 ? *high : std::max(gps_high, *high);
    }
    points += batch.size();
  }
};

class Writer {
 public:
  Writer(const points::Octree& octree, PointFormat format, const std::filesystem::path& path)
      : octree_(octree),
        format_(format),
        path_(path),
        beside_(besideOf(path)),
        colours_(hasColours(octree.info())),
        wkt_(wktOf(octree.info().crs)) {}

  Status begin() {
    const Result<std::vector<unsigned char>> none = points::packLazChunk(onePoint(), colours_, &laszip_);
    if (!none) return none.error();
    stream_.open(beside_, std::ios::binary | std::ios::trunc);
    points_at_ = header_bytes + records({}).size();
    write(std::string(points_at_ + 8, '\0'));  // comes when the end is known
    return stream_ ? done() : failed();
  }

  /// False: `problem()` tells why.
  bool add(const points::QueryPoints& found) {
    const PointBatch batch = chosen(*found.batch, found.index);
    const auto chunk = points::packLazChunk(batch, colours_);
    if (!chunk) {
      problem_ = chunk.error();
      return false;
    }
    totals_.add(batch);
    const auto bytes = static_cast<std::uint32_t>(chunk->size()), count = static_cast<std::uint32_t>(batch.size());
    chunks_.push_back({count, bytes});
    entries_[octree_.nodes()[found.node].key] = {at_, bytes, count};
    write({chunk->begin(), chunk->end()});
    if (!stream_) problem_ = failed().error();
    return !problem_;
  }

  Status end() {
    const std::uint64_t table_at = at_;
    const std::vector<unsigned char> table = points::chunkTable(chunks_);
    write({table.begin(), table.end()});
    const std::uint64_t evlr_at = at_;
    points::CopcInfo info;
    if (format_ == PointFormat::copc) {
      const std::string hierarchy = hierarchyPage();
      info = copcInfo(evlr_at + evlr_header_bytes, hierarchy.size());
      write(record("copc", 1000, hierarchy, true));
    }
    stream_.seekp(0);
    write(header(evlr_at));
    write(records(info));
    std::string place(8, '\0');
    put<std::int64_t>(place, 0, static_cast<std::int64_t>(table_at));
    write(place);
    stream_.close();
    if (!stream_) return failed();
    return moveIntoPlace(beside_, path_);
  }

  void giveUp() {
    stream_.close();
    std::error_code ignored;
    std::filesystem::remove(beside_, ignored);
  }
  const std::optional<Error>& problem() const { return problem_; }
  const Totals& totals() const { return totals_; }
  std::size_t nodes() const { return chunks_.size(); }

 private:
  struct Entry {
    std::uint64_t at = 0;
    std::uint32_t bytes = 0, points = 0;
  };

  PointBatch onePoint() const {
    PointBatch one;
    one.x = one.y = one.z = {0};
    one.red = one.green = one.blue = {0};
    return one;
  }

  Status failed() const {
    return Error{ErrorCode::write_failed, toUtf8(path_),
                 "The point cloud cannot be written: the disk is full or read-only.",
                 "Make room, or choose another folder."};
  }
  void write(const std::string& bytes) {
    stream_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    at_ += bytes.size();
  }

  std::string records(const points::CopcInfo& info) const {
    std::string all;
    if (format_ == PointFormat::copc) {  // COPC wants it first: its content at byte 429
      std::string content(points::copc_info_bytes, '\0');
      const double numbers[]{info.centre.x, info.centre.y, info.centre.z, info.half_size, info.spacing};
      std::memcpy(content.data(), numbers, sizeof numbers);
      put(content, 40, info.hierarchy_at), put(content, 48, info.hierarchy_bytes);
      put(content, 56, info.gps_low), put(content, 64, info.gps_high);
      all += record("copc", 1, content, false);
    }
    all += record("laszip encoded", 22204, laszip_, false);
    if (!wkt_.empty()) all += record("LASF_Projection", 2112, wkt_, false);
    return all;
  }

  points::CopcInfo copcInfo(std::uint64_t hierarchy_at, std::uint64_t hierarchy_bytes) const {
    const Bounds& cube = octree_.info().cube;
    return {cube.centre(),   cube.size().x / 2, octree_.info().spacing, hierarchy_at,
            hierarchy_bytes, totals_.gps_low,   totals_.gps_high};
  }

  /// One page; nodes without points stand where others lie below them.
  std::string hierarchyPage() const {
    std::map<VoxelKey, Entry> all = entries_;
    for (const auto& [key, entry] : entries_)
      for (VoxelKey above = key; above.level > 0;) {
        above = above.parent();
        if (!all.emplace(above, Entry{}).second) break;
      }
    std::string page;
    for (const auto& [key, entry] : all) {
      std::string bytes(points::copc_entry_bytes, '\0');
      const std::int32_t numbers[]{key.level, key.x, key.y, key.z};
      std::memcpy(bytes.data(), numbers, sizeof numbers);
      put(bytes, 16, entry.at), put(bytes, 24, entry.bytes), put(bytes, 28, entry.points);
      page += bytes;
    }
    return page;
  }

  std::string header(std::uint64_t evlr_at) const {
    const bool copc = format_ == PointFormat::copc;
    std::string bytes(header_bytes, '\0');
    std::memcpy(bytes.data(), "LASF", 4);
    put<std::uint16_t>(bytes, 6, 0x10);  // the CRS is WKT
    bytes[24] = 1, bytes[25] = 4;
    std::memcpy(bytes.data() + 26, "EXTRACTION", 10);
    std::memcpy(bytes.data() + 58, "Hashimichi", 10);
    put<std::uint16_t>(bytes, 94, header_bytes);
    put<std::uint32_t>(bytes, 96, static_cast<std::uint32_t>(points_at_));
    put<std::uint32_t>(bytes, 100, (copc ? 1u : 0u) + 1u + (wkt_.empty() ? 0u : 1u));
    bytes[104] = static_cast<char>((colours_ ? 7 : 6) | 0x80);
    put<std::uint16_t>(bytes, 105, colours_ ? 36 : 30);
    const points::OctreeInfo& info = octree_.info();
    const Bounds& box = totals_.bounds;
    const double numbers[]{info.scale.x, info.scale.y, info.scale.z, info.offset.x, info.offset.y, info.offset.z,
                           box.high.x,   box.low.x,    box.high.y,   box.low.y,     box.high.z,    box.low.z};
    std::memcpy(bytes.data() + 131, numbers, sizeof numbers);
    if (copc) put(bytes, 235, evlr_at), put<std::uint32_t>(bytes, 243, 1);
    put(bytes, 247, totals_.points);
    std::memcpy(bytes.data() + 255, totals_.by_return.data(), sizeof totals_.by_return);
    return bytes;
  }

  const points::Octree& octree_;
  PointFormat format_;
  std::filesystem::path path_, beside_;
  bool colours_;
  std::string wkt_, laszip_;
  std::ofstream stream_;
  std::uint64_t at_ = 0, points_at_ = 0;
  std::vector<points::ChunkSize> chunks_;
  std::map<VoxelKey, Entry> entries_;
  Totals totals_;
  std::optional<Error> problem_;
};

/// COPC's nodes are cubes; those of other octrees need not be.
bool isCube(const Bounds& cube) {
  const Vec3d size = cube.size();
  return size.x > 0 && std::abs(size.y - size.x) <= 1e-6 * size.x && std::abs(size.z - size.x) <= 1e-6 * size.x;
}

}  // namespace

Result<PointFileReport> writePointFile(const points::Octree& octree, const points::OctreePlace& place,
                                       const points::Region& region, PointFormat format,
                                       const std::filesystem::path& path, Progress& progress) {
  if (format == PointFormat::copc && !isCube(octree.info().cube))
    return Error{ErrorCode::unsupported, toUtf8(path), "The octree's nodes are no cubes, as COPC wants them.",
                 "Export to LAZ."};
  Writer writer(octree, format, path);
  const auto giveUp = [&](const Error& error) {
    writer.giveUp();
    return error;
  };
  if (const Status begun = writer.begin(); !begun) return giveUp(begun.error());
  const auto visit = [&](const points::QueryPoints& found) { return writer.add(found); };
  const Result<points::QueryReport> read = points::visitPoints(octree, place, region, visit, progress);
  if (!read) return giveUp(read.error());
  if (writer.problem()) return giveUp(*writer.problem());
  if (writer.totals().points == 0)
    return giveUp({ErrorCode::bad_input, toUtf8(path), "No point of the survey lies in what was chosen.",
                   "Widen the clip, or choose more classes."});
  if (const Status ended = writer.end(); !ended) return giveUp(ended.error());
  return PointFileReport{writer.totals().points, writer.nodes(), read->lost_points};
}

}  // namespace hashimichi::exporting
