#include "app/widgets/asset_words.h"

#include <algorithm>

#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

template <typename Record>
const Record* byId(const std::vector<Record>& records, const std::string& id) {
  const auto found = std::ranges::find(records, id, &Record::id);
  return found == records.end() ? nullptr : &*found;
}

template <typename Record>
std::string nameOr(const Record* record, const std::string& id) {
  return record && !record->name.empty() ? record->name : id;
}

}  // namespace

const model::RoadSegment* roadOf(const ViewModel& view, const std::string& id) {
  return view.project ? byId(view.project->model->roads, id) : nullptr;
}
const model::Bridge* bridgeOf(const ViewModel& view, const std::string& id) {
  return view.project ? byId(view.project->model->bridges, id) : nullptr;
}
const model::Building* buildingOf(const ViewModel& view, const std::string& id) {
  return view.project ? byId(view.project->model->buildings, id) : nullptr;
}
const sensors::Station* stationOf(const ViewModel& view, const std::string& id) {
  return view.project ? byId(view.project->model->stations, id) : nullptr;
}
const model::CityObject* objectOf(const ViewModel& view, const std::string& id) {
  return view.project ? byId(view.project->model->objects, id) : nullptr;
}
const model::SnowDumpSite* dumpSiteOf(const ViewModel& view, const std::string& id) {
  return view.project ? byId(view.project->model->dump_sites, id) : nullptr;
}

std::string nameOf(const ViewModel& view, const model::AssetRef& asset) {
  switch (asset.kind) {
    case model::AssetKind::road:
      return nameOr(roadOf(view, asset.id), asset.id);
    case model::AssetKind::bridge:
      return nameOr(bridgeOf(view, asset.id), asset.id);
    case model::AssetKind::building:
      return nameOr(buildingOf(view, asset.id), asset.id);
    case model::AssetKind::station:
      return nameOr(stationOf(view, asset.id), asset.id);
    case model::AssetKind::dump_site:
      return nameOr(dumpSiteOf(view, asset.id), asset.id);
    case model::AssetKind::object:
      return nameOr(objectOf(view, asset.id), asset.id);
  }
  return asset.id;
}

const char* kindOf(const ViewModel& view, model::AssetKind kind) {
  switch (kind) {
    case model::AssetKind::road:
      return say(view, "asset.road");
    case model::AssetKind::bridge:
      return say(view, "asset.bridge");
    case model::AssetKind::building:
      return say(view, "asset.building");
    case model::AssetKind::station:
      return say(view, "asset.station");
    case model::AssetKind::dump_site:
      return say(view, "asset.dump_site");
    case model::AssetKind::object:
      return say(view, "asset.object");
  }
  return "";
}

const assess::Ranked* rankedOf(const ViewModel& view, const model::AssetRef& asset) {
  if (asset.kind == model::AssetKind::road && view.snow) return view.snow->find(asset.id);
  if (asset.kind == model::AssetKind::bridge && view.ageing) return view.ageing->find(asset.id);
  return nullptr;
}

const char* wordOf(const ViewModel& view, model::ClearingClass value) {
  switch (value) {
    case model::ClearingClass::priority:
      return say(view, "clearing.priority");
    case model::ClearingClass::class1:
      return say(view, "clearing.class1");
    case model::ClearingClass::class2:
      return say(view, "clearing.class2");
    case model::ClearingClass::class3:
      return say(view, "clearing.class3");
    case model::ClearingClass::residential:
      return say(view, "clearing.residential");
    case model::ClearingClass::none:
      return say(view, "clearing.none");
    case model::ClearingClass::unknown:
      break;
  }
  return say(view, "fact.unknown");
}

const char* wordOf(const ViewModel& view, model::RoadAdministrator value) {
  switch (value) {
    case model::RoadAdministrator::nation:
      return say(view, "administrator.nation");
    case model::RoadAdministrator::prefecture:
      return say(view, "administrator.prefecture");
    case model::RoadAdministrator::city:
      return say(view, "administrator.city");
    case model::RoadAdministrator::expressway_company:
      return say(view, "administrator.expressway");
    case model::RoadAdministrator::other:
      return say(view, "administrator.other");
    case model::RoadAdministrator::unknown:
      break;
  }
  return say(view, "fact.unknown");
}

