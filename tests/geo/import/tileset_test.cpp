#include "geo/import/mesh/tileset.h"

#include <gtest/gtest.h>

#include <set>

#include "geo/core/file.h"
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

/// A subtree file as 3D Tiles 1.1 describes it: head, JSON padded to 8 bytes, bits padded to 8 bytes.
std::string subtreeOf(std::string json, std::string bits) {
  while (json.size() % 8 != 0) json += ' ';
  while (bits.size() % 8 != 0) bits += '\0';
  std::string file = "subt";
  const auto number = [&file](std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) file += static_cast<char>(value >> (8 * i));
  };
  number(1, 4), number(json.size(), 8), number(bits.size(), 8);
  return file + json + bits;
}

/// A quadtree of two levels a subtree: the root has two of four children, one of which goes on in one subtree.
/// Tiles in the subtree: root, north-east (Morton 3), south-east (Morton 1); content on those two only.
std::filesystem::path putQuadtree(Folder& folder) {
  const std::string views =
      R"("buffers":[{"byteLength":24}],"bufferViews":[{"buffer":0,"byteOffset":0,"byteLength":1},)"
      R"({"buffer":0,"byteOffset":8,"byteLength":1},{"buffer":0,"byteOffset":16,"byteLength":2}],)";
  const std::string seven(7, '\0');
  // Nodes 0 (root), 2 (Morton 1), 4 (Morton 3): bits 0, 2, 4 = 0x15; contents 2 and 4 = 0x14; the subtree goes on at
  // Morton 13 of the second level: below Morton 3, its south-eastern (1): byte 1, bit 5.
  const std::string bits =
      std::string("\x15") + seven + "\x14" + seven + std::string("\0\x20", 2) + std::string(6, '\0');
  folder.put("subtrees/0.0.0.subtree",
             subtreeOf("{" + views + R"("tileAvailability":{"bitstream":0},"contentAvailability":[{"bitstream":1}],)" +
                           R"("childSubtreeAvailability":{"bitstream":2}})",
                       bits));
  folder.put("subtrees/2.3.2.subtree", R"({"tileAvailability":{"constant":1},"contentAvailability":[{"constant":1}],)"
                                       R"("childSubtreeAvailability":{"constant":0}})");
  for (const char* name : {"1.1.0", "1.1.1", "2.3.2", "3.6.4", "3.7.4", "3.6.5", "3.7.5"})
    folder.put(std::string("content/") + name + ".glb", small_triangle);
  return folder.tileset(
      R"({"geometricError":64,"refine":"REPLACE","content":{"uri":"content/{level}.{x}.{y}.glb"},"implicitTiling":)"
      R"({"subdivisionScheme":"QUADTREE","subtreeLevels":2,"availableLevels":4,"subtrees":{"uri":"subtrees/{level}.{x}.{y}.subtree"}}})");
}

std::set<std::string> namesOf(const mesh::ChosenTiles& tiles) {
  std::set<std::string> names;
  for (const mesh::TileContent& content : tiles.contents) names.insert(content.path.stem().string());
  return names;
}

TEST(Tileset, AnImplicitTilingIsReadFromItsSubtrees) {
  Folder folder;
  Problems problems;
  const auto fine = mesh::chooseTiles(putQuadtree(folder), 1'000'000, problems);
  ASSERT_TRUE(fine.ok());
  EXPECT_EQ(namesOf(*fine), (std::set<std::string>{"1.1.0", "3.6.4", "3.7.4", "3.6.5", "3.7.5"}));
  EXPECT_TRUE(problems.empty());
}

TEST(Tileset, AnImplicitTilingLargerThanTheBudgetIsShownCoarser) {
  Folder folder;
  Problems problems;
  const auto coarse = mesh::chooseTiles(putQuadtree(folder), 0, problems);
  ASSERT_TRUE(coarse.ok());
  EXPECT_EQ(problems.count(ProblemKind::assumption, "tiles.coarse") + problems.count(ProblemKind::skipped), 0u + 1u);
  EXPECT_EQ(namesOf(*coarse), (std::set<std::string>{"1.1.0", "1.1.1"}));
}

TEST(Tileset, ADamagedSubtreeIsToldAndTheRestIsRead) {
  Folder folder;
  const auto path = putQuadtree(folder);
  const std::string whole = *readFile(folder / "subtrees/0.0.0.subtree");
  for (std::size_t cut = 0; cut < whole.size(); cut += 7) {
    folder.put("subtrees/0.0.0.subtree", whole.substr(0, cut));
    Problems problems;
    const auto tiles = mesh::chooseTiles(path, 1'000'000, problems);
    ASSERT_TRUE(tiles.ok());
    EXPECT_EQ(problems.count(ProblemKind::skipped, "tiles.subtree"), 1u) << cut;
  }
  folder.put("subtrees/0.0.0.subtree", whole);
  folder.put("subtrees/2.3.2.subtree", R"({"tileAvailability":{"bitstream":7}})");
  Problems problems;
  EXPECT_EQ(namesOf(*mesh::chooseTiles(path, 1'000'000, problems)), (std::set<std::string>{"1.1.0"}));
  EXPECT_EQ(problems.count(ProblemKind::skipped, "tiles.subtree"), 1u);
}

TEST(Tileset, AnImplicitTilingOfAbsurdDepthOrOutsideItsFolderIsRefused) {
  for (const char* tiling :
       {R"({"subdivisionScheme":"QUADTREE","subtreeLevels":60,"subtrees":{"uri":"s"}})",
        R"({"subdivisionScheme":"OCTREE","subtreeLevels":18446744073709551615,"subtrees":{"uri":"s"}})",
        R"({"subdivisionScheme":"RING","subtreeLevels":2,"subtrees":{"uri":"s"}})",
        R"({"subdivisionScheme":"OCTREE","subtreeLevels":2,"subtrees":{"uri":"../../../etc/passwd"}})",
        R"({"subdivisionScheme":"OCTREE","subtreeLevels":2})", "3"}) {
    Folder folder;
    Problems problems;
    const auto tiles =
        mesh::chooseTiles(folder.tileset(R"({"geometricError":1,"content":{"uri":"a.glb"},"implicitTiling":)" +
                                         std::string(tiling) + "}"),
                          1'000'000, problems);
    ASSERT_TRUE(tiles.ok());
    EXPECT_TRUE(tiles->contents.empty());
    EXPECT_EQ(problems.count(ProblemKind::skipped, "tiles.subtree"), 1u) << tiling;
  }
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
