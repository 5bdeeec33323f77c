#include "app/desktop/viewport.h"

#include <GLFW/glfw3.h>

#include <array>
#include <chrono>
#include <cmath>

#include "app/desktop/steering.h"

namespace hashimichi::app {
namespace {

/// Less movement than this between press and release is a click, not a drag.
constexpr float click_tolerance_px = 4;
constexpr double zoom_per_notch = 0.85, zoom_per_dragged_pixel = 1.006;

/// A thing is looked at together with what stands round it.
constexpr double surroundings_m = 60;

Bounds withSurroundings(Bounds bounds) {
  if (bounds.empty()) return bounds;
  const Vec3d margin{surroundings_m, surroundings_m, 0};
  return {bounds.low - margin, bounds.high + margin};
}

bool isClick(ImVec2 a, ImVec2 b) {
  return std::fabs(a.x - b.x) <= click_tolerance_px && std::fabs(a.y - b.y) <= click_tolerance_px;
}

}  // namespace

Result<std::unique_ptr<Viewport>> Viewport::create(Window& window) {
  std::unique_ptr<Viewport> viewport(new Viewport);
  GLFWwindow* handle = window.handle();
  Result<std::unique_ptr<render::Target>> target = render::Target::inContext(
      [handle] { glfwMakeContextCurrent(handle); }, [handle] { return glfwGetCurrentContext() == handle; }, 640, 400);
  if (!target) return target.error();
  viewport->target_ = std::move(*target);
  viewport->renderer_ = viewport->target_->renderer();
  return viewport;
}

void Viewport::fly(const FlyTo& wanted, const ViewModel& view) {
  if (!scene_.town()) return;
  const double aspect = height_px_ > 0 ? static_cast<double>(width_px_) / height_px_ : 1.6;
  const render::CameraPose from = scene_.camera();
  render::CameraPose to = from;
  switch (wanted.viewpoint) {
    case Viewpoint::home:
      to = *render::cameraFrom("overview", scene_.town()->bounds, aspect);
      break;
    case Viewpoint::north_up:
      to.azimuth_deg = 0;
      break;
    case Viewpoint::top:
      to.azimuth_deg = 0, to.elevation_deg = 90;
      break;
    case Viewpoint::pose:
      to = wanted.pose;
      break;
    case Viewpoint::selection:
      if (view.selection)
        to = render::fit(from, withSurroundings(scene_.boundsOf(*view.selection)), aspect);
      else
        to = *render::cameraFrom("overview", scene_.town()->bounds, aspect);
      break;
  }
  to.orthographic = from.orthographic;
  flight_.emplace(from, to);
}

void Viewport::draw(const ViewModel& view, CommandQueue& out, ImVec2 position, ImVec2 size, double seconds_since_last) {
  // Pixels of the screen, which are finer than the window's own units on some systems.
  const ImVec2 fine = ImGui::GetIO().DisplayFramebufferScale;
  const int width = std::max(16, static_cast<int>(size.x * fine.x));
  const int height = std::max(16, static_cast<int>(size.y * fine.y));
  if (width != width_px_ || height != height_px_) {
    target_->resize(width_px_ = width, height_px_ = height);
    resized_ = true;
  }
  if (sync_.apply(view, scene_) && !drew_town_)
    scene_.setCamera(*render::cameraFrom("overview", scene_.town()->bounds, static_cast<double>(width) / height));
  if (!scene_.town()) return;
  steer(view, out, position, size);
  if (flight_) {
    scene_.setCamera(flight_->advance(seconds_since_last));
    if (flight_->finished()) flight_.reset();
  }
  if (render::CameraPose pose = scene_.camera(); pose.orthographic != view.orthographic) {
    pose.orthographic = view.orthographic;
    scene_.setCamera(pose);
  }
  drawScene();
  const auto texture = reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(target_->colourTexture()));
  ImGui::GetWindowDrawList()->AddImage(texture, position, {position.x + size.x, position.y + size.y}, {0, 1}, {1, 0});
}

void Viewport::drawScene() {
  if (!scene_.changed() && !resized_) return;
  const auto began = std::chrono::steady_clock::now();
  target_->draw(scene_);
  last_draw_ms_ = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
  drew_town_ = true;
  resized_ = false;
}

std::optional<render::Hit> Viewport::hitAt(ImVec2 mouse, ImVec2 position) const {
  const ImVec2 fine = ImGui::GetIO().DisplayFramebufferScale;
  return scene_.pick((mouse.x - position.x) * fine.x, (mouse.y - position.y) * fine.y, width_px_, height_px_);
}

