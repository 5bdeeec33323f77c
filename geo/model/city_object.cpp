#include "geo/model/city_object.h"

#include <array>

namespace hashimichi::model {

const char* toString(ObjectKind kind) {
  constexpr std::array names{"other",        "water",       "vegetation", "furniture", "tunnel",
                             "construction", "railway",     "track",      "square",    "waterway",
                             "land_use",     "hazard_zone", "urban_plan", "utility",   "generic"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace hashimichi::model
