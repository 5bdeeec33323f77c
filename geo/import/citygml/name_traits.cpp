#include <algorithm>

#include "geo/import/citygml/names.h"

namespace hashimichi::import::citygml {
namespace {

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

bool isNumberedLod(std::string_view local, char highest) {
  return local.size() > 3 && local.starts_with("lod") && local[3] >= '0' && local[3] <= highest;
}

bool leadsElsewhere(Family family, std::string_view local) {
  if (family == Family::app || (family == Family::gml && local == "boundedBy")) return true;
  // uro:lod1HeightType is a value; bldg:lod1Solid is not.
  if (isNumberedLod(local, '9')) return local.find("Type") == local.npos;
  return isOneOf(local, {"outerBridgeConstruction",
                         "outerTunnelConstruction",
                         "boundedBy",
                         "boundary",
                         "trafficArea",
                         "auxiliaryTrafficArea",
                         "section",
                         "intersection",
                         "address",
                         "opening",
                         "filling",
                         "fillingSurface",
                         "marking",
                         "hole",
                         "buildingSubdivision",
                         "appearance",
                         "generalizesTo",
                         "reliefComponent",
                         "tin",
                         "extent"});
}

bool leadsToPart(std::string_view local) {
  if (local.empty() || local[0] < 'a' || local[0] > 'z') return false;
  for (const std::string_view ending : {"Installation", "ConstructiveElement", "Room", "Part", "Space", "Furniture"})
    if (local.ends_with(ending)) return true;
  return false;
}

bool isAttachment(std::string_view local) {
  return local.size() > 12 && local[0] >= 'A' && local[0] <= 'Z' &&
         (local.ends_with("Installation") || local.ends_with("ConstructionElement") ||
          local.ends_with("ConstructiveElement"));
}

bool saysSurface(std::string_view local) {
  return local.ends_with("Surface") ||
         isOneOf(local, {"TrafficArea", "AuxiliaryTrafficArea", "Door", "Window", "HollowSpace",
                         "BridgeConstructionElement", "BridgeConstructiveElement", "BridgeInstallation"});
}

}  // namespace

NameTraits traitsOf(Family family, std::string_view local) {
  NameTraits traits;
  const bool numbered = local.size() > 4 && isNumberedLod(local, '4');
  if (numbered && local.find("TerrainIntersection") == local.npos)
    traits.lod = static_cast<std::int8_t>(local[3] - '0');
  traits.object = !local.empty() && local[0] >= 'A' && local[0] <= 'Z';
  traits.leads_elsewhere = leadsElsewhere(family, local);
  traits.leads_to_part = leadsToPart(local);
  traits.generic_attribute = family == Family::gen && local.ends_with("Attribute");
  traits.body = isOneOf(local, {"BuildingPart", "BridgePart", "TunnelPart"});
  traits.attachment = isAttachment(local);
  traits.interior = isOneOf(local, {"interiorRoom", "buildingRoom", "interiorBuildingInstallation", "interiorFurniture",
                                    "buildingFurniture", "interiorBridgeRoom", "interiorBridgeInstallation",
                                    "bridgeRoom", "bridgeFurniture", "buildingSubdivision", "roomInstallation"});
  traits.surface = saysSurface(local);
  traits.not_form = family == Family::app || local == "appearance" || local == "relatedTo";
  traits.drawing = family == Family::uro && local.starts_with("Dm");
  return traits;
}

}  // namespace hashimichi::import::citygml
