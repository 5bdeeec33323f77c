#pragma once
#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "geo/core/problem.h"
#include "geo/core/result.h"

namespace hashimichi::import::mesh {

/// A 3D Tiles transformation, column by column as in the file.
struct TileTransform {
  std::array<double, 16> m{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
  Vec3d apply(Vec3d p) const;
  TileTransform times(const TileTransform& inner) const;
};

/// One file of geometry that is to be drawn.
struct TileContent {
  std::filesystem::path path;
  TileTransform transform;  ///< the tile's frame → earth-centred coordinates (EPSG:4978)
};

/// The tiles of a tileset on disk that together show it once, as finely as `byte_budget` allows.
struct ChosenTiles {
  std::string version;
  bool z_up = false;  ///< "gltfUpAxis": "Z" of old tilesets
  std::vector<TileContent> contents;
  std::size_t left_coarse = 0;  ///< tiles that would have been refined if the budget had allowed
};

/// Reads tileset.json (3D Tiles 1.0, 1.1) and the tilesets that it names. Coarse tiles give way to their children
/// (REPLACE) or stay with them (ADD); the tiles with the largest geometric error are refined first. Contents that are
/// not on disk, lie outside the tileset's folder, or are of a kind that holds no triangles (points, instances), are
/// reported and left out. Implicit tilings are read subtree by subtree.
///
/// @returns bad_input when it is none
Result<ChosenTiles> chooseTiles(const std::filesystem::path& tileset, std::uintmax_t byte_budget, Problems& problems);

}  // namespace hashimichi::import::mesh
