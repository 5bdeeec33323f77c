#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/core/date_time.h"
#include "geo/core/geometry.h"
#include "geo/core/problem.h"
#include "geo/core/result.h"
#include "geo/model/asset_ref.h"

namespace hashimichi::project {

/// A view that a person wants to come back to. Local frame; angles as in the camera of the picture.
struct Viewpoint {
  std::string id, name;
  Vec3d target;               ///< the point one turns about
  double distance_m = 1500;   ///< eye to target
  double azimuth_deg = 0;     ///< viewing direction from north, clockwise
  double elevation_deg = 40;  ///< of the eye above the target's horizon
  bool orthographic = false;
  double view_angle_deg = 30;  ///< vertical
  std::optional<Instant> at;   ///< the moment that was shown; nothing: the present one is kept on coming back

  bool operator==(const Viewpoint&) const = default;
};

/// A few words pinned to a place of the town.
struct Note {
  std::string id, text;
  Vec3d place;                           ///< local frame
  std::optional<model::AssetRef> asset;  ///< what it was pinned to
  Instant made_at;
  bool done = false;  ///< what it asks for has been seen to

  bool operator==(const Note&) const = default;
};

/// What people write into a project beside its data: kept as notebook.json in its folder, in order. A value.
struct Notebook {
  std::vector<Viewpoint> viewpoints;
  std::vector<Note> notes;

  bool operator==(const Notebook&) const = default;
};

std::filesystem::path notebookPath(const std::filesystem::path& project_folder);
/// An empty one when there is no file. Damaged entries are skipped and counted in `problems`, the others are kept; a
/// file that is no JSON at all is `unreadable`: tell the person before saving over it.
Result<Notebook> loadNotebook(const std::filesystem::path& project_folder, Problems& problems);
/// Written beside and renamed; the same notebook gives the same bytes.
Status saveNotebook(const std::filesystem::path& project_folder, const Notebook& notebook);

}  // namespace hashimichi::project
