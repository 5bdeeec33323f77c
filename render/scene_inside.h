#pragma once
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>

#include <string>
#include <unordered_map>

#include "render/layers/bridge_layer.h"
#include "render/layers/building_layer.h"
#include "render/layers/label_layer.h"
#include "render/layers/point_layer.h"
#include "render/layers/road_layer.h"
#include "render/layers/selection_layer.h"
#include "render/layers/sensor_layer.h"
#include "render/layers/terrain_layer.h"
#include "render/layers/water_layer.h"
#include "render/scene.h"

namespace hashimichi::render {

/// What a Scene keeps behind its public face; only Scene and Target look here (`insideOf`).
struct SceneInside {
  SceneInside();

  PreparedTownPtr town;
  CameraPose pose;
  Theme theme;
  bool changed = true;
  bool names_visible = true;

  vtkSmartPointer<vtkRenderer> renderer;
  TerrainLayer terrain;
  BuildingLayer buildings;
  RoadLayer roads;
  BridgeLayer bridges;
  WaterLayer water;
  PointLayer points;
  SensorLayer sensors;
  SelectionLayer selection{2}, hover{1};
  LabelLayer labels;

  std::vector<int> road_bands;
  std::optional<model::AssetRef> selected, hovered;
  std::unordered_map<std::string, std::uint32_t> road_index, bridge_index, building_index;
  /// Which kind of OpenGL the points were prepared for; unknown until the first picture.
  std::optional<bool> points_for_software;

  /// The layer's actors; nullptr for imagery and names, which are switched otherwise.
  LayerProps* propsOf(Layer layer);
  void indexAssets();
  /// Solids, then overlays: what lies upon something is drawn after it.
  void arrange();
  /// Whichever carries the decision lies on top of the other where they meet on a deck.
  bool bridgesOnTop() const { return bridges.showsDecision(); }
  void refreshSelection();
  std::optional<Cased> casedOf(const model::AssetRef& asset) const;
  void refreshLabels();
  void keepAboveGround();
  /// Called by the target right before VTK draws.
  void beforeDraw(int width_px, int height_px, bool software);
  void applyCamera();
  void nudgeOverlays(double near_m, double far_m);
};

}  // namespace hashimichi::render
