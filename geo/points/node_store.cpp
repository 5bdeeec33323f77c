#include "geo/points/node_store.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

namespace hashimichi::points {
namespace {

constexpr std::size_t bytes_per_mib = 1u << 20;
/// Of a point before it is counted: coordinates, colours, the five other attributes.
constexpr std::size_t guessed_point_bytes = 12 + 3 + 3 + 4;
/// A node that is being read holds its stored form beside what is kept.
constexpr std::size_t loading_factor = 3;
constexpr std::size_t pinned_part = 8;  ///< of the ceiling: one eighth

enum class Where : std::uint8_t { disk, loading, memory, failed };

struct Slot {
  Where where = Where::disk;
  bool pinned = false;
  std::uint64_t wanted_at = 0;  ///< number of the last request that wanted it
  std::size_t bytes = 0;        ///< guessed until it was here once
  ResidentNodePtr points;
};

}  // namespace

struct NodeStore::Impl {
  OctreePtr octree;
  OctreePlace place;
  LodTree tree;
  std::function<void()> on_change;

  mutable std::mutex mutex;
  std::condition_variable work;
  std::vector<Slot> slots;
  std::vector<std::uint32_t> resident;  ///< in no order
  std::vector<std::uint32_t> wanted;    ///< of the last request, within the ceiling
  std::vector<std::uint32_t> pinned;
  std::deque<std::uint32_t> queue;
  std::uint64_t request_number = 0;
  std::size_t ceiling = 0, resident_bytes = 0, loading_bytes = 0, resident_points = 0, failed = 0;
  std::vector<ResidentNodePtr> evicted;  ///< given back to the system without the lock: pictures must not wait for it
  bool trimmed = false, stopping = false;
  std::optional<Error> failure;
  bool failure_told = false;
  std::vector<std::thread> workers;

  ~Impl() {
    {
      const std::lock_guard lock(mutex);
      stopping = true;
      queue.clear();
    }
    work.notify_all();
    for (std::thread& worker : workers) worker.join();
  }

  void pinCoarseLevels() {
    for (const std::uint32_t node : pinned) slots[node].pinned = false;
    pinned.clear();
    std::size_t room = ceiling / pinned_part;
    std::vector<std::vector<std::uint32_t>> levels;
    for (std::uint32_t i = 0; i < tree.nodes.size(); ++i) {
      const auto level = static_cast<std::size_t>(std::max(0, tree.nodes[i].level));
      if (level >= 32) continue;
      if (levels.size() <= level) levels.resize(level + 1);
      levels[level].push_back(i);
    }
    for (std::size_t level = 0; level < levels.size(); ++level) {
      std::size_t bytes = 0;
      for (const std::uint32_t node : levels[level]) bytes += slots[node].bytes;
      if (bytes > room && level > 0) return;
      room -= std::min(room, bytes);
      for (const std::uint32_t node : levels[level]) pinned.push_back(node), slots[node].pinned = true;
    }
  }

  void enqueue() {
    queue.clear();
    const auto push = [&](std::uint32_t node) {
      if (slots[node].where == Where::disk) queue.push_back(node);
    };
    for (const std::uint32_t node : pinned) push(node);
    for (const std::uint32_t node : wanted)
      if (!slots[node].pinned) push(node);
    if (!queue.empty()) work.notify_all();
  }

  std::size_t pinnedBytes() const {
    std::size_t bytes = 0;
    for (const std::uint32_t node : pinned) bytes += slots[node].bytes;
    return bytes;
  }

  void evict(std::size_t place_in_resident) {
    Slot& slot = slots[resident[place_in_resident]];
    resident_bytes -= slot.bytes;
    resident_points -= slot.points->size();
    evicted.push_back(std::move(slot.points));
    slot.where = Where::disk;
    resident[place_in_resident] = resident.back();
    resident.pop_back();
  }

