#pragma once
#include <array>

#include "geo/routing/arc_routing.h"

namespace hashimichi::routing {

/// Tasks served one after the other, in whatever directions: the least cost for each pair of directions of the first
/// and the last of them. Two spans are joined in constant time, so a changed route is priced from a few of them without
/// deciding any direction (Vidal 2017, section 4).
struct Span {
  int first = -1, last = -1;  ///< tasks; −1: an empty span
  std::int64_t demand = 0;
  std::array<std::array<Cost, 2>, 2> cost{};  ///< [direction of first][direction of last]; 1 = backward

  bool empty() const { return first < 0; }
};

/// Prices spans and routes of one problem. Shared by threads; the problem must outlive it.
class Pricing {
 public:
  explicit Pricing(const ArcRoutingProblem& problem);

  Span of(int task) const;
  Span join(const Span& a, const Span& b) const;
  /// Of a whole route, from the depot and back; 0 for an empty one.
  Cost route(const Span& span) const;
  /// The cheapest directions for tasks in this order.
  Route directed(const std::vector<int>& tasks) const;
  /// Driving between two tasks in their best directions: what makes them neighbours.
  Cost between(int a, int b) const;

  const ArcRoutingProblem& problem() const { return *problem_; }

 private:
  struct Ends {
    std::array<int, 2> from{}, to{};
    std::array<Cost, 2> cost{};
  };
  const ArcRoutingProblem* problem_;
  std::vector<Ends> ends_;  ///< by task and direction; a forbidden direction costs `unreachable`
};

}  // namespace hashimichi::routing
