// The CityGML reader from the file's head to the model: Expat's wrapper, feature tree, shapes, attributes, TIN, links.
#include "tests/fuzz/fuzz_entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hashimichi;
  fuzz::import(import::citygmlImporter(), "any.gml", fuzz::textOf(data, size));
  return 0;
}

std::vector<std::string> hashimichi::fuzz::madeSeeds() {
  return {};
}
