#pragma once
#include "geo/export/plough_files.h"
#include "geo/routing/route_steps.h"

// What the writers of plough routes share. Included by plough_*.cpp and driver_sheet*.cpp only.
namespace hashimichi::exporting {

Status writeDriverSheets(const PloughSnapshot& snapshot, const std::filesystem::path& path, Progress& progress);

/// One route that leaves its depot.
struct DrivenRoute {
  std::size_t district = 0, machine = 0;
  std::size_t number = 0;  ///< from 1, over all districts
};
std::vector<DrivenRoute> drivenRoutes(const PloughSnapshot& snapshot);

/// The wall clock of a time after the start; "04:10".
std::string clockOf(const routing::PloughProblem& problem, routing::Cost time);
/// The moment of a time after the start, ISO 8601.
std::string momentOf(const routing::PloughProblem& problem, routing::Cost time);
const char* toString(routing::StepKind kind);  ///< "work", "transit", "refill", "home"
const char* toString(routing::Turn turn);      ///< "straight", "left", "right", "u_turn"

}  // namespace hashimichi::exporting
