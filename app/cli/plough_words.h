#pragma once
#include <optional>

#include "app/cli/verb.h"
#include "geo/routing/arc_routing.h"

namespace hashimichi::app::cli {

/// The words of `routes PROJECT`; those that it shares with `--instance` are set by the verb.
struct PloughWords {
  DecisionWords decision;
  std::string start;
  std::optional<std::size_t> ploughs;
  bool spread = false, json = false;
  std::string out;
  routing::SearchLimits limits{.seconds = 60, .idle_generations = 40000};

  void addTo(CLI::App& verb);
};
int runPloughPlan(const PloughWords& words, Progress& progress);

}  // namespace hashimichi::app::cli
