// The CityJSON reader from the bytes to the model: scanner, value trees, families, shapes, templates, appearance. Texts
// of several lines are read as a sequence too.
#include "tests/fuzz/fuzz_entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hashimichi;
  const std::string_view text = fuzz::textOf(data, size);
  fuzz::import(import::cityjsonImporter(), "any.city.json", text);
  if (text.find('\n') != text.npos) fuzz::import(import::cityjsonImporter(), "any.city.jsonl", text);
  return 0;
}

std::vector<std::string> hashimichi::fuzz::madeSeeds() {
  // Nested as deep as real files never are, and just below what is refused.
  std::string deep = R"({"CityObjects":{"a":{"type":"Building","attributes":)";
  for (int i = 0; i < 55; ++i) deep += "{\"b\":[";
  return {deep, "{\"vertices\":" + std::string(10'000, '[')};
}
