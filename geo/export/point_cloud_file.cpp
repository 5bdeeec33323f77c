#include "geo/export/point_cloud_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <optional>
#include <utility>

#include "geo/core/file.h"
#include "geo/export/las_records.h"
#include "geo/points/chunk_table.h"
#include "geo/points/copc_parts.h"
#include "geo/points/laz_chunk.h"
#include "geo/points/potree_parts.h"

namespace hashimichi::exporting {
namespace {

using points::PointBatch;
using points::VoxelKey;

constexpr std::size_t header_bytes = 375;

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
  to.scan_angle = chosen(from.scan_angle, index);
  to.user_data = chosen(from.user_data, index), to.flags = chosen(from.flags, index);
  to.nir = chosen(from.nir, index);
  to.extra_bytes = from.extra_bytes;
  to.extra.resize(index.size() * from.extra_bytes);
  for (std::size_t i = 0; i < index.size() && from.extra_bytes > 0; ++i)
    std::memcpy(to.extra.data() + i * from.extra_bytes, from.extra.data() + std::size_t{index[i]} * from.extra_bytes,
                from.extra_bytes);
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
  Writer(const points::OctreeInfo& info, PointFormat format, const std::filesystem::path& path)
      : info_(info),
        format_(format),
        path_(path),
        beside_(besideOf(path)),
        shape_(shapeOf(info)),
        wkt_(wktOf(info.crs)),
        extras_(extraBytesRecord(info)) {}

  Status begin() {
    constexpr std::uint32_t most_extra_bytes = 65535 - 38;  // a record's length has 16 bits
    if (shape_.extra_bytes > most_extra_bytes)
      return Error{ErrorCode::unsupported, toUtf8(path_), "A point has more extra bytes than LAS can hold.",
                   "Export it with the program that made it."};
    const Result<std::vector<unsigned char>> none = points::packLazChunk(onePoint(), shape_, &laszip_);
    if (!none) return none.error();
    stream_.open(beside_, std::ios::binary | std::ios::trunc);
    points_at_ = header_bytes + records({}).size();
    write(std::string(points_at_ + 8, '\0'));  // comes when the end is known
    return stream_ ? done() : failed();
  }

