// From files that the system holds nothing of in memory to the first complete frame, as the window does it: import,
// then preparing the picture while the project is saved, then the frame (1280×720, without a display).
//
//   city_start SOURCES PROJECT.hashimichi
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <future>

#include "geo/import/import_files.h"
#include "geo/project/project.h"
#include "render/prepared_town.h"
#include "render/target.h"

namespace hashimichi {
namespace {

namespace fs = std::filesystem;

class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count(); }
  /// Since the last call.
  double lap() {
    const double now = seconds(), lap = now - last_;
    last_ = now;
    return lap;
  }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  double last_ = 0;
};

double processorSeconds() {
  struct rusage usage {};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// The system forgets what it has read of the files.
void makeCold(const fs::path& folder) {
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    const int file = entry.is_regular_file() ? ::open(entry.path().c_str(), O_RDONLY) : -1;
    if (file < 0) continue;
    ::fdatasync(file);
    ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    ::close(file);
  }
}

int start(const fs::path& sources, const fs::path& folder) {
  makeCold(sources);
  SilentProgress quiet;
  Stopwatch watch;
  Result<import::Outcome> outcome = import::importFiles({sources}, {}, quiet);
  if (!outcome) return fmt::print(stderr, "{}\n", outcome.error().text()), 3;
  const double import_s = watch.lap();
  const project::Project project{folder, "city", outcome->model, outcome->sources, outcome->problems};
  std::future<Status> saved = std::async(std::launch::async, [&] { return project::save(project, quiet); });
  const render::PreparedTownPtr town = render::prepareTown(project.model, quiet);
  const double prepare_s = watch.lap();
  if (const Status status = saved.get(); !status) return fmt::print(stderr, "{}\n", status.error().text()), 3;
  const double wait_s = watch.lap();
  auto target = render::Target::headless(1280, 720);
  if (!target) return fmt::print(stderr, "{}\n", target.error().text()), 3;
  render::Scene scene;
  scene.show(town);
  scene.setCamera(*render::cameraFrom("overview", town->bounds, 1280.0 / 720));
  (*target)->draw(scene);
  const bool drawn = !(*target)->read().rgba.empty();
  fmt::print(
      "{} buildings: import {:.2f} s, prepare {:.2f} s, rest of saving {:.2f} s, first frame {:.2f} s; "
      "in all {:.2f} s ({:.2f} s of processor time){}\n",
      project.model->buildings.size(), import_s, prepare_s, wait_s, watch.lap(), watch.seconds(), processorSeconds(),
      drawn ? "" : ": EMPTY PICTURE");
  return drawn ? 0 : 3;
}

}  // namespace
}  // namespace hashimichi

int main(int count, char** words) {
  return count == 3 ? hashimichi::start(words[1], words[2]) : 2;
}
