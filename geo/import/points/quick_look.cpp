#include "geo/import/points/quick_look.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <chrono>
#include <cstring>
#include <mutex>
#include <new>
#include <thread>

namespace hashimichi::import {
namespace {

using points::Piece;
using points::PointCursor;
using points::RecordLayout;

constexpr std::size_t block_points = 1 << 14;
constexpr std::size_t pieces_in_any_case = 64;
constexpr std::uint32_t none = 0xffffffff;

/// Every beginning of this order is spread over the whole: the numbers with their bits read backwards.
std::vector<std::size_t> spreadOrder(std::size_t count) {
  std::vector<std::size_t> order;
  const int bits = std::bit_width(count);
  for (std::size_t i = 0; i < std::size_t{1} << bits; ++i) {
    std::size_t turned = 0;
    for (int b = 0; b < bits; ++b) turned |= (i >> b & 1) << (bits - 1 - b);
    if (turned < count) order.push_back(turned);
  }
  return order;
}

/// Records of an octree → what is drawn of a point.
class Drawn {
 public:
  Drawn(const RecordLayout& layout, const points::Steps& steps)
      : steps_(steps),
        bytes_(layout.bytes()),
        class_(layout.offsetOf(points::field::classification).value_or(none)),
        rgb_(layout.offsetOf(points::field::rgb).value_or(none)) {}
  LasPoint operator()(const std::byte* record) const {
    std::int32_t xyz[3];
    std::memcpy(xyz, record, sizeof xyz);
    LasPoint point;
    point.position = {xyz[0] * steps_.scale.x + steps_.offset.x, xyz[1] * steps_.scale.y + steps_.offset.y,
                      xyz[2] * steps_.scale.z + steps_.offset.z};
    if (class_ != none) point.classification = static_cast<std::uint8_t>(record[class_]);
    if (rgb_ != none) std::memcpy(point.rgb.data(), record + rgb_, 6);
    return point;
  }
  std::uint32_t bytes() const { return bytes_; }

 private:
  points::Steps steps_;
  std::uint32_t bytes_, class_, rgb_;
};

struct Look {
  const points::PointSource& source;
  const RecordLayout& layout;
  const Drawn drawn;
  const std::vector<Piece>& pieces;
  const std::vector<std::size_t> order;
  std::vector<std::vector<LasPoint>> found;
  std::chrono::steady_clock::time_point until;
  std::atomic<std::size_t> next{0};
  std::atomic<bool> stop{false};
  std::mutex mutex{};
  std::uint64_t unusable = 0;
  std::string damage{};

  void readPiece(std::size_t number, std::vector<std::byte>& block) {
    const Piece& piece = pieces[number];
    auto cursor = source.open(piece, layout, source.info().steps);
    std::vector<LasPoint>& mine = found[number];
    if (cursor) {
      mine.reserve(static_cast<std::size_t>(piece.count));
      while (const std::size_t got = stop ? 0 : (*cursor)->read(block.data(), block_points))
        for (std::size_t i = 0; i < got; ++i) mine.push_back(drawn(block.data() + i * drawn.bytes()));
    }
    const std::lock_guard lock(mutex);
    if (cursor) unusable += (*cursor)->unusable();
    if (damage.empty()) damage = cursor ? (*cursor)->damage() : cursor.error().what;
  }

  /// @param progress  of the calling thread; null on others
  void work(Progress* progress) {
    std::vector<std::byte> block(block_points * drawn.bytes() + 8);
    for (std::size_t i = next++; i < order.size() && !stop; i = next++) {
      if (i >= pieces_in_any_case && std::chrono::steady_clock::now() > until) return;
      if (progress) {
        if (progress->cancelled()) stop = true;
        progress->report(static_cast<double>(i) / static_cast<double>(order.size()), "points");
      }
      if (!stop) readPiece(order[i], block);
    }
  }

  /// An exception must not leave a thread.
  void tryWork(Progress* progress) {
    try {
      work(progress);
    } catch (const std::bad_alloc&) {
      const std::lock_guard lock(mutex);
      damage = "there is not enough memory";
    }
  }
};

std::vector<std::size_t> inOrder(std::size_t count) {
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = i;
  return order;
}

}  // namespace

std::vector<std::size_t> QuickLook::estimatedClasses(std::uint64_t points) const {
  std::vector<std::size_t> counts = sample.countByClass();
  if (sample.seen() == 0 || sample.seen() >= points) return counts;
  const double factor = static_cast<double>(points) / static_cast<double>(sample.seen());
  for (std::size_t& count : counts)
    count = static_cast<std::size_t>(std::max(count > 0 ? 1.0 : 0.0, static_cast<double>(count) * factor + 0.5));
  return counts;
}

Result<QuickLook> quickLook(const points::PointSource& source, std::uint64_t wanted, int threads, Progress& progress) {
  const bool whole = source.info().points <= wanted;
  Problems unheard;
  const RecordLayout layout({source.info().fields}, unheard);
  const std::vector<Piece> pieces = whole ? source.pieces() : source.samples(wanted);
  std::uint64_t reached = 0;
  for (const Piece& piece : pieces) reached += piece.count;
  if (!whole && reached > 4 * wanted) {
    QuickLook none;
    none.damage = "its points are reached only one after the other";
    return none;
  }
  const auto never = std::chrono::steady_clock::time_point::max();
  const auto soon = std::chrono::steady_clock::now() + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                                                           std::chrono::duration<double>(quick_look_s));
  Look look{source,
            layout,
            Drawn(layout, source.info().steps),
            pieces,
            whole ? inOrder(pieces.size()) : spreadOrder(pieces.size()),
            std::vector<std::vector<LasPoint>>(pieces.size()),
            whole ? never : soon};
  const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  std::vector<std::jthread> helpers;
  for (int i = 1; i < std::clamp(threads > 0 ? threads : cores, 1, 8); ++i)
    helpers.emplace_back([&look] { look.tryWork(nullptr); });
  look.tryWork(&progress);
  helpers.clear();
  if (look.stop) return Error{ErrorCode::cancelled, source.info().file, "Reading the points was cancelled.", {}};
  QuickLook result;
  std::uint64_t seen = 0;
  for (const auto& run : look.found) seen += run.size();
  result.sample = LasSample(seen);
  for (auto& run : look.found) {
    for (const LasPoint& point : run)
      if (isFinite(point.position)) result.sample.offer(point);
    std::vector<LasPoint>().swap(run);
  }
  result.read = seen, result.unusable = look.unusable, result.damage = std::move(look.damage);
  return result;
}

}  // namespace hashimichi::import
