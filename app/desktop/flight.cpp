#include "app/desktop/flight.h"

#include <algorithm>

namespace hashimichi::app {

render::CameraPose Flight::advance(double seconds) {
  elapsed_s_ = std::min(duration_s, elapsed_s_ + seconds);
  const double left = 1 - elapsed_s_ / duration_s;
  return render::between(from_, to_, 1 - left * left * left);
}

}  // namespace hashimichi::app
