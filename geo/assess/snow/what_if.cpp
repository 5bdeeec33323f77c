#include "geo/assess/snow/what_if.h"

#include <fmt/format.h>

namespace hashimichi::assess::snow {

std::string describe(const WhatIf& what_if, Language language) {
  const bool ja = language == Language::ja;
  std::string text;
  const auto say = [&](std::string part) { text += (text.empty() ? "" : ja ? "、" : ", ") + std::move(part); };
  if (what_if.snowfall_factor != 1) say(fmt::format("{} ×{:g}", ja ? "降雪" : "snowfall", what_if.snowfall_factor));
  if (what_if.added_snow_cm != 0)
    say(fmt::format("{} {:+g} cm", ja ? "直近1時間の降雪" : "snow of the last hour", what_if.added_snow_cm));
  if (what_if.air_offset_c != 0) say(fmt::format("{} {:+g} ℃", ja ? "気温" : "air", what_if.air_offset_c));
  if (what_if.trigger_factor != 1) say(fmt::format("{} ×{:g}", ja ? "出動基準" : "triggers", what_if.trigger_factor));
  if (what_if.weights != default_weights) say(ja ? "評点の重みを変更" : "other weights of the score");
  return text;
}

}  // namespace hashimichi::assess::snow
