// Results of other programs: the splitter of JSON lists, the roof-snow tool's GeoJSON, CZML, and tables of simulations.
#include "geo/import/results/results.h"
#include "tests/fuzz/fuzz_entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hashimichi;
  const std::string_view text = fuzz::textOf(data, size);
  fuzz::import(import::roofSnowImporter(), "202602171800_any_1.geojson", text);
  fuzz::import(import::czmlImporter(), "any.czml", text);
  fuzz::import(import::simulationImporter(), "any_202602171800.csv", text);
  return 0;
}

std::vector<std::string> hashimichi::fuzz::madeSeeds() {
  // Nested deeper than real files, brackets that never close, hours without end.
  return {
      R"({"type":"FeatureCollection","features":[)" + std::string(10'000, '['),
      R"({"features":[{"type":"Feature"}{"type":"Feature",]}{"type":"Feature"}]})",
      R"([{"id":"document"},{"id":"a","availability":"0001-01-01T00:00:00Z/9999-01-01T00:00:00Z","polygon":{"positions":{"cartographicDegrees":[138,37,0,139,37,0,139,38,0]},"material":{"solidColor":{"color":{"rgba":[255,140,0,150]}}}}}])"};
}
