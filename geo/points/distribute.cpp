#include "geo/points/distribute.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <limits>
#include <mutex>

#include "geo/points/heap_writer.h"

namespace hashimichi::points {
namespace {

constexpr std::size_t block_bytes = 512u << 10;
constexpr std::uint64_t sample_points = 1u << 20;

std::size_t blockPoints(const RecordLayout& layout) {
  return std::clamp<std::size_t>(block_bytes / std::max<std::uint32_t>(1, layout.bytes()), 16, 1u << 16);
}

struct Job {
  std::size_t source;
  Piece piece;
};

/// In whose steps points are wanted.
enum class In { own_steps, cloud_steps };

/// Lets every thread read pieces of all sources; `use(thread, source, records, count)` takes each block.
template <typename Use>
Status readJobs(const Cloud& cloud, In in, const std::vector<Job>& jobs, std::vector<SourceOutcome>& outcome,
                IndexWork& work, std::string step, double from, double to, const Use& use) {
  std::uint64_t total = 0;
  for (const Job& job : jobs) total += job.piece.count;
  outcome.assign(cloud.sources.size(), {});
  std::mutex mutex;
  std::atomic<std::size_t> next{0};
  return work.run(std::move(step), from, to, total, [&](int thread) -> Status {
    const std::size_t room = blockPoints(cloud.layout);
    BigBuffer<std::byte> block(room * cloud.layout.bytes() + 8);
    for (std::size_t i = next++; i < jobs.size(); i = next++) {
      const Job& job = jobs[i];
      const PointSource& source = *cloud.sources[job.source];
      Result<std::unique_ptr<PointCursor>> cursor =
          source.open(job.piece, cloud.layout, in == In::own_steps ? source.info().steps : cloud.steps);
      std::uint64_t read = 0;
      if (cursor)
        while (const std::size_t got = (*cursor)->read(block.data(), room)) {
          if (!work.goOn(thread)) return done();
          if (Status used = use(thread, job.source, block.data(), got); !used) return used;
          read += got;
          work.advance(got);
        }
      if (!work.goOn(thread)) return done();
      const std::lock_guard lock(mutex);
      SourceOutcome& mine = outcome[job.source];
      mine.read += read;
      if (cursor) mine.unusable += (*cursor)->unusable();
      if (mine.damage.empty()) mine.damage = cursor ? (*cursor)->damage() : cursor.error().what;
    }
    return done();
  });
}

/// Lowest and highest integers.
struct Extent {
  static constexpr std::int32_t most = std::numeric_limits<std::int32_t>::max(),
                                least = std::numeric_limits<std::int32_t>::min();
  std::array<std::int32_t, 3> low{most, most, most}, high{least, least, least};
  void add(const std::int32_t* xyz) {
    for (std::size_t a = 0; a < 3; ++a) low[a] = std::min(low[a], xyz[a]), high[a] = std::max(high[a], xyz[a]);
  }
  Bounds bounds(const Steps& steps) const { return low[0] > high[0] ? Bounds{} : boundsOfSteps(low, high, steps); }
};

std::vector<Job> allPieces(const Cloud& cloud) {
  std::vector<Job> jobs;
  for (std::size_t s = 0; s < cloud.sources.size(); ++s)
    for (const Piece& piece : cloud.sources[s]->pieces()) jobs.push_back({s, piece});
  return jobs;
}

}  // namespace

Bounds boundsOfSteps(const std::array<std::int32_t, 3>& low, const std::array<std::int32_t, 3>& high,
                     const Steps& steps) {
  Bounds bounds;
  for (const auto& corner : {low, high})
    bounds.add(Vec3d{corner[0] * steps.scale.x + steps.offset.x, corner[1] * steps.scale.y + steps.offset.y,
                     corner[2] * steps.scale.z + steps.offset.z});
  return bounds;
}

Bounds boundsOf(const RecordStats& stats, const Steps& steps) {
  if (stats.points() == 0) return {};
  std::array<std::int32_t, 3> low{}, high{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    low[axis] = static_cast<std::int32_t>(stats.ranges(0)[axis].low);
    high[axis] = static_cast<std::int32_t>(stats.ranges(0)[axis].high);
  }
  return boundsOfSteps(low, high, steps);
}

Result<std::vector<SourceSample>> sampleCloud(const Cloud& cloud, IndexWork& work) {
  std::vector<Job> jobs;
  for (std::size_t s = 0; s < cloud.sources.size(); ++s) {
    const double share = static_cast<double>(cloud.sources[s]->info().points) / static_cast<double>(cloud.points);
    const auto wanted = std::max<std::uint64_t>(4096, static_cast<std::uint64_t>(share * sample_points));
    for (const Piece& piece : cloud.sources[s]->samples(wanted)) jobs.push_back({s, piece});
  }
  // A source that can only be read as a whole gives every n-th point.
  std::vector<std::uint64_t> every(cloud.sources.size()), seen(cloud.sources.size());
  for (const Job& job : jobs) every[job.source] += job.piece.count;
  for (std::uint64_t& n : every) n = n / sample_points + 1;
  std::vector<SourceSample> samples(cloud.sources.size());
  std::mutex mutex;
  std::vector<SourceOutcome> outcome;
  const std::uint32_t stride = cloud.layout.bytes();
  const Status read = readJobs(cloud, In::own_steps, jobs, outcome, work, "sampling", 0, 0.02,
                               [&](int, std::size_t source, const std::byte* records, std::size_t count) -> Status {
                                 const std::lock_guard lock(mutex);
                                 std::vector<std::int32_t>& xyz = samples[source].xyz;
                                 for (std::size_t i = 0; i < count; ++i) {
                                   if (seen[source]++ % every[source] != 0) continue;
                                   std::int32_t place[3];
                                   std::memcpy(place, records + i * stride, sizeof(place));
                                   xyz.insert(xyz.end(), place, place + 3);
                                 }
                                 return done();
                               });
  if (!read) return read.error();
  for (std::size_t s = 0; s < samples.size(); ++s) {
    const SourceInfo& info = cloud.sources[s]->info();
    Extent extent;
    for (std::size_t i = 0; i < samples[s].xyz.size(); i += 3) extent.add(&samples[s].xyz[i]);
    samples[s].bounds = extent.bounds(info.steps);
    samples[s].weight = static_cast<float>(static_cast<double>(info.points) /
                                           static_cast<double>(std::max<std::size_t>(1, samples[s].xyz.size() / 3)));
  }
  return samples;
}

Result<std::vector<Bounds>> exactBounds(const Cloud& cloud, IndexWork& work) {
  const std::size_t sources = cloud.sources.size();
  std::vector<std::vector<Extent>> extents(static_cast<std::size_t>(work.threads()), std::vector<Extent>(sources));
  std::vector<SourceOutcome> outcome;
  const std::uint32_t stride = cloud.layout.bytes();
  const Status read =
      readJobs(cloud, In::own_steps, allPieces(cloud), outcome, work, "extent", 0.02, 0.1,
               [&](int thread, std::size_t source, const std::byte* records, std::size_t count) -> Status {
                 Extent& mine = extents[static_cast<std::size_t>(thread)][source];
                 for (std::size_t i = 0; i < count; ++i) {
                   std::int32_t xyz[3];
                   std::memcpy(xyz, records + i * stride, 12);
                   mine.add(xyz);
                 }
                 return done();
               });
  if (!read) return read.error();
  std::vector<Bounds> bounds(sources);
  for (const std::vector<Extent>& of_thread : extents)
    for (std::size_t s = 0; s < sources; ++s) bounds[s].add(of_thread[s].bounds(cloud.sources[s]->info().steps));
  return bounds;
}

std::vector<float> estimateCounts(const Cloud& cloud, const std::vector<SourceSample>& samples,
                                  const IndexSpace& space) {
  std::vector<float> counts(plan_cells);
  constexpr std::size_t run = 4096;
  std::vector<std::uint32_t> x(run), y(run), z(run);
  std::vector<std::int32_t> xyz;
  for (std::size_t s = 0; s < samples.size(); ++s) {
    const StepChange change(cloud.sources[s]->info().steps, cloud.steps);
    const std::size_t size = samples[s].xyz.size() / 3;
    for (std::size_t first = 0; first < size; first += run) {
      const std::size_t n = std::min(run, size - first);
      const auto from = samples[s].xyz.begin() + static_cast<std::ptrdiff_t>(3 * first);
      xyz.assign(from, from + static_cast<std::ptrdiff_t>(3 * n));
      if (!change.same())
        for (std::size_t i = 0; i < n; ++i) change.apply(&xyz[3 * i]);
      space.places(reinterpret_cast<const std::byte*>(xyz.data()), 12, n, x.data(), y.data(), z.data());
      for (std::size_t i = 0; i < n; ++i) counts[planCell(x[i], y[i], z[i], 0)] += samples[s].weight;
    }
  }
  return counts;
}

Result<Distribution> distribute(const Cloud& cloud, const IndexSpace& space, const ChunkPlan& plan, ChunkStore& store,
                                std::uint32_t first_heap, std::size_t memory_bytes, IndexWork& work) {
  const auto threads = static_cast<std::size_t>(work.threads());
  struct Mine {
    RecordStats stats;
    HeapWriter writer;
    std::vector<std::uint32_t> x, y, z;
  };
  const std::size_t room = blockPoints(cloud.layout);
  std::vector<Mine> all;
  all.reserve(threads);
  for (std::size_t i = 0; i < threads; ++i)
    all.push_back({RecordStats(cloud.layout),
                   HeapWriter(store, first_heap, static_cast<std::uint32_t>(plan.keys.size()), memory_bytes / threads,
                              cloud.layout.bytes()),
                   std::vector<std::uint32_t>(room), std::vector<std::uint32_t>(room),
                   std::vector<std::uint32_t>(room)});
  Distribution result{RecordStats(cloud.layout), {}};
  const std::uint32_t stride = cloud.layout.bytes();
  Status read = readJobs(
      cloud, In::cloud_steps, allPieces(cloud), result.sources, work, "distributing", 0.1, 0.5,
      [&](int thread, std::size_t, const std::byte* records, std::size_t count) -> Status {
        Mine& mine = all[static_cast<std::size_t>(thread)];
        space.places(records, stride, count, mine.x.data(), mine.y.data(), mine.z.data());
        mine.stats.add(records, count);
        for (std::size_t i = 0; i < count; ++i)
          if (!mine.writer.add(plan.chunk_of_cell[planCell(mine.x[i], mine.y[i], mine.z[i], 0)], records + i * stride))
            return mine.writer.failure();
        return done();
      });
  if (!read) return read.error();
  for (Mine& mine : all) {
    if (const Status flushed = mine.writer.flush(); !flushed) return flushed.error();
    result.stats.add(mine.stats);
  }
  return result;
}

namespace {

/// `use` returns false when it failed; it tells of that itself.
template <typename Use>
Status readHeap(const ChunkStore& store, std::uint32_t heap, const RecordLayout& layout, const IndexSpace& space,
                IndexWork& work, const Use& use) {
  const std::size_t room = blockPoints(layout), stride = layout.bytes();
  BigBuffer<std::byte> block(room * stride + 8);
  std::vector<std::uint32_t> x(room), y(room), z(room);
  for (std::uint64_t at = 0; at < store.bytes(heap);) {
    if (!work.goOn(0)) return IndexWork::cancelledError();
    const auto bytes = static_cast<std::size_t>(std::min<std::uint64_t>(room * stride, store.bytes(heap) - at));
    if (Status got = store.read(heap, at, block.data(), bytes); !got) return got;
    space.places(block.data(), stride, bytes / stride, x.data(), y.data(), z.data());
    for (std::size_t i = 0; i < bytes / stride; ++i)
      if (!use(x[i], y[i], z[i], block.data() + i * stride)) return done();
    at += bytes;
  }
  return done();
}

}  // namespace

Result<std::vector<float>> countHeap(const ChunkStore& store, std::uint32_t heap, const RecordLayout& layout,
                                     const IndexSpace& space, const VoxelKey& root, IndexWork& work) {
  std::vector<std::uint32_t> counts(plan_cells);
  const Status read = readHeap(store, heap, layout, space, work,
                               [&](std::uint32_t x, std::uint32_t y, std::uint32_t z, const std::byte*) {
                                 ++counts[planCell(x, y, z, root.level)];
                                 return true;
                               });
  if (!read) return read.error();
  return std::vector<float>(counts.begin(), counts.end());
}

Status redistribute(ChunkStore& store, std::uint32_t heap, const RecordLayout& layout, const IndexSpace& space,
                    const ChunkPlan& plan, std::uint32_t first_heap, std::size_t memory_bytes, IndexWork& work) {
  HeapWriter writer(store, first_heap, static_cast<std::uint32_t>(plan.keys.size()), memory_bytes, layout.bytes());
  const int level = plan.root.level;
  if (Status read = readHeap(store, heap, layout, space, work,
                             [&](std::uint32_t x, std::uint32_t y, std::uint32_t z, const std::byte* record) {
                               return writer.add(plan.chunk_of_cell[planCell(x, y, z, level)], record);
                             });
      !read)
    return read;
  return writer.flush();
}

}  // namespace hashimichi::points
