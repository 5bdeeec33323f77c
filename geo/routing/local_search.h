#pragma once
#include <cstdint>
#include <random>
#include <vector>

#include "geo/routing/span.h"

namespace hashimichi::routing {

/// Tasks in order, route by route; directions are chosen when a plan is made of it. Routes may be empty.
using TaskRoutes = std::vector<std::vector<int>>;

/// Moves tasks within and between routes until no single move makes the plan cheaper: segments of one to three tasks
/// moved or exchanged, route ends exchanged, stretches turned round. What is above the capacity costs `penalty` a unit.
class LocalSearch {
 public:
  using Random = std::mt19937_64;
  /// @param neighbours  of each task are tried, the nearest ones
  LocalSearch(const Pricing& pricing, std::size_t neighbours);

  void improve(TaskRoutes& routes, Cost penalty, Random& random);
  Cost priceOf(const Span& route, Cost penalty) const;

 private:
  /// Prices of a route's beginnings and ends, forth and turned round, one more than tasks.
  struct Profile {
    std::vector<Span> head, tail, head_turned, tail_turned;
    Cost price = 0;
  };
  struct Place {
    int route = 0, index = 0;
  };

  void profile(int route);
  bool improveAround(int task);
  bool tryBetween(int a, int b);
  bool moveBetween(Place u, Place v);
  bool exchangeBetween(Place u, Place v);
  bool crossTails(Place u, Place v);
  bool tryWithin(Place u, Place v);
  bool tryEmpty(Place u);
  bool acceptWithin(int route, const std::vector<int>& candidate);
  void replace(int first, std::vector<int> first_tasks, int second, std::vector<int> second_tasks);
  Span spanOf(int route, int from, int count, bool turned) const;
  Cost price(const Span& route) const { return priceOf(route, penalty_); }
  const std::vector<int>& tasksOf(int route) const { return (*routes_)[static_cast<std::size_t>(route)]; }
  const Profile& profileOf(int route) const { return profiles_[static_cast<std::size_t>(route)]; }

  const Pricing& pricing_;
  std::vector<std::vector<int>> near_;  ///< by task, nearest first
  std::vector<Place> place_;            ///< by task
  std::vector<Profile> profiles_;
  TaskRoutes* routes_ = nullptr;
  Cost penalty_ = 0;
};

}  // namespace hashimichi::routing
