#pragma once
#include <optional>
#include <string>
#include <vector>

#include "geo/find/search_index.h"

/// Only for the .cpp files of this room.
namespace hashimichi::find {

struct GatheredText {
  std::string text;
  Field field = Field::name;
  Thing thing;
};

/// What an attribute of that name holds for the search: an address (住所, 所在地, 町名, address …), a reading (かな,
/// kana), a name (名称, gml:name), a route (路線), a number under which a register knows the thing (ID, 管理番号), or
/// what it is for (用途, usage); nothing for any other.
std::optional<Field> fieldOf(std::string_view attribute);

/// Nothing when cancelled.
std::optional<std::vector<GatheredText>> gatherTexts(const model::CityModel& model, Progress& progress);

}  // namespace hashimichi::find