  /// Lets the longest unwanted nodes go until `bytes` fit. False when they do not.
  bool makeRoom(std::size_t bytes) {
    while (resident_bytes + loading_bytes + bytes > ceiling) {
      std::size_t oldest = resident.size();
      for (std::size_t i = 0; i < resident.size(); ++i) {
        const Slot& slot = slots[resident[i]];
        if (slot.pinned || slot.wanted_at == request_number) continue;
        if (oldest == resident.size() || slot.wanted_at < slots[resident[oldest]].wanted_at) oldest = i;
      }
      if (oldest == resident.size()) return false;
      evict(oldest);
    }
    return true;
  }

  /// The next node for which there is room; nothing when it has to wait.
  std::optional<std::uint32_t> takeNext() {
    while (!queue.empty()) {
      const std::uint32_t node = queue.front();
      if (slots[node].where != Where::disk) {
        queue.pop_front();
        continue;
      }
      const std::size_t bytes = slots[node].bytes * loading_factor;
      if (!makeRoom(bytes) && loading_bytes > 0) return std::nullopt;
      if (!slots[node].pinned && resident_bytes + slots[node].bytes > ceiling) {
        trimmed = true;  // guesses were too low: what is wanted does not fit after all
        std::erase(wanted, node);
        queue.pop_front();
        continue;
      }
      queue.pop_front();
      slots[node].where = Where::loading;
      loading_bytes += bytes;
      return node;
    }
    return std::nullopt;
  }

  void arrived(std::uint32_t node, Result<ResidentNode> loaded) {
    Slot& slot = slots[node];
    loading_bytes -= slot.bytes * loading_factor;
    if (!loaded) {
      slot.where = Where::failed;
      ++failed;
      if (!failure && !failure_told) failure = loaded.error();
      return;
    }
    slot.points = std::make_shared<const ResidentNode>(std::move(loaded).value());
    slot.bytes = slot.points->bytes();
    slot.where = Where::memory;
    resident_bytes += slot.bytes;
    resident_points += slot.points->size();
    resident.push_back(node);
    makeRoom(0);
  }

  Result<ResidentNode> read(std::uint32_t node, const Result<OctreePlacer>& placer) const {
    if (!placer) return placer.error();
    try {
      return loadResident(*octree, node, *placer, tree.nodes[node].spacing_m);
    } catch (const std::exception& wrong) {
      return Error{ErrorCode::unreadable, octree->info().format,
                   std::string("A node of the point cloud cannot be loaded: ") + wrong.what() + ".",
                   "Close other clouds or lower the memory ceiling."};
    }
  }

  void run() {
    // The picture comes first where there are no more cores than it needs. (On Linux this is the thread's own.)
    constexpr int nicer = 5;
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()),
                getpriority(PRIO_PROCESS, static_cast<id_t>(gettid())) + nicer);
    const Result<OctreePlacer> placer = OctreePlacer::create(place);
    std::unique_lock lock(mutex);
    while (!stopping) {
      const std::optional<std::uint32_t> node = takeNext();
      if (!node) {
        evicted.clear();
        work.wait(lock);
        continue;
      }
      std::vector<ResidentNodePtr> made_room;
      made_room.swap(evicted);
      lock.unlock();
      made_room.clear();
      Result<ResidentNode> loaded = read(*node, placer);
      lock.lock();
      arrived(*node, std::move(loaded));
      work.notify_all();  // there may be room now for one that waited
      std::vector<ResidentNodePtr> gone;
      gone.swap(evicted);
      if (gone.empty() && (stopping || !on_change)) continue;
      const bool tell = !stopping && on_change;
      lock.unlock();
      gone.clear();
      if (tell) on_change();
      lock.lock();
    }
  }
};

NodeStore::NodeStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
NodeStore::~NodeStore() = default;

