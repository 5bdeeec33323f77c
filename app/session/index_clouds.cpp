#include "app/session/index_clouds.h"

#include <algorithm>
#include <memory>

#include "geo/core/file.h"
#include "geo/import/points/quick_look.h"
#include "geo/points/build_octree.h"
#include "geo/points/octree_place.h"

namespace hashimichi::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* clouds_folder = "clouds";

fs::path pathOf(const std::string& utf8) {
  return {std::u8string(utf8.begin(), utf8.end())};
}

bool usedByAnother(const std::vector<model::PointCloud>& clouds, const model::PointCloud& mine,
                   const fs::path& folder) {
  const std::string name = toUtf8(folder);
  return std::any_of(clouds.begin(), clouds.end(),
                     [&](const model::PointCloud& cloud) { return &cloud != &mine && cloud.octree == name; });
}

/// clouds/<id>, or clouds/<id>-2 …: an octree of a survey that was imported before is replaced, another's is not.
fs::path folderFor(const fs::path& project, const std::vector<model::PointCloud>& clouds,
                   const model::PointCloud& cloud) {
  std::string name = cloud.id;
  for (char& c : name)
    if (c == '/' || c == '\\' || c == ':') c = '_';
  if (name.empty() || name.starts_with(".")) name = "cloud" + name;
  fs::path folder = project / clouds_folder / pathOf(name);
  for (int number = 2; usedByAnother(clouds, cloud, folder); ++number)
    folder = project / clouds_folder / pathOf(name + "-" + std::to_string(number));
  return folder;
}

bool lacksOctree(const model::PointCloud& cloud) {
  std::error_code ignored;
  const fs::path path = pathOf(cloud.path);
  return cloud.octree.empty() && fs::is_regular_file(path, ignored) && points::isIndexable(path);
}

/// In which system the survey was read when it was imported, where its file names none: what the person said then.
std::string crsWhenImported(const project::Project& project, const model::PointCloud& cloud) {
  for (const import::SourceInfo& source : project.sources)
    if (source.path == cloud.source) return source.crs;
  return {};
}

/// The report without what a first look had to leave open about a survey.
Problems counted(const Problems& report, const std::string& file) {
  const auto isVoid = [&](const Problem& line) { return line.code == import::quick_look_code && line.file == file; };
  Problems kept;
  std::size_t gone = 0;
  for (const Problem& line : report.lines()) isVoid(line) ? void(++gone) : kept.add(line);
  for (const ProblemKind kind : {ProblemKind::assumption, ProblemKind::skipped, ProblemKind::failed})
    for (const auto& [code, count] : report.byCode(kind)) {
      const std::size_t now = kept.count(kind, code), before = count - (code == import::quick_look_code ? gone : 0);
      if (before > now) kept.addUnkept(kind, code, before - now);
    }
  return kept;
}

bool wasOnlyLookedAt(const Problems& report, const std::string& file) {
  return std::any_of(report.lines().begin(), report.lines().end(),
                     [&](const Problem& line) { return line.code == import::quick_look_code && line.file == file; });
}

/// The octree has seen every point: its numbers replace those of the header and of the first look.
void takeOver(project::Project& project, model::PointCloud& cloud, const points::IndexReport& report,
              const Problems& told, const std::string& geoid) {
  cloud.octree = toUtf8(report.octree);
  cloud.point_count = static_cast<std::size_t>(report.points);
  cloud.count_by_class.assign(report.count_by_class.begin(), report.count_by_class.end());
  if (!wasOnlyLookedAt(project.report, cloud.source)) return;
  project.report = counted(project.report, cloud.source);
  for (Problem line : told.lines()) {
    if (line.code != "las.truncated" && line.code != "las.header_bounds" && line.code != "text_cloud.not_numbers")
      continue;
    line.file = cloud.source;
    project.report.add(std::move(line));
  }
  points::OctreeInfo info;
  info.crs = report.crs;
  info.bounds = report.bounds;
  info.geoid = geoid;
  const auto place = points::placeOctree(info, cloud, project.model->frame);
  if (!place) return;
  if (const auto placer = points::OctreePlacer::create(*place))
    if (const Bounds exact = (*placer)(report.bounds); !exact.empty()) cloud.bounds = exact;
}

}  // namespace

bool wantsIndex(const project::Project& project) {
  return project.model && std::any_of(project.model->clouds.begin(), project.model->clouds.end(), lacksOctree);
}

Result<int> indexClouds(project::Project& project, const std::string& source_crs, Progress& progress,
                        const std::string& geoid) {
  if (!wantsIndex(project)) return 0;
  auto changed = std::make_shared<model::CityModel>(*project.model);
  std::error_code error;
  fs::create_directories(project.folder / clouds_folder, error);
  if (error)
    return Error{ErrorCode::write_failed, toUtf8(project.folder / clouds_folder),
                 "The folder for the octrees cannot be made: " + error.message() + ".",
                 "Make room, or check the rights."};
  int indexed = 0;
  for (model::PointCloud& cloud : changed->clouds) {
    if (!lacksOctree(cloud)) continue;
    points::IndexJob job;
    job.files = {pathOf(cloud.path)};
    job.out = fs::absolute(folderFor(project.folder, changed->clouds, cloud));
    const std::string own_crs = crsWhenImported(project, cloud);
    job.source_crs = own_crs.empty() ? source_crs : own_crs;
    job.geoid = geoid;
    job.name = cloud.id;
    Problems told;  // the importer has reported what is odd about a file that it read whole
    const Result<points::IndexReport> report = points::buildOctree(job, told, progress);
    if (!report && report.error().code == ErrorCode::cancelled) {
      project.model = changed;
      return report.error();
    }
    if (!report) {
      project.report.skip(cloud.path, {}, "cloud.not_indexed",
                          "The survey is shown by its coarse sample only: " + report.error().what,
                          report.error().advice);
      continue;
    }
    takeOver(project, cloud, *report, told, geoid);
    ++indexed;
  }
  project.model = changed;
  return indexed;
}

Result<int> indexAndSave(project::Project& project, const std::string& source_crs, Progress& progress,
                         const std::string& geoid) {
  Result<int> indexed = indexClouds(project, source_crs, progress, geoid);
  if (indexed && *indexed == 0) return indexed;
  if (!indexed && indexed.error().code != ErrorCode::cancelled) return indexed;
  SilentProgress to_the_end;  // a cancelled index leaves a whole project
  if (const Status saved = project::save(project, to_the_end); !saved) return saved.error();
  return indexed;
}

}  // namespace hashimichi::app
