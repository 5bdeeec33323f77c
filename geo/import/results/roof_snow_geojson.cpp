#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/results/item_shapes.h"
#include "geo/import/results/json_elements.h"
#include "geo/import/results/results.h"
#include "geo/import/results/roof_snow.h"

namespace hashimichi::import {
namespace {

using cityjson::JsonTree;
using cityjson::JsonType;
using cityjson::JsonValue;

constexpr const char* geojson_crs = "EPSG:4326";  // RFC 7946: longitude, latitude of WGS 84
/// Less than this, or more, is a sentinel and no value of any of the quantities; −1 means "no snow" in the tool itself.
constexpr double least_value = -1, most_value = 1e7;
constexpr std::size_t name_limit_bytes = 4096;

/// A number, or a text that is one; NaN for null and for everything else.
double numberOf(JsonValue value) {
  if (value.is(JsonType::number)) return value.number();
  if (value.is(JsonType::text)) return parseNumber(value.text()).value_or(std::nan(""));
  return std::nan("");
}

bool hasMember(JsonValue object, std::string_view name) {
  if (!object.is(JsonType::object)) return false;
  for (const JsonValue member : object)
    if (member.hasKey(name)) return true;
  return false;
}

std::string wordOf(JsonValue value) {
  if (!value.is(JsonType::text) && !value.is(JsonType::number)) return {};
  std::string word = value.text();
  if (word.size() > name_limit_bytes) word.clear();
  return word;
}

void addPolygon(JsonValue rings, model::Geometry& geometry) {
  model::Surface surface;
  bool outer = true;
  for (const JsonValue ring : rings) {
    model::Ring points = ringFromPairs(ring);
    if (outer && points.empty()) return;
    if (outer)
      surface.polygon.outer = std::move(points);
    else if (!points.empty())
      surface.polygon.holes.push_back(std::move(points));
    outer = false;
  }
  if (!surface.polygon.outer.empty()) geometry.surfaces.push_back(std::move(surface));
}

model::Geometry footprintsOf(JsonValue geometry) {
  model::Geometry footprints;
  footprints.lod = 0;
  footprints.has_height = false;
  const std::string type = geometry["type"].text();
  if (type == "Polygon") addPolygon(geometry["coordinates"], footprints);
  if (type == "MultiPolygon")
    for (const JsonValue polygon : geometry["coordinates"]) addPolygon(polygon, footprints);
  return footprints;
}

/// What one file gives: the same items for every quantity that it has.
struct Run {
  const std::string file;
  const std::filesystem::path& path;
  Context& context;
  std::vector<model::ResultLayer::Item> items;
  std::vector<Storey> storeys;  ///< per item
  std::vector<std::vector<float>> values = std::vector<std::vector<float>>(roofSnowQuantities().size());
  std::vector<bool> present = std::vector<bool>(roofSnowQuantities().size(), false);
  UniqueIds ids{};

  void skip(std::size_t index, const char* code, const std::string& what, const std::string& advice = {}) {
    context.problems.skip(file, fmt::format("feature {}", index), code, what, advice);
  }

  void add(JsonValue feature, std::size_t index) {
    const JsonValue properties = feature["properties"];
    model::ResultLayer::Item item;
    item.id = wordOf(properties["id"]);
    if (item.id.empty()) item.id = wordOf(feature["id"]);
    if (item.id.empty()) item.id = fmt::format("feature {}", index);
    item.name = wordOf(properties["name"]);
    item.geometry = footprintsOf(feature["geometry"]);
    if (item.geometry.empty())
      return skip(index, "result.no_shape", fmt::format("\"{}\" has no polygon of three points or more.", item.id));
    const std::string id = item.id;
    if (!ids.take(item.id))
      skip(index, "id.repeated",
           fmt::format("The id \"{}\" comes again in this file; this one is \"{}\".", id, item.id));
    for (std::size_t q = 0; q < values.size(); ++q) values[q].push_back(valueOf(properties, q, index));
    storeys.push_back({numberOf(properties["elevation"]), numberOf(properties["bldg_height"]), false});
    items.push_back(std::move(item));
  }

  float valueOf(JsonValue properties, std::size_t quantity, std::size_t index) {
    const std::string_view column = roofSnowQuantities()[quantity].column;
    if (!hasMember(properties, column)) return std::nanf("");
    present[quantity] = true;
    const JsonValue cell = properties[column];
    if (!cell) return std::nanf("");  // null: the tool says nothing here
    const double value = numberOf(cell);
    if (std::isfinite(value) && value >= least_value && value <= most_value) return static_cast<float>(value);
    skip(index, "result.no_number",
         fmt::format("{} is {}, which is no such value: it is a gap.", column, std::string(cell.raw().substr(0, 40))));
    return std::nanf("");
  }

