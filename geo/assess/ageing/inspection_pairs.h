#pragma once
#include <span>
#include <string>
#include <vector>

#include "geo/assess/ageing/hazard_fit.h"
#include "geo/model/bridge.h"

namespace hashimichi::assess::ageing {

/// What may speed deterioration, as the records tell it. Numbers are centred, so that 0 is an ordinary bridge; an
/// unknown value counts as ordinary and is counted.
enum class Covariate {
  age,      ///< decades beyond 40 years at the first of the two inspections
  traffic,  ///< log10 of vehicles a day beyond 3
  length,   ///< log10 of metres beyond 1.2 (about 15 m)
  steel,    ///< 1 for a steel superstructure, 0 for any other
};
const char* toString(Covariate covariate);  ///< "age", "traffic" …
/// Nothing for a word that is none of them.
std::optional<Covariate> covariateNamed(std::string_view word);

/// One asset's two inspections in a row, both with a soundness.
struct DatedPair {
  std::string asset_id;
  InspectionPair pair;             ///< states 0 … 3 for I … IV
  int from_year = 0, to_year = 0;  ///< fiscal years
  double age_years = -1;           ///< at the first one; −1: unknown
};

struct InspectionPairs {
  std::vector<DatedPair> pairs;
  std::size_t same_year = 0;         ///< left out: no time between the two
  std::size_t repaired = 0;          ///< left out: a measure was done after the first one
  std::vector<std::size_t> unknown;  ///< by covariate: pairs whose value was taken as ordinary
};

/// Pairs of consecutive inspections of all bridges, by id and date. Between days the years count exactly, else fiscal
/// years. A first inspection whose measure is "done" begins no pair: what was repaired does not go on ageing from its
/// old state. Contradictory cycles (a second inspection before the first) do not come about: inspections are put in
/// order of their days.
InspectionPairs inspectionPairs(std::span<const model::Bridge> bridges, std::span<const Covariate> covariates);

}  // namespace hashimichi::assess::ageing
