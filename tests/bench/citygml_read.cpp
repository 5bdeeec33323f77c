// How fast one CityGML file becomes the model: beside Expat's bare pass over the same file, which nothing that parses
// the whole XML can beat, and beside libcitygml where it is installed. One line of figures per file.
//
//   citygml_read --make FOLDER BUILDINGS [lod2] [meshes]   makes a synthetic city
//   citygml_read --once FILE THREADS                       reads a file once and nothing else, for profilers
//   citygml_read FILE…                                     measures each file, on one thread and on all
//
// On a machine that does other work, processor time is the honest measure of one thread; wall time of several.
#include <expat.h>
#include <fmt/format.h>
#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <fstream>
#include <thread>

#include "datasets/town/town.h"
#include "geo/core/file.h"
#include "geo/import/choose_frame.h"
#include "geo/import/importer.h"
#include "geo/model/city_builder.h"
#include "tests/bench/libcitygml_pass.h"

namespace hashimichi {
namespace {

namespace fs = std::filesystem;

constexpr int repetitions = 3;  // the best of them: other work on the machine only ever slows down

struct Seconds {
  double wall = 1e300, processor = 1e300;
};

double processorSeconds() {
  struct rusage usage {};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Keeps the better of what was measured before and this work.
template <typename Work>
void time(Seconds& best, Work work) {
  const auto begin = std::chrono::steady_clock::now();
  const double before = processorSeconds();
  work();
  best.processor = std::min(best.processor, processorSeconds() - before);
  best.wall = std::min(best.wall, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
}

void tell(const std::string& what, double megabytes, const Seconds& seconds, const std::string& memory = {}) {
  fmt::print("  {:24} {:7.1f} MB/s, {:7.1f} MB per second of processor time{}\n", what, megabytes / seconds.wall,
             megabytes / seconds.processor, memory);
}

/// Everything Expat must do for any reader: well-formedness, and a call per tag and text.
std::size_t expatPass(const fs::path& path) {
  std::size_t calls = 0;
  XML_Parser parser = XML_ParserCreate(nullptr);
  XML_SetUserData(parser, &calls);
  const auto count = [](void* data) { ++*static_cast<std::size_t*>(data); };
  static const auto counter = count;
  XML_SetElementHandler(
      parser, [](void* data, const XML_Char*, const XML_Char**) { counter(data); },
      [](void* data, const XML_Char*) { counter(data); });
  XML_SetCharacterDataHandler(parser, [](void* data, const XML_Char*, int) { counter(data); });
  std::ifstream stream(path, std::ios::binary);
  constexpr int piece = 64 << 10;
  for (bool last = false; !last;) {
    void* buffer = XML_GetBuffer(parser, piece);
    stream.read(static_cast<char*>(buffer), piece);
    last = stream.gcount() < piece;
    if (XML_ParseBuffer(parser, static_cast<int>(stream.gcount()), last) == XML_STATUS_ERROR) break;
  }
  XML_ParserFree(parser);
  return calls;
}

std::size_t heapBytes() {
  const struct mallinfo2 heap = mallinfo2();
  return heap.uordblks + heap.hblkhd;
}

/// Resident memory in bytes; `peak` since the last reset.
std::size_t statusBytes(const char* key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(key)) return std::stoull(line.substr(std::strlen(key))) * 1024;
  return 0;
}
void resetPeak() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";
}

struct Read {
  model::CityModelPtr model;
  Problems problems;
};

/// Parses into the builder; the builder's own work (ids, draping) is not part of the figure.
Read readOnce(const fs::path& path, int threads, Seconds& seconds) {
  Read result;
  import::Options options;
  options.threads = threads;
  const auto peek = import::citygmlImporter().peek(path, options, result.problems);
  if (!peek) return fmt::print(stderr, "{}\n", peek.error().text()), result;
  const auto chosen = import::chooseFrame({{toUtf8(path), *peek}}, options, result.problems);
  if (!chosen) return fmt::print(stderr, "{}\n", chosen.error().text()), result;
  SilentProgress quiet;
  model::CityBuilder builder(chosen->frame);
  import::Context context{chosen->frame, options, result.problems, quiet, builder, chosen->area};
  Status status = done();
  time(seconds, [&] { status = import::citygmlImporter().read(path, context); });
  if (!status) fmt::print(stderr, "{}\n", status.error().text());
  result.model = builder.finish(result.problems);
  return result;
}

void measure(const fs::path& path) {
  const double megabytes = static_cast<double>(fs::file_size(path)) / 1e6;
  fmt::print("{}: {:.1f} MB\n", path.filename().string(), megabytes);
  Seconds expat, other;
  for (int i = 0; i < repetitions; ++i) time(expat, [&] { expatPass(path); });
  tell("Expat's bare pass", megabytes, expat);
  const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  for (const int threads : {1, cores}) {
    Seconds seconds;
    std::size_t model_bytes = 0, peak = 0;
    for (int i = 0; i < repetitions; ++i) {
      resetPeak();
      const std::size_t resident = statusBytes("VmRSS:"), heap = heapBytes();
      const Read read = readOnce(path, threads, seconds);
      model_bytes = heapBytes() - heap;
      peak = statusBytes("VmHWM:") - resident;
    }
    tell(fmt::format("Hashimichi, {} thread(s)", threads), megabytes, seconds,
         fmt::format("; model {:.0f} MB, peak {:.0f} MB ({:.2f} x)", static_cast<double>(model_bytes) / 1e6,
                     static_cast<double>(peak) / 1e6, static_cast<double>(peak) / static_cast<double>(model_bytes)));
  }
  bool loaded = true;
  for (int i = 0; i < repetitions && loaded; ++i)
    time(other, [&] { loaded = bench::loadWithLibcitygml(path.string()); });
  if (loaded) tell("libcitygml", megabytes, other);
}

int once(const fs::path& path, int threads) {
  Seconds seconds;
  const Read read = readOnce(path, threads, seconds);
  fmt::print("{:.3f} s, {:.3f} s of processor time\n", seconds.wall, seconds.processor);
  return read.model && !read.model->buildings.empty() ? 0 : 3;
}

int make(int argc, char** argv) {
  datasets::CityOptions options;
  options.one_file = true;
  options.buildings = std::stoull(argv[3]);
  for (int i = 4; i < argc; ++i) {
    if (std::strcmp(argv[i], "lod2") == 0) options.lod2 = true;
    if (std::strcmp(argv[i], "meshes") == 0) options.one_file = false;
  }
  SilentProgress quiet;
  const auto files = datasets::makeCity(argv[2], options, quiet);
  if (!files) return fmt::print(stderr, "{}\n", files.error().text()), 3;
  fmt::print("{} files, the first {}\n", files->size(), files->front().string());
  return 0;
}

}  // namespace
}  // namespace hashimichi

int main(int argc, char** argv) {
  if (argc == 4 && std::strcmp(argv[1], "--once") == 0) return hashimichi::once(argv[2], std::stoi(argv[3]));
  if (argc >= 4 && std::strcmp(argv[1], "--make") == 0) return hashimichi::make(argc, argv);
  for (int i = 1; i < argc; ++i) hashimichi::measure(argv[i]);
  return argc > 1 ? 0 : 2;
}
