#include <brotli/decode.h>
#include <fmt/format.h>

#include <cstring>

#include "geo/core/file.h"
#include "geo/points/byte_file.h"
#include "geo/points/laz_chunk.h"
#include "geo/points/octree_formats.h"
#include "geo/points/potree_parts.h"

namespace hashimichi::points {
namespace {

/// 22 bytes a node, for `most_nodes` and their proxies.
constexpr std::uintmax_t hierarchy_limit_bytes = 512u << 20;
constexpr std::uintmax_t metadata_limit_bytes = 16u << 20;

Error damaged(const std::string& file, std::string what) {
  return {ErrorCode::unreadable, file, "A node of the octree is damaged: " + what + ".", "Copy or make it again."};
}

/// Every third bit of a Morton number, 16 of them.
std::uint32_t everyThird(std::uint64_t bits) {
  bits &= 0x249249249249u;
  bits = (bits | bits >> 2) & 0x0c30c30c30c3u;
  bits = (bits | bits >> 4) & 0x00f00f00f00fu;
  bits = (bits | bits >> 8) & 0x0000ff0000ffu;
  bits = (bits | bits >> 16) & 0xffffu;
  return static_cast<std::uint32_t>(bits);
}

/// Where the values of one attribute lie in a node: DEFAULT keeps a point's values together, BROTLI (after unpacking)
/// each attribute's.
struct Column {
  const unsigned char* first = nullptr;
  std::size_t step = 0;
};

/// Attributes that BROTLI stores as Morton numbers take more room than their values.
std::size_t storedBytes(const AttributeInfo& attribute, bool brotli) {
  if (brotli && attribute.name == "position") return 16;
  if (brotli && attribute.name == "rgb") return 8;
  return static_cast<std::size_t>(attribute.bytes);
}

template <typename T>
void copyColumn(const Column& column, std::uint32_t points, std::vector<T>& out) {
  out.resize(points);
  for (std::uint32_t i = 0; i < points; ++i) out[i] = numberAt<T>(column.first + i * column.step, 0);
}

void readPosition(const Column& column, std::uint32_t points, bool brotli, PointBatch& batch) {
  batch.x.resize(points), batch.y.resize(points), batch.z.resize(points);
  std::vector<std::int32_t>* axes[]{&batch.x, &batch.y, &batch.z};
  for (std::uint32_t i = 0; i < points; ++i) {
    const unsigned char* p = column.first + i * column.step;
    for (unsigned axis = 0; axis < 3; ++axis) {
      if (!brotli) {
        (*axes[axis])[i] = numberAt<std::int32_t>(p, 4 * axis);
        continue;
      }
      // Two Morton numbers: the upper halves of the coordinates, then the lower.
      const auto upper = numberAt<std::uint64_t>(p, 0), lower = numberAt<std::uint64_t>(p, 8);
      (*axes[axis])[i] = static_cast<std::int32_t>(everyThird(upper >> axis) << 16 | everyThird(lower >> axis));
    }
  }
}

void readColours(const Column& column, std::uint32_t points, const PotreeMetadata& metadata, PointBatch& batch) {
  batch.red.resize(points), batch.green.resize(points), batch.blue.resize(points);
  std::vector<std::uint16_t>* channels[]{&batch.red, &batch.green, &batch.blue};
  const int factor = metadata.wide_colours ? 1 : 257;
  for (std::uint32_t i = 0; i < points; ++i) {
    const unsigned char* p = column.first + i * column.step;
    for (unsigned c = 0; c < 3; ++c) {
      const std::uint32_t value =
          metadata.brotli ? everyThird(numberAt<std::uint64_t>(p, 0) >> c) : numberAt<std::uint16_t>(p, 2 * c);
      (*channels[c])[i] = static_cast<std::uint16_t>(value * static_cast<std::uint32_t>(factor));
    }
  }
}

void readAttribute(const AttributeInfo& attribute, const Column& column, std::uint32_t points,
                   const PotreeMetadata& metadata, PointBatch& batch) {
  const auto is = [&](const char* name, const char* type, int elements = 1) {
    return attribute.name == name && attribute.type == type && attribute.elements == elements;
  };
  if (is("position", "int32", 3)) return readPosition(column, points, metadata.brotli, batch);
  if (is("rgb", "uint16", 3)) return readColours(column, points, metadata, batch);
  if (is("intensity", "uint16")) return copyColumn(column, points, batch.intensity);
  if (is("classification", "uint8")) return copyColumn(column, points, batch.classification);
  if (is("return number", "uint8")) return copyColumn(column, points, batch.return_number);
  if (is("number of returns", "uint8")) return copyColumn(column, points, batch.number_of_returns);
  if (is("point source id", "uint16")) return copyColumn(column, points, batch.point_source_id);
  if (is("gps-time", "double")) return copyColumn(column, points, batch.gps_time);
}

/// What is not drawn.
void readRest(const AttributeInfo& attribute, const Column& column, std::uint32_t points, PointBatch& batch) {
  const auto is = [&](const char* name, const char* type) {
    return attribute.name == name && attribute.type == type && attribute.elements == 1;
  };
  if (is("user data", "uint8")) return copyColumn(column, points, batch.user_data);
  if (is("classification flags", "uint8")) return copyColumn(column, points, batch.flags);
  if (is("nir", "uint16")) return copyColumn(column, points, batch.nir);
  if (is("scan angle", "int16")) return copyColumn(column, points, batch.scan_angle);
  if (!is("scan angle rank", "int8") || !batch.scan_angle.empty()) return;
  batch.scan_angle.resize(points);
  for (std::uint32_t i = 0; i < points; ++i)
    batch.scan_angle[i] = scanAngleOfRank(numberAt<std::int8_t>(column.first + i * column.step, 0));
}

/// The attributes that no LAS format has, one after the other.
void readExtra(const AttributeInfo& attribute, const Column& column, std::uint32_t points, std::uint32_t& at,
               PointBatch& batch) {
  const auto bytes = static_cast<std::uint32_t>(attribute.bytes);
  for (std::uint32_t i = 0; i < points; ++i)
    std::memcpy(batch.extra.data() + std::size_t{i} * batch.extra_bytes + at, column.first + i * column.step, bytes);
  at += bytes;
}

Result<std::vector<unsigned char>> unpack(const std::vector<unsigned char>& stored, std::size_t bytes,
                                          const std::string& file) {
  std::vector<unsigned char> plain(bytes);
  std::size_t got = plain.size();
  const auto outcome = BrotliDecoderDecompress(stored.size(), stored.data(), &got, plain.data());
  if (outcome != BROTLI_DECODER_RESULT_SUCCESS || got != plain.size())
    return damaged(file, fmt::format("its {} compressed bytes do not unpack to {}", stored.size(), bytes));
  return plain;
}

class PotreeOctree final : public Octree {
 public:
  PotreeOctree(PotreeMetadata metadata, std::vector<OctreeNode> nodes, ByteFile points)
      : metadata_(std::move(metadata)), nodes_(std::move(nodes)), points_(std::move(points)) {}
  const OctreeInfo& info() const override { return metadata_.info; }
  std::span<const OctreeNode> nodes() const override { return nodes_; }
  Result<PointBatch> load(std::size_t index) const override { return decoded(index, Wanted::drawn); }
  Result<PointBatch> loadAll(std::size_t index) const override { return decoded(index, Wanted::all); }

