#include "geo/import/tables/column_names.h"

#include "geo/core/text.h"
#include "geo/import/tables/table.h"

namespace hashimichi::import {

std::map<std::string, std::string> columnNamesBeside(const std::filesystem::path& shp) {
  std::map<std::string, std::string> names;
  const std::filesystem::path path = shp.parent_path() / "attributes.csv";
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return names;
  Problems unheard;  // the table is a help, not a source; what it lacks stays as the DBF names it
  Result<Table> table = Table::open(path, Options{}, unheard);
  if (!table || table->head().kind != TableKind::column_names) return names;
  for (TableRow row; table->next(row, unheard);)
    if (!trim(row.cells[1]).empty()) names[row.cells[0]] = std::string(trim(row.cells[1]));
  return names;
}

}  // namespace hashimichi::import
