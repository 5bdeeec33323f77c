#include "app/session/workflow.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <set>

#include "app/i18n/text.h"
#include "app/session/index_clouds.h"
#include "geo/core/file.h"
#include "geo/project/layout.h"

namespace hashimichi::app {
namespace fs = std::filesystem;

namespace {

/// A depth older than this is not shown as present (three times the usual hourly interval, DOMAIN B.10).
constexpr double stale_after_h = 3;
/// What a person wrote wins over what a record lists.
constexpr int note_priority = 20;

const sensors::Observation* newestDepth(const model::CityModel& model, const std::string& station_id, Instant at) {
  for (const sensors::Series& series : model.series)
    if (series.station_id == station_id && series.quantity == sensors::Quantity::snow_depth_cm && !series.isForecast())
      return sensors::latestUsable(series, at, stale_after_h);
  return nullptr;
}

}  // namespace

fs::path projectFolderFrom(fs::path path) {
  if (path.filename().empty()) path = path.parent_path();
  if (path.extension() != ".hashimichi") path += ".hashimichi";
  return path;
}

Result<project::Project> readIntoProject(const fs::path& folder, const std::vector<fs::path>& files,
                                         const import::Options& options, Progress& progress) {
  project::Project project;
  project.folder = folder;
  project.name = toUtf8(folder.stem());
  if (project::isProjectFolder(folder)) {
    Result<project::Project> existing = project::open(folder, progress);
    if (!existing) return existing.error();
    project = std::move(*existing);
  }
  import::Options beside = options;
  beside.unpack_folder = project::cachesOf(folder);
  Result<import::Outcome> outcome = import::importFiles(files, beside, progress, project.model);
  if (!outcome) return outcome.error();
  project.model = outcome->model;
  project.report.merge(outcome->problems);
  for (import::SourceInfo& source : outcome->sources) {
    std::erase_if(project.sources, [&](const auto& old) { return old.path == source.path; });
    project.sources.push_back(std::move(source));
  }
  return project;
}

Result<project::Project> importIntoProject(const fs::path& folder, const std::vector<fs::path>& files,
                                           const import::Options& options, Progress& progress) {
  Result<project::Project> project = readIntoProject(folder, files, options, progress);
  if (!project) return project;
  if (const Status saved = project::save(*project, progress); !saved) return saved.error();
  // The surveys are seen by their samples already, whatever becomes of their octrees.
  if (const Result<int> indexed = indexAndSave(*project, options.source_crs, progress, options.geoid);
      !indexed && indexed.error().code != ErrorCode::cancelled)
    return indexed.error();
  return project;
}

std::optional<TimeSpan> timeSpanOf(const model::CityModel& model) {
  std::optional<TimeSpan> span;
  std::optional<Instant> now;
  for (const sensors::Series& series : model.series) {
    if (series.values.empty()) continue;
    const Instant first = series.values.front().time, last = series.values.back().time;
    if (!span) span = {first, last, last};
    span->first = std::min(span->first, first);
    span->last = std::max(span->last, last);
    if (!series.isForecast() && (!now || *now < last)) now = last;
  }
  if (span) span->now = now.value_or(span->first);
  return span;
}

std::optional<TimeSpan> shownSpanOf(const model::CityModel& model) {
  std::optional<TimeSpan> span = timeSpanOf(model);
  for (const model::ResultLayer& result : model.results) {
    if (result.times.empty()) continue;
    const Instant first = result.times.front(), last = result.times.back();
    if (!span) span = {first, last, first};
    span->first = std::min(span->first, first);
    span->last = std::max(span->last, last);
  }
  return span;
}

std::string resultToShow(const model::CityModel& model, const model::CityModelPtr& before,
                         const std::string& shown_before) {
  const auto in = [](const model::CityModel& where, const std::string& id) {
    return std::ranges::find(where.results, id, &model::ResultLayer::id) != where.results.end();
  };
  if (before)
    for (const model::ResultLayer& result : model.results)
      if (!in(*before, result.id)) return result.id;
  return in(model, shown_before) ? shown_before : std::string();
}

Instant defaultMoment(const model::CityModel& model) {
  if (const std::optional<TimeSpan> span = timeSpanOf(model)) return span->now;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const std::int64_t hours = std::chrono::duration_cast<std::chrono::hours>(now).count();
  return {hours * 3600};
}

Result<assess::Ranking> assessProject(const model::CityModel& model, assess::Subject subject,
                                      const std::string& profile, Instant at) {
  return subject == assess::Subject::snow ? assess::rankSnow(model, profile, at) : assess::rankAgeing(model, at);
}

std::vector<render::SensorReading> sensorReadings(const model::CityModel& model, const std::string& profile, Instant at,
                                                  Language language) {
  std::set<std::string> suspect;
  for (const assess::UnusableGauge& gauge : assess::unusableGauges(model, profile, at))
    suspect.insert(gauge.station_id);
  const std::optional<TimeSpan> span = timeSpanOf(model);
  const bool ahead = span && hoursBetween(span->now, at) > stale_after_h;  // nobody has measured the forecast's hours
  std::vector<render::SensorReading> readings;
  for (const sensors::Station& station : model.stations) {
    render::SensorReading reading{station.id, tr(language, ahead ? "sensor.ahead" : "sensor.no_data"), 0, false};
    if (const sensors::Observation* newest = newestDepth(model, station.id, at)) {
      const bool usable = !suspect.contains(station.id);
      const std::string depth = fmt::format("{:.0f} cm", newest->value);
      reading = {station.id, usable ? depth : depth + " " + tr(language, "sensor.suspect"), newest->value, usable};
    }
    readings.push_back(std::move(reading));
  }
  return readings;
}

std::optional<model::AssetRef> assetNamed(const model::CityModel& model, const std::string& id) {
  using model::AssetKind;
  if (id.empty()) return std::nullopt;
  const auto in = [&](const auto& assets) {
    return std::ranges::any_of(assets, [&](const auto& asset) { return asset.id == id; });
  };
  if (in(model.buildings)) return model::AssetRef{AssetKind::building, id};
  if (in(model.roads)) return model::AssetRef{AssetKind::road, id};
  if (in(model.bridges)) return model::AssetRef{AssetKind::bridge, id};
  if (in(model.objects)) return model::AssetRef{AssetKind::object, id};
  if (in(model.stations)) return model::AssetRef{AssetKind::station, id};
  if (in(model.dump_sites)) return model::AssetRef{AssetKind::dump_site, id};
  return std::nullopt;
}

std::vector<float> roadSnow_cm(const model::CityModel& model, const assess::Ranking* ranking) {
  std::vector<float> depths;
  if (!ranking || ranking->subject != assess::Subject::snow) return depths;
  depths.assign(model.roads.size(), std::numeric_limits<float>::quiet_NaN());
  for (const assess::Ranked& row : ranking->rows)
    if (row.index < depths.size() && row.depth_cm >= 0) depths[row.index] = static_cast<float>(row.depth_cm);
  return depths;
}

std::vector<render::Pin> pinsOf(const model::CityModel& model, const project::Notebook& book, bool defects) {
  std::vector<render::Pin> pins = defects ? render::defectPins(model) : std::vector<render::Pin>();
  for (const project::Note& note : book.notes) {
    render::Pin pin;
    pin.id = note.id, pin.place = note.place, pin.text = note.text, pin.open = !note.done;
    pin.priority = note_priority;
    pins.push_back(std::move(pin));
  }
  return pins;
}

void paintRanking(render::Scene& scene, const model::CityModel& model, const assess::Ranking* ranking) {
  std::vector<assets::Soundness> soundness;
  for (const model::Bridge& bridge : model.bridges) {
    const assets::Inspection* latest = model::latestInspection(bridge);
    soundness.push_back(latest ? latest->soundness : assets::Soundness::unknown);
  }
  std::vector<int> bands;
  if (ranking && ranking->subject == assess::Subject::snow) {
    bands.assign(model.roads.size(), 0);
    for (const assess::Ranked& row : ranking->rows)
      if (row.index < bands.size()) bands[row.index] = row.band;
  }
  scene.setRoadBands(bands);
  scene.setBridgeSoundness(soundness);
}

}  // namespace hashimichi::app
