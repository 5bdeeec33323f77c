#include <algorithm>
#include <cmath>

#include "datasets/town/laz_file.h"
#include "datasets/town/random.h"
#include "datasets/town/survey.h"
#include "geo/core/file.h"

namespace hashimichi::datasets {
namespace {

constexpr double points_per_scale = 2e6;
constexpr LasDay surveyed{2025, 300};

}  // namespace

Result<std::size_t> writeSurvey(const std::filesystem::path& path, const Town& town, Progress& progress) {
  LazFile file;
  const auto failed = [&] {
    return Error{ErrorCode::write_failed, toUtf8(path), "could not be written: " + file.lastError() + ".",
                 "Check free space and write permission of the folder."};
  };
  if (!file.open(path, town.window, surveyed)) return failed();
  BuildingIndex houses(town.window);
  for (const TownBuilding& building : town.buildings) houses.add(building);
  const std::vector<Vec3d> tiles = surveyTiles(town);
  const auto wanted = static_cast<std::size_t>(std::llround(points_per_scale * town.options.scale));
  std::size_t written = 0, owed = 0;  // what water swallowed is made up for in the next tile
  for (std::size_t t = 0; t < tiles.size(); ++t) {
    if (progress.cancelled()) return Error{ErrorCode::cancelled, toUtf8(path), "cancelled.", ""};
    if (t % 32 == 0) progress.report(static_cast<double>(t) / static_cast<double>(tiles.size()), "point survey");
    const SurveyTile tile(town, houses, tiles[t].x, tiles[t].y);
    owed = wanted * (t + 1) / tiles.size() - written;
    for (std::size_t tries = 0; owed > 0 && tries < 4 * wanted / tiles.size() + 64; ++tries) {
      const std::uint64_t bits =
          hashOf(town.options.seed, 951, static_cast<std::int64_t>(t), static_cast<std::int64_t>(tries));
      const auto point = tile.sample(bits);
      if (!point) continue;
      if (!file.write(*point, written, bits)) return failed();
      ++written, --owed;
    }
  }
  if (!file.close()) return failed();
  return written;
}

}  // namespace hashimichi::datasets
