#pragma once
#include <imgui.h>

#include <memory>
#include <optional>

#include "app/desktop/flight.h"
#include "app/desktop/mouse_preset.h"
#include "app/desktop/scene_sync.h"
#include "app/desktop/window.h"
#include "app/session/view_model.h"
#include "render/target.h"

namespace hashimichi::app {

/// The centre of the window: the town, and the mouse in it.
///
/// What a drag does is the person's choice (mouse_preset.h): it turns about the point under the cursor, moves the
/// ground under it, or comes nearer to it. The wheel zooms to the cursor, a click picks, a double click flies there.
/// The eye stays above the ground, and up stays up. The scene is drawn only when something changed; otherwise the last
/// picture is shown again, which keeps the window alive on software OpenGL.
class Viewport {
 public:
  static Result<std::unique_ptr<Viewport>> create(Window& window);

  /// Draws the town into the rectangle (window pixels) and turns the mouse into commands.
  void draw(const ViewModel& view, CommandQueue& out, ImVec2 position, ImVec2 size, double seconds_since_last);
  /// Acts on a flight that the session wants.
  void fly(const FlyTo& flight, const ViewModel& view);
  /// The last picture of the town.
  render::Image picture() { return target_->read(); }
  std::optional<Vec3d> groundUnderCursor() const { return ground_; }
  const render::CameraPose& camera() const { return scene_.camera(); }
  const std::string& renderer() const { return renderer_; }
  render::PointStatus pointStatus() const { return scene_.pointStatus(); }
  render::LookStatus lookStatus() const { return scene_.lookStatus(); }
  /// OpenGL's name of the last picture.
  unsigned texture() const { return target_->colourTexture(); }
  /// The mouse is over the town, and over nothing that covers it.
  bool pointing() const { return pointing_; }
  bool flying() const { return flight_.has_value(); }
  /// Detail of point clouds is on its way, or there and not yet drawn.
  bool refining() const { return drew_town_ && (scene_.changed() || !scene_.pointStatus().detail_complete); }
  /// True once a complete picture of a town has been drawn.
  bool drewTown() const { return drew_town_; }
  double lastDrawMs() const { return last_draw_ms_; }

 private:
  Viewport() = default;
  void drawScene();
  void steer(const ViewModel& view, CommandQueue& out, ImVec2 position, ImVec2 size);
  void press(const ViewModel& view, ImVec2 position);
  void drag(ImVec2 size);
  void zoom(std::optional<Vec3d> towards, double factor);
  /// Every pose that the mouse makes goes through here.
  void setPose(render::CameraPose pose);
  void release(const ViewModel& view, CommandQueue& out, ImVec2 position);
  void click(const ViewModel& view, CommandQueue& out, ImVec2 mouse, ImVec2 position) const;
  std::optional<render::PointHit> pointAt(ImVec2 mouse, ImVec2 position) const;
  void point(const ViewModel& view, CommandQueue& out, ImVec2 position);
  std::optional<render::Hit> hitAt(ImVec2 mouse, ImVec2 position) const;

  std::unique_ptr<render::Target> target_;  // outlives the scene
  render::Scene scene_;
  SceneSync sync_;
  std::string renderer_;
  std::optional<Flight> flight_;
  std::optional<Vec3d> ground_;
  ImVec2 pressed_at_{}, picked_at_{-1, -1};
  int dragging_ = -1;
  Drag drag_ = Drag::none;
  std::optional<Vec3d> grasped_;  ///< the point that was under the cursor when the drag began
  int width_px_ = 0, height_px_ = 0;
  bool resized_ = true, pointing_ = false, drew_town_ = false;
  double last_draw_ms_ = 0;
};

}  // namespace hashimichi::app
