#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/text.h"

namespace hashimichi::import {

/// A column of values: "風速[m/s]" → 風速 in m/s, "snow_depth_cm" → snow_depth in cm.
struct ValueColumn {
  std::size_t index = 0;
  std::string head, name, unit;
};

/// Which column of a simulation's table means what. Wide: every quantity has a column. Long: one column names the
/// quantity, another holds its value.
struct SimulationHead {
  std::size_t x = 0, y = 0;  ///< x east or longitude, y north or latitude
  bool degrees = false;
  std::optional<std::size_t> z, time, id;
  /// The time column counts from the beginning of the run: this many seconds each. 0: moments on the clock.
  double elapsed_unit_s = 0;
  std::vector<ValueColumn> values;                   ///< wide form
  std::optional<std::size_t> variable, value, unit;  ///< long form
  bool isLong() const { return variable && value; }
};

/// Nothing where the heads are no simulation's: no pair of coordinates, no quantity that a simulation of wind, snow or
/// water has, or the heads of another table that is read (register, stations, observations …).
std::optional<SimulationHead> simulationHead(const std::vector<std::string>& heads);

/// Looks through the first lines of a file for such heads, whatever its encoding.
bool beginsLikeSimulation(std::string_view head_of_file);

/// "風速[m/s]" → {"風速", "m/s"}; "snow_depth_cm" → {"snow_depth", "cm"}; without a unit: the whole, "".
struct QuantityWords {
  std::string name, unit;
};
QuantityWords quantityWords(std::string_view head);

}  // namespace hashimichi::import
