#pragma once
#include <memory>

#include "app/desktop/scene_sync.h"
#include "render/tiled_picture.h"

namespace hashimichi::app {

/// Draws a film beside the window's own picture, a tile a frame, with a scene of its own as the town stood when the
/// film began; the window stays in hand meanwhile.
class FilmRun {
 public:
  void step(const ViewModel& view);
  bool running() const { return reel_ != nullptr; }

 private:
  bool begin(const ViewModel& view);
  void drop();

  std::shared_ptr<FilmReel> reel_;
  std::unique_ptr<render::Target> target_;  // outlives the scene
  std::unique_ptr<render::Scene> scene_;
  std::unique_ptr<render::TiledPicture> picture_;  // gone before the scene
  std::size_t next_ = 0;
};

}  // namespace hashimichi::app
