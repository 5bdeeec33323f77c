#include <algorithm>
#include <cmath>

#include "geo/routing/least_flow.h"
#include "geo/routing/plough_plan.h"

namespace hashimichi::routing {
namespace {

/// Ways onwards that are kept one by one; all further ones count as cheap as the next.
constexpr std::size_t ways_kept = 40;

/// Calls `visit(kind, mode)` for each way in which a stretch may be served.
template <typename Visit>
void eachMode(const PloughProblem& problem, std::size_t stretch, Visit visit) {
  for (int kind = 0; kind < problem.kinds; ++kind)
    for (const bool backward : {false, true})
      if (const Mode& mode = problem.mode(kind, stretch, backward); mode.entry >= 0 && mode.work < unreachable)
        visit(kind, mode);
}

std::vector<Cost> leastWork(const PloughProblem& problem) {
  std::vector<Cost> work(problem.stretches.size(), unreachable);
  for (std::size_t s = 0; s < work.size(); ++s)
    eachMode(problem, s, [&](int, const Mode& mode) { work[s] = std::min(work[s], mode.work); });
  return work;
}

/// What a unit of time of each kind of machine is worth in the price: 1 for itself, and a share of the finish. The
/// finish is no earlier than any kind's time divided among its machines, so it is no earlier than any weighted mean of
/// these; the weights (which sum to one) are chosen so that the bound gets high, by ascent from even ones.
class Worths {
 public:
  explicit Worths(const PloughProblem& problem)
      : kinds_(static_cast<std::size_t>(problem.kinds)), stretches_(problem.stretches.size()) {
    machines_.assign(kinds_, 0);
    for (const int kind : problem.kind_of_machine) machines_[static_cast<std::size_t>(kind)] += 1;
    work_.assign(kinds_ * stretches_, static_cast<double>(unreachable));
    for (std::size_t s = 0; s < stretches_; ++s)
      eachMode(problem, s, [&](int kind, const Mode& mode) {
        double& work = work_[static_cast<std::size_t>(kind) * stretches_ + s];
        work = std::min(work, static_cast<double>(mode.work));
      });
    ascend();
  }

  double of(int kind) const { return best_[static_cast<std::size_t>(kind)]; }
  /// All work, each stretch by the kind for which it counts least. Prices are whole, so rounding up keeps it a bound.
  Cost work() const { return static_cast<Cost>(std::ceil(best_value_ * (1 - 1e-12))); }

 private:
  void ascend() {
    constexpr int steps = 300;
    std::vector<double> weights(kinds_);
    double machines = 0;
    for (const double count : machines_) machines += count;
    for (std::size_t k = 0; k < kinds_; ++k) weights[k] = machines_[k] / machines;
    for (int step = 0; step < steps; ++step) {
      const std::vector<double> finish = look(weights);
      const double mean = *std::max_element(finish.begin(), finish.end());
      if (!(mean > 0)) return;
      double sum = 0;
      for (std::size_t k = 0; k < kinds_; ++k) sum += weights[k] *= 1 + 0.5 * finish[k] / mean / (1 + 0.05 * step);
      for (double& weight : weights) weight /= sum;
    }
  }

  /// The bound for some weights; @returns when each kind would be done
  std::vector<double> look(const std::vector<double>& weights) {
    std::vector<double> worth(kinds_), finish(kinds_, 0);
    for (std::size_t k = 0; k < kinds_; ++k) worth[k] = 1 + weights[k] / machines_[k];
    double value = 0;
    for (std::size_t s = 0; s < stretches_; ++s) {
      std::size_t best = 0;
      for (std::size_t k = 1; k < kinds_; ++k)
        if (work_[k * stretches_ + s] * worth[k] < work_[best * stretches_ + s] * worth[best]) best = k;
      value += work_[best * stretches_ + s] * worth[best];
      finish[best] += work_[best * stretches_ + s] / machines_[best];
    }
    if (value > best_value_) best_value_ = value, best_ = worth;
    return finish;
  }

  std::size_t kinds_, stretches_;
  std::vector<double> machines_, work_, best_;
  double best_value_ = -1;
};

/// Ways are priced by what the machine's time is worth, rounded down.
class Driving {
 public:
  Driving(const PloughProblem& problem, const Worths& worths) : problem_(problem), worths_(worths) {}

  Cost worthOf(int kind, Cost time) const {
    return time >= no_way ? no_way : static_cast<Cost>(static_cast<double>(time) * worths_.of(kind));
  }
  /// The cheapest way between two stretches whatever the machine and the directions.
  Cost between(std::size_t a, std::size_t b) const {
    Cost least = no_way;
    eachMode(problem_, a, [&](int kind, const Mode& from) {
      for (const bool backward : {false, true})
        if (const Mode& to = problem_.mode(kind, b, backward); to.entry >= 0)
          least = std::min(least, worthOf(kind, problem_.drive(kind, from.exit, to.entry)));
    });
    return least;
  }

