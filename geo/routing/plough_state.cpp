#include "geo/routing/plough_search.h"

namespace hashimichi::routing {
namespace {

/// A second of lateness weighs as much as this many seconds of time, one of overtime ten times that.
constexpr Cost late_weight = 100, overtime_weight = 1000;
constexpr std::size_t near_kept = 60;
/// One place in so many is overlooked, so that the search does not always rebuild the same (Christiaens: 1 %).
constexpr unsigned overlooked_one_in = 100;

}  // namespace

PlanState::PlanState(const PloughProblem& problem)
    : problem_(problem), n_(problem.stretches.size()), routes_(problem.machines.size()), where_(n_) {
  is_saved_.assign(routes_.size(), 0);
  other_back_.assign(routes_.size(), 0);
  findNear();
  for (std::size_t route = 0; route < routes_.size(); ++route) refresh(route);
  sum();
}

void PlanState::findNear() {
  near_.resize(n_);
  depot_way_.assign(n_, unreachable);
  // The first kind of machine that fits both stands for all: only the order counts here.
  const auto apart = [&](std::size_t a, std::size_t b) {
    Cost least = no_way;
    for (int kind = 0; kind < problem_.kinds && least >= no_way; ++kind)
      for (const bool turned_a : {false, true})
        for (const bool turned_b : {false, true}) {
          const Mode &one = problem_.mode(kind, a, turned_a), &other = problem_.mode(kind, b, turned_b);
          if (one.entry < 0 || other.entry < 0) continue;
          least = std::min(
              {least, problem_.drive(kind, one.exit, other.entry), problem_.drive(kind, other.exit, one.entry)});
        }
    return least;
  };
  std::vector<std::pair<Cost, int>> by_way;
  for (std::size_t a = 0; a < n_; ++a) {
    by_way.clear();
    for (std::size_t b = 0; b < n_; ++b)
      if (b != a) by_way.emplace_back(apart(a, b), static_cast<int>(b));
    const auto kept = static_cast<std::ptrdiff_t>(std::min(by_way.size(), near_kept));
    std::partial_sort(by_way.begin(), by_way.begin() + kept, by_way.end());
    for (auto entry = by_way.begin(); entry != by_way.begin() + kept; ++entry) near_[a].push_back(entry->second);
    for (std::size_t m = 0; m < routes_.size(); ++m)
      for (const bool turned : {false, true})
        if (const Mode& mode = problem_.mode(problem_.kind_of_machine[m], a, turned); mode.entry >= 0)
          depot_way_[a] =
              std::min(depot_way_[a], problem_.drive(problem_.kind_of_machine[m], problem_.depot_end[m], mode.entry));
  }
}

PloughPlan PlanState::plan() const {
  PloughPlan plan;
  plan.routes.resize(routes_.size());
  for (std::size_t route = 0; route < routes_.size(); ++route)
    for (const int code : routes_[route].codes)
      plan.routes[route].push_back({static_cast<std::size_t>(code / 2), code % 2 != 0});
  return plan;
}

void PlanState::mark() {
  saved_.clear();
  taken_since_.clear();
  std::fill(is_saved_.begin(), is_saved_.end(), 0);
  marked_cost_ = cost_;
}

void PlanState::touch(std::size_t route) {
  if (is_saved_[route] != 0) return;
  is_saved_[route] = 1;
  saved_.emplace_back(route, routes_[route]);
}

void PlanState::undo() {
  for (const std::size_t stretch : taken_since_) where_[stretch] = {};
  for (auto& [route, state] : saved_) {
    routes_[route] = std::move(state);
    const std::vector<int>& codes = routes_[route].codes;
    for (std::size_t k = 0; k < codes.size(); ++k)
      where_[static_cast<std::size_t>(codes[k] / 2)] = {static_cast<int>(route), static_cast<int>(k)};
  }
  sum();
  mark();
}

void PlanState::timeRoute(std::size_t route, RouteState& state) const {
  const std::size_t n = state.codes.size();
  state.ends.resize(n);
  if (problem_.work == Work::spread) {  // refills make times depend on all that was before
    Clock clock(problem_, route);
    for (std::size_t k = 0; k < n; ++k)
      state.ends[k] = clock.visit({static_cast<std::size_t>(state.codes[k] / 2), state.codes[k] % 2 != 0}).ends;
    state.back = n == 0 ? 0 : clock.home().ends;
    return;
  }
  const int kind = problem_.kind_of_machine[route];
  Cost now = 0;
  int at = problem_.depot_end[route];
  for (std::size_t k = 0; k < n; ++k) {
    const Mode& mode = modeOf(route, state.codes[k]);
    now += problem_.drive(kind, at, mode.entry) + mode.work;
    state.ends[k] = now;
    at = mode.exit;
  }
  state.back = n == 0 ? 0 : now + problem_.drive(kind, at, problem_.depot_beginning[route]);
}

void PlanState::refresh(std::size_t route) {
  RouteState& state = routes_[route];
  timeRoute(route, state);
  const std::size_t n = state.codes.size();
  state.slack.assign(n + 1, unreachable);
  state.late_count.assign(n + 1, 0);
  state.late = 0;
  for (std::size_t k = n; k-- > 0;) {
    const Cost left = problem_.stretches[static_cast<std::size_t>(state.codes[k] / 2)].due - state.ends[k];
    state.slack[k] = left >= 0 ? std::min(state.slack[k + 1], left) : state.slack[k + 1];
    state.late_count[k] = state.late_count[k + 1] + (left < 0 ? 1 : 0);
    state.late += left < 0 ? -left : 0;
    where_[static_cast<std::size_t>(state.codes[k] / 2)] = {static_cast<int>(route), static_cast<int>(k)};
  }
}

Cost PlanState::over(std::size_t route, Cost back) const {
  return std::max<Cost>(0, back - static_cast<Cost>(problem_.machines[route].longest_h * 36000));
}

void PlanState::sum() {
  cost_ = 0;
  Cost finish = 0, second = 0;
  for (std::size_t route = 0; route < routes_.size(); ++route) {
    const RouteState& state = routes_[route];
    cost_ += state.back + late_weight * state.late + overtime_weight * over(route, state.back);
    if (state.back >= finish)
      second = finish, finish = state.back;
    else
      second = std::max(second, state.back);
  }
  cost_ += finish;
  for (std::size_t route = 0; route < routes_.size(); ++route)
    other_back_[route] = routes_[route].back == finish ? second : finish;
}

std::vector<std::size_t> PlanState::takeString(std::size_t stretch, std::size_t length, Random& random) {
  const Where at = where_[stretch];
  const auto route = static_cast<std::size_t>(at.route);
  touch(route);
  std::vector<int>& codes = routes_[route].codes;
  length = std::min(length, codes.size());
  const std::size_t place = static_cast<std::size_t>(at.place);
  const std::size_t lowest = place + 1 >= length ? place + 1 - length : 0;
  const std::size_t highest = std::min(place, codes.size() - length);
  const std::size_t first = lowest + random() % (highest - lowest + 1);
  std::vector<std::size_t> taken;
  for (std::size_t k = first; k < first + length; ++k) {
    taken.push_back(static_cast<std::size_t>(codes[k] / 2));
    where_[taken.back()] = {};
    taken_since_.push_back(taken.back());
  }
  codes.erase(codes.begin() + static_cast<std::ptrdiff_t>(first),
              codes.begin() + static_cast<std::ptrdiff_t>(first + length));
  refresh(route);
  sum();
  return taken;
}

Cost PlanState::laterBy(const RouteState& state, std::size_t place, Cost delay) const {
  if (delay >= 0 && delay <= state.slack[place]) return delay * state.late_count[place];
  Cost sum = 0;
  for (std::size_t k = place; k < state.codes.size(); ++k) {
    const Cost left = problem_.stretches[static_cast<std::size_t>(state.codes[k] / 2)].due - state.ends[k];
    sum += std::max<Cost>(0, delay - left) - std::max<Cost>(0, -left);
  }
  return sum;
}

void PlanState::price(std::size_t route, std::size_t place, int code, Cost best, Place& found) const {
  const RouteState& state = routes_[route];
  const int kind = problem_.kind_of_machine[route];
  const Mode& mode = modeOf(route, code);
  if (mode.entry < 0 || mode.work >= unreachable) return;
  const std::size_t n = state.codes.size();
  const int before = place == 0 ? problem_.depot_end[route] : modeOf(route, state.codes[place - 1]).exit;
  const int after = place == n ? problem_.depot_beginning[route] : modeOf(route, state.codes[place]).entry;
  const Cost there = problem_.drive(kind, before, mode.entry), onwards = problem_.drive(kind, mode.exit, after);
  if (there >= no_way || onwards >= no_way) return;
  const Cost delay = there + mode.work + onwards - (n == 0 ? 0 : problem_.drive(kind, before, after));
  const Cost ends = (place == 0 ? 0 : state.ends[place - 1]) + there + mode.work;
  const Cost late = std::max<Cost>(0, ends - problem_.stretches[static_cast<std::size_t>(code / 2)].due);
  const Cost back = state.back + delay, finish = std::max(other_back_[route], state.back);
  Cost cost = delay + late_weight * late + overtime_weight * (over(route, back) - over(route, state.back)) +
              std::max(other_back_[route], back) - finish;
  if (delay >= 0 && cost + late_weight * delay * state.late_count[place] >= best) return;
  cost += late_weight * laterBy(state, place, delay);
  if (cost < best) found = {cost, static_cast<int>(route), static_cast<int>(place), code};
}

void PlanState::consider(std::size_t route, std::size_t place, std::size_t stretch, Random& random,
                         Place& found) const {
  if (random() % overlooked_one_in == 0) return;
  price(route, place, static_cast<int>(2 * stretch), found.cost, found);
  if (problem_.stretches[stretch].either_way) price(route, place, static_cast<int>(2 * stretch + 1), found.cost, found);
}

bool PlanState::putBack(std::size_t stretch, Random& random) {
  Place found;
  const auto look = [&] {
    for (const int other : near_[stretch]) {
      const Where at = where_[static_cast<std::size_t>(other)];
      if (at.route < 0) continue;
      consider(static_cast<std::size_t>(at.route), static_cast<std::size_t>(at.place), stretch, random, found);
      consider(static_cast<std::size_t>(at.route), static_cast<std::size_t>(at.place) + 1, stretch, random, found);
    }
    for (std::size_t route = 0; route < routes_.size(); ++route) {
      consider(route, 0, stretch, random, found);
      if (!routes_[route].codes.empty()) consider(route, routes_[route].codes.size(), stretch, random, found);
    }
  };
  for (int again = 0; again < 3 && found.route < 0; ++again) look();
  if (found.route < 0) return false;
  const auto route = static_cast<std::size_t>(found.route);
  touch(route);
  taken_since_.push_back(stretch);
  std::vector<int>& codes = routes_[route].codes;
  codes.insert(codes.begin() + found.place, found.code);
  refresh(route);
  sum();
  return true;
}

int PlanState::latestRoute() const {
  const auto latest = std::max_element(routes_.begin(), routes_.end(),
                                       [](const RouteState& a, const RouteState& b) { return a.back < b.back; });
  return static_cast<int>(latest - routes_.begin());
}

/// The plan's cost with a string before a place of a route; `unreachable` where the machine cannot serve it.
Cost PlanState::costWith(std::size_t route, std::size_t place, const std::vector<int>& string) const {
  RouteState state;
  state.codes = routes_[route].codes;
  state.codes.insert(state.codes.begin() + static_cast<std::ptrdiff_t>(place), string.begin(), string.end());
  for (const int code : string)
    if (const Mode& mode = modeOf(route, code); mode.entry < 0 || mode.work >= unreachable) return unreachable;
  timeRoute(route, state);
  if (state.back >= no_way) return unreachable;
  Cost late = 0;
  for (std::size_t k = 0; k < state.codes.size(); ++k)
    late += std::max<Cost>(0, state.ends[k] - problem_.stretches[static_cast<std::size_t>(state.codes[k] / 2)].due);
  const RouteState& old = routes_[route];
  return cost_ + state.back - old.back + late_weight * (late - old.late) +
         overtime_weight * (over(route, state.back) - over(route, old.back)) +
         std::max(other_back_[route], state.back) - std::max(other_back_[route], old.back);
}

bool PlanState::moveString(std::size_t stretch, std::size_t length, Random& random) {
  const int from = where_[stretch].route;
  std::vector<int> string;
  const std::vector<int> before = routes_[static_cast<std::size_t>(from)].codes;
  takeString(stretch, length, random);
  for (const int code : before)
    if (where_[static_cast<std::size_t>(code / 2)].route < 0) string.push_back(code);
  Place found;
  const auto look = [&](std::size_t route, std::size_t place) {
    const Cost cost = costWith(route, place, string);
    if (cost < found.cost) found = {cost, static_cast<int>(route), static_cast<int>(place), 0};
  };
  for (std::size_t route = 0; route < routes_.size(); ++route) {
    if (static_cast<int>(route) == from) continue;
    look(route, 0);
    if (!routes_[route].codes.empty()) look(route, routes_[route].codes.size());
  }
  constexpr std::size_t neighbours = 10;
  const std::vector<int>& near = near_[static_cast<std::size_t>(string.front() / 2)];
  for (std::size_t k = 0; k < std::min(near.size(), neighbours); ++k)
    if (const Where at = where_[static_cast<std::size_t>(near[k])]; at.route >= 0 && at.route != from)
      look(static_cast<std::size_t>(at.route), static_cast<std::size_t>(at.place) + 1);
  if (found.route < 0) return false;
  const auto route = static_cast<std::size_t>(found.route);
  touch(route);
  std::vector<int>& codes = routes_[route].codes;
  codes.insert(codes.begin() + found.place, string.begin(), string.end());
  refresh(route);
  sum();
  return true;
}

}  // namespace hashimichi::routing
