#include "render/object_colour.h"

#include <array>
#include <charconv>
#include <string_view>

namespace hashimichi::render {
namespace {

using exporting::Rgb;
using model::Attribute, model::CityObject, model::ObjectKind;

/// "uro:RiverFloodingRiskAttribute/depth" → "depth".
std::string_view lastName(const Attribute& attribute) {
  std::string_view name = attribute.name.view();
  if (const auto slash = name.rfind('/'); slash != name.npos) name.remove_prefix(slash + 1);
  if (const auto colon = name.rfind(':'); colon != name.npos) name.remove_prefix(colon + 1);
  return name;
}

std::optional<double> numberAt(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  return value;
}

/// "0.5m以上3m未満" → 0.5; "0.5m未満" → 0: the shallow end of a class.
std::optional<double> shallowEnd(std::string_view words) {
  const auto digit = words.find_first_of("0123456789");
  if (digit == words.npos) return std::nullopt;
  const auto above = words.find("以上", digit), below = words.find("未満", digit);
  if (above == words.npos) return below == words.npos ? std::nullopt : std::optional(0.0);
  return numberAt(words.substr(digit));
}

std::optional<std::size_t> fromRank(const Attribute& attribute) {
  if (const auto depth = shallowEnd(attribute.label.view())) return exporting::depthClassOf(*depth);
  if (const auto depth = shallowEnd(attribute.value)) return exporting::depthClassOf(*depth);
  if (const auto code = numberAt(attribute.value); code && *code >= 1 && *code <= 6 && *code == static_cast<int>(*code))
    return static_cast<std::size_t>(*code) - 1;
  return std::nullopt;
}

bool says(const Attribute& attribute, std::string_view words) {
  return attribute.label.view().find(words) != std::string_view::npos ||
         attribute.value.find(words) != std::string::npos;
}

/// uro:LandSlideRiskAttribute/areaType: 1 警戒区域, 2 特別警戒区域 (and the same before their designation, 3 and 4).
std::optional<Rgb> landslideColour(const CityObject& zone) {
  for (const Attribute& attribute : zone.attributes) {
    if (lastName(attribute) != "areaType") continue;
    const bool special = says(attribute, "特別") || attribute.value == "2" || attribute.value == "4";
    return special ? exporting::landslide_special : exporting::landslide_zone;
  }
  return std::nullopt;
}

/// luse:class of Common_landUseType: 201 field … 224; the quiet tint of what one would see there.
Rgb landUseColour(const CityObject& object) {
  constexpr Rgb farmland{168, 178, 142}, forest{138, 154, 130}, nature{164, 170, 150}, homes{190, 182, 170},
      commerce{196, 178, 174}, industry{176, 174, 186}, public_land{184, 180, 190}, traffic{166, 166, 170},
      park{156, 174, 146};
  for (const Attribute& attribute : object.attributes) {
    if (lastName(attribute) != "class") continue;
    const auto code = numberAt(attribute.value);
    switch (code ? static_cast<int>(*code) : 0) {
      case 201:
      case 202:
        return farmland;
      case 203:
        return forest;
      case 204:
        return exporting::objectColour(ObjectKind::water);
      case 205:
        return nature;
      case 211:
        return homes;
      case 212:
        return commerce;
      case 213:
        return industry;
      case 214:
      case 218:
        return public_land;
      case 215:
      case 216:
        return traffic;
      case 217:
        return park;
      case 219:
        return farmland;
      default:
        break;
    }
  }
  return exporting::objectColour(ObjectKind::land_use);
}

}  // namespace

std::optional<std::size_t> depthClassOf(const CityObject& zone) {
  std::optional<std::size_t> ranked;
  for (const Attribute& attribute : zone.attributes) {
    const std::string_view name = lastName(attribute);
    if (name == "depth" || name == "浸水深")
      if (const auto depth = numberAt(attribute.value); depth && *depth >= 0) return exporting::depthClassOf(*depth);
    if (!ranked && (name == "rank" || name == "rankOrg" || name == "浸水ランク" || name == "浸水深ランク"))
      ranked = fromRank(attribute);
  }
  return ranked;
}

Rgb colourOf(const CityObject& object) {
  if (object.kind == ObjectKind::land_use) return landUseColour(object);
  if (object.kind == ObjectKind::hazard_zone) {
    if (const auto depth = depthClassOf(object)) return exporting::depth_classes[*depth].colour;
    if (const auto landslide = landslideColour(object)) return *landslide;
  }
  return exporting::objectColour(object.kind);
}

double opacityOf(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::land_use:
      return 0.55;
    case ObjectKind::hazard_zone:
      return 0.6;
    case ObjectKind::urban_plan:
      return 0.3;
    case ObjectKind::utility:
    case ObjectKind::generic:
    case ObjectKind::other:
      return 0.6;
    default:
      return 1;
  }
}

}  // namespace hashimichi::render
