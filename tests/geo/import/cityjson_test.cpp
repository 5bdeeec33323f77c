#include <gmock/gmock.h>

#include "geo/model/measure.h"
#include "tests/geo/import/cityjson_reading.h"

namespace hashimichi::import::tests {
namespace {

using model::SurfaceKind;
using testing::HasSubstr;

TEST(CityJson, CubeIsReadWithItsKindsAndVolume) {
  const std::string semantics =
      R"(,"semantics":{"surfaces":[{"type":"GroundSurface"},{"type":"RoofSurface"},{"type":"WallSurface"}],
          "values":[[0,1,2,2,2,null]]})";
  const Reading reading = readJsonText(cityJson(buildingWith("b", cubeSolid(semantics)), cubeVertices(0)));
  ASSERT_EQ(reading.got.buildings.size(), 1u) << reading.report();
  const model::Geometry& geometry = reading.got.buildings[0].geometry;
  EXPECT_EQ(geometry.surfaces.size(), 6u);
  EXPECT_EQ(countOf(geometry, SurfaceKind::ground), 1u);
  EXPECT_EQ(countOf(geometry, SurfaceKind::roof), 1u);
  EXPECT_EQ(countOf(geometry, SurfaceKind::wall), 3u);
  EXPECT_EQ(countOf(geometry, SurfaceKind::unknown), 1u);
  EXPECT_NEAR(model::signedVolume(geometry.surfaces), 1000, 1e-9);  // 10 × 10 × 10 m
}

TEST(CityJson, SolidThatLooksInwardIsTurnedAndReported) {
  const std::string inward = R"({"type":"Solid","lod":"1","boundaries":[)" + cubeShell(0, true) + "]}";
  const Reading reading = readJsonText(cityJson(buildingWith("b", inward), cubeVertices(0)));
  ASSERT_EQ(reading.got.buildings.size(), 1u);
  EXPECT_NEAR(model::signedVolume(reading.got.buildings[0].geometry.surfaces), 1000, 1e-9);
  ASSERT_EQ(reading.assumed("solid.inverted"), 1u) << reading.report();
  EXPECT_EQ(lineOf(reading, "solid.inverted")->feature_id, "b");
}

TEST(CityJson, HollowOfASolidIsTakenFromItsVolume) {
  // A cube of side 10 whose hollow is the cube itself, looking into it: nothing remains.
  const std::string solid =
      R"({"type":"Solid","lod":"2","boundaries":[)" + cubeShell() + "," + cubeShell(0, true) + "]}";
  const Reading reading = readJsonText(cityJson(buildingWith("b", solid), cubeVertices(0)));
  ASSERT_EQ(reading.got.buildings.size(), 1u);
  EXPECT_EQ(reading.got.buildings[0].geometry.surfaces.size(), 12u);
  EXPECT_NEAR(model::signedVolume(reading.got.buildings[0].geometry.surfaces), 0, 1e-9);
}

TEST(CityJson, MultiAndCompositeSolidsHoldAllTheirSolids) {
  for (const char* type : {"MultiSolid", "CompositeSolid"}) {
    const std::string two =
        fmt::format(R"({{"type":"{}","lod":"1","boundaries":[[{}],[{}]]}})", type, cubeShell(0), cubeShell(8));
    const Reading reading = readJsonText(cityJson(buildingWith("b", two), cubeVertices(0) + "," + cubeVertices(20)));
    ASSERT_EQ(reading.got.buildings.size(), 1u) << type;
    EXPECT_NEAR(model::signedVolume(reading.got.buildings[0].geometry.surfaces), 2000, 1e-9);
  }
}

TEST(CityJson, PointsLinesAndCompositeSurfacesAreForms) {
  const Reading reading = readJsonText(cityJson(
      R"("p":{"type":"CityFurniture","geometry":[{"type":"MultiPoint","lod":"0","boundaries":[4,5]}]},
         "l":{"type":"Railway","geometry":[{"type":"MultiLineString","lod":"0","boundaries":[[4,5,6]]}]},
         "s":{"type":"LandUse","geometry":[{"type":"CompositeSurface","lod":"1","boundaries":[[[4,5,6,7]]]}]})",
      cubeVertices(0)));
  ASSERT_EQ(reading.got.objects.size(), 3u) << reading.report();
  EXPECT_EQ(reading.got.objects[0].geometry.points.size(), 2u);
  EXPECT_EQ(reading.got.objects[0].kind, model::ObjectKind::furniture);
  ASSERT_EQ(reading.got.objects[1].geometry.lines.size(), 1u);
  EXPECT_EQ(reading.got.objects[1].geometry.lines[0].size(), 3u);
  EXPECT_EQ(reading.got.objects[1].kind, model::ObjectKind::railway);
  EXPECT_EQ(reading.got.objects[2].geometry.surfaces.size(), 1u);
}

