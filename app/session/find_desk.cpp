#include "app/session/find_desk.h"

namespace hashimichi::app {

void FindDesk::apply(const FindCommand& /*command*/) {}

void FindDesk::opened(bool /*same_place*/) {}

}  // namespace hashimichi::app
