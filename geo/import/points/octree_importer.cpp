#include "geo/import/points/octree_importer.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

#include "geo/core/file.h"
#include "geo/import/choose_frame.h"
#include "geo/import/importer.h"
#include "geo/import/points/las_header.h"
#include "geo/import/points/las_place.h"
#include "geo/points/node_store.h"
#include "geo/points/octree.h"

namespace hashimichi::import {
namespace {

using points::OctreePlacer;
using points::OctreePtr;

/// The last level that is sampled: with it the points stay within the budget. The root always is.
std::int32_t lastLevel(const points::Octree& octree, std::size_t budget) {
  std::map<std::int32_t, std::uint64_t> points_of_level;
  for (const points::OctreeNode& node : octree.nodes()) points_of_level[node.key.level] += node.point_count;
  std::uint64_t sum = 0;
  std::int32_t last = 0;
  for (const auto& [level, count] : points_of_level) {
    sum += count;
    if (sum > budget && sum > count) break;
    last = level;
  }
  return last;
}

std::uint64_t pointsOf(const points::Octree& octree) {
  std::uint64_t sum = 0;
  for (const points::OctreeNode& node : octree.nodes()) sum += node.point_count;
  return sum;
}

struct Gathered {
  model::PointSample sample;
  Bounds bounds;
  std::uint64_t read = 0, unreadable = 0;
  std::optional<Error> failure;
};

void append(model::PointSample& sample, const points::ResidentNode& node) {
  for (std::size_t i = 0; i < node.size(); ++i) {
    const Vec3d p = node.position(i);
    for (const double value : {p.x, p.y, p.z}) sample.xyz.push_back(static_cast<float>(value));
  }
  sample.rgb.insert(sample.rgb.end(), node.rgb.begin(), node.rgb.end());
  if (node.classification.empty())
    sample.classification.insert(sample.classification.end(), node.size(), 0);
  else
    sample.classification.insert(sample.classification.end(), node.classification.begin(), node.classification.end());
}

/// Nodes of the coarse levels, unpacked and placed by several threads.
class CoarseNodes {
 public:
  CoarseNodes(const points::Octree& octree, const points::OctreePlace& place, std::vector<std::size_t> nodes)
      : octree_(octree), place_(place), nodes_(std::move(nodes)), loaded_(nodes_.size()) {}

  /// @returns false when cancelled
  bool load(int threads, Progress& progress) {
    const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    std::vector<std::jthread> helpers;
    for (int i = 1; i < std::clamp(threads > 0 ? threads : cores, 1, 8); ++i)
      helpers.emplace_back([this] { work(nullptr); });
    work(&progress);
    helpers.clear();
    return !stop_;
  }
  std::size_t size() const { return nodes_.size(); }
  std::size_t node(std::size_t i) const { return nodes_[i]; }
  const std::optional<Result<points::ResidentNode>>& loaded(std::size_t i) const { return loaded_[i]; }

 private:
  void work(Progress* progress) {
    const auto placer = OctreePlacer::create(place_);  // not to be shared between threads
    for (std::size_t i = next_++; i < nodes_.size() && !stop_ && placer; i = next_++) {
      if (progress) {
        if (progress->cancelled()) stop_ = true;
        progress->report(-1, "points");
      }
      try {
        loaded_[i] = points::loadResident(octree_, nodes_[i], *placer, 0);
      } catch (const std::exception& wrong) {  // an exception must not leave a thread
        loaded_[i] = Error{ErrorCode::limit, {}, std::string("A node cannot be read: ") + wrong.what() + ".", {}};
      }
    }
  }

  const points::Octree& octree_;
  points::OctreePlace place_;
  std::vector<std::size_t> nodes_;
  std::vector<std::optional<Result<points::ResidentNode>>> loaded_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> stop_{false};
};

/// Nothing when cancelled.
std::optional<Gathered> gather(const points::Octree& octree, const points::OctreePlace& place, int threads,
                               Progress& progress) {
  const std::int32_t last = lastLevel(octree, octree_sample_budget);
  const auto nodes = octree.nodes();
  std::vector<std::size_t> wanted;
  for (std::size_t i = 0; i < nodes.size(); ++i)
    if (nodes[i].key.level <= last && nodes[i].point_count > 0) wanted.push_back(i);
  CoarseNodes coarse(octree, place, std::move(wanted));
  if (!coarse.load(threads, progress)) return std::nullopt;
  Gathered gathered;
  for (std::size_t i = 0; i < coarse.size(); ++i) {
    const auto& node = coarse.loaded(i);
    const std::uint32_t points = nodes[coarse.node(i)].point_count;
    if (!node || !*node) {
      gathered.unreadable += points;
      if (!gathered.failure && node) gathered.failure = node->error();
      continue;
    }
    gathered.read += points;
    gathered.bounds.add((*node)->bounds);
    append(gathered.sample, **node);
  }
  return gathered;
}

/// Counted where every point was read, else as the octree itself says (all 0 where it does not).
std::vector<std::size_t> countByClass(const points::Octree& octree, const Gathered& gathered) {
  std::vector<std::size_t> counts(256);
  if (gathered.read == pointsOf(octree) && gathered.sample.size() == gathered.read)
    for (const unsigned char kind : gathered.sample.classification) ++counts[kind];
  else
    std::copy(octree.info().count_by_class.begin(), octree.info().count_by_class.end(), counts.begin());
  return counts;
}

class OctreeImporter final : public Importer {
 public:
  std::string_view format() const override { return "point octree"; }
  bool accepts(const std::filesystem::path& path, std::string_view) const override {
    return points::looksLikeOctree(path);
  }