const char* wordOf(const ViewModel& view, model::SprinklerPipe value) {
  switch (value) {
    case model::SprinklerPipe::none:
      return say(view, "sprinkler.none");
    case model::SprinklerPipe::working:
      return say(view, "sprinkler.working");
    case model::SprinklerPipe::failed:
      return say(view, "sprinkler.failed");
    case model::SprinklerPipe::unknown:
      break;
  }
  return say(view, "fact.unknown");
}

const char* wordOf(const ViewModel& view, assets::MeasureStatus value) {
  switch (value) {
    case assets::MeasureStatus::not_needed:
      return say(view, "measure.not_needed");
    case assets::MeasureStatus::done:
      return say(view, "measure.done");
    case assets::MeasureStatus::started:
      return say(view, "measure.started");
    case assets::MeasureStatus::not_started:
      return say(view, "measure.not_started");
    case assets::MeasureStatus::unknown:
      break;
  }
  return say(view, "fact.unknown");
}

const char* wordOf(const ViewModel& view, sensors::Quantity value) {
  switch (value) {
    case sensors::Quantity::snow_depth_cm:
      return say(view, "quantity.snow_depth");
    case sensors::Quantity::new_snow_cm:
      return say(view, "quantity.new_snow");
    case sensors::Quantity::air_temperature_c:
      return say(view, "quantity.air_temperature");
    case sensors::Quantity::road_temperature_c:
      return say(view, "quantity.road_temperature");
    case sensors::Quantity::precipitation_mm:
      return say(view, "quantity.precipitation");
    case sensors::Quantity::wind_speed_ms:
      return say(view, "quantity.wind_speed");
    case sensors::Quantity::relative_humidity_pct:
      return say(view, "quantity.relative_humidity");
    case sensors::Quantity::dew_point_c:
      return say(view, "quantity.dew_point");
    case sensors::Quantity::solar_wm2:
      return say(view, "quantity.solar");
    case sensors::Quantity::water_level_m:
      return say(view, "quantity.water_level");
    case sensors::Quantity::tilt_deg:
      return say(view, "quantity.tilt");
    case sensors::Quantity::displacement_mm:
      return say(view, "quantity.displacement");
    case sensors::Quantity::frequency_hz:
      return say(view, "quantity.frequency");
  }
  return "";
}

const char* wordOf(const ViewModel& view, model::ObjectKind value) {
  using model::ObjectKind;
  switch (value) {
    case ObjectKind::other:
      return say(view, "objects.other");
    case ObjectKind::water:
      return say(view, "objects.water");
    case ObjectKind::vegetation:
      return say(view, "objects.vegetation");
    case ObjectKind::furniture:
      return say(view, "objects.furniture");
    case ObjectKind::tunnel:
      return say(view, "objects.tunnel");
    case ObjectKind::construction:
      return say(view, "objects.construction");
    case ObjectKind::railway:
      return say(view, "objects.railway");
    case ObjectKind::track:
      return say(view, "objects.track");
    case ObjectKind::square:
      return say(view, "objects.square");
    case ObjectKind::waterway:
      return say(view, "objects.waterway");
    case ObjectKind::land_use:
      return say(view, "objects.land_use");
    case ObjectKind::hazard_zone:
      return say(view, "objects.hazard_zone");
    case ObjectKind::urban_plan:
      return say(view, "objects.urban_plan");
    case ObjectKind::utility:
      return say(view, "objects.utility");
    case ObjectKind::generic:
      return say(view, "objects.generic");
  }
  return "";
}

std::string lodWord(const ViewModel& view, std::optional<int> lod) {
  return lod ? "LOD" + std::to_string(*lod) : std::string(say(view, "lod.highest"));
}

}  // namespace hashimichi::app
