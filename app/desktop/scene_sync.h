#pragma once
#include <optional>
#include <set>

#include "app/session/view_model.h"
#include "render/scene.h"

namespace hashimichi::app {

/// Which moment a scene shows: the time line's, or the one that it is compared with.
enum class ShownMoment { now, other };

/// Keeps a Scene in step with the session's view: town, decision colours, sensors, look, pins, selection, layers,
/// theme. Only what changed since the last call is handed on, so that an idle window uploads nothing.
class SceneSync {
 public:
  explicit SceneSync(ShownMoment moment = ShownMoment::now) : moment_(moment) {}

  /// Returns true when a new town came in.
  bool apply(const ViewModel& view, render::Scene& scene);

 private:
  using RankingPtr = std::shared_ptr<const assess::Ranking>;
  void applyTown(const ViewModel& view, render::Scene& scene);
  void applyDecision(const ViewModel& view, render::Scene& scene, bool new_town);
  void applyLook(const ViewModel& view, render::Scene& scene, bool new_town);
  void applyPoints(const ViewModel& view, render::Scene& scene, bool new_town);

  ShownMoment moment_;
  render::PreparedTownPtr town_;
  RankingPtr ranking_, snow_;  ///< kept, so that a new ranking never gets the old one's address
  std::vector<std::string> readings_;
  std::optional<model::AssetRef> selection_, hover_;
  std::set<render::LayerId> hidden_;

  std::optional<render::Look> look_;
  std::optional<Instant> at_;
  std::optional<render::ViewFrom> viewshed_;
  std::vector<project::Note> notes_;
  bool defects_ = false;  ///< whose pins are shown

  render::TextureSetPtr textures_;
  render::ResultShapesPtr result_;
  std::size_t result_column_ = 0;
  std::optional<render::PointStyle> point_style_;
  std::set<std::string> hidden_clouds_;
  std::shared_ptr<const ShownChange> change_;
  std::optional<ThemeId> theme_;
};

}  // namespace hashimichi::app
