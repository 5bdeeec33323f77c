#pragma once
#include <optional>

#include "geo/model/city_model.h"

namespace hashimichi::model {

inline constexpr const char* flood_depth_result = "hazard/flood_depth";

/// The depth that a zone of a hazard map tells in its own columns: metres (depth, 浸水深, 最大浸水深), else the shallow
/// end of its rank, by its words ("0.5m以上3m未満") or by MLIT's rank code 1 … 6 (rank, 浸水深ランク, A31a_105/205 of
/// the national land numerical information). Nothing where no column says so.
std::optional<double> floodDepthOf(const CityObject& zone);

/// Depths of all such zones as one result that holds at any time, in MLIT's classes; its items are the zones' ids, so
/// that the zones themselves are coloured. Nothing where the town has none.
std::optional<ResultLayer> floodDepths(const CityModel& model);

}  // namespace hashimichi::model
