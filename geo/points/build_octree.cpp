#include "geo/points/build_octree.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "geo/core/file.h"
#include "geo/points/chunk_store.h"
#include "geo/points/cloud_steps.h"
#include "geo/points/distribute.h"
#include "geo/points/index_journal.h"
#include "geo/points/octree_writer.h"
#include "geo/points/subtree_builder.h"
#include "geo/points/text_source.h"
#include "geo/points/top_join.h"
#include "geo/points/workshop.h"

namespace hashimichi::points {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t mib = 1u << 20;
/// What a thread needs beside its share of the points: the sampling grid and what waits to be written.
constexpr std::uint64_t thread_bytes = 15 * mib;
constexpr int least_mib_per_thread = 48;
/// Chunks are planned by an estimate: so much of what fits.
constexpr double planned_share = 0.6;
/// More heaps than this and their buffers are too small for the disk; larger ones are cut up in a second round.
constexpr double most_chunks = 4096;

/// Opens what can be opened; a survey of which one file is bad is indexed without it, and says so.
Status openSources(const IndexJob& job, Cloud& cloud, Problems& problems, Progress& progress) {
  std::optional<Error> first;
  for (const fs::path& path : job.files) {
    if (progress.cancelled()) return IndexWork::cancelledError();
    Result<PointSourcePtr> source = openSource(path, problems, progress);
    if (!source) {
      if (source.error().code == ErrorCode::cancelled) return source.error();
      if (!first) first = source.error();
      if (job.files.size() > 1) problems.fail(source.error());
      continue;
    }
    cloud.points += (*source)->info().points, cloud.bytes += (*source)->info().bytes;
    cloud.sources.push_back(std::move(*source));
  }
  if (!cloud.sources.empty()) return done();
  return first ? *first : Error{ErrorCode::bad_input, {}, "No file was named.", "Name the survey's files."};
}

Status agreeOnCrs(const IndexJob& job, Cloud& cloud, Problems& problems) {
  std::string named_by;
  for (const PointSourcePtr& source : cloud.sources) {
    const SourceInfo& info = source->info();
    if (info.crs.empty()) continue;
    if (!named_by.empty() && info.crs != cloud.crs)
      return Error{ErrorCode::bad_crs, info.file,
                   fmt::format("The files name different coordinate reference systems: this one is not in that of {}.",
                               named_by),
                   "Index them one by one, or export them in one system."};
    named_by = info.file, cloud.crs = info.crs, cloud.geographic = info.geographic;
  }
  for (const PointSourcePtr& source : cloud.sources)
    if (const SourceInfo& info = source->info(); info.crs.empty() && !(cloud.crs.empty() && job.source_crs.empty()))
      problems.assume(info.file, {}, "crs.assumed",
                      fmt::format("The file names no coordinate reference system; {} was taken.",
                                  cloud.crs.empty() ? job.source_crs : "that of the other files"),
                      "If that is wrong, name it with --source-crs EPSG:code.");
  if (cloud.crs.empty()) cloud.crs = job.source_crs;
  return done();
}

int threadsFor(const IndexJob& job) {
  const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  return std::clamp(job.threads > 0 ? job.threads : cores, 1, std::max(1, job.memory_mib / least_mib_per_thread));
}

/// One run of the passes over a cloud whose sources are open.
class Build {
 public:
  Build(const IndexJob& job, Cloud& cloud, Workshop& shop, Problems& problems, Progress& progress)
      : job_(job), cloud_(cloud), shop_(shop), problems_(problems), work_(progress, threadsFor(job)) {}

  Result<IndexReport> run() {
    planMemory();
    const std::string survey =
        fingerprint(job_.files, job_.source_crs, job_.memory_mib, work_.threads(), cloud_.layout);
    if (!(shop_.found() && goOn(survey))) {
      if (Status s = openStores(); !s) return s.error();
      if (Status s = distributeAll(); !s) return s.error();
      if (distribution_->stats.points() == 0) return reportSources(), noPoints();
      if (Status s = cutLargeChunks(); !s) return s.error();
      if (Status s = note(survey); !s) return s.error();
    }
    reportSources();
    if (Status s = buildChunks(); !s) return s.error();
    if (Status s = joinTop(); !s) return s.error();
    return finish();
  }

 private:
  std::uint64_t memory() const { return static_cast<std::uint64_t>(job_.memory_mib) * mib; }
  std::uint32_t recordBytes() const { return cloud_.layout.bytes(); }

