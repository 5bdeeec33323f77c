#include "app/session/demo_town.h"

#include <cstdlib>

#include "app/session/workflow.h"
#include "datasets/town/town.h"

namespace hashimichi::app {
namespace fs = std::filesystem;

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

fs::path demoFolder() {
  if (const std::string data = environment("XDG_DATA_HOME"); !data.empty()) return fs::path(data) / "hashimichi/demo";
  if (const std::string home = environment("HOME"); !home.empty())
    return fs::path(home) / ".local/share/hashimichi/demo";
  return fs::temp_directory_path() / "hashimichi-demo";
}

Result<project::Project> demoTown(Progress& progress) {
  const fs::path folder = demoFolder() / "town.hashimichi", sources = demoFolder() / "sources";
  if (project::isProjectFolder(folder)) return project::open(folder, progress);
  datasets::TownOptions wanted;
  wanted.epochs_folder = demoFolder() / "epochs";
  const Result<datasets::TownSummary> made = datasets::makeTown(sources, wanted, progress);
  if (!made) return made.error();
  return importIntoProject(folder, {sources}, {}, progress);
}

}  // namespace hashimichi::app
