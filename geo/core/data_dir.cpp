#include "geo/core/data_dir.h"

#include <cstdlib>

namespace hashimichi {

std::filesystem::path datasetsFolder() {
  const char* chosen = std::getenv("HASHIMICHI_DATASETS");
  return chosen && *chosen ? chosen : HASHIMICHI_DATASETS_DIR;
}

}  // namespace hashimichi
