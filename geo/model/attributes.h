#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hashimichi::model {

/// Everything a source said about a feature, in its own words and order; shown in the inspector, never computed with.
using Attributes = std::vector<std::pair<std::string, std::string>>;

inline std::string_view find(const Attributes& attributes, std::string_view key) {
  const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const auto& a) { return a.first == key; });
  return found == attributes.end() ? std::string_view{} : std::string_view(found->second);
}

}  // namespace hashimichi::model
