#pragma once
#include <filesystem>
#include <memory>
#include <vector>

#include "datasets/town/bridges.h"
#include "datasets/town/buildings.h"
#include "datasets/town/land.h"
#include "datasets/town/network.h"
#include "datasets/town/town.h"
#include "datasets/town/weather.h"
#include "geo/core/progress.h"
#include "geo/core/result.h"
#include "geo/crs/local_frame.h"

namespace hashimichi::datasets {

/// The whole town in memory, finished; the writers only read it.
struct Town {
  TownOptions options;
  Window window;
  Valley valley;
  Network network;
  std::unique_ptr<Land> land;
  std::vector<TownBridge> bridges;
  std::vector<TownBuilding> buildings;
  std::vector<OpenGround> grounds;
  std::vector<Tree> trees;
  Weather weather;
  crs::LocalFrame frame;

  explicit Town(const TownOptions& chosen) : options(chosen), window(windowFor(chosen.scale)), valley(chosen.seed) {}
};

inline constexpr const char* synthetic_note =
    "合成データ（実在の場所・人物ではありません） / synthetic data, no real place or person";

// Every writer returns write_failed with the file it could not write.
Status writeTables(const std::filesystem::path& folder, const Town& town);
Status writeVectors(const std::filesystem::path& folder, const Town& town);
Status writeCityGml(const std::filesystem::path& folder, const Town& town, Progress& progress);
/// The buildings alone. @param one_file  else one per mesh
Status writeBuildings(const std::filesystem::path& folder, const Town& town, bool one_file, Progress& progress);
Status writeCodeLists(const std::filesystem::path& folder);
Status writeDem(const std::filesystem::path& path, const Town& town, Progress& progress);
Status writeOrtho(const std::filesystem::path& path, const Town& town, Progress& progress);
/// @returns how many points were written
Result<std::size_t> writeSurvey(const std::filesystem::path& path, const Town& town, Progress& progress);

/// Later surveys of the first river bridge and its street, and the truth about them.
Status writeEpochs(const std::filesystem::path& folder, const Town& town, Progress& progress);

/// Left and right edge of a line at a distance, joined to a closed ring (first point repeated); z of the line.
std::vector<Vec3d> ribbon(const std::vector<Vec3d>& line, double half_width_m);

/// Garden, shrine and hillside trees near the survey and in the open; coarse elsewhere.
std::vector<Tree> plantTrees(const Network& network, const Land& land, const std::vector<TownBuilding>& buildings,
                             const std::vector<OpenGround>& grounds, std::uint64_t seed);

}  // namespace hashimichi::datasets
