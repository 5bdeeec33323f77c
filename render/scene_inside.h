#pragma once
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>

#include <array>
#include <string>
#include <unordered_map>

#include "render/layers/bridge_layer.h"
#include "render/layers/label_layer.h"
#include "render/layers/object_layer.h"
#include "render/layers/pin_layer.h"
#include "render/layers/point_layer.h"
#include "render/layers/result_overlay.h"
#include "render/layers/road_layer.h"
#include "render/layers/road_snow_layer.h"
#include "render/layers/selection_layer.h"
#include "render/layers/sensor_layer.h"
#include "render/layers/terrain_layer.h"
#include "render/look_worker.h"
#include "render/scene.h"
#include "render/vtk/point_prop.h"

namespace hashimichi::render {

/// What a Scene keeps behind its public face; only Scene and Target look here (`insideOf`).
/// Flat zones cover each other in this order; what is above is also what the mouse means.
inline constexpr std::array zone_order{
    model::ObjectKind::land_use,    model::ObjectKind::urban_plan, model::ObjectKind::other,
    model::ObjectKind::generic,     model::ObjectKind::vegetation, model::ObjectKind::square,
    model::ObjectKind::track,       model::ObjectKind::water,      model::ObjectKind::waterway,
    model::ObjectKind::hazard_zone, model::ObjectKind::utility,    model::ObjectKind::railway,
    model::ObjectKind::tunnel,      model::ObjectKind::furniture,  model::ObjectKind::construction};
static_assert(zone_order.size() == object_kind_count);

/// Of the last picture, on the calling thread: choosing what is drawn, and drawing points and the town by our own ways.
struct FrameTimes {
  double choose_ms = 0, points_ms = 0, town_ms = 0;
};

/// A rectangle of a larger picture that is drawn by itself; without a whole, the picture is drawn in one go.
struct Tile {
  int left_px = 0, top_px = 0;  ///< of the whole; negative where it stands over its edge
  int whole_width_px = 0, whole_height_px = 0;

  explicit operator bool() const { return whole_width_px > 0; }
};

struct SceneInside {
  SceneInside();

  PreparedTownPtr town;
  CameraPose pose;
  Theme theme;
  bool changed = true;
  bool names_visible = true, textures_visible = true;
  TextureSetPtr textures;
  PageTextures pages;
  ResultShapesPtr result;
  FrameTimes times;

  vtkSmartPointer<vtkRenderer> renderer;
  TerrainLayer terrain;
  SolidsLayer buildings;
  RoadLayer roads;
  RoadSnowLayer road_snow;
  BridgeLayer bridges;
  std::array<ObjectLayer, object_kind_count> objects;  ///< by ObjectKind
  PointLayer points;
  ResultOverlay result_overlay;
  vtkSmartPointer<PointProp> point_prop;
  SensorLayer sensors;
  SelectionLayer selection{2}, hover{1};
  LabelLayer labels;
  PinLayer pins;

  Look look;
  std::optional<Instant> moment;
  std::optional<ViewFrom> view_from;
  LookWorker look_worker;
  std::optional<LookWish> wished;  ///< the newest, answered or not
  TownLookPtr worn;                ///< what the picture shows

  std::vector<int> road_bands;
  std::optional<model::AssetRef> selected, hovered;
  std::unordered_map<std::string, std::uint32_t> road_index, bridge_index, building_index, object_index;
  std::optional<bool> software;  ///< unknown until the first picture
  Tile tile;
  bool points_chosen = false;     ///< for the whole picture, while its tiles are drawn
  bool points_as_on_gpu = false;  ///< draws points through OpenGL even without a GPU, to compare both ways

  /// The layer's actors; nullptr for imagery, textures, names and points, which are switched otherwise.
  LayerProps* propsOf(LayerId layer);
  /// Pictures onto the solids, as they are wanted; uploads the pages when they are needed first.
  void dress();
  void indexAssets();
  /// Solids, then overlays: what lies upon something is drawn after it.
  void arrange();
  /// Whichever carries the decision lies on top of the other where they meet on a deck.
  bool bridgesOnTop() const { return bridges.showsDecision(); }
  void refreshSelection();
  std::optional<Cased> casedOf(const model::AssetRef& asset) const;
  void refreshLabels();
  /// Asks for what is wanted now, or takes it off at once where it is the town as it was prepared.
  void wishLook();
  void takeLook();
  void wearLook(TownLookPtr answer);
  bool coloursByAttribute() const;
  void clipTo(const std::optional<Bounds>& box);
  void keepAboveGround();
  /// Called by the target right before VTK draws.
  void beforeDraw(int width_px, int height_px, bool software);
  void applyCamera();
  void chooseWhatIsSeen(int width_px, int height_px);
  /// The part of the view that a tile of that size shows.
  void lookThroughTile(int width_px, int height_px);
  void nudgeOverlays(double near_m, double far_m);
};

}  // namespace hashimichi::render
