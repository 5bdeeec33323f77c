// How fast a survey becomes an octree, beside what the machine could do at best: read the input once and write the
// output once. Makes its own input: LAS format 2 (26 bytes a point), flight lines over hills, houses and trees.
//
//   points_index [MILLIONS…] [--laz] [--only-laz] [--threads N] [--memory MiB] [--folder F]
//   points_index --first [MILLIONS] [--laz] [--copc]   how long until the first points of such a file are at hand
//   points_index --file FILE…                          the same for files that are there
#include <fcntl.h>
#include <fmt/format.h>
#include <laszip/laszip_api.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "geo/export/point_cloud_file.h"
#include "geo/import/import_files.h"
#include "geo/points/build_octree.h"

namespace hashimichi {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t header_bytes = 227, record_bytes = 26;
constexpr double points_per_m2 = 20, line_spacing_m = 200;

double seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
double processorSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

/// Resident memory of this process from /proc, mapped file pages included.
double residentMiB(const std::string& key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(key)) return std::stod(line.substr(key.size() + 1)) / 1024;
  return 0;
}
void forgetPeak() {
  std::ofstream("/proc/self/clear_refs") << "5";
}

std::uint32_t noise(std::uint64_t i) {
  i = (i ^ i >> 31) * 0x9e3779b97f4a7c15u;
  i = (i ^ i >> 29) * 0xbf58476d1ce4e5b9u;
  return static_cast<std::uint32_t>(i >> 32);
}
double unit(std::uint64_t i) {
  return noise(i) * (1.0 / 4294967296.0);
}

struct Town {
  std::uint64_t points;
  double side_m = std::sqrt(static_cast<double>(points) / points_per_m2);

  /// The i-th record: along the flight line, to and fro across it.
  void record(std::uint64_t i, char* at) const {
    const double lines = std::max(1.0, std::round(side_m / line_spacing_m)),
                 per_line = static_cast<double>(points) / lines;
    const double line = std::floor(static_cast<double>(i) / per_line), along = static_cast<double>(i) / per_line - line;
    const double x = (line + unit(3 * i)) * side_m / lines, y = (along + 0.0005 * unit(3 * i + 1)) * side_m;
    double z = 40 * std::sin(x / 310) * std::cos(y / 270) + 0.03 * unit(3 * i + 2);
    const bool house = std::fmod(x, 40) < 15 && std::fmod(y, 30) < 12, tree = !house && noise(i * 7 + 5) % 5 == 0;
    if (house) z += 6 + 3 * unit(static_cast<std::uint64_t>(x / 40) * 7919 + static_cast<std::uint64_t>(y / 30));
    if (tree) z += 8 * unit(i * 11 + 3);
    const std::int32_t xyz[3]{static_cast<std::int32_t>(x * 1000), static_cast<std::int32_t>(y * 1000),
                              static_cast<std::int32_t>(z * 1000)};
    std::memset(at, 0, record_bytes);
    std::memcpy(at, xyz, 12);
    const auto put = [&](std::size_t offset, std::uint16_t value) { std::memcpy(at + offset, &value, 2); };
    put(12, static_cast<std::uint16_t>(noise(i + 17) & 0x0fff));
    at[14] = tree ? 0x12 : 0x09;
    at[15] = house ? 6 : tree ? 5 : 2;
    at[16] = static_cast<char>(static_cast<int>(40 * unit(3 * i)) - 20);
    put(18, static_cast<std::uint16_t>(line));
    for (std::size_t c = 0; c < 3; ++c)
      put(20 + 2 * c, static_cast<std::uint16_t>((house  ? 40000
                                                  : tree ? 9000 + 15000 * (c == 1)
                                                         : 26000) +
                                                 (noise(i + c) & 0x3ff)));
  }

  std::string header() const {
    std::string bytes(header_bytes, '\0');
    const auto put = [&](std::size_t at, auto value) { std::memcpy(bytes.data() + at, &value, sizeof(value)); };
    std::memcpy(bytes.data(), "LASF", 4);
    bytes[24] = 1, bytes[25] = 2, bytes[104] = 2;
    put(94, static_cast<std::uint16_t>(header_bytes)), put(96, static_cast<std::uint32_t>(header_bytes));
    put(105, static_cast<std::uint16_t>(record_bytes)), put(107, static_cast<std::uint32_t>(points));
    for (std::size_t i = 0; i < 3; ++i) put(131 + 8 * i, 0.001);
    const double high[3]{side_m * 1.001, side_m * 1.001, 60}, low[3]{0, 0, -41};
    for (std::size_t i = 0; i < 3; ++i) put(179 + 16 * i, high[i]), put(187 + 16 * i, low[i]);
    return bytes;
  }

