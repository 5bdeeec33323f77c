#include <fmt/format.h>

#include <algorithm>

#include "geo/routing/plough_plan.h"

namespace hashimichi::routing {
namespace {

Error noPlace(RoutePlace at, std::size_t count) {
  return {ErrorCode::bad_input, fmt::format("route {}, place {}", at.route + 1, at.place + 1),
          fmt::format("The plan has no {} visits there.", count), "Name a route and place of the plan."};
}

bool has(const PloughPlan& plan, RoutePlace at, std::size_t count) {
  return at.route < plan.routes.size() && at.place <= plan.routes[at.route].size() &&
         count <= plan.routes[at.route].size() - at.place;
}

auto iteratorAt(PloughPlan& plan, RoutePlace at) {
  return plan.routes[at.route].begin() + static_cast<std::ptrdiff_t>(at.place);
}

}  // namespace

Status moveVisits(PloughPlan& plan, RoutePlace from, std::size_t count, RoutePlace to) {
  if (!has(plan, from, count)) return noPlace(from, count);
  if (!has(plan, to, 0)) return noPlace(to, 0);
  if (from.route == to.route) {
    if (to.place >= from.place && to.place <= from.place + count) return done();
    const auto first = iteratorAt(plan, from), last = first + static_cast<std::ptrdiff_t>(count);
    if (to.place < from.place)
      std::rotate(iteratorAt(plan, to), first, last);
    else
      std::rotate(first, last, iteratorAt(plan, to));
    return done();
  }
  const auto first = iteratorAt(plan, from), last = first + static_cast<std::ptrdiff_t>(count);
  plan.routes[to.route].insert(iteratorAt(plan, to), first, last);
  plan.routes[from.route].erase(first, last);
  return done();
}

Status reverseVisits(const PloughProblem& problem, PloughPlan& plan, RoutePlace from, std::size_t count) {
  if (!has(plan, from, count)) return noPlace(from, count);
  const auto first = iteratorAt(plan, from), last = first + static_cast<std::ptrdiff_t>(count);
  std::reverse(first, last);
  for (auto visit = first; visit != last; ++visit)
    if (visit->stretch < problem.stretches.size() && problem.stretches[visit->stretch].either_way)
      visit->backward = !visit->backward;
  return done();
}

Status turnVisit(PloughPlan& plan, RoutePlace at) {
  if (!has(plan, at, 1)) return noPlace(at, 1);
  iteratorAt(plan, at)->backward = !iteratorAt(plan, at)->backward;
  return done();
}

Status insertVisit(PloughPlan& plan, Visit visit, RoutePlace at) {
  if (!has(plan, at, 0)) return noPlace(at, 0);
  plan.routes[at.route].insert(iteratorAt(plan, at), visit);
  return done();
}

Status removeVisit(PloughPlan& plan, RoutePlace at) {
  if (!has(plan, at, 1)) return noPlace(at, 1);
  plan.routes[at.route].erase(iteratorAt(plan, at));
  return done();
}

}  // namespace hashimichi::routing
