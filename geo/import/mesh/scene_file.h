#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/geometry.h"
#include "geo/core/problem.h"
#include "geo/core/result.h"
#include "geo/model/material.h"

namespace hashimichi::import::mesh {

/// Triangles of one material, in the file's own axes and units.
struct ScenePart {
  std::vector<Vec3d> points;
  std::vector<std::array<float, 2>> uv;          ///< per point, t upwards; empty without texture
  std::vector<std::array<std::uint8_t, 3>> rgb;  ///< per point; may be empty
  std::vector<std::uint32_t> triangles;
  std::size_t material = 0;  ///< index into Scene::materials
};

/// What a glTF, GLB, OBJ or PLY file holds, its nodes' transformations applied.
struct Scene {
  std::vector<ScenePart> parts;
  std::vector<model::Material> materials;

  std::size_t triangleCount() const;
};

/// Reads with Assimp. Files that the scene refers to (.bin, .mtl, pictures) are taken only from the scene's own folder
/// and below it; those that are missing or lie outside are reported, pictures are not decoded.
///
/// @returns bad_input when the content is damaged, has no triangles or needs an extension that is not read; limit when
/// it is larger than memory should hold
Result<Scene> readSceneFile(const std::filesystem::path& path, Problems& problems);

/// The same for a glTF binary that lies inside another file (a tile). @param folder  where its outside files are
Result<Scene> readGlb(std::string_view bytes, const std::filesystem::path& folder, const std::string& file,
                      Problems& problems);

}  // namespace hashimichi::import::mesh
