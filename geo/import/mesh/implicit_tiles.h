#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "geo/core/result.h"
#include "geo/import/mesh/scene_files.h"

namespace hashimichi::import::mesh {

/// One subtree of an implicit tiling written out as the explicit tiles that it stands for (3D Tiles 1.1, "Implicit
/// Tiling"; also the extension 3DTILES_implicit_tiling of 1.0). Tiles at its foot that go on in another subtree carry
/// the tiling again, with their own place, so that subtrees are read one by one and only where they are wanted.
///
/// @param tile    with "implicitTiling", as in the file or as an earlier call wrote it
/// @param folder  what the templates of uris are relative to
/// @returns bad_input with the reason; limit when a subtree has more than 100,000 tiles
Result<nlohmann::json> expandImplicit(const nlohmann::json& tile, const std::filesystem::path& folder,
                                      const SceneFiles& files);
bool isImplicit(const nlohmann::json& tile);

}  // namespace hashimichi::import::mesh
