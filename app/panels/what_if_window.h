#pragma once
#include "app/session/view_model.h"

namespace hashimichi::app {

/// Another night than the measured one: sliders for snow, air, triggers and weights, the ranking following while they
/// move; which segments change their tier, beside the night as it is.
class WhatIfWindow {
 public:
  void draw(const ViewModel& view, CommandQueue& out, float scale);

 private:
  struct Change {
    std::size_t road = 0;  ///< in model.roads
    assess::Tier before = assess::Tier::none, after = assess::Tier::none;
  };
  void compare(const ViewModel& view);
  void drawCounts(const ViewModel& view, float scale) const;
  void drawChanges(const ViewModel& view, CommandQueue& out, float scale) const;

  const assess::Ranking* compared_ = nullptr;  ///< what the lists below are of
  std::array<std::size_t, 6> now_{}, then_{};  ///< segments by tier
  std::vector<Change> changes_;                ///< most urgent first, by id
};

/// "WHAT IF: snowfall ×1.5" for the status bar and the picture; empty where the night is shown as it is.
std::string whatIfBanner(const ViewModel& view);

}  // namespace hashimichi::app
