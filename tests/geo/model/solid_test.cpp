// Areas and volumes of faces: by hand for drawn ones, against GDAL's for all public files beside the checkout.
#include <gmock/gmock.h>
#include <ogrsf_frmts.h>

#include "geo/model/measure.h"
#include "geo/model/triangulate.h"
#include "tests/geo/model/real_solids.h"

namespace hashimichi::model {
namespace {

/// A box from (0, 0, 0) to (a, b, c), faces outward.
std::vector<Surface> box(double a, double b, double c) {
  const Vec3d p[8] = {{0, 0, 0}, {a, 0, 0}, {a, b, 0}, {0, b, 0}, {0, 0, c}, {a, 0, c}, {a, b, c}, {0, b, c}};
  const int faces[6][4] = {{0, 3, 2, 1}, {4, 5, 6, 7}, {0, 1, 5, 4}, {1, 2, 6, 5}, {2, 3, 7, 6}, {3, 0, 4, 7}};
  std::vector<Surface> surfaces;
  for (const auto& face : faces) {
    Surface surface;
    for (const int corner : face) surface.polygon.outer.push_back(p[corner]);
    surfaces.push_back(std::move(surface));
  }
  return surfaces;
}

void move(std::vector<Surface>& surfaces, Vec3d by) {
  for (Surface& surface : surfaces)
    for (Vec3d& p : surface.polygon.outer) p = p + by;
}

TEST(Solid, BoxHasItsVolumeAndAreaWhereverItStands) {
  std::vector<Surface> surfaces = box(3, 4, 5);
  EXPECT_NEAR(signedVolume(surfaces), 3 * 4 * 5, 1e-12);
  EXPECT_NEAR(surfaceArea(surfaces), 2 * (12 + 15 + 20), 1e-12);
  move(surfaces, {39'000, -160'000, 400});
  EXPECT_NEAR(signedVolume(surfaces), 60, 1e-6);
  EXPECT_EQ(facingOf(surfaces), Facing::outward);
}

TEST(Solid, TurnedBoxHasTheOppositeVolume) {
  std::vector<Surface> surfaces = box(3, 4, 5);
  for (Surface& surface : surfaces) turnRound(surface.polygon);
  EXPECT_NEAR(signedVolume(surfaces), -60, 1e-12);
  EXPECT_EQ(facingOf(surfaces), Facing::inward);
}

TEST(Solid, BoxWithoutLidIsOpenAndOneTurnedFaceIsFound) {
  std::vector<Surface> open = box(3, 4, 5);
  open.erase(open.begin() + 1);
  EXPECT_EQ(facingOf(open), Facing::open);
  EXPECT_EQ(closureOf(open).open, 4u);
  std::vector<Surface> mixed = box(3, 4, 5);
  turnRound(mixed[1].polygon);
  EXPECT_EQ(facingOf(mixed), Facing::mixed);
  EXPECT_EQ(closureOf(mixed).same_way, 4u);
}

TEST(Solid, ShaftThroughABoxIsTakenOut) {
  // 10 × 10 × 10 with a shaft of 2 × 2 from bottom to top: 1000 − 40.
  std::vector<Surface> surfaces = box(10, 10, 10);
  const auto corner = [](int i, double z) {
    const double xy[4][2] = {{4, 4}, {6, 4}, {6, 6}, {4, 6}};
    return Vec3d{xy[i % 4][0], xy[i % 4][1], z};
  };
  surfaces[0].polygon.holes = {{corner(0, 0), corner(1, 0), corner(2, 0), corner(3, 0)}};
  surfaces[1].polygon.holes = {{corner(3, 10), corner(2, 10), corner(1, 10), corner(0, 10)}};
  for (int i = 0; i < 4; ++i)
    surfaces.push_back({{{corner(i + 1, 0), corner(i, 0), corner(i, 10), corner(i + 1, 10)}, {}}, SurfaceKind::wall});
  EXPECT_EQ(facingOf(surfaces), Facing::outward);
  EXPECT_NEAR(signedVolume(surfaces), 1000 - 40, 1e-9);
  EXPECT_NEAR(surfaceArea(surfaces), 6 * 100 - 2 * 4 + 4 * 2 * 10, 1e-9);
}

/// Triangles laid into the plane of their face, each with the sign of the way it turns.
struct Laid {
  double signed_m2 = 0, covered_m2 = 0;
};
Laid lay(const Polygon& polygon, Vec3d unit_normal) {
  Ring points = polygon.outer;
  for (const Ring& hole : polygon.holes) points.insert(points.end(), hole.begin(), hole.end());
  std::vector<Triangle> triangles;
  triangulate(polygon, triangles);
  Laid laid;
  for (const Triangle& t : triangles) {
    const double area = dot(cross(points[t[1]] - points[t[0]], points[t[2]] - points[t[0]]), unit_normal) / 2;
    laid.signed_m2 += area;
    laid.covered_m2 += std::fabs(area);
  }
  return laid;
}

class RealFaces : public testing::Test {
 protected:
  static void SetUpTestSuite() { cities_ = new std::vector(tests::realCities()); }
  static void TearDownTestSuite() { delete cities_; }
  static inline std::vector<tests::RealCity>* cities_ = nullptr;
};

Ring aroundItsFirst(const Ring& ring, Vec3d first) {
  Ring moved = ring;
  for (Vec3d& p : moved) p = p - first;
  return moved;
}

/// Seen along its normal, does the face's boundary cross or touch itself? Asked of GEOS through GDAL. Public files hold
/// some such faces; area has no meaning there.
bool crossesItself(const Polygon& polygon, Vec3d unit) {
  const Vec3d side = std::fabs(unit.z) < 0.9 ? Vec3d{0, 0, 1} : Vec3d{1, 0, 0};
  Vec3d across = cross(side, unit);
  across = across * (1 / norm(across));
  const Vec3d along = cross(unit, across);
  OGRPolygon flat;
  const auto add = [&](const Ring& ring) {
    auto* shape = new OGRLinearRing;
    for (const Vec3d& p : ring) shape->addPoint(dot(p, across), dot(p, along));
    shape->closeRings();
    flat.addRingDirectly(shape);
  };
  add(polygon.outer);
  for (const Ring& hole : polygon.holes) add(hole);
  CPLPushErrorHandler(CPLQuietErrorHandler);
  const bool valid = flat.IsValid();
  CPLPopErrorHandler();
  return !valid;
}

/// Seen from another side than along its normal a face that is not flat may cross itself.
bool isCrooked(const Polygon& polygon, Vec3d unit, double area) {
  double low = 0, high = 0;
  for (const Vec3d& p : polygon.outer) low = std::min(low, dot(p, unit)), high = std::max(high, dot(p, unit));
  return high - low > 1e-4 * std::sqrt(std::fabs(area));
}

TEST_F(RealFaces, TrianglesOfEveryFaceHaveItsArea) {
  if (cities_->empty()) GTEST_SKIP() << "the shared files are not beside this checkout";
  std::size_t faces = 0, wrong = 0, crossing = 0;
  for (const tests::RealCity& real : *cities_)
    tests::forEachGeometry(*real.city, [&](const std::string& id, const Geometry& geometry) {
      for (const Surface& surface : geometry.surfaces) {
        const Vec3d first = surface.polygon.outer.front();
        Polygon near{aroundItsFirst(surface.polygon.outer, first), {}};
        for (const Ring& hole : surface.polygon.holes) near.holes.push_back(aroundItsFirst(hole, first));
        const Vec3d normal = newellNormal(near.outer);
        double area = norm(normal) / 2;
        if (!(area > 1e-4)) continue;
        const Vec3d unit = normal * (0.5 / area);
        for (const Ring& hole : near.holes) area -= std::fabs(dot(newellNormal(hole), unit)) / 2;
        const Laid laid = lay(near, unit);
        ++faces;
        if (std::fabs(laid.signed_m2 - area) <= 1e-9 * std::fabs(area)) continue;
        if (crossesItself(near, unit) || isCrooked(near, unit, area)) {
          ++crossing;
          continue;
        }
        ++wrong;
        if (wrong <= 20)
          ADD_FAILURE() << real.file << " " << id << ": face of " << surface.polygon.outer.size() << " points and "
                        << surface.polygon.holes.size() << " holes has " << area << " m², its triangles "
                        << laid.signed_m2;
      }
    });
  EXPECT_EQ(wrong, 0u);
  EXPECT_LT(crossing, 50u) << "of faces that cross themselves or are crooked; more would hide a fault of ours";
  EXPECT_GT(faces, 10'000u);
  RecordProperty("faces", static_cast<int>(faces));
}

double ogrArea(const Polygon& polygon) {
  const auto ringOf = [](const Ring& ring) {
    auto* shape = new OGRLinearRing;
    for (const Vec3d p : ring) shape->addPoint(p.x, p.y);
    shape->closeRings();
    return shape;
  };
  OGRPolygon shape;
  shape.addRingDirectly(ringOf(polygon.outer));
  for (const Ring& hole : polygon.holes) shape.addRingDirectly(ringOf(hole));
  return shape.get_Area();
}

TEST_F(RealFaces, AreasSeenFromAboveAreThoseOfGdal) {
  if (cities_->empty()) GTEST_SKIP() << "the shared files are not beside this checkout";
  std::size_t footprints = 0;
  for (const tests::RealCity& real : *cities_)
    tests::forEachGeometry(*real.city, [&](const std::string& id, const Geometry& geometry) {
      for (const Surface& surface : geometry.surfaces) {
        if (surface.kind == SurfaceKind::wall) continue;
        const double expected = ogrArea(surface.polygon);
        if (expected < 0.1) continue;
        // Both sum products of coordinates within a few kilometres: 1e-9 of the area, and 1e-8 m² of rounding.
        EXPECT_NEAR(area2d(surface.polygon), expected, expected * 1e-9 + 1e-8) << real.file << " " << id;
        ++footprints;
      }
    });
  EXPECT_GT(footprints, 1'000u);
}

}  // namespace
}  // namespace hashimichi::model
