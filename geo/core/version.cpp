#include "geo/core/version.h"

namespace hashimichi {

const char* programVersion() {
  return HASHIMICHI_VERSION;
}

}  // namespace hashimichi
