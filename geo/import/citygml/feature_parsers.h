#pragma once
#include <string>

#include "geo/import/citygml/attribute_parser.h"
#include "geo/import/citygml/shape.h"
#include "geo/model/bridge.h"
#include "geo/model/building.h"
#include "geo/model/city_object.h"
#include "geo/model/road.h"

namespace hashimichi::import::citygml {

/// One feature and what reading its attributes needs.
struct FeatureContext {
  const FeatureTree& tree;
  Codelists& codelists;
  Problems& problems;
  const std::string& file;
  ValueReport& values;
  std::string id;  ///< gml:id, or one made from file and line
};

// Attributes first; the form is added when all faces are known, because it may wait for other features.

model::Building readBuilding(const FeatureContext& context);
void setForm(model::Building& building, Form form);

/// tran:usage 1/2/3 emergency route, 4 known not to be one; tran:function 1 expressway, 2 nation, 3 prefecture, 4
/// city; uro:RoadStructureAttribute width, numberOfLanes, sectionType (2 viaduct and 3 bridge: a deck);
/// uro:TrafficVolumeAttribute weekday24hourTrafficVolume (DOMAIN H.1).
model::RoadSegment readRoad(const FeatureContext& context);
/// Length: of the longest line, else of the rectangles that have area and perimeter of the outline: the lowest level of
/// detail, where a road is one piece and not cut into lanes.
void setForm(model::RoadSegment& road, Form form);

/// brid:yearOfConstruction, uro:BridgeStructureAttribute, uro:ConstructionBaseAttribute (administrator, also in the
/// schema's own misspelling), uro:ConstructionRiskAssessmentAttribute as inspections (DOMAIN H.2). The id is that of
/// uro:FacilityIdAttribute where there is one, so that the register's entry finds its shape; gml:id is then an
/// attribute.
model::Bridge readBridge(const FeatureContext& context);
void setForm(model::Bridge& bridge, Form form);

/// Every other city object: water, vegetation, furniture, tunnels, land use, hazard zones, plans, pipes …
model::CityObject readObject(const FeatureContext& context);
void setForm(model::CityObject& object, Form form);

}  // namespace hashimichi::import::citygml
