#include "geo/import/import_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <new>

#include "geo/core/file.h"
#include "geo/core/sha256.h"
#include "geo/import/choose_frame.h"
#include "geo/import/find_files.h"
#include "geo/import/points/point_text_importer.h"
#include "geo/import/selection_sink.h"
#include "geo/import/terrain/tiles.h"
#include "geo/import/unpack.h"
#include "geo/model/city_builder.h"

namespace hashimichi::import {
namespace {

struct SourceFile {
  FoundFile found;
  PeekedFile peeked;
};

Error cancelledError() {
  return {ErrorCode::cancelled, {}, "The import was cancelled; nothing was changed.", {}};
}

/// Runs one importer's code; the one place where exceptions of libraries end.
template <typename Work>
auto guarded(const std::string& path, Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return Error{ErrorCode::limit, path, "There is not enough memory to read this file.",
                 "Import a smaller part of it."};
  } catch (const std::exception& exception) {
    return Error{ErrorCode::unreadable, path, fmt::format("Reading stopped: {}.", exception.what()), {}};
  }
}

/// The terrain comes first and the large clouds last, so that cancelling late loses least.
int turnOf(const Importer* importer) {
  if (importer == &demImporter() || importer == &fgdDemImporter() || importer == &tileFolderImporter()) return 0;
  if (importer == &imageryImporter()) return 1;
  if (importer == &citygmlImporter() || importer == &cityjsonImporter()) return 2;
  return importer == &lasImporter() || importer == &pointTextImporter() ? 4 : 3;
}

std::vector<SourceFile> peekAll(const std::vector<FoundFile>& found, const Options& options, Progress& progress,
                                Problems& problems) {
  std::vector<SourceFile> files;
  for (const FoundFile& file : found) {
    if (progress.cancelled()) break;
    const std::string path = toUtf8(file.path);
    Result<Peek> peek = guarded(path, [&] { return file.importer->peek(file.path, options, problems); });
    if (peek)
      files.push_back({file, {path, std::move(*peek)}});
    else
      problems.fail(peek.error());
  }
  std::stable_sort(files.begin(), files.end(), [](const SourceFile& a, const SourceFile& b) {
    return turnOf(a.found.importer) < turnOf(b.found.importer);
  });
  return files;
}

/// One file's share of the whole, by its size.
class ShareOfProgress final : public Progress {
 public:
  ShareOfProgress(Progress& whole, double from, double to) : whole_(whole), from_(from), to_(to) {}
  void report(double fraction, std::string_view step) override {
    whole_.report(from_ + (to_ - from_) * std::clamp(fraction, 0.0, 1.0), step);
  }
  bool cancelled() const override { return whole_.cancelled(); }

