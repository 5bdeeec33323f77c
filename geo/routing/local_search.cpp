#include "geo/routing/local_search.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace hashimichi::routing {
namespace {

constexpr int longest_moved = 3, longest_exchanged = 2;

std::vector<int> cut(const std::vector<int>& tasks, int from, int to) {
  return {tasks.begin() + from, tasks.begin() + to};
}

void append(std::vector<int>& to, const std::vector<int>& from, int begin, int end, bool turned = false) {
  if (!turned)
    to.insert(to.end(), from.begin() + begin, from.begin() + end);
  else
    for (int k = end; k-- > begin;) to.push_back(from[static_cast<std::size_t>(k)]);
}

int sizeOf(const std::vector<int>& tasks) {
  return static_cast<int>(tasks.size());
}

}  // namespace

LocalSearch::LocalSearch(const Pricing& pricing, std::size_t neighbours) : pricing_(pricing) {
  const int n = static_cast<int>(pricing.problem().tasks.size());
  near_.resize(static_cast<std::size_t>(n));
  place_.resize(static_cast<std::size_t>(n));
  std::vector<std::pair<Cost, int>> by_way;
  for (int a = 0; a < n; ++a) {
    by_way.clear();
    for (int b = 0; b < n; ++b)
      if (b != a) by_way.emplace_back(std::min(pricing.between(a, b), pricing.between(b, a)), b);
    std::sort(by_way.begin(), by_way.end());
    by_way.resize(std::min(by_way.size(), neighbours));
    for (const auto& [way, b] : by_way) near_[static_cast<std::size_t>(a)].push_back(b);
  }
}

Cost LocalSearch::priceOf(const Span& route, Cost penalty) const {
  const std::int64_t above = route.demand - pricing_.problem().capacity;
  return pricing_.route(route) + (above > 0 ? penalty * above : 0);
}

void LocalSearch::improve(TaskRoutes& routes, Cost penalty, Random& random) {
  routes_ = &routes;
  penalty_ = penalty;
  profiles_.resize(routes.size());
  for (int route = 0; route < static_cast<int>(routes.size()); ++route) profile(route);
  std::vector<int> order(place_.size());
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t k = order.size(); k > 1; --k) std::swap(order[k - 1], order[random() % k]);
  for (bool better = true; better;) {
    better = false;
    for (const int task : order)
      while (improveAround(task)) better = true;
  }
  routes_ = nullptr;
}

void LocalSearch::profile(int route) {
  const std::vector<int>& tasks = tasksOf(route);
  Profile& made = profiles_[static_cast<std::size_t>(route)];
  const std::size_t n = tasks.size();
  made.head.assign(n + 1, {}), made.tail.assign(n + 1, {});
  made.head_turned.assign(n + 1, {}), made.tail_turned.assign(n + 1, {});
  for (std::size_t k = 0; k < n; ++k) {
    const Span one = pricing_.of(tasks[k]);
    made.head[k + 1] = pricing_.join(made.head[k], one);
    made.head_turned[k + 1] = pricing_.join(one, made.head_turned[k]);
    place_[static_cast<std::size_t>(tasks[k])] = {route, static_cast<int>(k)};
  }
  for (std::size_t k = n; k-- > 0;) {
    const Span one = pricing_.of(tasks[k]);
    made.tail[k] = pricing_.join(one, made.tail[k + 1]);
    made.tail_turned[k] = pricing_.join(made.tail_turned[k + 1], one);
  }
  made.price = price(made.head[n]);
}

bool LocalSearch::improveAround(int task) {
  for (const int other : near_[static_cast<std::size_t>(task)])
    if (tryBetween(task, other)) return true;
  return tryEmpty(place_[static_cast<std::size_t>(task)]);
}

bool LocalSearch::tryBetween(int a, int b) {
  const Place u = place_[static_cast<std::size_t>(a)], v = place_[static_cast<std::size_t>(b)];
  if (u.route == v.route) return tryWithin(u, v);
  return moveBetween(u, v) || exchangeBetween(u, v) || crossTails(u, v);
}

