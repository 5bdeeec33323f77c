#include <gtest/gtest.h>

#include "geo/import/mesh/georeference.h"
#include "tests/geo/import/mesh_files.h"
#include "tests/geo/import/reading.h"

namespace hashimichi::import::tests {
namespace {

constexpr const char* cube_obj = R"(mtllib cube.mtl
usemtl red
v 0 0 0
v 2 0 0
v 2 3 0
v 0 3 0
v 0 0 4
v 2 0 4
v 2 3 4
v 0 3 4
f 1 4 3 2
f 5 6 7 8
f 1 2 6 5
f 2 3 7 6
f 3 4 8 7
f 4 1 5 8
)";

constexpr const char* at_nagaoka = R"({"crs": "EPSG:6676", "origin": [31000, 160000, 20]})";

/// Volume by the divergence theorem; positive when the triangles look outward.
double volumeOf(const model::TriangleMesh& mesh) {
  double volume = 0;
  for (const model::MeshPart& part : mesh.parts)
    for (std::size_t i = 0; i < part.triangles.size(); i += 3) {
      const auto at = [&](std::size_t k) {
        const float* p = &part.xyz[3 * part.triangles[i + k]];
        return Vec3d{p[0], p[1], p[2]};
      };
      volume += dot(at(0), cross(at(1), at(2))) / 6;
    }
  return volume;
}

struct Folder : TempFolder {
  std::filesystem::path put(const std::string& name, const std::string& content) {
    write(*this / name, content);
    return *this / name;
  }
};

TEST(Mesh, AnObjStandsWhereItsGeoreferenceSaysWithItsColourAndVolume) {
  Folder folder;
  const auto path = folder.put("cube.obj", cube_obj);
  folder.put("cube.mtl", "newmtl red\nKd 1 0 0\n");
  folder.put("cube.georef.json", at_nagaoka);
  const Reading reading = read(meshImporter(), path);
  ASSERT_EQ(reading.got.objects.size(), 1u) << reading.report();
  const model::CityObject& cube = reading.got.objects[0];
  EXPECT_EQ(cube.type, "Mesh");
  ASSERT_TRUE(cube.mesh);
  EXPECT_EQ(cube.mesh->triangleCount(), 12u);
  EXPECT_NEAR(cube.mesh->bounds.low.z, 20, 1e-5);
  EXPECT_NEAR(cube.mesh->bounds.high.x, 2, 1e-5);
  EXPECT_NEAR(cube.mesh->bounds.high.y, 3, 1e-5);
  EXPECT_NEAR(cube.mesh->bounds.high.z, 24, 1e-5);
  EXPECT_NEAR(volumeOf(*cube.mesh), 2 * 3 * 4, 1e-3);
  const model::Material& red = reading.got.materials.at(cube.mesh->parts.at(0).material);
  EXPECT_EQ(red.rgb, (std::array<std::uint8_t, 3>{255, 0, 0}));
}

TEST(Mesh, AHeadingTurnsClockwiseAndTheScaleTurnsUnitsIntoMetres) {
  Folder folder;
  const auto path = folder.put("cube.obj", cube_obj);
  folder.put("cube.georef.json", R"({"crs": "EPSG:6676", "origin": [31000, 160000], "heading_deg": 90, "scale": 0.5})");
  const Reading reading = read(meshImporter(), path);
  ASSERT_EQ(reading.got.objects.size(), 1u) << reading.report();
  const Bounds& bounds = reading.got.objects[0].mesh->bounds;
  // North (3 units) becomes east, east (2 units) becomes south.
  EXPECT_NEAR(bounds.high.x, 1.5, 1e-5);
  EXPECT_NEAR(bounds.low.y, -1, 1e-5);
  EXPECT_NEAR(bounds.high.y, 0, 1e-5);
}

TEST(Mesh, AGlbIsYUpAndKeepsItsColour) {
  Folder folder;
  const auto path = folder.put("sign.glb", glbOf({{{0, 0, 0}, {1, 0, 0}, {0, 5, -2}}}));
  folder.put("sign.georef.json", at_nagaoka);
  const Reading reading = read(meshImporter(), path);
  ASSERT_EQ(reading.got.objects.size(), 1u) << reading.report();
  const Bounds& bounds = reading.got.objects[0].mesh->bounds;
  EXPECT_NEAR(bounds.high.z, 25, 1e-5) << "y is up";
  EXPECT_NEAR(bounds.high.y, 2, 1e-5) << "-z is north";
  EXPECT_EQ(reading.got.materials.at(0).rgb, (std::array<std::uint8_t, 3>{255, 128, 0}));
}

TEST(Mesh, ADegreeOriginStandsOnGridNorth) {
  Folder folder;
  const auto path = folder.put("pole.obj", "v 0 0 0\nv 0 1000 0\nv 0 0 1\nf 1 2 3\n");
  folder.put("pole.georef.json", R"({"crs": "EPSG:6697", "origin": [138.86, 37.45, 20]})");
  const Reading reading = read(meshImporter(), path);
  ASSERT_EQ(reading.got.objects.size(), 1u) << reading.report();
  const Bounds& bounds = reading.got.objects[0].mesh->bounds;
  // 31851.2435, 160954.8990 by the series of the Geospatial Information Authority; meridian convergence 0.2189°.
  EXPECT_NEAR(bounds.high.x, 851.2435, 0.001);
  EXPECT_NEAR(bounds.low.y, 954.8990, 0.001);
  EXPECT_NEAR(bounds.high.x - bounds.low.x, 1000 * std::sin(0.21890660728705744 * 3.141592653589793 / 180), 0.01)
      << "east of the central meridian true north points west of grid north";
}

TEST(Mesh, APhotogrammetricModelTakesItsOriginFromItsMetadata) {
  const auto parsed = mesh::parseModelMetadata(
      "<ModelMetadata version=\"1\"><SRS>EPSG:6676</SRS><SRSOrigin>31000,160000,12.5</SRSOrigin></ModelMetadata>",
      "metadata.xml", false);
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->crs, "EPSG:6676");
  EXPECT_EQ(parsed->origin, (Vec3d{31000, 160000, 12.5}));
}

