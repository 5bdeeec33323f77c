#include "geo/points/query.h"

#include <algorithm>
#include <cmath>

namespace hashimichi::points {
namespace {

bool inBox(const Bounds& box, Vec3d p) {
  return p.x >= box.low.x && p.x <= box.high.x && p.y >= box.low.y && p.y <= box.high.y && p.z >= box.low.z &&
         p.z <= box.high.z;
}

bool inOriented(const OrientedBox& box, Vec3d p) {
  const Vec3d from = p - box.centre;
  return std::fabs(dot(from, box.axes[0])) <= box.half.x && std::fabs(dot(from, box.axes[1])) <= box.half.y &&
         std::fabs(dot(from, box.axes[2])) <= box.half.z;
}

/// Even-odd rule; a closing point that repeats the first adds an edge without length and does no harm.
bool inPolygon(std::span<const Vec3d> ring, Vec3d p) {
  bool inside = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    if ((ring[i].y > p.y) == (ring[j].y > p.y)) continue;
    const double x = ring[j].x + (p.y - ring[j].y) / (ring[i].y - ring[j].y) * (ring[i].x - ring[j].x);
    if (p.x < x) inside = !inside;
  }
  return inside;
}

bool overlap(const Bounds& a, const Bounds& b) {
  return a.low.x <= b.high.x && b.low.x <= a.high.x && a.low.y <= b.high.y && b.low.y <= a.high.y &&
         a.low.z <= b.high.z && b.low.z <= a.high.z;
}

/// Separated along one of the oriented box's own axes? (The other axes are left to the points' own test.)
bool apart(const OrientedBox& box, const Bounds& bounds) {
  const Vec3d from = bounds.centre() - box.centre, half = bounds.size() * 0.5;
  const double lengths[]{box.half.x, box.half.y, box.half.z};
  for (std::size_t i = 0; i < 3; ++i) {
    const Vec3d axis = box.axes[i];
    const double reach = std::fabs(axis.x) * half.x + std::fabs(axis.y) * half.y + std::fabs(axis.z) * half.z;
    if (std::fabs(dot(from, axis)) > lengths[i] + reach) return true;
  }
  return false;
}

std::uint8_t classOf(const std::vector<std::uint8_t>& classes, std::size_t i) {
  return classes.empty() ? std::uint8_t{0} : classes[i];
}

/// What is filled for one node and handed to the visitor; kept from node to node for its memory.
struct Sieve {
  std::vector<Vec3d> all, local;
  std::vector<std::uint32_t> index;

  void run(const PointBatch& batch, const OctreePlacer& placer, const Region& region, std::size_t limit) {
    all.resize(batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) all[i] = batch.position(i);
    placer.apply(all);
    local.clear();
    index.clear();
    for (std::uint32_t i = 0; i < all.size() && local.size() < limit; ++i) {
      if (!isFinite(all[i]) || !region.classes[classOf(batch.classification, i)] || !region.contains(all[i])) continue;
      local.push_back(all[i]);
      index.push_back(i);
    }
  }
};

/// The nodes that the region may touch, in the tree's order, so that the file is read forwards level by level.
std::vector<std::uint32_t> touchedNodes(const Octree& octree, const OctreePlacer& placer, const Region& region,
                                        int max_level, bool& all_levels) {
  const std::span<const OctreeNode> nodes = octree.nodes();
  std::vector<std::uint32_t> touched, open;
  if (!nodes.empty()) open.push_back(0);
  while (!open.empty()) {
    const std::uint32_t index = open.back();
    open.pop_back();
    const OctreeNode& node = nodes[index];
    const Bounds local = placer(node.bounds);
    // A cube of which no corner has a place may still hold points that have one.
    if (!local.empty() && !region.mayTouch(local)) continue;
    if (node.key.level > max_level) {
      all_levels = false;
      continue;
    }
    if (node.point_count > 0) touched.push_back(index);
    for (const std::int32_t child : node.children)
      if (child != OctreeNode::none) open.push_back(static_cast<std::uint32_t>(child));
  }
  std::sort(touched.begin(), touched.end());
  return touched;
}

}  // namespace

