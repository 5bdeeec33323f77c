// LAS and LAZ: our header and record reader, the chunk check, and the way through LASzip.
#include "tests/fuzz/fuzz_entry.h"
#include "tests/geo/import/las_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hashimichi;
  fuzz::import(import::lasImporter(), "any.las", fuzz::textOf(data, size));
  return 0;
}

std::vector<std::string> hashimichi::fuzz::madeSeeds() {
  tests::LasFile file;
  file.points = {{31000, 160000, 10, 2, 1, 2, 3}, {31001, 160001, 11, 6, 255, 0, 0}, {31002, 160002, 12, 17, 9, 9, 9}};
  file.epsg = 6676;
  std::vector<std::string> seeds{file.bytes()};
  file.epsg = 6668, file.geographic = true;
  seeds.push_back(file.bytes());
  file.epsg = 0, file.wkt = "GEOGCS[\"JGD2011\",DATUM[\"JGD2011\",SPHEROID[\"GRS 1980\",6378137,298.257222101]]]";
  seeds.push_back(file.bytes());
  file.stated_points = 4'000'000'000u, file.stated_vlrs = 4'000'000'000u;
  seeds.push_back(file.bytes());
  // A header shorter than it can be: LASzip asked for 4 GB of "user data" behind it.
  for (const char size : {'\0', '\x72'}) {
    seeds.push_back(seeds.front());
    seeds.back()[94] = size, seeds.back()[95] = 0;
  }
  return seeds;
}