TEST(CityJson, HolesStayHoles) {
  const std::string vertices = "[0,0,5],[10,0,5],[10,10,5],[0,10,5],[4,4,5],[4,6,5],[6,6,5],[6,4,5]";
  const std::string face = R"({"type":"MultiSurface","lod":"2","boundaries":[[[0,1,2,3],[4,5,6,7]]]})";
  const Reading reading = readJsonText(cityJson(buildingWith("b", face), vertices));
  ASSERT_EQ(reading.got.buildings.size(), 1u);
  ASSERT_EQ(reading.got.buildings[0].geometry.surfaces.at(0).polygon.holes.size(), 1u);
  EXPECT_NEAR(model::surfaceArea(reading.got.buildings[0].geometry.surfaces), 100 - 4, 1e-9);
}

TEST(CityJson, PartsJoinTheirBuildingWhicheverSideNamesTheOther) {
  const std::string by_parent = R"("b":{"type":"Building","attributes":{"yearOfConstruction":1968}},
     "p1":{"type":"BuildingPart","parents":["b"],"attributes":{"measuredHeight":9.5},"geometry":[)" +
                                cubeSolid() + R"(]},
     "p2":{"type":"BuildingPart","parents":["b"],"attributes":{"measuredHeight":12.5},"geometry":[)" +
                                cubeSolid({}, 8) + "]}";
  std::string by_child = by_parent;
  for (std::size_t at; (at = by_child.find(R"("parents":["b"],)")) != by_child.npos;) by_child.erase(at, 16);
  by_child.replace(by_child.find(R"("attributes")"), 0, R"("children":["p1","p2"],)");
  for (const std::string& objects : {by_parent, by_child}) {
    const Reading reading = readJsonText(cityJson(objects, cubeVertices(0) + "," + cubeVertices(20)));
    ASSERT_EQ(reading.got.buildings.size(), 1u) << reading.report();
    const model::Building& building = reading.got.buildings[0];
    EXPECT_EQ(building.id, "b");
    EXPECT_NEAR(model::signedVolume(building.geometry.surfaces), 2000, 1e-9);
    EXPECT_EQ(building.measured_height_m, 12.5);
    EXPECT_EQ(building.year_built, 1968);
    EXPECT_EQ(model::textOf(building.attributes, "BuildingPart/measuredHeight"), "9.5");
  }
}

TEST(CityJson, AttributesKeepTheirTypesUnitsAndExtensions) {
  const std::string attributes = R"(,"attributes":{"storeys":3,"flat":true,"code":"0042","made":"2020-05-01",
      "nothing":null,"+noise-day":{"value":55.5,"uom":"dB"},"owner":{"kind":"city","share":0.5},
      "uses":["shop","home"]},"+source":"survey","address":[{"Country":"日本"}])";
  const Reading reading = readJsonText(cityJson(buildingWith("b", cubeSolid(), attributes), cubeVertices(0)));
  ASSERT_EQ(reading.got.buildings.size(), 1u) << reading.report();
  const model::Attributes& got = reading.got.buildings[0].attributes;
  EXPECT_EQ(model::find(got, "storeys")->type, model::ValueType::number);
  EXPECT_EQ(model::find(got, "flat")->type, model::ValueType::boolean);
  EXPECT_EQ(model::find(got, "code")->type, model::ValueType::text);
  EXPECT_EQ(model::find(got, "made")->type, model::ValueType::date);
  EXPECT_EQ(model::find(got, "nothing"), nullptr);
  EXPECT_EQ(model::textOf(got, "+noise-day"), "55.5 dB");
  EXPECT_EQ(model::textOf(got, "owner/kind"), "city");
  EXPECT_EQ(model::find(got, "owner/kind")->group, model::find(got, "owner/share")->group);
  EXPECT_NE(model::find(got, "owner/kind")->group, 0);
  EXPECT_EQ(model::textOf(got, "uses"), "shop, home");
  EXPECT_EQ(model::textOf(got, "+source"), "survey");
  EXPECT_EQ(model::textOf(got, "address/Country"), "日本");
}

TEST(CityJson, ObjectsOfExtensionsAreKeptWithTheirForm) {
  const Reading reading = readJsonText(cityJson(
      R"("n":{"type":"+NoiseBarrier","attributes":{"a":1},"geometry":[)" + cubeSolid() + "]}", cubeVertices(0)));
  ASSERT_EQ(reading.got.objects.size(), 1u);
  EXPECT_EQ(reading.got.objects[0].type, "NoiseBarrier");
  EXPECT_EQ(reading.got.objects[0].geometry.surfaces.size(), 6u);
}

