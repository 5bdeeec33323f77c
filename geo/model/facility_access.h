#pragma once
#include <string_view>
#include <vector>

#include "geo/core/problem.h"
#include "geo/model/building.h"
#include "geo/model/road.h"

namespace hashimichi::model {

/// How much a building counts as a place that must be reached, by its name: hospital or fire station 1, shelter
/// (school, community hall, 避難所) 0.6; 0 for every other name. Animal hospitals do not count.
double facilityWeight(std::string_view name);

/// facility_access of every road with a centre line: the largest weight of a named facility within 500 m along the
/// network, 0 where none is. Stays unknown where no building of the model names a facility. Lines that end within 1 m
/// of each other are joined; a facility stands on the nearest line within 150 m of its footprint's middle.
void measureFacilityAccess(std::vector<RoadSegment>& roads, const std::vector<Building>& buildings, Problems& problems);

}  // namespace hashimichi::model
