#pragma once
#include <imgui.h>

#include <memory>

#include "app/desktop/scene_sync.h"
#include "render/target.h"

namespace hashimichi::app {

/// Two moments in the centre of the window: the other one left, the time line's right, one camera for both. Beside each
/// other, or one over the other with an edge that the mouse drags. The other moment has a scene of its own, which
/// lives only while two are compared.
class Comparison {
 public:
  struct Area {
    ImVec2 position, size;
  };
  /// Where the viewport draws and takes the mouse: all of it, or the half that the mouse is over. Call before it
  /// draws: the swipe's edge takes the mouse first.
  Area begin(const ViewModel& view, CommandQueue& out, ImVec2 position, ImVec2 size, float scale);
  /// After the viewport has drawn. @param now_texture  OpenGL's name of its picture
  void draw(const ViewModel& view, const render::CameraPose& camera, unsigned now_texture, float scale);
  /// The other scene has something to show that its picture lacks.
  bool refining() const;

 private:
  bool ready(const ViewModel& view, ImVec2 size);
  void drawOther(const ViewModel& view, const render::CameraPose& camera);
  void caption(const ViewModel& view, const Area& area, Instant at, bool left, float scale) const;

  struct OtherScene {
    std::unique_ptr<render::Target> target;  // outlives the scene
    render::Scene scene;
    SceneSync sync{ShownMoment::other};
    int width_px = 0, height_px = 0;
    bool resized = true;
  };
  std::unique_ptr<OtherScene> other_;
  Area whole_{}, left_{}, right_{};
  bool mouse_left_ = false;
};

}  // namespace hashimichi::app
