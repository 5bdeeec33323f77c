#pragma once
#include <fmt/format.h>

#include "tests/geo/import/citygml_reading.h"

namespace hashimichi::import::tests {

inline Reading readCityJson(const std::filesystem::path& path, const ReadingOptions& how) {
  return read(cityjsonImporter(), path, how);
}

/// EPSG:7415's horizontal part, the Netherlands, without an offset: local x, y are easting and northing.
inline const ReadingOptions netherlands{28992, {0, 0, 0}, {}, {}};

/// A cube of side 10 at (x, 0, 0) as eight vertices, whose first number is `first`, and as a Solid that looks outward.
inline std::string cubeVertices(int x) {
  std::string text;
  for (const int z : {0, 10})
    for (const auto& [dx, y] : {std::pair{0, 0}, {10, 0}, {10, 10}, {0, 10}})
      text += fmt::format("{}[{},{},{}]", text.empty() ? "" : ",", x + dx, y, z);
  return text;
}
inline std::string cubeShell(int first = 0, bool inward = false) {
  const int faces[6][4] = {{0, 3, 2, 1}, {4, 5, 6, 7}, {0, 1, 5, 4}, {1, 2, 6, 5}, {2, 3, 7, 6}, {3, 0, 4, 7}};
  std::string text;
  for (const auto& f : faces) {
    const int* order = f;
    const int turned[4] = {f[3], f[2], f[1], f[0]};
    if (inward) order = turned;
    text += fmt::format("{}[[{},{},{},{}]]", text.empty() ? "" : ",", first + order[0], first + order[1],
                        first + order[2], first + order[3]);
  }
  return "[" + text + "]";
}
inline std::string cubeSolid(const std::string& more = {}, int first = 0) {
  return R"({"type":"Solid","lod":"2","boundaries":[)" + cubeShell(first) + "]" + more + "}";
}

/// A CityJSON 2.0 document in EPSG:28992 without an offset.
inline std::string cityJson(const std::string& objects, const std::string& vertices, const std::string& more = {}) {
  return R"({"type":"CityJSON","version":"2.0","transform":{"scale":[1,1,1],"translate":[0,0,0]},)"
         R"("metadata":{"referenceSystem":"https://www.opengis.net/def/crs/EPSG/0/28992"},)" +
         more + R"("CityObjects":{)" + objects + R"(},"vertices":[)" + vertices + "]}";
}
inline std::string buildingWith(const std::string& id, const std::string& geometry, const std::string& more = {}) {
  return fmt::format(R"("{}":{{"type":"Building","geometry":[{}]{}}})", id, geometry, more);
}

/// Around the vertices of these tests, which lie at the map's origin.
inline Reading readJsonText(const std::string& text, const std::string& name = "drawn.city.json") {
  const TempFolder folder;
  write(folder / name, text);
  return readCityJson(folder / name, netherlands);
}

}  // namespace hashimichi::import::tests
