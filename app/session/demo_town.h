#pragma once
#include <filesystem>

#include "geo/core/progress.h"
#include "geo/project/project.h"

namespace hashimichi::app {

/// Where the synthetic demo town of the window is kept: below XDG_DATA_HOME, else ~/.local/share, else the folder for
/// temporary files.
std::filesystem::path demoFolder();

/// Opens the demo town; makes and imports it first where it is not there yet (about ten seconds).
Result<project::Project> demoTown(Progress& progress);

}  // namespace hashimichi::app
