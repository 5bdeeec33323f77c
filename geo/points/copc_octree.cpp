#include <fmt/format.h>

#include "geo/core/file.h"
#include "geo/import/points/las_header.h"
#include "geo/import/points/las_layout.h"
#include "geo/points/byte_file.h"
#include "geo/points/copc_parts.h"
#include "geo/points/octree_check.h"
#include "geo/points/octree_formats.h"
#include "geo/points/record_layout.h"

namespace hashimichi::points {
namespace {

constexpr std::size_t header_bytes = 375, vlr_header_bytes = 54, head_bytes = copc_info_at + copc_info_bytes;
constexpr std::uint32_t most_records = 4096;

/// The content of the record "laszip encoded"; empty when there is none.
std::string laszipRecord(const ByteFile& file, const std::string& head) {
  std::uint64_t at = numberAt<std::uint16_t>(head.data(), 94);
  const auto records = std::min(numberAt<std::uint32_t>(head.data(), 100), most_records);
  for (std::uint32_t i = 0; i < records; ++i) {
    const auto vlr = file.read(at, vlr_header_bytes);
    if (!vlr) return {};
    const auto id = numberAt<std::uint16_t>(vlr->data(), 18), bytes = numberAt<std::uint16_t>(vlr->data(), 20);
    if (id == 22204 && std::memcmp(vlr->data() + 2, "laszip encoded", 14) == 0) {
      const auto content = file.read(at + vlr_header_bytes, bytes);
      return content ? std::string(content->begin(), content->end()) : std::string();
    }
    at += vlr_header_bytes + bytes;
  }
  return {};
}

std::vector<AttributeInfo> attributesOf(int point_format, const std::vector<import::LasExtra>& extras) {
  std::vector<AttributeInfo> list;
  const auto add = [&](const char* name, const char* type, int elements, int bytes) {
    list.push_back({name, {}, type, elements, bytes, {}, {}, {}, {}});
  };
  add("position", "int32", 3, 12);
  add("intensity", "uint16", 1, 2);
  add("return number", "uint8", 1, 1);
  add("number of returns", "uint8", 1, 1);
  add("classification flags", "uint8", 1, 1);
  add("classification", "uint8", 1, 1);
  add("user data", "uint8", 1, 1);
  add("scan angle", "int16", 1, 2);
  add("point source id", "uint16", 1, 2);
  add("gps-time", "double", 1, 8);
  if (point_format >= 7) add("rgb", "uint16", 3, 6);
  if (point_format == 8) add("nir", "uint16", 1, 2);
  static constexpr Scalar types[]{Scalar::u8,  Scalar::u8,  Scalar::i8,  Scalar::u16, Scalar::i16, Scalar::u32,
                                  Scalar::i32, Scalar::u64, Scalar::i64, Scalar::f32, Scalar::f64};
  for (const import::LasExtra& extra : extras) {
    const Scalar type = types[extra.type];
    add(extra.name.c_str(), toString(type), extra.elements, extra.elements * bytesOf(type));
    AttributeInfo& made = list.back();
    made.description = extra.description;
    made.scale.assign(static_cast<std::size_t>(extra.elements), extra.scale);
    made.offset.assign(static_cast<std::size_t>(extra.elements), extra.shift);
    if (isStandard(made)) made.name += " (extra)";
  }
  return list;
}

class CopcOctree final : public Octree {
 public:
  CopcOctree(OctreeInfo info, LazForm form, std::vector<OctreeNode> nodes, ByteFile file)
      : info_(std::move(info)), form_(std::move(form)), nodes_(std::move(nodes)), file_(std::move(file)) {}
  const OctreeInfo& info() const override { return info_; }
  std::span<const OctreeNode> nodes() const override { return nodes_; }
  Result<PointBatch> load(std::size_t index) const override { return unpacked(index, LazParts::usual); }
  Result<PointBatch> loadDrawn(std::size_t index) const override { return unpacked(index, LazParts::drawn); }
  Result<PointBatch> loadAll(std::size_t index) const override { return unpacked(index, LazParts::all); }
  /// 16-bit colours by the book, 8-bit ones by habit of some programs: the coarsest points show which.
  void lookAtColours() {
    for (std::size_t i = 0; i < nodes_.size() && form_.point_format >= 7; ++i) {
      if (nodes_[i].point_count == 0) continue;
      const Result<PointBatch> batch = load(i);
      if (!batch) continue;
      std::uint16_t brightest = 0;
      for (const auto* channel : {&batch->red, &batch->green, &batch->blue})
        for (const std::uint16_t value : *channel) brightest = std::max(brightest, value);
      form_.wide_colours = brightest == 0 || brightest > 255;
      return;
    }
  }

 private:
  Result<PointBatch> unpacked(std::size_t index, LazParts parts) const {
    const OctreeNode& node = nodes_[index];
    if (node.point_count == 0) return unpackLazChunk(form_, {}, 0, file_.name());
    const auto chunk = file_.read(node.byte_offset, node.byte_size);
    if (!chunk) return chunk.error();
    return unpackLazChunk(form_, *chunk, node.point_count, file_.name(), parts);
  }