OrientedBox sectionBox(Vec3d from, Vec3d to, double width_m, double low_z, double high_z) {
  OrientedBox box;
  const double length = distance2d(from, to);
  const Vec3d along = length > 0 ? Vec3d{(to.x - from.x) / length, (to.y - from.y) / length, 0} : Vec3d{1, 0, 0};
  box.axes = {along, Vec3d{-along.y, along.x, 0}, Vec3d{0, 0, 1}};
  box.centre = {(from.x + to.x) / 2, (from.y + to.y) / 2, (low_z + high_z) / 2};
  box.half = {length / 2, width_m / 2, (high_z - low_z) / 2};
  return box;
}

bool Region::contains(Vec3d local) const {
  return (box.empty() || inBox(box, local)) && (!oriented || inOriented(*oriented, local)) &&
         (polygon.size() < 3 || inPolygon(polygon, local)) && (!where || where(local));
}

bool Region::mayTouch(const Bounds& local) const {
  if (!box.empty() && !overlap(box, local)) return false;
  if (oriented && apart(*oriented, local)) return false;
  if (polygon.size() < 3) return true;
  Bounds around;
  for (const Vec3d& p : polygon) around.add(p);
  around.low.z = local.low.z;
  around.high.z = local.high.z;
  return overlap(around, local);
}

Result<QueryReport> visitPoints(const Octree& octree, const OctreePlace& place, const Region& region,
                                const QueryVisitor& visitor, Progress& progress, const QueryOptions& options) {
  const Result<OctreePlacer> placer = OctreePlacer::create(place);
  if (!placer) return placer.error();
  QueryReport report;
  const auto nodes = touchedNodes(octree, *placer, region, options.max_level, report.full_detail);
  Sieve sieve;
  std::size_t done = 0;
  for (const std::uint32_t node : nodes) {
    if (progress.cancelled()) return Error{ErrorCode::cancelled, {}, "Reading the points was cancelled.", {}};
    progress.report(static_cast<double>(done++) / static_cast<double>(nodes.size()), "points");
    if (options.point_limit > 0 && report.points >= options.point_limit) {
      report.full_detail = false;
      break;
    }
    const Result<PointBatch> batch = options.every_attribute ? octree.loadAll(node) : octree.load(node);
    if (!batch) {
      report.lost_points += octree.nodes()[node].point_count;
      report.full_detail = false;
      if (!report.first_failure) report.first_failure = batch.error();
      continue;
    }
    ++report.nodes;
    const std::size_t room = options.point_limit > 0 ? options.point_limit - report.points : batch->size();
    sieve.run(*batch, *placer, region, room);
    if (room < batch->size() && sieve.local.size() == room) report.full_detail = false;
    if (sieve.local.empty()) continue;
    report.points += sieve.local.size();
    if (!visitor({sieve.local, sieve.index, &*batch, node})) {
      report.full_detail = false;
      break;
    }
  }
  if (report.nodes == 0 && report.first_failure) return *report.first_failure;
  return report;
}

QueryReport visitPoints(const model::PointSample& sample, const Region& region, const QueryVisitor& visitor) {
  constexpr std::size_t batch = 1 << 16;
  QueryReport report;
  report.full_detail = false;
  std::vector<Vec3d> local;
  std::vector<std::uint32_t> index;
  for (std::size_t first = 0; first < sample.size(); first += batch) {
    local.clear();
    index.clear();
    for (std::size_t i = first; i < std::min(first + batch, sample.size()); ++i) {
      const Vec3d p{sample.xyz[3 * i], sample.xyz[3 * i + 1], sample.xyz[3 * i + 2]};
      if (!region.classes[classOf(sample.classification, i)] || !region.contains(p)) continue;
      local.push_back(p);
      index.push_back(static_cast<std::uint32_t>(i));
    }
    if (local.empty()) continue;
    report.points += local.size();
    if (!visitor({local, index, nullptr, 0})) break;
  }
  return report;
}

}  // namespace hashimichi::points
