#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "geo/core/progress.h"
#include "geo/model/city_model.h"
#include "geo/points/node_store.h"
#include "render/layer_id.h"

namespace hashimichi::render {

class PickIndex;
struct DrawTable;
struct GroundTiles;

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

/// What the source covers a mesh's triangles with.
struct Dress {
  std::vector<std::uint32_t> textured;  ///< triangles with a picture, ascending
  std::vector<std::uint32_t> material;  ///< of the model, one for each of them
  std::vector<float> uv;                ///< 6 for each of them; t runs upwards
  std::vector<std::uint32_t> glass;     ///< triangles that let something through, ascending
  std::vector<std::uint8_t> alpha;      ///< one for each of them; 255 = opaque
};

/// Solids: every triangle is in the mesh in a plain colour, whatever it is covered with.
struct DressedMesh : Mesh {
  Dress dress;
  std::shared_ptr<const DrawTable> table;  ///< what a picture needs of it; nullptr: all of it
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

/// The city objects of one kind. Indices of features are those of model.objects.
struct ObjectShapes {
  DressedMesh solids;       ///< what has height, with the light in its colours
  Mesh zones;               ///< what lies flat, on the ground or above it
  Lines lines;              ///< lines, and the outlines of zones where the kind shows them
  std::vector<Mark> marks;  ///< points

  bool empty() const { return solids.triangles.empty() && zones.triangles.empty() && !lines.count() && marks.empty(); }
};

/// Everything a Scene needs, computed on a worker: meshes, terrain texture, point colours, labels. Immutable.
struct PreparedTown;
using PreparedTownPtr = std::shared_ptr<const PreparedTown>;

struct PreparedTown {
  model::CityModelPtr model;
  Bounds bounds;
  /// The ground as it is drawn (the model's, thinned to what can be drawn; a level plane where the model has none).
  model::Terrain ground;
  Mesh terrain, terrain_skirt, roads;
  std::shared_ptr<const GroundTiles> ground_tiles;  ///< the terrain once more, as it is drawn
  DressedMesh buildings, bridges;
  std::array<ObjectShapes, object_kind_count> objects;  ///< by ObjectKind
  Mesh bridge_decks;  ///< what carries a bridge's rank: the parts seen from above, unlit
  Lines road_axes;    ///< centre lines, or outlines where only a surface is known
  Lines road_edges;   ///< both sides of the carriageway: the casing
  std::vector<Mark> bridge_marks;
  std::shared_ptr<const Image> terrain_texture;  ///< imagery or a height tint, with the hillshade in it
  /// The coarse sample of each of the model's clouds, cut into pieces as an octree's nodes are.
  std::vector<std::vector<points::ResidentNodePtr>> point_samples;
  std::vector<Label> labels;
  std::shared_ptr<const PickIndex> pick_index;
  LodChoice lod;  ///< what it was prepared with
};

struct PrepareOptions {
  int texture_limit_px = 4096;  ///< bounds the longer side of the terrain's texture
  LodChoice lod{};
  PreparedTownPtr former{};  ///< of the same model: ground, imagery, points and names are taken from it
};

/// Any thread; works on all processors. nullptr when cancelled.
PreparedTownPtr prepareTown(const model::CityModelPtr& model, Progress& progress, const PrepareOptions& options = {});

}  // namespace hashimichi::render
