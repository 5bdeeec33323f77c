#pragma once
#include <string_view>

#include "geo/model/city_object.h"
#include "geo/model/geometry.h"

namespace hashimichi::import::cityjson {

/// What a city object becomes in the model.
enum class Role {
  building,
  road,
  bridge,
  object,
  relief,   ///< TINRelief: ground
  inside,   ///< rooms, storeys, furniture: not read
  unknown,  ///< no type of the standard: kept as an object
};

struct ObjectType {
  Role role = Role::unknown;
  model::ObjectKind kind = model::ObjectKind::other;
  /// Installations and constructive elements: they follow the level of detail of the body they stand on.
  bool attachment = false;
};
/// By the standard's name, 1.0 to 2.0; types of extensions ("+…") are objects.
ObjectType objectTypeOf(std::string_view type);

/// What a face is part of by its semantic type, as a part of this kind of feature.
model::SurfaceKind surfaceKindOf(std::string_view semantic_type, Role role);

}  // namespace hashimichi::import::cityjson
