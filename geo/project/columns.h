#pragma once
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "geo/core/date_time.h"
#include "geo/model/attributes.h"
#include "geo/model/geometry.h"

namespace hashimichi::project {

enum class Shape { none, point, points, line, lines, polygons };

/// The columns of one table, told once per row type: the same function (`roadColumns` …) defines the table, writes a
/// row and reads a row, so that saving and opening cannot drift apart.
///
/// Column names carry their unit (`length_m`). An empty optional, NaN and an empty text are NULL. Geometry is given and
/// received in the local frame; the file holds projected coordinates, east first. A column that a file lacks leaves
/// the value as it was.
class Columns {
 public:
  virtual ~Columns() = default;
  virtual bool reading() const = 0;

  virtual void text(const char* name, std::string& value) = 0;
  virtual void integer(const char* name, std::optional<std::int64_t>& value) = 0;
  virtual void real(const char* name, std::optional<double>& value) = 0;
  virtual void boolean(const char* name, std::optional<bool>& value) = 0;
  virtual void time(const char* name, std::optional<Instant>& value) = 0;
  virtual void blob(const char* name, std::string& value) = 0;

  /// The row's geometry; at most one of these per table, of the table's Shape.
  virtual void point(std::optional<Vec3d>& value) = 0;
  virtual void points(std::vector<Vec3d>& value) = 0;
  virtual void line(model::Polyline& value) = 0;
  virtual void lines(std::vector<model::Polyline>& value) = 0;
  virtual void polygons(std::vector<model::Surface>& value) = 0;

  /// Values that are never empty; a NULL reads as 0, false, the epoch.
  template <typename Integer>
  void whole(const char* name, Integer& value) {
    std::optional<std::int64_t> cell = static_cast<std::int64_t>(value);
    integer(name, cell);
    if (reading()) value = static_cast<Integer>(cell.value_or(0));
  }
  void flag(const char* name, bool& value) {
    std::optional<bool> cell = value;
    boolean(name, cell);
    if (reading()) value = cell.value_or(false);
  }
  void moment(const char* name, Instant& value) {
    std::optional<Instant> cell = value;
    time(name, cell);
    if (reading()) value = cell.value_or(Instant{});
  }
  /// NaN is NULL and back.
  void number(const char* name, double& value) {
    std::optional<double> cell = value;
    real(name, cell);
    if (reading()) value = cell.value_or(std::nan(""));
  }
  void wholeOrEmpty(const char* name, std::optional<int>& value) {
    std::optional<std::int64_t> cell = value;
    integer(name, cell);
    if (reading()) value = cell ? std::optional<int>(static_cast<int>(*cell)) : std::nullopt;
  }
  /// An enumeration by its own word; `values` are all of them, the first where the word is none of them.
  template <typename Value>
  void word(const char* name, Value& value, std::span<const Value> values) {
    std::string cell = toString(value);
    text(name, cell);
    if (!reading()) return;
    value = values.front();
    for (const Value candidate : values)
      if (cell == toString(candidate)) value = candidate;
  }
};

}  // namespace hashimichi::project
