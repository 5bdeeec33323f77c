#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <variant>

#include "geo/core/geometry.h"

namespace hashimichi::app {

/// Looks for words: names, kana, ids, routes, coordinates, mesh codes. Empty words clear the list.
struct SearchFor {
  std::string words;
};
/// Goes to a line of what was found: selects it where it is an asset, and flies there.
struct ShowFound {
  std::size_t index = 0;
};
/// Everything known at a place of the local frame; nothing closes the list.
struct AskPlace {
  std::optional<Vec3d> place;
};

using FindCommand = std::variant<SearchFor, ShowFound, AskPlace>;

}  // namespace hashimichi::app
