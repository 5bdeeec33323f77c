#include "geo/import/mesh/tileset.h"

#include <gtest/gtest.h>

#include "tests/geo/import/mesh_files.h"
#include "tests/geo/import/reading.h"

namespace hashimichi::import::tests {
namespace {

/// East, north, up at 37.45 N, 138.86 E, 100 m above the ellipsoid, as WGS 84's formulas give them.
constexpr const char* at_nagaoka =
    "[-0.657901172045733,-0.7531042742016878,0,0,0.45793926191935513,-0.40004921956108375,0.7938842827020347,0,"
    "-0.5978776465244434,0.5222974000583547,0.6080688659014503,0,-3818133.563240547,3335467.1223262553,"
    "3857220.854091111,1]";
constexpr double east_m = 851.2435, north_m = 954.8990;  // of that place, from the frame's origin

const std::string small_triangle = glbOf({{{0, 0, 0}, {10, 0, 0}, {0, 0, -20}}});

struct Folder : TempFolder {
  std::filesystem::path put(const std::string& name, const std::string& content) {
    std::filesystem::create_directories((*this / name).parent_path());
    write(*this / name, content);
    return *this / name;
  }
  std::filesystem::path tileset(const std::string& root, const std::string& name = "tileset.json") {
    return put(name, R"({"asset":{"version":"1.0"},"geometricError":100,"root":)" + root + "}");
  }
  std::filesystem::path oneTile(const std::string& uri) {
    return tileset(R"({"geometricError":0,"transform":)" + std::string(at_nagaoka) + R"(,"content":{"uri":")" + uri +
                   "\"}}");
  }
};

void expectAtNagaoka(const Reading& reading) {
  ASSERT_EQ(reading.got.objects.size(), 1u) << reading.report();
  const model::CityObject& tiles = reading.got.objects[0];
  EXPECT_EQ(tiles.type, "Tileset");
  EXPECT_EQ(tiles.mesh->triangleCount(), 1u);
  const Bounds& bounds = tiles.mesh->bounds;
  EXPECT_NEAR(bounds.low.x, east_m, 0.1);  // the 20 m northward side leans by the convergence, 0.08 m
  EXPECT_NEAR(bounds.low.y, north_m, 0.05);
  EXPECT_NEAR(bounds.high.x - bounds.low.x, 10.0 + 0.076, 0.02);
  EXPECT_NEAR(bounds.high.y - bounds.low.y, 20.0, 0.05);
}

TEST(Tileset, AB3dmTileStandsAtItsPlaceOnTheEarth) {
  Folder folder;
  folder.put("a.b3dm", b3dmOf(small_triangle));
  expectAtNagaoka(read(tilesetImporter(), folder.oneTile("a.b3dm")));
}

TEST(Tileset, AGlbTileOfVersion11IsReadAsWell) {
  Folder folder;
  folder.put("tiles/a.glb", small_triangle);
  expectAtNagaoka(read(tilesetImporter(), folder.oneTile("tiles/a.glb")));
}

TEST(Tileset, RtcCentresShiftTheTile) {
  Folder folder;
  folder.put("a.b3dm",
             b3dmOf(glbOf({{{0, 0, 0}, {10, 0, 0}, {0, 0, -20}}}), R"({"BATCH_LENGTH":0,"RTC_CENTER":[100,0,0]})"));
  const Reading reading = read(tilesetImporter(), folder.oneTile("a.b3dm"));
  ASSERT_EQ(reading.got.objects.size(), 1u) << reading.report();
  EXPECT_NEAR(reading.got.objects[0].mesh->bounds.low.x, east_m + 100, 0.1);
}

TEST(Tileset, ItsPlaceIsKnownBeforeItIsRead) {
  Folder folder;
  folder.put("a.b3dm", b3dmOf(small_triangle));
  Problems problems;
  const auto peek = tilesetImporter().peek(folder.oneTile("a.b3dm"), {}, problems);
  ASSERT_TRUE(peek.ok());
  EXPECT_NEAR(peek->bounds.low.x, 138.86, 0.001);
  EXPECT_NEAR(peek->bounds.low.y, 37.45, 0.001);
}

constexpr const char* two_levels =
    R"({"geometricError":50,"refine":"REPLACE","content":{"uri":"coarse.glb"},"children":[)"
    R"({"geometricError":0,"content":{"uri":"a.glb"}},{"geometricError":0,"content":{"uri":"b.glb"}}]})";

TEST(Tileset, FineTilesReplaceTheCoarseOneUnlessTheyAreTooMany) {
  Folder folder;
  for (const char* name : {"coarse.glb", "a.glb", "b.glb"}) folder.put(name, small_triangle);
  const auto path = folder.tileset(two_levels);
  Problems problems;
  const auto fine = mesh::chooseTiles(path, 1'000'000, problems);
  ASSERT_TRUE(fine.ok());
  EXPECT_EQ(fine->contents.size(), 2u);
  const auto coarse = mesh::chooseTiles(path, 0, problems);
  ASSERT_EQ(coarse->contents.size(), 1u);
  EXPECT_EQ(coarse->contents[0].path.filename(), "coarse.glb");
  EXPECT_EQ(problems.count(ProblemKind::assumption, "tiles.coarse"), 1u);
}

TEST(Tileset, AddedTilesStayBesideTheirChildren) {
  Folder folder;
  for (const char* name : {"coarse.glb", "a.glb", "b.glb"}) folder.put(name, small_triangle);
  std::string adding = two_levels;
  adding.replace(adding.find("REPLACE"), 7, "ADD");
  Problems problems;
  EXPECT_EQ(mesh::chooseTiles(folder.tileset(adding), 1'000'000, problems)->contents.size(), 3u);
}

TEST(Tileset, ATilesetInsideATilesetIsFollowed) {
  Folder folder;
  folder.put("sub/a.glb", small_triangle);
  folder.tileset(R"({"geometricError":0,"content":{"uri":"a.glb"}})", "sub/inner.json");
  expectAtNagaoka(read(tilesetImporter(), folder.oneTile("sub/inner.json")));
}

TEST(Tileset, WhatIsNotOnDiskOrLeadsOutIsLeftOutAndTheRestIsRead) {
  Folder folder;
  folder.put("a.glb", small_triangle);
  folder.put("points.pnts", "pnts-not-read");
  std::string children;
  for (const char* uri : {"https://example.com/x.glb", "../../../etc/passwd", "missing.glb", "points.pnts"})
    children += std::string(R"(,{"geometricError":0,"content":{"uri":")") + uri + "\"}}";
  const auto path = folder.tileset(R"({"geometricError":9,"transform":)" + std::string(at_nagaoka) +
                                   R"(,"children":[{"geometricError":0,"content":{"uri":"a.glb"}})" + children + "]}");
  const Reading reading = read(tilesetImporter(), path);
  expectAtNagaoka(reading);
  EXPECT_EQ(reading.skipped("tiles.left_out"), 3u) << reading.report();
  EXPECT_EQ(reading.skipped("tiles.unreadable"), 1u) << reading.report();
}

TEST(Tileset, ATilesetThatNamesItselfEnds) {
  Folder folder;
  const auto path = folder.oneTile("tileset.json");
  const Reading reading = read(tilesetImporter(), path);
  EXPECT_TRUE(reading.error);
}

TEST(Tileset, DamagedOnesAreRefusedClearly) {
  Folder folder;
  for (const char* json : {"{", "[]", R"({"asset":{}})", R"({"asset":{"version":"1.0"},"root":3})"}) {
    const Reading reading = read(tilesetImporter(), folder.put("tileset.json", json));
    ASSERT_TRUE(reading.error) << json;
    EXPECT_FALSE(reading.error->what.empty());
  }
  const std::string whole = b3dmOf(small_triangle);
  for (std::size_t size = 0; size < whole.size(); size += 41) {
    folder.put("a.b3dm", whole.substr(0, size));
    EXPECT_TRUE(read(tilesetImporter(), folder.oneTile("a.b3dm")).error) << size;
  }
}

}  // namespace
}  // namespace hashimichi::import::tests