void Viewport::steer(const ViewModel& view, CommandQueue& out, ImVec2 position, ImVec2 size) {
  ImGui::SetCursorScreenPos(position);
  ImGui::InvisibleButton(
      "town", size,
      ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight | ImGuiButtonFlags_MouseButtonMiddle);
  const ImGuiIO& io = ImGui::GetIO();
  const bool was_pointing = pointing_;
  pointing_ = ImGui::IsItemHovered();
  if (pointing_ && io.MouseWheel != 0) {
    flight_.reset();
    const std::optional<render::Hit> hit = hitAt(io.MousePos, position);
    zoom(hit ? std::optional(hit->point) : std::nullopt, std::pow(zoom_per_notch, static_cast<double>(io.MouseWheel)));
  }
  if (pointing_) press(view, position);
  drag(size);
  release(view, out, position);
  if (pointing_ && dragging_ < 0) {
    const bool twice = ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
    if (twice && view.points.tool == PointTool::none) out.push(FlyTo{Viewpoint::selection, {}});
    point(view, out, position);
  } else if (was_pointing && !pointing_) {
    ground_.reset();
    picked_at_ = {-1, -1};
    if (view.hover) out.push(HoverAsset{std::nullopt});
  }
}

void Viewport::zoom(std::optional<Vec3d> towards, double factor) {
  setPose(render::zoomAt(scene_.camera(), towards.value_or(scene_.camera().target), factor));
}

void Viewport::setPose(render::CameraPose pose) {
  scene_.setCamera(aboveGround(pose, scene_.town()->ground));
}

void Viewport::press(const ViewModel& view, ImVec2 position) {
  const ImGuiIO& io = ImGui::GetIO();
  constexpr std::array buttons{MouseButton::left, MouseButton::right, MouseButton::middle};
  for (int button = 0; button < static_cast<int>(buttons.size()); ++button) {
    if (!ImGui::IsMouseClicked(button)) continue;
    dragging_ = button;
    drag_ = dragOf(view.mouse, buttons[static_cast<std::size_t>(button)], io.KeyShift, io.KeyCtrl);
    pressed_at_ = io.MousePos;
    flight_.reset();
    const std::optional<render::Hit> hit = hitAt(pressed_at_, position);
    grasped_ = hit ? std::optional(hit->point) : std::nullopt;
    // What is moved is brought along under the cursor however near it is.
    if (grasped_ && drag_ == Drag::pan) scene_.setCamera(render::turnAbout(scene_.camera(), *grasped_));
  }
}

void Viewport::drag(ImVec2 size) {
  if (dragging_ < 0 || !ImGui::IsMouseDown(dragging_)) return;
  const ImGuiIO& io = ImGui::GetIO();
  if (io.MouseDelta.x == 0 && io.MouseDelta.y == 0) return;
  if (isClick(io.MousePos, pressed_at_)) return;
  const double dx = io.MouseDelta.x, dy = io.MouseDelta.y;
  if (drag_ == Drag::orbit) setPose(orbitAbout(scene_.camera(), grasped_.value_or(scene_.camera().target), dx, dy));
  if (drag_ == Drag::pan) setPose(render::pan(scene_.camera(), dx, dy, size.y));
  if (drag_ == Drag::zoom) zoom(grasped_, std::pow(zoom_per_dragged_pixel, dy));
}

std::optional<render::PointHit> Viewport::pointAt(ImVec2 mouse, ImVec2 position) const {
  const ImVec2 fine = ImGui::GetIO().DisplayFramebufferScale;
  return scene_.pickPoint((mouse.x - position.x) * fine.x, (mouse.y - position.y) * fine.y, width_px_, height_px_);
}

/// With a tool a click means a place, best a point of a survey; without one the thing that lies there.
void Viewport::click(const ViewModel& view, CommandQueue& out, ImVec2 mouse, ImVec2 position) const {
  if (view.points.tool != PointTool::none) {
    const std::optional<render::PointHit> point = pointAt(mouse, position);
    if (point) {
      out.push(PointCommand{AddPick{point->point, point}});
      return;
    }
  }
  const std::optional<render::Hit> hit = hitAt(mouse, position);
  if (view.points.tool == PointTool::none)
    out.push(SelectAsset{hit ? hit->asset : std::nullopt});
  else if (hit)
    out.push(PointCommand{AddPick{hit->point}});
}

void Viewport::release(const ViewModel& view, CommandQueue& out, ImVec2 position) {
  if (dragging_ < 0 || ImGui::IsMouseDown(dragging_)) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool clicked = dragging_ == ImGuiMouseButton_Left && isClick(mouse, pressed_at_);
  const bool asked = dragging_ == ImGuiMouseButton_Right && isClick(mouse, pressed_at_);
  dragging_ = -1;
  if (const auto hit = asked ? hitAt(mouse, position) : std::nullopt) {
    out.push(FindCommand{AskPlace{hit->point}});
    out.push(ShowWindow{WindowId::place, true});
  }
  if (!clicked) return;
  click(view, out, mouse, position);
}

void Viewport::point(const ViewModel& view, CommandQueue& out, ImVec2 position) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (mouse.x == picked_at_.x && mouse.y == picked_at_.y && !flight_) return;
  picked_at_ = mouse;
  const std::optional<render::Hit> hit = hitAt(mouse, position);
  ground_ = hit ? std::optional(hit->point) : std::nullopt;
  const std::optional<model::AssetRef> under = hit ? hit->asset : std::nullopt;
  if (under != view.hover) out.push(HoverAsset{under});
}

}  // namespace hashimichi::app
