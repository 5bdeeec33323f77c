#pragma once
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "geo/import/import_files.h"
#include "tests/support/shared_data.h"

namespace hashimichi::model::tests {

/// One file's model in a frame of its own.
struct RealCity {
  std::string file;
  CityModelPtr city;
};

/// All CityGML and CityJSON files of the shared data that are small enough to be looked at face by face.
inline std::vector<RealCity> realCities() {
  constexpr std::uintmax_t largest_bytes = 8u << 20;
  std::vector<std::filesystem::path> paths;
  for (const char* folder : {"cityjson", "plateau", "delft-town"}) {
    std::error_code error;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(hashimichi::tests::sharedData(folder), error)) {
      if (!entry.is_regular_file() || entry.file_size() > largest_bytes) continue;
      const std::string ending = entry.path().extension().string();
      if (ending == ".gml" || ending == ".json" || ending == ".jsonl") paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<RealCity> cities;
  for (const auto& path : paths) {
    import::Options options;
    options.source_crs = "EPSG:7415";  // for those that name none
    SilentProgress silent;
    const auto outcome = import::importFiles({path}, options, silent);
    if (outcome) cities.push_back({path.filename().string(), outcome->model});
  }
  return cities;
}

/// Every form of a city: shown and other levels of detail.
template <typename Use>
void forEachGeometry(const CityModel& city, Use use) {
  const auto all = [&](const auto& assets) {
    for (const auto& asset : assets) {
      use(asset.id, asset.geometry);
      for (const Geometry& level : asset.other_lods) use(asset.id, level);
    }
  };
  all(city.buildings);
  all(city.roads);
  all(city.bridges);
  all(city.objects);
}

}  // namespace hashimichi::model::tests
