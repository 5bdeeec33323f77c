#pragma once
#include <memory>
#include <vector>

#include "geo/core/problem.h"
#include "render/prepared_town.h"

namespace hashimichi::render {

/// Faces that share one page, with texture coordinates on it; rgb carries the light only.
struct TexturedPart {
  std::size_t page = 0;
  Mesh mesh;
};

/// One dressed mesh once more, sorted by what its faces are drawn with.
struct DressedParts {
  std::vector<std::uint32_t> plain;  ///< triangles of the mesh without a picture, or whose picture could not be had
  std::vector<TexturedPart> textured;
};

/// The pictures of a town's faces: read from disk, made smaller where the budget wants it, packed side by side into
/// pages. Immutable; belongs to the town that it was made of.
struct TextureSet {
  struct Page {
    Image image;
    bool repeats = false;  ///< one picture whose coordinates run beyond it
  };
  PreparedTownPtr town;
  std::vector<Page> pages;
  DressedParts buildings, bridges;
  std::array<DressedParts, object_kind_count> objects;
  std::size_t pictures = 0, missing = 0;  ///< asked for; not there or not readable
  Problems problems;                      ///< one line for each missing picture, bounded as reports are
};
using TextureSetPtr = std::shared_ptr<const TextureSet>;

/// True when any face of the town has a picture.
bool hasTextures(const PreparedTown& town);

/// Pixels of all pages together, at most: 64 Mi pixels are 256 MiB here and less on the graphics card.
inline constexpr std::size_t texture_budget_px = std::size_t{64} << 20;

/// Any thread; reads on all processors. nullptr when cancelled. Never fails: what cannot be read stays plain.
TextureSetPtr loadTextures(const PreparedTownPtr& town, Progress& progress, std::size_t budget_px = texture_budget_px);

}  // namespace hashimichi::render
