#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/export/palette.h"
#include "geo/model/asset_ref.h"
#include "render/camera.h"
#include "render/prepared_town.h"
#include "render/result_shapes.h"
#include "render/texture_set.h"

namespace hashimichi::render {

/// A sensor as it stands in the picture: a column with its value written on top.
struct SensorReading {
  std::string station_id, text;  ///< "34 cm"
  double value = 0;              ///< column height follows it
  bool usable = true;            ///< false: drawn hatched grey, never as 0
};

/// What the mouse points at.
struct Hit {
  std::optional<model::AssetRef> asset;  ///< empty on bare ground
  Vec3d point;                           ///< local frame
};

struct Theme {
  exporting::Rgb sky_top{38, 46, 60}, sky_horizon{70, 80, 96};
};

struct SceneInside;

/// The picture of one town. Main thread only; VTK objects live behind it.
///
/// Ranks are drawn unlit, so that they equal the legend; terrain and buildings stay desaturated beneath them.
class Scene {
 public:
  Scene();
  ~Scene();
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  /// Uploads what a worker prepared; the former town is dropped.
  void show(PreparedTownPtr town);
  const PreparedTownPtr& town() const;

  /// Colour per road (index as in model.roads) and per bridge; an empty span means "no decision shown": neutral grey.
  /// Band 0 (held, not assessed) is hatched grey. Only colours are uploaded again. While roads carry bands, bridges
  /// stay neutral: two decisions in one picture would give a colour two meanings.
  void setRoadBands(std::span<const int> bands);
  void setBridgeSoundness(std::span<const assets::Soundness> soundness);
  void setBridgeBands(std::span<const int> bands);
  void setSensors(std::vector<SensorReading> readings);

  /// Pictures of the shown town's faces; those of another town, and nullptr, take them off.
  void setTextures(TextureSetPtr textures);

  /// A result of another program at a column of its times (ResultLayer::gap: none holds); of another town, and nullptr:
  /// takes it off. Beside the decision: roads and bridges keep their colours, and lie on top.
  void setResult(ResultShapesPtr result, std::size_t column);

  void setVisible(LayerId layer, bool visible);
  bool visible(LayerId layer) const;
  void setTheme(const Theme& theme);
  /// White casing of 2 px round the selected asset, half of it round the hovered one; never a recolouring.
  void setSelection(const std::optional<model::AssetRef>& asset);
  void setHover(const std::optional<model::AssetRef>& asset);

  void setCamera(const CameraPose& pose);
  const CameraPose& camera() const;

  /// What lies under a pixel (origin top left) of a picture of that size: ray against the meshes on the processor, no
  /// GPU read.
  std::optional<Hit> pick(double x_px, double y_px, int width_px, int height_px) const;
  /// The picture's box of an asset, for "fit selection".
  Bounds boundsOf(const model::AssetRef& asset) const;

  /// True when something changed since the last draw: the window redraws the scene only then.
  bool changed() const;

 private:
  friend SceneInside& insideOf(Scene& scene);  // for Target, which draws it
  std::unique_ptr<SceneInside> inside_;
};

}  // namespace hashimichi::render
