#include <fmt/format.h>

#include "app/cli/plough_words.h"
#include "app/cli/verb.h"
#include "app/i18n/text.h"
#include "geo/routing/carp_file.h"

namespace hashimichi::app::cli {
namespace {

struct Words {
  std::string instance;
  routing::SearchLimits limits;
  bool json = false;
};

struct RouteSums {
  routing::Cost cost = 0;
  std::int64_t load = 0;
};

RouteSums sumsOf(const routing::ArcRoutingProblem& problem, const routing::Route& route) {
  RouteSums sums;
  int at = problem.depot;
  for (const routing::ServedTask& step : route) {
    const routing::Task& task = problem.tasks[step.task];
    const routing::Traversal& along = step.backward ? *task.backward : task.forward;
    sums.cost += problem.drive(at, along.from) + along.cost;
    sums.load += task.demand;
    at = along.to;
  }
  sums.cost += problem.drive(at, problem.depot);
  return sums;
}

/// Nodes as the file counts them, from 1.
nlohmann::json jsonOf(const routing::ArcRoutingProblem& problem, const routing::Route& route) {
  const RouteSums sums = sumsOf(problem, route);
  nlohmann::json json{{"cost", sums.cost}, {"load", sums.load}, {"served", nlohmann::json::array()}};
  for (const routing::ServedTask& step : route) {
    const routing::Task& task = problem.tasks[step.task];
    const routing::Traversal& along = step.backward ? *task.backward : task.forward;
    json["served"].push_back({along.from + 1, along.to + 1});
  }
  return json;
}

void printPlan(const routing::ArcRoutingProblem& problem, const routing::ArcRoutingPlan& plan, Language language) {
  fmt::print("{}\n", fmt::format(fmt::runtime(tr(language, "cli.routes_done")), plan.cost, plan.lower_bound,
                                 100 * plan.gap(), plan.routes.size()));
  for (std::size_t r = 0; r < plan.routes.size(); ++r) {
    const RouteSums sums = sumsOf(problem, plan.routes[r]);
    fmt::print("{}\n", fmt::format(fmt::runtime(tr(language, "cli.routes_route")), r + 1, plan.routes[r].size(),
                                   sums.load, sums.cost));
  }
}

int runInstance(const Words& words, Progress& progress) {
  const Result<routing::ArcRoutingProblem> problem = routing::readCarpFile(words.instance);
  if (!problem) return fail(problem.error());
  const Result<routing::ArcRoutingPlan> plan = routing::planRoutes(*problem, words.limits, progress);
  if (!plan) return fail(plan.error());
  if (!words.json) {
    printPlan(*problem, *plan, languageFromEnvironment());
    return exit_done;
  }
  nlohmann::json json{{"name", problem->name},
                      {"cost", plan->cost},
                      {"lower_bound", plan->lower_bound},
                      {"gap", plan->gap()},
                      {"vehicles", problem->vehicles},
                      {"routes", nlohmann::json::array()}};
  for (const routing::Route& route : plan->routes) json["routes"].push_back(jsonOf(*problem, route));
  print(json);
  return exit_done;
}

}  // namespace

void addRoutesVerb(CLI::App& app, Action& chosen) {
  const Language language = languageFromEnvironment();
  auto words = std::make_shared<Words>();
  auto ploughs = std::make_shared<PloughWords>();
  CLI::App* verb = app.add_subcommand("routes", tr(language, "cli.routes"));
  CLI::Option* project = verb->add_option("project", ploughs->decision.project, tr(language, "routes.project"));
  CLI::Option* instance = verb->add_option("--instance", words->instance, tr(language, "cli.routes_instance"));
  project->excludes(instance);
  CLI::Option* seconds = verb->add_option("--seconds", words->limits.seconds, tr(language, "cli.routes_seconds"))
                             ->check(CLI::Range(0.1, 86400.0));
  verb->add_option("--seed", words->limits.seed, tr(language, "cli.routes_seed"));
  verb->add_flag("--json", words->json, tr(language, "cli.json"));
  ploughs->addTo(*verb);
  verb->callback([words, ploughs, seconds, &chosen] {
    if (!words->instance.empty()) {
      chosen = [words](Progress& progress) { return runInstance(*words, progress); };
      return;
    }
    if (ploughs->decision.project.empty()) throw CLI::RequiredError("PROJECT or --instance");
    ploughs->json = words->json;
    ploughs->limits.seed = words->limits.seed;
    if (seconds->count() > 0) ploughs->limits.seconds = words->limits.seconds;
    chosen = [ploughs](Progress& progress) { return runPloughPlan(*ploughs, progress); };
  });
}

}  // namespace hashimichi::app::cli
