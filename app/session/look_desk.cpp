#include "app/session/look_desk.h"

namespace hashimichi::app {

void LookDesk::apply(const LookCommand& /*command*/) {}

void LookDesk::opened(bool /*same_place*/) {}

}  // namespace hashimichi::app