 private:
  const PloughProblem& problem_;
  const Worths& worths_;
};

struct DepotWays {
  std::vector<Cost> out, back;
};
/// @param worth  of a time that a kind of machine drives
template <typename Worth>
DepotWays depotWays(const PloughProblem& problem, Worth worth) {
  const std::size_t n = problem.stretches.size();
  DepotWays ways{std::vector<Cost>(n, no_way), std::vector<Cost>(n, no_way)};
  for (std::size_t s = 0; s < n; ++s)
    eachMode(problem, s, [&](int kind, const Mode& mode) {
      for (std::size_t m = 0; m < problem.machines.size(); ++m) {
        if (problem.kind_of_machine[m] != kind) continue;
        ways.out[s] = std::min(ways.out[s], worth(kind, problem.drive(kind, problem.depot_end[m], mode.entry)));
        ways.back[s] = std::min(ways.back[s], worth(kind, problem.drive(kind, mode.exit, problem.depot_beginning[m])));
      }
    });
  return ways;
}

/// The ways from one stretch: the nearest ones by themselves, the rest over a hub at the price of the nearest of them,
/// which only makes the bound lower.
void addWaysFrom(const Driving& driving, std::size_t n, std::size_t from, int hub, std::vector<FlowArc>& arcs) {
  std::vector<std::pair<Cost, std::size_t>> ways;
  for (std::size_t to = 0; to < n; ++to)
    if (to != from)
      if (const Cost way = driving.between(from, to); way < no_way) ways.emplace_back(way, to);
  const std::size_t kept = std::min(ways.size(), ways_kept);
  const auto middle = ways.begin() + static_cast<std::ptrdiff_t>(kept);
  std::nth_element(ways.begin(), middle, ways.end());
  for (auto way = ways.begin(); way != middle; ++way)
    arcs.push_back({static_cast<int>(from), static_cast<int>(n + way->second), way->first, 0, 1});
  if (middle != ways.end()) arcs.push_back({static_cast<int>(from), hub, middle->first, 0, 1});
}

/// Driving: every stretch is followed by another or by a depot; at least so many times by a depot.
Cost leastDriving(const PloughProblem& problem, const Worths& worths, std::int64_t machines_needed) {
  const std::size_t n = problem.stretches.size();
  const int home = static_cast<int>(2 * n), out = home + 1, hub = home + 2;
  std::vector<std::int64_t> supply(2 * n + 3, 0);
  std::vector<FlowArc> arcs;
  const Driving driving(problem, worths);
  const DepotWays depots = depotWays(problem, [&](int kind, Cost time) { return driving.worthOf(kind, time); });
  for (std::size_t s = 0; s < n; ++s) {
    supply[s] = 1, supply[n + s] = -1;
    addWaysFrom(driving, n, s, hub, arcs);
    arcs.push_back({hub, static_cast<int>(n + s), 0, 0, 1});
    if (depots.back[s] < no_way) arcs.push_back({static_cast<int>(s), home, depots.back[s], 0, 1});
    if (depots.out[s] < no_way) arcs.push_back({out, static_cast<int>(n + s), depots.out[s], 0, 1});
  }
  arcs.push_back({home, out, 0, machines_needed, static_cast<std::int64_t>(n)});
  return std::max<Cost>(0, leastFlow(supply, arcs));
}

/// In any plan the i-th stretch to be finished is so no earlier than the machines together finish the i shortest; the
/// earliest deadlines then go with the earliest ends.
Cost leastLateness(const PloughProblem& problem, std::vector<Cost> work) {
  std::sort(work.begin(), work.end());
  std::vector<Cost> due;
  for (const Stretch& stretch : problem.stretches) due.push_back(stretch.due);
  std::sort(due.begin(), due.end());
  const DepotWays depots = depotWays(problem, [](int, Cost time) { return time; });
  const Cost first = depots.out.empty() ? 0 : *std::min_element(depots.out.begin(), depots.out.end());
  const auto machines = static_cast<Cost>(std::max<std::size_t>(problem.machines.size(), 1));
  Cost sum = 0, late = 0;
  for (std::size_t i = 0; i < work.size(); ++i) {
    sum += work[i];
    late += std::max<Cost>(0, first + sum / machines - due[i]);
  }
  return late;
}

}  // namespace

PlanPrice planBound(const PloughProblem& problem) {
  if (problem.stretches.empty() || problem.machines.empty()) return {};
  const std::vector<Cost> work = leastWork(problem);
  Cost time = 0;
  for (const Cost one : work) {
    if (one >= unreachable) return {};  // no plan exists, so any bound holds
    time += one;
  }
  double longest = 0;
  for (const Machine& machine : problem.machines) longest = std::max(longest, machine.longest_h * 36000);
  const auto machines = static_cast<Cost>(problem.machines.size());
  const Cost needed = longest > 0 ? static_cast<Cost>(static_cast<double>(time) / longest) : 0;
  const Worths worths(problem);
  const Cost driving =
      leastDriving(problem, worths, std::clamp<Cost>(needed, 1, std::min(machines, static_cast<Cost>(work.size()))));
  return {0, leastLateness(problem, work), worths.work() + driving};
}

double gapOf(const PlanPrice& price, const PlanPrice& bound) {
  const auto share = [](Cost value, Cost least) {
    return value > 0 ? static_cast<double>(std::max<Cost>(0, value - least)) / static_cast<double>(value) : 0;
  };
  return price.late > 0 ? share(price.late, bound.late) : share(price.time, bound.time);
}

}  // namespace hashimichi::routing
