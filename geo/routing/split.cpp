#include "geo/routing/split.h"

#include <algorithm>

namespace hashimichi::routing {
namespace {

struct Piece {
  std::size_t end = 0;  ///< behind its last task
  Cost price = 0;
};

/// For each beginning the pieces that may start there.
std::vector<std::vector<Piece>> piecesOf(const Pricing& pricing, const std::vector<int>& tour, Cost penalty,
                                         std::int64_t most) {
  const int capacity = pricing.problem().capacity;
  std::vector<std::vector<Piece>> pieces(tour.size());
  for (std::size_t begin = 0; begin < tour.size(); ++begin) {
    Span span;
    for (std::size_t end = begin; end < tour.size(); ++end) {
      span = pricing.join(span, pricing.of(tour[end]));
      if (span.demand > most && end > begin) break;
      const Cost above = std::max<Cost>(0, span.demand - capacity);
      pieces[begin].push_back({end + 1, pricing.route(span) + above * penalty});
    }
  }
  return pieces;
}

}  // namespace

TaskRoutes splitTour(const Pricing& pricing, const std::vector<int>& tour, Cost penalty) {
  const ArcRoutingProblem& problem = pricing.problem();
  const auto vehicles = static_cast<std::size_t>(problem.vehicles);
  const std::size_t n = tour.size();
  // A fleet that is nearly full may need longer pieces than twice the capacity in a poor order of tasks.
  std::int64_t most = 2 * static_cast<std::int64_t>(problem.capacity);
  while (true) {
    const std::vector<std::vector<Piece>> pieces = piecesOf(pricing, tour, penalty, most);
    std::vector<std::vector<Cost>> best(vehicles + 1, std::vector<Cost>(n + 1, unreachable));
    std::vector<std::vector<std::size_t>> from(vehicles + 1, std::vector<std::size_t>(n + 1, 0));
    best[0][0] = 0;
    for (std::size_t k = 0; k < vehicles; ++k)
      for (std::size_t begin = 0; begin < n; ++begin) {
        if (best[k][begin] >= unreachable) continue;
        for (const Piece& piece : pieces[begin]) {
          if (best[k][begin] + piece.price >= best[k + 1][piece.end]) continue;
          best[k + 1][piece.end] = best[k][begin] + piece.price;
          from[k + 1][piece.end] = begin;
        }
      }
    std::size_t used = 0;
    for (std::size_t k = 1; k <= vehicles; ++k)
      if (best[k][n] < best[used][n]) used = k;
    if (best[used][n] >= unreachable && most < problem.demand()) {
      most *= 2;
      continue;
    }
    TaskRoutes routes(vehicles);
    for (std::size_t k = used, end = n; k > 0; --k) {
      const std::size_t begin = from[k][end];
      routes[k - 1].assign(tour.begin() + static_cast<std::ptrdiff_t>(begin),
                           tour.begin() + static_cast<std::ptrdiff_t>(end));
      end = begin;
    }
    if (used == 0 && n > 0) routes[0] = tour;  // nothing can be reached: the caller finds that out
    return routes;
  }
}

}  // namespace hashimichi::routing
