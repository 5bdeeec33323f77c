#pragma once
#include "render/prepared_town.h"

namespace hashimichi::render {

/// Laying flat shapes on the drawn ground.

/// The point on the ground where it is near it (within 1.5 m above, 4 m below), else where it is (bridges, tunnels);
/// in both cases lifted by `lift_m` so that it is not drawn within the ground.
Vec3d laidOnGround(const model::Terrain& ground, Vec3d point, double lift_m);
bool liesOnGround(const model::Terrain& ground, Vec3d point);
/// Appends a polygon as triangles no longer than `step_m` that follow the ground.
void appendDraped(const model::Polygon& polygon, std::uint32_t feature, const model::Terrain& ground, double step_m,
                  double lift_m, Mesh& mesh);
/// A closed outline that follows the ground.
model::Polyline drapedOutline(const model::Ring& ring, const model::Terrain& ground, double step_m, double lift_m);
/// How long a piece may be to follow this ground well enough for the eye.
double pieceLength(const model::Terrain& ground);

}  // namespace hashimichi::render
