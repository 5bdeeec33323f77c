#include <fmt/format.h>

#include <algorithm>

#include "app/cli/cloud_output.h"
#include "app/cli/measure_inputs.h"
#include "app/cli/verb.h"
#include "app/i18n/text.h"
#include "geo/measure/result_json.h"
#include "geo/measure/tiled_change.h"

namespace hashimichi::app::cli {
namespace {

using nlohmann::json;

struct Words {
  std::string what;
  std::vector<std::string> inputs, clouds;
  std::string crs, line, road, bridge, method = "m3c2", csv, dxf, laz;
  double from = 0, to = std::numeric_limits<double>::infinity();
  // Nothing: the measure's own default.
  std::optional<double> every, half_width, width, window, straight_edge, zone, water_level, cell, registration_mm;
  std::optional<double> core_spacing, normal_scale, projection_scale, reach;
  std::vector<double> piers;
  std::vector<int> classes;
  int lanes = 2;
  bool profiles = false, core_points = false, json_wanted = false;
};

template <typename Field>
void take(Field& field, const std::optional<double>& value, double factor = 1) {
  if (value) field = *value * factor;
}

/// The line that is measured along, and what belongs to it.
struct Along {
  model::Polyline line;
  std::optional<double> half_width_m;
};

Result<Along> alongOf(const Words& words, const MeasureInputs& inputs) {
  if (!words.line.empty()) {
    auto line = lineFrom(words.line, inputs.frame);
    return line ? Result<Along>(Along{std::move(*line), {}}) : Result<Along>(line.error());
  }
  if (inputs.model && !words.road.empty())
    for (const model::RoadSegment& road : inputs.model->roads)
      if (road.id == words.road && road.centreline.size() > 1)
        return Along{road.centreline, road.width_m > 0 ? std::optional(road.width_m / 2) : std::nullopt};
  if (inputs.model && !words.bridge.empty())
    for (const model::Bridge& bridge : inputs.model->bridges)
      if (bridge.id == words.bridge && bridge.axis.size() > 1)
        return Along{bridge.axis, bridge.width_m ? std::optional(*bridge.width_m / 2) : std::nullopt};
  return Error{ErrorCode::bad_input, "measure " + words.what,
               words.road.empty() && words.bridge.empty() ? "There is no line to measure along."
                                                          : "The project has no such road or bridge with a line.",
               "Give --line, or a project with --road ID or --bridge ID."};
}

Bounds boxAround(const model::Polyline& line, double reach_m) {
  Bounds box;
  for (const Vec3d& p : line) {
    box.add(p - Vec3d{reach_m, reach_m, 1e9});
    box.add(p + Vec3d{reach_m, reach_m, 1e9});
  }
  return box;
}

/// One measure at work: inputs opened, problems collected, the answer as JSON.
struct Work {
  const Words& words;
  MeasureInputs inputs;
  Problems problems;
  Progress& progress;

