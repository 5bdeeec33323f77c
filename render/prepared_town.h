#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "geo/core/progress.h"
#include "geo/model/city_model.h"

namespace hashimichi::render {

class PickIndex;

/// Triangles of one layer, ready for the graphics card. Local frame, float32 (the frame's origin keeps them exact).
struct Mesh {
  std::vector<float> xyz;                ///< 3 per vertex
  std::vector<float> uv;                 ///< 2 per vertex, empty without texture; v runs northwards
  std::vector<std::uint8_t> rgb;         ///< 3 per vertex, light baked in; empty = the scene colours by feature alone
  std::vector<std::uint32_t> triangles;  ///< 3 per triangle; a vertex belongs to one feature only
  std::vector<std::uint32_t> feature;    ///< per triangle: index of the feature in its vector of the model

  std::size_t vertexCount() const { return xyz.size() / 3; }
  std::size_t triangleCount() const { return triangles.size() / 3; }
};

/// Lines that keep a width in pixels whatever the distance.
struct Lines {
  std::vector<float> xyz;              ///< 3 per vertex
  std::vector<std::uint32_t> first;    ///< first vertex of each line; one more entry than lines, or empty
  std::vector<std::uint32_t> feature;  ///< per line

  std::size_t count() const { return feature.size(); }
};

struct Image {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgba;  ///< 4 per pixel, top row first
};

/// A name that stands in the town.
struct Label {
  Vec3d anchor;
  std::string text;
  int priority = 0;                                          ///< larger is kept when labels collide
  double reach_m = std::numeric_limits<double>::infinity();  ///< shown only from nearer than this
};

/// A symbol of constant size in pixels, for what is too small to be seen from afar.
struct Mark {
  Vec3d position;
  std::uint32_t feature = 0;
};

/// Everything a Scene needs, computed on a worker: meshes, terrain texture, point colours, labels. Immutable.
struct PreparedTown {
  model::CityModelPtr model;
  Bounds bounds;
  /// The ground as it is drawn (the model's, thinned to what can be drawn; a level plane where the model has none).
  model::Terrain ground;
  Mesh terrain, terrain_skirt, buildings, roads, bridges, water;
  Mesh bridge_decks;  ///< what carries a bridge's rank: the parts seen from above, unlit
  Lines road_axes;    ///< centre lines, or outlines where only a surface is known
  Lines road_edges;   ///< both sides of the carriageway: the casing
  std::vector<Mark> bridge_marks;
  Image terrain_texture;  ///< imagery or a height tint, with the hillshade in it
  std::vector<float> point_xyz;
  std::vector<std::uint8_t> point_rgb;
  std::vector<Label> labels;
  std::shared_ptr<const PickIndex> pick_index;
};
using PreparedTownPtr = std::shared_ptr<const PreparedTown>;

/// Any thread. `texture_limit_px` bounds the longer side of the terrain texture. nullptr when cancelled.
PreparedTownPtr prepareTown(const model::CityModelPtr& model, Progress& progress, int texture_limit_px = 4096);

}  // namespace hashimichi::render
