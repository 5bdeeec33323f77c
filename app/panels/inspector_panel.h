#pragma once
#include "app/session/view_model.h"

namespace hashimichi::app {

/// All that is known of the selected thing: what it is, its rank and why, its facts, its history.
class InspectorPanel {
 public:
  void draw(const ViewModel& view, CommandQueue& out, float scale);
};

// The parts, one per kind of thing; each has its own file.

/// Rank, score, rule tier, reasons with their share of the score, missing inputs, confidence.
void drawWhy(const ViewModel& view, const assess::Ranked& row, assess::Subject subject, float scale);
void drawRoad(const ViewModel& view, const model::RoadSegment& road, float scale);
void drawBridge(const ViewModel& view, const model::Bridge& bridge, float scale);
void drawStation(const ViewModel& view, const sensors::Station& station, float scale);
/// What the source said, in its own words; folded at first.
void drawAttributes(const ViewModel& view, const model::Attributes& attributes);

}  // namespace hashimichi::app
