#pragma once
#include "render/prepare.h"

namespace hashimichi::render {

// Faces of solids, one after another, into a mesh: own vertices for every face, since colours are per vertex and an
// edge between two faces stays sharp.

/// Sources' colours are toned down like imagery, so that ranks read.
Colour quieter(const std::array<std::uint8_t, 3>& rgb);
/// Straight up for faces without area.
Vec3d unitNormal(const model::Polygon& polygon);
void paintNewVertices(Mesh& mesh, const Colour& colour, double light);
/// Triangles of a face, lifted; false when it has none.
bool appendFace(const model::Polygon& polygon, std::uint32_t feature, Mesh& mesh, double lift_m = 0);

/// Puts one behind the other, as if both had been made in one go.
void append(DressedMesh& mesh, DressedMesh&& more);
void append(Mesh& mesh, Mesh&& more);
void append(Lines& lines, const Lines& more);

/// A dense mesh as it is, lit by the normals of its vertices; in the source's colours and pictures where it has some.
void appendMesh(const model::CityModel& model, const model::TriangleMesh& from, std::uint32_t feature,
                const Colour& colour, DressedMesh& mesh);

/// The faces of one shape, together with what the source covers them with.
class Faces {
 public:
  Faces(const model::CityModel& model, const model::Geometry& shape, std::uint32_t feature, DressedMesh& mesh)
      : model_(model), shape_(shape), feature_(feature), mesh_(mesh) {}

  /// Appends a face in the source's colour where it names one (a little quieter), else in `colour`; pictures and
  /// transparency are noted in the dress. Call with ascending indices of Geometry::surfaces.
  void append(std::size_t surface, const Colour& colour, double light);

 private:
  const model::SurfaceAppearance* appearanceOf(std::size_t surface);

  const model::CityModel& model_;
  const model::Geometry& shape_;
  std::uint32_t feature_;
  DressedMesh& mesh_;
  std::size_t next_ = 0;  ///< into Geometry::appearance
};

}  // namespace hashimichi::render
