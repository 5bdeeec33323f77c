#include "app/panels/time_panel.h"

#include <imgui.h>

#include <cmath>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
#include "app/widgets/facts.h"
#include "app/widgets/result_words.h"
#include "app/widgets/say.h"
#include "app/widgets/time_axis.h"

namespace hashimichi::app {
namespace {

constexpr float bar_height_px = 14, tick_gap_px = 70;

struct Axis {
  ImVec2 low, high;  // of the bar
  float at(double share) const { return low.x + static_cast<float>(share) * (high.x - low.x); }
};

bool iconButton(const char* symbol, const char* id, const char* tip) {
  const bool pressed = ImGui::Button((std::string(symbol) + "##" + id).c_str());
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", tip);
  return pressed;
}

void buttons(const ViewModel& view, CommandQueue& out) {
  if (iconButton(icon::step_back, "back", say(view, "time.back"))) out.push(StepTime{-1});
  ImGui::SameLine(0, 2);
  if (iconButton(view.playing ? icon::pause : icon::play, "play", say(view, view.playing ? "time.pause" : "time.play")))
    out.push(SetPlaying{!view.playing});
  ImGui::SameLine(0, 2);
  if (iconButton(icon::step_forward, "forward", say(view, "time.forward"))) out.push(StepTime{1});
}

void drawBar(const ViewModel& view, const Axis& axis, float scale) {
  const Palette& colours = paletteOf(view.theme);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto share = [&](Instant at) { return shareOfSpan(at, view.time_first, view.time_last); };
  const float now = axis.at(share(view.time_now));
  list.AddRectFilled(axis.low, axis.high, colours.raised, 3);
  list.AddRectFilled({now, axis.low.y}, axis.high, (colours.accent & ~IM_COL32_A_MASK) | IM_COL32(0, 0, 0, 50), 3);
  const int most = std::max(2, static_cast<int>((axis.high.x - axis.low.x) / (tick_gap_px * scale)));
  for (const TimeTick& tick : timeTicks(view.time_first, view.time_last, most)) {
    const float x = axis.at(share(tick.at));
    list.AddLine({x, axis.low.y}, {x, axis.high.y + (tick.midnight ? 3 : 0)}, colours.rule);
    const float width = ImGui::CalcTextSize(tick.text.c_str()).x;
    list.AddText({x - width / 2, axis.high.y + 2}, tick.midnight ? colours.text : colours.quiet, tick.text.c_str());
  }
  list.AddLine({now, axis.low.y - 3}, {now, axis.high.y}, colours.text, 1);
}

/// The hours of which the shown result says something, as a band along the axis; gaps stay open.
void drawCoverage(const ViewModel& view, const Axis& axis, float scale) {
  const model::ResultLayer* layer = chosenResult(view);
  if (!layer) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto x = [&](Instant at) { return axis.at(shareOfSpan(at, view.time_first, view.time_last)); };
  for (const Instant time : layer->times) {
    const float left = x(time), right = std::max(left + 2 * scale, x(time.plusHours(1)));
    list.AddRectFilled({left, axis.high.y - 4 * scale}, {std::min(right, axis.high.x), axis.high.y},
                       paletteOf(view.theme).accent);
  }
}

void drawHandle(const ViewModel& view, const Axis& axis, float scale) {
  const Palette& colours = paletteOf(view.theme);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float x = axis.at(shareOfSpan(view.time, view.time_first, view.time_last));
  const float y = (axis.low.y + axis.high.y) / 2;
  list.AddLine({x, axis.low.y - 2}, {x, axis.high.y + 2}, colours.accent, 2);
  list.AddCircleFilled({x, y}, 6 * scale, colours.panel);
  list.AddCircleFilled({x, y}, 5 * scale, colours.accent);
}

/// Whole hours, as the stations report.
Instant momentAt(const ViewModel& view, const Axis& axis, float x) {
  constexpr std::int64_t hour_s = 3600;
  const double share = static_cast<double>((x - axis.low.x) / (axis.high.x - axis.low.x));
  const double seconds = static_cast<double>(view.time_last.unix_s - view.time_first.unix_s) * share;
  const auto wanted = static_cast<std::int64_t>(std::llround(seconds / hour_s)) * hour_s;
  return std::clamp(Instant{view.time_first.unix_s + wanted}, view.time_first, view.time_last);
}

/// "observed" or "forecast, 3 h ahead".
std::string tense(const ViewModel& view) {
  const double ahead_h = hoursBetween(view.time_now, view.time);
  if (ahead_h > 0) return say(view, "time.forecast", {number(ahead_h)});
  if (ahead_h < 0) return say(view, "time.past", {number(-ahead_h)});
  return say(view, "time.now");
}

void slider(const ViewModel& view, CommandQueue& out, float width, float scale) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton("axis", {width, 38 * scale});
  const Axis axis{{at.x + 8 * scale, at.y + 4 * scale}, {at.x + width - 8 * scale, at.y + (4 + bar_height_px) * scale}};
  drawBar(view, axis, scale);
  drawCoverage(view, axis, scale);
  drawHandle(view, axis, scale);
  if (ImGui::IsItemActive()) {
    const Instant wanted = momentAt(view, axis, ImGui::GetIO().MousePos.x);
    if (wanted != view.time) out.push(SetTime{wanted});
  } else if (ImGui::IsItemHovered()) {
    ImGui::SetTooltip("%s", formatJst(momentAt(view, axis, ImGui::GetIO().MousePos.x)).c_str());
  }
}

}  // namespace

void TimePanel::draw(const ViewModel& view, CommandQueue& out, float scale) {
  const Palette& colours = paletteOf(view.theme);
  if (!view.project || !(view.time_first < view.time_last)) {
    ImGui::AlignTextToFramePadding();
    quietLine(say(view, view.project ? "time.no_series" : "time.no_project"), colours);
    return;
  }
  buttons(view, out);
  ImGui::SameLine(0, 8 * scale);
  const std::string clock = formatJst(view.time), words = tense(view);
  const float text =
      std::max(ImGui::CalcTextSize("0000-00-00 00:00 JST").x, ImGui::CalcTextSize(words.c_str()).x) + 16 * scale;
  slider(view, out, ImGui::GetContentRegionAvail().x - text, scale);
  ImGui::SameLine(0, 8 * scale);
  ImGui::BeginGroup();
  title(clock);
  quietLine(words, colours);
  ImGui::EndGroup();
}

}  // namespace hashimichi::app
