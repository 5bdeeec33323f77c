#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "geo/model/city_model.h"

namespace hashimichi::model {

/// Which feature of a model an item of a result belongs to, by its id: a building's gml:id, else the id that its
/// attributes give it (uro:buildingID, as PLATEAU's users write it); or the gml:id of another city object. Holds
/// references into the model.
class ResultMatch {
 public:
  explicit ResultMatch(const CityModel& model);
  std::optional<std::uint32_t> building(const std::string& id) const { return find(buildings_, id); }
  std::optional<std::uint32_t> object(const std::string& id) const { return find(objects_, id); }

 private:
  using Index = std::unordered_map<std::string_view, std::uint32_t>;
  static std::optional<std::uint32_t> find(const Index& index, const std::string& id);
  Index buildings_, objects_;
};

/// The item that speaks of a building: by its gml:id, else by its buildingID; nothing when none does.
std::optional<std::size_t> itemOf(const ResultLayer& layer, const Building& building);
std::optional<std::size_t> itemOf(const ResultLayer& layer, const std::string& id);

}  // namespace hashimichi::model
