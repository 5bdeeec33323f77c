#include "geo/export/attribute_export.h"

#include <algorithm>
#include <deque>
#include <set>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/export/writers.h"
#include "geo/model/attribute_table.h"
#include "geo/project/gpkg.h"

namespace hashimichi::exporting {
namespace fs = std::filesystem;

namespace {

using model::AttributeCell;
using model::AttributeColumn;
using model::AttributeRow;
using model::AttributeTable;
using model::ValueType;
using project::Columns;

/// What tables and files may be called everywhere: "uro:BridgeStructureAttribute" → "uro_BridgeStructureAttribute".
std::string plainName(const std::string& name) {
  std::string plain;
  for (const char c : name) {
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    plain += ascii && !std::isalnum(static_cast<unsigned char>(c)) && c != '-' ? '_' : c;
  }
  constexpr std::size_t longest_bytes = 120;
  if (plain.size() > longest_bytes) {
    plain.resize(longest_bytes);
    while (!isUtf8(plain)) plain.pop_back();
  }
  return plain.empty() ? "_" : plain;
}

/// Unlike any that came before, whatever the case: neither SQLite nor Windows tells "a" from "A".
std::string uniqueName(const std::string& name, std::set<std::string>& taken) {
  std::string unique = name;
  for (int n = 2; !taken.insert(toLower(unique)).second; ++n) unique = name + "_" + std::to_string(n);
  return unique;
}

/// Column names of one table: value columns and, where codes have meanings, label columns.
struct Heads {
  std::deque<std::string> value, label;  ///< label empty: none. A deque: the texts stay where they are
};

Heads headsOf(const AttributeTable& table) {
  Heads heads;
  std::set<std::string> taken{"fid", "feature_id", "feature_type"};
  for (const AttributeColumn& column : table.columns) {
    std::string name = column.name;
    if (!column.unit.empty()) name += " [" + column.unit + "]";
    heads.value.push_back(uniqueName(name, taken));
    heads.label.push_back(column.has_labels ? uniqueName(column.name + "_label", taken) : std::string());
  }
  return heads;
}

Error cancelled(const fs::path& path) {
  return {ErrorCode::cancelled, toUtf8(path), "The export was cancelled.", ""};
}

// ---- CSV ----

std::string csvOf(const AttributeTable& table, const Heads& heads) {
  std::string csv =
      "\xEF\xBB\xBF"
      "feature_id,feature_type";
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    csv += "," + csvText(heads.value[c]);
    if (!heads.label[c].empty()) csv += "," + csvText(heads.label[c]);
  }
  csv += "\r\n";
  for (const AttributeRow& row : table.rows) {
    csv += csvText(row.owner.id) + "," + toString(row.owner.kind);
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const AttributeCell& cell = row.cells[c];
      csv += "," + (table.columns[c].type == ValueType::number ? cell.value : csvText(cell.value));
      if (!heads.label[c].empty()) csv += "," + csvText(cell.label);
    }
    csv += "\r\n";
  }
  return csv;
}

Status writeFolder(const std::vector<AttributeTable>& tables, const fs::path& folder, Progress& progress) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed)
    return Error{ErrorCode::write_failed, toUtf8(folder), "The folder cannot be made: " + failed.message() + ".",
                 "Choose a place where you may write."};
  std::set<std::string> taken;
  for (const AttributeTable& table : tables) {
    if (progress.cancelled()) return cancelled(folder);
    const std::string name = uniqueName(plainName(table.name), taken) + ".csv";
    const Status written =
        writeFile(folder / fs::path(std::u8string(name.begin(), name.end())), csvOf(table, headsOf(table)));
    if (!written) return written;
  }
  return done();
}

// ---- GeoPackage ----

void tellCell(Columns& c, const AttributeColumn& column, const char* head, const std::string& value) {
  if (column.type == ValueType::number) {
    std::optional<double> number = parseNumber(value);
    return c.real(head, number);
  }
  if (column.type == ValueType::boolean) {
    std::optional<bool> truth;
    if (!value.empty()) truth = value == "true" || value == "1";
    return c.boolean(head, truth);
  }
  std::string text = value;
  c.text(head, text);
}

void tellRow(Columns& c, const AttributeTable& table, const Heads& heads, const AttributeRow& row) {
  std::string id = row.owner.id, kind = toString(row.owner.kind);
  c.text("feature_id", id);
  c.text("feature_type", kind);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    tellCell(c, table.columns[i], heads.value[i].c_str(), row.cells[i].value);
    std::string label = row.cells[i].label;
    if (!heads.label[i].empty()) c.text(heads.label[i].c_str(), label);
  }
}

Status writeTables(const std::vector<AttributeTable>& tables, const model::CityModel& city, const fs::path& path,
                   Progress& progress) {
  Result<project::Gpkg> file = project::Gpkg::create(path, city.frame.epsg(), city.frame.origin());
  if (!file) return file.error();
  std::set<std::string> taken;
  for (const AttributeTable& table : tables) {
    if (progress.cancelled()) return cancelled(path);
    const std::string name = uniqueName(plainName(table.name), taken);
    const Heads heads = headsOf(table);
    AttributeRow empty;
    empty.cells.resize(table.columns.size());
    std::size_t next = 0;
    const Status written = file->write(
        {name.c_str(), project::Shape::none, table.name.c_str()},
        [&](Columns& definition) { tellRow(definition, table, heads, empty); },
        [&](Columns& cells) {
          if (next == table.rows.size()) return false;
          tellRow(cells, table, heads, table.rows[next++]);
          return true;
        });
    if (!written) return written;
  }
  return file->close();
}

Status writePackage(const std::vector<AttributeTable>& tables, const model::CityModel& city, const fs::path& path,
                    Progress& progress) {
  const fs::path beside = besideOf(path);
  std::error_code ignored;
  fs::remove(beside, ignored);
  const Status written = writeTables(tables, city, beside, progress);
  if (written) return moveIntoPlace(beside, path);
  fs::remove(beside, ignored);
  return written;
}

}  // namespace

Status writeAttributes(const model::CityModel& city, const fs::path& path, Progress& progress) {
  const std::vector<AttributeTable> tables = model::attributeTables(city);
  if (tables.empty())
    return Error{ErrorCode::not_found, toUtf8(path), "No feature of this project has attributes.", ""};
  return toLower(toUtf8(path.extension())) == ".gpkg" ? writePackage(tables, city, path, progress)
                                                      : writeFolder(tables, path, progress);
}

}  // namespace hashimichi::exporting
