#pragma once
#include "app/session/view_model.h"

namespace hashimichi::app {

class Facts;

/// All that is known of the selected thing: what it is, its rank and why, its facts, its history.
class InspectorPanel {
 public:
  void draw(const ViewModel& view, CommandQueue& out, float scale);
};

// The parts, one per kind of thing; each has its own file.

/// Rank, score, rule tier, reasons with their share of the score, missing inputs, confidence.
void drawWhy(const ViewModel& view, const assess::Ranked& row, assess::Subject subject, float scale);
/// The other decision that this asset takes part in: ageing of the bridge that carries a road, snow on the road over a
/// bridge; nothing where there is none.
std::optional<model::AssetRef> otherOf(const model::CityModel& model, const model::AssetRef& asset);
/// What the import said of the feature: file, place and reason, with a way to the report.
void drawImportLines(const ViewModel& view, CommandQueue& out, const model::AssetRef& asset);
void drawRoad(const ViewModel& view, const model::RoadSegment& road, float scale);
void drawBridge(const ViewModel& view, const model::Bridge& bridge, float scale);
void drawStation(const ViewModel& view, const sensors::Station& station, float scale);
/// What other programs computed for it, at the shown moment and over time; nothing where none speaks of it.
void drawResults(const ViewModel& view, const model::AssetRef& asset, float scale);
/// Which levels of detail the feature has, and which of them is shown.
void drawLods(const ViewModel& view, Facts& facts, render::LayerId type, const model::Geometry& highest,
              const std::vector<model::Geometry>& others);

/// The attributes of one data type element (one inspection, one risk), or the feature's own (no type).
struct AttributeGroup {
  std::string type;  ///< "uro:BridgeStructureAttribute"
  std::uint16_t group = 0;
  std::vector<const model::Attribute*> attributes;
};
std::vector<AttributeGroup> groupsOf(const model::Attributes& attributes);

/// What the source said, in its own words, one heading per data type; folded at first.
void drawAttributes(const ViewModel& view, const model::Attributes& attributes);

}  // namespace hashimichi::app
