#include <fmt/format.h>

#include "app/cli/cloud_output.h"
#include "app/cli/verb.h"
#include "app/i18n/text.h"
#include "app/session/workflow.h"
#include "geo/core/file.h"
#include "geo/export/attribute_export.h"
#include "geo/export/exporter.h"
#include "geo/export/point_cloud_file.h"

namespace hashimichi::app::cli {
namespace {

struct Words {
  DecisionWords decision;
  std::string format = "pdf", out, cloud;
  std::vector<int> classes;
  std::string polygon;      ///< GeoJSON
  std::vector<double> box;  ///< west, south, east, north in the project's CRS
};

/// The cloud that is meant: the named one, or the only one.
Result<const model::PointCloud*> chosenCloud(const project::Project& project, const std::string& name) {
  const std::vector<model::PointCloud>& clouds = project.model->clouds;
  std::string names;
  for (const model::PointCloud& cloud : clouds) {
    if (cloud.id == name || (name.empty() && clouds.size() == 1)) return &cloud;
    names += (names.empty() ? "" : ", ") + cloud.id;
  }
  return Error{ErrorCode::not_found, toUtf8(project.folder),
               clouds.empty() ? "The project has no point cloud." : "Name the point cloud that is meant.",
               clouds.empty() ? "Import one first." : "With --cloud, one of: " + names + "."};
}

/// One survey, clipped and by class.
int runPoints(const Words& words, Progress& progress) {
  const Result<project::Project> project = project::open(projectFolderFrom(words.decision.project), progress);
  if (!project) return fail(project.error());
  const Result<const model::PointCloud*> cloud = chosenCloud(*project, words.cloud);
  if (!cloud) return fail(cloud.error());
  const crs::LocalFrame& frame = project->model->frame;
  points::Region region;
  if (!words.classes.empty()) region.classes.reset();
  for (const int one : words.classes) region.classes.set(static_cast<std::size_t>(one));
  constexpr double any_height_m = 1e5;
  if (!words.box.empty()) {
    region.box.add(frame.toLocal({words.box[0], words.box[1], -any_height_m}));
    region.box.add(frame.toLocal({words.box[2], words.box[3], any_height_m}));
  }
  if (!words.polygon.empty())
    if (const Status clipped = clipToPolygons(region, words.polygon, frame); !clipped) return fail(clipped.error());
  const bool copc = words.format == "copc";
  const std::filesystem::path path = words.out.empty() ? (*cloud)->id + (copc ? ".copc.laz" : ".laz") : words.out;
  const auto format = copc ? exporting::PointFormat::copc : exporting::PointFormat::laz;
  Problems problems;
  const auto written = writeCloud(**cloud, frame, region, format, path, problems, progress);
  if (!written) return fail(written.error());
  fmt::print("{}: {} ({})\n", tr(languageFromEnvironment(), "cli.written"), toUtf8(path), written->points);
  return written->lost_points > 0 ? exit_problems : exit_done;
}

/// What the sources say, as tables; nothing is ranked for that.
int runAttributes(const Words& words, Progress& progress) {
  const Result<project::Project> project = project::open(projectFolderFrom(words.decision.project), progress);
  if (!project) return fail(project.error());
  const std::filesystem::path path = words.out.empty() ? "attributes" : words.out;
  const Status written = exporting::writeAttributes(*project->model, path, progress);
  if (!written) return fail(written.error());
  fmt::print("{}: {}\n", tr(languageFromEnvironment(), "cli.written"), toUtf8(path));
  return exit_done;
}

int runExport(const Words& words, Progress& progress) {
  if (words.format == "laz" || words.format == "copc") return runPoints(words, progress);
  if (words.format == "attributes") return runAttributes(words, progress);
  const Result<Decision> decision = decide(words.decision, progress);
  if (!decision) return fail(decision.error());
  const exporting::Format format = *exporting::formatFrom(words.format);
  const std::filesystem::path path = words.out.empty() ? words.decision.subject + "." + words.format : words.out;
  const exporting::Snapshot snapshot{decision->project, decision->ranking, words.decision.chosenLanguage()};
  const Status written = exporting::write(snapshot, format, path, progress);
  if (!written) return fail(written.error());
  fmt::print("{}: {}\n", tr(languageFromEnvironment(), "cli.written"), toUtf8(path));
  return exit_done;
}

}  // namespace

void addExportVerb(CLI::App& app, Action& chosen) {
  const Language language = languageFromEnvironment();
  auto words = std::make_shared<Words>();
  CLI::App* verb = app.add_subcommand("export", tr(language, "cli.export"));
  words->decision.addTo(*verb);
  verb->add_option("--format", words->format, tr(language, "cli.format"))
      ->check(CLI::IsMember({"pdf", "gpkg", "geojson", "csv", "attributes", "laz", "copc"}));
  verb->add_option("--out", words->out, tr(language, "cli.out"));
  verb->add_option("--cloud", words->cloud, tr(language, "cli.cloud"));
  verb->add_option("--class", words->classes, tr(language, "cli.classes"))->check(CLI::Range(0, 255))->delimiter(',');
  verb->add_option("--box", words->box, tr(language, "cli.box"))->expected(4)->delimiter(',');
  verb->add_option("--polygon", words->polygon, tr(language, "cli.polygon"));
  verb->callback([words, &chosen] { chosen = [words](Progress& progress) { return runExport(*words, progress); }; });
}

}  // namespace hashimichi::app::cli
