#pragma once
#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "geo/model/result_layer.h"

namespace hashimichi::import {

/// A colour of the roof-snow tool's CZML and the class that it stands for.
struct ClassColour {
  std::array<int, 3> rgb{};
  std::size_t value_class = 0;
};

/// A quantity that MLIT's roof-snow tool (PLATEAU UC25-01) computes for every building and hour. Limits and colours are
/// those of the tool's own legends and of its converter to CZML.
struct RoofSnowQuantity {
  std::string_view column;  ///< "snow_removal_priority"
  std::string_view kind;    ///< "SnowRemovalPriority", as its web interface calls it
  std::string_view name, unit;
  std::vector<double> limits;
  std::vector<std::string_view> class_names;
  std::vector<ClassColour> colours;
};
std::span<const RoofSnowQuantity> roofSnowQuantities();

/// An empty layer of that quantity. @param from_colours  only the class is known: values are class numbers, without
/// unit
model::ResultLayer roofSnowLayer(const RoofSnowQuantity& quantity, bool from_colours);

/// The moment that twelve digits in a file's name tell, on Japan's clock: "202602171800_nagaoka_1.geojson",
/// "bld_202602171800.geojson". Nothing when there are none, or no such hour exists.
std::optional<Instant> timeInName(std::string_view utf8_stem);
/// The name without that moment: what the files of one run share.
std::string nameWithoutTime(std::string_view utf8_stem);

}  // namespace hashimichi::import
