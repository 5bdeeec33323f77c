#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/results/item_shapes.h"
#include "geo/import/results/json_elements.h"
#include "geo/import/results/results.h"
#include "geo/import/results/roof_snow.h"
#include "geo/model/result_merge.h"

namespace hashimichi::import {
namespace {

using cityjson::JsonTree;
using cityjson::JsonType;
using cityjson::JsonValue;
using Rgb = std::array<int, 3>;

constexpr const char* czml_crs = "EPSG:4326";
constexpr std::size_t name_limit_bytes = 4096;
/// Hours of one interval, and moments of one file: a year of hours.
constexpr std::int64_t hour_s = 3600, most_hours = 8784;
/// Of several colours in turn for one building [one a file, or one an hour].
constexpr std::size_t colour_limit = 10'000;
/// Heights of roofs above the ground; beyond, it is no building.
constexpr double most_height_m = 1000;
/// Legends are copied by hand and by pictures: so far a channel may be off.
constexpr int colour_slack = 2;

struct Span {
  Instant from, to;  ///< `to` excluded
};
struct Painted {
  std::optional<Span> when;  ///< nothing: always
  Rgb rgb{};
};
struct Parsed {
  model::ResultLayer::Item item;
  std::vector<Painted> colours;
};

/// "2026-02-17T18:00:00Z/2026-02-17T19:00:00Z"; without a zone CZML means UTC.
std::optional<Instant> momentOf(std::string_view text) {
  std::string moment(trim(text));
  const auto clock = moment.find('T');
  if (clock != moment.npos && moment.find_first_of("Z+-", clock) == moment.npos) moment += "Z";
  if (const auto fraction = moment.find('.'); fraction != moment.npos) {
    const auto end = moment.find_first_not_of("0123456789", fraction + 1);
    moment.erase(fraction, (end == moment.npos ? moment.size() : end) - fraction);
  }
  return parseInstant(moment);
}

std::optional<Span> spanOf(const std::string& interval) {
  const auto slash = interval.find('/');
  if (slash == interval.npos) return std::nullopt;
  const auto from = momentOf(std::string_view(interval).substr(0, slash)),
             to = momentOf(std::string_view(interval).substr(slash + 1));
  if (!from || !to || *to < *from) return std::nullopt;
  return Span{*from, *to};  // from the year 1 to 9999 is how some say "always": see isAlways
}

/// Longer than a layer can tell hour by hour.
bool isAlways(const Span& span) {
  return span.to.unix_s - span.from.unix_s > most_hours * hour_s;
}

std::optional<Span> overlap(const std::optional<Span>& a, const std::optional<Span>& b) {
  if (!a || !b) return a ? a : b;
  return Span{std::max(a->from, b->from), std::min(a->to, b->to)};
}

/// [r, g, b, a], of 255 or (rgbaf) of 1.
std::optional<Rgb> rgbOf(JsonValue color) {
  const JsonValue bytes = color["rgba"], shares = color["rgbaf"];
  const JsonValue channels = bytes.is(JsonType::array) ? bytes : shares;
  if (!channels.is(JsonType::array) || channels.size() != 4) return std::nullopt;
  Rgb rgb{};
  std::size_t i = 0;
  for (const JsonValue channel : channels) {
    const double value = channel.number() * (bytes.is(JsonType::array) ? 1 : 255);
    if (!(value >= 0 && value <= 255)) return std::nullopt;
    if (i < 3) rgb[i] = static_cast<int>(std::lround(value));
    ++i;
  }
  return rgb;
}

/// One value, or a list of values with the interval in which each holds.
template <typename Visit>
void forEachInterval(JsonValue value, const std::optional<Span>& outer, Visit visit) {
  const auto one = [&](JsonValue part) {
    std::optional<Span> when = outer;
    if (const JsonValue interval = part["interval"]) {
      const auto own = spanOf(interval.text());
      if (!own) return;
      when = overlap(outer, own);
    }
    visit(part, when);
  };
  if (!value.is(JsonType::array)) return one(value);
  for (const JsonValue part : value) one(part);
}

std::vector<Painted> coloursOf(JsonValue packet, JsonValue polygon) {
  std::vector<std::optional<Span>> lives;
  const JsonValue availability = packet["availability"];
  if (availability.is(JsonType::text)) lives.push_back(spanOf(availability.text()));
  if (availability.is(JsonType::array))
    for (const JsonValue part : availability) lives.push_back(spanOf(part.text()));
  std::erase(lives, std::nullopt);
  if (lives.empty()) lives.push_back(std::nullopt);
  std::vector<Painted> colours;
  for (const std::optional<Span>& life : lives)
    forEachInterval(polygon["material"], life, [&](JsonValue material, const std::optional<Span>& outer) {
      forEachInterval(material["solidColor"]["color"], outer, [&](JsonValue color, const std::optional<Span>& when) {
        const auto rgb = rgbOf(color);
        if (!rgb || colours.size() == colour_limit || (when && when->to < when->from)) return;
        colours.push_back({when && isAlways(*when) ? std::nullopt : when, *rgb});
      });
    });
  return colours;
}

double numberIn(JsonValue value) {
  return value.is(JsonType::object)   ? value["number"].number()
         : value.is(JsonType::number) ? value.number()
                                      : std::nan("");
}

model::Geometry shapeOf(JsonValue polygon) {
  model::Geometry shape;
  shape.lod = 0;
  shape.has_height = false;
  model::Surface surface;
  surface.polygon.outer = ringFromTriples(polygon["positions"]["cartographicDegrees"]);
  if (surface.polygon.outer.empty()) return shape;
  for (const JsonValue hole : polygon["holes"]["cartographicDegrees"])
    if (model::Ring ring = ringFromTriples(hole); !ring.empty()) surface.polygon.holes.push_back(std::move(ring));
  shape.surfaces.push_back(std::move(surface));
  return shape;
}

/// The tool writes extrudedHeight above the ground; another's height above the sea is told by its reference.
void raiseAsTold(JsonValue polygon, model::Geometry& shape) {
  const double top = numberIn(polygon["extrudedHeight"]), base = numberIn(polygon["height"]);
  if (!(top > 0)) return;
  const std::string reference = polygon["extrudedHeightReference"].text();
  const bool above_ground = reference.empty() || reference == "RELATIVE_TO_GROUND";
  const Storey storey{std::isfinite(base) ? base : 0, top, above_ground};
  if (storey.top_m - storey.base_m > 0 && storey.top_m - storey.base_m < most_height_m) raise(shape, storey);
}

std::optional<std::size_t> classOf(const RoofSnowQuantity& quantity, const Rgb& rgb) {
  for (const ClassColour& colour : quantity.colours) {
    bool same = true;
    for (std::size_t c = 0; c < 3; ++c) same = same && std::abs(colour.rgb[c] - rgb[c]) <= colour_slack;
    if (same) return colour.value_class;
  }
  return std::nullopt;
}

/// What the colours stand for: by the file's name, else by the legend that knows most of them. Priority and depth
/// share colours; the tool itself offers no CZML of depth.
struct Legend {
  const RoofSnowQuantity* quantity = nullptr;
  bool by_name = false;
};
Legend legendOf(const std::string& stem, const std::map<Rgb, std::size_t>& counts) {
  const std::string name = toLower(stem);
  for (const RoofSnowQuantity& quantity : roofSnowQuantities())
    for (const std::string_view word : {quantity.kind, quantity.column, quantity.name})
      if (name.find(toLower(std::string(word))) != name.npos) return {&quantity, true};
  Legend best;
  std::size_t most = 0;
  for (const RoofSnowQuantity& quantity : roofSnowQuantities()) {
    std::size_t known = 0;
    for (const auto& [rgb, count] : counts)
      if (classOf(quantity, rgb)) known += count;
    if (known > most) most = known, best.quantity = &quantity;
  }
  return best;
}

struct Run {
  const std::string file;
  const std::filesystem::path& path;
  Context& context;
  std::vector<Parsed> parsed{};
  std::map<Rgb, std::size_t> counts{};
  UniqueIds ids{};

