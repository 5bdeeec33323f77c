#pragma once
#include <optional>
#include <string>

#include "geo/model/attributes.h"
#include "geo/model/geometry.h"

namespace hashimichi::model {

struct Building {
  std::string id;
  std::string name;
  std::string source;
  Attributes attributes;
  Geometry geometry;                        ///< the highest LOD that could be read
  std::vector<Geometry> other_lods;         ///< the others, lowest first
  std::optional<double> measured_height_m;  ///< sentinels (−9999) read as unknown
  std::optional<int> year_built;            ///< sentinels (0001) read as unknown
};

/// 雪堆積場: where hauled snow goes.
struct SnowDumpSite {
  std::string id, name, source;
  Vec3d position;
  std::optional<double> capacity_m3;
  std::optional<double> fill_ratio;
  Attributes attributes;
};

}  // namespace hashimichi::model
