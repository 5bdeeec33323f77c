#include "app/session/place_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/i18n/text.h"
#include "app/session/find_words.h"
#include "app/session/measurement_table.h"
#include "geo/crs/japan.h"
#include "geo/crs/mesh_code.h"
#include "geo/crs/transform.h"
#include "geo/measure/saved.h"

namespace hashimichi::app {
namespace {

using find::Thing;
using find::ThingKind;

/// An address farther away says nothing of a place.
constexpr double address_reach_m = 100;
/// Notes and measurements as near as this are "here".
constexpr double notes_reach_m = 50;
/// More would fill the window with one wide hazard map's columns.
constexpr std::size_t most_lines_each = 30;

class Telling {
 public:
  Telling(const ViewModel& view, const find::PlaceIndex& places, Vec3d place)
      : view_(view), places_(places), city_(places.model()), place_(place) {}

  std::vector<PlaceFact> all() {
    where();
    nearest();
    snow();
    here();
    results();
    surveys();
    notes();
    return std::move(facts_);
  }

 private:
  std::string say(std::string_view key, std::initializer_list<std::string> values = {}) const {
    return words(view_.language, key, values);
  }
  void heading(std::string_view key) { heading_ = say(key); }
  void fact(std::string name, std::string value, std::optional<model::AssetRef> asset = std::nullopt) {
    facts_.push_back({heading_, std::move(name), std::move(value), std::move(asset)});
  }

  void where() {
    heading("place.where");
    address();
    const Vec3d projected = city_.frame.toProjected(place_);
    const int epsg = city_.frame.epsg();
    const std::string numeral = crs::planeZoneNumeral(epsg);
    fact(numeral.empty() ? fmt::format("EPSG:{}", epsg) : say("place.zone", {numeral}),
         city_.frame.northingFirst() ? fmt::format("X {:.2f}  Y {:.2f}", projected.y, projected.x)
                                     : fmt::format("E {:.2f}  N {:.2f}", projected.x, projected.y));
    degrees();
    if (const std::string sheet = crs::sheetNameOf(epsg, projected.x, projected.y, 500); !sheet.empty())
      fact(say("place.sheet"), sheet);
    ground();
  }

  void address() {
    if (const auto building = places_.nearest(ThingKind::building, place_, address_reach_m))
      if (const std::string text = find::addressOf(city_.buildings[building->thing.index].attributes); !text.empty())
        fact(say("place.address"),
             building->distance_m == 0 ? text : say("place.address_near", {text, lengthWords(building->distance_m)}),
             assetOf(city_, building->thing));
  }

  void degrees() {
    const auto way = crs::FromLocal::create(city_.frame, "EPSG:6668");
    const auto lon_lat = way ? (*way)(place_) : std::nullopt;
    if (!lon_lat) return;
    fact(say("place.degrees"), fmt::format("{:.6f}° N  {:.6f}° E", lon_lat->y, lon_lat->x));
    if (const std::string mesh = crs::meshCodeOf(lon_lat->y, lon_lat->x, crs::MeshLevel::eighth); !mesh.empty())
      fact(say("place.mesh"), fmt::format("{} ({})", mesh.substr(0, 8), mesh));
  }

  void ground() {
    const auto height = city_.terrain ? city_.terrain->heightAt(place_.x, place_.y) : std::nullopt;
    if (!height) return fact(say("place.ground"), say("place.ground_unknown"));
    const bool filled = city_.terrain->filled(place_.x, place_.y);
    fact(say("place.ground"), fmt::format("{:.2f} m", *height) + (filled ? " · " + say("place.ground_filled") : ""));
  }

  void nearest() {
    heading("place.nearest");
    for (const auto& [kind, key] :
         {std::pair{ThingKind::road, "asset.road"}, std::pair{ThingKind::bridge, "asset.bridge"},
          std::pair{ThingKind::building, "asset.building"}}) {
      const auto near = places_.nearest(kind, place_);
      if (!near) continue;
      std::string value = nameOf(city_, near->thing) + " · " +
                          (near->distance_m == 0 ? say("place.inside") : lengthWords(near->distance_m));
      const auto asset = assetOf(city_, near->thing);
      const assess::Ranking* ranking = kind == ThingKind::road     ? view_.snow.get()
                                       : kind == ThingKind::bridge ? view_.ageing.get()
                                                                   : nullptr;
      if (const assess::Ranked* row = ranking && asset ? ranking->find(asset->id) : nullptr; row && row->rank > 0)
        value += " · " + say(kind == ThingKind::road ? "place.snow_rank" : "place.ageing_rank",
                             {std::to_string(row->rank), fmt::format("{:.1f}", row->score)});
      fact(say(key), value, asset);
    }
  }

  void snow() {
    heading("place.snow");
    std::vector<std::string> left_out;
    for (const assess::UnusableGauge& gauge : assess::unusableGauges(city_, view_.profile, view_.time))
      left_out.push_back(gauge.station_id);
    const auto depth = find::depthAt(city_, place_, view_.time, left_out);
    if (!depth) {
      if (!city_.stations.empty()) fact(say("place.depth"), say("place.depth_unknown"));
      return;
    }
    fact(say("place.depth"), fmt::format("{:.0f} ± {:.0f} cm · ", depth->depth_cm, depth->sigma_cm) +
                                 say("place.interpolated", {std::to_string(depth->gauges.size())}));
    for (const find::GaugeShare& gauge : depth->gauges) {
      const sensors::Station& station = city_.stations[gauge.station];
      fact(station.name.empty() ? station.id : station.name,
           fmt::format("{:.0f} cm · {:.0f} % · {} · {}", gauge.depth_cm, gauge.share * 100,
                       lengthWords(gauge.distance_m), formatJst(gauge.time)),
           model::AssetRef{model::AssetKind::station, station.id});
    }
  }

