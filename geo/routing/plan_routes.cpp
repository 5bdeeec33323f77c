#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <numeric>

#include "geo/routing/lower_bound.h"
#include "geo/routing/split.h"

namespace hashimichi::routing {
namespace {

using Random = LocalSearch::Random;

constexpr std::size_t population_kept = 25, offspring = 40, elite = 4;
constexpr std::size_t neighbours_tried = 20;
/// Generations without a better plan after which a new population is raised.
constexpr int restart_after = 1200;
constexpr int penalty_review = 50;
constexpr double repair_share = 0.5;

struct Individual {
  TaskRoutes routes;
  Cost cost = 0;                            ///< without penalty
  std::int64_t above = 0;                   ///< units above the capacity, in all routes
  std::vector<std::pair<int, int>> beside;  ///< by task: what is served before and after it

  Cost price(Cost penalty) const { return cost + penalty * above; }
};

/// Share of tasks whose neighbours in the plan differ; direction and order of routes do not matter.
double difference(const Individual& a, const Individual& b) {
  std::size_t differing = 0;
  for (std::size_t task = 0; task < a.beside.size(); ++task) {
    const auto [before, after] = a.beside[task];
    const auto has = [&](int other) { return b.beside[task].first == other || b.beside[task].second == other; };
    differing += (has(before) ? 0u : 1u) + (has(after) ? 0u : 1u);
  }
  return static_cast<double>(differing) / static_cast<double>(2 * std::max<std::size_t>(a.beside.size(), 1));
}

/// One search from first plans to the limits.
class Search {
 public:
  Search(const ArcRoutingProblem& problem, const SearchLimits& limits, Cost bound)
      : problem_(problem),
        limits_(limits),
        bound_(bound),
        pricing_(problem),
        local_(pricing_, neighbours_tried),
        random_(limits.seed) {
    penalty_ = std::max<Cost>(1, 2 * problem.serviceCost() / std::max<std::int64_t>(1, problem.demand()));
  }

  /// The best feasible plan; empty routes everywhere when there was none.
  const Individual& run(Progress& progress) {
    const auto began = std::chrono::steady_clock::now();
    const auto passed_s = [&] {
      return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    };
    raise();
    for (int idle = 0, idle_here = 0; !finished();) {
      const double passed = passed_s();
      if (passed >= limits_.seconds || progress.cancelled()) break;
      if (limits_.idle_generations > 0 && idle >= limits_.idle_generations) break;
      progress.report(passed / limits_.seconds, "routes");
      const bool better = generation();
      idle = better ? 0 : idle + 1;
      idle_here = better ? 0 : idle_here + 1;
      if (idle_here < restart_after) continue;
      people_.clear();
      raise();
      idle_here = 0;
    }
    return best_;
  }
  bool found() const { return found_; }
  Route directed(const std::vector<int>& tasks) const { return pricing_.directed(tasks); }

 private:
  bool finished() const { return found_ && best_.cost <= bound_; }

  void raise() {
    std::vector<int> tour(problem_.tasks.size());
    std::iota(tour.begin(), tour.end(), 0);
    for (std::size_t k = 0; k < population_kept && !finished(); ++k) {
      for (std::size_t i = tour.size(); i > 1; --i) std::swap(tour[i - 1], tour[random_() % i]);
      keep(educated(tour));
    }
  }

  bool generation() {
    const bool better = keep(educated(crossed(parent(), parent())));
    if (++generations_ % penalty_review == 0) reviewPenalty();
    if (people_.size() > population_kept + offspring) select();
    return better;
  }

  Individual educated(const std::vector<int>& tour) {
    TaskRoutes routes = splitTour(pricing_, tour, penalty_);
    local_.improve(routes, penalty_, random_);
    return measured(std::move(routes));
  }