Span LocalSearch::spanOf(int route, int from, int count, bool turned) const {
  Span span;
  for (int k = 0; k < count; ++k) {
    const Span one = pricing_.of(tasksOf(route)[static_cast<std::size_t>(from + k)]);
    span = turned ? pricing_.join(one, span) : pricing_.join(span, one);
  }
  return span;
}

/// Tasks from u on, one to three, behind v or (where v is its route's first) before it.
bool LocalSearch::moveBetween(Place u, Place v) {
  const Profile &from = profileOf(u.route), &to = profileOf(v.route);
  const int room = sizeOf(tasksOf(u.route)) - u.index;
  for (int count = 1; count <= std::min(longest_moved, room); ++count) {
    const Cost rest = price(pricing_.join(from.head[static_cast<std::size_t>(u.index)],
                                          from.tail[static_cast<std::size_t>(u.index + count)]));
    if (rest >= from.price + to.price) continue;
    for (const bool turned : {false, true}) {
      if (turned && count == 1) continue;
      const Span moved = spanOf(u.route, u.index, count, turned);
      for (int at = v.index == 0 ? 0 : v.index + 1; at <= v.index + 1; ++at) {
        const auto k = static_cast<std::size_t>(at);
        const Cost longer = price(pricing_.join(pricing_.join(to.head[k], moved), to.tail[k]));
        if (rest + longer >= from.price + to.price) continue;
        std::vector<int> left = cut(tasksOf(u.route), 0, u.index), grown = cut(tasksOf(v.route), 0, at);
        append(left, tasksOf(u.route), u.index + count, sizeOf(tasksOf(u.route)));
        append(grown, tasksOf(u.route), u.index, u.index + count, turned);
        append(grown, tasksOf(v.route), at, sizeOf(tasksOf(v.route)));
        replace(u.route, std::move(left), v.route, std::move(grown));
        return true;
      }
    }
  }
  return false;
}

bool LocalSearch::exchangeBetween(Place u, Place v) {
  const Profile &a = profileOf(u.route), &b = profileOf(v.route);
  const int size_a = sizeOf(tasksOf(u.route)), size_b = sizeOf(tasksOf(v.route));
  for (int i = 1; i <= std::min(longest_exchanged, size_a - u.index); ++i) {
    for (int j = 1; j <= std::min(longest_exchanged, size_b - v.index); ++j) {
      const Span out = spanOf(u.route, u.index, i, false), in = spanOf(v.route, v.index, j, false);
      const auto at = [](int k) { return static_cast<std::size_t>(k); };
      const Cost first = price(pricing_.join(pricing_.join(a.head[at(u.index)], in), a.tail[at(u.index + i)]));
      if (first >= a.price + b.price) continue;
      const Cost second = price(pricing_.join(pricing_.join(b.head[at(v.index)], out), b.tail[at(v.index + j)]));
      if (first + second >= a.price + b.price) continue;
      std::vector<int> tasks_a = cut(tasksOf(u.route), 0, u.index), tasks_b = cut(tasksOf(v.route), 0, v.index);
      append(tasks_a, tasksOf(v.route), v.index, v.index + j);
      append(tasks_a, tasksOf(u.route), u.index + i, size_a);
      append(tasks_b, tasksOf(u.route), u.index, u.index + i);
      append(tasks_b, tasksOf(v.route), v.index + j, size_b);
      replace(u.route, std::move(tasks_a), v.route, std::move(tasks_b));
      return true;
    }
  }
  return false;
}

