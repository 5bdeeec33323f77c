#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "geo/core/interned.h"
#include "geo/core/problem.h"
#include "geo/import/cityjson/json_tree.h"
#include "geo/model/attributes.h"

namespace hashimichi::import::cityjson {

/// Turns JSON members into typed attributes: numbers, booleans, dates, links; {"value": 5, "uom": "m"} becomes one with
/// its unit; nested objects become "address/Country" and share a group; lists of plain values one line "a, b". What is
/// null is not stated. One reader a file: it bounds how many different names the file may bring (texts of names stay
/// until the process ends).
class AttributeReader {
 public:
  /// @param prefix  put before each name: "BuildingPart/"
  void add(JsonValue members, const std::string& prefix, model::Attributes& into);
  /// One value under a name.
  void addValue(const std::string& name, JsonValue value, model::Attributes& into);
  void tell(const std::string& file, Problems& problems) const;

 private:
  void add(const std::string& name, JsonValue value, std::uint16_t group, model::Attributes& into);
  void put(const std::string& name, JsonValue value, JsonValue unit, std::uint16_t group, model::Attributes& into);
  bool hasRoom(const model::Attributes& into);

  std::map<std::string, Interned> names_;
  std::uint16_t groups_ = 0;
  std::size_t too_many_ = 0, too_many_names_ = 0, shortened_ = 0;
};

}  // namespace hashimichi::import::cityjson