TEST(CityJson, GroupsOwnNothingOfTheirMembers) {
  const std::string objects =
      R"("g":{"type":"CityObjectGroup","children":["b"]},)" + buildingWith("b", cubeSolid(), R"(,"parents":["g"])");
  const Reading reading = readJsonText(cityJson(objects, cubeVertices(0)));
  EXPECT_EQ(reading.got.buildings.size(), 1u) << reading.report();
  ASSERT_EQ(reading.got.objects.size(), 1u);
  EXPECT_EQ(reading.got.objects[0].type, "CityObjectGroup");
  EXPECT_EQ(model::textOf(reading.got.objects[0].attributes, "children"), "b");
}

TEST(CityJson, EverySpellingOfTheReferenceSystemIsUnderstood) {
  for (const char* spelling : {R"("urn:ogc:def:crs:EPSG::28992")", R"("http://www.opengis.net/def/crs/EPSG/0/28992")",
                               R"("https://www.opengis.net/def/crs/EPSG/0/28992")", R"("EPSG:28992")", "28992"}) {
    std::string text = cityJson(buildingWith("b", cubeSolid()), cubeVertices(0));
    const std::string written = R"("https://www.opengis.net/def/crs/EPSG/0/28992")";
    text.replace(text.find(written), written.size(), spelling);
    const TempFolder folder;
    write(folder / "a.city.json", text);
    Problems problems;
    const auto peek = cityjsonImporter().peek(folder / "a.city.json", {}, problems);
    ASSERT_TRUE(peek) << spelling;
    EXPECT_EQ(peek->crs, "EPSG:28992") << spelling;
  }
}

TEST(CityJson, TransformMayFollowTheVertices) {
  const std::string text =
      R"({"CityObjects":{)" + buildingWith("b", cubeSolid()) + R"(},"vertices":[)" + cubeVertices(0) +
      R"(],"transform":{"scale":[0.5,0.5,0.5],"translate":[100,200,3]},"version":"1.1","type":"CityJSON",
          "metadata":{"referenceSystem":"EPSG:28992"}})";
  const Reading reading = readJsonText(text);
  ASSERT_EQ(reading.got.buildings.size(), 1u) << reading.report();
  const Bounds bounds = model::boundsOf(reading.got.buildings[0].geometry);
  EXPECT_NEAR(bounds.low.x, 100, 1e-6);
  EXPECT_NEAR(bounds.high.y, 205, 1e-6);
  EXPECT_NEAR(bounds.high.z, 8, 1e-9);
}

TEST(CityJson, TemplateIsTurnedScaledAndMoved) {
  // Twice as large, a quarter turn about the upright: (x, y) → (−y, x).
  const std::string instance =
      R"("t":{"type":"SolitaryVegetationObject","geometry":[{"type":"GeometryInstance","template":0,"boundaries":[0],
         "transformationMatrix":[0,-2,0,0, 2,0,0,0, 0,0,2,0, 0,0,0,1]}]})";
  const std::string templates = R"("geometry-templates":{"templates":[{"type":"MultiSurface","lod":"2",
         "boundaries":[[[0,1,2]]]}],"vertices-templates":[[0,0,0],[1,0,0],[0,0,3]]},)";
  const Reading reading = readJsonText(cityJson(instance, "[50,60,7]", templates));
  ASSERT_EQ(reading.got.objects.size(), 1u) << reading.report();
  const model::Ring& ring = reading.got.objects[0].geometry.surfaces.at(0).polygon.outer;
  EXPECT_EQ(reading.got.objects[0].geometry.lod, 2);
  EXPECT_NEAR(distance2d(ring[1], Vec3d{50, 62, 0}), 0, 1e-9);
  EXPECT_NEAR(ring[2].z, 13, 1e-9);
}

