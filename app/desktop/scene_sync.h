#pragma once
#include "app/session/view_model.h"
#include "render/scene.h"

namespace hashimichi::app {

/// Keeps a Scene in step with the session's view: town, decision colours, sensors, selection, layers, theme. Only what
/// changed since the last call is handed on, so that an idle window uploads nothing.
class SceneSync {
 public:
  /// Returns true when a new town came in.
  bool apply(const ViewModel& view, render::Scene& scene);

 private:
  render::PreparedTownPtr town_;
  const assess::Ranking* ranking_ = nullptr;
  std::shared_ptr<const assess::Ranking> keep_;  ///< so that a new ranking never gets the old one's address
  std::vector<std::string> readings_;
  std::optional<model::AssetRef> selection_, hover_;
  std::set<render::LayerId> hidden_;
  void applyPoints(const ViewModel& view, render::Scene& scene, bool new_town);

  render::TextureSetPtr textures_;
  render::ResultShapesPtr result_;
  std::size_t result_column_ = 0;
  std::optional<render::PointStyle> point_style_;
  std::set<std::string> hidden_clouds_;
  std::shared_ptr<const ShownChange> change_;
  std::optional<ThemeId> theme_;
};

}  // namespace hashimichi::app
