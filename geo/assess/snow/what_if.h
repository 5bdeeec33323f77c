#pragma once
#include <string>

#include "geo/assess/snow/score.h"
#include "geo/core/text.h"

namespace hashimichi::assess::snow {

/// Another winter night than the one that was measured, for trying out what would be decided. As it begins: the night
/// as it is.
struct WhatIf {
  double snowfall_factor = 1;  ///< of the new snow since the last pass and of the forecast snow
  double added_snow_cm = 0;    ///< falls evenly in the hour before the moment
  double air_offset_c = 0;     ///< on measured and forecast temperatures; forecast precipitation changes its phase
  double trigger_factor = 1;   ///< of all triggers of the profile
  std::array<double, criterion_count> weights = default_weights;  ///< only their proportions count; none below 0

  bool changesAnything() const { return *this != WhatIf{}; }
  bool operator==(const WhatIf&) const = default;
};

/// "降雪 ×1.5、気温 −2.0 ℃": what is different, for heads of tables and sheets; empty when nothing is.
std::string describe(const WhatIf& what_if, Language language);

}  // namespace hashimichi::assess::snow
