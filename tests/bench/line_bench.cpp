// What a person waits for, on the synthetic town: one run prints every stage and its ratio to the machine's limit.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "datasets/town/town.h"
#include "geo/assess/assess.h"
#include "geo/core/file.h"
#include "geo/export/exporter.h"
#include "geo/import/import_files.h"
#include "geo/project/project.h"
#include "render/prepared_town.h"
#include "render/target.h"

namespace hashimichi {
namespace {

namespace fs = std::filesystem;

constexpr const char* moment = "2026-01-15T04:00+09:00";

/// The demo town, made, imported and saved once; every benchmark looks at it.
struct Town {
  fs::path folder = fs::temp_directory_path() / "hashimichi-bench";
  project::Project project;
  assess::Ranking snow;

  Town() {
    SilentProgress quiet;
    if (!datasets::makeTown(folder / "sources", {}, quiet)) std::abort();
    Result<import::Outcome> outcome = import::importFiles({folder / "sources"}, {}, quiet);
    if (!outcome) std::abort();
    project = {folder / "town.hashimichi", "town", outcome->model, outcome->sources, outcome->problems};
    if (!project::save(project, quiet)) std::abort();
    snow = *assess::rankSnow(*project.model, "hakodate", *parseInstant(moment));
  }
  ~Town() {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
};
Town& town() {
  static Town instance;
  return instance;
}

void makeTheTown(benchmark::State& state) {
  SilentProgress quiet;
  for (auto _ : state) benchmark::DoNotOptimize(datasets::makeTown(town().folder / "again", {}, quiet));
}
BENCHMARK(makeTheTown)->Unit(benchmark::kMillisecond)->Iterations(2);

/// The machine's limit for an import: every byte of the sources read once.
void readTheSourcesOnce(benchmark::State& state) {
  std::size_t bytes = 0;
  for (auto _ : state) {
    bytes = 0;
    for (const auto& entry : fs::recursive_directory_iterator(town().folder / "sources"))
      if (entry.is_regular_file()) bytes += readFile(entry.path())->size();
  }
  state.counters["MB"] = static_cast<double>(bytes) / 1e6;
}
BENCHMARK(readTheSourcesOnce)->Unit(benchmark::kMillisecond);

void importTheTown(benchmark::State& state) {
  SilentProgress quiet;
  for (auto _ : state) benchmark::DoNotOptimize(import::importFiles({town().folder / "sources"}, {}, quiet));
}
BENCHMARK(importTheTown)->Unit(benchmark::kMillisecond)->Iterations(2);

void saveTheProject(benchmark::State& state) {
  SilentProgress quiet;
  for (auto _ : state) benchmark::DoNotOptimize(project::save(town().project, quiet));
}
BENCHMARK(saveTheProject)->Unit(benchmark::kMillisecond)->Iterations(2);

void openTheProject(benchmark::State& state) {
  SilentProgress quiet;
  for (auto _ : state) benchmark::DoNotOptimize(project::open(town().project.folder, quiet));
}
BENCHMARK(openTheProject)->Unit(benchmark::kMillisecond);

void rankSnow(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(assess::rankSnow(*town().project.model, "hakodate", *parseInstant(moment)));
  state.counters["segments"] = static_cast<double>(town().project.model->roads.size());
}
BENCHMARK(rankSnow)->Unit(benchmark::kMillisecond);

void rankAgeing(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(assess::rankAgeing(*town().project.model, *parseInstant(moment)));
}
BENCHMARK(rankAgeing)->Unit(benchmark::kMillisecond);

void prepareThePicture(benchmark::State& state) {
  SilentProgress quiet;
  for (auto _ : state) benchmark::DoNotOptimize(render::prepareTown(town().project.model, quiet));
}
BENCHMARK(prepareThePicture)->Unit(benchmark::kMillisecond);

void orbitAt1280x720(benchmark::State& state) {
  SilentProgress quiet;
  const render::PreparedTownPtr prepared = render::prepareTown(town().project.model, quiet);
  auto target = render::Target::headless(1280, 720);
  if (!target) return state.SkipWithError("no OpenGL context");
  render::Scene scene;
  scene.show(prepared);
  render::CameraPose pose = *render::cameraFrom("overview", prepared->bounds, 1280.0 / 720);
  for (auto _ : state) {
    scene.setCamera(pose = render::orbit(pose, 5, 0));
    (*target)->draw(scene);
    benchmark::DoNotOptimize((*target)->read());
  }
}
BENCHMARK(orbitAt1280x720)->Unit(benchmark::kMillisecond);

void writeTheSheet(benchmark::State& state) {
  SilentProgress quiet;
  for (auto _ : state)
    benchmark::DoNotOptimize(exporting::write({town().project, town().snow, Language::ja}, exporting::Format::pdf,
                                              town().folder / "a.pdf", quiet));
}
BENCHMARK(writeTheSheet)->Unit(benchmark::kMillisecond)->Iterations(3);

}  // namespace
}  // namespace hashimichi

BENCHMARK_MAIN();