  Result<Peek> peek(const std::filesystem::path& path, const Options& options, Problems&) const override {
    Problems told_when_read;
    const Result<OctreePtr> octree = points::openOctree(path, told_when_read);
    if (!octree) return isFile(path) ? lasImporter().peek(path, options, told_when_read) : octree.error();
    const points::OctreeInfo& info = (*octree)->info();
    return Peek{info.format, info.crs.empty() ? options.source_crs : info.crs, crs::AxisOrder::east_first, info.bounds};
  }

  Status read(const std::filesystem::path& path, Context& context) const override {
    const std::string file = toUtf8(path);
    const Result<OctreePtr> octree = points::openOctree(path, context.problems);
    if (!octree && isFile(path)) return readAsLaz(path, octree.error(), context);
    if (!octree) return octree.error();
    LasHeader header;
    if (isFile(path) && (*octree)->info().format == "COPC") {
      Problems told_already;
      if (const Result<LasHeader> own = readLasHeader(path, told_already)) header = *own;
    }
    header.bounds = (*octree)->info().bounds;
    header.crs = (*octree)->info().crs;
    const Result<LasPlace> place = placeCloud(header, file, context);
    if (!place) return place.error();
    const points::OctreePlace where{context.frame, place->crs, place->swap_axes, place->heights};
    const auto placer = OctreePlacer::create(where);
    if (!placer) return placer.error();
    std::optional<Gathered> gathered = gather(**octree, where, context.options.threads, context.progress);
    if (!gathered) return Error{ErrorCode::cancelled, file, "Reading the points was cancelled.", {}};
    if (gathered->sample.size() == 0) return nothing(**octree, *gathered, file);
    if (context.area && distanceBetween(gathered->bounds, *context.area) > same_town_m)
      return Error{ErrorCode::bad_crs, file, "The points lie more than 100 km from the project's area.",
                   "Check the file's coordinate reference system."};
    if (gathered->failure)
      context.problems.skip(file, {}, "octree.unreadable",
                            fmt::format("{} points of the coarse levels cannot be read: {}", gathered->unreadable,
                                        gathered->failure->what),
                            gathered->failure->advice);
    pour(path, **octree, *placer, header.surveyed, std::move(*gathered), context);
    return done();
  }

 private:
  static bool isFile(const std::filesystem::path& path) {
    std::error_code ignored;
    return path.extension() != ".json" && path.extension() != ".bin" && std::filesystem::is_regular_file(path, ignored);
  }

  /// A COPC file is a LAZ file, too: without its octree it is read as one.
  static Status readAsLaz(const std::filesystem::path& path, const Error& why, Context& context) {
    const Status read = lasImporter().read(path, context);
    if (read)
      context.problems.assume(
          toUtf8(path), {}, "copc.as_laz",
          "The octree in the COPC file cannot be used; its points were read as those of a LAZ file: " + why.what,
          why.advice);
    return read;
  }

  static Error nothing(const points::Octree& octree, const Gathered& gathered, const std::string& file) {
    if (gathered.failure) return *gathered.failure;
    if (pointsOf(octree) == 0)
      return {ErrorCode::bad_input, file, "The point cloud holds no points.", "Copy or export it again."};
    return {ErrorCode::bad_crs, file, "No point has a place in the project's coordinate reference system.",
            "Check the file's own, or name it with --source-crs EPSG:code."};
  }

  static void pour(const std::filesystem::path& path, const points::Octree& octree, const OctreePlacer& placer,
                   std::optional<Instant> surveyed, Gathered gathered, Context& context) {
    std::error_code error;
    const std::filesystem::path absolute = std::filesystem::absolute(path, error);
    model::PointCloud cloud;
    std::string name = toUtf8(path.stem());
    if (name == "metadata" || name == "hierarchy" || name == "octree") name = toUtf8(absolute.parent_path().filename());
    cloud.id = name;
    cloud.path = cloud.octree = toUtf8(error ? path : absolute);
    cloud.source = toUtf8(path);
    cloud.surveyed = surveyed;
    cloud.point_count = static_cast<std::size_t>(pointsOf(octree));
    cloud.count_by_class = countByClass(octree, gathered);
    cloud.bounds = gathered.bounds;
    cloud.bounds.add(placer(octree.info().bounds));
    cloud.sample = std::move(gathered.sample);
    context.sink.add(std::move(cloud));
  }
};

}  // namespace

const Importer& octreeImporter() {
  static const OctreeImporter importer;
  return importer;
}

}  // namespace hashimichi::import