  void planMemory() {
    in_memory_ = cloud_.points * recordBytes() <= memory() * 2 / 5;
    const std::uint64_t share = memory() * (in_memory_ ? 9 : 17) / 20 / static_cast<std::uint64_t>(work_.threads());
    const std::uint64_t per_point = 2 * recordBytes() + build_bytes_per_point;
    most_points_ = std::max<std::uint64_t>(64, (std::max(share, thread_bytes + 8 * mib) - thread_bytes) / per_point);
  }

  /// What lies on the disk can be gone on from; a small cloud, in memory, begins anew sooner.
  Status note(const std::string& survey) {
    if (in_memory_) return done();
    const BuildState state{cloud_.steps, assumed_, octree_.size(), chunks_, crowns_, undivided_};
    if (Status s = writeState(shop_ / Workshop::state_name, survey, state, *distribution_, *store_); !s) return s;
    return openJournal();
  }
  Status openJournal() {
    auto journal = BuildJournal::open(shop_ / Workshop::journal_name);
    if (!journal) return journal.error();
    journal_ = std::move(*journal);
    return done();
  }

  /// Takes up what a program that was killed had finished. @returns whether there is anything to go on from
  bool goOn(const std::string& survey) {
    auto read = in_memory_ ? std::nullopt
                           : readState(shop_ / Workshop::state_name, shop_ / Workshop::points_name, survey,
                                       cloud_.layout, cloud_.sources.size());
    Result<IndexFile> file = read ? IndexFile::again(shop_ / "octree.bin") : Result<IndexFile>(Error{});
    if (!read || !file || file->size() < read->state.octree_bytes) {
      shop_.empty();
      problems_.assume(toUtf8(job_.out), {}, "index.restarted",
                       "Building this octree had been interrupted before all points were in order; what was left of it "
                       "was removed and it was begun anew.");
      return false;
    }
    octree_ = std::move(*file);
    store_.emplace(std::move(read->store));
    distribution_.emplace(std::move(read->distribution));
    cloud_.steps = read->state.steps, assumed_ = read->state.assumed;
    space_.emplace(assumed_, cloud_.steps, cloud_.geographic);
    chunks_ = std::move(read->state.chunks), crowns_ = std::move(read->state.crowns);
    undivided_ = std::move(read->state.undivided);
    const std::size_t all = chunks_.size();
    if (!openJournal()) return chunks_.clear(), crowns_.clear(), undivided_.clear(), false;
    for (const BuiltChunk& built : BuildJournal::read(shop_ / Workshop::journal_name)) takeBuilt(built);
    problems_.assume(toUtf8(job_.out), {}, "index.resumed",
                     fmt::format("Building this octree had been interrupted; it was gone on with: all points were in "
                                 "order, and {} of {} parts were built already.",
                                 all - chunks_.size(), all));
    return true;
  }
  /// What does not fit the rest is built again.
  void takeBuilt(const BuiltChunk& built) {
    const auto chunk =
        std::find_if(chunks_.begin(), chunks_.end(), [&](const Crown& c) { return c.heap == built.heap; });
    const bool here = std::all_of(built.nodes.begin(), built.nodes.end(), [&](const WrittenNode& node) {
      return node.at + std::uint64_t{node.points} * recordBytes() <= octree_.size();
    });
    if (chunk == chunks_.end() || !here) return;
    const std::uint32_t crown = store_->addHeaps(1);
    if (!store_->append(crown, built.crown.data(), built.crown.size())) return;
    store_->drop(chunk->heap);
    crowns_.push_back({chunk->key, crown});
    nodes_.insert(nodes_.end(), built.nodes.begin(), built.nodes.end());
    chunks_.erase(chunk);
  }

  Status openStores() {
    if (in_memory_) {
      store_.emplace(ChunkStore::inMemory());
    } else {
      Result<ChunkStore> store = ChunkStore::inFile(shop_ / Workshop::points_name);
      if (!store) return store.error();
      store_.emplace(std::move(*store));
    }
    Result<IndexFile> file = IndexFile::create(shop_ / "octree.bin");
    if (!file) return file.error();
    octree_ = std::move(*file);
    return done();
  }

