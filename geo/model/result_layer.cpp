#include "geo/model/result_layer.h"

#include <algorithm>

namespace hashimichi::model {

std::size_t ResultLayer::columnAt(Instant time, double max_age_h) const {
  if (times.empty()) return 0;
  const auto after = std::upper_bound(times.begin(), times.end(), time);
  if (after == times.begin()) return gap;
  const auto column = static_cast<std::size_t>(after - times.begin()) - 1;
  return hoursBetween(times[column], time) < max_age_h ? column : gap;
}

std::size_t ResultLayer::classOf(float value) const {
  return static_cast<std::size_t>(std::upper_bound(class_limits.begin(), class_limits.end(), value) -
                                  class_limits.begin());
}

}  // namespace hashimichi::model