Result<std::unique_ptr<NodeStore>> NodeStore::create(OctreePtr octree, const OctreePlace& place,
                                                     const NodeStoreOptions& options) {
  const Result<OctreePlacer> placer = OctreePlacer::create(place);
  if (!placer) return placer.error();
  auto impl = std::make_unique<Impl>();
  impl->tree = lodTree(*octree, *placer);
  impl->octree = std::move(octree);
  impl->place = place;
  impl->on_change = options.on_change;
  impl->ceiling = std::max<std::size_t>(1, options.memory_mib) * bytes_per_mib;
  impl->slots.resize(impl->tree.nodes.size());
  for (std::size_t i = 0; i < impl->slots.size(); ++i)
    impl->slots[i].bytes = sizeof(ResidentNode) + guessed_point_bytes * impl->tree.nodes[i].points;
  impl->pinCoarseLevels();
  impl->enqueue();
  const auto cores = static_cast<int>(std::thread::hardware_concurrency());
  const int threads = options.threads > 0 ? options.threads : std::max(1, cores - 1);
  Impl& shared = *impl;
  for (int i = 0; i < threads; ++i) impl->workers.emplace_back([&shared] { shared.run(); });
  return std::unique_ptr<NodeStore>(new NodeStore(std::move(impl)));
}

const LodTree& NodeStore::tree() const {
  return impl_->tree;
}
const Octree& NodeStore::octree() const {
  return *impl_->octree;
}

std::vector<ResidentNodePtr> NodeStore::request(const LodSelection& selection) {
  const std::lock_guard lock(impl_->mutex);
  ++impl_->request_number;
  impl_->wanted.clear();
  impl_->trimmed = false;
  // An eighth stays free for what is being read.
  const std::size_t most = impl_->ceiling - impl_->ceiling / pinned_part;
  std::size_t bytes = impl_->pinnedBytes();
  std::vector<ResidentNodePtr> here;
  for (const LodSelection::Pick& pick : selection.picks) {
    if (pick.node >= impl_->slots.size()) continue;
    Slot& slot = impl_->slots[pick.node];
    if (!slot.pinned) bytes += slot.bytes;
    if (bytes > most && !slot.pinned) {
      impl_->trimmed = true;
      break;  // what comes later is finer
    }
    slot.wanted_at = impl_->request_number;
    impl_->wanted.push_back(pick.node);
    if (slot.points) here.push_back(slot.points);
  }
  impl_->enqueue();
  return here;
}

std::vector<ResidentNodePtr> NodeStore::residents() const {
  const std::lock_guard lock(impl_->mutex);
  std::vector<ResidentNodePtr> here;
  for (const std::uint32_t node : impl_->wanted)
    if (impl_->slots[node].points) here.push_back(impl_->slots[node].points);
  return here;
}

NodeStore::State NodeStore::state() const {
  const std::lock_guard lock(impl_->mutex);
  State state;
  state.resident_bytes = impl_->resident_bytes;
  state.ceiling_bytes = impl_->ceiling;
  state.resident_nodes = impl_->resident.size();
  state.resident_points = impl_->resident_points;
  state.wanted = impl_->wanted.size();
  for (const std::uint32_t node : impl_->wanted) {
    const Where where = impl_->slots[node].where;
    state.missing += where == Where::disk || where == Where::loading;
  }
  state.trimmed = impl_->trimmed;
  state.failed_nodes = impl_->failed;
  return state;
}

bool NodeStore::complete() const {
  const State now = state();
  return now.wanted > 0 && now.missing == 0;
}

std::optional<Error> NodeStore::takeFailure() {
  const std::lock_guard lock(impl_->mutex);
  std::optional<Error> failure;
  std::swap(failure, impl_->failure);
  if (failure) impl_->failure_told = true;
  return failure;
}

void NodeStore::setMemoryCeiling(std::size_t memory_mib) {
  const std::lock_guard lock(impl_->mutex);
  impl_->ceiling = std::max<std::size_t>(1, memory_mib) * bytes_per_mib;
  impl_->pinCoarseLevels();
  impl_->makeRoom(0);
  impl_->evicted.clear();
  impl_->enqueue();
}

void NodeStore::cancel() {
  const std::lock_guard lock(impl_->mutex);
  impl_->queue.clear();
}

}  // namespace hashimichi::points
