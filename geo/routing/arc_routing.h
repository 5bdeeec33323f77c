#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "geo/core/progress.h"
#include "geo/core/result.h"

namespace hashimichi::routing {

/// Costs are whole numbers of any one unit (the standard instances have none; a plough plan counts in tenths of a
/// second), so that the same problem gives the same plan on every machine.
using Cost = std::int64_t;
inline constexpr Cost unreachable = std::numeric_limits<Cost>::max() / 16;

/// Serving a stretch of road in one direction.
struct Traversal {
  int from = 0, to = 0;  ///< nodes
  Cost cost = 0;         ///< of serving, not of merely driving it
};

/// A stretch that has to be served once.
struct Task {
  Traversal forward;
  std::optional<Traversal> backward;  ///< nothing: one-way
  int demand = 1;                     ///< in the unit of the capacity
};

/// Capacitated arc routing: all tasks are served once by closed routes from the depot, none above the capacity, at the
/// least cost of serving and of driving between.
struct ArcRoutingProblem {
  std::string name;
  int nodes = 0, depot = 0;  ///< nodes count from 0
  int capacity = 0;
  int vehicles = 0;  ///< routes at most
  std::vector<Task> tasks;
  std::vector<Cost> driving;  ///< nodes × nodes, cheapest way from row to column; `unreachable` where there is none

  Cost drive(int from, int to) const {
    return driving[static_cast<std::size_t>(from) * static_cast<std::size_t>(nodes) + static_cast<std::size_t>(to)];
  }
  Cost serviceCost() const;  ///< of all tasks in their cheaper direction: no plan costs less
  std::int64_t demand() const;
};

/// A link of the network that may be driven along, in one direction.
struct Link {
  int from = 0, to = 0;
  Cost cost = 0;
};
/// All cheapest ways, as ArcRoutingProblem::driving. O(nodes · links · log nodes).
std::vector<Cost> cheapestWays(int nodes, const std::vector<Link>& links);

struct ServedTask {
  std::size_t task = 0;
  bool backward = false;
};
using Route = std::vector<ServedTask>;

struct ArcRoutingPlan {
  std::vector<Route> routes;  ///< none is empty
  Cost cost = 0;
  Cost lower_bound = 0;  ///< no plan costs less
  double gap() const { return cost > 0 ? static_cast<double>(cost - lower_bound) / static_cast<double>(cost) : 0; }
};

/// What a plan costs, counted anew from its tasks; bad_input tells the first rule that it breaks: a task unserved or
/// served twice, a route above the capacity, too many routes, no way between two tasks.
Result<Cost> checkedCost(const ArcRoutingProblem& problem, const std::vector<Route>& routes);

struct SearchLimits {
  double seconds = 10;
  std::uint64_t seed = 1;
  /// Generations without a better plan after which the search ends; 0: only the time counts. With it and enough time
  /// the plan is the same on every machine.
  int idle_generations = 4000;
  Cost good_enough = 0;  ///< the search also ends at a plan that costs no more
};

/// The best plan that was found: a memetic search (giant tours, optimal splitting, local search with the best direction
/// of every task, after Prins 2004 and Vidal 2017). It stops early where the plan meets the lower bound.
/// bad_input where a task cannot be reached or does not fit; limit where no plan within the vehicles was found.
Result<ArcRoutingPlan> planRoutes(const ArcRoutingProblem& problem, const SearchLimits& limits, Progress& progress);

}  // namespace hashimichi::routing