  void write(const fs::path& path) const {
    std::ofstream file(path, std::ios::binary);
    const std::string head = header();
    file.write(head.data(), static_cast<std::streamsize>(head.size()));
    std::vector<char> block(record_bytes * 65536);
    for (std::uint64_t first = 0; first < points; first += 65536) {
      const std::uint64_t n = std::min<std::uint64_t>(65536, points - first);
      for (std::uint64_t i = 0; i < n; ++i) record(first + i, block.data() + i * record_bytes);
      file.write(block.data(), static_cast<std::streamsize>(n * record_bytes));
    }
  }
};

/// The same points through LASzip, in chunks of 50,000.
bool writeLaz(const fs::path& las, const fs::path& laz) {
  laszip_POINTER reader = nullptr, writer = nullptr;
  laszip_header_struct* header = nullptr;
  laszip_point_struct *from = nullptr, *to = nullptr;
  laszip_BOOL compressed = 0;
  if (laszip_create(&reader) || laszip_create(&writer) || laszip_open_reader(reader, las.c_str(), &compressed) ||
      laszip_get_header_pointer(reader, &header) || laszip_set_header(writer, header) ||
      laszip_open_writer(writer, laz.c_str(), 1) || laszip_get_point_pointer(reader, &from) ||
      laszip_get_point_pointer(writer, &to))
    return false;
  for (laszip_U32 i = 0; i < header->number_of_point_records; ++i)
    if (laszip_read_point(reader) || laszip_set_point(writer, from) || laszip_write_point(writer)) return false;
  const bool closed = laszip_close_writer(writer) == 0 && laszip_close_reader(reader) == 0;
  laszip_destroy(writer), laszip_destroy(reader);
  return closed;
}

