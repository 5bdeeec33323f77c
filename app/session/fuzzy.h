#pragma once
#include <optional>
#include <string_view>

namespace hashimichi::app {

/// How well typed letters fit into words: they must occur in their order, with gaps. Upper and lower case are one; full
/// width counts as half width. Letters side by side and at the beginnings of words count more, gaps count less.
/// @returns nothing when a letter is missing; 0 for no letters at all
std::optional<int> fuzzyScore(std::string_view typed, std::string_view words);

}  // namespace hashimichi::app
