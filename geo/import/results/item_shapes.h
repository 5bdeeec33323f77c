#pragma once
#include <string>
#include <vector>

#include "geo/import/cityjson/json_tree.h"
#include "geo/import/importer.h"

namespace hashimichi::import {

/// Items of one result layer [a city: 100,000 buildings; a simulation of 5 × 5 km at 10 m: 250,000 cells].
inline constexpr std::size_t result_item_limit = 1'000'000;

/// A ring of a JSON list of [x, y] pairs (or of x, y, z in a row, `stride` 3), without repeated points and closing one.
/// Empty where less than three points are left or one is no finite number. z is 0.
model::Ring ringFromPairs(cityjson::JsonValue pairs);
model::Ring ringFromTriples(cityjson::JsonValue numbers);

/// How the building of a footprint stands. `above_ground`: heights count from the ground, wherever that lies.
struct Storey {
  double base_m = 0, top_m = 0;
  bool above_ground = false;
};

/// What the layer keeps of a building: its footprint at the top (roof) and at the base (ground); walls are drawn
/// between them. Geometry::has_height is false where the heights count from the ground.
void raise(model::Geometry& footprints, const Storey& storey);

/// Source coordinates, east first, of all items into the local frame; shapes that cannot be placed are emptied and
/// reported.
/// @param crs     what the file states; empty: assumed from the coordinates
/// @returns bad_crs where the file lies nowhere near the project
Status placeItems(std::vector<model::ResultLayer::Item>& items, const std::string& crs,
                  const std::filesystem::path& path, Context& context);

/// Makes an id of this file's items unique: "7", "7#2", …; false when it had come before.
class UniqueIds {
 public:
  bool take(std::string& id);

 private:
  std::map<std::string, std::size_t> seen_;
};

}  // namespace hashimichi::import
