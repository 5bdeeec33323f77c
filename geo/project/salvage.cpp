#include "geo/project/salvage.h"

#include "geo/core/file.h"
#include "geo/project/generations.h"
#include "geo/project/layout.h"

namespace hashimichi::project {
namespace fs = std::filesystem;

Result<Project> openAsFarAsPossible(const fs::path& folder, Progress& progress) {
  Result<Project> whole = open(folder, progress);
  if (whole) return whole;
  const Error refused = whole.error();
  const auto marked = [&](Result<Project> opened, const char* code) {
    if (opened) opened->report.skip(refused.where, {}, code, refused.what, refused.advice);
    return opened;
  };
  if (refused.code == ErrorCode::unsupported) {
    Result<Project> newer = openFile(folder, gpkgOf(folder), true, progress);
    return newer ? marked(std::move(newer), newer_code) : refused;
  }
  if (refused.code != ErrorCode::unreadable) return refused;
  std::error_code ignored;
  if (fs::exists(backupOf(folder), ignored))
    if (Result<Project> previous = openFile(folder, backupOf(folder), false, progress))
      return marked(std::move(previous), previous_code);
  Result<Project> parts = openFile(folder, gpkgOf(folder), true, progress);
  return parts ? marked(std::move(parts), parts_code) : refused;
}

std::optional<Salvage> salvageOf(const Project& project) {
  const auto has = [&](const char* code) { return project.report.count(ProblemKind::skipped, code) > 0; };
  if (has(newer_code)) return Salvage::newer;
  if (has(previous_code)) return Salvage::previous;
  if (has(parts_code)) return Salvage::parts;
  return std::nullopt;
}

}  // namespace hashimichi::project