/// The ends behind u and v change routes; or the beginnings up to both are joined, one of them turned round.
bool LocalSearch::crossTails(Place u, Place v) {
  const Profile &a = profileOf(u.route), &b = profileOf(v.route);
  const std::vector<int>&tasks_a = tasksOf(u.route), &tasks_b = tasksOf(v.route);
  const auto p = static_cast<std::size_t>(u.index + 1), q = static_cast<std::size_t>(v.index + 1);
  const Cost now = a.price + b.price;
  if (price(pricing_.join(a.head[p], b.tail[q])) + price(pricing_.join(b.head[q], a.tail[p])) < now) {
    std::vector<int> first = cut(tasks_a, 0, u.index + 1), second = cut(tasks_b, 0, v.index + 1);
    append(first, tasks_b, v.index + 1, sizeOf(tasks_b));
    append(second, tasks_a, u.index + 1, sizeOf(tasks_a));
    replace(u.route, std::move(first), v.route, std::move(second));
    return true;
  }
  if (price(pricing_.join(a.head[p], b.head_turned[q])) + price(pricing_.join(a.tail_turned[p], b.tail[q])) < now) {
    std::vector<int> first = cut(tasks_a, 0, u.index + 1), second;
    append(first, tasks_b, 0, v.index + 1, true);
    append(second, tasks_a, u.index + 1, sizeOf(tasks_a), true);
    append(second, tasks_b, v.index + 1, sizeOf(tasks_b));
    replace(u.route, std::move(first), v.route, std::move(second));
    return true;
  }
  return false;
}

bool LocalSearch::acceptWithin(int route, const std::vector<int>& candidate) {
  Span span;
  for (const int task : candidate) span = pricing_.join(span, pricing_.of(task));
  if (price(span) >= profileOf(route).price) return false;
  (*routes_)[static_cast<std::size_t>(route)] = candidate;
  profile(route);
  return true;
}

bool LocalSearch::tryWithin(Place u, Place v) {
  const std::vector<int> tasks = tasksOf(u.route);
  const int n = sizeOf(tasks);
  std::vector<int> candidate;
  for (int count = 1; count <= std::min(longest_moved, n - u.index); ++count) {
    if (v.index >= u.index && v.index < u.index + count) continue;
    for (const bool turned : {false, true}) {
      candidate.clear();
      for (int k = 0; k < n; ++k) {
        if (k >= u.index && k < u.index + count) continue;
        candidate.push_back(tasks[static_cast<std::size_t>(k)]);
        if (k == v.index) append(candidate, tasks, u.index, u.index + count, turned);
      }
      if (acceptWithin(u.route, candidate)) return true;
    }
  }
  candidate = tasks;
  std::swap(candidate[static_cast<std::size_t>(u.index)], candidate[static_cast<std::size_t>(v.index)]);
  if (acceptWithin(u.route, candidate)) return true;
  candidate = tasks;
  const auto [low, high] = std::minmax(u.index, v.index);
  std::reverse(candidate.begin() + low, candidate.begin() + high + 1);
  return acceptWithin(u.route, candidate);
}

/// A route of its own for what begins at u, where one is still free.
bool LocalSearch::tryEmpty(Place u) {
  const auto empty = std::find_if(routes_->begin(), routes_->end(), [](const auto& tasks) { return tasks.empty(); });
  if (empty == routes_->end() || u.index == 0) return false;
  const Profile& from = profileOf(u.route);
  const auto p = static_cast<std::size_t>(u.index);
  if (price(from.head[p]) + price(from.tail[p]) >= from.price) return false;
  std::vector<int> stays = cut(tasksOf(u.route), 0, u.index),
                   goes = cut(tasksOf(u.route), u.index, sizeOf(tasksOf(u.route)));
  replace(u.route, std::move(stays), static_cast<int>(empty - routes_->begin()), std::move(goes));
  return true;
}

void LocalSearch::replace(int first, std::vector<int> first_tasks, int second, std::vector<int> second_tasks) {
  (*routes_)[static_cast<std::size_t>(first)] = std::move(first_tasks);
  (*routes_)[static_cast<std::size_t>(second)] = std::move(second_tasks);
  profile(first);
  profile(second);
}

}  // namespace hashimichi::routing
