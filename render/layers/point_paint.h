#pragma once
#include <optional>
#include <span>

#include "geo/core/date_time.h"
#include "geo/model/terrain.h"
#include "geo/points/node_store.h"
#include "render/point_style.h"

namespace hashimichi::render {

/// What colours points of one cloud. Plain data; any thread.
struct PointPaint {
  PointColour colour = PointColour::rgb;
  double low = 0, high = 1;  ///< of the colour's ramp
  std::bitset<256> hidden_classes;
  std::optional<ClipBox> clip;
  const model::Terrain* ground = nullptr;  ///< for height_above_ground
  std::optional<double> age_years;         ///< of the survey
};

/// How a box of the local frame lies to the clip box.
enum class Clipped { inside, across, outside };
Clipped clipped(const std::optional<ClipBox>& clip, const Bounds& bounds);
bool isInside(const ClipBox& clip, Vec3d local);
/// What encloses it along the axes.
Bounds enclosing(const ClipBox& clip);

/// The number that a colour's ramp shows; NaN where it is unknown.
/// @param distances_m  one per point, or empty
double scalarOf(const points::ResidentNode& node, std::size_t i, const PointPaint& paint,
                std::span<const float> distances_m);
/// Whether the colour is a ramp over scalarOf.
bool isRamp(PointColour colour);

/// Red in the lowest byte; alpha 0 for what is hidden by class or clip box.
void paintPoints(const points::ResidentNode& node, const PointPaint& paint, std::span<const float> distances_m,
                 std::span<std::uint32_t> rgba);

}  // namespace hashimichi::render
