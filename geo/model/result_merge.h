#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "geo/model/result_layer.h"

namespace hashimichi::model {

/// Values of one layer (items × times). A year of hours of 10,000 buildings; 400 MB.
inline constexpr std::size_t result_value_limit = 100'000'000;

/// Brings what a further file says into a layer of the same id. The same id means the same quantity and the same family
/// of files (one per hour, one per part of the town): times are united in their order, items joined by their id, a
/// later file's value wins over an earlier one's, and where it says nothing the earlier one stays. A layer that holds
/// at any time and one with times cannot be one: the later replaces the earlier.
///
/// @returns false, with `into` as it was, when the whole would exceed result_value_limit
bool mergeResult(ResultLayer& into, ResultLayer more);

/// The classes in which a layer is shown: its neighbour's own, else up to seven even steps of round numbers between its
/// least and its largest value.
struct ResultClasses {
  std::vector<double> limits;      ///< lower limits, ascending
  std::vector<std::string> names;  ///< one more than limits
  std::size_t classOf(float value) const;
};
ResultClasses classesOf(const ResultLayer& layer);

}  // namespace hashimichi::model
