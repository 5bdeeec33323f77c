#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "geo/core/result.h"
#include "geo/model/terrain.h"
#include "geo/project/columns.h"

namespace hashimichi::project {

/// One table of a GeoPackage.
struct TableInfo {
  const char* name;
  Shape shape = Shape::none;
  const char* description = "";
  const char* fid = "fid";         ///< name of the row number's column
  bool keeps_empty_texts = false;  ///< as '' instead of NULL, where another program asks for that
  bool indexed = true;             ///< by place; what nobody looks at as a map needs no index, which takes long to make
};

/// One GeoPackage through GDAL, which stays inside gpkg*.cpp. Geometry is given in a local frame; the file holds its
/// projected coordinates (east first, as GIS files do) under the frame's EPSG code.
///
/// Writing makes a new file in one transaction without a journal: write beside the target and rename. Rows keep their
/// order; the n-th row has fid n. Not thread-safe; one job owns one file.
class Gpkg {
 public:
  /// @param path  must not exist
  static Result<Gpkg> create(const std::filesystem::path& path, int epsg, Vec3d origin);
  /// unreadable when it is no GeoPackage. Geometry of tables is read relative to `setOrigin`.
  static Result<Gpkg> open(const std::filesystem::path& path);
  ~Gpkg();
  Gpkg(Gpkg&&) noexcept;
  Gpkg& operator=(Gpkg&&) noexcept;

  void setOrigin(Vec3d origin);

  using Describe = std::function<void(Columns&)>;
  /// @param describe  tells the columns of a row (of any value) to the definition
  /// @param next      tells the next row; false when there is none
  Status write(const TableInfo& table, const Describe& describe, const std::function<bool(Columns&)>& next);
  /// @param row  called once per row, in the order of writing
  /// @returns unreadable when the table is missing or damaged
  Status read(const std::string& table, const Describe& row);

  /// Commits and closes; write_failed with the reason when anything did not reach the disk. Nothing may follow but
  /// addTerrain.
  Status close();

 private:
  struct Impl;
  explicit Gpkg(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Appends heights as a gridded coverage of 32-bit floats (exact, NaN included) to a closed file.
Status addTerrain(const std::filesystem::path& path, const std::string& table, const model::Terrain& terrain, int epsg,
                  Vec3d origin);
/// Fills terrain.height_m; columns and rows are already known and must agree.
Status readTerrain(const std::filesystem::path& path, const std::string& table, model::Terrain& terrain);

/// Writes one row per element.
template <typename Row>
Status writeRows(Gpkg& file, const TableInfo& table, const std::vector<Row>& rows, void (*columns)(Columns&, Row&)) {
  Row sample{};
  std::size_t index = 0;
  return file.write(
      table, [&](Columns& definition) { columns(definition, sample); },
      [&](Columns& cells) {
        if (index == rows.size()) return false;
        columns(cells, const_cast<Row&>(rows[index++]));  // a writer only looks; one function serves both ways
        return true;
      });
}

template <typename Row>
Status readRows(Gpkg& file, const TableInfo& table, std::vector<Row>& rows, void (*columns)(Columns&, Row&)) {
  return file.read(table.name, [&](Columns& cells) { columns(cells, rows.emplace_back()); });
}

}  // namespace hashimichi::project
