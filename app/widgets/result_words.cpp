#include "app/widgets/result_words.h"

#include <algorithm>
#include <cmath>

#include "app/widgets/say.h"

namespace hashimichi::app {

std::string resultName(const ViewModel& view, const model::ResultLayer& layer) {
  const bool by_colour = layer.id.ends_with("/class");
  const auto known = [&](const char* key) {
    const std::string name = say(view, key);
    return by_colour ? say(view, "result.by_colour", {name}) : name;
  };
  if (layer.quantity == "snow_removal_priority") return known("result.snow_removal_priority");
  if (layer.quantity == "snow_load") return known("result.snow_load");
  if (layer.quantity == "snow_depth" && layer.id.starts_with("roof-snow/")) return known("result.snow_depth");
  if (layer.quantity == "flood_depth") return known("result.flood_depth");
  return layer.unit.empty() ? layer.name : layer.name + " [" + layer.unit + "]";
}

std::string resultValue(const ViewModel& view, const model::ResultLayer& layer, const model::ResultClasses& classes,
                        float value) {
  if (std::isnan(value)) return say(view, "result.gap");
  const std::string& word = classes.names[std::min(classes.classOf(value), classes.names.size() - 1)];
  if (!layer.class_names.empty() && layer.unit.empty()) return word;
  const double size = std::fabs(static_cast<double>(value));
  const int decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  std::string text = number(static_cast<double>(value), decimals);
  if (!layer.unit.empty()) text += " " + layer.unit;
  return layer.class_names.empty() ? text : text + " · " + word;
}

const model::ResultLayer* chosenResult(const ViewModel& view) {
  if (!view.project || view.result_id.empty()) return nullptr;
  for (const model::ResultLayer& layer : view.project->model->results)
    if (layer.id == view.result_id) return &layer;
  return nullptr;
}

}  // namespace hashimichi::app
