#pragma once
#include <string>

#include "app/session/view_model.h"

namespace hashimichi::app {

/// What a person calls an asset: its name, else its id.
std::string nameOf(const ViewModel& view, const model::AssetRef& asset);
/// "Road", 「道路」 …
const char* kindOf(const ViewModel& view, model::AssetKind kind);

/// Its place in the ranking that ranks such assets (roads: snow, bridges: ageing), whatever is shown; nullptr if none.
const assess::Ranked* rankedOf(const ViewModel& view, const model::AssetRef& asset);

/// The records themselves; nullptr when the open project has no such asset.
const model::RoadSegment* roadOf(const ViewModel& view, const std::string& id);
const model::Bridge* bridgeOf(const ViewModel& view, const std::string& id);
const model::Building* buildingOf(const ViewModel& view, const std::string& id);
const sensors::Station* stationOf(const ViewModel& view, const std::string& id);
const model::CityObject* objectOf(const ViewModel& view, const std::string& id);
const model::SnowDumpSite* dumpSiteOf(const ViewModel& view, const std::string& id);

// Words of the codes that the records carry.
const char* wordOf(const ViewModel& view, model::ClearingClass value);
const char* wordOf(const ViewModel& view, model::RoadAdministrator value);
const char* wordOf(const ViewModel& view, model::SprinklerPipe value);
const char* wordOf(const ViewModel& view, assets::MeasureStatus value);
const char* wordOf(const ViewModel& view, sensors::Quantity value);
const char* wordOf(const ViewModel& view, model::ObjectKind value);
/// "LOD2", 「最高」 for nothing.
std::string lodWord(const ViewModel& view, std::optional<int> lod);

}  // namespace hashimichi::app