  Status distributeAll() {
    Result<std::vector<SourceSample>> samples = sampleCloud(cloud_, work_);
    if (!samples) return samples.error();
    bool exact = false;
    std::vector<Bounds> bounds;
    for (std::size_t s = 0; s < samples->size(); ++s) {
      exact = exact || doubtful(cloud_.sources[s]->info(), (*samples)[s].bounds);
      bounds.push_back(cloud_.sources[s]->info().bounds);
    }
    for (;;) {
      if (exact) {
        Result<std::vector<Bounds>> found = exactBounds(cloud_, work_);
        if (!found) return found.error();
        bounds = std::move(*found);
        for (std::size_t s = 0; s < bounds.size(); ++s) tellBounds(cloud_.sources[s]->info(), bounds[s], problems_);
      }
      if (Status s = distributeWithin(*samples, bounds, exact); !s) return s;
      const Bounds found = boundsOf(distribution_->stats, cloud_.steps);
      if (exact || found.empty() || !misjudged(assumed_, found, cloud_.steps)) break;
      exact = true;
      store_->clear();
    }
    if (!exact && cloud_.sources.size() == 1)
      tellBounds(cloud_.sources.front()->info(), boundsOf(distribution_->stats, cloud_.steps), problems_);
    return done();
  }

  Status distributeWithin(const std::vector<SourceSample>& samples, const std::vector<Bounds>& bounds, bool exact) {
    cloud_.steps = commonSteps(cloud_.sources, bounds, problems_);
    assumed_ = {};
    for (const Bounds& b : bounds) assumed_.add(b);
    if (assumed_.empty()) return noPoints();
    if (!exact) {  // headers are rounded
      const Vec3d slack = cloud_.steps.scale * 2;
      assumed_ = {assumed_.low - slack, assumed_.high + slack};
    }
    space_.emplace(assumed_, cloud_.steps, cloud_.geographic);
    const double most =
        std::max(planned_share * static_cast<double>(most_points_), static_cast<double>(cloud_.points) / most_chunks);
    const ChunkPlan plan = planChunks({}, estimateCounts(cloud_, samples, *space_), most);
    const std::uint32_t first = store_->addHeaps(static_cast<std::uint32_t>(plan.keys.size()));
    Result<Distribution> distribution =
        distribute(cloud_, *space_, plan, *store_, first, memory() * (in_memory_ ? 1 : 6) / 10, work_);
    if (!distribution) return distribution.error();
    distribution_.emplace(std::move(*distribution));
    chunks_.clear();
    for (std::uint32_t i = 0; i < plan.keys.size(); ++i)
      if (store_->bytes(first + i) > 0) chunks_.push_back({plan.keys[i], first + i});
    return done();
  }

  /// What turned out larger than the memory allows is cut up again, as often as it takes.
  Status cutLargeChunks() {
    for (std::size_t i = 0; i < chunks_.size(); ++i) {
      const Crown chunk = chunks_[i];
      if (store_->bytes(chunk.heap) / recordBytes() <= most_points_) continue;
      if (chunk.key.level + plan_levels > deepest_level) {
        if (Status s = writeUndivided(chunk); !s) return s;
        chunks_[i].heap = no_heap;
        continue;
      }
      const Result<std::vector<float>> counts =
          countHeap(*store_, chunk.heap, cloud_.layout, *space_, chunk.key, work_);
      if (!counts) return counts.error();
      const ChunkPlan plan = planChunks(chunk.key, *counts, static_cast<double>(most_points_));
      const std::uint32_t first = store_->addHeaps(static_cast<std::uint32_t>(plan.keys.size()));
      if (Status s = redistribute(*store_, chunk.heap, cloud_.layout, *space_, plan, first, memory() / 4, work_); !s)
        return s;
      store_->drop(chunk.heap);
      chunks_[i].heap = no_heap;
      for (std::uint32_t k = 0; k < plan.keys.size(); ++k)
        if (store_->bytes(first + k) > 0) chunks_.push_back({plan.keys[k], first + k});
    }
    std::erase_if(chunks_, [](const Crown& chunk) { return chunk.heap == no_heap; });
    return done();
  }

  /// Millions of points within a few steps of each other: one leaf, passed through. Its first point stands for it among
  /// the nodes above; which of the two it stays in shows when they have chosen.
  Status writeUndivided(const Crown& chunk) {
    const std::uint64_t bytes = store_->bytes(chunk.heap);
    const std::size_t block = std::max<std::size_t>(1, mib / recordBytes()) * recordBytes();
    std::vector<std::byte> records(block);
    undivided_.push_back({chunk.key, static_cast<std::uint32_t>(bytes / recordBytes()), octree_.size()});
    const std::uint32_t crown = store_->addHeaps(1);
    for (std::uint64_t at = 0; at < bytes; at += block) {
      if (!work_.goOn(0)) return IndexWork::cancelledError();
      const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(block, bytes - at));
      if (Status s = store_->read(chunk.heap, at, records.data(), part); !s) return s;
      if (at == 0)
        if (Status s = store_->append(crown, records.data(), recordBytes()); !s) return s;
      if (const auto placed = octree_.append(records.data(), part); !placed) return placed.error();
    }
    store_->drop(chunk.heap);
    crowns_.push_back({chunk.key, crown});
    return done();
  }

