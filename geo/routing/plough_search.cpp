#include "geo/routing/plough_search.h"

#include <fmt/format.h>

#include <chrono>
#include <numeric>

namespace hashimichi::routing {
namespace {

/// Stretches taken out at once on average, and the longest string of one route (Christiaens and Vanden Berghe 2020).
constexpr std::size_t taken_on_average = 10, longest_string = 10;
/// One generation in so many moves a long string to another machine.
constexpr unsigned moved_one_in = 10;
/// The search cools from the worth of one stretch to a thousandth of it, in a hundred steps.
constexpr int cooling_steps = 100;
constexpr Cost cooling_permille = 933;  // 0.933^100 = 1/1000
/// Each round cools over the given number of generations. Where the time is too short for them the clock cools, so that
/// a short search ends cold as well; then plans differ from machine to machine.
class Cooling {
 public:
  Cooling(const SearchLimits& limits, Cost first) : limits_(limits), first_(std::max<Cost>(first, 1)) {
    heat(first_, 0);
  }

  void heat(Cost warmth, double passed_s) { warmth_ = warmth, step_ = 0, generation_ = 0, began_s_ = passed_s; }
  /// After each generation. @returns whether this round is over
  bool next(double passed_s) {
    ++generation_;
    double done = (passed_s - began_s_) / std::max(limits_.seconds - began_s_, 1e-3);
    if (limits_.idle_generations > 0)
      done = std::max(done, static_cast<double>(generation_) / limits_.idle_generations);
    for (; step_ < cooling_steps && step_ < done * cooling_steps; ++step_) warmth_ = warmth_ * cooling_permille / 1000;
    return limits_.idle_generations > 0 && generation_ >= limits_.idle_generations;
  }
  Cost first() const { return first_; }
  /// How much worse a plan may be: the warmth times a whole number that is n with the probability 2^−(n+1).
  Cost allowance(PlanState::Random& random) const {
    std::uint64_t bits = random();
    Cost times = 0;
    while ((bits & 1u) != 0 && times < 20) bits >>= 1, ++times;
    return warmth_ * times;
  }

 private:
  const SearchLimits& limits_;
  Cost first_, warmth_ = 1;
  int step_ = 0, generation_ = 0;
  double began_s_ = 0;
};

class PloughSearch {
 public:
  using Time = std::chrono::steady_clock::time_point;
  PloughSearch(const PloughProblem& problem, const SearchLimits& limits, const PlanPrice& bound, Time began)
      : problem_(problem), limits_(limits), bound_(bound), began_(began), state_(problem), random_(limits.seed) {}

