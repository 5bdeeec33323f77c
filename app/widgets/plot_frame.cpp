#include "app/widgets/plot_frame.h"

#include <algorithm>
#include <cmath>

#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

int decimalsOf(const std::vector<double>& ticks) {
  if (ticks.size() < 2) return ticks.empty() || ticks[0] == std::round(ticks[0]) ? 0 : 2;
  const double step = ticks[1] - ticks[0];
  return std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 4);
}

}  // namespace

std::vector<double> roundTicks(PlotRange range, int most) {
  std::vector<double> ticks;
  if (!(range.span() > 0) || !std::isfinite(range.span()) || most < 1) return ticks;
  const double rough = range.span() / most, power = std::pow(10, std::floor(std::log10(rough)));
  double step = 10 * power;
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= rough) {
      step = factor * power;
      break;
    }
  const double first = std::ceil(range.low / step - 1e-9);
  for (int i = 0; i <= most + 1; ++i) {
    const double value = (first + i) * step;
    if (value > range.high + step * 1e-9) break;
    ticks.push_back(value);
  }
  return ticks;
}

PlotFrame PlotFrame::inside(ImVec2 at, ImVec2 size, PlotRange x, PlotRange y, float scale) {
  const float left = 58 * scale, bottom = 22 * scale, margin = 8 * scale;
  PlotFrame frame{{at.x + left, at.y + margin}, {at.x + size.x - margin, at.y + size.y - bottom}, x, y};
  frame.high.x = std::max(frame.high.x, frame.low.x + 1), frame.high.y = std::max(frame.high.y, frame.low.y + 1);
  return frame;
}

ImVec2 PlotFrame::toScreen(double value_x, double value_y) const {
  const double across = (value_x - x.low) / x.span(), up = (value_y - y.low) / y.span();
  return {low.x + static_cast<float>(across) * (high.x - low.x), high.y - static_cast<float>(up) * (high.y - low.y)};
}

double PlotFrame::xAt(float pixel) const {
  return x.low + x.span() * static_cast<double>((pixel - low.x) / (high.x - low.x));
}
double PlotFrame::yAt(float pixel) const {
  return y.low + y.span() * static_cast<double>((high.y - pixel) / (high.y - low.y));
}
bool PlotFrame::contains(ImVec2 place) const {
  return place.x >= low.x && place.x <= high.x && place.y >= low.y && place.y <= high.y;
}

void PlotFrame::drawAxes(ImDrawList& list, const Palette& colours, const char* x_unit, const char* y_unit) const {
  list.AddRectFilled(low, high, colours.window);
  const float line = ImGui::GetTextLineHeight();
  const auto across = roundTicks(x, std::max(2, static_cast<int>((high.x - low.x) / (6 * line))));
  const auto up = roundTicks(y, std::max(2, static_cast<int>((high.y - low.y) / (2.5F * line))));
  for (const double value : across) {
    const float at = toScreen(value, y.low).x;
    list.AddLine({at, low.y}, {at, high.y}, colours.rule);
    std::string text = number(value, decimalsOf(across));
    if (value == across.back()) text += std::string(" ") + x_unit;
    const float half = ImGui::CalcTextSize(text.c_str()).x / 2;
    list.AddText({std::clamp(at - half, low.x, std::max(low.x, high.x - 2 * half)), high.y + 3}, colours.quiet,
                 text.c_str());
  }
  for (const double value : up) {
    const float at = toScreen(x.low, value).y;
    list.AddLine({low.x, at}, {high.x, at}, colours.rule);
    const std::string text =
        value == up.back() ? number(value, decimalsOf(up)) + " " + y_unit : number(value, decimalsOf(up));
    list.AddText({low.x - 4 - ImGui::CalcTextSize(text.c_str()).x, at - line / 2}, colours.quiet, text.c_str());
  }
  list.AddRect(low, high, colours.rule);
}

void PlotFrame::drawCursor(ImDrawList& list, ImVec2 mouse, const std::string& words, const Palette& colours) const {
  if (!contains(mouse)) return;
  list.AddLine({mouse.x, low.y}, {mouse.x, high.y}, colours.accent);
  list.AddLine({low.x, mouse.y}, {high.x, mouse.y}, colours.accent);
  const ImVec2 size = ImGui::CalcTextSize(words.c_str());
  const ImVec2 at{std::min(mouse.x + 8, high.x - size.x - 4), std::max(mouse.y - size.y - 6, low.y + 2)};
  list.AddRectFilled({at.x - 3, at.y - 1}, {at.x + size.x + 3, at.y + size.y + 1}, colours.raised, 2);
  list.AddText(at, colours.text, words.c_str());
}

}  // namespace hashimichi::app
