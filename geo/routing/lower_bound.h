#pragma once
#include "geo/routing/arc_routing.h"

namespace hashimichi::routing {

/// What no plan can undercut: all service, and the least driving that is left over.
///
/// Where every task may be served both ways at one cost and all ways are as long back as forth: the matching bound of
/// Golden and Wong (1981): at each odd node, and at the depot for as many vehicles as the demand needs at least, one
/// more edge must end. Else the flow bound: as many arrivals as departures at each node, directions left open
/// fractionally. A problem without any way between its parts gives the service alone.
Cost lowerBound(const ArcRoutingProblem& problem);

}  // namespace hashimichi::routing
