#include <algorithm>
#include <cmath>

#include "render/attribute_colours.h"
#include "render/prepare.h"
#include "render/town_look.h"

namespace hashimichi::render {
namespace {

/// Faces are asked for the sun this far outside, so that a wall does not shade itself.
constexpr double outside_cells = 1.5;
constexpr double roof_slack_m = 0.4, wall_slack_m = 0.1;
/// Flatter roofs than this keep their snow.
constexpr double snow_lies = 0.6, roof_snow_cover = 0.8;

Vec3d vertexOf(const Mesh& mesh, std::uint32_t v) {
  return {mesh.xyz[3 * std::size_t{v}], mesh.xyz[3 * std::size_t{v} + 1], mesh.xyz[3 * std::size_t{v} + 2]};
}

bool lit(const GroundParts& parts, Vec3d place, Vec3d normal) {
  const model::HeightField& field = *parts.field;
  const double out_m = outside_cells * field.cell_m;
  const auto cell = field.cellAt(place.x + normal.x * out_m, place.y + normal.y * out_m);
  if (!cell) return true;
  return place.z + (normal.z > 0.5 ? roof_slack_m : wall_slack_m) >= parts.sun->shadow_m[*cell];
}

struct Brush {
  const PreparedTown& town;
  const GroundParts& parts;
  const AttributeLegend& legend;
  Bounds box = town.ground.bounds();

  Colour baseOf(const Mesh& mesh, std::uint32_t v, std::uint32_t building, Vec3d normal) const {
    if (building < legend.of_building.size()) {
      const exporting::Rgb rgb = legend.entries[legend.of_building[building]].colour;
      return {double(rgb.r), double(rgb.g), double(rgb.b)};
    }
    const double baked = lightOn(normal);
    const std::uint8_t* rgb = &mesh.rgb[3 * std::size_t{v}];
    return {rgb[0] / baked, rgb[1] / baked, rgb[2] / baked};
  }

  void laySnow(Vec3d place, Vec3d normal, Colour& colour) const {
    if (parts.snow_cm.empty() || normal.z < snow_lies) return;
    const float depth_cm = parts.snowAt((place.x - box.low.x) / box.size().x, (place.y - box.low.y) / box.size().y);
    if (std::isnan(depth_cm) || snowStepOf(depth_cm) == 0) return;
    const exporting::Rgb white = snow_colours[1];
    const std::array<double, 3> snow{double(white.r), double(white.g), double(white.b)};
    for (std::size_t c = 0; c < 3; ++c) colour[c] = colour[c] * (1 - roof_snow_cover) + snow[c] * roof_snow_cover;
  }

  void vertex(const Mesh& mesh, std::uint32_t v, std::uint32_t building, Vec3d normal, std::uint8_t* out) const {
    const Vec3d place = vertexOf(mesh, v);
    Colour colour = baseOf(mesh, v, building, normal);
    laySnow(place, normal, colour);
    const double light =
        parts.sun ? sunlitLight(normal, parts.sun->to_sun, lit(parts, place, normal)) : lightOn(normal);
    for (std::size_t c = 0; c < 3; ++c) out[c] = static_cast<std::uint8_t>(std::clamp(colour[c] * light, 0.0, 255.0));
  }
};

}  // namespace

std::vector<std::uint8_t> buildingColours(const PreparedTown& town, const Look& look, const GroundParts& parts) {
  const AttributeLegend legend =
      look.colour_by.empty() ? AttributeLegend{} : attributeLegend(*town.model, look.colour_by);
  const bool snow = !parts.snow_cm.empty();
  const Mesh& mesh = town.buildings;
  if (mesh.rgb.size() != mesh.xyz.size() || (legend.entries.empty() && !parts.sun && !snow)) return {};
  std::vector<std::uint8_t> rgb = mesh.rgb;
  const Brush brush{town, parts, legend};
  for (std::size_t t = 0; t < mesh.triangleCount(); ++t) {
    const std::uint32_t* corner = &mesh.triangles[3 * t];
    const Vec3d a = vertexOf(mesh, corner[0]);
    const Vec3d across = cross(vertexOf(mesh, corner[1]) - a, vertexOf(mesh, corner[2]) - a);
    const double size = norm(across);
    if (!(size > 0)) continue;
    for (std::size_t k = 0; k < 3; ++k)
      brush.vertex(mesh, corner[k], mesh.feature[t], across * (1 / size), &rgb[3 * std::size_t{corner[k]}]);
  }
  return rgb;
}

}  // namespace hashimichi::render
