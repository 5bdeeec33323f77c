#pragma once
#include <filesystem>
#include <optional>
#include <variant>

#include "geo/core/date_time.h"
#include "geo/core/geometry.h"
#include "render/look.h"

namespace hashimichi::app {

struct SetLook {
  render::Look look;
};
/// What can be seen from an eye at a place of the local frame; nothing takes it away.
struct ShowViewshed {
  std::optional<Vec3d> ground;
  double eye_height_m = 1.6;
  double reach_m = 500;
};

enum class CompareView { none, side_by_side, swipe };
/// Two moments in one picture: the time line's, and another one.
struct SetMomentComparison {
  CompareView view = CompareView::none;
  std::optional<Instant> other{};  ///< nothing: as it was, at first the beginning of the time line
  double split = 0.5;              ///< of the picture's width, from the left: there the other moment ends
};

/// Pictures along the saved viewpoints, or once round the camera's target; or one picture, as the camera stands.
struct FilmTown {
  enum class Path { turntable, viewpoints, still };
  Path along = Path::turntable;
  std::filesystem::path out;  ///< folder of numbered PNG, or a video by its ending; of a still its PNG
  bool legend = true;
  int width_px = 1280, height_px = 720;
  double seconds = 8;
  int frames_per_second = 25;
};

/// How the time line plays.
struct SetPlayback {
  double hours_per_second = 1.25;
  bool loop = true;  ///< from the end to the beginning; else it stops there
};

using LookCommand = std::variant<SetLook, ShowViewshed, SetMomentComparison, FilmTown, SetPlayback>;

}  // namespace hashimichi::app