  OctreeInfo info_;
  LazForm form_;
  std::vector<OctreeNode> nodes_;
  ByteFile file_;
};

Vec3d vectorAt(const std::string& head, std::size_t at) {
  return {numberAt<double>(head.data(), at), numberAt<double>(head.data(), at + 8),
          numberAt<double>(head.data(), at + 16)};
}

Error damaged(const std::string& file, const std::string& what) {
  return {ErrorCode::unreadable, file, "The COPC file is damaged: " + what + ".", "Copy the file again."};
}

/// What LASzip must know of the file, checked.
Result<LazForm> lazForm(const ByteFile& file, const std::string& head, const import::LasHeader& header) {
  LazForm form;
  form.header = head.substr(0, header_bytes);
  form.point_format = header.point_format;
  form.record_length = header.record_length;
  form.scale = vectorAt(head, 131);
  form.offset = vectorAt(head, 155);
  form.laszip = laszipRecord(file, head);
  if (form.point_format < 6 || form.point_format > 8)
    return Error{ErrorCode::unsupported,
                 file.name(),
                 fmt::format("COPC files have point formats 6 to 8; this one says {}.", form.point_format),
                 {}};
  if (!header.compressed || form.laszip.size() < 34) return damaged(file.name(), "its points are not compressed");
  if (numberAt<std::uint16_t>(form.laszip.data(), 0) != 3) return damaged(file.name(), "its points are not layered");
  if (!isFinite(form.scale) || !isFinite(form.offset) || form.scale.x == 0 || form.scale.y == 0 || form.scale.z == 0)
    return damaged(file.name(), "its scale or offset is no number");
  // The items must be those of the point format: LASzip trusts them.
  constexpr std::uint16_t own_bytes[]{30, 36, 38};
  std::size_t sum = 0;
  for (std::size_t at = 34; at + 6 <= form.laszip.size(); at += 6)
    sum += numberAt<std::uint16_t>(form.laszip.data(), at + 2);
  const std::size_t items = (form.laszip.size() - 34) / 6;
  const std::size_t extra = form.record_length - own_bytes[form.point_format - 6];
  const std::size_t expected = 1 + (form.point_format >= 7 ? 1 : 0) + (extra > 0 ? 1 : 0);
  if (sum != form.record_length || items != expected || numberAt<std::uint16_t>(form.laszip.data(), 34) != 10)
    return damaged(file.name(), "its compressed items are not those of its point format");
  return form;
}

OctreeInfo octreeInfo(const import::LasHeader& header, const CopcInfo& copc, const LazForm& form,
                      const std::vector<import::LasExtra>& extras) {
  OctreeInfo info;
  info.format = "COPC";
  info.crs = header.crs;
  info.point_count = header.stated_points;
  const Vec3d half{copc.half_size, copc.half_size, copc.half_size};
  info.cube.low = copc.centre - half;
  info.cube.high = copc.centre + half;
  info.bounds = header.bounds.empty() ? info.cube : header.bounds;
  info.spacing = copc.spacing;
  info.scale = form.scale;
  info.offset = form.offset;
  info.attributes = attributesOf(form.point_format, extras);
  return info;
}

}  // namespace

bool looksLikeCopc(const std::filesystem::path& path) {
  const Result<std::string> head = readHead(path, head_bytes);
  return head && head->size() == head_bytes && head->starts_with("LASF") &&
         head->compare(377, 5, std::string("copc\0", 5)) == 0 && numberAt<std::uint16_t>(head->data(), 393) == 1;
}

Result<OctreePtr> openCopc(const std::filesystem::path& path, Problems& problems) {
  const std::string name = toUtf8(path);
  const Result<std::string> head = readHead(path, head_bytes);
  if (!head) return head.error();
  const Result<CopcInfo> copc = parseCopcInfo(*head, name);
  if (!copc) return copc.error();
  const Result<import::LasHeader> header = import::readLasHeader(path, problems);
  if (!header) return header.error();
  Result<ByteFile> file = ByteFile::open(path);
  if (!file) return file.error();
  Result<LazForm> form = lazForm(*file, *head, *header);
  if (!form) return form.error();
  const Result<import::LasLayout> layout = import::readLasLayout(path, *header);
  if (!layout) return layout.error();
  OctreeInfo info = octreeInfo(*header, *copc, *form, layout->extras);
  const PageReader read = [&](std::uint64_t at, std::uint64_t bytes) { return file->read(at, bytes); };
  Result<std::vector<OctreeNode>> nodes = parseCopcHierarchy(*copc, info.cube, file->size(), read, name, problems);
  if (!nodes) return nodes.error();
  std::uint64_t points = 0;
  for (const OctreeNode& node : *nodes) points += node.point_count;
  if (points != info.point_count)
    problems.skip(name, {}, "octree.count",
                  fmt::format("The header promises {} points, the hierarchy has {}.", info.point_count, points),
                  "What is there is used.");
  auto octree = std::make_shared<CopcOctree>(std::move(info), std::move(form).value(), std::move(nodes).value(),
                                             std::move(file).value());
  octree->lookAtColours();
  return OctreePtr(std::move(octree));
}

}  // namespace hashimichi::points
