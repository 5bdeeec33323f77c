#pragma once
#include <string>
#include <vector>

#include "geo/model/city_model.h"

namespace hashimichi::tests {

/// Every field of two towns, compared: coordinates within a tenth of a millimetre, everything else exactly.
/// @returns what differs, first 20 places ("roads[3].width_m"); empty when they are the same
std::vector<std::string> differences(const model::CityModel& a, const model::CityModel& b);

}  // namespace hashimichi::tests
