#pragma once
#include <string>

#include "geo/core/progress.h"
#include "geo/core/result.h"
#include "geo/project/project.h"

namespace hashimichi::app {

/// Surveys of the project that have only their coarse sample are indexed into its folder's clouds/: every point is
/// then at hand. A survey that cannot be indexed keeps its sample and is told in the project's report. The project's
/// folder must exist; nothing is saved.
/// A survey whose file names no system is indexed in the one that was said when it was imported (project.sources).
/// @param source_crs  of surveys for which none was said; may be empty
/// @param geoid       grid file for ellipsoidal heights; kept with the octrees
/// @returns how many were indexed; cancelled (those that were indexed before stay)
Result<int> indexClouds(project::Project& project, const std::string& source_crs, Progress& progress,
                        const std::string& geoid = {});

/// Whether a survey of the project has no octree yet and could have one.
bool wantsIndex(const project::Project& project);

/// The same, and saves the project where something came of it, also when it was cancelled midway.
Result<int> indexAndSave(project::Project& project, const std::string& source_crs, Progress& progress,
                         const std::string& geoid = {});

}  // namespace hashimichi::app
