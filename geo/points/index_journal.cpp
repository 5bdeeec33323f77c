#include "geo/points/index_journal.h"

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <memory>

#include "geo/core/file.h"
#include "geo/points/index_notes.h"

namespace hashimichi::points {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t state_mark = 0x3174736978656469u;  // changes with what is written
constexpr std::uintmax_t state_limit_bytes = 1u << 30;

std::uint64_t checkSum(std::string_view bytes) {
  std::uint64_t sum = 0xcbf29ce484222325u;
  for (const char c : bytes) sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return sum;
}

std::string machineRun() {
  std::ifstream stream("/proc/sys/kernel/random/boot_id");
  std::string run;
  std::getline(stream, run);
  return run;
}

std::string wholeFile(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Crown and WrittenNode hold nothing but numbers.
static_assert(std::is_trivially_copyable_v<Crown> && std::is_trivially_copyable_v<WrittenNode>);

}  // namespace

std::string fingerprint(const std::vector<fs::path>& files, const std::string& source_crs, int memory_mib, int threads,
                        const RecordLayout& layout) {
  std::string words = fmt::format("{}\n{}\n{} MiB, {} threads\n", machineRun(), source_crs, memory_mib, threads);
  for (const fs::path& path : files) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    const auto time = fs::last_write_time(path, error).time_since_epoch().count();
    words += fmt::format("{} {} {}\n", toUtf8(fs::absolute(path, error)), size, time);
  }
  for (const Field& field : layout.fields()) words += fmt::format("{} {}\n", field.name, field.bytes());
  return words;
}

Status writeState(const fs::path& path, const std::string& fingerprint, const BuildState& state,
                  const Distribution& distribution, const ChunkStore& store) {
  Notes notes;
  notes.put(state_mark);
  notes.text(fingerprint);
  notes.put(state.steps), notes.put(state.assumed), notes.put(state.octree_bytes);
  notes.list(state.chunks), notes.list(state.crowns), notes.list(state.undivided);
  distribution.stats.write(notes);
  for (const SourceOutcome& source : distribution.sources)
    notes.put(source.read), notes.put(source.unusable), notes.text(source.damage);
  store.write(notes);
  notes.put(checkSum(notes.bytes()));
  return writeFile(path, notes.bytes());
}

std::optional<ReadState> readState(const fs::path& path, const fs::path& points_file, const std::string& fingerprint,
                                   const RecordLayout& layout, std::size_t sources) {
  std::error_code error;
  if (!fs::exists(path, error) || !fs::exists(points_file, error)) return std::nullopt;
  const Result<std::string> bytes = readFile(path, state_limit_bytes);
  constexpr std::size_t sum_bytes = 8;
  if (!bytes || bytes->size() < sum_bytes) return std::nullopt;
  const std::string_view body = std::string_view(*bytes).substr(0, bytes->size() - sum_bytes);
  NotesReader end(std::string_view(*bytes).substr(body.size()));
  if (end.take<std::uint64_t>() != checkSum(body)) return std::nullopt;
  NotesReader notes(body);
  if (notes.take<std::uint64_t>() != state_mark || notes.text() != fingerprint) return std::nullopt;
  BuildState state;
  state.steps = notes.take<Steps>(), state.assumed = notes.take<Bounds>();
  state.octree_bytes = notes.take<std::uint64_t>();
  state.chunks = notes.list<Crown>(), state.crowns = notes.list<Crown>();
  state.undivided = notes.list<WrittenNode>();
  Distribution distribution{RecordStats(layout), {}};
  if (!distribution.stats.read(notes)) return std::nullopt;
  for (std::size_t i = 0; i < sources; ++i) {
    SourceOutcome& source = distribution.sources.emplace_back();
    source.read = notes.take<std::uint64_t>(), source.unusable = notes.take<std::uint64_t>();
    source.damage = notes.text();
  }
  Result<ChunkStore> store = ChunkStore::again(points_file, notes);
  if (!store || !notes.sound() || !notes.atEnd()) return std::nullopt;
  return ReadState{std::move(state), std::move(distribution), std::move(*store)};
}

Result<std::unique_ptr<BuildJournal>> BuildJournal::open(const fs::path& path) {
  Result<IndexFile> file = IndexFile::again(path);
  if (!file) return file.error();
  auto journal = std::make_unique<BuildJournal>();
  journal->file_ = std::move(*file);
  return journal;
}

Status BuildJournal::add(const BuiltChunk& chunk) {
  Notes body;
  body.put(chunk.heap), body.list(chunk.nodes), body.list(chunk.crown);
  Notes whole;
  whole.text(body.bytes()), whole.put(checkSum(body.bytes()));
  const std::lock_guard lock(mutex_);
  const auto placed = file_.append(reinterpret_cast<const std::byte*>(whole.bytes().data()), whole.bytes().size());
  return placed ? done() : Status(placed.error());
}

std::vector<BuiltChunk> BuildJournal::read(const fs::path& path) {
  std::vector<BuiltChunk> chunks;
  const std::string bytes = wholeFile(path);
  NotesReader notes(bytes);
  while (!notes.atEnd() && notes.sound()) {
    const std::string body = notes.text();
    const auto sum = notes.take<std::uint64_t>();
    if (!notes.sound() || sum != checkSum(body)) break;
    NotesReader inner(body);
    BuiltChunk chunk;
    chunk.heap = inner.take<std::uint32_t>();
    chunk.nodes = inner.list<WrittenNode>();
    chunk.crown = inner.list<std::byte>();
    if (inner.sound()) chunks.push_back(std::move(chunk));
  }
  return chunks;
}

}  // namespace hashimichi::points
