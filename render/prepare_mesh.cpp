#include <cmath>

#include "render/face.h"

namespace hashimichi::render {
namespace {

using model::MeshPart;

/// Of every vertex, weighted by the area of the triangles round it; light on a dense mesh changes smoothly.
std::vector<Vec3d> normalsOf(const MeshPart& part) {
  std::vector<Vec3d> normals(part.xyz.size() / 3);
  const auto at = [&](std::uint32_t i) { return Vec3d{part.xyz[3 * i], part.xyz[3 * i + 1], part.xyz[3 * i + 2]}; };
  for (std::size_t i = 0; i + 2 < part.triangles.size(); i += 3) {
    const std::uint32_t* c = &part.triangles[i];
    const Vec3d n = cross(at(c[1]) - at(c[0]), at(c[2]) - at(c[0]));
    for (std::size_t k = 0; k < 3; ++k) normals[c[k]] = normals[c[k]] + n;
  }
  for (Vec3d& n : normals) {
    const double length = norm(n);
    n = length > 0 ? n * (1 / length) : Vec3d{0, 0, 1};
  }
  return normals;
}

Colour colourAt(const MeshPart& part, std::size_t vertex, const Colour& otherwise) {
  if (part.rgb.size() != part.xyz.size()) return otherwise;
  return quieter({part.rgb[3 * vertex], part.rgb[3 * vertex + 1], part.rgb[3 * vertex + 2]});
}

void dressPart(const MeshPart& part, const model::Material& material, std::size_t first_triangle, DressedMesh& mesh) {
  constexpr float hardly_transparent = 0.02f;
  const bool textured = material.hasPicture() && part.uv.size() / 2 == part.xyz.size() / 3;
  const bool glass = !textured && material.transparency > hardly_transparent;
  for (std::size_t t = 0; t < part.triangles.size() / 3; ++t) {
    const auto triangle = static_cast<std::uint32_t>(first_triangle + t);
    if (textured) {
      mesh.dress.textured.push_back(triangle);
      mesh.dress.material.push_back(part.material);
      for (std::size_t k = 0; k < 3; ++k) {
        const std::size_t vertex = part.triangles[3 * t + k];
        for (const float place : {part.uv[2 * vertex], part.uv[2 * vertex + 1]})
          mesh.dress.uv.push_back(std::isfinite(place) ? place : 0);
      }
    } else if (glass) {
      mesh.dress.glass.push_back(triangle);
      mesh.dress.alpha.push_back(static_cast<std::uint8_t>(255 * (1 - std::min(material.transparency, 1.0f))));
    }
  }
}

}  // namespace

void appendMesh(const model::CityModel& model, const model::TriangleMesh& from, std::uint32_t feature,
                const Colour& colour, DressedMesh& mesh) {
  for (const MeshPart& part : from.parts) {
    if (part.material >= model.materials.size()) continue;
    const model::Material& material = model.materials[part.material];
    const bool coloured = material.rgb != model::Material{}.rgb;
    const Colour plain = coloured ? quieter(material.rgb) : colour;
    const auto base = static_cast<std::uint32_t>(mesh.vertexCount());
    const std::size_t first_triangle = mesh.triangleCount();
    const std::vector<Vec3d> normals = normalsOf(part);
    mesh.xyz.insert(mesh.xyz.end(), part.xyz.begin(), part.xyz.end());
    for (std::size_t i = 0; i < normals.size(); ++i)
      pushColour(mesh.rgb, colourAt(part, i, plain), lightOn(normals[i]));
    for (const std::uint32_t corner : part.triangles) mesh.triangles.push_back(base + corner);
    mesh.feature.insert(mesh.feature.end(), part.triangles.size() / 3, feature);
    dressPart(part, material, first_triangle, mesh);
  }
}

}  // namespace hashimichi::render
