#include "geo/points/octree_writer.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "geo/core/file.h"

namespace hashimichi::points {
namespace {

constexpr std::size_t hierarchy_record_bytes = 22;
enum NodeType : std::uint8_t { inner = 0, leaf = 1, proxy = 2 };

/// Level by level, and within a level in the order of the cubes' names ("r", "r0", … "r7", "r00" …).
struct ByLevelThenName {
  static std::array<std::uint64_t, 2> name(const VoxelKey& key) {
    std::array<std::uint64_t, 2> name{};  // 3 bits a level, up to 25 levels
    for (int bit = key.level - 1; bit >= 0; --bit) {
      const std::uint64_t octant =
          static_cast<std::uint64_t>((key.x >> bit & 1) << 2 | (key.y >> bit & 1) << 1 | (key.z >> bit & 1));
      name[0] = name[0] << 3 | name[1] >> 60;
      name[1] = (name[1] << 3 | octant) & ((std::uint64_t{1} << 63) - 1);
    }
    return name;
  }
  bool operator()(const WrittenNode& a, const WrittenNode& b) const {
    return a.key.level != b.key.level ? a.key.level < b.key.level : name(a.key) < name(b.key);
  }
};

struct Links {
  std::vector<std::uint8_t> child_mask;
  std::vector<std::uint32_t> first_child;  ///< its children lie one after the other
};

/// Ancestors that got no points of their own are nodes all the same.
void addMissingParents(std::vector<WrittenNode>& nodes) {
  std::vector<WrittenNode> level;
  for (int l = deepest_level; l > 0; --l) {
    level.clear();
    for (const WrittenNode& node : nodes)
      if (node.key.level == l) level.push_back({node.key.parent()});
    std::sort(level.begin(), level.end(), ByLevelThenName());
    level.erase(std::unique(level.begin(), level.end(), [](const auto& a, const auto& b) { return a.key == b.key; }),
                level.end());
    std::vector<WrittenNode> known;
    for (const WrittenNode& node : nodes)
      if (node.key.level == l - 1) known.push_back(node);
    std::sort(known.begin(), known.end(), ByLevelThenName());
    for (const WrittenNode& node : level)
      if (!std::binary_search(known.begin(), known.end(), node, ByLevelThenName())) nodes.push_back(node);
  }
}

Links link(const std::vector<WrittenNode>& nodes) {
  Links links{std::vector<std::uint8_t>(nodes.size()), std::vector<std::uint32_t>(nodes.size())};
  std::size_t parent = 0;
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    while (nodes[parent].key != nodes[i].key.parent()) ++parent;
    const VoxelKey& key = nodes[i].key;
    if (links.child_mask[parent] == 0) links.first_child[parent] = static_cast<std::uint32_t>(i);
    links.child_mask[parent] |= static_cast<std::uint8_t>(1 << ((key.x & 1) << 2 | (key.y & 1) << 1 | (key.z & 1)));
  }
  return links;
}

/// The pieces of hierarchy.bin: each begins with a node whose level is a multiple of the step and goes on breadth
/// first; where the next piece begins it has a pointer.
class HierarchyBytes {
 public:
  HierarchyBytes(const std::vector<WrittenNode>& nodes, const Links& links, std::uint32_t record_bytes)
      : nodes_(nodes), links_(links), record_bytes_(record_bytes) {}

  std::string make(std::uint64_t& first_chunk_bytes) {
    struct Open {
      std::uint32_t node;
      std::size_t pointer_at;
    };
    std::vector<Open> open{{0, 0}};
    for (std::size_t i = 0; i < open.size(); ++i) {
      const std::size_t begin = bytes_.size();
      std::vector<std::uint32_t> piece{open[i].node};
      for (std::size_t k = 0; k < piece.size(); ++k) {
        const std::uint32_t node = piece[k];
        const bool next_piece = k > 0 && links_.child_mask[node] != 0 && nodes_[node].key.level % hierarchy_step == 0;
        if (next_piece) open.push_back({node, bytes_.size()});
        addRecord(node, next_piece);
        if (next_piece) continue;
        for (int child = 0; child < std::popcount(links_.child_mask[node]); ++child)
          piece.push_back(links_.first_child[node] + static_cast<std::uint32_t>(child));
      }
      const std::uint64_t length = bytes_.size() - begin;
      if (i == 0)
        first_chunk_bytes = length;
      else
        put(open[i].pointer_at + 6, static_cast<std::uint64_t>(begin)), put(open[i].pointer_at + 14, length);
    }
    return std::move(bytes_);
  }