  void skip(std::size_t index, const char* code, const std::string& what, const std::string& advice = {}) {
    context.problems.skip(file, fmt::format("packet {}", index), code, what, advice);
  }

  void add(JsonValue packet, std::size_t index) {
    const JsonValue polygon = packet["polygon"];
    std::string id = packet["id"].text();
    if (id == "document" || !polygon.is(JsonType::object)) return;
    if (id.empty() || id.size() > name_limit_bytes) id = fmt::format("packet {}", index);
    Parsed one;
    one.item.id = id;
    one.item.name = packet["name"].text();
    if (one.item.name.size() > name_limit_bytes) one.item.name.clear();
    one.item.geometry = shapeOf(polygon);
    if (one.item.geometry.empty())
      return skip(index, "result.no_shape", fmt::format("\"{}\" has no polygon of three points or more.", id));
    raiseAsTold(polygon, one.item.geometry);
    one.colours = coloursOf(packet, polygon);
    if (one.colours.empty())
      return skip(index, "result.no_colour", fmt::format("\"{}\" has no colour that tells its class.", id));
    if (!ids.take(one.item.id))
      skip(index, "id.repeated",
           fmt::format("The id \"{}\" comes again in this file; this one is \"{}\".", id, one.item.id));
    for (const Painted& painted : one.colours) ++counts[painted.rgb];
    parsed.push_back(std::move(one));
  }
};

Status readPackets(JsonElements& elements, Run& run) {
  JsonTree tree;
  std::size_t last = 0;
  for (JsonElements::Next next = elements.next(); next.kind != JsonElements::Kind::end; next = elements.next()) {
    last = next.index;
    if (next.index % 512 == 0) {
      run.context.progress.report(elements.fraction() * 0.9, "CZML");
      if (run.context.progress.cancelled()) return Error{ErrorCode::cancelled, run.file, "The import was stopped.", ""};
    }
    if (next.kind == JsonElements::Kind::broken) {
      run.skip(next.index, "json.broken",
               fmt::format("The packet that begins at byte {} does not end where it should.", next.at));
    } else if (const auto fault = tree.parse(next.text)) {
      run.skip(next.index, "json.broken",
               fmt::format("The packet is not JSON at byte {}: {}", next.at + fault->at, fault->what));
    } else if (run.parsed.size() == result_item_limit) {
      run.skip(next.index, "result.too_many",
               fmt::format("The file has more than {} polygons: the rest was not read.", result_item_limit));
      break;
    } else {
      run.add(tree.root(), next.index);
    }
  }
  if (elements.cutOff())
    run.skip(last, "json.cut_off", "The file ends behind this packet without closing its list: it was cut off.",
             "Copy or export it again.");
  return done();
}

/// The hours at which any building's colour is told. An interval without length is the moment itself.
template <typename Visit>
void forEachHour(const Span& span, Visit visit) {
  std::int64_t hours = 0;
  Instant at = span.from;
  do {
    visit(at);
    at.unix_s += hour_s;
  } while (at < span.to && ++hours < most_hours);
}

std::vector<Instant> hoursOf(const Run& run) {
  std::set<Instant> hours;
  for (const Parsed& one : run.parsed)
    for (const Painted& painted : one.colours)
      if (painted.when && hours.size() < static_cast<std::size_t>(most_hours))
        forEachHour(*painted.when, [&](Instant at) { hours.insert(at); });
  return {hours.begin(), hours.end()};
}

void reportColours(Run& run, const RoofSnowQuantity& quantity) {
  std::string words;
  std::size_t unknown = 0;
  for (const auto& [rgb, count] : run.counts) {
    if (classOf(quantity, rgb)) continue;
    if (words.size() < 100) words += fmt::format("{}({}, {}, {})", words.empty() ? "" : ", ", rgb[0], rgb[1], rgb[2]);
    unknown += count;
  }
  if (unknown > 0)
    run.context.problems.skip(
        run.file, {}, "result.unknown_colour",
        fmt::format("{} polygons have a colour that the legend of {} does not know ({}): they are "
                    "gaps.",
                    unknown, quantity.name, words));
}

/// The columns during which a colour holds: first and behind the last.
std::pair<std::size_t, std::size_t> columnsOf(const Painted& painted, const std::vector<Instant>& times) {
  if (!painted.when || times.empty()) return {0, std::max<std::size_t>(1, times.size())};
  const auto from = std::ranges::lower_bound(times, painted.when->from);
  auto to = std::ranges::lower_bound(times, painted.when->to);
  if (from == to && from != times.end() && *from == painted.when->from) ++to;
  return {static_cast<std::size_t>(from - times.begin()), static_cast<std::size_t>(to - times.begin())};
}

Result<model::ResultLayer> layerOf(Run& run, const RoofSnowQuantity& quantity) {
  model::ResultLayer layer = roofSnowLayer(quantity, true);
  const std::string stem = toUtf8(run.path.stem());
  layer.source = toUtf8(run.path.filename());
  layer.times = hoursOf(run);
  if (layer.columns() > model::result_value_limit / run.parsed.size())
    return Error{ErrorCode::limit, run.file, "The file has more buildings and hours than can be held.",
                 "Export fewer hours or a smaller area."};
  if (layer.times.empty())
    if (const auto time = timeInName(stem)) layer.times = {*time};
  if (layer.times.empty()) {
    layer.id += "/" + stem;
    run.context.problems.assume(
        run.file, {}, "result.no_time",
        "Neither the file nor its name tells an hour: its classes are taken to hold at any time.",
        "Put the hour into the name (YYYYMMDDHH00).");
  }
  const std::size_t columns = layer.columns();
  layer.values.assign(run.parsed.size() * columns, std::nanf(""));
  for (std::size_t i = 0; i < run.parsed.size(); ++i) {
    for (const Painted& painted : run.parsed[i].colours) {
      const auto known = classOf(quantity, painted.rgb);
      const float value = known ? static_cast<float>(*known) : std::nanf("");
      const auto [from, to] = columnsOf(painted, layer.times);
      for (std::size_t column = from; column < to; ++column) layer.values[i * columns + column] = value;
    }
    layer.items.push_back(std::move(run.parsed[i].item));
  }
  return layer;
}

class CzmlImporter final : public Importer {
 public:
  std::string_view format() const override { return "CZML"; }

