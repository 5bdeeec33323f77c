#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "geo/export/palette.h"
#include "geo/model/city_model.h"

namespace hashimichi::render {

/// An attribute that buildings can be coloured by.
struct AttributeChoice {
  std::string key;    ///< Look::colour_by: the attribute's name, or "measured_height" and "year_built" of the model
  std::string label;  ///< the name without its prefix: "usage"; as the source writes it
  std::string unit;
  bool number = false;
  std::size_t known = 0;  ///< buildings that state it
};

/// What at least two buildings state and what tells them apart: numbers with more than one value, and categories of at
/// least two values, of which the commonest twelve hold nine tenths of the buildings. The most frequently stated first.
/// Any thread.
std::vector<AttributeChoice> attributeChoices(const model::CityModel& model);

struct AttributeLegend {
  struct Entry {
    exporting::Rgb colour;
    std::string text;  ///< the code's meaning or the value itself; of a number's step "10 – 20"
    std::size_t buildings = 0;
    bool hatched = false;  ///< unknown: no text, grey
    bool rest = false;     ///< all rarer categories together: no text
  };
  std::string unit;
  std::vector<Entry> entries;  ///< the commonest first, numbers from the lowest; unknown last where there is any
  std::vector<std::uint8_t> of_building;  ///< per building of the model: index into entries
};

/// Categories in a quiet palette, numbers in six steps of cividis with an equal share of the buildings each. Empty
/// where no building states the attribute. Any thread.
AttributeLegend attributeLegend(const model::CityModel& model, const std::string& key);

}  // namespace hashimichi::render
