#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "app/session/film_reel.h"
#include "app/session/look_commands.h"
#include "geo/assess/ranking.h"
#include "render/scene.h"

namespace hashimichi::app {

/// How the town is shown. Read-only for panels and viewport.
struct LookState {
  render::Look look;
  std::optional<ShowViewshed> viewshed;

  CompareView compare = CompareView::none;
  Instant other;       ///< the second moment
  double split = 0.5;  ///< of the picture's width
  /// The decisions and sensors of the second moment; nullptr and empty without a comparison.
  std::shared_ptr<const assess::Ranking> other_snow, other_ageing;
  std::vector<render::SensorReading> other_readings;

  SetPlayback playback;

  std::shared_ptr<FilmReel> film;  ///< what is being filmed: the window draws, a job writes; nullptr: nothing
};

}  // namespace hashimichi::app