TEST(Mesh, WithoutAPlaceItIsRefusedWithTheWayToGiveItOne) {
  Folder folder;
  const Reading reading = read(meshImporter(), folder.put("cube.obj", cube_obj));
  ASSERT_TRUE(reading.error);
  EXPECT_NE(reading.error->text().find("cube.georef.json"), std::string::npos) << reading.error->text();
}

TEST(Mesh, AFaultyGeoreferenceNamesItsFault) {
  for (const char* json :
       {"", "[]", "{", R"({"origin": [1, 2, 3]})", R"({"crs": "EPSG:6676"})", R"({"crs": "", "origin": [1, 2]})",
        R"({"crs": "EPSG:6676", "origin": [1, "2"]})", R"({"crs": "EPSG:6676", "origin": [1, 2], "up": "x"})",
        R"({"crs": "EPSG:6676", "origin": [1, 2], "scale": 0})", R"({"crs": "EPSG:6676", "origin": [1e999, 2]})",
        R"({"crs": 6676, "origin": [1, 2]})"})
    EXPECT_FALSE(mesh::parseGeoreference(json, "m.georef.json", false).ok()) << json;
}

TEST(Mesh, APictureOutsideTheFolderIsNotOpenedAndAMissingOneIsTold) {
  Folder folder;
  const auto path = folder.put("wall.obj",
                               "mtllib wall.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nvt 1 0\nvt 0 1\n"
                               "usemtl a\nf 1/1 2/2 3/3\nusemtl b\nf 1/1 3/3 2/2\n");
  folder.put("wall.mtl", "newmtl a\nmap_Kd ../../../../../../etc/passwd\nnewmtl b\nmap_Kd nowhere.jpg\n");
  folder.put("wall.georef.json", at_nagaoka);
  const Reading reading = read(meshImporter(), path);
  ASSERT_EQ(reading.got.objects.size(), 1u) << reading.report();
  EXPECT_EQ(reading.skipped("mesh.path_escape"), 1u) << reading.report();
  EXPECT_EQ(reading.skipped("texture.missing"), 1u) << reading.report();
  for (const model::Material& material : reading.got.materials) EXPECT_EQ(material.texture_path, "");
}

TEST(Mesh, DamagedFilesAreRefusedClearly) {
  Folder folder;
  const std::string whole = glbOf({{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}});
  for (std::size_t size = 4; size < whole.size(); size += 37) {
    const auto path = folder.put("cut.glb", whole.substr(0, size));
    folder.put("cut.georef.json", at_nagaoka);
    const Reading reading = read(meshImporter(), path);
    ASSERT_TRUE(reading.error) << size;
    EXPECT_FALSE(reading.error->what.empty());
  }
  folder.put("bad.georef.json", at_nagaoka);
  for (const char* text : {"v 1\nf 1 2 3\n", "f 1 2 3\n", "v 0 0 0\nv nan 0 0\nv 0 1 0\nf 1 2 3\n", "garbage"}) {
    const Reading reading = read(meshImporter(), folder.put("bad.obj", text));
    EXPECT_TRUE(reading.error) << text << reading.report();
  }
}

TEST(Mesh, ARequiredExtensionThatIsNotReadIsNamed) {
  Folder folder;
  const auto path = folder.put(
      "packed.glb", glbOf({{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}}, R"(,"extensionsRequired":["EXT_meshopt_compression"])"));
  folder.put("packed.georef.json", at_nagaoka);
  const Reading reading = read(meshImporter(), path);
  ASSERT_TRUE(reading.error);
  EXPECT_NE(reading.error->text().find("EXT_meshopt_compression"), std::string::npos);
}

TEST(Mesh, ARealPlyIsRead) {
  const auto real = sharedData("pointcloud/ply/pdal_mesh.ply");
  HASHIMICHI_NEEDS_SHARED(real);
  Folder folder;
  std::filesystem::copy_file(real, folder / "mesh.ply");
  folder.put("mesh.georef.json", at_nagaoka);
  const Reading reading = read(meshImporter(), folder / "mesh.ply");
  ASSERT_EQ(reading.got.objects.size(), 1u) << reading.report();
  // Its header: element vertex 4, element face 2.
  EXPECT_EQ(reading.got.objects[0].mesh->triangleCount(), 2u);
}

TEST(Mesh, APlyWithoutFacesSaysThatItIsAPointCloud) {
  Folder folder;
  folder.put("points.georef.json", at_nagaoka);
  const Reading reading = read(meshImporter(), folder.put("points.ply",
                                                          "ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\n"
                                                          "property float y\nproperty float z\nend_header\n0 0 0\n"));
  EXPECT_TRUE(reading.error) << reading.report();
}

}  // namespace
}  // namespace hashimichi::import::tests
