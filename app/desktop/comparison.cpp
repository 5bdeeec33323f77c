#include "app/desktop/comparison.h"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <cmath>

#include "app/desktop/theme.h"
#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

constexpr float edge_px = 8;  ///< how wide the swipe's edge is for the mouse

bool same(const render::CameraPose& a, const render::CameraPose& b) {
  return a.target == b.target && a.distance_m == b.distance_m && a.azimuth_deg == b.azimuth_deg &&
         a.elevation_deg == b.elevation_deg && a.orthographic == b.orthographic && a.view_angle_deg == b.view_angle_deg;
}

ImTextureID idOf(unsigned texture) {
  return reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(texture));
}

/// The lower right corner.
ImVec2 endOf(const Comparison::Area& area) {
  return {area.position.x + area.size.x, area.position.y + area.size.y};
}

}  // namespace

Comparison::Area Comparison::begin(const ViewModel& view, CommandQueue& out, ImVec2 position, ImVec2 size,
                                   float scale) {
  whole_ = left_ = right_ = {position, size};
  if (view.look.compare == CompareView::none) {
    other_.reset();
    return whole_;
  }
  const bool swipe = view.look.compare == CompareView::swipe;
  const float split = swipe ? static_cast<float>(view.look.split) : 0.5F, at = std::round(size.x * split);
  left_.size.x = at;
  right_ = {{position.x + at, position.y}, {size.x - at, size.y}};
  if (!swipe) {
    // Both halves are of one size, and a drag stays in the half where it began.
    left_.size.x = right_.size.x = std::floor(size.x / 2);
    if (!ImGui::IsAnyMouseDown()) mouse_left_ = ImGui::GetIO().MousePos.x < right_.position.x;
    return mouse_left_ ? left_ : right_;
  }
  const float edge = edge_px * scale;
  ImGui::SetCursorScreenPos({position.x + at - edge / 2, position.y});
  ImGui::InvisibleButton("swipe", {edge, size.y});
  if (ImGui::IsItemHovered() || ImGui::IsItemActive()) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (ImGui::IsItemActive() && ImGui::GetIO().MouseDelta.x != 0) {
    const double wanted = static_cast<double>((ImGui::GetIO().MousePos.x - position.x) / std::max(1.0F, size.x));
    out.push(LookCommand{SetMomentComparison{CompareView::swipe, std::nullopt, wanted}});
  }
  return whole_;
}

bool Comparison::ready(const ViewModel& view, ImVec2 size) {
  if (!view.town) return false;
  const ImVec2 fine = ImGui::GetIO().DisplayFramebufferScale;
  const int width = std::max(16, static_cast<int>(size.x * fine.x)),
            height = std::max(16, static_cast<int>(size.y * fine.y));
  if (!other_) {
    GLFWwindow* handle = glfwGetCurrentContext();
    Result<std::unique_ptr<render::Target>> target =
        render::Target::inContext([handle] { glfwMakeContextCurrent(handle); },
                                  [handle] { return glfwGetCurrentContext() == handle; }, width, height);
    if (!target) return false;
    other_ = std::make_unique<OtherScene>();
    other_->target = std::move(*target);
  }
  if (width != other_->width_px || height != other_->height_px) {
    other_->target->resize(other_->width_px = width, other_->height_px = height);
    other_->resized = true;
  }
  return true;
}

void Comparison::drawOther(const ViewModel& view, const render::CameraPose& camera) {
  other_->sync.apply(view, other_->scene);
  if (!same(camera, other_->scene.camera())) other_->scene.setCamera(camera);
  if (!other_->scene.changed() && !other_->resized) return;
  other_->target->draw(other_->scene);
  other_->resized = false;
}

bool Comparison::refining() const {
  return other_ && (other_->scene.changed() || !other_->scene.pointStatus().detail_complete);
}

/// The moment in a corner of its side, and whether it was observed.
void Comparison::caption(const ViewModel& view, const Area& area, Instant at, bool left, float scale) const {
  const Palette& colours = paletteOf(view.theme);
  const char* const tense = at <= view.time_now ? "moment.observed" : "moment.forecast";
  const std::string words = formatJst(at) + "  " + say(view, tense);
  const ImVec2 extent = ImGui::CalcTextSize(words.c_str());
  const float margin = 10 * scale, pad = 5 * scale;
  const bool at_end = !left && view.look.compare == CompareView::swipe;
  const float x = at_end ? endOf(area).x - extent.x - margin - pad - 64 * scale : area.position.x + margin + pad;
  const ImVec2 low{x, area.position.y + margin};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect(area.position, endOf(area), true);
  list.AddRectFilled({low.x - pad, low.y - pad}, {low.x + extent.x + pad, low.y + extent.y + pad}, colours.panel, 3);
  list.AddText(low, colours.text, words.c_str());
  list.PopClipRect();
}

void Comparison::draw(const ViewModel& view, const render::CameraPose& camera, unsigned now_texture, float scale) {
  const CompareView how = view.look.compare;
  if (how == CompareView::none) return;
  const bool swipe = how == CompareView::swipe;
  if (!ready(view, swipe ? whole_.size : left_.size)) return;
  drawOther(view, camera);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float share = swipe ? left_.size.x / std::max(1.0F, whole_.size.x) : 1;
  list.AddImage(idOf(other_->target->colourTexture()), left_.position, endOf(left_), {0, 1}, {share, 0});
  if (!swipe) list.AddImage(idOf(now_texture), right_.position, endOf(right_), {0, 1}, {1, 0});
  const Palette& colours = paletteOf(view.theme);
  const float x = right_.position.x;
  list.AddLine({x, whole_.position.y}, {x, endOf(whole_).y}, colours.window, 4 * scale);
  list.AddLine({x, whole_.position.y}, {x, endOf(whole_).y}, colours.text, 1.5F * scale);
  if (swipe) {
    const ImVec2 grip{x, whole_.position.y + whole_.size.y / 2};
    list.AddCircleFilled(grip, 11 * scale, colours.panel);
    list.AddCircle(grip, 11 * scale, colours.text, 0, 1.5F * scale);
    for (const float side : {-1.0F, 1.0F})
      list.AddTriangleFilled({grip.x + side * 3 * scale, grip.y - 4 * scale},
                             {grip.x + side * 3 * scale, grip.y + 4 * scale}, {grip.x + side * 7 * scale, grip.y},
                             colours.text);
  }
  caption(view, left_, view.look.other, true, scale);
  caption(view, right_, view.time, false, scale);
}

}  // namespace hashimichi::app
