#pragma once
#include "geo/assess/snow/profile.h"
#include "geo/routing/plough_problem.h"

// Who works where. Included by plough_*.cpp only.
namespace hashimichi::routing {

/// The districts' machines: their own depots', those of depots that serve any district (to where the work for each
/// machine is longest, nearest depot first), and assumed ones where there would be none or `options.ploughs` asks for
/// more. What was assumed stands in the town's problems.
void giveMachines(PloughTown& town, const assess::snow::Profile& profile, const PloughOptions& options,
                  const std::vector<bool>& main_network);

}  // namespace hashimichi::routing
