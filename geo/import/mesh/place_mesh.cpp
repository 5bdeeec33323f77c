#include "geo/import/mesh/place_mesh.h"

#include <fmt/format.h>

#include <cmath>

#include "geo/core/file.h"
#include "geo/import/choose_frame.h"

namespace hashimichi::import::mesh {
namespace {

using Place = std::function<void(std::vector<Vec3d>&)>;

/// Turned about the up axis, so that the model's north becomes `north` (a horizontal unit vector of the frame).
Vec3d alongNorth(Vec3d p, Vec3d north) {
  return {p.x * north.y + p.y * north.x, p.y * north.y - p.x * north.x, p.z};
}

/// Degrees do not add up with metres: the origin alone is transformed, the model stands there as it is, turned from
/// true to grid north.
Result<Place> onDegrees(const Georeference& reference, const crs::ToLocal& to_local) {
  constexpr double step_deg = 1e-3;
  const auto origin = to_local(reference.origin);
  const auto north = to_local(reference.origin + Vec3d{0, step_deg, 0});
  if (!origin || !north)
    return Error{ErrorCode::bad_crs, toUtf8(reference.file), "The model's origin has no place in the project.",
                 "Write it as [longitude, latitude, height]."};
  const double length = distance2d(*north, *origin);
  const Vec3d direction{(north->x - origin->x) / length, (north->y - origin->y) / length, 0};
  return Place([reference, origin = *origin, direction](std::vector<Vec3d>& points) {
    for (Vec3d& p : points) p = origin + alongNorth(reference.turned(p), direction);
  });
}

}  // namespace

Result<Place> placerOf(const Georeference& reference, const crs::LocalFrame& frame) {
  const std::string file = toUtf8(reference.file);
  const auto named = [&](Error error) { return error.where = file, error; };
  const Result<crs::CrsInfo> info = crs::describeCrs(reference.crs);
  if (!info) return named(info.error());
  if (!info->geographic && !info->metres)
    return Error{ErrorCode::bad_crs, file, fmt::format("{} does not count in metres or degrees.", info->name),
                 "Name a projected system in metres, such as EPSG:6676."};
  Result<crs::ToLocal> made = crs::ToLocal::create(reference.crs, crs::AxisOrder::east_first, frame);
  if (!made) return named(made.error());
  if (info->geographic) return onDegrees(reference, *made);
  auto to_local = std::make_shared<crs::ToLocal>(std::move(*made));
  return Place([reference, to_local](std::vector<Vec3d>& points) {
    for (Vec3d& p : points) p = reference.origin + reference.turned(p);
    to_local->apply(points);
  });
}

void MeshMaker::add(Scene scene, const Place& place) {
  std::vector<std::uint32_t> materials;
  for (model::Material& material : scene.materials) materials.push_back(sink_.addMaterial(std::move(material)));
  if (materials.empty()) materials.push_back(sink_.addMaterial({}));
  for (ScenePart& from : scene.parts) {
    place(from.points);
    model::MeshPart part;
    part.material = materials[std::min(from.material, materials.size() - 1)];
    for (const Vec3d& p : from.points) {
      if (isFinite(p)) mesh_.bounds.add(p);
      for (const double value : {p.x, p.y, p.z}) part.xyz.push_back(static_cast<float>(value));
    }
    for (const auto& [s, t] : from.uv) part.uv.insert(part.uv.end(), {s, t});
    for (const auto& [r, g, b] : from.rgb) part.rgb.insert(part.rgb.end(), {r, g, b});
    for (std::size_t i = 0; i + 2 < from.triangles.size(); i += 3) {
      const std::uint32_t* corners = &from.triangles[i];
      if (isFinite(from.points[corners[0]]) && isFinite(from.points[corners[1]]) && isFinite(from.points[corners[2]]))
        part.triangles.insert(part.triangles.end(), corners, corners + 3);
      else
        ++lost_;
    }
    if (!part.triangles.empty()) mesh_.parts.push_back(std::move(part));
  }
}

model::TriangleMeshPtr MeshMaker::finish() {
  return std::make_shared<const model::TriangleMesh>(std::move(mesh_));
}

Status checkArea(const model::TriangleMesh& mesh, const std::string& file, const Context& context) {
  if (mesh.parts.empty())
    return Error{ErrorCode::bad_crs, file, "No triangle has a place in the project's coordinate reference system.",
                 "Check the model's georeference."};
  if (context.area && distanceBetween(mesh.bounds, *context.area) > same_town_m)
    return Error{ErrorCode::bad_crs, file, "The model stands more than 100 km from the project's area.",
                 "Check crs and origin in its georeference."};
  return done();
}

}  // namespace hashimichi::import::mesh
