#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "geo/export/exporter.h"
#include "geo/routing/plough_plan.h"

namespace hashimichi::exporting {

/// Plough routes on their way out: the decision behind them, the town that was planned and one plan for each of its
/// districts, in their order.
struct PloughSnapshot {
  const Snapshot& decision;
  const routing::PloughTown& town;
  const std::vector<routing::PlannedPloughs>& plans;
};

enum class PloughFormat {
  pdf,      ///< driver sheets: A3, one for each route, with map, streets, turns, classes, deadlines and times
  geojson,  ///< WGS 84: a line for each thing that a machine does, with its times
  csv,      ///< the lines of all sheets; UTF-8 with BOM
  json,     ///< what `routes --json` prints
};
/// "routes.pdf", …
std::string fileNameOf(PloughFormat format);

/// Writes one file, beside and renamed.
Status writePloughs(const PloughSnapshot& snapshot, PloughFormat format, const std::filesystem::path& path,
                    Progress& progress);
/// Plans with prices, bounds, gaps, routes, steps, broken rules and assumptions as one JSON text.
std::string ploughJson(const PloughSnapshot& snapshot);

}  // namespace hashimichi::exporting
