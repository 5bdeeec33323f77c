#pragma once
#include <filesystem>
#include <set>
#include <string>

#include "geo/core/result.h"
#include "geo/model/city_model.h"

namespace hashimichi::project {

/// project.gpkg.bak: what project.gpkg was before the last save.
std::filesystem::path backupOf(const std::filesystem::path& folder);
/// project.gpkg.damaged: one that could not be read any more, kept when it is replaced.
std::filesystem::path damagedOf(const std::filesystem::path& folder);

/// Before a new project.gpkg is moved into place: keeps the present one as the previous generation; one that cannot be
/// read goes to damagedOf() instead, so that a good previous one is not lost to it.
/// @returns unsupported when the present one is of a newer layout: it must not be replaced
Status keepPrevious(const std::filesystem::path& folder);

/// The previous generation becomes the present one again; what was there goes to damagedOf(). The previous one stays
/// where it is, too. The caller holds the project's lock.
Status restorePrevious(const std::filesystem::path& folder);

/// Removes samples, meshes and pictures below caches/ that neither `used` nor the previous generation names, and
/// folders of unpacked archives in which no picture of either lies. Nothing is removed while the previous one cannot be
/// read.
void removeOldCaches(const std::filesystem::path& folder, const std::set<std::string>& used,
                     const model::CityModel& city);

/// Half-written files that a killed program left in the folder and in caches/. The caller holds the project's lock, so
/// that no other program is writing.
void removeLeftovers(const std::filesystem::path& folder);

}  // namespace hashimichi::project
