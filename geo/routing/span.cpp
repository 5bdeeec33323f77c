#include "geo/routing/span.h"

#include <algorithm>

namespace hashimichi::routing {
namespace {

constexpr std::array<int, 2> directions{0, 1};

}  // namespace

Pricing::Pricing(const ArcRoutingProblem& problem) : problem_(&problem) {
  for (const Task& task : problem.tasks) {
    const Traversal back = task.backward.value_or(Traversal{task.forward.to, task.forward.from, unreachable});
    ends_.push_back({{task.forward.from, back.from}, {task.forward.to, back.to}, {task.forward.cost, back.cost}});
  }
}

Span Pricing::of(int task) const {
  const Ends& ends = ends_[static_cast<std::size_t>(task)];
  Span span{task, task, problem_->tasks[static_cast<std::size_t>(task)].demand, {}};
  span.cost = {{{ends.cost[0], unreachable}, {unreachable, ends.cost[1]}}};
  return span;
}

Span Pricing::join(const Span& a, const Span& b) const {
  if (a.empty()) return b;
  if (b.empty()) return a;
  const Ends& out = ends_[static_cast<std::size_t>(a.last)];
  const Ends& in = ends_[static_cast<std::size_t>(b.first)];
  Span joined{a.first, b.last, a.demand + b.demand, {}};
  for (const int i : directions) {
    // The cheapest arrival at b's first task in each direction.
    std::array<Cost, 2> arrival{};
    for (const int l : directions)
      arrival[l] = std::min({a.cost[i][0] + problem_->drive(out.to[0], in.from[l]),
                             a.cost[i][1] + problem_->drive(out.to[1], in.from[l]), unreachable});
    for (const int j : directions)
      joined.cost[i][j] = std::min({arrival[0] + b.cost[0][j], arrival[1] + b.cost[1][j], unreachable});
  }
  return joined;
}

Cost Pricing::route(const Span& span) const {
  if (span.empty()) return 0;
  const Ends& in = ends_[static_cast<std::size_t>(span.first)];
  const Ends& out = ends_[static_cast<std::size_t>(span.last)];
  Cost best = unreachable;
  for (const int i : directions)
    for (const int j : directions)
      best = std::min(best, problem_->drive(problem_->depot, in.from[i]) + span.cost[i][j] +
                                problem_->drive(out.to[j], problem_->depot));
  return best;
}

Route Pricing::directed(const std::vector<int>& tasks) const {
  const std::size_t n = tasks.size();
  if (n == 0) return {};
  // From the end: what remains to be paid when a task is served in a direction, and how the next one is then served.
  std::vector<std::array<Cost, 2>> rest(n);
  std::vector<std::array<int, 2>> next(n);
  for (std::size_t k = n; k-- > 0;) {
    const Ends& here = ends_[static_cast<std::size_t>(tasks[k])];
    for (const int i : directions) {
      Cost best = problem_->drive(here.to[i], problem_->depot);
      if (k + 1 < n) {
        const Ends& there = ends_[static_cast<std::size_t>(tasks[k + 1])];
        const Cost forward = problem_->drive(here.to[i], there.from[0]) + rest[k + 1][0];
        const Cost backward = problem_->drive(here.to[i], there.from[1]) + rest[k + 1][1];
        next[k][i] = backward < forward ? 1 : 0;
        best = std::min(forward, backward);
      }
      rest[k][i] = std::min(here.cost[i] + best, unreachable);
    }
  }
  const Ends& first = ends_[static_cast<std::size_t>(tasks[0])];
  const auto start = [&](int i) { return problem_->drive(problem_->depot, first.from[i]) + rest[0][i]; };
  int direction = start(1) < start(0) ? 1 : 0;
  Route route;
  for (std::size_t k = 0; k < n; ++k) {
    route.push_back({static_cast<std::size_t>(tasks[k]), direction == 1});
    direction = next[k][direction];
  }
  return route;
}

Cost Pricing::between(int a, int b) const {
  const Ends& out = ends_[static_cast<std::size_t>(a)];
  const Ends& in = ends_[static_cast<std::size_t>(b)];
  Cost best = unreachable;
  for (const int i : directions)
    for (const int j : directions)
      if (out.cost[i] < unreachable && in.cost[j] < unreachable)
        best = std::min(best, problem_->drive(out.to[i], in.from[j]));
  return best;
}

}  // namespace hashimichi::routing
