#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "geo/points/byte_file.h"
#include "geo/points/copc_parts.h"
#include "geo/points/octree_check.h"

namespace hashimichi::points {
namespace {

constexpr std::uint64_t page_limit_bytes = 256u << 20;
constexpr std::int32_t another_page = -1;

struct Entry {
  VoxelKey key;
  std::uint64_t at = 0;
  std::int32_t bytes = 0, points = 0;
};

Entry entryAt(const unsigned char* p) {
  return {{numberAt<std::int32_t>(p, 0), numberAt<std::int32_t>(p, 4), numberAt<std::int32_t>(p, 8),
           numberAt<std::int32_t>(p, 12)},
          numberAt<std::uint64_t>(p, 16),
          numberAt<std::int32_t>(p, 24),
          numberAt<std::int32_t>(p, 28)};
}

bool possible(const VoxelKey& key) {
  if (key.level < 0 || key.level > deepest_node_level) return false;
  const std::int64_t cells = std::int64_t{1} << key.level;
  return key.x >= 0 && key.y >= 0 && key.z >= 0 && key.x < cells && key.y < cells && key.z < cells;
}

/// Reads pages from the root's on; a page is read once, whoever points to it.
class Pages {
 public:
  Pages(std::uint64_t file_bytes, const PageReader& read, LeftOut& left_out)
      : file_bytes_(file_bytes), read_(read), left_out_(left_out) {}

  Status run(std::uint64_t at, std::uint64_t bytes) {
    open_.push_back({{}, at, bytes});
    seen_.insert(at);
    for (bool first = true; !open_.empty(); first = false) {
      const Page page = open_.front();
      open_.pop_front();
      if (page.bytes > page_limit_bytes) {
        left_out_.add(nameOf(page.key), "its page of the hierarchy is larger than any survey needs");
        continue;
      }
      const auto content = read_(page.at, page.bytes - page.bytes % copc_entry_bytes);
      if (!content && first) return content.error();
      if (!content)
        left_out_.add(nameOf(page.key), "its page of the hierarchy lies outside the file");
      else
        for (std::size_t i = 0; i + copc_entry_bytes <= content->size(); i += copc_entry_bytes)
          take(entryAt(content->data() + i));
    }
    return done();
  }
  std::map<VoxelKey, Entry> entries;  ///< sorted by level first

 private:
  struct Page {
    VoxelKey key;
    std::uint64_t at = 0, bytes = 0;
  };

  void take(const Entry& entry) {
    if (!possible(entry.key)) return left_out_.add(nameOf(entry.key), "there is no such place in an octree");
    if (entry.points == another_page) {
      if (entry.bytes < static_cast<std::int32_t>(copc_entry_bytes) || entry.at > file_bytes_ ||
          static_cast<std::uint64_t>(entry.bytes) > file_bytes_ - entry.at)
        return left_out_.add(nameOf(entry.key), "its page of the hierarchy lies outside the file");
      if (!seen_.insert(entry.at).second)
        return left_out_.add(nameOf(entry.key), "the hierarchy goes round in a circle");
      open_.push_back({entry.key, entry.at, static_cast<std::uint64_t>(entry.bytes)});
      return;
    }
    if (entries.size() >= most_nodes)
      return left_out_.add(nameOf(entry.key), "there are more nodes than this program holds");
    if (!entries.emplace(entry.key, entry).second) left_out_.add(nameOf(entry.key), "it is listed twice");
  }

  std::uint64_t file_bytes_;
  const PageReader& read_;
  LeftOut& left_out_;
  std::deque<Page> open_;
  std::set<std::uint64_t> seen_;
};

std::string pointsDamage(const Entry& entry, std::uint64_t file_bytes) {
  if (entry.points < 0 || entry.bytes < 0 || (entry.points > 0) != (entry.bytes > 0))
    return fmt::format("it has {} points in {} bytes", entry.points, entry.bytes);
  if (static_cast<std::uint32_t>(entry.points) > most_node_points) return fmt::format("it has {} points", entry.points);
  const auto bytes = static_cast<std::uint64_t>(entry.bytes);
  if (bytes > file_bytes || (bytes > 0 && entry.at > file_bytes - bytes))
    return fmt::format("its points lie at bytes {} to {}, but the file has {}", entry.at, entry.at + bytes, file_bytes);
  return {};
}

}  // namespace

Result<CopcInfo> parseCopcInfo(const std::string& head, const std::string& file) {
  const auto broken = [&](const char* what) {
    return Error{ErrorCode::unreadable, file, fmt::format("The COPC file is damaged: {}.", what),
                 "Copy the file again."};
  };
  if (head.size() < copc_info_at + copc_info_bytes) return broken("it ends before it says where its octree is");
  const char* p = head.data() + copc_info_at;
  CopcInfo info;
  info.centre = {numberAt<double>(p, 0), numberAt<double>(p, 8), numberAt<double>(p, 16)};
  info.half_size = numberAt<double>(p, 24);
  info.spacing = numberAt<double>(p, 32);
  info.hierarchy_at = numberAt<std::uint64_t>(p, 40);
  info.hierarchy_bytes = numberAt<std::uint64_t>(p, 48);
  info.gps_low = numberAt<double>(p, 56);
  info.gps_high = numberAt<double>(p, 64);
  if (!isFinite(info.centre) || !std::isfinite(info.half_size) || info.half_size < 0)
    return broken("the cube of its octree is no cube");
  if (!(info.spacing > 0) || !std::isfinite(info.spacing)) info.spacing = info.half_size / 64;
  if (info.hierarchy_bytes < copc_entry_bytes) return broken("the first page of its hierarchy is empty");
  return info;
}

Result<std::vector<OctreeNode>> parseCopcHierarchy(const CopcInfo& info, const Bounds& cube, std::uint64_t file_bytes,
                                                   const PageReader& read, const std::string& file,
                                                   Problems& problems) {
  LeftOut left_out(file, problems);
  Pages pages(file_bytes, read, left_out);
  if (const Status told = pages.run(info.hierarchy_at, info.hierarchy_bytes); !told) return told.error();
  std::vector<OctreeNode> nodes;
  std::map<VoxelKey, std::int32_t> place;
  for (const auto& [key, entry] : pages.entries) {
    const auto parent = key.level == 0 ? place.end() : place.find(key.parent());
    if (key.level > 0 && parent == place.end()) {
      left_out.add(nameOf(key), "the node above it is missing");
      continue;
    }
    if (const std::string why = pointsDamage(entry, file_bytes); !why.empty()) {
      left_out.add(nameOf(key), why);
      continue;
    }
    OctreeNode node;
    node.key = key;
    node.bounds = cubeOf(cube, key);
    node.point_count = static_cast<std::uint32_t>(entry.points);
    node.byte_offset = entry.at;
    node.byte_size = static_cast<std::uint64_t>(entry.bytes);
    const auto index = static_cast<std::int32_t>(nodes.size());
    const std::size_t octant = static_cast<std::size_t>((key.x & 1) << 2 | (key.y & 1) << 1 | (key.z & 1));
    if (parent != place.end()) nodes[static_cast<std::size_t>(parent->second)].children[octant] = index;
    place.emplace(key, index);
    nodes.push_back(node);
  }
  if (nodes.empty())
    return Error{ErrorCode::unreadable, file, "The COPC file's hierarchy has no root that can be read.",
                 "Copy the file again."};
  return nodes;
}

}  // namespace hashimichi::points
