#include "app/session/edit_desk.h"

namespace hashimichi::app {

void EditDesk::apply(const EditCommand& /*command*/) {}

void EditDesk::opened(bool /*same_place*/) {}

}  // namespace hashimichi::app