 private:
  Result<PointBatch> decoded(std::size_t index, Wanted wanted) const {
    const OctreeNode& node = nodes_[index];
    if (node.point_count == 0) return decodePotreeNode({}, 0, metadata_, points_.name());
    Result<std::vector<unsigned char>> stored = points_.read(node.byte_offset, node.byte_size);
    if (!stored) return stored.error();
    return decodePotreeNode(std::move(stored).value(), node.point_count, metadata_, points_.name(), wanted);
  }

  PotreeMetadata metadata_;
  std::vector<OctreeNode> nodes_;
  ByteFile points_;
};

}  // namespace

Result<PointBatch> decodePotreeNode(std::vector<unsigned char> stored, std::uint32_t points,
                                    const PotreeMetadata& metadata, const std::string& file, Wanted wanted) {
  PointBatch batch;
  batch.scale = metadata.info.scale;
  batch.offset = metadata.info.offset;
  if (points == 0) return batch;
  std::size_t point_bytes = 0;
  for (const AttributeInfo& attribute : metadata.info.attributes)
    point_bytes += storedBytes(attribute, metadata.brotli);
  if (metadata.brotli) {
    Result<std::vector<unsigned char>> plain = unpack(stored, point_bytes * points, file);
    if (!plain) return plain.error();
    stored = std::move(plain).value();
  }
  if (stored.size() != point_bytes * points) return damaged(file, "it has another size than its points");
  if (wanted == Wanted::all) {
    for (const AttributeInfo& attribute : metadata.info.attributes)
      if (!isStandard(attribute)) batch.extra_bytes += static_cast<std::uint32_t>(attribute.bytes);
    batch.extra.resize(std::size_t{batch.extra_bytes} * points);
  }
  std::size_t at = 0;
  std::uint32_t extra_at = 0;
  for (const AttributeInfo& attribute : metadata.info.attributes) {
    const std::size_t bytes = storedBytes(attribute, metadata.brotli);
    const Column column{stored.data() + at, metadata.brotli ? bytes : point_bytes};
    readAttribute(attribute, column, points, metadata, batch);
    if (wanted == Wanted::all && isStandard(attribute)) readRest(attribute, column, points, batch);
    if (wanted == Wanted::all && !isStandard(attribute)) readExtra(attribute, column, points, extra_at, batch);
    at += metadata.brotli ? bytes * points : bytes;
  }
  return batch;
}

Result<OctreePtr> openPotree(const std::filesystem::path& folder, Problems& problems) {
  const Result<std::string> text = readFile(folder / "metadata.json", metadata_limit_bytes);
  if (!text) return text.error();
  Result<PotreeMetadata> metadata = parsePotreeMetadata(*text, toUtf8(folder / "metadata.json"));
  if (!metadata) return metadata.error();
  const Result<std::string> hierarchy = readFile(folder / "hierarchy.bin", hierarchy_limit_bytes);
  if (!hierarchy) return hierarchy.error();
  Result<ByteFile> points = ByteFile::open(folder / "octree.bin");
  if (!points) return points.error();
  const auto* bytes = reinterpret_cast<const unsigned char*>(hierarchy->data());
  Result<std::vector<OctreeNode>> nodes =
      parsePotreeHierarchy({bytes, hierarchy->size()}, *metadata, points->size(), toUtf8(folder), problems);
  if (!nodes) return nodes.error();
  return OctreePtr(
      std::make_shared<PotreeOctree>(std::move(metadata).value(), std::move(nodes).value(), std::move(points).value()));
}

}  // namespace hashimichi::points
