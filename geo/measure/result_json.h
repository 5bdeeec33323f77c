#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "geo/crs/local_frame.h"
#include "geo/measure/change.h"
#include "geo/measure/clearance.h"
#include "geo/measure/distance.h"
#include "geo/measure/road_profile.h"
#include "geo/measure/section.h"
#include "geo/measure/settlement.h"
#include "geo/measure/volume.h"

namespace hashimichi::measure {

/// The words of `hashimichi measure … --json`, of saved measurements and of tables: one writer, so that the window and
/// the command line say the same numbers. Keys are field names with their units; places are [easting, northing, height]
/// in the frame's CRS. Numbers that are not finite become null.
nlohmann::json toJson(const Distance& result);
nlohmann::json toJson(const PathLength& result);
nlohmann::json toJson(const AreaOf& result);
nlohmann::json toJson(const SectionPoints& result, const crs::LocalFrame& frame);  ///< counts and extents, no points
nlohmann::json toJson(const RoadSections& result, const crs::LocalFrame& frame, bool with_profiles);
nlohmann::json toJson(const Settlement& result, const crs::LocalFrame& frame);
nlohmann::json toJson(const Clearance& result, const crs::LocalFrame& frame);
nlohmann::json toJson(const VolumeChange& result);
nlohmann::json toJson(const SnowDepth& result);
/// The summary; the core points as well when asked for.
nlohmann::json toJson(const CloudChange& result, const crs::LocalFrame& frame, bool with_points);

}  // namespace hashimichi::measure
