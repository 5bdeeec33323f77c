#include "geo/import/cityjson/templates.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "geo/import/cityjson/limits.h"

namespace hashimichi::import::cityjson {
namespace {

using Matrix = std::array<double, 16>;  // row by row

std::optional<Matrix> matrixOf(JsonValue values) {
  Matrix matrix{};
  if (values.size() != matrix.size()) return std::nullopt;
  std::size_t at = 0;
  for (const JsonValue value : values) {
    matrix[at] = value.number();
    if (!std::isfinite(matrix[at++])) return std::nullopt;
  }
  return matrix;
}

Vec3d times(const Matrix& m, Vec3d p) {
  return {m[0] * p.x + m[1] * p.y + m[2] * p.z + m[3], m[4] * p.x + m[5] * p.y + m[6] * p.z + m[7],
          m[8] * p.x + m[9] * p.y + m[10] * p.z + m[11]};
}

template <typename Move>
void moveAll(Pieces& pieces, Move move) {
  for (model::Surface& surface : pieces.surfaces) {
    for (Vec3d& p : surface.polygon.outer) p = move(p);
    for (model::Ring& hole : surface.polygon.holes)
      for (Vec3d& p : hole) p = move(p);
  }
  for (model::Polyline& line : pieces.lines)
    for (Vec3d& p : line) p = move(p);
  for (Vec3d& p : pieces.points) p = move(p);
}

}  // namespace

Templates::Templates(JsonValue templates, bool north_first, Appearance& appearance, Faults& faults)
    : north_first_(north_first) {
  std::vector<Vec3d> vertices;
  for (const JsonValue vertex : templates["vertices-templates"]) {
    double values[3]{NAN, NAN, NAN};
    std::size_t at = 0;
    for (const JsonValue value : vertex)
      if (at < 3) values[at++] = value.number();
    vertices.push_back({values[0], values[1], values[2]});
  }
  GeometryReader reader(vertices, appearance);
  for (const JsonValue geometry : templates["templates"])
    templates_.push_back({reader.read(geometry, Role::object, faults), geometry["lod"]});
}

JsonValue Templates::lodOf(JsonValue geometry) const {
  const auto number = geometry["template"].index();
  return number && *number < templates_.size() ? templates_[*number].lod : JsonValue();
}

Pieces Templates::instance(JsonValue geometry, std::span<const Vec3d> vertices, Faults& faults) {
  const auto number = geometry["template"].index();
  const JsonValue boundaries = geometry["boundaries"];
  const std::size_t place = boundaries.size() > 0 ? (*boundaries.begin()).index().value_or(UINT32_MAX) : UINT32_MAX;
  const auto matrix = matrixOf(geometry["transformationMatrix"]);
  if (!number || *number >= templates_.size())
    return note(faults, "template.unknown",
                fmt::format("A template \"{}\" is asked for; the file has {}", geometry["template"].raw().substr(0, 40),
                            templates_.size())),
           Pieces{};
  if (place >= vertices.size() || !isFinite(vertices[place]))
    return note(faults, "vertex.index", "A template is to stand at a vertex that does not exist"), Pieces{};
  if (!matrix) return note(faults, "template.matrix", "A template's matrix is not 16 numbers"), Pieces{};
  faces_poured_ += templates_[*number].pieces.surfaces.size();
  if (faces_poured_ > instance_face_limit)
    return note(faults, "template.limit",
                fmt::format("The templates of the file have more than {} faces in all their places",
                            instance_face_limit)),
           Pieces{};
  Pieces pieces = templates_[*number].pieces;
  const Vec3d origin = vertices[place];
  moveAll(pieces, [&](Vec3d p) {
    const Vec3d moved = times(*matrix, p);
    return origin + (north_first_ ? Vec3d{moved.y, moved.x, moved.z} : moved);
  });
  return pieces;
}

}  // namespace hashimichi::import::cityjson
