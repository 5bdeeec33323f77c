#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/desktop/theme.h"
#include "app/panels/inspector_panel.h"
#include "app/widgets/facts.h"
#include "app/widgets/result_words.h"
#include "app/widgets/say.h"
#include "app/widgets/time_axis.h"
#include "geo/export/result_palette.h"
#include "geo/model/result_match.h"

namespace hashimichi::app {
namespace {

constexpr float plot_height_px = 48;
/// A column of a result holds for an hour.
constexpr double column_h = 1;

/// One column a moment in the colour of its class, as high as its class; nothing is drawn where nothing is known.
void classPlot(const ViewModel& view, const model::ResultLayer& layer, const model::ResultClasses& classes,
               std::size_t item, float scale) {
  const Palette& colours = paletteOf(view.theme);
  const ImVec2 size{ImGui::GetContentRegionAvail().x, plot_height_px * scale};
  const ImVec2 low = ImGui::GetCursorScreenPos(), high{low.x + size.x, low.y + size.y};
  ImGui::InvisibleButton(layer.id.c_str(), size);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(low, high, colours.raised, 3);
  // Its own hours fill the width: on the town's time line they would be hairs.
  const Instant first = layer.times.front(), last = layer.times.back().plusHours(column_h);
  const auto x = [&](Instant at) { return low.x + static_cast<float>(shareOfSpan(at, first, last)) * size.x; };
  const auto count = static_cast<float>(classes.names.size());
  for (std::size_t column = 0; column < layer.times.size(); ++column) {
    const float value = layer.at(item, column);
    if (std::isnan(value)) continue;
    const std::size_t which = classes.classOf(value);
    const float left = x(layer.times[column]);
    const float right = std::max(left + 2 * scale, x(layer.times[column].plusHours(column_h)) - 1);
    const float top = high.y - size.y * (static_cast<float>(which) + 1) / count;
    list.AddRectFilled({left, top}, {std::min(right, high.x), high.y},
                       toImGui(exporting::resultColour(which, classes.names.size())));
  }
  if (view.time < first || last < view.time) return;
  const float shown = x(view.time);
  list.AddLine({shown, low.y}, {shown, high.y}, colours.text);
}

void oneResult(const ViewModel& view, const model::ResultLayer& layer, std::size_t item, float scale) {
  const bool shown = view.result && &view.result->layer() == &layer;
  const model::ResultClasses classes = shown ? view.result->classes
                                       : layer.class_limits.empty()
                                           ? model::ResultClasses{{}, {""}}
                                           : model::ResultClasses{layer.class_limits, layer.class_names};
  const std::size_t column = layer.columnAt(view.time);
  const float value = column == model::ResultLayer::gap ? std::nanf("") : layer.at(item, column);
  quiet(resultName(view, layer), paletteOf(view.theme));
  ImGui::TextUnformatted(resultValue(view, layer, classes, value).c_str());
  if (layer.times.size() > 1) classPlot(view, layer, classes, item, scale);
}

}  // namespace

void drawResults(const ViewModel& view, const model::AssetRef& asset, float scale) {
  const model::CityModel& city = *view.project->model;
  const model::Building* building = nullptr;
  if (asset.kind == model::AssetKind::building)
    for (const model::Building& one : city.buildings)
      if (one.id == asset.id) building = &one;
  bool any = false;
  for (const model::ResultLayer& layer : city.results) {
    const auto item = building ? model::itemOf(layer, *building) : model::itemOf(layer, asset.id);
    if (!item) continue;
    if (!any) heading(say(view, "layers.results"), paletteOf(view.theme));
    any = true;
    oneResult(view, layer, *item, scale);
  }
  if (any) quiet(say(view, "result.beside"), paletteOf(view.theme));
}

}  // namespace hashimichi::app
