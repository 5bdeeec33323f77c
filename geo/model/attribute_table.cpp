#include "geo/model/attribute_table.h"

#include <map>
#include <optional>
#include <unordered_map>

namespace hashimichi::model {
namespace {

/// Rows as they are met; types and units are settled at the end.
struct Draft {
  AttributeTable table;
  std::unordered_map<std::string, std::size_t> column_of;
  struct Seen {
    std::optional<ValueType> type;
    std::optional<std::string> unit;
    bool types_differ = false, units_differ = false, joined = false;
  };
  std::vector<Seen> seen;
  std::vector<std::vector<std::string>> unit_of;  ///< by row and column

  std::size_t column(const std::string& name) {
    const auto [found, is_new] = column_of.try_emplace(name, table.columns.size());
    if (is_new) table.columns.push_back({name, ValueType::text, {}, false}), seen.emplace_back();
    return found->second;
  }
};

void see(Draft::Seen& seen, const Attribute& attribute) {
  if (attribute.value.empty()) return;
  if (!seen.type) seen.type = attribute.type;
  if (!seen.unit) seen.unit = attribute.unit.str();
  seen.types_differ |= *seen.type != attribute.type;
  seen.units_differ |= *seen.unit != attribute.unit.view();
}

void put(Draft& draft, std::size_t row, const std::string& name, const Attribute& attribute) {
  const std::size_t column = draft.column(name);
  AttributeRow& target = draft.table.rows[row];
  if (target.cells.size() <= column) target.cells.resize(column + 1), draft.unit_of[row].resize(column + 1);
  Draft::Seen& seen = draft.seen[column];
  see(seen, attribute);
  AttributeCell& cell = target.cells[column];
  if (!cell.value.empty() && !attribute.value.empty()) {
    seen.joined = true;
    cell.value += "; " + attribute.value;
    if (!attribute.label.empty()) cell.label += (cell.label.empty() ? "" : "; ") + attribute.label.str();
  } else if (!attribute.value.empty()) {
    cell = {attribute.value, attribute.label.str()};
    draft.unit_of[row][column] = attribute.unit.str();
  }
  draft.table.columns[column].has_labels |= !attribute.label.empty();
}

void settle(Draft& draft) {
  AttributeTable& table = draft.table;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const Draft::Seen& seen = draft.seen[c];
    if (!seen.types_differ && !seen.units_differ && !seen.joined)
      table.columns[c].type = seen.type.value_or(ValueType::text);
    if (!seen.units_differ) table.columns[c].unit = seen.unit.value_or("");
  }
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    AttributeRow& row = table.rows[r];
    row.cells.resize(table.columns.size());
    for (std::size_t c = 0; c < draft.unit_of[r].size(); ++c)
      if (draft.seen[c].units_differ && !draft.unit_of[r][c].empty()) row.cells[c].value += " " + draft.unit_of[r][c];
  }
}

class Collector {
 public:
  template <typename Feature>
  void add(const Feature& feature, AssetKind kind, const std::string& type) {
    if (feature.attributes.empty()) return;
    rows_.clear();
    for (const Attribute& attribute : feature.attributes) {
      const std::string& name = attribute.name.str();
      const std::size_t slash = name.rfind('/');
      const bool of_data_type = slash != std::string::npos && name.find(':') < slash;
      const std::string table = of_data_type ? name.substr(0, slash) : type;
      Draft& draft = drafts_[{of_data_type, table}];
      const auto [row, is_new] =
          rows_.try_emplace({&draft, of_data_type ? attribute.group : 0}, draft.table.rows.size());
      if (is_new) draft.table.rows.push_back({{kind, feature.id}, {}}), draft.unit_of.emplace_back();
      put(draft, row->second, of_data_type ? name.substr(slash + 1) : name, attribute);
    }
  }

  std::vector<AttributeTable> take() {
    std::vector<AttributeTable> tables;
    for (auto& [key, draft] : drafts_) {
      settle(draft);
      draft.table.of_data_type = key.first, draft.table.name = key.second;
      tables.push_back(std::move(draft.table));
    }
    return tables;
  }

 private:
  std::map<std::pair<bool, std::string>, Draft> drafts_;      // a map: its elements stay where they are
  std::map<std::pair<const Draft*, int>, std::size_t> rows_;  ///< of the present feature
};

}  // namespace

std::vector<AttributeTable> attributeTables(const CityModel& city) {
  Collector collector;
  for (const Building& building : city.buildings) collector.add(building, AssetKind::building, "Building");
  for (const RoadSegment& road : city.roads) collector.add(road, AssetKind::road, "Road");
  for (const Bridge& bridge : city.bridges) collector.add(bridge, AssetKind::bridge, "Bridge");
  for (const CityObject& object : city.objects) collector.add(object, AssetKind::object, object.type);
  for (const SnowDumpSite& site : city.dump_sites) collector.add(site, AssetKind::dump_site, "SnowDumpSite");
  return collector.take();
}

}  // namespace hashimichi::model
