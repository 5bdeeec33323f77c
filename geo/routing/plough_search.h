#pragma once
#include <random>

#include "geo/routing/plough_clock.h"

namespace hashimichi::routing {

/// One plan under search: routes with all that prices a change of them in about constant time. Not thread-safe.
/// Codes are 2 · stretch + direction.
class PlanState {
 public:
  using Random = std::mt19937_64;

  explicit PlanState(const PloughProblem& problem);

  /// Hard rules and lateness weighed against tenths of a second: finite, so that the search may pass through them.
  Cost cost() const { return cost_; }
  PloughPlan plan() const;
  std::size_t stretches() const { return n_; }
  const std::vector<int>& near(std::size_t stretch) const { return near_[stretch]; }
  bool isServed(std::size_t stretch) const { return where_[stretch].route >= 0; }
  /// How far the stretch is from the nearest depot, for the orders of putting back.
  Cost depotWay(std::size_t stretch) const { return depot_way_[stretch]; }

  /// Takes out up to `length` visits in a row, the given stretch among them. @returns what was taken
  std::vector<std::size_t> takeString(std::size_t stretch, std::size_t length, Random& random);
  /// Puts a stretch where it costs least; now and then the best place is overlooked. false: it fits nowhere.
  bool putBack(std::size_t stretch, Random& random);

  /// Moves a string as it is to where it costs least on another route, empty ones included: single stretches never
  /// open a new route, whose way from the depot only pays for many. false: nowhere.
  bool moveString(std::size_t stretch, std::size_t length, Random& random);
  /// The route that ends last; where one is to be shortened.
  int latestRoute() const;
  std::size_t stretchOn(int route, std::size_t place) const {
    return static_cast<std::size_t>(routes_[static_cast<std::size_t>(route)].codes[place] / 2);
  }

  int routeOf(std::size_t stretch) const { return where_[stretch].route; }
  std::size_t lengthOf(int route) const { return routes_[static_cast<std::size_t>(route)].codes.size(); }

  /// Changes since the last mark can be undone.
  void mark();
  void undo();

 private:
  struct RouteState {
    std::vector<int> codes;
    std::vector<Cost> ends;
    std::vector<Cost> slack;  ///< from here to the end: the least time to a deadline of those not late; one more entry
    std::vector<int> late_count;
    Cost back = 0, late = 0;
  };
  struct Where {
    int route = -1, place = 0;
  };
  struct Place {
    Cost cost = unreachable;
    int route = -1, place = 0, code = 0;
  };

  const Mode& modeOf(std::size_t route, int code) const {
    return problem_.mode(problem_.kind_of_machine[route], static_cast<std::size_t>(code / 2), code % 2 != 0);
  }
  void findNear();
  void touch(std::size_t route);
  void refresh(std::size_t route);
  void timeRoute(std::size_t route, RouteState& state) const;
  Cost over(std::size_t route, Cost back) const;
  Cost laterBy(const RouteState& state, std::size_t place, Cost delay) const;
  void price(std::size_t route, std::size_t place, int code, Cost best, Place& found) const;
  void consider(std::size_t route, std::size_t place, std::size_t stretch, Random& random, Place& found) const;
  void sum();
  Cost costWith(std::size_t route, std::size_t place, const std::vector<int>& string) const;

  const PloughProblem& problem_;
  std::size_t n_;
  std::vector<RouteState> routes_;
  std::vector<Where> where_;
  std::vector<std::vector<int>> near_;
  std::vector<Cost> depot_way_;
  std::vector<Cost> other_back_;  ///< by route: the last one home among the others
  Cost cost_ = 0, marked_cost_ = 0;
  std::vector<std::pair<std::size_t, RouteState>> saved_;
  std::vector<char> is_saved_;
  std::vector<std::size_t> taken_since_;
};

}  // namespace hashimichi::routing
