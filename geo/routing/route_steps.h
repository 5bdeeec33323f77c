#pragma once
#include <string>
#include <vector>

#include "geo/routing/plough_plan.h"

namespace hashimichi::routing {

enum class StepKind { work, transit, refill, home };

/// One line of a driver's sheet: a street that is worked on as one, or a way to the next one. Times are tenths of a
/// second after the start.
struct RouteStep {
  StepKind kind = StepKind::work;
  Turn turn = Turn::straight;  ///< into it
  std::string street;          ///< of the work; on the way: the street on which most of it lies. May be empty.
  model::ClearingClass clearing_class = model::ClearingClass::unknown;
  double length_m = 0;
  int passes = 0;
  Cost begins = 0, ends = 0;
  Cost due = 0, late = 0;  ///< of its stretch with the least time left; work only
  std::size_t first_visit = 0, visits = 0;
};

/// A route as its driver reads it: neighbouring visits on one street in one direction are one step.
std::vector<RouteStep> stepsOf(const PloughTown& town, const PloughProblem& problem, std::size_t machine,
                               const RouteTimes& times);

}  // namespace hashimichi::routing
