#pragma once
#include "app/session/point_state.h"

namespace hashimichi::app {

/// What colours a survey by its distances: each point takes that of the nearest point that was compared, NaN where
/// there is none near. Keeps the comparison alive; may be called by any number of threads.
render::PointDistances distancesOf(std::shared_ptr<const ShownChange> change);

}  // namespace hashimichi::app
