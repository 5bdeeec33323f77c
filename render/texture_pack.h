#pragma once
#include <cstddef>
#include <vector>

namespace hashimichi::render {

/// Where a rectangle stands: page, and the place of its top left corner on it.
struct Packed {
  std::size_t page = 0;
  int x = 0, y = 0;
};
struct PageSize {
  int width = 0, height = 0;
};

/// Puts rectangles side by side onto pages of at most `side` × `side` pixels: tallest first, in rows. Rectangles larger
/// than a page are the caller's mistake.
/// @param pages  the pages' sizes come back here, no larger than what stands on them needs
std::vector<Packed> packRectangles(const std::vector<PageSize>& rectangles, int side, std::vector<PageSize>& pages);

}  // namespace hashimichi::render
