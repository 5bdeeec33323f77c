#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "geo/core/progress.h"
#include "geo/model/city_model.h"

namespace hashimichi::render {

/// Triangles of one layer, ready for the graphics card. Local frame, float32 (the frame's origin keeps them exact).
struct Mesh {
  std::vector<float> xyz;                ///< 3 per vertex
  std::vector<float> uv;                 ///< 2 per vertex, empty without texture
  std::vector<std::uint32_t> triangles;  ///< 3 per triangle
  std::vector<std::uint32_t> feature;    ///< per triangle: index of the feature in its vector of the model
};

struct Image {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgba;  ///< 4 per pixel, top row first
};

/// A name that stands in the town.
struct Label {
  Vec3d anchor;
  std::string text;
  int priority = 0;  ///< larger is kept when labels collide
};

/// Everything a Scene needs, computed on a worker: meshes, terrain texture, point colours, labels. Immutable.
struct PreparedTown {
  model::CityModelPtr model;
  Bounds bounds;
  Mesh terrain, buildings, roads, bridges, water;
  Image terrain_texture;  ///< imagery over a hillshade; empty without imagery
  std::vector<float> point_xyz;
  std::vector<std::uint8_t> point_rgb;
  std::vector<Label> labels;
};
using PreparedTownPtr = std::shared_ptr<const PreparedTown>;

/// Any thread. `texture_limit_px` bounds the longer side of the terrain texture.
PreparedTownPtr prepareTown(const model::CityModelPtr& model, Progress& progress, int texture_limit_px = 4096);

}  // namespace hashimichi::render