  Result<measure::PointStore> points(std::size_t survey, const Bounds& box) {
    return pointsOf(inputs, survey, box, words.classes, problems, progress);
  }
};

Result<json> sections(Work& work) {
  const auto along = alongOf(work.words, work.inputs);
  if (!along) return along.error();
  measure::RoadWish wish;
  wish.centreline = along->line, wish.from_m = work.words.from, wish.to_m = work.words.to,
  wish.lanes = work.words.lanes;
  take(wish.half_width_m, along->half_width_m), take(wish.half_width_m, work.words.half_width);
  take(wish.every_m, work.words.every), take(wish.window_m, work.words.window);
  take(wish.straight_edge_m, work.words.straight_edge);
  const auto points = work.points(0, boxAround(wish.centreline, wish.half_width_m));
  if (!points) return points.error();
  const auto result = measure::roadSections(points->view(), wish, work.problems, work.progress);
  if (!result) return result.error();
  json out = toJson(*result, work.inputs.frame, work.words.profiles);
  out["straight_edge_m"] = wish.straight_edge_m, out["half_width_m"] = wish.half_width_m;
  return out;
}

Result<json> clearance(Work& work) {
  const auto along = alongOf(work.words, work.inputs);
  if (!along) return along.error();
  measure::ClearanceWish wish;
  wish.axis = along->line, wish.water_level_m = work.words.water_level;
  wish.from_m = work.words.from, wish.to_m = work.words.to;
  take(wish.half_width_m, along->half_width_m), take(wish.half_width_m, work.words.half_width);
  take(wish.cell_m, work.words.cell);
  const auto points = work.points(0, boxAround(wish.axis, wish.half_width_m));
  if (!points) return points.error();
  const auto result = measure::bridgeClearance(points->view(), wish);
  return result ? Result<json>(toJson(*result, work.inputs.frame)) : Result<json>(result.error());
}

Result<json> settlement(Work& work) {
  const auto along = alongOf(work.words, work.inputs);
  if (!along) return along.error();
  measure::SettlementWish wish;
  wish.axis = along->line, wish.pier_chainages_m = work.words.piers;
  take(wish.half_width_m, work.words.half_width), take(wish.zone_m, work.words.zone),
      take(wish.every_m, work.words.every);
  take(wish.registration_mm, work.words.registration_mm);
  const Bounds box = boxAround(wish.axis, wish.half_width_m);
  const auto before = work.points(0, box);
  if (!before) return before.error();
  const auto after = work.points(1, box);
  if (!after) return after.error();
  const auto result = measure::deckSettlement(before->view(), after->view(), wish, work.problems);
  return result ? Result<json>(toJson(*result, work.inputs.frame)) : Result<json>(result.error());
}

Result<json> snow(Work& work) {
  const auto along = alongOf(work.words, work.inputs);
  if (!along) return along.error();
  measure::SnowWish wish;
  wish.centreline = along->line, wish.from_m = work.words.from, wish.to_m = work.words.to;
  take(wish.half_width_m, along->half_width_m), take(wish.half_width_m, work.words.half_width);
  take(wish.every_m, work.words.every), take(wish.cell_m, work.words.cell);
  take(wish.registration_cm, work.words.registration_mm, 0.1);
  const Bounds box = boxAround(wish.centreline, wish.half_width_m);
  const auto bare = work.points(0, box);
  if (!bare) return bare.error();
  const auto covered = work.points(1, box);
  if (!covered) return covered.error();
  const auto result = measure::snowDepth(bare->view(), covered->view(), wish, work.problems);
  return result ? Result<json>(toJson(*result)) : Result<json>(result.error());
}

Result<measure::CloudChange> changeOf(const Words& words, const measure::PointsView& before,
                                      const measure::PointsView& after, Progress& progress) {
  if (words.method == "m3c2") {
    measure::M3c2Wish wish;
    take(wish.core_spacing_m, words.core_spacing), take(wish.normal_scale_m, words.normal_scale);
    take(wish.projection_scale_m, words.projection_scale), take(wish.reach_m, words.reach);
    take(wish.registration_m, words.registration_mm, 0.001);
    return measure::m3c2(before, after, wish, progress);
  }
  measure::NearestWish wish;
  take(wish.reach_m, words.reach);
  return measure::cloudToCloud(before, after, wish, progress);
}

/// How far points matter to a comparison.
double marginOf(const Words& words) {
  measure::M3c2Wish scales;
  measure::NearestWish nearest;
  take(scales.normal_scale_m, words.normal_scale), take(scales.projection_scale_m, words.projection_scale);
  take(scales.reach_m, words.reach), take(nearest.reach_m, words.reach);
  if (words.method != "m3c2") return 2 * nearest.reach_m;  // the plane about the farthest neighbour
  return std::max(scales.normal_scale_m, scales.projection_scale_m) / 2 + scales.reach_m;
}

/// Two clouds with octrees that do not fit the memory together: only an octree gives a tile without reading the rest.
std::optional<measure::TileWish> tilesOf(const Work& work, const Bounds& box) {
  std::vector<const model::PointCloud*> surveys;
  for (std::size_t i = 0; i < 2 && i < work.inputs.clouds.size() && work.inputs.model; ++i)
    for (const model::PointCloud& cloud : work.inputs.model->clouds)
      if (cloud.id == work.inputs.clouds[i] && !cloud.octree.empty()) surveys.push_back(&cloud);
  if (surveys.size() != 2) return std::nullopt;
  measure::TileWish wish;
  wish.area = surveys[0]->bounds;
  for (const Bounds& other : {surveys[1]->bounds, box}) {
    if (other.empty()) continue;
    wish.area.low.x = std::max(wish.area.low.x, other.low.x), wish.area.low.y = std::max(wish.area.low.y, other.low.y);
    wish.area.high.x = std::min(wish.area.high.x, other.high.x);
    wish.area.high.y = std::min(wish.area.high.y, other.high.y);
  }
  if (wish.area.low.x > wish.area.high.x || wish.area.low.y > wish.area.high.y) return std::nullopt;
  double most = 0;  // points that one of them has in the area, as if they were spread evenly
  for (const model::PointCloud* cloud : surveys) {
    const Vec3d whole = cloud->bounds.size(), part = wish.area.size();
    const double share = std::min(1.0, part.x * part.y / std::max(1.0, whole.x * whole.y));
    most = std::max(most, share * static_cast<double>(cloud->point_count));
  }
  if (most < static_cast<double>(measured_points_limit)) return std::nullopt;
  // Points lie closer in some places than in others: a tile's memory has room for ten times the mean.
  wish.tile_m = measure::tileSide(wish.area, static_cast<std::size_t>(most), measured_points_limit / 10);
  wish.margin_m = marginOf(work.words);
  return wish;
}

/// Whole clouds of any size; the volume between them needs all points at once and is left to a smaller part.
Result<json> changeInTiles(Work& work, const measure::TileWish& tiles) {
  SilentProgress reading;
  const auto inside = [&](std::size_t survey) {
    return [&work, &reading, survey](const Bounds& box) {
      return pointsOf(work.inputs, survey, box, work.words.classes, work.problems, reading);
    };
  };
  const auto compare = [&](const measure::PointsView& before, const measure::PointsView& after, Progress& progress) {
    return changeOf(work.words, before, after, progress);
  };
  const auto result = measure::changeByTiles(tiles, inside(0), inside(1), compare, work.progress);
  if (!result) return result.error();
  work.problems.assume(
      "measure change", {}, "change.tiles",
      fmt::format("The clouds are larger than the memory for measuring: they were compared in tiles of "
                  "{:.0f} m; the volume between them was left out.",
                  tiles.tile_m),
      "Give a smaller part with --line for its volume.");
  json out = toJson(*result, work.inputs.frame, work.words.core_points);
  out["volume"] = nullptr;
  return out;
}

/// Distance of one survey to the faces of a bridge of the project.
Result<json> toBridge(Work& work) {
  if (work.inputs.model)
    for (const model::Bridge& bridge : work.inputs.model->bridges) {
      if (bridge.id != work.words.bridge) continue;
      measure::NearestWish wish;
      take(wish.reach_m, work.words.reach);
      Bounds box = model::boundsOf(bridge.geometry);
      if (!box.empty())
        box.low = box.low - Vec3d{wish.reach_m, wish.reach_m, 0},
        box.high = box.high + Vec3d{wish.reach_m, wish.reach_m, 0};
      box.low.z = -1e9, box.high.z = 1e9;
      const auto points = work.points(0, box);
      if (!points) return points.error();
      const auto result = measure::cloudToMesh(points->view(), bridge.geometry, wish, work.progress);
      return result ? Result<json>(toJson(*result, work.inputs.frame, work.words.core_points))
                    : Result<json>(result.error());
    }
  return Error{ErrorCode::bad_input, "measure change", "Cloud to mesh needs a bridge of a project.",
               "Give a project and --bridge ID."};
}

Result<json> change(Work& work) {
  if (work.words.method == "c2m") return toBridge(work);
  Bounds box;
  model::Polyline ring;
  if (!work.words.line.empty()) {
    const auto line = lineFrom(work.words.line, work.inputs.frame);
    if (!line) return line.error();
    box = boxAround(*line, work.words.half_width.value_or(0));
    if (line->size() > 2 && !work.words.half_width) ring = *line;
  }
  if (const auto tiles = tilesOf(work, box)) return changeInTiles(work, *tiles);
  const auto before = work.points(0, box);
  if (!before) return before.error();
  const auto after = work.points(1, box);
  if (!after) return after.error();
  const auto result = changeOf(work.words, before->view(), after->view(), work.progress);
  if (!result) return result.error();
  json out = toJson(*result, work.inputs.frame, work.words.core_points);
  measure::VolumeWish wish;
  wish.within = ring;
  take(wish.cell_m, work.words.cell), take(wish.registration_m, work.words.registration_mm, 0.001);
  const auto volume = measure::volumeBetween(before->view(), after->view(), wish);
  out["volume"] = volume ? toJson(*volume) : json(nullptr);
  return out;
}

/// The slice's points with all their attributes, in the survey's own coordinates and at full detail.
Status writeSlice(Work& work, const measure::SectionWish& wish) {
  auto region = sectionRegion(wish);
  if (!region) return region.error();
  if (!work.words.classes.empty()) region->classes.reset();
  for (const int one : work.words.classes)
    if (one >= 0 && one < 256) region->classes.set(static_cast<std::size_t>(one));
  model::PointCloud survey;
  if (work.inputs.clouds.empty()) {
    survey.path = work.inputs.files.front().string();
  } else {
    for (const model::PointCloud& cloud : work.inputs.model->clouds)
      if (cloud.id == work.inputs.clouds.front()) survey = cloud;
  }
  const auto written = writeCloud(survey, work.inputs.frame, *region, exporting::PointFormat::laz, work.words.laz,
                                  work.problems, work.progress);
  return written ? done() : Status(written.error());
}

Result<json> profile(Work& work) {
  const auto along = alongOf(work.words, work.inputs);
  if (!along) return along.error();
  measure::SectionWish wish;
  wish.line = along->line, wish.from_m = work.words.from, wish.to_m = work.words.to;
  take(wish.width_m, work.words.width);
  const auto points = work.points(0, boxAround(wish.line, wish.width_m));
  if (!points) return points.error();
  const auto section = measure::cutSection(points->view(), wish);
  if (!section) return section.error();
  if (!work.words.csv.empty())
    if (const Status written = measure::writeSectionCsv(work.words.csv, *section, work.inputs.frame); !written)
      return written.error();
  if (!work.words.dxf.empty())
    if (const Status written = measure::writeSectionDxf(work.words.dxf, *section); !written) return written.error();
  if (!work.words.laz.empty())
    if (const Status written = writeSlice(work, wish); !written) return written.error();
  return toJson(*section, work.inputs.frame);
}

Result<json> byHand(Work& work) {
  if (work.words.line.empty())
    return Error{ErrorCode::bad_input, "measure " + work.words.what, "There are no points to measure between.",
                 "Give them with --line \"E,N,H E,N,H\"."};
  const auto line = lineFrom(work.words.line, work.inputs.frame);
  if (!line) return line.error();
  if (work.words.what == "area") {
    const auto area = measure::areaOf(*line);
    return area ? Result<json>(toJson(*area)) : Result<json>(area.error());
  }
  const auto length = measure::lengthAlong(*line);
  if (!length) return length.error();
  if (line->size() > 2) return toJson(*length);
  const auto distance = measure::distanceBetween(line->front(), line->back());
  return distance ? Result<json>(toJson(*distance)) : Result<json>(distance.error());
}

struct Kind {
  const char* name;
  std::size_t surveys;
  Result<json> (*measured)(Work&);
};
constexpr Kind kinds[] = {{"sections", 1, sections}, {"clearance", 1, clearance}, {"settlement", 2, settlement},
                          {"change", 2, change},     {"snow", 2, snow},           {"profile", 1, profile},
                          {"distance", 0, byHand},   {"area", 0, byHand}};

/// For people: every single number by its name and unit, lists by their length.
void printText(const json& out) {
  for (const auto& [key, value] : out.items()) {
    if (value.is_array())
      fmt::print("{:24} [{}]\n", key, value.size());
    else if (value.is_number_float())
      fmt::print("{:24} {:.4f}\n", key, value.get<double>());
    else
      fmt::print("{:24} {}\n", key, value.is_string() ? value.get<std::string>() : value.dump());
  }
}

int runMeasure(const Words& words, Progress& progress) {
  const auto kind =
      std::find_if(std::begin(kinds), std::end(kinds), [&](const Kind& k) { return words.what == k.name; });
  if (kind == std::end(kinds)) return exit_usage;
  const std::size_t surveys = words.what == "change" && words.method == "c2m" ? 1 : kind->surveys;
  std::string crs = words.crs;
  if (surveys == 0 && words.inputs.empty() && crs.empty()) crs = "EPSG:6677";  // numbers are used as they are
  auto inputs = openInputs(words.inputs, words.clouds, crs, surveys, progress);
  if (!inputs) return fail(inputs.error());
  Work work{words, std::move(*inputs), {}, progress};
  auto out = kind->measured(work);
  if (!out) return fail(out.error());
  (*out)["measure"] = words.what;
  if (surveys > 0 || !words.crs.empty()) (*out)["crs"] = fmt::format("EPSG:{}", work.inputs.frame.epsg());
  if (words.json_wanted) {
    addReport(*out, work.problems);
    print(*out);
  } else {
    printText(*out);
    fmt::print("{}", reportText(work.problems, languageFromEnvironment()));
  }
  return exitCodeOf(work.problems);
}

void addSizes(CLI::App& verb, Words& w, Language language) {
  verb.add_option("--from", w.from, tr(language, "cli.measure_from"));
  verb.add_option("--to", w.to, tr(language, "cli.measure_to"));
  verb.add_option("--every", w.every, tr(language, "cli.measure_every"));
  verb.add_option("--half-width", w.half_width, tr(language, "cli.measure_half_width"));
  verb.add_option("--width", w.width, tr(language, "cli.measure_width"));
  verb.add_option("--window", w.window, tr(language, "cli.measure_window"));
  verb.add_option("--lanes", w.lanes, tr(language, "cli.measure_lanes"));
  verb.add_option("--straight-edge", w.straight_edge, tr(language, "cli.measure_straight_edge"));
  verb.add_option("--zone", w.zone, tr(language, "cli.measure_zone"));
  verb.add_option("--piers", w.piers, tr(language, "cli.measure_piers"))->delimiter(',');
  verb.add_option("--water-level", w.water_level, tr(language, "cli.measure_water_level"));
  verb.add_option("--cell", w.cell, tr(language, "cli.measure_cell"));
  verb.add_option("--registration-mm", w.registration_mm, tr(language, "cli.measure_registration"));
  verb.add_option("--core-spacing", w.core_spacing, tr(language, "cli.measure_core_spacing"));
  verb.add_option("--normal-scale", w.normal_scale, tr(language, "cli.measure_normal_scale"));
  verb.add_option("--projection-scale", w.projection_scale, tr(language, "cli.measure_projection_scale"));
  verb.add_option("--reach", w.reach, tr(language, "cli.measure_reach"));
}

}  // namespace

void addMeasureVerb(CLI::App& app, Action& chosen) {
  const Language language = languageFromEnvironment();
  auto words = std::make_shared<Words>();
  CLI::App* verb = app.add_subcommand("measure", tr(language, "cli.measure"));
  std::vector<std::string> names;
  for (const Kind& kind : kinds) names.emplace_back(kind.name);
  verb->add_option("what", words->what, tr(language, "cli.measure_what"))->required()->check(CLI::IsMember(names));
  verb->add_option("inputs", words->inputs, tr(language, "cli.measure_inputs"));
  verb->add_option("--cloud", words->clouds, tr(language, "cli.measure_cloud"))->expected(1)->take_all();
  verb->add_option("--crs", words->crs, tr(language, "cli.measure_crs"));
  verb->add_option("--line", words->line, tr(language, "cli.measure_line"));
  verb->add_option("--road", words->road, tr(language, "cli.measure_road"));
  verb->add_option("--bridge", words->bridge, tr(language, "cli.measure_bridge"));
  verb->add_option("--classes", words->classes, tr(language, "cli.measure_classes"))->delimiter(',');
  verb->add_option("--method", words->method, tr(language, "cli.measure_method"))
      ->check(CLI::IsMember({"m3c2", "c2c", "c2m"}));
  verb->add_option("--csv", words->csv, tr(language, "cli.measure_csv"));
  verb->add_option("--dxf", words->dxf, tr(language, "cli.measure_dxf"));
  verb->add_option("--laz", words->laz, tr(language, "cli.measure_laz"));
  addSizes(*verb, *words, language);
  verb->add_flag("--profiles", words->profiles, tr(language, "cli.measure_profiles"));
  verb->add_flag("--core-points", words->core_points, tr(language, "cli.measure_core_points"));
  verb->add_flag("--json", words->json_wanted, tr(language, "cli.json"));
  verb->callback([words, &chosen] { chosen = [words](Progress& progress) { return runMeasure(*words, progress); }; });
}

}  // namespace hashimichi::app::cli
