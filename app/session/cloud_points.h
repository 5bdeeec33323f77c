#pragma once
#include <set>

#include "app/session/point_state.h"
#include "geo/core/progress.h"
#include "geo/measure/points.h"
#include "geo/model/city_model.h"

namespace hashimichi::app {

/// The points of one cloud inside a box of the local frame: all of them from its octree, else those of the coarse
/// sample, which is then told by `unrefined`. Any thread.
/// @returns not_found when there is no such cloud; unreadable when its octree is damaged or gone; cancelled
Result<measure::PointStore> pointsWithin(const model::CityModel& model, const std::string& cloud, const Bounds& box,
                                         Progress& progress);
/// The same of all clouds that are not hidden, together.
Result<measure::PointStore> shownPointsWithin(const model::CityModel& model, const std::set<std::string>& hidden,
                                              const Bounds& box, Progress& progress);

/// What the survey says of a drawn point; reads its node. Any thread.
/// @returns not_found when the cloud has no such point; unreadable when its octree is damaged or gone
Result<PickedPoint> pointAt(const model::CityModel& model, const render::PointHit& hit);

}  // namespace hashimichi::app