  /// False: `problem()` tells why.
  /// @param key  of the node; any where no hierarchy is written
  bool add(const PointBatch& batch, const VoxelKey& key) {
    const auto chunk = points::packLazChunk(batch, shape_);
    if (!chunk) {
      problem_ = chunk.error();
      return false;
    }
    totals_.add(batch);
    const auto bytes = static_cast<std::uint32_t>(chunk->size()), count = static_cast<std::uint32_t>(batch.size());
    chunks_.push_back({count, bytes});
    if (format_ == PointFormat::copc) entries_[key] = {at_, bytes, count};
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
  std::size_t chunks() const { return chunks_.size(); }

 private:
  struct Entry {
    std::uint64_t at = 0;
    std::uint32_t bytes = 0, points = 0;
  };

  PointBatch onePoint() const {
    PointBatch one;
    one.x = one.y = one.z = {0};
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
    if (!extras_.empty()) all += record("LASF_Spec", 4, extras_, false);
    return all;
  }

  points::CopcInfo copcInfo(std::uint64_t hierarchy_at, std::uint64_t hierarchy_bytes) const {
    const Bounds& cube = info_.cube;
    return {cube.centre(),   cube.size().x / 2, info_.spacing,   hierarchy_at,
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
    put<std::uint32_t>(bytes, 100, (copc ? 1u : 0u) + 1u + (wkt_.empty() ? 0u : 1u) + (extras_.empty() ? 0u : 1u));
    bytes[104] = static_cast<char>(shape_.pointFormat() | 0x80);
    put<std::uint16_t>(bytes, 105, shape_.recordLength());
    const points::OctreeInfo& info = info_;
    const Bounds& box = totals_.bounds;
    const double numbers[]{info.scale.x, info.scale.y, info.scale.z, info.offset.x, info.offset.y, info.offset.z,
                           box.high.x,   box.low.x,    box.high.y,   box.low.y,     box.high.z,    box.low.z};
    std::memcpy(bytes.data() + 131, numbers, sizeof numbers);
    if (copc) put(bytes, 235, evlr_at), put<std::uint32_t>(bytes, 243, 1);
    put(bytes, 247, totals_.points);
    std::memcpy(bytes.data() + 255, totals_.by_return.data(), sizeof totals_.by_return);
    return bytes;
  }

  const points::OctreeInfo& info_;
  PointFormat format_;
  std::filesystem::path path_, beside_;
  points::LazShape shape_;
  std::string wkt_, extras_, laszip_;
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

/// What stands between begin and end of a file, whichever way the points come.
Result<PointFileReport> finish(Writer& writer, const Status& read, std::uint64_t lost_points,
                               const std::filesystem::path& path) {
  const auto giveUp = [&](const Error& error) {
    writer.giveUp();
    return error;
  };
  if (!read) return giveUp(read.error());
  if (writer.problem()) return giveUp(*writer.problem());
  if (writer.totals().points == 0)
    return giveUp({ErrorCode::bad_input, toUtf8(path), "No point of the survey lies in what was chosen.",
                   "Widen the clip, or choose more classes."});
  if (const Status ended = writer.end(); !ended) return giveUp(ended.error());
  return PointFileReport{writer.totals().points, writer.chunks(), lost_points};
}

/// Points of a source that lie in a region, gathered to chunks.
class SourceRun {
 public:
  SourceRun(const points::PointSource& source, const points::Region& region, points::OctreePlacer placer,
            Writer& writer, Progress& progress)
      : source_(source), region_(region), placer_(std::move(placer)), writer_(writer), progress_(progress) {
    Problems unheard;
    layout_ = points::RecordLayout({source.info().fields}, unheard);
    records_.resize(block_points * layout_.bytes() + 8);
  }

  Status run(const points::PotreeMetadata& decoding) {
    const std::vector<points::Piece> pieces = source_.pieces();
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      progress_.report(static_cast<double>(i) / static_cast<double>(pieces.size()), "points");
      const auto cursor = source_.open(pieces[i], layout_, source_.info().steps);
      if (!cursor) {
        lost_ += pieces[i].count;
        continue;
      }
      std::uint64_t read = 0;
      while (const std::size_t got = (*cursor)->read(records_.data(), block_points)) {
        if (progress_.cancelled()) return Error{ErrorCode::cancelled, {}, "The export was cancelled.", {}};
        read += got;
        if (const Status taken = take(got, decoding); !taken) return taken;
      }
      lost_ += pieces[i].count - std::min(pieces[i].count, read + (*cursor)->unusable());
    }
    return flush(decoding);
  }
  std::uint64_t lost() const { return lost_; }

 private:
  static constexpr std::size_t block_points = 1 << 14, chunk_points = 50'000;

  /// Records in the region wait until they make a chunk.
  Status take(std::size_t count, const points::PotreeMetadata& decoding) {
    const points::Steps& steps = source_.info().steps;
    places_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      std::int32_t xyz[3];
      std::memcpy(xyz, records_.data() + i * layout_.bytes(), sizeof xyz);
      places_[i] = {xyz[0] * steps.scale.x + steps.offset.x, xyz[1] * steps.scale.y + steps.offset.y,
                    xyz[2] * steps.scale.z + steps.offset.z};
    }
    placer_.apply(places_);
    const auto class_at = layout_.offsetOf(points::field::classification);
    for (std::size_t i = 0; i < count; ++i) {
      const std::byte* record = records_.data() + i * layout_.bytes();
      const std::size_t kind = class_at ? static_cast<std::size_t>(record[*class_at]) : 0;
      if (!isFinite(places_[i]) || !region_.classes[kind] || !region_.contains(places_[i])) continue;
      const auto* bytes = reinterpret_cast<const unsigned char*>(record);
      waiting_.insert(waiting_.end(), bytes, bytes + layout_.bytes());
      if (waiting_.size() < chunk_points * layout_.bytes()) continue;
      if (const Status written = flush(decoding); !written) return written;
    }
    return done();
  }

  Status flush(const points::PotreeMetadata& decoding) {
    const auto count = static_cast<std::uint32_t>(waiting_.size() / layout_.bytes());
    if (count == 0) return done();
    const Result<PointBatch> batch = points::decodePotreeNode(std::exchange(waiting_, {}), count, decoding,
                                                              source_.info().file, points::Wanted::all);
    if (!batch) return batch.error();
    if (!writer_.add(*batch, {})) return *writer_.problem();
    return done();
  }

  const points::PointSource& source_;
  const points::Region& region_;
  points::OctreePlacer placer_;
  Writer& writer_;
  Progress& progress_;
  points::RecordLayout layout_;
  std::vector<std::byte> records_;
  std::vector<unsigned char> waiting_;
  std::vector<Vec3d> places_;
  std::uint64_t lost_ = 0;
};

/// A source's records are those of an octree that is not there.
points::PotreeMetadata decodingOf(const points::SourceInfo& source, const std::string& crs) {
  Problems unheard;
  const points::RecordLayout layout({source.fields}, unheard);
  points::PotreeMetadata decoding;
  decoding.info.crs = crs;
  decoding.info.scale = source.steps.scale, decoding.info.offset = source.steps.offset;
  decoding.point_bytes = layout.bytes();
  for (const points::Field& field : layout.fields()) {
    points::AttributeInfo& attribute = decoding.info.attributes.emplace_back();
    attribute.name = field.name, attribute.description = field.description;
    attribute.type = toString(field.type), attribute.elements = field.elements, attribute.bytes = field.bytes();
    attribute.scale.assign(static_cast<std::size_t>(field.elements), field.scale);
    attribute.offset.assign(static_cast<std::size_t>(field.elements), field.shift);
  }
  return decoding;
}

}  // namespace

Result<PointFileReport> writePointFile(const points::Octree& octree, const points::OctreePlace& place,
                                       const points::Region& region, PointFormat format,
                                       const std::filesystem::path& path, Progress& progress) {
  if (format == PointFormat::copc && !isCube(octree.info().cube))
    return Error{ErrorCode::unsupported, toUtf8(path), "The octree's nodes are no cubes, as COPC wants them.",
                 "Export to LAZ."};
  Writer writer(octree.info(), format, path);
  if (const Status begun = writer.begin(); !begun) return finish(writer, begun, 0, path);
  const auto visit = [&](const points::QueryPoints& found) {
    return writer.add(chosen(*found.batch, found.index), octree.nodes()[found.node].key);
  };
  points::QueryOptions options;
  options.every_attribute = true;
  const Result<points::QueryReport> read = points::visitPoints(octree, place, region, visit, progress, options);
  return finish(writer, read ? done() : Status(read.error()), read ? read->lost_points : 0, path);
}

Result<PointFileReport> writePointFile(const points::PointSource& source, const points::OctreePlace& place,
                                       const points::Region& region, const std::filesystem::path& path,
                                       Progress& progress) {
  Result<points::OctreePlacer> placer = points::OctreePlacer::create(place);
  if (!placer) return placer.error();
  const std::string& own = source.info().crs;
  const points::PotreeMetadata decoding = decodingOf(source.info(), own.empty() ? place.crs : own);
  Writer writer(decoding.info, PointFormat::laz, path);
  if (const Status begun = writer.begin(); !begun) return finish(writer, begun, 0, path);
  SourceRun run(source, region, std::move(*placer), writer, progress);
  const Status read = run.run(decoding);
  return finish(writer, read, run.lost(), path);
}

}  // namespace hashimichi::exporting