/// Reads the input once and writes as many bytes as the octree has, to the disk.
double limitSeconds(const fs::path& input, std::uint64_t bytes_out, const fs::path& scratch) {
  std::vector<char> block(4u << 20, 'x');
  const double begin = seconds();
  const int in = ::open(input.c_str(), O_RDONLY);
  while (::read(in, block.data(), block.size()) > 0) continue;
  ::close(in);
  const int out = ::open(scratch.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  for (std::uint64_t done = 0; done < bytes_out; done += block.size())
    if (::write(out, block.data(), std::min<std::uint64_t>(block.size(), bytes_out - done)) <= 0) break;
  ::fdatasync(out);
  ::close(out);
  const double taken = seconds() - begin;
  fs::remove(scratch);
  return taken;
}

void measure(const fs::path& input, const fs::path& folder, int threads, int memory_mib) {
  points::IndexJob job;
  job.files = {input}, job.out = folder / "octree";
  job.threads = threads;
  if (memory_mib > 0) job.memory_mib = memory_mib;
  Problems problems;
  SilentProgress quiet;
  forgetPeak();
  const double cpu = processorSeconds();
  const Result<points::IndexReport> report = points::buildOctree(job, problems, quiet);
  const double cpu_taken = processorSeconds() - cpu, peak = residentMiB("VmHWM:");
  if (!report) {
    fmt::print("{}\n", report.error().text());
    return;
  }
  fs::remove_all(folder / "octree");
  const bool laz = input.extension() == ".laz";
  const double limit = limitSeconds(input, report->bytes_out, folder / "limit.tmp");
  fmt::print(
      "{} {:>5.1f} M points: {:6.2f} s = {:5.2f} M points/s (processor {:6.2f} s, {:3.0f} ns a point), peak {:3.0f} "
      "MiB; "
      "limit {:5.2f} s, ratio {:5.2f}; {} nodes, depth {}; temporary {:.2f} GB; PotreeConverter 2: {} M points/s, 820 "
      "MB\n",
      laz ? "LAZ" : "LAS", 1e-6 * static_cast<double>(report->points), report->seconds,
      1e-6 * static_cast<double>(report->points) / report->seconds, cpu_taken,
      1e9 * cpu_taken / static_cast<double>(report->points), peak, limit, report->seconds / limit, report->nodes,
      report->depth, 1e-9 * static_cast<double>(report->bytes_between), laz ? 1.5 : 2.4);
  std::fflush(stdout);
}

/// From the first look at a file to its coarse sample in the local frame: what a person waits for.
void measureFirst(const fs::path& input) {
  constexpr int rounds = 3;
  double best = 1e9, worst = 0;
  std::size_t points = 0, of = 0;
  for (int i = 0; i < rounds; ++i) {
    SilentProgress quiet;
    const double begin = seconds();
    import::Options options;
    options.source_crs = "EPSG:6676";
    const auto outcome = import::importFiles({input}, options, quiet);
    const double taken = seconds() - begin;
    if (!outcome) {
      fmt::print("{}\n", outcome.error().text());
      return;
    }
    best = std::min(best, taken), worst = std::max(worst, taken);
    points = outcome->model->clouds.front().sample.size(), of = outcome->model->clouds.front().point_count;
  }
  fmt::print("first points of {} ({:.1f} M): {:.2f} to {:.2f} s until {} of them are at hand (goal 1 s)\n",
             input.filename().string(), 1e-6 * static_cast<double>(of), best, worst, points);
  std::fflush(stdout);
}

/// The octree of a LAS file as COPC. @returns whether it could be made
bool writeCopc(const fs::path& las, const fs::path& copc) {
  points::IndexJob job;
  job.files = {las}, job.out = copc.parent_path() / "octree", job.source_crs = "EPSG:6676";
  Problems problems;
  SilentProgress quiet;
  if (!points::buildOctree(job, problems, quiet)) return false;
  const auto octree = points::openOctree(job.out, problems);
  const auto frame = crs::LocalFrame::create(6676, {0, 0, 0});
  const bool written =
      octree && frame &&
      exporting::writePointFile(**octree, {*frame, "EPSG:6676"}, {}, exporting::PointFormat::copc, copc, quiet);
  fs::remove_all(job.out);
  return written;
}

}  // namespace
}  // namespace hashimichi

int main(int count, char** words) {
  using namespace hashimichi;
  std::vector<std::uint64_t> millions;
  std::filesystem::path folder = std::filesystem::temp_directory_path();
  bool laz = false, las = true, first = false, copc = false;
  std::vector<std::filesystem::path> files;
  int threads = 0, memory_mib = 0;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word == "--laz")
      laz = true;
    else if (word == "--only-laz")
      laz = true, las = false;
    else if (word == "--first")
      first = true;
    else if (word == "--copc")
      copc = true;
    else if (word == "--file" && i + 1 < count)
      files.emplace_back(words[++i]);
    else if (word == "--folder" && i + 1 < count)
      folder = words[++i];
    else if (word == "--threads" && i + 1 < count)
      threads = std::stoi(words[++i]);
    else if (word == "--memory" && i + 1 < count)
      memory_mib = std::stoi(words[++i]);
    else
      millions.push_back(std::stoull(word));
  }
  for (const auto& file : files) measureFirst(file);
  if (!files.empty()) return 0;
  if (millions.empty()) millions = first ? std::vector<std::uint64_t>{50} : std::vector<std::uint64_t>{5, 50, 200};
  folder /= fmt::format("hashimichi-points-{}", getpid());
  std::filesystem::create_directories(folder);
  for (const std::uint64_t m : millions) {
    const Town town{m * 1000000};
    town.write(folder / "town.las");
    if (first) {
      measureFirst(folder / "town.las");
      if (laz && writeLaz(folder / "town.las", folder / "town.laz")) measureFirst(folder / "town.laz");
      if (copc && writeCopc(folder / "town.las", folder / "town.copc.laz")) measureFirst(folder / "town.copc.laz");
      continue;
    }
    if (las) measure(folder / "town.las", folder, threads, memory_mib);
    if (laz && writeLaz(folder / "town.las", folder / "town.laz")) {
      std::filesystem::remove(folder / "town.las");
      measure(folder / "town.laz", folder, threads, memory_mib);
    }
  }
  std::filesystem::remove_all(folder);
}
