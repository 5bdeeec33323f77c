#include "geo/assess/snow/segment.h"

#include <algorithm>

#include "geo/assess/snow/accumulate.h"
#include "geo/assess/snow/physics.h"

namespace hashimichi::assess::snow {
namespace {

constexpr double usual_new_snow_density = 100;  // kg/m³, where no temperature is known (DOMAIN B.2)

std::optional<double> trafficShare(const Profile& profile, const Segment& segment) {
  if (segment.road->aadt) return trafficOf(*segment.road->aadt);
  if (segment.road->clearing_class == model::ClearingClass::unknown) return std::nullopt;
  return trafficOf(profile.rules[segment.rule_index].typical_aadt);
}

}  // namespace

Vec3d placeOf(const model::RoadSegment& road) {
  if (!road.centreline.empty()) return model::pointAlong(road.centreline, model::length2d(road.centreline) / 2).point;
  const Bounds bounds = model::boundsOf(road.geometry);
  return bounds.empty() ? Vec3d{} : bounds.centre();
}

std::optional<DeckIcing> deckIcing(const Profile& profile, const LocalSnow& local) {
  if (!local.deck_c && !local.lowest_air_c) return std::nullopt;
  if (local.deck_c && *local.deck_c <= 0) return DeckIcing{1, *local.deck_c, 0};
  if (!local.lowest_air_c) return DeckIcing{0, *local.deck_c, 0};
  const double limit_c = profile.deck_icing_c;
  return DeckIcing{std::clamp((limit_c - *local.lowest_air_c) / limit_c, 0.0, 1.0), *local.lowest_air_c, limit_c};
}

double remainingWidth_m(const Profile& profile, const Segment& segment) {
  const model::RoadSegment& road = *segment.road;
  if (road.width_m <= 0 || road.snow_gutter) return std::max(0.0, road.width_m);
  BankInput input;
  input.snow_density =
      segment.local.air_c ? newSnowDensity(*segment.local.air_c, profile.density) : usual_new_snow_density;
  input.depth_m = segment.snow.depth_cm / 100;
  input.half_width_m = road.width_m / 2;
  return std::max(0.0, road.width_m - 2 * bankFrom(input).width_m);
}

bool beforeSchool(Instant finish) {
  const int hour = toClock(finish).hour;
  return isWeekday(finish) && hour >= 4 && hour < 9;
}

Criteria criteriaOf(const Profile& profile, const Segment& segment, Instant finish) {
  const model::RoadSegment& road = *segment.road;
  const LocalSnow& local = segment.local;
  Criteria c;
  c[Criterion::demand] = demandOf(segment.snow.depth_cm, local.forecast_cm.value_or(0), segment.trigger.cm);
  c[Criterion::traffic] = trafficShare(profile, segment);
  if (road.emergency_route) c[Criterion::emergency_route] = emergencyRouteOf(*road.emergency_route);
  if (road.facility_access) c[Criterion::facility_access] = std::clamp(*road.facility_access, 0.0, 1.0);
  if (road.bus_trips_per_day) c[Criterion::bus] = busOf(*road.bus_trips_per_day);
  if (road.school_route) c[Criterion::school_route] = *road.school_route && beforeSchool(finish) ? 1 : 0;
  if (road.grade_percent) c[Criterion::grade] = gradeOf(*road.grade_percent);
  if (road.width_m > 0)
    c[Criterion::narrow] =
        narrowOf(remainingWidth_m(profile, segment), profile.rules[segment.rule_index].target_width_m);
  if (!road.on_bridge)
    c[Criterion::deck_icing] = 0;
  else if (const auto icing = deckIcing(profile, local))
    c[Criterion::deck_icing] = icing->share;
  return c;
}

}  // namespace hashimichi::assess::snow
