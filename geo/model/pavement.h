#pragma once
#include <optional>
#include <string>
#include <vector>

#include "geo/core/date_time.h"
#include "geo/model/attributes.h"
#include "geo/model/geometry.h"

namespace hashimichi::model {

/// One survey of a section (路面性状調査). Empty = not measured, never 0.
struct PavementSurvey {
  Date date;  ///< month and day 0 where only the fiscal year is known
  int fiscal_year = 0;
  std::optional<double> crack_percent, rut_mm, iri_mm_per_m;
  std::optional<double> roughness_mm;  ///< σ of the 3 m profile
  std::optional<double> mci;           ///< as the source states it
  std::string source;
};

/// A piece of pavement that is surveyed and repaired as one, usually 20–200 m of one lane or direction.
struct PavementSection {
  std::string id, route_name, source;
  std::string direction, surface;      ///< 上り/下り; アスファルト/コンクリート, in the source's words
  std::optional<double> from_m, to_m;  ///< chainage along the route
  std::optional<double> width_m;
  Polyline line;                        ///< local frame; may be empty
  std::vector<PavementSurvey> surveys;  ///< oldest first
  Attributes attributes;
};

}  // namespace hashimichi::model
