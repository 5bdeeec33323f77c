#pragma once
#include <imgui.h>

#include <map>
#include <string>

namespace hashimichi::app {

struct Region {
  ImVec2 position{}, size{};
};

/// Sizes and places of the window's four regions round the town, as a person left them: layers left, inspector right,
/// tray below, each fixed or floating as a window of its own. In pixels at a scale of 1.
class Layout {
 public:
  /// Where everything stands in a window of that size (window pixels). A floating region has no place among them.
  std::map<std::string, Region> regions(ImVec2 all, float scale) const;

  void moveLeft(float by);
  void moveRight(float by);
  void moveBottom(float by);

  bool floating(const std::string& region) const { return floating_.contains(region); }
  /// Takes a region out of the frame, or puts it back.
  void setFloating(const std::string& region, bool floating);
  /// Where a floating region stands; size 0: it never floated.
  Region place(const std::string& region) const;
  void setPlace(const std::string& region, const Region& at_scale_1) { floating_[region] = at_scale_1; }

  /// As numbers by name, for what is remembered of a project; what is missing there keeps its default.
  std::map<std::string, float> values() const;
  static Layout from(const std::map<std::string, float>& values);

 private:
  float left_ = 220, right_ = 340, bottom_ = 250;
  std::map<std::string, Region> floating_;
};

}  // namespace hashimichi::app
