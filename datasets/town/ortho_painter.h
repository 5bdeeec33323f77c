#pragma once
#include <vector>

#include "datasets/town/town_parts.h"

namespace hashimichi::datasets {

/// A band of rows of the orthophoto; row 0 is its northern edge.
struct Strip {
  double west = 0, north = 0, pixel_m = 1;
  int columns = 0, rows = 0;
  std::vector<Rgb> pixels;
  Rgb& at(int column, int row) {
    return pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column)];
  }
};

/// Fields, woods, yards, river: everything that is not a thing of its own. Early winter, thin snow in places.
void paintGround(Strip& strip, const Town& town);
/// Canals, roads, bridges, trees, buildings with their shadows, in that order.
void paintThings(Strip& strip, const Town& town);

}  // namespace hashimichi::datasets
