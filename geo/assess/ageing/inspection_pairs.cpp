#include "geo/assess/ageing/inspection_pairs.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "geo/core/date_time.h"

namespace hashimichi::assess::ageing {
namespace {

using assets::Inspection;
using assets::MeasureStatus;
using assets::Soundness;

constexpr std::array<std::pair<Covariate, const char*>, 4> names{{{Covariate::age, "age"},
                                                                  {Covariate::traffic, "traffic"},
                                                                  {Covariate::length, "length"},
                                                                  {Covariate::steel, "steel"}}};
constexpr double days_per_year = 365.25, hours_per_day = 24;
constexpr double ordinary_age_years = 40, years_per_decade = 10;
constexpr double ordinary_log_traffic = 3, ordinary_log_length = 1.2;

int stateOf(Soundness soundness) {
  return static_cast<int>(soundness) - static_cast<int>(Soundness::I);
}

int yearOf(const Inspection& inspection) {
  if (inspection.date.year > 0 && inspection.date.month > 0) return fiscalYear(inspection.date);
  return inspection.fiscal_year > 0 ? inspection.fiscal_year : inspection.date.year;
}

bool hasDay(const Inspection& inspection) {
  return inspection.date.year > 0 && inspection.date.month > 0 && inspection.date.day > 0;
}

double yearsBetween(const Inspection& first, const Inspection& second) {
  if (!hasDay(first) || !hasDay(second)) return yearOf(second) - yearOf(first);
  return hoursBetween(fromClock({first.date}), fromClock({second.date})) / hours_per_day / days_per_year;
}

/// 鋼 and steel, but not 鉄筋 (reinforced concrete).
bool isSteel(const std::string& words) {
  return words.find("鋼") != std::string::npos || words.find("steel") != std::string::npos ||
         words.find("Steel") != std::string::npos;
}

std::optional<double> valueOf(Covariate covariate, const model::Bridge& bridge, int year) {
  switch (covariate) {
    case Covariate::age:
      if (!bridge.year_built) return std::nullopt;
      return (year - *bridge.year_built - ordinary_age_years) / years_per_decade;
    case Covariate::traffic:
      if (!bridge.aadt || *bridge.aadt < 1) return std::nullopt;
      return std::log10(*bridge.aadt) - ordinary_log_traffic;
    case Covariate::length:
      if (!bridge.length_m || *bridge.length_m < 1) return std::nullopt;
      return std::log10(*bridge.length_m) - ordinary_log_length;
    case Covariate::steel: {
      const std::string words = bridge.material + bridge.structure_type;
      if (words.empty()) return std::nullopt;
      return isSteel(words) ? 1 : 0;
    }
  }
  return std::nullopt;
}

std::vector<const Inspection*> inOrder(const model::Bridge& bridge) {
  std::vector<const Inspection*> order;
  for (const Inspection& inspection : bridge.inspections)
    if (inspection.soundness != Soundness::unknown && yearOf(inspection) > 0) order.push_back(&inspection);
  std::stable_sort(order.begin(), order.end(), [](const Inspection* a, const Inspection* b) {
    return std::tuple(yearOf(*a), a->date.year, a->date.month, a->date.day) <
           std::tuple(yearOf(*b), b->date.year, b->date.month, b->date.day);
  });
  return order;
}

}  // namespace

const char* toString(Covariate covariate) {
  for (const auto& [value, name] : names)
    if (value == covariate) return name;
  return "";
}

std::optional<Covariate> covariateNamed(std::string_view word) {
  for (const auto& [value, name] : names)
    if (word == name) return value;
  return std::nullopt;
}

InspectionPairs inspectionPairs(std::span<const model::Bridge> bridges, std::span<const Covariate> covariates) {
  InspectionPairs found;
  found.unknown.assign(covariates.size(), 0);
  for (const model::Bridge& bridge : bridges) {
    const std::vector<const Inspection*> order = inOrder(bridge);
    for (std::size_t k = 0; k + 1 < order.size(); ++k) {
      const Inspection &first = *order[k], &second = *order[k + 1];
      const double years = yearsBetween(first, second);
      if (!(years > 0)) {
        ++found.same_year;
        continue;
      }
      if (first.status == MeasureStatus::done) {
        ++found.repaired;
        continue;
      }
      DatedPair pair{bridge.id,
                     {stateOf(first.soundness), stateOf(second.soundness), years, {}},
                     yearOf(first),
                     yearOf(second),
                     -1};
      if (bridge.year_built) pair.age_years = pair.from_year - *bridge.year_built;
      for (std::size_t c = 0; c < covariates.size(); ++c) {
        const std::optional<double> value = valueOf(covariates[c], bridge, pair.from_year);
        if (!value) ++found.unknown[c];
        pair.pair.covariates.push_back(value.value_or(0));
      }
      found.pairs.push_back(std::move(pair));
    }
  }
  return found;
}

}  // namespace hashimichi::assess::ageing