TEST(CityJson, DefaultThemeChoosesColourAndPictureGoesBeforeIt) {
  const std::string looks =
      R"(,"material":{"night":{"value":1},"day":{"values":[[0,0,null,null,null,null]]}},
          "texture":{"photo":{"values":[[[[0,0,1,2,3]],[[null]],null,null,null,null]]}})";
  const std::string appearance = R"("appearance":{"default-theme-material":"day",
      "materials":[{"name":"red","diffuseColor":[1,0,0]},{"name":"blue","diffuseColor":[0,0,1]}],
      "textures":[{"type":"PNG","image":"wall.png"}],"vertices-texture":[[0,0],[1,0],[1,1],[0,1]]},)";
  const Reading reading = readJsonText(cityJson(buildingWith("b", cubeSolid(looks)), cubeVertices(0), appearance));
  ASSERT_EQ(reading.got.buildings.size(), 1u) << reading.report();
  const auto& looks_got = reading.got.buildings[0].geometry.appearance;
  ASSERT_EQ(looks_got.size(), 2u);
  EXPECT_THAT(reading.got.materials[looks_got[0].material].texture_path, HasSubstr("wall.png"));
  EXPECT_EQ(looks_got[0].uv.size(), 4u);
  EXPECT_EQ(reading.got.materials[looks_got[1].material].name, "red");
  EXPECT_TRUE(looks_got[1].uv.empty());
}

TEST(CityJson, PicturesOutsideTheFolderAreNotTaken) {
  const std::string looks = R"(,"texture":{"t":{"values":[[[[0,0,1,2,3]],[[1,0,1,2,3]]]]}})";
  const std::string appearance = R"("appearance":{"textures":[{"image":"../../etc/secret.png"},
      {"image":"https://example.org/a.png"}],"vertices-texture":[[0,0],[1,0],[1,1],[0,1]]},)";
  const Reading reading = readJsonText(cityJson(buildingWith("b", cubeSolid(looks)), cubeVertices(0), appearance));
  EXPECT_TRUE(reading.got.materials.empty());
  EXPECT_EQ(reading.skipped("texture.path"), 1u) << reading.report();
  EXPECT_EQ(reading.skipped("texture.remote"), 1u);
}

TEST(CityJson, ReliefBecomesTerrain) {
  // A plane rising 1 m in 10 m to the east, as a fan of triangles over 100 × 100 m.
  std::string vertices, faces;
  for (int j = 0; j <= 10; ++j)
    for (int i = 0; i <= 10; ++i)
      vertices += fmt::format("{}[{},{},{}]", vertices.empty() ? "" : ",", i * 10, j * 10, i);
  for (int j = 0; j < 10; ++j)
    for (int i = 0; i < 10; ++i) {
      const int a = j * 11 + i;
      faces +=
          fmt::format("{}[[{},{},{}]],[[{},{},{}]]", faces.empty() ? "" : ",", a, a + 1, a + 12, a, a + 12, a + 11);
    }
  const Reading reading = readJsonText(cityJson(
      R"("r":{"type":"TINRelief","geometry":[{"type":"CompositeSurface","lod":"1","boundaries":[)" + faces + "]}]}",
      vertices));
  ASSERT_EQ(reading.got.terrains.size(), 1u) << reading.report();
  EXPECT_NEAR(reading.got.terrains[0].heightAt(55, 55).value_or(-1), 5.5, 1e-5);
}

TEST(CityJson, SequenceIsReadLineByLineAndABadLineCostsOnlyItself) {
  const std::string head = R"({"type":"CityJSON","version":"2.0","transform":{"scale":[1,1,1],"translate":[1000,0,0]},
      "metadata":{"referenceSystem":"EPSG:28992"},"CityObjects":{},"vertices":[]})";
  const auto feature = [](const std::string& id) {
    return R"({"type":"CityJSONFeature","id":")" + id + R"(","CityObjects":{)" + buildingWith(id, cubeSolid()) +
           R"(},"vertices":[)" + cubeVertices(0) + "]}";
  };
  std::string one_line = head;
  std::erase(one_line, '\n');
  const std::string text =
      one_line + "\n" + feature("a") + "\n\n" + feature("broken").substr(0, 80) + "\n" + feature("c") + "\n";
  const Reading reading = readJsonText(text, "drawn.city.jsonl");
  ASSERT_EQ(reading.got.buildings.size(), 2u) << reading.report();
  EXPECT_EQ(reading.got.buildings[1].id, "c");
  EXPECT_NEAR(model::boundsOf(reading.got.buildings[1].geometry).low.x, 1000, 1e-6);
  ASSERT_EQ(reading.skipped("json.broken"), 1u);
  EXPECT_EQ(lineOf(reading, "json.broken")->place, "line 4");
}

TEST(CityJson, SolidAndMultiSurfaceOfOneLevelAreNotDoubled) {
  const std::string both = cubeSolid() + R"(,{"type":"MultiSurface","lod":"2","boundaries":)" + cubeShell() + "}";
  const Reading reading = readJsonText(cityJson(buildingWith("b", both), cubeVertices(0)));
  ASSERT_EQ(reading.got.buildings.size(), 1u);
  EXPECT_EQ(reading.got.buildings[0].geometry.surfaces.size(), 6u);
}

}  // namespace
}  // namespace hashimichi::import::tests
