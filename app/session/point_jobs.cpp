// The measures that take their time: each reads the points it needs and runs beside the window.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/i18n/text.h"
#include "app/session/cloud_points.h"
#include "app/session/point_job.h"
#include "geo/core/file.h"
#include "geo/measure/clearance.h"
#include "geo/measure/result_json.h"
#include "geo/measure/settlement.h"
#include "geo/measure/volume.h"

namespace hashimichi::app {
namespace {

/// Heights are not bounded by what is measured: towers and riverbeds lie within this of a town's zero.
constexpr double highest_m = 1e9;
/// Of bridges and roads whose width no source tells.
constexpr double usual_half_width_m = 3;

Bounds around(const model::Polyline& line, double margin_m) {
  Bounds box;
  for (const Vec3d& p : line) box.add(p);
  box.low = {box.low.x - margin_m, box.low.y - margin_m, -highest_m};
  box.high = {box.high.x + margin_m, box.high.y + margin_m, highest_m};
  return box;
}

Bounds everywhere() {
  return {{-highest_m, -highest_m, -highest_m}, {highest_m, highest_m, highest_m}};
}

Error noAsset(const std::string& id, const char* what) {
  return {ErrorCode::not_found, id, what, "Choose another one, or import its line."};
}

Result<model::Bridge> bridgeWithAxis(const model::CityModel& model, const std::string& id) {
  for (const model::Bridge& bridge : model.bridges)
    if (bridge.id == id) {
      if (bridge.axis.size() >= 2) return bridge;
      return noAsset(id, "The line of this bridge's deck is not known.");
    }
  return noAsset(id, "There is no bridge of that name.");
}

Result<model::RoadSegment> roadWithLine(const model::CityModel& model, const std::string& id) {
  for (const model::RoadSegment& road : model.roads)
    if (road.id == id) {
      if (road.centreline.size() >= 2) return road;
      return noAsset(id, "The centre line of this road is not known.");
    }
  return noAsset(id, "There is no road of that name.");
}

double halfWidth(const model::Bridge& bridge) {
  return bridge.width_m.value_or(0) > 0 ? *bridge.width_m / 2 : usual_half_width_m;
}

const std::string& nameOf(const auto& asset) {
  return asset.name.empty() ? asset.id : asset.name;
}

/// What a job hands to the list of measurements.
struct Measured {
  measure::SavedMeasurement saved;  ///< name: only what was measured on
  std::shared_ptr<const ShownChange> change;
};

struct Surveys {
  measure::PointStore before, after;
};

Result<Surveys> bothWithin(const model::CityModel& model, const CompareClouds& wish, const Bounds& box,
                           Progress& progress) {
  Surveys both;
  for (const auto& [cloud, store] : {std::pair{&wish.before, &both.before}, std::pair{&wish.after, &both.after}}) {
    Result<measure::PointStore> points = pointsWithin(model, *cloud, box, progress);
    if (!points) return points.error();
    *store = std::move(*points);
  }
  return both;
}

/// Where both surveys are: the rest of the larger one need not be read.
Bounds common(const model::CityModel& model, const CompareClouds& wish) {
  Bounds box = everywhere();
  for (const model::PointCloud& cloud : model.clouds) {
    if ((cloud.id != wish.before && cloud.id != wish.after) || cloud.bounds.empty()) continue;
    constexpr double margin_m = 2;
    box.low.x = std::max(box.low.x, cloud.bounds.low.x - margin_m);
    box.low.y = std::max(box.low.y, cloud.bounds.low.y - margin_m);
    box.high.x = std::min(box.high.x, cloud.bounds.high.x + margin_m);
    box.high.y = std::min(box.high.y, cloud.bounds.high.y + margin_m);
  }
  return box;
}

Measured measured(measure::SavedKind kind, const CompareClouds& wish, const nlohmann::json& json, std::string name,
                  const measure::Basis& basis) {
  Measured result;
  result.saved.kind = kind;
  result.saved.name = std::move(name);
  if (wish.kind != CompareKind::model) result.saved.clouds.push_back(wish.before);
  result.saved.clouds.push_back(wish.after);
  result.saved.result_json = json.dump();
  result.saved.unrefined = basis.unrefined;
  return result;
}

Result<Measured> changeOf(const model::CityModel& model, const CompareClouds& wish, Progress& progress) {
  Result<measure::CloudChange> change = Error{};
  std::string name = wish.before + " → " + wish.after;
  ShownChange shown{wish.before, wish.after, wish.kind, {}};
  if (wish.kind == CompareKind::model) {
    const Result<model::Bridge> bridge = bridgeWithAxis(model, wish.asset);
    if (!bridge) return bridge.error();
    const Bounds box = model::boundsOf(bridge->geometry);
    constexpr double margin_m = 1;
    const Result<measure::PointStore> points =
        pointsWithin(model, wish.after, around({box.low, box.high}, margin_m), progress);
    if (!points) return points.error();
    change = measure::cloudToMesh(points->view(), bridge->geometry, {}, progress);
    name = nameOf(*bridge) + " → " + wish.after;
    shown.before = bridge->id;
  } else {
    const Result<Surveys> both = bothWithin(model, wish, common(model, wish), progress);
    if (!both) return both.error();
    change = wish.kind == CompareKind::m3c2
                 ? measure::m3c2(both->before.view(), both->after.view(), {}, progress)
                 : measure::cloudToCloud(both->before.view(), both->after.view(), {}, progress);
  }
  if (!change) return change.error();
  Measured result = measured(measure::SavedKind::change, wish, measure::toJson(*change, model.frame, false),
                             std::move(name), change->basis);
  shown.result = std::move(*change);
  result.change = std::make_shared<const ShownChange>(std::move(shown));
  return result;
}

Result<Measured> settlementOf(const model::CityModel& model, const CompareClouds& wish, Progress& progress) {
  const Result<model::Bridge> bridge = bridgeWithAxis(model, wish.asset);
  if (!bridge) return bridge.error();
  measure::SettlementWish deck;
  deck.axis = bridge->axis;
  deck.half_width_m = halfWidth(*bridge);
  const Result<Surveys> both = bothWithin(model, wish, around(deck.axis, deck.half_width_m + 1), progress);
  if (!both) return both.error();
  Problems problems;
  const Result<measure::Settlement> result =
      measure::deckSettlement(both->before.view(), both->after.view(), deck, problems);
  if (!result) return result.error();
  return measured(measure::SavedKind::settlement, wish, measure::toJson(*result, model.frame), nameOf(*bridge),
                  result->basis);
}

Result<Measured> snowOf(const model::CityModel& model, const CompareClouds& wish, Progress& progress) {
  const Result<model::RoadSegment> road = roadWithLine(model, wish.asset);
  if (!road) return road.error();
  measure::SnowWish snow;
  snow.centreline = road->centreline;
  if (road->width_m > 0) snow.half_width_m = road->width_m / 2;
  const Result<Surveys> both = bothWithin(model, wish, around(snow.centreline, snow.half_width_m + 1), progress);
  if (!both) return both.error();
  Problems problems;
  const Result<measure::SnowDepth> result = measure::snowDepth(both->before.view(), both->after.view(), snow, problems);
  if (!result) return result.error();
  return measured(measure::SavedKind::snow, wish, measure::toJson(*result), nameOf(*road), result->basis);
}

Result<Measured> volumeOf(const model::CityModel& model, const CompareClouds& wish, Progress& progress) {
  const Result<Surveys> both = bothWithin(model, wish, common(model, wish), progress);
  if (!both) return both.error();
  const Result<measure::VolumeChange> result = measure::volumeBetween(both->before.view(), both->after.view(), {});
  if (!result) return result.error();
  return measured(measure::SavedKind::volume, wish, measure::toJson(*result), wish.before + " → " + wish.after,
                  result->basis);
}

Result<Measured> comparison(const model::CityModel& model, const CompareClouds& wish, Progress& progress) {
  switch (wish.kind) {
    case CompareKind::settlement:
      return settlementOf(model, wish, progress);
    case CompareKind::snow:
      return snowOf(model, wish, progress);
    case CompareKind::volume:
      return volumeOf(model, wish, progress);
    default:
      return changeOf(model, wish, progress);
  }
}

}  // namespace

void PointDesk::on(const CompareClouds& command) {
  if (command.after.empty() || (command.kind != CompareKind::model && command.before == command.after))
    return notify_(true, tr(view_.language, "compare.two_needed"));
  job<Measured>(
      tr(view_.language, "compare.title"),
      [command](const model::CityModel& model, Progress& progress) { return comparison(model, command, progress); },
      [this](Measured result) {
        measure::SavedMeasurement saved = fresh(result.saved.kind, result.saved.name);
        saved.clouds = std::move(result.saved.clouds);
        saved.result_json = std::move(result.saved.result_json);
        saved.unrefined = result.saved.unrefined;
        keep(std::move(saved));
        if (!result.change) return;
        state().change = std::move(result.change);
        state().style.colour = render::PointColour::distance;
      });
}

void PointDesk::on(const MeasureClearance& command) {
  job<Measured>(
      tr(view_.language, "measured.clearance"),
      [command, hidden = state().hidden_clouds](const model::CityModel& model, Progress& progress) -> Result<Measured> {
        const Result<model::Bridge> bridge = bridgeWithAxis(model, command.bridge);
        if (!bridge) return bridge.error();
        measure::ClearanceWish wish;
        wish.axis = bridge->axis;
        wish.half_width_m = halfWidth(*bridge);
        wish.water_level_m = command.water_level_m;
        const Bounds box = around(wish.axis, wish.half_width_m + wish.reach_below_m);
        const Result<measure::PointStore> points = shownPointsWithin(model, hidden, box, progress);
        if (!points) return points.error();
        const Result<measure::Clearance> found = measure::bridgeClearance(points->view(), wish);
        if (!found) return found.error();
        Measured result;
        result.saved.name = nameOf(*bridge);
        const measure::ClearancePlace& lowest = found->lowest;
        result.saved.points = {{lowest.underside.x, lowest.underside.y, lowest.below_z_m}, lowest.underside};
        result.saved.result_json = measure::toJson(*found, model.frame).dump();
        result.saved.unrefined = found->basis.unrefined;
        return result;
      },
      [this](Measured result) {
        measure::SavedMeasurement saved = fresh(measure::SavedKind::clearance, result.saved.name);
        saved.points = std::move(result.saved.points);
        saved.result_json = std::move(result.saved.result_json);
        saved.unrefined = result.saved.unrefined;
        keep(std::move(saved));
      });
}

void PointDesk::on(const CutSection& command) {
  job<std::shared_ptr<const ShownSection>>(
      tr(view_.language, "section.title"),
      [command, hidden = state().hidden_clouds](const model::CityModel& model,
                                                Progress& progress) -> Result<std::shared_ptr<const ShownSection>> {
        const Result<measure::PointStore> points =
            shownPointsWithin(model, hidden, measure::reachOf(command.wish), progress);
        if (!points) return points.error();
        Result<measure::SectionPoints> cut = measure::cutSection(points->view(), command.wish);
        if (!cut) return cut.error();
        return std::make_shared<const ShownSection>(ShownSection{command.name, command.wish, std::move(*cut)});
      },
      [this](std::shared_ptr<const ShownSection> section) {
        state().section = std::move(section);
        view_.open_windows.insert(WindowId::section);
      });
}

void PointDesk::on(const MeasureRoad& command) {
  job<std::shared_ptr<const ShownRoadSections>>(
      tr(view_.language, "profile.title"),
      [command, hidden = state().hidden_clouds](
          const model::CityModel& model, Progress& progress) -> Result<std::shared_ptr<const ShownRoadSections>> {
        const Result<model::RoadSegment> road = roadWithLine(model, command.road);
        if (!road) return road.error();
        measure::RoadWish wish;
        wish.centreline = road->centreline;
        wish.every_m = command.every_m;
        wish.half_width_m = command.half_width_m;
        wish.lanes = command.lanes;
        const Bounds box = around(wish.centreline, wish.half_width_m + wish.window_m);
        const Result<measure::PointStore> points = shownPointsWithin(model, hidden, box, progress);
        if (!points) return points.error();
        Problems problems;  // every section that was not measured is counted in the result, too
        Result<measure::RoadSections> result = measure::roadSections(points->view(), wish, problems, progress);
        if (!result) return result.error();
        return std::make_shared<const ShownRoadSections>(ShownRoadSections{command.road, std::move(*result)});
      },
      [this](std::shared_ptr<const ShownRoadSections> sections) {
        std::string name;
        for (const model::RoadSegment& road : view_.project->model->roads)
          if (road.id == sections->road) name = nameOf(road);
        measure::SavedMeasurement saved = fresh(measure::SavedKind::road_sections, name);
        saved.result_json = measure::toJson(sections->result, view_.project->model->frame, false).dump();
        saved.unrefined = sections->result.basis.unrefined;
        keep(std::move(saved));
        state().road_sections = std::move(sections);
        view_.open_windows.insert(WindowId::road_sections);
      });
}

}  // namespace hashimichi::app