  /// What a source says of risks: ranks, depths, kinds of zones.
  static bool tellsOfRisk(const std::string& attribute) {
    const std::size_t slash = attribute.rfind('/');
    const std::string last = attribute.substr(slash == std::string::npos ? 0 : slash + 1);
    const bool risk = attribute.find("Risk") != std::string::npos;
    return risk && (last == "rank" || last == "depth" || last == "duration" || last == "areaType" ||
                    last == "description" || last == "scale" || last == "adminType");
  }

  void risks(const model::Attributes& attributes, const std::string& whose,
             const std::optional<model::AssetRef>& asset) {
    for (const model::Attribute& attribute : attributes)
      if (tellsOfRisk(attribute.name.str()) && facts_.size() < most_facts_)
        fact(whose + " · " + attribute.name.str().substr(attribute.name.str().find(':') + 1), model::textOf(attribute),
             asset);
  }

  void here() {
    heading("place.here");
    most_facts_ = facts_.size() + most_lines_each;
    for (const std::size_t index : places_.objectsAt(place_)) {
      if (facts_.size() >= most_facts_) break;
      const model::CityObject& object = city_.objects[index];
      const model::AssetRef asset{model::AssetKind::object, object.id};
      const std::string name = object.name.empty() ? object.id : object.name;
      fact(kindOf(object.kind), name, asset);
      risks(object.attributes, name, asset);
    }
    if (const auto building = places_.nearest(ThingKind::building, place_, 1); building && building->distance_m == 0)
      risks(city_.buildings[building->thing.index].attributes, nameOf(city_, building->thing),
            assetOf(city_, building->thing));
  }

  std::string kindOf(model::ObjectKind kind) const {
    switch (kind) {
      case model::ObjectKind::water:
        return say("objects.water");
      case model::ObjectKind::vegetation:
        return say("objects.vegetation");
      case model::ObjectKind::land_use:
        return say("objects.land_use");
      case model::ObjectKind::hazard_zone:
        return say("objects.hazard_zone");
      case model::ObjectKind::urban_plan:
        return say("objects.urban_plan");
      case model::ObjectKind::railway:
        return say("objects.railway");
      case model::ObjectKind::square:
        return say("objects.square");
      case model::ObjectKind::tunnel:
        return say("objects.tunnel");
      default:
        return say("asset.object");
    }
  }

  std::string nameOfResult(const model::ResultLayer& layer) const {
    if (layer.quantity == "snow_removal_priority") return say("result.snow_removal_priority");
    if (layer.quantity == "snow_load") return say("result.snow_load");
    if (layer.quantity == "flood_depth") return say("result.flood_depth");
    return layer.name;
  }

  void results() {
    heading("place.results");
    const std::size_t most = facts_.size() + most_lines_each;
    for (const find::ResultHere& here : places_.resultsAt(place_)) {
      if (facts_.size() >= most) break;
      const model::ResultLayer& layer = city_.results[here.layer];
      const std::size_t column = layer.columnAt(view_.time);
      const float value = column == model::ResultLayer::gap ? std::nanf("") : layer.at(here.item, column);
      std::string text = say("place.no_value");
      if (!std::isnan(value)) {
        text = fmt::format("{:.4g}", value) + (layer.unit.empty() ? "" : " " + layer.unit);
        if (!layer.class_names.empty()) text += " · " + layer.class_names[layer.classOf(value)];
        if (!layer.times.empty()) text += " · " + formatJst(layer.times[column]);
      }
      fact(nameOfResult(layer), text);
    }
  }

  void surveys() {
    heading("place.surveys");
    for (const std::size_t index : places_.cloudsAt(place_)) {
      const model::PointCloud& cloud = city_.clouds[index];
      fact(cloud.id, cloud.surveyed ? formatJst(*cloud.surveyed).substr(0, 10) : say("place.day_unknown"));
    }
  }

  void notes() {
    heading("place.notes");
    for (const measure::SavedMeasurement& one : view_.points.saved.all()) {
      double distance_m = notes_reach_m + 1;
      for (const Vec3d point : one.points) distance_m = std::min(distance_m, distance2d(point, place_));
      if (distance_m <= notes_reach_m)
        fact(say(measuredKey(one.kind)), one.name + " · " + lengthWords(distance_m) + " · " + formatJst(one.at));
    }
    for (const project::Note& note : view_.edits.book.notes)
      if (const double distance_m = distance2d(note.place, place_); distance_m <= notes_reach_m)
        fact(say(note.done ? "place.note_done" : "place.note"), note.text + " · " + lengthWords(distance_m),
             note.asset);
  }

  const ViewModel& view_;
  const find::PlaceIndex& places_;
  const model::CityModel& city_;
  Vec3d place_;
  std::string heading_;
  std::vector<PlaceFact> facts_;
  std::size_t most_facts_ = 0;
};

}  // namespace

std::vector<PlaceFact> factsAt(const ViewModel& view, const find::PlaceIndex& places, Vec3d place) {
  return Telling(view, places, place).all();
}

}  // namespace hashimichi::app
