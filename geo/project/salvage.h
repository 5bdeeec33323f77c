#pragma once
#include <filesystem>
#include <optional>

#include "geo/core/progress.h"
#include "geo/core/result.h"
#include "geo/project/project.h"

namespace hashimichi::project {

/// How a project was opened that open() refuses.
enum class Salvage {
  newer,     ///< of a newer version: what this one knows of it
  previous,  ///< damaged; the state before the last save is shown
  parts,     ///< damaged, and so is the previous one: what can still be read
};

/// Codes of the report lines that say so; the line's text holds what open() said. They begin with
/// opening_code_prefix, so they are never saved.
inline constexpr const char* newer_code = "project.newer";
inline constexpr const char* previous_code = "project.previous_shown";
inline constexpr const char* parts_code = "project.parts_shown";
inline constexpr const char* part_damaged_code = "project.part_damaged";

/// As open(); where that refuses a newer or damaged project, what can be read, to be looked at: save() refuses it. For
/// people; rankings for a decision are made from whole projects only.
/// @returns what open() said when nothing can be read
Result<Project> openAsFarAsPossible(const std::filesystem::path& folder, Progress& progress);
/// Nothing for a project that is whole.
std::optional<Salvage> salvageOf(const Project& project);
inline bool wasSalvaged(const Project& project) {
  return salvageOf(project).has_value();
}

/// One project file of that folder. For this room.
/// @param lenient  parts that cannot be read are told in the report and left out; a newer layout is tried
Result<Project> openFile(const std::filesystem::path& folder, const std::filesystem::path& gpkg, bool lenient,
                         Progress& progress);

}  // namespace hashimichi::project