  /// false: some stretch fits nowhere.
  bool run(Progress& progress, PlannedPloughs& out) {
    std::vector<std::size_t> all(problem_.stretches.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    if (!putAll(all, Order::due)) return false;
    keepBest();
    Cooling cooling(limits_, state_.cost() / static_cast<Cost>(2 * std::max<std::size_t>(all.size(), 1)));
    bool better_in_round = false;
    while (!all.empty() && best_price_ > bound_ && !progress.cancelled()) {
      const double passed_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
      if (passed_s >= limits_.seconds) break;
      if (out.generations++ % 256 == 0) progress.report(passed_s / limits_.seconds, "routes");
      better_in_round = generation(cooling) || better_in_round;
      if (!cooling.next(passed_s)) continue;
      if (!better_in_round) break;
      better_in_round = false;
      cooling.heat(cooling.first() / 10, passed_s);
    }
    out.plan = best_;
    return true;
  }

 private:
  enum class Order { random, due, far, near, longest };

  void keepBest() {
    best_ = state_.plan();
    best_cost_ = state_.cost();
    best_price_ = evaluate(problem_, best_).price;
  }

  bool generation(const Cooling& cooling) {
    const Cost before = state_.cost();
    state_.mark();
    const bool moves = random_() % moved_one_in == 0;
    std::vector<std::size_t> taken = moves ? std::vector<std::size_t>{} : takeOut();
    constexpr Order orders[] = {Order::random, Order::random, Order::random, Order::random,  Order::due,    Order::due,
                                Order::far,    Order::far,    Order::near,   Order::longest, Order::longest};
    if ((moves ? !moveOne() : !putAll(taken, orders[random_() % std::size(orders)])) ||
        state_.cost() > before + cooling.allowance(random_)) {
      state_.undo();
      return false;
    }
    if (state_.cost() >= best_cost_) return false;
    // The weights only approximate "lateness first": what counts decides.
    const PlanPrice price = evaluate(problem_, state_.plan()).price;
    best_cost_ = state_.cost();
    if (price >= best_price_) return false;
    best_ = state_.plan(), best_price_ = price;
    return true;
  }

  /// A long string changes its machine, more often one of the route that ends last.
  bool moveOne() {
    const int latest = state_.latestRoute();
    const bool from_latest = random_() % 2 == 0 && state_.lengthOf(latest) > 0;
    const std::size_t stretch =
        from_latest ? state_.stretchOn(latest, random_() % state_.lengthOf(latest)) : random_() % state_.stretches();
    const std::size_t most = std::max<std::size_t>(1, state_.lengthOf(state_.routeOf(stretch)) / 2);
    return state_.moveString(stretch, 1 + random_() % most, random_);
  }

  std::vector<std::size_t> takeOut() {
    const std::size_t n = state_.stretches();
    std::size_t used = 0;
    for (std::size_t route = 0; route < problem_.machines.size(); ++route)
      used += state_.lengthOf(static_cast<int>(route)) > 0 ? 1 : 0;
    const std::size_t longest = std::clamp<std::size_t>(n / std::max<std::size_t>(used, 1), 1, longest_string);
    const std::size_t strings = 1 + random_() % std::max<std::size_t>(1, 4 * taken_on_average / (1 + longest) - 1);
    const std::size_t seed = random_() % n;
    std::vector<std::size_t> taken;
    std::vector<int> routes;
    const auto take = [&](std::size_t stretch) {
      if (!state_.isServed(stretch)) return;
      const int route = state_.routeOf(stretch);
      if (std::find(routes.begin(), routes.end(), route) != routes.end()) return;
      const std::size_t most = std::min(longest, state_.lengthOf(route));
      for (const std::size_t s : state_.takeString(stretch, 1 + random_() % most, random_)) taken.push_back(s);
      routes.push_back(route);
    };
    take(seed);
    for (const int other : state_.near(seed)) {
      if (routes.size() >= strings) break;
      take(static_cast<std::size_t>(other));
    }
    return taken;
  }

  bool putAll(std::vector<std::size_t>& taken, Order order) {
    for (std::size_t i = taken.size(); i > 1; --i) std::swap(taken[i - 1], taken[random_() % i]);
    const auto by = [&](auto key) {
      std::stable_sort(taken.begin(), taken.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    };
    const auto length = [&](std::size_t s) { return -problem_.stretches[s].length_m; };
    if (order == Order::due) by([&](std::size_t s) { return problem_.stretches[s].due; });
    if (order == Order::far) by([&](std::size_t s) { return -state_.depotWay(s); });
    if (order == Order::near) by([&](std::size_t s) { return state_.depotWay(s); });
    if (order == Order::longest) by(length);
    return std::all_of(taken.begin(), taken.end(), [&](std::size_t s) { return state_.putBack(s, random_); });
  }

  const PloughProblem& problem_;
  const SearchLimits& limits_;
  const PlanPrice bound_;
  const Time began_;
  PlanState state_;
  PlanState::Random random_;
  PloughPlan best_;
  PlanPrice best_price_;
  Cost best_cost_ = unreachable;
};

/// The first stretch that no machine can serve; nothing where all can be.
std::optional<std::size_t> unservable(const PloughProblem& problem) {
  for (std::size_t s = 0; s < problem.stretches.size(); ++s) {
    bool fits = false;
    for (std::size_t m = 0; m < problem.machines.size() && !fits; ++m)
      for (const bool backward : {false, true}) {
        const int kind = problem.kind_of_machine[m];
        const Mode& mode = problem.mode(kind, s, backward);
        fits = fits || (mode.entry >= 0 && mode.work < unreachable &&
                        problem.drive(kind, problem.depot_end[m], mode.entry) < no_way &&
                        problem.drive(kind, mode.exit, problem.depot_beginning[m]) < no_way);
      }
    if (!fits) return s;
  }
  return std::nullopt;
}

}  // namespace

Result<PlannedPloughs> planPloughs(const PloughProblem& problem, const SearchLimits& limits, Progress& progress) {
  PlannedPloughs out;
  out.plan.routes.resize(problem.machines.size());
  if (const std::optional<std::size_t> stretch = unservable(problem))
    return Error{ErrorCode::bad_input, problem.district,
                 fmt::format("No machine of the district can serve stretch {} ({}): it lacks the equipment or the way.",
                             *stretch + 1, problem.stretches[*stretch].name),
                 "Give the district a machine for the work, or check the road's direction."};
  const auto began = std::chrono::steady_clock::now();
  out.bound = planBound(problem);
  PloughSearch search(problem, limits, out.bound, began);
  if (!search.run(progress, out))
    return Error{ErrorCode::bad_input, problem.district, "Some stretch fits on no route: one-way roads lead nowhere.",
                 "Check the directions of the roads in the district."};
  if (progress.cancelled()) return Error{ErrorCode::cancelled, problem.district, "Cancelled.", {}};
  out.evaluation = evaluate(problem, out.plan);
  return out;
}

}  // namespace hashimichi::routing
