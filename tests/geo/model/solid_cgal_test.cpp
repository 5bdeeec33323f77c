// Volumes and areas of closed solids against CGAL's, an implementation that shares nothing with ours: polygons go in as
// they were read, CGAL finds their neighbours, triangulates them itself and measures.
#include <CGAL/Exact_predicates_inexact_constructions_kernel.h>
#include <CGAL/Polygon_mesh_processing/measure.h>
#include <CGAL/Polygon_mesh_processing/orientation.h>
#include <CGAL/Polygon_mesh_processing/polygon_soup_to_polygon_mesh.h>
#include <CGAL/Polygon_mesh_processing/triangulate_faces.h>
#include <CGAL/Surface_mesh.h>
#include <gmock/gmock.h>

#include <array>
#include <map>
#include <optional>

#include "datasets/town/town.h"
#include "geo/model/measure.h"
#include "tests/geo/model/real_solids.h"

namespace hashimichi::model {
namespace {

namespace pmp = CGAL::Polygon_mesh_processing;
using Kernel = CGAL::Exact_predicates_inexact_constructions_kernel;
using Mesh = CGAL::Surface_mesh<Kernel::Point_3>;

struct Measured {
  double volume_m3 = 0, area_m2 = 0;
  bool outward = false;
};

/// Nothing for what CGAL takes for no closed mesh (edges that more than two faces share), and for faces with holes,
/// which its soups do not know.
std::optional<Measured> measuredByCgal(const std::vector<Surface>& surfaces) {
  std::vector<Kernel::Point_3> points;
  std::vector<std::vector<std::size_t>> faces;
  std::map<std::array<std::int64_t, 3>, std::size_t> numbers;
  const Vec3d origin = surfaces.front().polygon.outer.front();
  for (const Surface& surface : surfaces) {
    if (!surface.polygon.holes.empty()) return std::nullopt;
    std::vector<std::size_t>& face = faces.emplace_back();
    for (const Vec3d p : surface.polygon.outer) {
      const Vec3d near = p - origin;
      const auto grid = [](double metres) { return static_cast<std::int64_t>(std::llround(metres / same_point_m)); };
      const std::array<std::int64_t, 3> key{grid(near.x), grid(near.y), grid(near.z)};
      const auto [found, is_new] = numbers.try_emplace(key, points.size());
      if (is_new) points.emplace_back(near.x, near.y, near.z);
      if (face.empty() || face.back() != found->second) face.push_back(found->second);
    }
    if (face.size() < 3) return std::nullopt;
  }
  if (!pmp::is_polygon_soup_a_polygon_mesh(faces)) return std::nullopt;
  Mesh mesh;
  pmp::polygon_soup_to_polygon_mesh(points, faces, mesh);
  if (!CGAL::is_closed(mesh) || !pmp::triangulate_faces(mesh)) return std::nullopt;
  return Measured{pmp::volume(mesh), pmp::area(mesh), pmp::is_outward_oriented(mesh)};
}

struct Tally {
  std::size_t compared = 0, inward = 0;
};

/// @param slack  relative: faces that are not quite flat have as many volumes as triangulations
void compare(const std::string& where, const Geometry& geometry, double slack, Tally& tally) {
  if (geometry.surfaces.size() < 4 || facingOf(geometry.surfaces) == Facing::open) return;
  const auto expected = measuredByCgal(geometry.surfaces);
  // A shrub of six litres, whose faces are not flat by a tenth of their width, has no volume to compare.
  constexpr double least_m3 = 0.1;
  if (!expected || std::fabs(expected->volume_m3) < least_m3) return;
  ++tally.compared;
  EXPECT_NEAR(signedVolume(geometry.surfaces), expected->volume_m3, std::fabs(expected->volume_m3) * slack + 1e-6)
      << where;
  EXPECT_NEAR(surfaceArea(geometry.surfaces), expected->area_m2, expected->area_m2 * slack + 1e-6) << where;
  const Facing facing = facingOf(geometry.surfaces);
  EXPECT_TRUE(facing == Facing::mixed || (facing == Facing::outward) == (expected->volume_m3 > 0)) << where;
  if (facing == Facing::inward) ++tally.inward;
}

TEST(SolidAgainstCgal, BuildingsOfTheDemoTownHaveItsVolumesAndLookOutward) {
  const hashimichi::tests::TempFolder folder;
  SilentProgress silent;
  ASSERT_TRUE(datasets::makeTown(folder.path(), {}, silent));
  const auto outcome = import::importFiles({folder.path()}, {}, silent);
  ASSERT_TRUE(outcome);
  Tally tally;
  for (const Building& building : outcome->model->buildings) compare(building.id, building.geometry, 1e-5, tally);
  EXPECT_GT(tally.compared, 20u);
  EXPECT_EQ(tally.inward, 0u);
}

TEST(SolidAgainstCgal, PublicFilesHaveItsVolumesAndAreas) {
  const std::vector<tests::RealCity> cities = tests::realCities();
  if (cities.empty()) GTEST_SKIP() << "the shared files are not beside this checkout";
  Tally tally;
  for (const tests::RealCity& real : cities)
    tests::forEachGeometry(*real.city, [&](const std::string& id, const Geometry& geometry) {
      compare(real.file + " " + id, geometry, 1e-3, tally);
    });
  EXPECT_GT(tally.compared, 100u);
  RecordProperty("compared", static_cast<int>(tally.compared));
  RecordProperty("inward", static_cast<int>(tally.inward));
}

}  // namespace
}  // namespace hashimichi::model
