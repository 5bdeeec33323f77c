#include "app/widgets/histogram.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

#include "app/widgets/plot_frame.h"
#include "app/widgets/say.h"

namespace hashimichi::app {

std::vector<HistogramBin> binsOf(std::span<const double> values, std::size_t columns) {
  std::vector<double> good;
  std::ranges::copy_if(values, std::back_inserter(good), [](double value) { return std::isfinite(value); });
  if (good.empty() || columns == 0) return {};
  const auto [low, high] = std::ranges::minmax(good);
  const double width = high > low ? (high - low) / static_cast<double>(columns) : 1;
  std::vector<HistogramBin> bins(high > low ? columns : 1);
  for (std::size_t i = 0; i < bins.size(); ++i)
    bins[i] = {low + width * static_cast<double>(i), low + width * static_cast<double>(i + 1), 0};
  for (const double value : good)
    ++bins[std::min(static_cast<std::size_t>((value - low) / width), bins.size() - 1)].count;
  return bins;
}

void histogramPlot(const char* id, std::span<const HistogramBin> bins, const char* unit, const std::string& of,
                   ImVec2 size, float scale, const Palette& colours) {
  if (bins.empty()) return;
  std::size_t most = 1;
  for (const HistogramBin& bin : bins) most = std::max(most, bin.count);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton(id, size);
  const PlotFrame frame =
      PlotFrame::inside(at, size, {bins.front().low, bins.back().high}, {0, static_cast<double>(most) * 1.05}, scale);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  frame.drawAxes(list, colours, unit, "");
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  for (const HistogramBin& bin : bins) {
    const ImVec2 low = frame.toScreen(bin.low, static_cast<double>(bin.count)), high = frame.toScreen(bin.high, 0);
    list.AddRectFilled({low.x + 1, low.y}, {high.x - 1, high.y}, colours.accent);
    if (!ImGui::IsItemHovered() || !frame.contains(mouse) || mouse.x < low.x || mouse.x >= high.x) continue;
    const std::string words =
        number(bin.low, 1) + " – " + number(bin.high, 1) + " " + unit + ": " + number(bin.count) + " " + of;
    ImGui::SetTooltip("%s", words.c_str());
  }
}

}  // namespace hashimichi::app
