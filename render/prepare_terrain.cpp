#include <algorithm>
#include <array>
#include <cmath>

#include "render/prepare.h"

namespace hashimichi::render {
namespace {

/// What a software renderer still draws several times a second; a GPU would take more, but sees no more at these sizes.
constexpr std::size_t ground_samples_limit = 200'000;
/// Round a town without a height model the level plane reaches this far beyond what is there.
constexpr double plane_margin = 0.05;

std::size_t strideFor(const model::Terrain& terrain) {
  std::size_t stride = 1;
  while ((terrain.columns / stride) * (terrain.rows / stride) > ground_samples_limit) ++stride;
  return stride;
}

model::Terrain thinned(const model::Terrain& terrain, std::size_t stride) {
  model::Terrain out;
  out.south_west = terrain.south_west;
  out.spacing_m = terrain.spacing_m * static_cast<double>(stride);
  out.columns = (terrain.columns - 1) / stride + 1;
  out.rows = (terrain.rows - 1) / stride + 1;
  out.source = terrain.source;
  out.height_m.reserve(out.columns * out.rows);
  for (std::size_t row = 0; row < out.rows; ++row)
    for (std::size_t column = 0; column < out.columns; ++column)
      out.height_m.push_back(terrain.at(column * stride, row * stride));
  return out;
}

model::Terrain levelPlane(const Bounds& town) {
  model::Terrain plane;
  if (town.empty()) return plane;
  const double margin_m = 20 + plane_margin * std::max(town.size().x, town.size().y);
  plane.south_west = {town.low.x - margin_m, town.low.y - margin_m, 0};
  plane.spacing_m = std::max(town.size().x, town.size().y) + 2 * margin_m;
  plane.columns = plane.rows = 2;
  plane.height_m.assign(4, static_cast<float>(std::isfinite(town.low.z) ? town.low.z : 0));
  return plane;
}

void pushVertex(Mesh& mesh, const model::Terrain& ground, std::size_t column, std::size_t row, float z) {
  mesh.xyz.push_back(static_cast<float>(ground.south_west.x + ground.spacing_m * static_cast<double>(column)));
  mesh.xyz.push_back(static_cast<float>(ground.south_west.y + ground.spacing_m * static_cast<double>(row)));
  mesh.xyz.push_back(z);
  mesh.uv.push_back(static_cast<float>(column) / static_cast<float>(ground.columns - 1));
  mesh.uv.push_back(static_cast<float>(row) / static_cast<float>(ground.rows - 1));
}

/// A wall down from the edge, so that the town stands as a block and not as a floating sheet.
void appendSkirt(Mesh& mesh, const model::Terrain& ground, float floor_z) {
  const auto side = [&](std::size_t c0, std::size_t r0, std::size_t dc, std::size_t dr, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t ca = c0 + dc * i, ra = r0 + dr * i, cb = ca + dc, rb = ra + dr;
      const float a = ground.at(ca, ra), b = ground.at(cb, rb);
      if (!std::isfinite(a) || !std::isfinite(b)) continue;
      const auto base = static_cast<std::uint32_t>(mesh.vertexCount());
      pushVertex(mesh, ground, ca, ra, a), pushVertex(mesh, ground, cb, rb, b);
      pushVertex(mesh, ground, cb, rb, floor_z), pushVertex(mesh, ground, ca, ra, floor_z);
      mesh.triangles.insert(mesh.triangles.end(), {base, base + 1, base + 2, base, base + 2, base + 3});
    }
  };
  side(0, 0, 1, 0, ground.columns - 1), side(0, ground.rows - 1, 1, 0, ground.columns - 1);
  side(0, 0, 0, 1, ground.rows - 1), side(ground.columns - 1, 0, 0, 1, ground.rows - 1);
}

float lowestHeight(const model::Terrain& ground) {
  float low = std::numeric_limits<float>::infinity();
  for (const float h : ground.height_m)
    if (std::isfinite(h)) low = std::min(low, h);
  return std::isfinite(low) ? low : 0;
}

}  // namespace

model::Terrain groundOf(const model::CityModel& model, const Bounds& town) {
  if (model.terrain && model.terrain->columns > 1 && model.terrain->rows > 1)
    return thinned(*model.terrain, strideFor(*model.terrain));
  return levelPlane(town);
}

Mesh terrainMesh(const model::Terrain& ground) {
  Mesh mesh;
  if (ground.columns < 2 || ground.rows < 2) return mesh;
  for (std::size_t row = 0; row < ground.rows; ++row)
    for (std::size_t column = 0; column < ground.columns; ++column) {
      const float z = ground.at(column, row);
      pushVertex(mesh, ground, column, row, std::isfinite(z) ? z : 0);
    }
  const auto index = [&](std::size_t c, std::size_t r) { return static_cast<std::uint32_t>(r * ground.columns + c); };
  for (std::size_t r = 0; r + 1 < ground.rows; ++r)
    for (std::size_t c = 0; c + 1 < ground.columns; ++c) {
      const float sum = ground.at(c, r) + ground.at(c + 1, r) + ground.at(c, r + 1) + ground.at(c + 1, r + 1);
      if (!std::isfinite(sum)) continue;
      mesh.triangles.insert(mesh.triangles.end(), {index(c, r), index(c + 1, r), index(c + 1, r + 1), index(c, r),
                                                   index(c + 1, r + 1), index(c, r + 1)});
    }
  const double width_m = ground.spacing_m * static_cast<double>(std::max(ground.columns, ground.rows));
  if (ground.columns > 2) appendSkirt(mesh, ground, lowestHeight(ground) - static_cast<float>(0.012 * width_m));
  return mesh;
}

}  // namespace hashimichi::render
