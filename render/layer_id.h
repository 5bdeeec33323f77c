#pragma once
#include <map>
#include <optional>
#include <variant>

#include "geo/model/city_object.h"

namespace hashimichi::render {

/// `textures` are the pictures on buildings, bridges and objects, as `imagery` is the picture on the ground.
enum class Layer { terrain, imagery, textures, buildings, roads, bridges, points, sensors, labels };

/// What is shown and hidden on its own: a layer, or one kind of city object.
using LayerId = std::variant<Layer, model::ObjectKind>;

inline constexpr std::size_t object_kind_count = std::size(model::object_kinds);

/// Which level of detail is drawn. A feature that lacks the wanted one shows the nearest below, without any below the
/// nearest above: it never vanishes.
struct LodChoice {
  std::optional<int> all;       ///< nothing: the highest
  std::map<LayerId, int> each;  ///< by type, before `all`

  std::optional<int> of(LayerId type) const {
    const auto own = each.find(type);
    return own == each.end() ? all : std::optional(own->second);
  }
  bool operator==(const LodChoice&) const = default;
};

/// The shape that stands for a feature.
/// @param others  lowest first, as the model keeps them
const model::Geometry& shapeAt(std::optional<int> lod, const model::Geometry& highest,
                               const std::vector<model::Geometry>& others);

}  // namespace hashimichi::render
