#pragma once
#include "geo/routing/local_search.h"

namespace hashimichi::routing {

/// Cuts one order of all tasks into at most the problem's number of routes so that their price, with `penalty` for each
/// unit above the capacity, is least. Routes of more than twice the capacity are not looked at unless nothing else is
/// left. O(vehicles · tasks · tasks per route). The result has as many routes as there are vehicles, some empty.
TaskRoutes splitTour(const Pricing& pricing, const std::vector<int>& tour, Cost penalty);

}  // namespace hashimichi::routing
