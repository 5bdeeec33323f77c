#include "app/widgets/series_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "app/widgets/time_axis.h"

namespace hashimichi::app {
namespace {

struct Scale {
  ImVec2 low, high;  // the plot's rectangle
  double minimum = 0, maximum = 1;
  const PlotSpan& span;

  ImVec2 at(Instant time, double value) const {
    const double x = shareOfSpan(time, span.first, span.last);
    const double y = std::clamp((value - minimum) / (maximum - minimum), 0.0, 1.0);
    return {low.x + static_cast<float>(x) * (high.x - low.x), high.y - static_cast<float>(y) * (high.y - low.y)};
  }
};

/// Depths and rain begin at 0; temperatures where they are.
void fitValues(Scale& scale, const std::vector<const sensors::Series*>& series) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const sensors::Series* one : series)
    for (const sensors::Observation& value : one->values)
      if (usableForPlots(value)) low = std::min(low, value.value), high = std::max(high, value.value);
  if (low > high) low = 0, high = 1;
  if (low >= 0) low = 0;
  const double margin = std::max(0.5, (high - low) * 0.08);
  scale.minimum = low < 0 ? low - margin : 0;
  scale.maximum = high + margin;
}

void drawLine(ImDrawList& list, const Scale& scale, const sensors::Series& series, ImU32 colour) {
  const sensors::Observation* before = nullptr;
  bool dash = true;
  for (const sensors::Observation& value : series.values) {
    if (value.time < scale.span.first || scale.span.last < value.time) continue;
    if (!usableForPlots(value)) {
      before = nullptr;
      continue;
    }
    if (before && hoursBetween(before->time, value.time) <= gap_hours && (dash || !series.isForecast()))
      list.AddLine(scale.at(before->time, before->value), scale.at(value.time, value.value), colour, 1.5F);
    dash = !dash;
    before = &value;
  }
}

void markBad(ImDrawList& list, const Scale& scale, const sensors::Series& series, ImU32 colour) {
  for (const sensors::Observation& value : series.values) {
    if (value.flag != sensors::Flag::bad || !std::isfinite(value.value)) continue;
    if (value.time < scale.span.first || scale.span.last < value.time) continue;
    const ImVec2 at = scale.at(value.time, value.value);
    list.AddLine({at.x - 2, at.y - 2}, {at.x + 3, at.y + 3}, colour);
    list.AddLine({at.x - 2, at.y + 2}, {at.x + 3, at.y - 3}, colour);
  }
}

void drawGround(ImDrawList& list, const Scale& scale, const Palette& colours) {
  list.AddRectFilled(scale.low, scale.high, colours.raised, 3);
  const float now = scale.at(scale.span.now, 0).x;
  if (now < scale.high.x)
    list.AddRectFilled({now, scale.low.y}, scale.high, (colours.accent & ~IM_COL32_A_MASK) | IM_COL32(0, 0, 0, 24), 3);
  for (const TimeTick& tick : timeTicks(scale.span.first, scale.span.last, 8))
    if (tick.midnight)
      list.AddLine({scale.at(tick.at, 0).x, scale.low.y}, {scale.at(tick.at, 0).x, scale.high.y}, colours.rule);
  if (scale.minimum < 0) {
    const float zero = scale.at(scale.span.first, 0).y;
    list.AddLine({scale.low.x, zero}, {scale.high.x, zero}, colours.quiet);
  }
}

/// Hours of which nothing is known: hatched, and no line leads across.
void drawGaps(ImDrawList& list, const Scale& scale, const std::vector<const sensors::Series*>& series,
              const Palette& colours) {
  const Instant now = std::min(scale.span.now, scale.span.last);
  for (const TimeGap& gap : gapsOf(series, scale.span.first, now))
    hatch(list, {scale.at(gap.from, 0).x, scale.low.y}, {scale.at(gap.to, 0).x, scale.high.y}, colours.rule);
}

void drawAxisText(ImDrawList& list, const Scale& scale, const char* unit, const Palette& colours) {
  const std::string top = fmt::format("{:.0f} {}", scale.maximum, unit);
  list.AddText({scale.low.x + 4, scale.low.y + 1}, colours.quiet, top.c_str());
}

struct Nearest {
  const sensors::Series* series = nullptr;
  const sensors::Observation* value = nullptr;
};

/// The value nearest to the cursor, for the tooltip; nothing within a gap.
Nearest nearest(const std::vector<const sensors::Series*>& series, Instant at) {
  Nearest best;
  const auto away = [&](const sensors::Observation& value) { return std::llabs(value.time.unix_s - at.unix_s); };
  for (const sensors::Series* one : series)
    for (const sensors::Observation& value : one->values)
      if (!best.value || away(value) < away(*best.value)) best = {one, &value};
  constexpr double hour_s = 3600;
  if (best.value && static_cast<double>(away(*best.value)) > gap_hours * hour_s) return {};
  return best;
}

void tooltip(const Scale& scale, const std::vector<const sensors::Series*>& series, const char* unit) {
  const float share = (ImGui::GetIO().MousePos.x - scale.low.x) / (scale.high.x - scale.low.x);
  const double hours = hoursBetween(scale.span.first, scale.span.last) * static_cast<double>(share);
  const auto [of, value] = nearest(series, scale.span.first.plusHours(hours));
  if (!value) return;
  ImGui::BeginTooltip();
  ImGui::Text("%s", formatJst(value->time).c_str());
  if (std::isfinite(value->value)) ImGui::Text("%.1f %s", value->value, unit);
  if (!of->source.empty()) ImGui::TextUnformatted(of->source.c_str());
  if (!value->reason.empty()) ImGui::TextUnformatted(value->reason.c_str());
  ImGui::EndTooltip();
}

}  // namespace

void hatch(ImDrawList& list, ImVec2 low, ImVec2 high, ImU32 colour) {
  constexpr float step_px = 6;
  if (high.x <= low.x || high.y <= low.y) return;
  list.PushClipRect(low, high, true);
  const float height = high.y - low.y;
  for (float x = low.x - height; x < high.x; x += step_px) list.AddLine({x, high.y}, {x + height, low.y}, colour);
  list.PopClipRect();
}

void seriesPlot(const char* id, const std::vector<const sensors::Series*>& series, const PlotSpan& span, ImVec2 size,
                const Palette& colours) {
  if (series.empty()) return;
  const char* unit = sensors::unitOf(series.front()->quantity);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton(id, size);
  Scale scale{at, {at.x + size.x, at.y + size.y}, 0, 1, span};
  fitValues(scale, series);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect(scale.low, scale.high, true);
  drawGround(list, scale, colours);
  drawGaps(list, scale, series, colours);
  for (const sensors::Series* one : series) {
    drawLine(list, scale, *one, one->isForecast() ? colours.quiet : colours.accent);
    markBad(list, scale, *one, colours.warning);
  }
  const float shown = scale.at(span.shown, 0).x;
  list.AddLine({shown, scale.low.y}, {shown, scale.high.y}, colours.text);
  drawAxisText(list, scale, unit, colours);
  list.PopClipRect();
  if (ImGui::IsItemHovered()) tooltip(scale, series, unit);
}

}  // namespace hashimichi::app
