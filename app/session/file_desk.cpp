#include "app/session/file_desk.h"

namespace hashimichi::app {

void FileDesk::apply(const FileCommand& /*command*/) {}

void FileDesk::opened(bool /*same_place*/) {}

}  // namespace hashimichi::app
