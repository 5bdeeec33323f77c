#include "geo/project/results.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

#include "geo/core/file.h"
#include "geo/project/json_text.h"
#include "geo/project/schema.h"

namespace hashimichi::project {
namespace {

using model::ResultLayer;
static_assert(std::endian::native == std::endian::little, "the values' blob is little-endian");

constexpr TableInfo results_table{"results", Shape::none, "Results of other programs, by layer"};
constexpr TableInfo areas_table{"result_areas", Shape::polygons, "What the values of a result belong to: areas"};
constexpr TableInfo points_table{"result_points", Shape::points, "What the values of a result belong to: points"};

/// One item of one layer.
struct ItemRow {
  std::int64_t owner = 0;  ///< fid of the layer
  std::string layer_id;
  std::size_t position = 0;  ///< within the layer
  ResultLayer::Item item;
  std::string values;  ///< 32-bit floats, little-endian, one for each time
  double largest = std::nan("");
};

template <typename Value, typename ToText>
std::string jsonOf(const std::vector<Value>& values, ToText to_text) {
  std::vector<std::string> texts;
  for (const Value& value : values) texts.push_back(to_text(value));
  return jsonFromTexts(texts);
}

std::string exact(double value) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

void layerColumns(Columns& c, ResultLayer& row) {
  c.text("result_id", row.id);
  c.text("name", row.name);
  c.text("quantity", row.quantity);
  c.text("unit", row.unit);
  c.text("source", row.source);
  std::string times = c.reading() ? std::string() : jsonOf(row.times, [](Instant t) { return formatInstant(t); });
  c.text("times", times);
  std::string limits = c.reading() ? std::string() : jsonOf(row.class_limits, exact);
  c.text("class_limits", limits);
  std::string names = c.reading() ? std::string() : jsonFromTexts(row.class_names);
  c.text("class_names", names);
  if (!c.reading()) return;
  for (const std::string& text : textsFromJson(times))
    if (const auto time = parseInstant(text)) row.times.push_back(*time);
  for (const std::string& text : textsFromJson(limits)) {
    double limit = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), limit).ec == std::errc{})
      row.class_limits.push_back(limit);
  }
  row.class_names = textsFromJson(names);
}

void itemColumns(Columns& c, ItemRow& row) {
  c.whole("owner", row.owner);
  c.text("result_id", row.layer_id);
  c.whole("position", row.position);
  c.text("item_id", row.item.id);
  c.text("name", row.item.name);
  c.number("largest_value", row.largest);
  c.whole("lod", row.item.geometry.lod);
  c.flag("has_height", row.item.geometry.has_height);
  c.blob("values", row.values);
}

void areaColumns(Columns& c, ItemRow& row) {
  std::vector<model::Surface>& surfaces = row.item.geometry.surfaces;
  c.polygons(surfaces);
  std::string kinds = c.reading() ? std::string() : textFromKinds(surfaces);
  c.text("surface_kinds", kinds);
  if (c.reading()) applyKinds(kinds, surfaces);
  itemColumns(c, row);
}

void pointColumns(Columns& c, ItemRow& row) {
  c.points(row.item.geometry.points);
  itemColumns(c, row);
}

ItemRow rowOf(const ResultLayer& layer, std::size_t owner, std::size_t item) {
  ItemRow row{static_cast<std::int64_t>(owner) + 1, layer.id, item, layer.items[item], {}, std::nan("")};
  const float* const first = layer.values.data() + item * layer.columns();
  row.values.resize(layer.columns() * sizeof(float));
  std::memcpy(row.values.data(), first, row.values.size());
  for (std::size_t i = 0; i < layer.columns(); ++i)
    if (!(row.largest >= static_cast<double>(first[i])) && !std::isnan(first[i]))
      row.largest = static_cast<double>(first[i]);
  return row;
}

/// The items with points, or all others, one after another.
Status writeItems(Gpkg& file, const TableInfo& table, const model::CityModel& city, bool points,
                  void (*columns)(Columns&, ItemRow&)) {
  ItemRow sample;
  std::size_t layer = 0, item = 0;
  return file.write(
      table, [&](Columns& definition) { columns(definition, sample); },
      [&](Columns& cells) {
        for (; layer < city.results.size(); ++layer, item = 0) {
          const ResultLayer& from = city.results[layer];
          while (item < from.items.size() && from.items[item].geometry.points.empty() == points) ++item;
          if (item == from.items.size()) continue;
          ItemRow row = rowOf(from, layer, item++);
          columns(cells, row);
          return true;
        }
        return false;
      });
}

/// Puts a row where it belongs; false where the file says what cannot be.
bool take(ItemRow& row, model::CityModel& city) {
  if (row.owner < 1 || static_cast<std::size_t>(row.owner) > city.results.size()) return false;
  ResultLayer& layer = city.results[static_cast<std::size_t>(row.owner) - 1];
  const std::size_t columns = layer.columns();
  if (row.values.size() != columns * sizeof(float)) return false;
  // Rows of areas and of points come one table after the other: their places are told, and each is filled once.
  constexpr std::size_t most_items = 4'000'000;
  if (row.position >= most_items) return false;
  if (row.position >= layer.items.size()) {
    layer.items.resize(row.position + 1);
    layer.values.resize((row.position + 1) * columns, std::nanf(""));
  }
  std::memcpy(layer.values.data() + row.position * columns, row.values.data(), row.values.size());
  layer.items[row.position] = std::move(row.item);
  return true;
}

Status readItems(Gpkg& file, const TableInfo& table, model::CityModel& city, void (*columns)(Columns&, ItemRow&),
                 const std::filesystem::path& gpkg) {
  bool whole = true;
  const Status status = file.read(table.name, [&](Columns& cells) {
    ItemRow row;
    columns(cells, row);
    whole = take(row, city) && whole;
  });
  if (!status || whole) return status;
  return Error{ErrorCode::unreadable, toUtf8(gpkg),
               std::string("The project file is damaged: ") + table.name + " holds a value that belongs to nothing.",
               "Restore it from a backup, or import the sources again."};
}

}  // namespace

Status writeResults(Gpkg& file, const model::CityModel& city) {
  if (const Status s = writeRows(file, results_table, city.results, layerColumns); !s) return s;
  if (const Status s = writeItems(file, areas_table, city, false, areaColumns); !s) return s;
  return writeItems(file, points_table, city, true, pointColumns);
}

Status readResults(Gpkg& file, model::CityModel& city, std::size_t layers, const std::filesystem::path& gpkg) {
  if (layers == 0) return done();
  if (const Status s = readRows(file, results_table, city.results, layerColumns); !s) return s;
  if (const Status s = readItems(file, areas_table, city, areaColumns, gpkg); !s) return s;
  return readItems(file, points_table, city, pointColumns, gpkg);
}

}  // namespace hashimichi::project
