#include "geo/import/citygml/read_members.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "geo/import/citygml/member_pieces.h"
#include "geo/import/citygml/plain_xml.h"

namespace hashimichi::import::citygml {
namespace {

/// The features of one piece, to be handed over later. Used again for other pieces, so trees keep their memory.
struct ParsedPiece final : FeatureTaker {
  MemberPieces::Piece source;
  NameTable names;
  std::vector<FeatureTree> trees;  ///< the first `count` are this piece's
  std::size_t count = 0;
  std::string undeclared_prefix;
  bool whole = false;  ///< parsed, and nothing against it
  bool relief = false;
  std::exception_ptr thrown;

  /// The real taker is asked when its turn comes.
  bool wants(const Name& type) override {
    relief = relief || type.family == Family::dem;
    return true;
  }
  void take(const FeatureTree&) override {}
  void takeOver(FeatureTree& tree) override {
    if (count == trees.size()) trees.emplace_back(names);
    std::swap(trees[count++], tree);
  }
  void takeTriangle(const FeatureTree&, NodeId) override {}
  /// A relief is one member of any size; its triangles are used up one by one, which needs the real taker.
  bool satisfied() const override { return relief; }

  template <typename Read>
  bool parse(Read& read, const XmlPiece& piece) {
    names.clear();
    count = 0;
    Members members(names, *this);
    return read(piece, names, members, undeclared_prefix);
  }
  void parse(const MemberPieces& pieces) {
    relief = whole = false, count = 0, thrown = nullptr;
    if (!source.cut) return;
    const XmlPiece piece{pieces.rootTag(), pieces.rootName(), source.text, source.line, source.first, source.last};
    try {
      whole = parse(readPlainPiece, piece) || (!relief && parse(readXmlPiece, piece));
    } catch (...) {
      thrown = std::current_exception();
    }
  }
};

/// Pieces on their way: cut, parsed by any thread, taken in order by the calling one.
class PieceQueue {
 public:
  PieceQueue(MemberPieces& pieces, std::size_t threads) : pieces_(pieces), slots_(threads + 1) {
    for (std::size_t i = 1; i < threads; ++i) workers_.emplace_back([this] { work(); });
  }
  ~PieceQueue() {
    {
      const std::lock_guard lock(guard_);
      stopping_ = true;
    }
    changed_.notify_all();
    for (std::thread& worker : workers_) worker.join();
  }

  /// The next piece in the file's order, parsed; nullptr after the last. It stays the caller's until the next call.
  ParsedPiece* next() {
    std::unique_lock lock(guard_);
    if (taken_ > 0) slotOf(taken_ - 1).state = State::free;
    changed_.notify_all();
    while (true) {
      if (all_cut_ && taken_ == cut_) return nullptr;
      if (taken_ < cut_ && slotOf(taken_).state == State::parsed) return &slotOf(taken_++).piece;
      if (canCut())
        parseOne(lock);
      else
        changed_.wait(lock);
    }
  }

 private:
  enum class State { free, parsing, parsed };
  struct Slot {
    ParsedPiece piece;
    State state = State::free;
  };

  Slot& slotOf(std::size_t number) { return slots_[number % slots_.size()]; }
  bool canCut() { return !all_cut_ && slotOf(cut_).state == State::free && cut_ - taken_ < slots_.size(); }

  /// Cutting is quick next to parsing, and in the file's order; so it is done under the lock.
  void parseOne(std::unique_lock<std::mutex>& lock) {
    Slot& slot = slotOf(cut_);
    if (!pieces_.next(slot.piece.source)) {
      all_cut_ = true;
      changed_.notify_all();
      return;
    }
    ++cut_;
    slot.state = State::parsing;
    lock.unlock();
    slot.piece.parse(pieces_);
    lock.lock();
    slot.state = State::parsed;
    changed_.notify_all();
  }

  void work() {
    std::unique_lock lock(guard_);
    while (!stopping_ && !all_cut_) {
      if (canCut())
        parseOne(lock);
      else
        changed_.wait(lock);
    }
  }

  MemberPieces& pieces_;
  std::mutex guard_;
  std::condition_variable changed_;
  std::vector<Slot> slots_;
  std::size_t cut_ = 0, taken_ = 0;  ///< numbers of the next piece to be cut and to be taken
  bool all_cut_ = false, stopping_ = false;
  std::vector<std::thread> workers_;
};

/// The share of a file that is read in one go, after that which was read in pieces.
class Rest final : public Progress {
 public:
  Rest(Progress& whole, double before) : whole_(whole), before_(before) {}
  void report(double fraction, std::string_view step) override {
    whole_.report(before_ + (1 - before_) * fraction, step);
  }
  bool cancelled() const override { return whole_.cancelled(); }

 private:
  Progress& whole_;
  double before_;
};

Result<MembersEnd> readInOneGo(const std::filesystem::path& path, FeatureTaker& taker, NameTable& names,
                               Progress& progress, const XmlStart& start) {
  Members members(names, taker);
  Result<XmlEnd> end = readXml(path, names, members, progress, start);
  if (!end) return end.error();
  const bool broken = end->reason == XmlEnd::Reason::broken;
  return MembersEnd{std::move(*end), broken ? members.openFeature() : std::string()};
}

}  // namespace

Result<MembersEnd> readMembers(const std::filesystem::path& path, FeatureTaker& taker, Progress& progress,
                               const MembersReading& how) {
  NameTable names;
  std::optional<MemberPieces> pieces = MemberPieces::open(path, how.piece_bytes);
  if (!pieces) return readInOneGo(path, taker, names, progress, {});
  std::error_code unknown;
  const double size = static_cast<double>(std::max<std::uintmax_t>(1, std::filesystem::file_size(path, unknown)));
  const auto cores = static_cast<int>(std::thread::hardware_concurrency());
  constexpr int most_threads = 16;  // the taker, which is one, is the limit long before
  const int threads = std::clamp(how.threads > 0 ? how.threads : cores, 1, most_threads);

  XmlEnd end;
  std::optional<XmlStart> rest;
  {
    PieceQueue queue(*pieces, static_cast<std::size_t>(threads));
    while (ParsedPiece* piece = queue.next()) {
      if (piece->thrown) std::rethrow_exception(piece->thrown);
      if (progress.cancelled()) {
        end.reason = XmlEnd::Reason::cancelled;
        break;
      }
      if (!piece->whole || !names.join(piece->names)) {
        rest = XmlStart{piece->source.offset, piece->source.line, piece->source.first ? "" : pieces->rootTag()};
        break;
      }
      if (end.undeclared_prefix.empty()) end.undeclared_prefix = piece->undeclared_prefix;
      for (std::size_t i = 0; i < piece->count; ++i)
        if (const FeatureTree& tree = piece->trees[i]; taker.wants(tree.name(tree.root()))) taker.take(tree);
      progress.report(static_cast<double>(piece->source.offset + piece->source.text.size()) / size, "CityGML");
    }
  }
  if (!rest) return MembersEnd{std::move(end), {}};
  Rest shared(progress, static_cast<double>(rest->offset) / size);
  Result<MembersEnd> last = readInOneGo(path, taker, names, shared, *rest);
  if (last && !end.undeclared_prefix.empty()) last->xml.undeclared_prefix = end.undeclared_prefix;
  return last;
}

}  // namespace hashimichi::import::citygml
