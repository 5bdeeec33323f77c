// How good plough plans of a real network are, and how long they take: Liechtenstein's roads, twelve ploughs from three
// depots. One line for each length of search: price, lower bound, gap, and whether every rule holds.
//
//   plough_plan liechtenstein-latest.osm.pbf [SECONDS…]
#include "geo/routing/plough_plan.h"

#include <sys/resource.h>

#include <chrono>
#include <cstdlib>

#include "geo/assess/snow/profile.h"
#include "tests/support/alpine_network.h"

using namespace hashimichi;

namespace {

double since_s(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double peak_mib() {
  struct rusage usage {};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void report(const routing::PloughProblem& problem, double seconds) {
  SilentProgress silent;
  routing::SearchLimits limits;
  limits.seconds = seconds;
  limits.idle_generations = 0;
  const auto begin = std::chrono::steady_clock::now();
  const Result<routing::PlannedPloughs> plan = routing::planPloughs(problem, limits, silent);
  if (!plan) {
    fmt::print("{}\n", plan.error().text());
    return;
  }
  const routing::Evaluation anew = routing::evaluate(problem, plan->plan);
  double work_m = 0, transit_m = 0;
  std::size_t used = 0;
  for (const routing::RouteTimes& route : anew.routes)
    work_m += route.work_m, transit_m += route.transit_m, used += route.visits.empty() ? 0 : 1;
  fmt::print(
      "{:5.0f} s: {} generations, {:.1f} s; rules broken {}, late {:.0f} min in all, machines {:.1f} h + finish {:.2f} "
      "h "
      "= {:.2f} h; lower bound late {:.0f} min, {:.2f} h; gap {:.2f} %; {} machines, {:.0f} km at work, {:.0f} km "
      "between\n",
      seconds, plan->generations, since_s(begin), anew.price.broken, static_cast<double>(anew.price.late) / 600,
      static_cast<double>(anew.price.time - anew.finish) / 36000, static_cast<double>(anew.finish) / 36000,
      static_cast<double>(anew.price.time) / 36000, static_cast<double>(plan->bound.late) / 600,
      static_cast<double>(plan->bound.time) / 36000, 100 * plan->gap(), used, work_m / 1000, transit_m / 1000);
}

void measure(const std::filesystem::path& pbf, bool side_streets, const std::vector<double>& seconds) {
  const tests::AlpineNetwork network = tests::alpineNetwork(pbf, side_streets);
  const Result<assess::snow::Profile> profile = assess::snow::loadProfile("generic");
  if (!network.model || !profile) {
    fmt::print("The network or the profile cannot be read.\n");
    return;
  }
  SilentProgress silent;
  const auto begin = std::chrono::steady_clock::now();
  const Result<routing::PloughTown> town = routing::ploughTown(network.model, network.ranking, *profile, {}, silent);
  if (!town) {
    fmt::print("{}\n", town.error().text());
    return;
  }
  for (const routing::PloughProblem& problem : town->districts) {
    fmt::print(
        "{}: {} nodes, {} edges; {} road segments due, {} stretches to serve, {} machines; ready after {:.1f} s, "
        "{:.0f} MiB at most\n",
        side_streets ? "all streets" : "main roads", town->graph->nodes.size(), town->graph->edges.size(),
        network.ranking.rows.size(), problem.stretches.size(), problem.machines.size(), since_s(begin), peak_mib());
    for (const double limit : seconds) report(problem, limit);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print("plough_plan NETWORK.osm.pbf [SECONDS…]\n");
    return 2;
  }
  std::vector<double> seconds;
  for (int k = 2; k < argc; ++k) seconds.push_back(std::atof(argv[k]));
  if (seconds.empty()) seconds = {10, 60};
  measure(argv[1], false, seconds);
  measure(argv[1], true, seconds);
}