 private:
  template <typename T>
  void put(std::size_t at, T value) {
    std::memcpy(bytes_.data() + at, &value, sizeof(T));
  }
  void addRecord(std::uint32_t node, bool pointer) {
    const std::size_t at = bytes_.size();
    bytes_.resize(at + hierarchy_record_bytes);
    const std::uint8_t mask = links_.child_mask[node];
    put(at, static_cast<std::uint8_t>(pointer ? proxy : mask ? inner : leaf));
    put(at + 1, mask);
    put(at + 2, nodes_[node].points);
    if (pointer) return;
    put(at + 6, nodes_[node].at);
    put(at + 14, static_cast<std::uint64_t>(nodes_[node].points) * record_bytes_);
  }

  const std::vector<WrittenNode>& nodes_;
  const Links& links_;
  std::uint32_t record_bytes_;
  std::string bytes_;
};

nlohmann::ordered_json jsonOf(const Vec3d& v) {
  return {v.x, v.y, v.z};
}

nlohmann::ordered_json attributeJson(const OctreeMetadata& m, std::size_t index) {
  const Field& field = m.layout->fields()[index];
  nlohmann::ordered_json json{{"name", field.name},
                              {"description", field.description},
                              {"size", field.bytes()},
                              {"numElements", field.elements},
                              {"elementSize", bytesOf(field.type)},
                              {"type", toString(field.type)}};
  nlohmann::ordered_json low = nlohmann::ordered_json::array(), high = low, scale = low, offset = low;
  const double scales[]{m.space->steps().scale.x, m.space->steps().scale.y, m.space->steps().scale.z};
  const double offsets[]{m.space->steps().offset.x, m.space->steps().offset.y, m.space->steps().offset.z};
  const std::vector<RecordStats::Range>& ranges = m.stats->ranges(index);
  for (std::size_t e = 0; e < ranges.size(); ++e) {
    const bool place = index == 0;
    const double s = place ? scales[e] : field.scale, o = place ? offsets[e] : field.shift;
    const double l = place ? ranges[e].low * s + o : ranges[e].low, h = place ? ranges[e].high * s + o : ranges[e].high;
    low.push_back(l), high.push_back(h), scale.push_back(s), offset.push_back(o);
  }
  json["min"] = low, json["max"] = high, json["scale"] = scale, json["offset"] = offset;
  if (field.name == field::classification) json["histogram"] = m.stats->countByClass();
  return json;
}

}  // namespace

Result<HierarchyWritten> writeHierarchy(const std::filesystem::path& path, std::vector<WrittenNode> nodes,
                                        std::uint32_t record_bytes) {
  addMissingParents(nodes);
  std::sort(nodes.begin(), nodes.end(), ByLevelThenName());
  HierarchyWritten written;
  written.nodes = nodes.size(), written.depth = nodes.empty() ? 0 : nodes.back().key.level;
  const Links links = link(nodes);
  const std::string bytes = HierarchyBytes(nodes, links, record_bytes).make(written.first_chunk_bytes);
  Result<IndexFile> file = IndexFile::create(path);
  if (!file) return file.error();
  const auto* data = reinterpret_cast<const std::byte*>(bytes.data());
  if (const Status stored = file->write(data, bytes.size(), 0); !stored) return stored.error();
  if (const Status synced = file->sync(); !synced) return synced.error();
  return written;
}

Status writeMetadata(const std::filesystem::path& path, const OctreeMetadata& m) {
  nlohmann::ordered_json json{
      {"version", "2.0"},
      {"name", m.name},
      {"description", ""},
      {"points", m.points},
      {"projection", m.crs},
      {"hierarchy",
       {{"firstChunkSize", m.hierarchy.first_chunk_bytes}, {"stepSize", hierarchy_step}, {"depth", m.hierarchy.depth}}},
      {"offset", jsonOf(m.space->steps().offset)},
      {"scale", jsonOf(m.space->steps().scale)},
      {"spacing", m.space->spacing()},
      {"boundingBox", {{"min", jsonOf(m.space->cube().low)}, {"max", jsonOf(m.space->cube().high)}}},
      {"encoding", "DEFAULT"}};
  // Other readers pass over what they do not know.
  if (!m.geoid.empty()) json["heights"] = {{"geoid", m.geoid}};
  nlohmann::ordered_json attributes = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < m.layout->fields().size(); ++i) attributes.push_back(attributeJson(m, i));
  json["attributes"] = attributes;
  const std::string text = json.dump(1, '\t', false, nlohmann::json::error_handler_t::replace);
  Result<IndexFile> file = IndexFile::create(path);
  if (!file) return file.error();
  if (Status stored = file->write(reinterpret_cast<const std::byte*>(text.data()), text.size(), 0); !stored)
    return stored;
  return file->sync();
}

}  // namespace hashimichi::points
