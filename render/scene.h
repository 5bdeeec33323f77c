#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/core/date_time.h"
#include "geo/export/palette.h"
#include "geo/model/asset_ref.h"
#include "render/camera.h"
#include "render/look.h"
#include "render/pin.h"
#include "render/point_style.h"
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
  std::optional<std::string> pin{};      ///< id of the pin that the mouse is on; then `asset` is empty
};

/// From where "what can be seen" is asked.
struct ViewFrom {
  Vec3d ground;  ///< local frame; the eye stands above the ground there
  double eye_height_m = 1.6;
  double reach_m = 500;

  bool operator==(const ViewFrom&) const = default;
};

/// How far the look has come, and what its legend says.
struct LookStatus {
  bool pending = false;  ///< a worker is still at it: the picture shows the former look
  /// Of the sun at the shown moment in the middle of the town, while Look::sun is set and a moment is known.
  std::optional<double> sun_elevation_deg, sun_azimuth_deg;
  bool night = false;  ///< the sun is down: calm light, no shadows
  /// Of the snow surface, while Look::snow is set and a moment is known: share of the ground with no station in reach
  /// or no recent reading (hatched), and the depths that occur on the rest.
  std::optional<double> snow_unknown_share, snow_least_cm, snow_most_cm;
  /// What the ground's colours run over, while GroundLook::heights is shown (metres, T.P. in Japan).
  std::optional<double> ground_low_m, ground_high_m;
  /// Share of the ground within reach that is seen, while a viewshed is shown.
  std::optional<double> seen_share;
};

struct Theme {
  exporting::Rgb sky_top{38, 46, 60}, sky_horizon{70, 80, 96};
};

/// A drawn point of a cloud.
struct PointHit {
  Vec3d point;                      ///< local frame; to the last digit of the survey where `exact`
  std::string cloud;                ///< id of the model's cloud
  std::optional<std::size_t> node;  ///< of the cloud's octree; nothing: a point of the coarse sample
  std::optional<Vec3d> source;      ///< in the survey's own CRS, x east, y north; where `exact`
  std::size_t index = 0;            ///< within the node as the octree's file orders it, or within the sample
  bool exact = false;               ///< false for the coarse sample, whose float32 coordinates err by a millimetre
  double distance_m = 0;            ///< from the eye along the ray
};

/// How far the picture of the clouds has come.
struct PointStatus {
  std::uint64_t drawn = 0;           ///< points of the last picture
  std::uint64_t budget = 0;          ///< what a picture may have at present
  std::uint64_t resident_bytes = 0;  ///< of the nodes in memory
  bool detail_complete = true;       ///< nothing is still on its way that the present view asks for
  bool whole = true;                 ///< false where the budget leaves out detail that is there
  /// What the legend's ramp of the present colour mode runs over, in the mode's unit.
  std::optional<double> range_low, range_high;
  std::string trouble;  ///< the first sentence about a node that cannot be read; empty: all is well
};

/// Signed distances in metres for points of the local frame, as many as there are points; NaN where unknown. Called
/// from workers, several at once.
using PointDistances = std::function<void(std::span<const Vec3d> points, std::span<float> distances_m)>;

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

  /// How the town is shown. What takes long (ground, light, shadows, snow) is computed on a worker; until it is there
  /// the former look stays, and changed() becomes true when it is. Kept when another town is shown.
  void setLook(const Look& look);
  const Look& look() const;
  /// The moment of sun and snow surface; until it is set there is neither.
  void setMoment(Instant at);
  /// Snow on the carriageway: cm per road (index as in model.roads), negative or NaN = unknown (hatched); empty: none.
  /// Shown with Look::snow: as the road's own colour while no ranks are shown, else as its casing.
  void setRoadSnow(std::span<const float> depth_cm);
  /// Tints the ground that is seen from there; nothing takes it away. On the worker, too.
  void setViewshed(const std::optional<ViewFrom>& from);
  /// All pins at once; an empty vector takes them away. Gone when another town is shown.
  void setPins(std::vector<Pin> pins);
  LookStatus lookStatus() const;
  /// Waits for the worker, at most so long, for pictures that are kept.
  void awaitLook(double within_s = 60);

  void setVisible(LayerId layer, bool visible);
  bool visible(LayerId layer) const;
  void setTheme(const Theme& theme);
  /// White casing of 2 px round the selected asset, half of it round the hovered one; never a recolouring.
  void setSelection(const std::optional<model::AssetRef>& asset);
  void setHover(const std::optional<model::AssetRef>& asset);

  void setCamera(const CameraPose& pose);
  const CameraPose& camera() const;

  /// Colours, sizes, what is hidden, budget and memory ceiling. Nothing is read again from disk.
  void setPointStyle(const PointStyle& style);
  const PointStyle& pointStyle() const;
  /// A cloud of the model, by its id; all are shown at first.
  void setCloudVisible(const std::string& cloud, bool visible);
  /// For PointColour::distance; an empty function takes them away. Kept until another town is shown.
  void setPointDistances(const std::string& cloud, PointDistances distances);
  /// The day that PointColour::survey_age counts from; until it is set, the newest survey of the town.
  void setPointAgeAt(Instant day);
  PointStatus pointStatus() const;
  /// The drawn point that is nearest to the eye within a few pixels of the mouse, in front of everything else that is
  /// drawn. May read one node of an octree.
  std::optional<PointHit> pickPoint(double x_px, double y_px, int width_px, int height_px) const;

  /// What lies under a pixel (origin top left) of a picture of that size: ray against the meshes on the processor, no
  /// GPU read.
  std::optional<Hit> pick(double x_px, double y_px, int width_px, int height_px) const;
  /// The picture's box of an asset, for "fit selection".
  Bounds boundsOf(const model::AssetRef& asset) const;

  /// True when something changed since the last draw: the window redraws the scene only then. True also while nodes
  /// of point clouds have arrived that the last picture lacks.
  bool changed() const;

 private:
  friend SceneInside& insideOf(Scene& scene);  // for Target, which draws it
  std::unique_ptr<SceneInside> inside_;
};

}  // namespace hashimichi::render
