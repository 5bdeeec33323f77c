#include "geo/assess/snow/routes.h"

#include <algorithm>
#include <cmath>

namespace hashimichi::assess::snow {

double workHours(const Profile& profile, const ClassRule& rule, double length_m, double width_m) {
  const double clear_m = width_m > 0 ? std::min(width_m, rule.target_width_m) : rule.target_width_m;
  const double passes = std::max(1.0, std::ceil(clear_m / profile.blade_width_m));
  return length_m / 1000 * passes / rule.speed_kmh * (1 + profile.transit_share);
}

void RouteHours::add(const std::string& district, std::size_t rule_index, double hours) {
  if (!district.empty()) hours_[{district, rule_index}] += hours;
}

double RouteHours::of(const std::string& district, std::size_t rule_index, double own_hours) const {
  const auto found = hours_.find({district, rule_index});
  return found == hours_.end() ? own_hours : found->second;
}

}  // namespace hashimichi::assess::snow
