#include "app/desktop/layout.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/desktop/theme.h"

namespace hashimichi::app {
namespace {

constexpr float splitter_px = 4, time_height_px = 52, least_middle_px = 100;
constexpr std::array<const char*, 3> may_float{"layers", "inspector", "ranking"};
constexpr float least_left = 140, most_left = 480, least_right = 220, most_right = 640, least_bottom = 90,
                most_bottom = 600;

float valueOf(const std::map<std::string, float>& values, const std::string& name, float otherwise) {
  const auto found = values.find(name);
  return found == values.end() || !std::isfinite(found->second) ? otherwise : found->second;
}

}  // namespace

std::map<std::string, Region> Layout::regions(ImVec2 all, float scale) const {
  const float menu = menu_height_px * scale, status = status_height_px * scale, time = time_height_px * scale,
              gap = splitter_px * scale;
  const float left = floating("layers") ? 0 : std::min(left_ * scale, all.x * 0.25F);
  const float right = floating("inspector") ? 0 : std::min(right_ * scale, all.x * 0.35F);
  const float bottom = floating("ranking") ? 0 : std::min(bottom_ * scale, all.y * 0.45F);
  const float middle = std::max(least_middle_px, all.y - menu - status - time - bottom - gap);
  const float centre = std::max(least_middle_px, all.x - left - right - 2 * gap);
  std::map<std::string, Region> regions;
  regions["menu"] = {{0, 0}, {all.x, menu}};
  regions["search"] = {{all.x * 0.5F, 0}, {all.x * 0.33F, menu}};
  regions["view"] = {{left + gap, menu}, {centre, middle}};
  if (left > 0) regions["layers"] = {{0, menu}, {left, middle}};
  if (right > 0) regions["inspector"] = {{left + centre + 2 * gap, menu}, {right, middle}};
  if (bottom > 0) regions["ranking"] = {{0, menu + middle + gap}, {all.x, bottom}};
  regions["time"] = {{0, menu + middle + gap + bottom}, {all.x, time}};
  regions["status"] = {{0, all.y - status}, {all.x, status}};
  return regions;
}

void Layout::moveLeft(float by) {
  left_ = std::clamp(left_ + by, least_left, most_left);
}
void Layout::moveRight(float by) {
  right_ = std::clamp(right_ + by, least_right, most_right);
}
void Layout::moveBottom(float by) {
  bottom_ = std::clamp(bottom_ + by, least_bottom, most_bottom);
}

void Layout::setFloating(const std::string& region, bool floating) {
  if (floating)
    floating_.try_emplace(region);
  else
    floating_.erase(region);
}

Region Layout::place(const std::string& region) const {
  const auto found = floating_.find(region);
  return found == floating_.end() ? Region{} : found->second;
}

std::map<std::string, float> Layout::values() const {
  std::map<std::string, float> values{{"left", left_}, {"right", right_}, {"bottom", bottom_}};
  for (const auto& [name, place] : floating_) {
    values[name + ".x"] = place.position.x, values[name + ".y"] = place.position.y;
    values[name + ".width"] = place.size.x, values[name + ".height"] = place.size.y;
  }
  return values;
}

Layout Layout::from(const std::map<std::string, float>& values) {
  Layout layout;
  layout.left_ = std::clamp(valueOf(values, "left", layout.left_), least_left, most_left);
  layout.right_ = std::clamp(valueOf(values, "right", layout.right_), least_right, most_right);
  layout.bottom_ = std::clamp(valueOf(values, "bottom", layout.bottom_), least_bottom, most_bottom);
  for (const std::string name : may_float) {
    if (!values.contains(name + ".x")) continue;
    layout.floating_[name] = {{valueOf(values, name + ".x", 0), valueOf(values, name + ".y", 0)},
                              {valueOf(values, name + ".width", 0), valueOf(values, name + ".height", 0)}};
  }
  return layout;
}

}  // namespace hashimichi::app
