#pragma once
#include <array>
#include <map>
#include <set>

#include "render/prepared_town.h"

namespace hashimichi::app {

/// How much of what a town holds; counted once, since panels draw every frame.
struct CityContents {
  std::array<std::size_t, render::object_kind_count> objects{};  ///< by ObjectKind
  std::map<render::LayerId, std::set<int>> lods;                 ///< of buildings, roads, bridges and each kind
  std::set<std::size_t> depth_classes;                           ///< of the hazard zones; exporting::depth_classes
  bool landslide_special = false, landslide = false;
  bool textures = false;  ///< any face with a picture

  std::set<int> allLods() const;
};
CityContents contentsOf(const model::CityModel& model);

}  // namespace hashimichi::app
