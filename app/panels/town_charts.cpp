#include "app/panels/town_charts.h"

#include <imgui.h>

#include "app/desktop/theme.h"
#include "app/widgets/facts.h"
#include "app/widgets/histogram.h"
#include "app/widgets/say.h"
#include "app/widgets/series_plot.h"

namespace hashimichi::app {
namespace {

constexpr float chart_height_px = 120;
constexpr std::size_t columns = 20;
/// More lines than these in one plot cannot be told apart.
constexpr std::size_t most_series = 12;

void histogram(const ViewModel& view, const char* key, const std::vector<double>& values, const char* unit,
               const char* of, float scale) {
  if (values.empty()) return;
  const Palette& colours = paletteOf(view.theme);
  heading(say(view, key), colours);
  const std::vector<HistogramBin> bins = binsOf(values, columns);
  histogramPlot(key, bins, unit, say(view, of), {ImGui::GetContentRegionAvail().x, chart_height_px * scale}, scale,
                colours);
}

void spread(const ViewModel& view, const assess::Ranking& ranking, float scale) {
  std::vector<double> scores, depths;
  for (const assess::Ranked& row : ranking.rows) {
    if (row.rank > 0) scores.push_back(row.score);
    if (row.depth_cm >= 0) depths.push_back(row.depth_cm);
  }
  const bool snow = ranking.subject == assess::Subject::snow;
  histogram(view, snow ? "chart.scores" : "chart.bridge_scores", scores, say(view, "chart.points"),
            snow ? "chart.roads" : "chart.bridges", scale);
  if (snow) histogram(view, "chart.depths", depths, "cm", "chart.roads", scale);
}

void depths(const ViewModel& view, float scale) {
  std::vector<const sensors::Series*> series;
  for (const sensors::Series& one : view.project->model->series)
    if (one.quantity == sensors::Quantity::snow_depth_cm && !one.values.empty() && series.size() < most_series)
      series.push_back(&one);
  if (series.empty() || !(view.time_first < view.time_last)) return;
  const Palette& colours = paletteOf(view.theme);
  heading(say(view, "chart.depth_series"), colours);
  seriesPlot("all-depths", series, {view.time_first, view.time_last, view.time_now, view.time},
             {ImGui::GetContentRegionAvail().x, chart_height_px * scale}, colours);
}

}  // namespace

void drawTownCharts(const ViewModel& view, float scale) {
  if (!view.project || !view.project->model) return;
  if (const assess::Ranking* ranking = view.ranking()) spread(view, *ranking, scale);
  if (view.subject == assess::Subject::snow) depths(view, scale);
}

}  // namespace hashimichi::app