  /// Counts it, repairs it perhaps. @returns whether it is the best that was seen
  bool keep(Individual child) {
    fitting_ += child.above == 0 ? 1 : 0;
    ++born_;
    bool better = take(child);
    if (child.above > 0 && static_cast<double>(random_() % 1000) < repair_share * 1000) {
      TaskRoutes routes = child.routes;
      local_.improve(routes, penalty_ * 10, random_);
      Individual repaired = measured(std::move(routes));
      if (repaired.above == 0) better = take(std::move(repaired)) || better;
    }
    return better;
  }

  bool take(Individual person) {
    const bool better = person.above == 0 && person.cost < unreachable && (!found_ || person.cost < best_.cost);
    if (better) best_ = person, found_ = true;
    people_.push_back(std::move(person));
    return better;
  }

  Individual measured(TaskRoutes routes) const {
    Individual person;
    person.beside.assign(problem_.tasks.size(), {-1, -1});
    for (const std::vector<int>& tasks : routes) {
      Span span;
      for (std::size_t k = 0; k < tasks.size(); ++k) {
        span = pricing_.join(span, pricing_.of(tasks[k]));
        person.beside[static_cast<std::size_t>(tasks[k])] = {k > 0 ? tasks[k - 1] : -1,
                                                             k + 1 < tasks.size() ? tasks[k + 1] : -1};
      }
      person.cost += pricing_.route(span);
      person.above += std::max<std::int64_t>(0, span.demand - problem_.capacity);
    }
    person.routes = std::move(routes);
    return person;
  }

  const Individual& parent() {
    const std::size_t a = random_() % people_.size(), b = random_() % people_.size();
    return people_[a].price(penalty_) <= people_[b].price(penalty_) ? people_[a] : people_[b];
  }

  static std::vector<int> tourOf(const Individual& person) {
    std::vector<int> tour;
    for (const std::vector<int>& tasks : person.routes) tour.insert(tour.end(), tasks.begin(), tasks.end());
    return tour;
  }

  /// Order crossover: a stretch of the one, the rest in the order of the other.
  std::vector<int> crossed(const Individual& first, const Individual& second) {
    const std::vector<int> a = tourOf(first), b = tourOf(second);
    const std::size_t n = a.size();
    std::size_t begin = random_() % n, length = 1 + random_() % n;
    std::vector<int> child(n, -1);
    std::vector<bool> taken(n, false);
    for (std::size_t k = 0; k < length; ++k) {
      const std::size_t at = (begin + k) % n;
      child[at] = a[at];
      taken[static_cast<std::size_t>(a[at])] = true;
    }
    std::size_t free = (begin + length) % n;
    for (std::size_t k = 0; k < n; ++k) {
      const int task = b[(begin + length + k) % n];
      if (taken[static_cast<std::size_t>(task)]) continue;
      child[free] = task;
      free = (free + 1) % n;
    }
    return child;
  }

  /// About a third of the children shall fit without penalty.
  void reviewPenalty() {
    const double share = born_ > 0 ? static_cast<double>(fitting_) / born_ : 1;
    if (share < 0.2) penalty_ = penalty_ + penalty_ / 5 + 1;
    if (share > 0.43) penalty_ = std::max<Cost>(1, penalty_ - penalty_ / 7);
    fitting_ = born_ = 0;
  }

  /// Survivors are cheap or unlike the others (Vidal 2012, biased fitness); copies go first.
  void select() {
    while (people_.size() > population_kept) people_.erase(people_.begin() + static_cast<std::ptrdiff_t>(worst()));
  }

