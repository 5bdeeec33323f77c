#include "render/face.h"

#include "geo/model/triangulate.h"

namespace hashimichi::render {
namespace {

constexpr double material_saturation = 0.7;

/// One per point, all finite: else the picture cannot be laid on.
bool usable(const std::vector<std::array<float, 2>>& uv, std::size_t points) {
  if (uv.size() != points) return false;
  for (const auto& place : uv)
    if (!std::isfinite(place[0]) || !std::isfinite(place[1])) return false;
  return true;
}

void noteTexture(const model::SurfaceAppearance& look, std::size_t first_triangle, std::uint32_t first_vertex,
                 DressedMesh& mesh) {
  for (std::size_t t = first_triangle; t < mesh.triangleCount(); ++t) {
    mesh.dress.textured.push_back(static_cast<std::uint32_t>(t));
    mesh.dress.material.push_back(look.material);
    for (std::size_t k = 0; k < 3; ++k) {
      const auto& place = look.uv[mesh.triangles[3 * t + k] - first_vertex];
      mesh.dress.uv.insert(mesh.dress.uv.end(), {place[0], place[1]});
    }
  }
}

}  // namespace

Colour quieter(const std::array<std::uint8_t, 3>& rgb) {
  const double grey = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
  Colour colour;
  for (std::size_t c = 0; c < 3; ++c) colour[c] = grey + (rgb[c] - grey) * material_saturation;
  return colour;
}

Vec3d unitNormal(const model::Polygon& polygon) {
  const Vec3d n = model::newellNormal(polygon.outer);
  const double length = norm(n);
  return length > 0 ? n * (1 / length) : Vec3d{0, 0, 1};
}

void paintNewVertices(Mesh& mesh, const Colour& colour, double light) {
  while (mesh.rgb.size() < mesh.xyz.size()) pushColour(mesh.rgb, colour, light);
}

bool appendFace(const model::Polygon& polygon, std::uint32_t feature, Mesh& mesh, double lift_m) {
  thread_local std::vector<model::Triangle> triangles;
  triangles.clear();
  model::triangulate(polygon, triangles);
  if (triangles.empty()) return false;
  const auto base = static_cast<std::uint32_t>(mesh.vertexCount());
  const auto push = [&](const model::Ring& ring) {
    for (const Vec3d& p : ring)
      mesh.xyz.insert(mesh.xyz.end(),
                      {static_cast<float>(p.x), static_cast<float>(p.y), static_cast<float>(p.z + lift_m)});
  };
  push(polygon.outer);
  for (const model::Ring& hole : polygon.holes) push(hole);
  for (const model::Triangle& triangle : triangles) {
    for (const std::uint32_t corner : triangle) mesh.triangles.push_back(base + corner);
    mesh.feature.push_back(feature);
  }
  return true;
}

void append(Mesh& mesh, Mesh&& more) {
  if (mesh.triangles.empty()) {
    mesh = std::move(more);
    return;
  }
  const auto base = static_cast<std::uint32_t>(mesh.vertexCount());
  mesh.xyz.insert(mesh.xyz.end(), more.xyz.begin(), more.xyz.end());
  mesh.uv.insert(mesh.uv.end(), more.uv.begin(), more.uv.end());
  mesh.rgb.insert(mesh.rgb.end(), more.rgb.begin(), more.rgb.end());
  mesh.feature.insert(mesh.feature.end(), more.feature.begin(), more.feature.end());
  mesh.triangles.reserve(mesh.triangles.size() + more.triangles.size());
  for (const std::uint32_t corner : more.triangles) mesh.triangles.push_back(base + corner);
}

void append(DressedMesh& mesh, DressedMesh&& more) {
  const auto base = static_cast<std::uint32_t>(mesh.triangleCount());
  Dress &into = mesh.dress, &from = more.dress;
  for (const std::uint32_t triangle : from.textured) into.textured.push_back(base + triangle);
  for (const std::uint32_t triangle : from.glass) into.glass.push_back(base + triangle);
  into.material.insert(into.material.end(), from.material.begin(), from.material.end());
  into.uv.insert(into.uv.end(), from.uv.begin(), from.uv.end());
  into.alpha.insert(into.alpha.end(), from.alpha.begin(), from.alpha.end());
  append(static_cast<Mesh&>(mesh), static_cast<Mesh&&>(more));
}

void append(Lines& lines, const Lines& more) {
  if (more.count() == 0) return;
  const auto base = static_cast<std::uint32_t>(lines.xyz.size() / 3);
  lines.xyz.insert(lines.xyz.end(), more.xyz.begin(), more.xyz.end());
  if (!lines.first.empty()) lines.first.pop_back();
  for (const std::uint32_t first : more.first) lines.first.push_back(base + first);
  lines.feature.insert(lines.feature.end(), more.feature.begin(), more.feature.end());
}

const model::SurfaceAppearance* Faces::appearanceOf(std::size_t surface) {
  const auto& looks = shape_.appearance;
  while (next_ < looks.size() && looks[next_].surface < surface) ++next_;
  if (next_ == looks.size() || looks[next_].surface != surface) return nullptr;
  return looks[next_].material < model_.materials.size() ? &looks[next_] : nullptr;
}

void Faces::append(std::size_t surface, const Colour& colour, double light) {
  const model::Polygon& polygon = shape_.surfaces[surface].polygon;
  const std::size_t first_triangle = mesh_.triangleCount();
  const auto first_vertex = static_cast<std::uint32_t>(mesh_.vertexCount());
  if (!appendFace(polygon, feature_, mesh_)) return;
  const model::SurfaceAppearance* look = appearanceOf(surface);
  if (!look) return paintNewVertices(mesh_, colour, light);
  const model::Material& material = model_.materials[look->material];
  // The grey that stands for "no colour named" is not more telling than the layer's own.
  const bool coloured = material.rgb != model::Material{}.rgb;
  paintNewVertices(mesh_, coloured ? quieter(material.rgb) : colour, light);
  std::size_t points = polygon.outer.size();
  for (const model::Ring& hole : polygon.holes) points += hole.size();
  if (material.hasPicture() && usable(look->uv, points)) return noteTexture(*look, first_triangle, first_vertex, mesh_);
  constexpr float hardly_transparent = 0.02f;
  if (!(material.transparency > hardly_transparent)) return;
  const auto alpha = static_cast<std::uint8_t>(255 * (1 - std::min(material.transparency, 1.0f)));
  for (std::size_t t = first_triangle; t < mesh_.triangleCount(); ++t) {
    mesh_.dress.glass.push_back(static_cast<std::uint32_t>(t));
    mesh_.dress.alpha.push_back(alpha);
  }
}

}  // namespace hashimichi::render
