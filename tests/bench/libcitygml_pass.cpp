#include "tests/bench/libcitygml_pass.h"

#ifdef HASHIMICHI_HAS_LIBCITYGML
#include <citygml/citygml.h>
#include <citygml/citymodel.h>
#endif

namespace hashimichi::bench {

bool loadWithLibcitygml([[maybe_unused]] const std::string& path) {
#ifdef HASHIMICHI_HAS_LIBCITYGML
  citygml::ParserParams parameters;
  parameters.tesselate = false;
  parameters.keepVertices = true;
  return citygml::load(path, parameters) != nullptr;
#else
  return false;
#endif
}

}  // namespace hashimichi::bench