  /// Heights of the roof as the tool's own converter takes them: above sea level, as `elevation` is; where they lie
  /// below it they can only count from the ground.
  void raiseAll() {
    std::size_t from_ground = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
      Storey storey = storeys[i];
      if (items[i].geometry.empty() || !(storey.top_m > 0)) continue;
      if (!std::isfinite(storey.base_m)) storey.base_m = 0, storey.above_ground = true;
      if (storey.top_m <= storey.base_m) storey.top_m += storey.base_m, ++from_ground;
      if (storey.top_m - storey.base_m < 1000) raise(items[i].geometry, storey);
    }
    if (from_ground > 0)
      context.problems.assume(file, {}, "result.height_from_ground",
                              fmt::format("{} buildings have a bldg_height below their elevation: it was taken as the "
                                          "height above the ground.",
                                          from_ground));
  }
};

Status readFeatures(JsonElements& elements, Run& run) {
  JsonTree tree;
  std::size_t last = 0;
  for (JsonElements::Next next = elements.next(); next.kind != JsonElements::Kind::end; next = elements.next()) {
    last = next.index;
    if (next.index % 512 == 0) {
      run.context.progress.report(elements.fraction() * 0.9, "roof snow");
      if (run.context.progress.cancelled()) return Error{ErrorCode::cancelled, run.file, "The import was stopped.", ""};
    }
    if (next.kind == JsonElements::Kind::broken) {
      run.skip(next.index, "json.broken",
               fmt::format("The feature that begins at byte {} does not end where it should.", next.at));
      continue;
    }
    if (const auto fault = tree.parse(next.text)) {
      run.skip(next.index, "json.broken",
               fmt::format("The feature is not JSON at byte {}: {}", next.at + fault->at, fault->what));
      continue;
    }
    if (run.items.size() == result_item_limit) {
      run.skip(next.index, "result.too_many",
               fmt::format("The file has more than {} features: the rest was not read.", result_item_limit));
      break;
    }
    run.add(tree.root(), next.index);
  }
  if (elements.cutOff())
    run.skip(last, "json.cut_off", "The file ends behind this feature without closing its list: it was cut off.",
             "Copy or export it again.");
  return done();
}

void pour(Run& run) {
  const std::string stem = toUtf8(run.path.stem());
  const std::optional<Instant> time = timeInName(stem);
  if (!time)
    run.context.problems.assume(run.file, {}, "result.no_time",
                                "The file's name tells no hour: its values are taken to hold at any time.",
                                "Keep the name that the tool gave it (YYYYMMDDHH00_area_n.geojson).");
  for (std::size_t q = 0; q < run.values.size(); ++q) {
    if (!run.present[q]) continue;
    model::ResultLayer layer = roofSnowLayer(roofSnowQuantities()[q], false);
    layer.source = toUtf8(run.path.filename());
    if (time) layer.times = {*time};
    if (!time) layer.id += "/" + stem;
    layer.items = run.items;
    layer.values = std::move(run.values[q]);
    run.context.sink.add(std::move(layer));
  }
}

class RoofSnowImporter final : public Importer {
 public:
  std::string_view format() const override { return "roof-snow GeoJSON"; }

  bool accepts(const std::filesystem::path&, std::string_view head) const override {
    if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
    if (!trim(head).starts_with('{') || head.find("\"features\"") == head.npos) return false;
    return std::ranges::any_of(roofSnowQuantities(), [&](const RoofSnowQuantity& quantity) {
      return head.find("\"" + std::string(quantity.column) + "\"") != head.npos;
    });
  }

  Result<Peek> peek(const std::filesystem::path& path, const Options& options, Problems&) const override {
    Result<JsonElements> elements = JsonElements::open(path, "features");
    if (!elements) return elements.error();
    Peek peek;
    peek.format = format();
    peek.crs = options.source_crs.empty() ? geojson_crs : options.source_crs;
    JsonTree tree;
    // All of them: files are left out by the extent that this tells.
    for (std::size_t i = 0; i < result_item_limit; ++i) {
      const JsonElements::Next next = elements->next();
      if (next.kind == JsonElements::Kind::end) break;
      if (next.kind == JsonElements::Kind::broken || tree.parse(next.text)) continue;
      const model::Geometry shape = footprintsOf(tree.root()["geometry"]);
      for (const model::Surface& surface : shape.surfaces)
        for (const Vec3d p : surface.polygon.outer) peek.bounds.add(p);
    }
    return peek;
  }

  Status read(const std::filesystem::path& path, Context& context) const override {
    Result<JsonElements> elements = JsonElements::open(path, "features");
    if (!elements) return elements.error();
    Run run{toUtf8(path), path, context, {}, {}};
    if (const Status status = readFeatures(*elements, run); !status) return status;
    if (run.items.empty() || std::ranges::none_of(run.present, [](bool there) { return there; }))
      return Error{ErrorCode::bad_input, run.file,
                   run.items.empty() ? "No feature of the file could be read."
                                     : "No feature has snow_removal_priority, snow_load or snow_depth.",
                   "Export it again from the roof-snow tool."};
    const std::string crs = context.options.source_crs.empty() ? geojson_crs : context.options.source_crs;
    if (const Status placed = placeItems(run.items, crs, path, context); !placed) return placed;
    run.raiseAll();
    pour(run);
    return done();
  }
};

}  // namespace

const Importer& roofSnowImporter() {
  static const RoofSnowImporter importer;
  return importer;
}

}  // namespace hashimichi::import
