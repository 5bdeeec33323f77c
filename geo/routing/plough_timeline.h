#pragma once
#include <span>
#include <vector>

#include "geo/routing/plough_plan.h"

namespace hashimichi::routing {

enum class LegKind { transit, work, refill, stay };

/// What a machine does between two moments, tenths of a second after the start. Local frame.
struct Leg {
  LegKind kind = LegKind::transit;
  Cost begins = 0, ends = 0;
  model::Polyline line;   ///< as driven, all passes; one point where it stands
  std::size_t visit = 0;  ///< of the route: the stretch that is worked on or driven to; visits.size() on the way back
};

/// One route as it is driven, in time order without gaps.
struct RouteTimeline {
  std::size_t machine = 0;
  std::vector<Leg> legs;
};
/// The routes that leave their depot. The evaluation must be the plan's.
std::vector<RouteTimeline> timelineOf(const PloughProblem& problem, const RoadWays& ways, const Evaluation& evaluation);

struct MachinePosition {
  Vec3d position;
  double heading_rad = 0;  ///< counter-clockwise from east; of the last movement
  LegKind kind = LegKind::stay;
  std::size_t visit = 0;
};
/// Where a machine is at a moment: before the start at its first point, after the end at its last one. Even speed along
/// each leg. Pure; O(log legs + points of one leg).
MachinePosition positionAt(const RouteTimeline& route, double seconds);

}  // namespace hashimichi::routing