 private:
  Progress& whole_;
  double from_, to_;
};

double sizeOf(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  // A constant share as well, so that many small files move the bar too.
  return error ? 1e5 : static_cast<double>(size) + 1e5;
}

/// Files whose name, or whose own extent, tells that nothing in them is wanted.
template <typename File, typename Judge>
void leaveOut(std::vector<File>& files, std::map<Unwanted, std::size_t>& unwanted, Judge judge) {
  std::erase_if(files, [&](const File& file) {
    const std::optional<Unwanted> why = judge(file);
    if (why) ++unwanted[*why];
    return why.has_value();
  });
}

/// Beside the reading of the file, where the machine can.
std::future<std::string> hashBeside(const std::filesystem::path& path, int threads) {
  const auto hash = [path]() -> std::string {
    std::error_code error;
    const auto bytes = std::filesystem::file_size(path, error);
    if (error || bytes > whole_file_limit_bytes) return {};
    const Result<std::string> text = sha256OfFile(path);
    return text ? *text : std::string();
  };
  const auto either = std::launch::async | std::launch::deferred;
  return std::async(threads == 1 ? std::launch::deferred : either, hash);
}

SourceInfo sourceOf(const SourceFile& file, std::map<std::string, std::size_t> counts, std::string sha256) {
  SourceInfo source;
  source.path = file.peeked.path;
  source.format = file.peeked.peek.format;
  source.crs = file.peeked.peek.crs;
  source.bounds = file.peeked.peek.bounds;
  if (const auto points = counts.find("Point"); points != counts.end()) {
    source.points = points->second;
    counts.erase(points);
  }
  source.features = std::move(counts);
  source.sha256 = std::move(sha256);
  return source;
}

/// What all files share while they are read.
struct Run {
  const Options& options;
  Progress& progress;
  Problems& problems;
  const crs::LocalFrame& frame;
  model::CityBuilder& builder;
  SelectionSink& sink;
  std::optional<Bounds> area;
};

std::vector<SourceInfo> readAll(const std::vector<SourceFile>& files, Run& run) {
  double whole = 0, before = 0;
  for (const SourceFile& file : files) whole += sizeOf(file.found.path);
  std::vector<SourceInfo> sources;
  std::map<std::size_t, std::size_t> source_of_file;
  for (const SourceFile& file : files) {
    if (run.progress.cancelled()) break;
    const auto number = static_cast<std::size_t>(&file - files.data());
    run.sink.beginFile(number, file.found.importer->format());
    const double size = sizeOf(file.found.path);
    ShareOfProgress progress(run.progress, before / whole, (before + size) / whole);
    before += size;
    progress.report(0, toUtf8(file.found.path.filename()));
    std::future<std::string> hash = hashBeside(file.found.path, run.options.threads);
    Context context{run.frame, run.options, run.problems, progress, run.sink, run.area};
    const Status status =
        guarded(file.peeked.path, [&] { return file.found.importer->read(file.found.path, context); });
    auto counts = run.builder.takeCounts();
    if (!status && status.error().code != ErrorCode::cancelled) run.problems.fail(status.error());
    if (!status && counts.empty()) continue;
    source_of_file[number] = sources.size();
    sources.push_back(sourceOf(file, std::move(counts), hash.get()));
    sources.back().lods = run.sink.takeLods();
  }
  for (const auto& [number, inspections] : run.sink.finish())
    if (const auto found = source_of_file.find(number); found != source_of_file.end())
      sources[found->second].features["Inspection"] += inspections;
  run.builder.takeCounts();
  return sources;
}

Error nothingRead(std::size_t files, const Problems& problems) {
  for (const Problem& line : problems.lines()) {
    if (line.kind != ProblemKind::failed) continue;
    if (files <= 1) return {ErrorCode::unreadable, line.file, line.what, line.advice};
    return {ErrorCode::unreadable, line.file,
            fmt::format("None of the {} files could be read; the first: {}", files, line.what), line.advice};
  }
  return {ErrorCode::not_found,
          {},
          "There is no file here that can be imported.",
          "Name CityGML, CityJSON, Shapefile, GeoPackage, GeoTIFF, LAS/LAZ or CSV files, or a folder that holds some."};
}

Error nothingSelected() {
  return {ErrorCode::not_found,
          {},
          "Nothing of the chosen area and types is in these files.",
          "Choose a larger area or other types; import --list tells what there is."};
}

/// Files and folders as they lie on disk; archives are open by now.
Result<Outcome> importUnpacked(const std::vector<std::filesystem::path>& paths, const Options& options,
                               Progress& progress, const model::CityModelPtr& base, Problems problems) {
  Outcome outcome;
  outcome.problems = std::move(problems);
  progress.report(-1, "looking at the files");
  std::vector<FoundFile> found = findFiles(paths, outcome.problems);
  std::map<Unwanted, std::size_t> unwanted;
  leaveOut(found, unwanted, [&](const FoundFile& file) { return unwantedByName(options.selection, file.path); });
  std::vector<SourceFile> files = peekAll(found, options, progress, outcome.problems);
  leaveOut(files, unwanted,
           [&](const SourceFile& file) { return unwantedByPeek(options.selection, file.peeked.peek); });
  if (progress.cancelled()) return cancelledError();
  if (files.empty() && !unwanted.empty()) return nothingSelected();
  if (files.empty()) return nothingRead(std::max(paths.size(), found.size()), outcome.problems);

  std::vector<PeekedFile> peeked;
  for (const SourceFile& file : files) peeked.push_back(file.peeked);
  ChosenFrame chosen;
  if (base) {
    chosen = {base->frame, areaWith(base->bounds(), peeked, options, base->frame, outcome.problems)};
  } else {
    Result<ChosenFrame> result = chooseFrame(peeked, options, outcome.problems);
    if (!result) return result.error();
    chosen = std::move(*result);
  }

  model::CityBuilder builder = base ? model::CityBuilder(*base) : model::CityBuilder(chosen.frame);
  builder.fillTerrain(options.fill_terrain_m);
  std::optional<LocalArea> wanted_area;
  if (!options.selection.area.empty()) {
    Result<LocalArea> area = LocalArea::create(options.selection.area, chosen.frame);
    if (!area) return area.error();
    wanted_area = std::move(*area);
  }
  SelectionSink sink(options.selection, wanted_area ? &*wanted_area : nullptr, builder);
  for (const auto& [why, count] : unwanted) sink.skipFiles(why, count);
  Run run{options, progress, outcome.problems, chosen.frame, builder, sink, chosen.area};
  outcome.sources = readAll(files, run);
  if (progress.cancelled()) return cancelledError();
  if (outcome.sources.empty()) return nothingRead(files.size(), outcome.problems);
  sink.tell(outcome.problems);
  progress.report(1, "joining");
  outcome.model = builder.finish(outcome.problems);
  return outcome;
}

}  // namespace

Result<Outcome> importFiles(const std::vector<std::filesystem::path>& paths, const Options& options, Progress& progress,
                            const model::CityModelPtr& base) {
  Problems problems;
  UnpackedArchives archives(options.unpack_folder, {});
  const auto unpacked = archives.open(paths, options.selection, problems, progress);
  if (progress.cancelled()) return cancelledError();
  Result<Outcome> outcome = importUnpacked(unpacked, options, progress, base, std::move(problems));
  if (!archives.any()) return outcome;
  if (!outcome) {
    Error error = outcome.error();
    error.where = archives.originalOf(error.where);
    return error;
  }
  archives.keepPicturesOf(*outcome->model);
  outcome->problems = archives.withOriginalPaths(outcome->problems);
  for (SourceInfo& source : outcome->sources) source.path = archives.originalOf(source.path);
  return outcome;
}

}  // namespace hashimichi::import
