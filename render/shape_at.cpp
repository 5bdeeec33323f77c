#include "render/layer_id.h"

namespace hashimichi::render {

const model::Geometry& shapeAt(std::optional<int> lod, const model::Geometry& highest,
                               const std::vector<model::Geometry>& others) {
  if (!lod || others.empty()) return highest;
  const model::Geometry *below = nullptr, *above = nullptr;
  const auto offer = [&](const model::Geometry& shape) {
    if (shape.empty()) return;
    if (shape.lod <= *lod && (!below || shape.lod > below->lod)) below = &shape;
    if (shape.lod > *lod && (!above || shape.lod < above->lod)) above = &shape;
  };
  offer(highest);
  for (const model::Geometry& shape : others) offer(shape);
  return below ? *below : above ? *above : highest;
}

}  // namespace hashimichi::render
