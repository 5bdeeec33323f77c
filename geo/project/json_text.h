#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "geo/model/attributes.h"
#include "geo/model/geometry.h"

namespace hashimichi::project {

// Values that have no column type of their own, as text that a person can read in QGIS. Reading is lenient: what
// cannot be understood is left out, nothing throws.

/// One JSON object in the source's order; a name that comes twice stays twice. A plain text is a JSON string, anything
/// that says more an object: {"value": "2.9", "type": "number", "unit": "m"}.
std::string jsonFromAttributes(const model::Attributes& attributes);
model::Attributes attributesFromJson(std::string_view json);

std::string jsonFromTexts(const std::vector<std::string>& texts);
std::vector<std::string> textsFromJson(std::string_view json);

std::string jsonFromCounts(const std::map<std::string, std::size_t>& counts);
std::map<std::string, std::size_t> countsFromJson(std::string_view json);

/// Counts by type and level of detail: {"Building/1": 25, "Building/2": 3}.
std::string jsonFromLods(const std::map<std::string, std::map<int, std::size_t>>& lods);
std::map<std::string, std::map<int, std::size_t>> lodsFromJson(std::string_view json);

/// 256 counts by class, only the present ones: {"2": 120, "6": 44}. Empty for an empty list.
std::string jsonFromClassCounts(const std::vector<std::size_t>& count_by_class);
std::vector<std::size_t> classCountsFromJson(std::string_view json);

/// What each face is, run by run: "ground:1 wall:14 roof:2".
std::string textFromKinds(const std::vector<model::Surface>& surfaces);
void applyKinds(std::string_view text, std::vector<model::Surface>& surfaces);

}  // namespace hashimichi::project
