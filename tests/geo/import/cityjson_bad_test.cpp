// The bad set of the house for CityJSON: a clear line, no crash, bounded memory, and the rest of the file still read.
#include <gmock/gmock.h>

#include "tests/geo/import/cityjson_reading.h"
#include "tests/support/open_files.h"

namespace hashimichi::import::tests {
namespace {

using testing::HasSubstr;

std::string goodCube() {
  return buildingWith("good", cubeSolid());
}

TEST(BadCityJson, CutOffAnywhereItEndsWithALineAndWithoutACrash) {
  const std::string text =
      cityJson(goodCube() + "," + buildingWith("b", cubeSolid({}, 8)), cubeVertices(0) + "," + cubeVertices(20));
  for (std::size_t cut = 1; cut < text.size(); cut += 7) {
    const Reading reading = readJsonText(text.substr(0, cut));
    EXPECT_TRUE(reading.error || !reading.problems.empty()) << cut;
  }
}

TEST(BadCityJson, CutOffBehindItsVerticesItKeepsTheObjectsBefore) {
  const std::string text =
      R"({"type":"CityJSON","version":"1.0","metadata":{"referenceSystem":"EPSG:28992"},"vertices":[)" +
      cubeVertices(0) + R"(],"CityObjects":{)" + goodCube() + "," + buildingWith("lost", cubeSolid());
  const Reading reading = readJsonText(text.substr(0, text.size() - 20));
  ASSERT_EQ(reading.got.buildings.size(), 1u) << reading.report();
  EXPECT_EQ(reading.got.buildings[0].id, "good");
  EXPECT_THAT(lineOf(reading, "json.broken")->what, HasSubstr("cut off"));
}

TEST(BadCityJson, NumbersThatPointNowhereCostTheirFaceOnlyAndNameTheFeature) {
  for (const char* bad : {"-1", "8", "1.5", "99999999999999999999", "1e999", "null", "\"3\"", "[1]", "NaN"}) {
    const std::string solid =
        fmt::format(R"({{"type":"MultiSurface","lod":"2","boundaries":[[[0,1,2,{}]],[[4,5,6,7]]]}})", bad);
    const Reading reading = readJsonText(cityJson(buildingWith("b", solid), cubeVertices(0)));
    ASSERT_EQ(reading.got.buildings.size(), 1u) << bad << reading.report();
    EXPECT_EQ(reading.got.buildings[0].geometry.surfaces.size(), 1u) << bad;
    ASSERT_EQ(reading.skipped("vertex.index"), 1u) << bad;
    EXPECT_EQ(lineOf(reading, "vertex.index")->feature_id, "b");
  }
}

TEST(BadCityJson, VerticesThatAreNoPlacesCostTheFacesThatUseThem) {
  for (const char* bad : {"[NaN,0,0]", "[0,1e999,0]", "[0,0]", "\"here\"", "[0,0,\"1\"]", "[]", "[[0],0,0]"}) {
    std::string vertices = cubeVertices(0);
    vertices.replace(0, vertices.find(']') + 1, bad);
    const Reading reading = readJsonText(cityJson(buildingWith("b", cubeSolid()), vertices));
    ASSERT_EQ(reading.got.buildings.size(), 1u) << bad << reading.report();
    EXPECT_EQ(reading.got.buildings[0].geometry.surfaces.size(), 3u) << bad;  // three faces meet at a corner
    EXPECT_EQ(reading.skipped("vertex.not_a_place"), 1u) << bad;
  }
}

TEST(BadCityJson, TenThousandBracketsAreRefusedNotFollowed) {
  const std::string deep(10'000, '[');
  const std::string objects =
      goodCube() + R"(,"deep":{"type":"Building","attributes":{"a":)" + deep + std::string(10'000, ']') + "}}";
  const Reading whole = readJsonText(cityJson(objects, cubeVertices(0)));
  EXPECT_TRUE(whole.error || whole.skipped("json.depth") == 1) << whole.report();
  const std::string before = R"({"type":"CityJSON","version":"2.0","transform":{"scale":[1,1,1],"translate":[0,0,0]},
    "metadata":{"referenceSystem":"EPSG:28992"},"vertices":[)" +
                             cubeVertices(0) + R"(],"CityObjects":{)" + objects + "}}";
  const Reading kept = readJsonText(before);
  EXPECT_EQ(kept.got.buildings.size(), 1u) << kept.report();
  EXPECT_EQ(kept.skipped("json.depth"), 1u);
}

TEST(BadCityJson, OwnAncestorsAreReadOnceEach) {
  const std::string objects = R"("a":{"type":"Building","parents":["b"],"geometry":[)" + cubeSolid() +
                              R"(]},"b":{"type":"BuildingPart","parents":["a"],"geometry":[)" + cubeSolid() +
                              R"(]},"self":{"type":"Building","parents":["self"],"geometry":[)" + cubeSolid() + "]}";
  const Reading reading = readJsonText(cityJson(objects, cubeVertices(0)));
  EXPECT_EQ(reading.got.buildings.size(), 3u) << reading.report();
  EXPECT_EQ(reading.assumed("object.cycle"), 1u);
}

TEST(BadCityJson, LongChainsOfPartsAreFollowedWithoutRecursion) {
  std::string objects = R"("0":{"type":"Building"})";
  for (int i = 1; i < 50'000; ++i)
    objects += fmt::format(R"(,"{}":{{"type":"BuildingPart","parents":["{}"]}})", i, i - 1);
  const Reading reading = readJsonText(cityJson(objects, cubeVertices(0)));
  EXPECT_EQ(reading.got.buildings.size(), 1u);
}

TEST(BadCityJson, LevelsOfDetailWithoutEndAreCutAtTheLimit) {
  std::string geometries;
  for (int i = 0; i < 2000; ++i)
    geometries +=
        fmt::format(R"({}{{"type":"MultiSurface","lod":"{}","boundaries":[[[0,1,2]]]}})", i ? "," : "", 1 + i * 0.001);
  const Reading reading = readJsonText(cityJson(buildingWith("b", geometries), cubeVertices(0)));
  ASSERT_EQ(reading.got.buildings.size(), 1u);
  EXPECT_LT(reading.got.buildings[0].other_lods.size(), 32u);
  EXPECT_EQ(reading.skipped("lod.too_many"), 1u) << reading.report();
}

TEST(BadCityJson, BoundariesOfTheWrongDepthAreToldNotGuessed) {
  for (const char* boundaries :
       {"[[0,1,2]]", "[0,1,2]", "7", "{\"a\":[[[0,1,2]]]}", "[[[[[[0,1,2]]]]]]", "[[]]", "[]"}) {
    const std::string geometry = fmt::format(R"({{"type":"MultiSurface","lod":"1","boundaries":{}}})", boundaries);
    const Reading reading = readJsonText(cityJson(goodCube() + "," + buildingWith("b", geometry), cubeVertices(0)));
    EXPECT_EQ(reading.got.buildings.size(), 2u) << boundaries << reading.report();
    EXPECT_EQ(reading.assumed("geometry.none"), 1u) << boundaries << reading.report();
  }
}

TEST(BadCityJson, TemplatesThatDoNotExistAreToldAndTheOthersStand) {
  std::string faces, objects;
  for (int i = 0; i < 20'000; ++i) faces += i ? ",[[0,1,2]]" : "[[0,1,2]]";
  for (int i = 0; i < 3; ++i)
    objects += fmt::format(R"({}"t{}":{{"type":"PlantCover","geometry":[{{"type":"GeometryInstance","template":{},
        "boundaries":[0],"transformationMatrix":[1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1]}}]}})",
                           i ? "," : "", i, i - 1);
  const std::string templates =
      R"("geometry-templates":{"templates":[{"type":"MultiSurface","lod":"1","boundaries":[)" + faces +
      R"(]}],"vertices-templates":[[0,0,0],[1,0,0],[0,1,0]]},)";
  const Reading reading = readJsonText(cityJson(objects, "[0,0,0]", templates));
  EXPECT_EQ(reading.got.objects.size(), 3u);
  EXPECT_EQ(reading.skipped("template.unknown"), 2u) << reading.report();  // −1 and 1
}

TEST(BadCityJson, WhatIsNoCityJsonSaysSo) {
  for (const char* text : {"{}", "[]", "{\"type\":\"CityJSON\"}", "{\"CityObjects\":[]}", "{\"CityObjects\":{\"a\":5}}",
                           "{\"CityObjects\":{\"a\":{}},\"vertices\":5}", "\xEF\xBB\xBF", "{\"CityObjects\"", "null"}) {
    const Reading reading = readJsonText(text);
    EXPECT_TRUE(reading.error || !reading.problems.empty()) << text;
  }
}

TEST(BadCityJson, FilesAreClosedAgainWhateverTheyHold) {
  const std::size_t before = hashimichi::tests::openFiles();
  readJsonText("{\"CityObjects\":{\"a\"");
  readJsonText(cityJson(goodCube(), cubeVertices(0)));
  EXPECT_EQ(hashimichi::tests::openFiles(), before);
}

}  // namespace
}  // namespace hashimichi::import::tests
