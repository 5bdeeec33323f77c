#include <imgui.h>

#include <map>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
#include "app/panels/inspector_panel.h"
#include "app/widgets/asset_words.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"
#include "app/widgets/series_plot.h"

namespace hashimichi::app {
namespace {

constexpr float plot_height_px = 72;
/// Older than this is said to be old (three times the usual hourly interval).
constexpr double fresh_h = 3;

/// A forecast without a station is one for the whole area.
bool speaksOf(const sensors::Series& series, const sensors::Station& station) {
  return series.station_id == station.id || (series.isForecast() && series.station_id.empty());
}

/// The newest value at the shown moment, or that there is none.
void newestLine(const ViewModel& view, const sensors::Series& series) {
  const Palette& colours = paletteOf(view.theme);
  const char* unit = sensors::unitOf(series.quantity);
  constexpr double any_age_h = 24 * 365;
  const sensors::Observation* newest = sensors::latestUsable(series, view.time, any_age_h);
  if (!newest) {
    quiet(say(view, "station.no_value"), colours);
    return;
  }
  const double hours = hoursBetween(newest->time, view.time);
  ImGui::TextUnformatted((number(newest->value, 1) + " " + unit).c_str());
  ImGui::SameLine();
  quiet(age(view, hours), colours);
  if (hours <= fresh_h) return;
  ImGui::PushStyleColor(ImGuiCol_Text, colours.warning);
  ImGui::TextUnformatted(icon::alert);
  ImGui::PopStyleColor();
  ImGui::SameLine();
  quiet(say(view, "station.stale", {age(view, hours)}), colours);
}

void flaggedLine(const ViewModel& view, const sensors::Series& series) {
  std::size_t bad = 0, missing = 0;
  for (const sensors::Observation& value : series.values) {
    bad += value.flag == sensors::Flag::bad || value.flag == sensors::Flag::suspect;
    missing += value.flag == sensors::Flag::missing;
  }
  if (bad + missing > 0)
    quiet(say(view, "station.flagged", {number(bad), number(missing), number(series.values.size())}),
          paletteOf(view.theme));
}

}  // namespace

void drawStation(const ViewModel& view, const sensors::Station& station, float scale) {
  const Palette& colours = paletteOf(view.theme);
  std::map<sensors::Quantity, std::vector<const sensors::Series*>> by_quantity;
  for (const sensors::Series& series : view.project->model->series)
    if (!series.values.empty() && speaksOf(series, station)) by_quantity[series.quantity].push_back(&series);
  const PlotSpan span{view.time_first, view.time_last, view.time_now, view.time};
  for (const auto& [quantity, series] : by_quantity) {
    heading(wordOf(view, quantity), colours);
    for (const sensors::Series* one : series)
      if (!one->isForecast()) newestLine(view, *one);
    seriesPlot(sensors::toString(quantity), series, span, {ImGui::GetContentRegionAvail().x, plot_height_px * scale},
               colours);
    for (const sensors::Series* one : series)
      if (!one->isForecast()) flaggedLine(view, *one);
  }
  heading(say(view, "inspector.facts"), colours);
  Facts facts("station", colours);
  facts.number(say(view, "fact.altitude"), number(station.position.z, 1), "m");
  if (station.on_bridge) facts.text(say(view, "fact.place"), say(view, "fact.on_bridge"));
  facts.text(say(view, "fact.source"), station.source);
}

}  // namespace hashimichi::app
