#include "geo/model/result_match.h"

namespace hashimichi::model {
namespace {

/// The value of "…/buildingID"; empty where there is none.
std::string_view buildingIdOf(const Building& building) {
  for (const Attribute& attribute : building.attributes)
    if (attribute.name.view().ends_with("buildingID")) return attribute.value;
  return {};
}

}  // namespace

ResultMatch::ResultMatch(const CityModel& model) {
  buildings_.reserve(2 * model.buildings.size());
  for (std::uint32_t i = 0; i < model.buildings.size(); ++i) buildings_.emplace(model.buildings[i].id, i);
  for (std::uint32_t i = 0; i < model.buildings.size(); ++i)
    if (const std::string_view id = buildingIdOf(model.buildings[i]); !id.empty()) buildings_.emplace(id, i);
  for (std::uint32_t i = 0; i < model.objects.size(); ++i) objects_.emplace(model.objects[i].id, i);
}

std::optional<std::uint32_t> ResultMatch::find(const Index& index, const std::string& id) {
  const auto found = index.find(id);
  return found == index.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> itemOf(const ResultLayer& layer, const std::string& id) {
  for (std::size_t i = 0; i < layer.items.size(); ++i)
    if (layer.items[i].id == id) return i;
  return std::nullopt;
}

std::optional<std::size_t> itemOf(const ResultLayer& layer, const Building& building) {
  if (const auto item = itemOf(layer, building.id)) return item;
  const std::string_view other = buildingIdOf(building);
  return other.empty() ? std::nullopt : itemOf(layer, std::string(other));
}

}  // namespace hashimichi::model
