#pragma once
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "geo/model/height_field.h"
#include "render/prepared_town.h"
#include "render/scene.h"

namespace hashimichi::render {

/// What the picture of a town depends on beside the town and the camera.
struct LookWish {
  PreparedTownPtr town;
  Look look;
  std::optional<Instant> at;
  std::optional<ViewFrom> from;

  bool operator==(const LookWish&) const = default;
  /// Whether the town is shown as it was prepared.
  bool plain() const;
};

/// The answer: pictures and colours for the main thread to upload. Immutable.
struct TownLook {
  LookWish of;
  std::shared_ptr<const Image> ground;     ///< nullptr: the town's own picture
  std::vector<std::uint8_t> building_rgb;  ///< per vertex of town.buildings; empty: its own
  LookStatus status;
};
using TownLookPtr = std::shared_ptr<const TownLook>;

/// What stays the same while one looks at one town in several ways. One worker.
struct LookCache {
  std::weak_ptr<const PreparedTown> of;
  std::optional<model::HeightField> field;
  std::vector<std::uint8_t> openness;
};

/// Light of one moment.
struct SunLight {
  bool shining = false;
  Vec3d to_sun{0, 0, 1};
  std::vector<float> shadow_m;  ///< shadowHeights of the cache's field
};

/// Pure but for the cache. nullptr when stopped.
TownLookPtr lookAt(const LookWish& wish, LookCache& cache, const std::stop_token& stop);

/// The parts of lookAt. The ground's picture: base colour, snow, viewshed, light, shadow; openness may be empty.
struct GroundParts {
  const model::HeightField* field = nullptr;  ///< for shadow and openness
  const SunLight* sun = nullptr;              ///< nullptr: the calm light
  const std::vector<std::uint8_t>* openness = nullptr;
  const model::Viewshed* viewshed = nullptr;
  /// Snow depth in cm on a grid over the ground's bounds, row 0 in the south; empty: none shown. NaN = unknown.
  std::size_t snow_columns = 0, snow_rows = 0;
  std::vector<float> snow_cm;

  float snowAt(double u, double v) const;
};
Image groundPicture(const PreparedTown& town, GroundLook look, const GroundParts& parts);
/// Buildings by attribute, under the sun, with snow on their roofs; empty when nothing of this is asked for.
std::vector<std::uint8_t> buildingColours(const PreparedTown& town, const Look& look, const GroundParts& parts);
/// Ambient light and the sun's share of it; 1 = as bright as the colour itself. Walls and roofs and ground alike.
double sunlitLight(Vec3d unit_normal, Vec3d to_sun, bool lit);

}  // namespace hashimichi::render
