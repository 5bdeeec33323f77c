#pragma once
#include <map>
#include <optional>
#include <string>

#include "geo/assess/snow/profile.h"

namespace hashimichi::assess::snow {

/// Hours one machine needs for one segment: length × passes ÷ working speed (DOMAIN A.7), plus the profile's share for
/// driving between segments. Passes = width to clear ÷ blade width, rounded up; the width to clear is the class's
/// target or the whole road where that is narrower.
/// @param width_m  0 = unknown: the target width is taken
double workHours(const Profile& profile, const ClassRule& rule, double length_m, double width_m);

/// A route is what is due of one clearing class in one contractor district (工区), driven by one machine. A segment
/// without a district is a route of its own, because its neighbours on the route are unknown.
class RouteHours {
 public:
  void add(const std::string& district, std::size_t rule_index, double hours);
  double of(const std::string& district, std::size_t rule_index, double own_hours) const;

 private:
  std::map<std::pair<std::string, std::size_t>, double> hours_;
};

}  // namespace hashimichi::assess::snow