  std::size_t worst() const {
    const std::size_t n = people_.size();
    std::vector<double> apart(n, 0);
    for (std::size_t i = 0; i < n; ++i) {
      std::vector<double> ways;
      for (std::size_t j = 0; j < n; ++j)
        if (j != i) ways.push_back(difference(people_[i], people_[j]));
      const std::size_t close = std::min<std::size_t>(5, ways.size());
      std::partial_sort(ways.begin(), ways.begin() + static_cast<std::ptrdiff_t>(close), ways.end());
      if (ways.front() == 0 && i > 0) apart[i] = -1;
      if (apart[i] == 0)
        apart[i] = std::accumulate(ways.begin(), ways.begin() + static_cast<std::ptrdiff_t>(close), 0.0);
    }
    std::vector<double> fitness(n, 0);
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
      return people_[i].price(penalty_) < people_[j].price(penalty_);
    });
    for (std::size_t rank = 0; rank < n; ++rank) fitness[order[rank]] += static_cast<double>(rank);
    const std::size_t cheapest = order.front();
    std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return apart[i] > apart[j]; });
    const double weight = 1 - static_cast<double>(elite) / static_cast<double>(n);
    for (std::size_t rank = 0; rank < n; ++rank) {
      fitness[order[rank]] += weight * static_cast<double>(rank);
      if (apart[order[rank]] < 0) fitness[order[rank]] += static_cast<double>(2 * n);
    }
    fitness[cheapest] = apart[cheapest] < 0 ? fitness[cheapest] : -1;
    return static_cast<std::size_t>(std::max_element(fitness.begin(), fitness.end()) - fitness.begin());
  }

  const ArcRoutingProblem& problem_;
  const SearchLimits& limits_;
  Cost bound_;
  Pricing pricing_;
  LocalSearch local_;
  Random random_;
  Cost penalty_ = 1;
  std::vector<Individual> people_;
  Individual best_;
  bool found_ = false;
  int generations_ = 0, fitting_ = 0, born_ = 0;
};

/// The first reason why no plan can exist; nothing where one may.
std::optional<std::string> impossible(const ArcRoutingProblem& problem) {
  if (problem.vehicles < 1) return "There is no vehicle.";
  for (std::size_t t = 0; t < problem.tasks.size(); ++t) {
    const Task& task = problem.tasks[t];
    if (task.demand > problem.capacity)
      return fmt::format("Task {} asks for {} of a capacity of {}.", t + 1, task.demand, problem.capacity);
    const auto reachable = [&](const Traversal& along) {
      return problem.drive(problem.depot, along.from) < unreachable &&
             problem.drive(along.to, problem.depot) < unreachable;
    };
    if (!reachable(task.forward) && !(task.backward && reachable(*task.backward)))
      return fmt::format("Task {} cannot be reached from the depot and left again.", t + 1);
  }
  if (problem.demand() > static_cast<std::int64_t>(problem.vehicles) * problem.capacity)
    return fmt::format("All tasks ask for {}, {} vehicles hold {}.", problem.demand(), problem.vehicles,
                       static_cast<std::int64_t>(problem.vehicles) * problem.capacity);
  return std::nullopt;
}

}  // namespace

Result<ArcRoutingPlan> planRoutes(const ArcRoutingProblem& problem, const SearchLimits& limits, Progress& progress) {
  if (const std::optional<std::string> reason = impossible(problem))
    return Error{ErrorCode::bad_input, problem.name, *reason, {}};
  ArcRoutingPlan plan;
  plan.lower_bound = lowerBound(problem);
  if (problem.tasks.empty()) return plan;
  Search search(problem, limits, std::max(plan.lower_bound, limits.good_enough));
  const Individual& best = search.run(progress);
  if (progress.cancelled()) return Error{ErrorCode::cancelled, problem.name, "Cancelled.", {}};
  if (!search.found())
    return Error{ErrorCode::limit, problem.name, "No plan within the vehicles was found in the time given.",
                 "Give more time or vehicles."};
  for (const std::vector<int>& tasks : best.routes)
    if (!tasks.empty()) plan.routes.push_back(search.directed(tasks));
  Result<Cost> cost = checkedCost(problem, plan.routes);
  if (!cost) return cost.error();
  plan.cost = *cost;
  return plan;
}

}  // namespace hashimichi::routing
