#include "app/session/index_clouds.h"

#include <algorithm>
#include <memory>

#include "geo/core/file.h"
#include "geo/points/build_octree.h"

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

}  // namespace

bool wantsIndex(const project::Project& project) {
  return project.model && std::any_of(project.model->clouds.begin(), project.model->clouds.end(), lacksOctree);
}

Result<int> indexClouds(project::Project& project, const std::string& source_crs, Progress& progress) {
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
    job.source_crs = source_crs;
    job.name = cloud.id;
    Problems told_when_read;  // the importer has reported what is odd about the file
    const Result<points::IndexReport> report = points::buildOctree(job, told_when_read, progress);
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
    cloud.octree = toUtf8(report->octree);
    cloud.point_count = static_cast<std::size_t>(report->points);
    cloud.count_by_class.assign(report->count_by_class.begin(), report->count_by_class.end());
    ++indexed;
  }
  project.model = changed;
  return indexed;
}

Result<int> indexAndSave(project::Project& project, const std::string& source_crs, Progress& progress) {
  Result<int> indexed = indexClouds(project, source_crs, progress);
  if (indexed && *indexed == 0) return indexed;
  if (!indexed && indexed.error().code != ErrorCode::cancelled) return indexed;
  SilentProgress to_the_end;  // a cancelled index leaves a whole project
  if (const Status saved = project::save(project, to_the_end); !saved) return saved.error();
  return indexed;
}

}  // namespace hashimichi::app
