#include "geo/import/dataset_names.h"

#include <algorithm>
#include <array>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/crs/japan.h"

namespace hashimichi::import {
namespace {

struct Package {
  std::string_view name;
  std::array<std::string_view, 3> types;  ///< all empty: many kinds
};

/// 3D都市モデル標準製品仕様書: packages and the feature types that stand in them. Those of urban plans, zones,
/// utilities and generic objects hold too many to name.
constexpr std::array packages{
    Package{"bldg", {"Building"}},
    Package{"tran", {"Road"}},
    Package{"brid", {"Bridge"}},
    Package{"rwy", {"Railway"}},
    Package{"trk", {"Track"}},
    Package{"squr", {"Square"}},
    Package{"wwy", {"Waterway"}},
    Package{"tun", {"Tunnel"}},
    Package{"frn", {"CityFurniture"}},
    Package{"veg", {"PlantCover", "SolitaryVegetationObject"}},
    Package{"wtr", {"WaterBody"}},
    Package{"fld", {"WaterBody"}},
    Package{"tnm", {"WaterBody"}},
    Package{"htd", {"WaterBody"}},
    Package{"ifld", {"WaterBody"}},
    Package{"rfld", {"WaterBody"}},
    Package{"dem", {"Terrain"}},
    Package{"luse", {"LandUse"}},
    Package{"cons", {}},
    Package{"lsld", {}},
    Package{"urf", {}},
    Package{"unf", {}},
    Package{"gen", {}},
    Package{"ubld", {}},
    Package{"area", {}},
};

const Package* packageNamed(std::string_view name) {
  const auto found = std::find_if(packages.begin(), packages.end(), [&](const Package& p) { return p.name == name; });
  return found == packages.end() ? nullptr : &*found;
}

}  // namespace

DatasetName datasetNameOf(const std::filesystem::path& path) {
  DatasetName name;
  const std::string stem = toUtf8(path.stem());
  const auto parts = split(stem, '_');
  if (const auto square = parts.empty() ? std::nullopt : crs::meshRect(parts.front());
      // Other numbers have as many digits: what lies nowhere near Japan was not meant as a square.
      square &&
      crs::insideJapan((square->south_deg + square->north_deg) / 2, (square->west_deg + square->east_deg) / 2))
    name.mesh_code = std::string(parts.front()), name.square = square;
  if (!name.mesh_code.empty() && parts.size() > 1 && packageNamed(parts[1]) != nullptr)
    name.package = std::string(parts[1]);
  // In a data set's folder the package also stands above: udx/bldg/….gml.
  const std::string above = toUtf8(path.parent_path().filename());
  if (name.package.empty() && packageNamed(above) != nullptr) name.package = above;
  return name;
}

std::vector<std::string_view> typesOfPackage(std::string_view package) {
  std::vector<std::string_view> types;
  if (const Package* known = packageNamed(package))
    for (const std::string_view type : known->types)
      if (!type.empty()) types.push_back(type);
  return types;
}

}  // namespace hashimichi::import