  void placeUndivided() {
    for (WrittenNode node : undivided_) {
      // A node of that name means that its one point was not chosen above.
      const auto stayed =
          std::find_if(nodes_.begin(), nodes_.end(), [&](const WrittenNode& n) { return n.key == node.key; });
      if (stayed != nodes_.end())
        nodes_.erase(stayed);
      else
        --node.points, node.at += recordBytes();
      nodes_.push_back(node);
    }
  }

  Status buildChunks() {
    std::uint64_t total = 0, largest = 0;
    for (const Crown& chunk : chunks_) {
      total += store_->bytes(chunk.heap);
      largest = std::max(largest, store_->bytes(chunk.heap));
    }
    // The largest first, so that no thread is left alone with one at the end.
    std::sort(chunks_.begin(), chunks_.end(),
              [&](const Crown& a, const Crown& b) { return store_->bytes(a.heap) > store_->bytes(b.heap); });
    const auto first_crown = store_->addHeaps(static_cast<std::uint32_t>(chunks_.size()));
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    const Status built = work_.run("building", 0.5, 0.97, total, [&](int thread) -> Status {
      NodeWriter writer(octree_, recordBytes());
      SubtreeBuilder builder(cloud_.layout, *space_, *store_, writer, work_, thread,
                             static_cast<std::uint32_t>(largest / recordBytes()));
      std::size_t noted = 0;
      for (std::size_t i = next++; i < chunks_.size(); i = next++) {
        if (!work_.goOn(thread)) return done();
        const std::uint64_t bytes = store_->bytes(chunks_[i].heap);
        const std::uint32_t crown = first_crown + static_cast<std::uint32_t>(i);
        if (Status s = builder.build(chunks_[i].heap, chunks_[i].key, crown); !s) return s;
        if (!work_.goOn(thread)) return done();
        if (Status s = noteBuilt(chunks_[i].heap, crown, writer, noted); !s) return s;
        store_->drop(chunks_[i].heap);
        work_.advance(bytes);
      }
      if (Status s = writer.flush(); !s) return s;
      const std::lock_guard lock(mutex);
      nodes_.insert(nodes_.end(), writer.nodes().begin(), writer.nodes().end());
      return done();
    });
    for (std::uint32_t i = 0; i < chunks_.size(); ++i) crowns_.push_back({chunks_[i].key, first_crown + i});
    return built;
  }

  /// Only then may the chunk's heap go.
  Status noteBuilt(std::uint32_t heap, std::uint32_t crown, NodeWriter& writer, std::size_t& noted) {
    if (!journal_) return done();
    if (Status s = writer.flush(); !s) return s;
    BuiltChunk built{heap, {}, std::vector<std::byte>(static_cast<std::size_t>(store_->bytes(crown)))};
    built.nodes.assign(writer.nodes().begin() + static_cast<std::ptrdiff_t>(noted), writer.nodes().end());
    noted = writer.nodes().size();
    if (Status s = store_->read(crown, 0, built.crown.data(), built.crown.size()); !s) return s;
    return journal_->add(built);
  }

  Status joinTop() {
    return work_.run("joining", 0.97, 0.99, crowns_.size(), [&](int thread) -> Status {
      if (thread != 0) return done();
      NodeWriter writer(octree_, recordBytes());
      TopJoin top(cloud_.layout, *space_, *store_, writer, work_);
      if (Status s = top.join(std::move(crowns_)); !s) return s;
      if (Status s = writer.flush(); !s) return s;
      nodes_.insert(nodes_.end(), writer.nodes().begin(), writer.nodes().end());
      placeUndivided();
      return done();
    });
  }

