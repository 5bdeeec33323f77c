#include "geo/project/mesh_cache.h"

#include <gtest/gtest.h>

#include <fstream>

#include "geo/project/project.h"
#include "tests/support/shared_data.h"

namespace hashimichi::project {
namespace {

using hashimichi::tests::TempFolder;

model::TriangleMesh twoParts() {
  model::TriangleMesh mesh;
  mesh.parts.resize(2);
  mesh.parts[0].xyz = {0, 0, 0, 1, 0, 0, 0, 1, 0.25f};
  mesh.parts[0].uv = {0, 0, 1, 0, 0, 1};
  mesh.parts[0].triangles = {0, 1, 2};
  mesh.parts[1].xyz = {5, 5, 5, 6, 5, 5, 5, 6, 5};
  mesh.parts[1].rgb = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  mesh.parts[1].triangles = {0, 2, 1};
  mesh.parts[1].material = 1;
  mesh.bounds.add(Vec3d{0, 0, 0});
  mesh.bounds.add(Vec3d{6, 6, 5});
  return mesh;
}

TEST(MeshCache, GivesBackEveryArray) {
  TempFolder folder;
  const model::TriangleMesh mesh = twoParts();
  const auto name = writeMeshCache(folder.path(), mesh);
  ASSERT_TRUE(name.ok());
  const auto back = readMeshCache(folder / *name);
  ASSERT_TRUE(back.ok());
  ASSERT_EQ(back->parts.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(back->parts[i].xyz, mesh.parts[i].xyz);
    EXPECT_EQ(back->parts[i].uv, mesh.parts[i].uv);
    EXPECT_EQ(back->parts[i].rgb, mesh.parts[i].rgb);
    EXPECT_EQ(back->parts[i].triangles, mesh.parts[i].triangles);
    EXPECT_EQ(back->parts[i].material, mesh.parts[i].material);
  }
  EXPECT_EQ(back->bounds.high, mesh.bounds.high);
}

TEST(MeshCache, EveryChangedOrMissingByteIsNoticed) {
  TempFolder folder;
  const auto name = writeMeshCache(folder.path(), twoParts());
  std::ifstream in(folder / *name, std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(in), {}};
  constexpr std::size_t bounds_at = 24, bounds_end = 72;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i >= bounds_at && i < bounds_end) continue;  // the box is only a convenience
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 0x41);
    std::ofstream(folder / "changed.bin", std::ios::binary) << changed;
    EXPECT_FALSE(readMeshCache(folder / "changed.bin").ok()) << i;
    std::ofstream(folder / "cut.bin", std::ios::binary) << whole.substr(0, i);
    EXPECT_FALSE(readMeshCache(folder / "cut.bin").ok()) << i;
  }
}

TEST(MeshCache, AProjectKeepsMeshesAndThePicturesInsideThem) {
  TempFolder folder;
  auto city = std::make_shared<model::CityModel>();
  city->frame = *crs::LocalFrame::create(6676, {31000, 160000, 0});
  city->materials.resize(2);
  city->materials[1].embedded = std::make_shared<const std::string>("\x89PNG not really");
  model::CityObject object;
  object.id = object.name = "橋の模型", object.type = "Mesh";
  object.mesh = std::make_shared<const model::TriangleMesh>(twoParts());
  city->objects.push_back(object);
  Project project;
  project.folder = folder / "m.hashimichi";
  project.name = "m";
  project.model = city;
  SilentProgress progress;
  ASSERT_TRUE(save(project, progress));
  for (int again = 0; again < 2; ++again) {
    auto opened = open(project.folder, progress);
    ASSERT_TRUE(opened.ok()) << opened.error().text();
    ASSERT_TRUE(opened->model->objects.at(0).mesh);
    EXPECT_EQ(opened->model->objects[0].mesh->triangleCount(), 2u);
    const std::string picture = opened->model->materials.at(1).texture_path;
    std::ifstream in(picture, std::ios::binary);
    EXPECT_EQ((std::string{std::istreambuf_iterator<char>(in), {}}), "\x89PNG not really") << picture;
    ASSERT_TRUE(save(*opened, progress)) << "saved again, the picture must stay";
  }
}

}  // namespace
}  // namespace hashimichi::project
