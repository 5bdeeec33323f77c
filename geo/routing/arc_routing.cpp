#include "geo/routing/arc_routing.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <queue>

namespace hashimichi::routing {

Cost ArcRoutingProblem::serviceCost() const {
  Cost sum = 0;
  for (const Task& task : tasks)
    sum += task.backward ? std::min(task.forward.cost, task.backward->cost) : task.forward.cost;
  return sum;
}

std::int64_t ArcRoutingProblem::demand() const {
  std::int64_t sum = 0;
  for (const Task& task : tasks) sum += task.demand;
  return sum;
}

std::vector<Cost> cheapestWays(int nodes, const std::vector<Link>& links) {
  const auto n = static_cast<std::size_t>(nodes);
  std::vector<std::vector<std::pair<int, Cost>>> from(n);
  for (const Link& link : links) from[static_cast<std::size_t>(link.from)].emplace_back(link.to, link.cost);
  std::vector<Cost> driving(n * n, unreachable);
  using Entry = std::pair<Cost, int>;
  for (std::size_t start = 0; start < n; ++start) {
    Cost* best = driving.data() + start * n;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
    best[start] = 0;
    open.emplace(0, static_cast<int>(start));
    while (!open.empty()) {
      const auto [cost, node] = open.top();
      open.pop();
      if (cost > best[node]) continue;
      for (const auto& [next, step] : from[static_cast<std::size_t>(node)]) {
        if (cost + step >= best[next]) continue;
        best[next] = cost + step;
        open.emplace(best[next], next);
      }
    }
  }
  return driving;
}

Result<Cost> checkedCost(const ArcRoutingProblem& problem, const std::vector<Route>& routes) {
  const auto broken = [&](std::string what) { return Error{ErrorCode::bad_input, problem.name, std::move(what), {}}; };
  std::vector<int> served(problem.tasks.size(), 0);
  if (routes.size() > static_cast<std::size_t>(problem.vehicles))
    return broken(fmt::format("The plan has {} routes for {} vehicles.", routes.size(), problem.vehicles));
  Cost cost = 0;
  for (std::size_t r = 0; r < routes.size(); ++r) {
    int at = problem.depot;
    std::int64_t load = 0;
    for (const ServedTask& step : routes[r]) {
      const Task& task = problem.tasks.at(step.task);
      if (step.backward && !task.backward)
        return broken(fmt::format("Route {} drives the one-way task {} the wrong way.", r + 1, step.task + 1));
      const Traversal& along = step.backward ? *task.backward : task.forward;
      const Cost way = problem.drive(at, along.from);
      if (way >= unreachable) return broken(fmt::format("Route {} cannot reach task {}.", r + 1, step.task + 1));
      cost += way + along.cost;
      at = along.to;
      load += task.demand;
      ++served[step.task];
    }
    if (load > problem.capacity)
      return broken(fmt::format("Route {} carries {} of at most {}.", r + 1, load, problem.capacity));
    if (problem.drive(at, problem.depot) >= unreachable)
      return broken(fmt::format("Route {} cannot come back to the depot.", r + 1));
    cost += problem.drive(at, problem.depot);
  }
  for (std::size_t t = 0; t < served.size(); ++t)
    if (served[t] != 1) return broken(fmt::format("Task {} is served {} times.", t + 1, served[t]));
  return cost;
}

}  // namespace hashimichi::routing
