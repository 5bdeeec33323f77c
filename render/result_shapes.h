#pragma once
#include <memory>
#include <string>
#include <vector>

#include "geo/export/palette.h"
#include "geo/model/result_merge.h"
#include "render/prepared_town.h"

namespace hashimichi::render {

/// A result of another program as it is drawn over one prepared town, without its colours: those follow the time.
/// Immutable.
///
/// A building of the model that the result speaks of is coloured itself; what is no feature of the model stands as the
/// result's own shape: a block where it has heights (above the ground where Geometry::has_height is false), an area
/// laid on the ground, or a point.
struct ResultShapes {
  PreparedTownPtr town;
  std::size_t index = 0;  ///< of the layer in model.results
  model::ResultClasses classes;
  std::vector<std::uint32_t> item_of_building;  ///< by building; `none` where the result says nothing of it
  std::vector<std::uint8_t> building_shade;     ///< by triangle of town->buildings: 255 for what is seen from above
  Mesh blocks, areas;                           ///< features are items
  std::vector<std::uint8_t> block_shade;        ///< by triangle of blocks
  std::vector<Mark> points;                     ///< features are items
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  const model::ResultLayer& layer() const { return town->model->results[index]; }
};
using ResultShapesPtr = std::shared_ptr<const ResultShapes>;

/// Any thread. nullptr when the town has no layer of that id, or when cancelled.
ResultShapesPtr prepareResult(const PreparedTownPtr& town, const std::string& id, Progress& progress);

/// What an item's colour is at a moment: its class's, or no_data for a gap.
/// @param column  ResultLayer::gap for a moment of which the result says nothing
exporting::Rgb resultColourOf(const ResultShapes& shapes, std::uint32_t item, std::size_t column);
bool isGap(const ResultShapes& shapes, std::uint32_t item, std::size_t column);

}  // namespace hashimichi::render