  bool accepts(const std::filesystem::path& path, std::string_view head) const override {
    if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
    if (!trim(head).starts_with('[')) return false;
    return head.find("\"document\"") != head.npos &&
           (toLower(toUtf8(path.extension())) == ".czml" || head.find("\"version\"") != head.npos);
  }

  Result<Peek> peek(const std::filesystem::path& path, const Options&, Problems&) const override {
    Result<JsonElements> elements = JsonElements::open(path, {});
    if (!elements) return elements.error();
    Peek peek;
    peek.format = format();
    peek.crs = czml_crs;
    JsonTree tree;
    // All of them: files are left out by the extent that this tells.
    for (std::size_t i = 0; i < result_item_limit; ++i) {
      const JsonElements::Next next = elements->next();
      if (next.kind == JsonElements::Kind::end) break;
      if (next.kind == JsonElements::Kind::broken || tree.parse(next.text)) continue;
      for (const Vec3d p : ringFromTriples(tree.root()["polygon"]["positions"]["cartographicDegrees"]))
        peek.bounds.add(p);
    }
    return peek;
  }

  Status read(const std::filesystem::path& path, Context& context) const override {
    Result<JsonElements> elements = JsonElements::open(path, {});
    if (!elements) return elements.error();
    Run run{toUtf8(path), path, context};
    if (const Status status = readPackets(*elements, run); !status) return status;
    if (run.parsed.empty())
      return Error{ErrorCode::bad_input, run.file, "The file holds no coloured polygon.",
                   "Of CZML, polygons with a solid colour are read, as the roof-snow tool writes them."};
    const Legend legend = legendOf(toUtf8(path.stem()), run.counts);
    if (legend.quantity == nullptr)
      return Error{ErrorCode::bad_input, run.file, "None of its colours is one of the roof-snow tool's legends.",
                   "Import the GeoJSON, which holds the values themselves."};
    if (!legend.by_name)
      context.problems.assume(run.file, {}, "result.legend_assumed",
                              fmt::format("The file does not say what its colours mean; the legend of {} was taken.",
                                          legend.quantity->name),
                              "Put SnowRemovalPriority or SnowLoad into its name if that is wrong.");
    reportColours(run, *legend.quantity);
    Result<model::ResultLayer> layer = layerOf(run, *legend.quantity);
    if (!layer) return layer.error();
    if (const Status placed = placeItems(layer->items, czml_crs, path, context); !placed) return placed;
    context.sink.add(std::move(*layer));
    return done();
  }
};

}  // namespace

const Importer& czmlImporter() {
  static const CzmlImporter importer;
  return importer;
}

}  // namespace hashimichi::import
