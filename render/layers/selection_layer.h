#pragma once
#include <optional>

#include "geo/model/asset_ref.h"
#include "render/camera.h"
#include "render/layers/layer_props.h"
#include "render/prepared_town.h"
#include "render/silhouette.h"

namespace hashimichi::render {

/// What is cased: a feature of the town, by its index in the model, or a box (a sensor's column).
struct Cased {
  model::AssetKind kind = model::AssetKind::road;
  std::uint32_t index = 0;
  model::ObjectKind object = model::ObjectKind::other;  ///< of a city object
  Bounds box;
  exporting::Rgb colour;  ///< its own colour, drawn again within the casing
  bool marked = false;    ///< a bridge whose mark is drawn
};

/// White casing round one asset; its own colour stays. `width_px` shows beyond the asset on each side. The town must
/// outlive what is drawn of it.
class SelectionLayer : public LayerProps {
 public:
  explicit SelectionLayer(double width_px);
  void show(const PreparedTown& town, const std::optional<Cased>& cased);
  /// Outlines of solids depend on where one looks from.
  void look(const CameraPose& pose);

 private:
  void caseRoad(const PreparedTown& town, const Cased& cased);
  void caseSolid(const PreparedTown& town, const Cased& cased);
  void caseObject(const PreparedTown& town, const Cased& cased);
  void caseMark(const PreparedTown& town, const Cased& cased);
  void caseBox(const Bounds& box);

  Silhouette silhouette_;
  vtkActor &edges_, &axis_casing_, &outline_, &fill_, &axis_, &mark_casing_, &mark_border_, &mark_;
};

}  // namespace hashimichi::render
