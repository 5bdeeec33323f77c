#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/assess/assess.h"
#include "geo/core/progress.h"
#include "geo/import/import_files.h"
#include "geo/project/notebook.h"
#include "geo/project/project.h"
#include "render/scene.h"

namespace hashimichi::app {

// What both mouths of the program do in the same way: the window inside jobs, the command line directly.

/// "town" or "town.hashimichi" → "town.hashimichi".
std::filesystem::path projectFolderFrom(std::filesystem::path path);

/// Reads files into the project of that folder (empty when missing); nothing is written.
Result<project::Project> readIntoProject(const std::filesystem::path& folder,
                                         const std::vector<std::filesystem::path>& files,
                                         const import::Options& options, Progress& progress);
/// The same, and saves it.
Result<project::Project> importIntoProject(const std::filesystem::path& folder,
                                           const std::vector<std::filesystem::path>& files,
                                           const import::Options& options, Progress& progress);

/// First and last moment of a project's series, and the end of its observations; nothing without series.
struct TimeSpan {
  Instant first, last, now;
};
std::optional<TimeSpan> timeSpanOf(const model::CityModel& model);

/// The same with the times of other programs' results, which the time line spans too; `now` stays the end of the
/// observations, without any it is the first moment of a result.
std::optional<TimeSpan> shownSpanOf(const model::CityModel& model);

/// The result that is shown after a project came in: the one shown before, one that has just been imported into an open
/// project, else none.
std::string resultToShow(const model::CityModel& model, const model::CityModelPtr& before,
                         const std::string& shown_before);

/// The moment that is shown first: the end of the observations; without any, the present hour (the one place with a
/// clock).
Instant defaultMoment(const model::CityModel& model);

Result<assess::Ranking> assessProject(const model::CityModel& model, assess::Subject subject,
                                      const std::string& profile, Instant at);

/// Snow depth of every station at a moment, as the picture's columns show it. A stale, missing or implausible one is
/// not usable, and says so.
std::vector<render::SensorReading> sensorReadings(const model::CityModel& model, const std::string& profile, Instant at,
                                                  Language language);

/// The feature of that id, of whatever kind; nothing when the town has none.
std::optional<model::AssetRef> assetNamed(const model::CityModel& model, const std::string& id);

/// Colours of a decision onto a scene: the ranking's own subject in rank colours, bridges by soundness.
void paintRanking(render::Scene& scene, const model::CityModel& model, const assess::Ranking* ranking);

/// Snow on each road as the ranking found it, in cm; NaN where it is unknown, empty without a snow ranking.
std::vector<float> roadSnow_cm(const model::CityModel& model, const assess::Ranking* ranking);
/// Defects of the newest inspections and people's notes, as they stand in the picture.
std::vector<render::Pin> pinsOf(const model::CityModel& model, const project::Notebook& book, bool defects);

}  // namespace hashimichi::app
