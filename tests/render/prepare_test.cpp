#include "render/prepare.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "render/drape.h"
#include "render/object_colour.h"
#include "render/ribbon.h"
#include "tests/render/sample_town.h"

namespace hashimichi::render {
namespace {

model::Terrain terrain(std::size_t columns, std::size_t rows, double spacing_m, auto&& height) {
  model::Terrain made;
  made.spacing_m = spacing_m, made.columns = columns, made.rows = rows;
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c)
      made.height_m.push_back(
          static_cast<float>(height(spacing_m * static_cast<double>(c), spacing_m * static_cast<double>(r))));
  return made;
}

double hills(double x, double y) {
  return 20 + 8 * std::sin(x / 40) + 5 * std::cos(y / 25);
}

/// Area of the mesh seen from above, and its largest distance from a height function at the triangles' centres.
struct Measured {
  double area_m2 = 0, worst_m = 0;
};
Measured measure(const Mesh& mesh, auto&& height) {
  Measured measured;
  for (std::size_t t = 0; t < mesh.triangleCount(); ++t) {
    Vec3d p[3];
    for (std::size_t k = 0; k < 3; ++k) {
      const float* v = &mesh.xyz[3 * mesh.triangles[3 * t + k]];
      p[k] = {v[0], v[1], v[2]};
    }
    const Vec3d centre = (p[0] + p[1] + p[2]) * (1.0 / 3);
    const double twice = cross(p[1] - p[0], p[2] - p[0]).z;
    EXPECT_GT(twice, 0) << "seen from above";
    measured.area_m2 += twice / 2;
    measured.worst_m = std::max(measured.worst_m, std::abs(centre.z - height(centre.x, centre.y)));
  }
  return measured;
}

TEST(Ground, IsDrawnWithFewTrianglesWhereItIsEvenAndWithoutGaps) {
  const auto level = terrain(301, 201, 5, [](double, double) { return 12.0; });
  const Mesh mesh = terrainMesh(level);
  const Measured measured = measure(mesh, [](double, double) { return 12.0; });
  EXPECT_NEAR(measured.area_m2, 1500.0 * 1000.0, 1);
  EXPECT_LT(mesh.triangleCount(), 2u * 300 * 200 / 20) << "a level plain needs detail along its border only";
}

TEST(Ground, FollowsTheHillsWithinItsTolerance) {
  const auto rough = terrain(257, 257, 4, hills);
  const Mesh mesh = terrainMesh(rough);
  const Measured measured = measure(mesh, hills);
  EXPECT_NEAR(measured.area_m2, 1024.0 * 1024.0, 2);
  EXPECT_LT(measured.worst_m, 0.5);
  EXPECT_LT(mesh.triangleCount(), 2u * 256 * 256);
}

TEST(Ground, LeavesHolesOpenWhereHeightsAreMissing) {
  auto holed = terrain(65, 65, 10, hills);
  for (std::size_t r = 20; r < 30; ++r)
    for (std::size_t c = 20; c < 30; ++c) holed.height_m[r * 65 + c] = std::numeric_limits<float>::quiet_NaN();
  const Measured measured = measure(terrainMesh(holed), hills);
  // 11 × 11 cells touch one of the 10 × 10 missing samples; half of each corner cell may stay.
  EXPECT_NEAR(measured.area_m2, 640.0 * 640.0 - 11 * 11 * 100, 4 * 100);
}

TEST(Ground, OfATownWithoutHeightModelIsALevelPlaneBeyondItsBorders) {
  Bounds town;
  town.add(Vec3d{0, 0, 3});
  town.add(Vec3d{400, 200, 30});
  const model::Terrain ground = groundOf({}, town);
  EXPECT_NEAR(*ground.heightAt(200, 100), 3, 1e-6);
  EXPECT_TRUE(ground.heightAt(-15, -15).has_value());
}

TEST(Ribbon, IsAsWideAsTheRoadAndFollowsAHill) {
  const auto ground = terrain(101, 101, 10, [](double x, double) { return 30 * std::sin(x / 60); });
  model::Polyline line;
  for (int x = 100; x <= 900; x += 10) line.push_back({static_cast<double>(x), 500, 30 * std::sin(x / 60.0)});
  const Ribbon ribbon = ribbonAlong(line, 6, 5, ground);
  ASSERT_GE(ribbon.axis.size(), 10u);
  EXPECT_LT(ribbon.axis.size(), line.size() * 2);
  for (std::size_t i = 0; i < ribbon.axis.size(); ++i) {
    EXPECT_NEAR(distance2d(ribbon.left[i], ribbon.right[i]), 6, 0.1);
    EXPECT_GT(ribbon.axis[i].z, *ground.heightAt(ribbon.axis[i].x, ribbon.axis[i].y));
  }
}

TEST(Ribbon, OnABridgeStaysInTheAir) {
  const auto ground = terrain(101, 101, 10, [](double x, double) { return x > 400 && x < 500 ? 0.0 : 10.0; });
  const Ribbon ribbon = ribbonAlong({{300, 500, 10}, {600, 500, 10}}, 6, 5, ground);
  for (const Vec3d& p : ribbon.axis) EXPECT_NEAR(p.z, 10.12, 0.2);
}

TEST(Ribbon, LiesOnTheCrownOfADeckThatIsHigherThanTheRoadMapSays) {
  const auto ground = terrain(101, 101, 10, [](double, double) { return 0.0; });
  Mesh deck;  // a gable along the road: 10.0 m at its ends, 11.2 m in the middle
  deck.xyz = {300, 490, 10, 450, 490, 11.2f, 600, 490, 10, 300, 510, 10, 450, 510, 11.2f, 600, 510, 10};
  deck.triangles = {0, 1, 4, 0, 4, 3, 1, 2, 5, 1, 5, 4};
  deck.feature = {0, 0, 0, 0};
  const TriangleTree decks(deck);
  const Ribbon ribbon = ribbonAlong({{300, 500, 10}, {600, 500, 10}}, 6, 5, ground, &decks);
  double highest = 0;
  for (const Vec3d& p : ribbon.axis) highest = std::max(highest, p.z);
  EXPECT_NEAR(highest, 11.32, 0.05);
}

TEST(Ribbon, OfALineWithoutLengthIsNothing) {
  const auto ground = terrain(3, 3, 100, [](double, double) { return 0.0; });
  EXPECT_TRUE(ribbonAlong({{50, 50, 0}, {50, 50, 0}}, 6, 5, ground).axis.empty());
  EXPECT_TRUE(ribbonAlong({}, 6, 5, ground).axis.empty());
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(ribbonAlong({{nan, 0, 0}, {1, nan, 0}}, 6, 5, ground).axis.empty());
}

TEST(Drape, KeepsTheAreaOfAPlaceAndLaysItOnTheGround) {
  const auto ground = terrain(101, 101, 10, hills);
  Mesh mesh;
  const model::Polygon square{{{200, 200, 20}, {500, 200, 20}, {500, 500, 20}, {200, 500, 20}}, {}};
  // Lay from the ground itself: what is far above or below it is a bridge or a tunnel and stays.
  model::Polygon on_ground = square;
  for (Vec3d& p : on_ground.outer) p.z = hills(p.x, p.y);
  appendDraped(on_ground, 3, ground, 10, 0.1, mesh);
  double area_m2 = 0;
  for (std::size_t t = 0; t < mesh.triangleCount(); ++t) {
    EXPECT_EQ(mesh.feature[t], 3u);
    const auto at = [&](std::size_t k) {
      const float* v = &mesh.xyz[3 * mesh.triangles[3 * t + k]];
      return Vec3d{v[0], v[1], v[2]};
    };
    area_m2 += std::abs(cross(at(1) - at(0), at(2) - at(0)).z) / 2;
  }
  EXPECT_NEAR(area_m2, 300.0 * 300.0, 1);
}

TEST(Preparing, ACancelledTownIsNone) {
  struct Stop final : Progress {
    void report(double, std::string_view) override {}
    bool cancelled() const override { return true; }
  } stop;
  EXPECT_EQ(prepareTown(tests::makeSampleTown({.houses = 5, .side_m = 200}), stop), nullptr);
}

/// A level square of 20 m at a height, at one level of detail.
model::Geometry square(int lod, double height_m) {
  model::Geometry shape;
  shape.lod = lod;
  shape.surfaces.push_back(
      {{{{0, 0, height_m}, {20, 0, height_m}, {20, 20, height_m}, {0, 20, height_m}}, {}}, model::SurfaceKind::roof});
  return shape;
}

TEST(LevelOfDetail, TheNearestBelowStandsForOneThatAFeatureLacks) {
  const model::Geometry highest = square(3, 30);
  const std::vector<model::Geometry> others{square(0, 0), square(2, 20)};
  EXPECT_EQ(shapeAt(std::nullopt, highest, others).lod, 3);
  EXPECT_EQ(shapeAt(0, highest, others).lod, 0);
  EXPECT_EQ(shapeAt(1, highest, others).lod, 0);
  EXPECT_EQ(shapeAt(2, highest, others).lod, 2);
  EXPECT_EQ(shapeAt(4, highest, others).lod, 3);
  EXPECT_EQ(shapeAt(1, highest, {square(2, 20)}).lod, 2) << "nothing below: the nearest above, it never vanishes";
}

TEST(LevelOfDetail, OfOneTypeGoesBeforeThatOfAll) {
  LodChoice choice;
  choice.all = 1;
  choice.each[Layer::buildings] = 2;
  choice.each[model::ObjectKind::tunnel] = 3;
  EXPECT_EQ(choice.of(Layer::buildings), 2);
  EXPECT_EQ(choice.of(Layer::bridges), 1);
  EXPECT_EQ(choice.of(model::ObjectKind::tunnel), 3);
  EXPECT_EQ(choice.of(model::ObjectKind::water), 1);
}

TEST(Preparing, ATownAtAnotherLevelOfDetailKeepsItsGround) {
  auto city = std::make_shared<model::CityModel>();
  model::Building house;
  house.id = "b";
  house.geometry = square(2, 12);
  house.other_lods.push_back(square(1, 7));
  city->buildings.push_back(house);
  SilentProgress progress;
  const auto highest = prepareTown(city, progress);
  const auto low = prepareTown(city, progress, {.lod = {1, {}}, .former = highest});
  EXPECT_FLOAT_EQ(highest->buildings.xyz[2], 12);
  EXPECT_FLOAT_EQ(low->buildings.xyz[2], 7);
  EXPECT_EQ(low->terrain_texture, highest->terrain_texture);
}

model::CityObject object(model::ObjectKind kind, model::Geometry shape) {
  model::CityObject made;
  made.id = model::toString(kind), made.kind = kind, made.geometry = std::move(shape);
  return made;
}

TEST(Preparing, EveryKindOfCityObjectIsThere) {
  auto city = std::make_shared<model::CityModel>();
  for (const model::ObjectKind kind : model::object_kinds) {
    city->objects.push_back(object(kind, square(1, 0)));
    model::Geometry line;
    line.lines = {{{0, 0, 0}, {500, 0, 0}}};
    city->objects.push_back(object(kind, line));
    model::Geometry point;
    point.points = {{5, 5, 0}, {std::nan(""), 0, 0}};
    city->objects.push_back(object(kind, point));
  }
  SilentProgress progress;
  const auto town = prepareTown(city, progress);
  for (const model::ObjectKind kind : model::object_kinds) {
    const ObjectShapes& shapes = town->objects[static_cast<std::size_t>(kind)];
    EXPECT_GT(shapes.zones.triangleCount(), 0u) << model::toString(kind);
    EXPECT_GE(shapes.lines.count(), 1u) << model::toString(kind);
    EXPECT_EQ(shapes.marks.size(), 1u) << model::toString(kind);
    EXPECT_TRUE(shapes.solids.triangles.empty()) << "a level square is no solid";
  }
}

TEST(Preparing, TheTownIsTheSameHoweverManyProcessorsMakeIt) {
  auto city = std::make_shared<model::CityModel>();
  for (int i = 0; i < 3000; ++i)
    city->buildings.push_back(tests::houseAt(std::to_string(i), {i * 30.0, 0, 0}, 20, 14, 8));
  SilentProgress progress;
  const auto town = prepareTown(city, progress);
  // A house of 7 faces loses its ground face; the others are 4 quads and 2 gables of 5 corners.
  ASSERT_EQ(town->buildings.triangleCount(), 3000u * (4 * 2 + 2 * 3));
  EXPECT_TRUE(std::ranges::is_sorted(town->buildings.feature));
  for (std::size_t t = 0; t < town->buildings.triangleCount(); t += 997) {
    const float x = town->buildings.xyz[3 * town->buildings.triangles[3 * t]];
    EXPECT_NEAR(x, 30.0 * town->buildings.feature[t], 10.001);
  }
}

model::CityObject zoneWith(const char* name, const char* value, const char* label = "") {
  model::CityObject zone = object(model::ObjectKind::hazard_zone, square(1, 0));
  model::append(zone.attributes, name, value);
  zone.attributes.back().label = label;
  return zone;
}

TEST(HazardZone, HasTheColourOfItsFloodDepth) {
  using exporting::Rgb;
  // Colours of MLIT's manual for flood inundation maps, 4th edition: 0.5–3 m, 3–5 m, 5–10 m.
  EXPECT_EQ(colourOf(zoneWith("uro:RiverFloodingRiskAttribute/depth", "2.9")), (Rgb{255, 216, 192}));
  EXPECT_EQ(colourOf(zoneWith("uro:RiverFloodingRiskAttribute/rank", "2", "0.5m以上3m未満")), (Rgb{255, 216, 192}));
  EXPECT_EQ(colourOf(zoneWith("uro:RiverFloodingRiskAttribute/rank", "3")), (Rgb{255, 183, 183}));
  EXPECT_EQ(colourOf(zoneWith("uro:TsunamiRiskAttribute/rankOrg", "7", "5m以上10m未満")), (Rgb{255, 145, 145}));
  EXPECT_EQ(colourOf(zoneWith("uro:LandSlideRiskAttribute/areaType", "2", "土砂災害特別警戒区域")),
            exporting::landslide_special);
  EXPECT_EQ(depthClassOf(zoneWith("uro:RiverFloodingRiskAttribute/description", "小矢部川")), std::nullopt);
}

TEST(DenseMesh, IsASolidOfItsObjectInItsOwnColoursAndPictures) {
  auto city = std::make_shared<model::CityModel>();
  city->materials.resize(2);
  city->materials[1].embedded = std::make_shared<const std::string>("a picture");
  model::TriangleMesh mesh;
  mesh.parts.resize(2);
  for (model::MeshPart& part : mesh.parts) {
    part.xyz = {0, 0, 5, 10, 0, 5, 0, 10, 5};
    part.triangles = {0, 1, 2};
  }
  mesh.parts[0].rgb = {200, 200, 200, 200, 200, 200, 200, 200, 200};
  mesh.parts[1].uv = {0, 0, 1, 0, 0, 1};
  mesh.parts[1].material = 1;
  for (const Vec3d corner : {Vec3d{0, 0, 5}, Vec3d{10, 10, 5}}) mesh.bounds.add(corner);
  model::CityObject dense;
  dense.id = "m", dense.kind = model::ObjectKind::generic;
  dense.mesh = std::make_shared<const model::TriangleMesh>(std::move(mesh));
  city->objects = {model::CityObject{}, dense};
  SilentProgress progress;
  const auto town = prepareTown(city, progress);
  const DressedMesh& solids = town->objects[static_cast<std::size_t>(model::ObjectKind::generic)].solids;
  ASSERT_EQ(solids.triangleCount(), 2u);
  EXPECT_EQ(solids.feature, (std::vector<std::uint32_t>{1, 1}));
  EXPECT_EQ(solids.rgb.size(), solids.xyz.size());
  EXPECT_EQ(solids.rgb[0], solids.rgb[1]) << "grey stays grey";
  EXPECT_EQ(solids.dress.textured, (std::vector<std::uint32_t>{1}));
  EXPECT_EQ(solids.dress.material, (std::vector<std::uint32_t>{1}));
  EXPECT_EQ(solids.dress.uv, (std::vector<float>{0, 0, 1, 0, 0, 1}));
  EXPECT_EQ(town->bounds.high.x, 10);
}

TEST(Preparing, AnEmptyModelGivesAnEmptyTown) {
  SilentProgress progress;
  const auto town = prepareTown(std::make_shared<model::CityModel>(), progress);
  ASSERT_TRUE(town);
  EXPECT_EQ(town->buildings.triangleCount(), 0u);
}

}  // namespace
}  // namespace hashimichi::render
