#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/interned.h"

namespace hashimichi::model {

enum class ValueType : std::uint8_t { text, number, boolean, date, code, uri };
const char* toString(ValueType type);  ///< "text", "number", …
/// What a bare text most likely is: number (no leading zeros: "007" is a name), date (2024-01-31), boolean, else text.
ValueType guessType(std::string_view value);

/// One thing that a source says about a feature, in the source's own words.
struct Attribute {
  Interned name;      ///< "bldg:measuredHeight", "uro:BridgeStructureAttribute/length", a column's head
  std::string value;  ///< as in the source: "2.9", "422"
  Interned label{};   ///< what a code means: "文教厚生施設"; empty where no code list says
  Interned unit{};    ///< "m"; empty where the source names none
  /// Values with the same number stand in the same data type element (one inspection, one facility); 0: the feature's
  /// own.
  std::uint16_t group = 0;
  ValueType type = ValueType::text;

  bool operator==(const Attribute&) const = default;
};

/// Everything a source said about a feature, in its order; shown in the inspector and kept in typed tables, never
/// computed with: what decisions need are members of the assets.
using Attributes = std::vector<Attribute>;

/// As a person reads it: "422 (文教厚生施設)", "2.9 m".
std::string textOf(const Attribute& attribute);
/// The first of that name; nullptr when there is none.
const Attribute* find(const Attributes& attributes, std::string_view name);
/// textOf the first of that name; empty when there is none.
std::string textOf(const Attributes& attributes, std::string_view name);
/// Adds a plain text, as from a table's cell, with its type guessed.
void append(Attributes& attributes, std::string_view name, std::string value);

}  // namespace hashimichi::model
