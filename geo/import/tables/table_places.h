#pragma once
#include <optional>
#include <string>

#include "geo/import/cell_reader.h"
#include "geo/import/importer.h"
#include "geo/import/source_crs.h"

namespace hashimichi::import {

/// Turns the coordinates of table rows into the local frame: latitude and longitude (decimal, or degrees and minutes in
/// two columns), or plane coordinates X (north) and Y (east). Which CRS they are in is always an assumption.
class TablePlaces {
 public:
  /// Reports the assumption once. bad_crs when Options.source_crs is unknown.
  static Result<TablePlaces> create(const FieldMatch& match, const std::string& file, Context& context);

  /// Nothing when the row gives none, or none that can be true (reported). z is 0.
  std::optional<Vec3d> of(const CellReader& cells);

 private:
  enum class Form { none, degrees, plane };
  TablePlaces(Form form, const FieldMatch& match, const std::string& file, Context& context)
      : form_(form), match_(&match), file_(&file), context_(&context) {}
  std::optional<Vec3d> eastFirst(const CellReader& cells) const;
  bool isInProject(Vec3d local) const;
  std::optional<Vec3d> inProject(Vec3d east_first) const;

  Form form_;
  const FieldMatch* match_;
  const std::string* file_;
  Context* context_;
  std::optional<Placer> placer_;
};

/// Latitude and longitude of a row, east first, for peeking; nothing when blank or impossible.
std::optional<Vec3d> degreesOf(const CellReader& cells, const FieldMatch& match);

/// The CRS that bare latitudes and longitudes are taken to be in: JGD2011 in Japan, WGS 84 elsewhere.
const char* geographicCrsFor(Vec3d east_first);

}  // namespace hashimichi::import
