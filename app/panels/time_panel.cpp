#include "app/panels/time_panel.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
#include "app/widgets/facts.h"
#include "app/widgets/result_words.h"
#include "app/widgets/say.h"
#include "app/widgets/series_plot.h"
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

/// The least depth at which any road of the shown ranking is due; nothing without one.
std::optional<double> leastTrigger(const ViewModel& view) {
  std::optional<double> least;
  if (view.snow)
    for (const assess::Ranked& row : view.snow->rows)
      if (row.trigger_cm > 0 && (!least || row.trigger_cm < *least)) least = row.trigger_cm;
  return least;
}

void speedChoice(const ViewModel& view, CommandQueue& out, float scale) {
  SetPlayback playback = view.look.playback;
  constexpr std::array speeds{0.5, 1.25, 3.0, 6.0, 12.0};
  const auto words = [&](double speed) { return say(view, "moment.speed", {number(speed, speed < 3 ? 2 : 0)}); };
  ImGui::SetNextItemWidth(86 * scale);
  if (ImGui::BeginCombo("##speed", words(playback.hours_per_second).c_str(), ImGuiComboFlags_NoArrowButton)) {
    for (const double speed : speeds)
      if (ImGui::Selectable(words(speed).c_str(), speed == playback.hours_per_second)) {
        playback.hours_per_second = speed;
        out.push(LookCommand{playback});
      }
    ImGui::Separator();
    if (ImGui::Checkbox(say(view, "moment.loop"), &playback.loop)) out.push(LookCommand{playback});
    ImGui::EndCombo();
  }
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", say(view, "moment.speed_help"));
}

void buttons(const ViewModel& view, CommandQueue& out, const std::vector<Instant>& alerts, float scale) {
  if (iconButton(icon::step_back, "back", say(view, "time.back"))) out.push(StepTime{-1});
  ImGui::SameLine(0, 2);
  if (iconButton(view.playing ? icon::pause : icon::play, "play", say(view, view.playing ? "time.pause" : "time.play")))
    out.push(SetPlaying{!view.playing});
  ImGui::SameLine(0, 2);
  if (iconButton(icon::step_forward, "forward", say(view, "time.forward"))) out.push(StepTime{1});
  ImGui::SameLine(0, 6 * scale);
  if (iconButton(icon::history, "now", say(view, "moment.to_now"))) out.push(SetTime{view.time_now});
  ImGui::SameLine(0, 2);
  const auto next = std::ranges::upper_bound(alerts, view.time);
  ImGui::BeginDisabled(alerts.empty());
  if (iconButton(icon::alert, "alert", say(view, "moment.to_alert")) && !alerts.empty())
    out.push(SetTime{next == alerts.end() ? alerts.front() : *next});
  ImGui::EndDisabled();
  ImGui::SameLine(0, 6 * scale);
  speedChoice(view, out, scale);
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

/// What no gauge told is hatched; where snow becomes due, a mark stands on the axis.
void drawKnown(const ViewModel& view, const Axis& axis, const std::vector<TimeGap>& gaps,
               const std::vector<Instant>& alerts, float scale) {
  const Palette& colours = paletteOf(view.theme);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto x = [&](Instant at) { return axis.at(shareOfSpan(at, view.time_first, view.time_last)); };
  for (const TimeGap& gap : gaps) hatch(list, {x(gap.from), axis.low.y}, {x(gap.to), axis.high.y}, colours.quiet);
  for (const Instant alert : alerts) {
    const float at = x(alert), half = 3.5F * scale;
    list.AddTriangleFilled({at - half, axis.low.y - 2 * scale}, {at + half, axis.low.y - 2 * scale},
                           {at, axis.low.y + 5 * scale}, colours.warning);
  }
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

void slider(const ViewModel& view, CommandQueue& out, const std::vector<TimeGap>& gaps,
            const std::vector<Instant>& alerts, float width, float scale) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton("axis", {width, 38 * scale});
  const Axis axis{{at.x + 8 * scale, at.y + 4 * scale}, {at.x + width - 8 * scale, at.y + (4 + bar_height_px) * scale}};
  drawBar(view, axis, scale);
  drawKnown(view, axis, gaps, alerts, scale);
  drawCoverage(view, axis, scale);
  drawHandle(view, axis, scale);
  if (ImGui::IsItemActive()) {
    const Instant wanted = momentAt(view, axis, ImGui::GetIO().MousePos.x);
    if (wanted != view.time) out.push(SetTime{wanted});
  } else if (ImGui::IsItemHovered()) {
    const Instant hour = momentAt(view, axis, ImGui::GetIO().MousePos.x);
    const bool unknown = std::ranges::any_of(gaps, [&](const TimeGap& gap) { return gap.from < hour && hour < gap.to; });
    ImGui::SetTooltip("%s%s%s", formatJst(hour).c_str(), unknown ? "\n" : "", unknown ? say(view, "moment.gap") : "");
  }
}

}  // namespace

/// Again only when another town, ranking or station is shown.
void TimePanel::count(const ViewModel& view) {
  const std::string station =
      view.selection && view.selection->kind == model::AssetKind::station ? view.selection->id : std::string();
  if (counted_ == view.project->model && ranking_ == view.snow && station_ == station) return;
  counted_ = view.project->model, ranking_ = view.snow, station_ = station;
  std::vector<const sensors::Series*> series;
  for (const sensors::Series& one : counted_->series)
    if (station.empty() ? one.quantity == sensors::Quantity::snow_depth_cm : one.station_id == station)
      series.push_back(&one);
  gaps_ = gapsOf(series, view.time_first, view.time_now);
  const std::optional<double> trigger = leastTrigger(view);
  alerts_ = trigger ? alertsOf(counted_->series, *trigger) : std::vector<Instant>();
}

void TimePanel::draw(const ViewModel& view, CommandQueue& out, float scale) {
  const Palette& colours = paletteOf(view.theme);
  if (!view.project || !(view.time_first < view.time_last)) {
    ImGui::AlignTextToFramePadding();
    quietLine(say(view, view.project ? "time.no_series" : "time.no_project"), colours);
    return;
  }
  count(view);
  buttons(view, out, alerts_, scale);
  ImGui::SameLine(0, 8 * scale);
  const std::string clock = formatJst(view.time), words = tense(view);
  const float text =
      std::max(ImGui::CalcTextSize("0000-00-00 00:00 JST").x, ImGui::CalcTextSize(words.c_str()).x) + 16 * scale;
  slider(view, out, gaps_, alerts_, std::max(80 * scale, ImGui::GetContentRegionAvail().x - text), scale);
  ImGui::SameLine(0, 8 * scale);
  ImGui::BeginGroup();
  title(clock);
  quietLine(words, colours);
  ImGui::EndGroup();
}

}  // namespace hashimichi::app
