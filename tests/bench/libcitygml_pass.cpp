#include "tests/bench/libcitygml_pass.h"

#ifdef HASHIMICHI_HAS_LIBCITYGML
#include <citygml/citygml.h>
#include <citygml/citymodel.h>

#include <chrono>
#endif

namespace hashimichi::bench {

std::optional<double> libcitygmlSeconds([[maybe_unused]] const std::string& path) {
#ifdef HASHIMICHI_HAS_LIBCITYGML
  citygml::ParserParams parameters;
  parameters.tesselate = false;
  parameters.keepVertices = true;
  const auto begin = std::chrono::steady_clock::now();
  const std::shared_ptr<const citygml::CityModel> model = citygml::load(path, parameters);
  if (!model) return std::nullopt;
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
#else
  return std::nullopt;
#endif
}

}  // namespace hashimichi::bench
