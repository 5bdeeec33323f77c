#include "render/texture_pack.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace hashimichi::render {

std::vector<Packed> packRectangles(const std::vector<PageSize>& rectangles, int side, std::vector<PageSize>& pages) {
  std::vector<std::size_t> order(rectangles.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order,
                           [&](std::size_t a, std::size_t b) { return rectangles[a].height > rectangles[b].height; });
  std::vector<Packed> packed(rectangles.size());
  int x = 0, row_top = 0, row_height = 0;
  pages.clear();
  for (const std::size_t i : order) {
    const auto& [width, height] = rectangles[i];
    assert(width <= side && height <= side);
    if (x + width > side) x = 0, row_top += row_height, row_height = 0;
    if (pages.empty() || row_top + height > side) {
      pages.emplace_back();
      x = row_top = row_height = 0;
    }
    packed[i] = {pages.size() - 1, x, row_top};
    x += width;
    row_height = std::max(row_height, height);
    pages.back().width = std::max(pages.back().width, x);
    pages.back().height = std::max(pages.back().height, row_top + height);
  }
  return packed;
}

}  // namespace hashimichi::render