  Result<IndexReport> finish() {
    const std::uint64_t between = in_memory_ ? 0 : store_->fileBytes();
    store_.reset(), journal_.reset();
    std::error_code ignored;
    fs::remove(shop_ / Workshop::points_name, ignored);
    Result<HierarchyWritten> hierarchy = writeHierarchy(shop_ / "hierarchy.bin", std::move(nodes_), recordBytes());
    if (!hierarchy) return hierarchy.error();
    const RecordStats& stats = distribution_->stats;
    const std::string name = job_.name.empty() ? toUtf8(job_.files.front().stem()) : job_.name;
    if (Status s = writeMetadata(shop_ / "metadata.json", {name, cloud_.crs, job_.geoid, stats.points(), &cloud_.layout,
                                                           &stats, &*space_, *hierarchy});
        !s)
      return s.error();
    if (Status s = work_.run("syncing", 0.99, 1, 1, [&](int thread) { return thread == 0 ? octree_.sync() : done(); });
        !s)
      return s.error();
    IndexReport report;
    report.octree = job_.out, report.points = stats.points(), report.nodes = hierarchy->nodes;
    report.depth = hierarchy->depth, report.bounds = boundsOf(stats, cloud_.steps), report.crs = cloud_.crs;
    report.count_by_class = stats.countByClass();
    for (const Field& field : cloud_.layout.fields()) report.attributes.push_back(field.name);
    report.bytes_in = cloud_.bytes, report.bytes_out = octree_.size(), report.bytes_between = between;
    if (Status s = shop_.moveIntoPlace(); !s) return s.error();
    return report;
  }

  void reportSources() {
    for (std::size_t s = 0; s < cloud_.sources.size(); ++s) {
      const SourceInfo& info = cloud_.sources[s]->info();
      const SourceOutcome& outcome = distribution_->sources[s];
      if (outcome.read + outcome.unusable < info.stated)
        problems_.skip(info.file, {}, "las.truncated",
                       fmt::format("The header promises {} points, {} could be read: {}.", info.stated, outcome.read,
                                   outcome.damage.empty() ? "the file ends before the others" : outcome.damage),
                       "What was read is used; copy the file again for the rest.");
      if (outcome.unusable > 0)
        problems_.skip(
            info.file, {}, "text_cloud.not_numbers",
            fmt::format("{} lines are no points: their coordinates are missing or no numbers.", outcome.unusable));
    }
  }

  Error noPoints() const {
    const std::string& why = distribution_ ? distribution_->sources.front().damage : std::string();
    return {ErrorCode::unreadable, cloud_.sources.front()->info().file,
            "None of the points can be read" + (why.empty() ? "." : ": " + why + "."), "Copy the file again."};
  }

  static constexpr std::uint32_t no_heap = 0xffffffff;
  const IndexJob& job_;
  Cloud& cloud_;
  Workshop& shop_;
  Problems& problems_;
  IndexWork work_;
  bool in_memory_ = false;
  std::uint64_t most_points_ = 0;
  std::optional<ChunkStore> store_;
  IndexFile octree_;
  Bounds assumed_;
  std::optional<IndexSpace> space_;
  std::optional<Distribution> distribution_;
  std::vector<Crown> chunks_, crowns_;
  std::vector<WrittenNode> nodes_, undivided_;
  std::unique_ptr<BuildJournal> journal_;
};

Result<IndexReport> indexed(const IndexJob& job, Problems& problems, Progress& progress) {
  if (job.memory_mib < IndexJob::least_memory_mib)
    return Error{ErrorCode::limit, fmt::format("--memory {}", job.memory_mib),
                 "An octree cannot be built in so little memory.",
                 fmt::format("Give at least {} MiB.", IndexJob::least_memory_mib)};
  Cloud cloud;
  if (Status s = openSources(job, cloud, problems, progress); !s) return s.error();
  if (Status s = agreeOnCrs(job, cloud, problems); !s) return s.error();
  std::vector<std::vector<Field>> fields;
  for (const PointSourcePtr& source : cloud.sources) fields.push_back(source->info().fields);
  cloud.layout = RecordLayout(fields, problems);
  Result<Workshop> shop = Workshop::open(job.out);
  if (!shop) return shop.error();
  return Build(job, cloud, *shop, problems, progress).run();
}

}  // namespace

Result<IndexReport> buildOctree(const IndexJob& job, Problems& problems, Progress& progress) {
  const auto begin = std::chrono::steady_clock::now();
  try {
    Result<IndexReport> report = indexed(job, problems, progress);
    if (report) report->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return report;
  } catch (const std::bad_alloc&) {
    return Error{ErrorCode::limit, toUtf8(job.out), "There is not enough memory to index the points.",
                 "Close other programs or give more with --memory."};
  } catch (const fs::filesystem_error& broken) {
    return Error{ErrorCode::write_failed, toUtf8(job.out), std::string(broken.what()) + ".", {}};
  }
}

bool isIndexable(const fs::path& path) {
  const Result<std::string> head = readHead(path, 4);
  if (!head) return false;
  return head->starts_with("LASF") || head->starts_with("ply") || isPointText(path);
}

}  // namespace hashimichi::points
