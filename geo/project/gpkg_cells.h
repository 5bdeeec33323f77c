#pragma once
// Private to gpkg*.cpp: the three ways in which Columns meets an OGR layer.
#include <ogrsf_frmts.h>

#include <vector>

#include "geo/project/columns.h"

namespace hashimichi::project {

class ColumnDefiner final : public Columns {
 public:
  explicit ColumnDefiner(OGRLayer& layer) : layer_(layer) {}
  bool reading() const override { return false; }
  void text(const char* name, std::string&) override { add(name, OFTString); }
  void integer(const char* name, std::optional<std::int64_t>&) override { add(name, OFTInteger64); }
  void real(const char* name, std::optional<double>&) override { add(name, OFTReal); }
  void boolean(const char* name, std::optional<bool>&) override { add(name, OFTInteger, OFSTBoolean); }
  void time(const char* name, std::optional<Instant>&) override { add(name, OFTDateTime); }
  void blob(const char* name, std::string&) override { add(name, OFTBinary); }
  void point(std::optional<Vec3d>&) override {}
  void points(std::vector<Vec3d>&) override {}
  void line(model::Polyline&) override {}
  void lines(std::vector<model::Polyline>&) override {}
  void polygons(std::vector<model::Surface>&) override {}

 private:
  void add(const char* name, OGRFieldType type, OGRFieldSubType subtype = OFSTNone);
  OGRLayer& layer_;
};

/// Fills one feature after another; cells come in the order of definition.
class CellWriter final : public Columns {
 public:
  CellWriter(OGRLayer& layer, Vec3d origin, bool keeps_empty_texts)
      : layer_(layer), origin_(origin), keeps_empty_texts_(keeps_empty_texts), feature_(layer.GetLayerDefn()) {}
  /// Stores the row and begins the next; false when it could not be stored.
  bool commitRow();

  bool reading() const override { return false; }
  void text(const char* name, std::string& value) override;
  void integer(const char* name, std::optional<std::int64_t>& value) override;
  void real(const char* name, std::optional<double>& value) override;
  void boolean(const char* name, std::optional<bool>& value) override;
  void time(const char* name, std::optional<Instant>& value) override;
  void blob(const char* name, std::string& value) override;
  void point(std::optional<Vec3d>& value) override;
  void points(std::vector<Vec3d>& value) override;
  void line(model::Polyline& value) override;
  void lines(std::vector<model::Polyline>& value) override;
  void polygons(std::vector<model::Surface>& value) override;

 private:
  void setPoints(OGRSimpleCurve& curve, const std::vector<Vec3d>& points, bool close);
  OGRLayer& layer_;
  Vec3d origin_;
  bool keeps_empty_texts_;
  OGRFeature feature_;
  int next_ = 0;
  std::vector<double> x_, y_, z_;
};

/// Reads one feature after another; columns are found by name on the first row and by position afterwards.
class CellReader final : public Columns {
 public:
  CellReader(OGRLayer& layer, Vec3d origin);
  bool next();

  bool reading() const override { return true; }
  void text(const char* name, std::string& value) override;
  void integer(const char* name, std::optional<std::int64_t>& value) override;
  void real(const char* name, std::optional<double>& value) override;
  void boolean(const char* name, std::optional<bool>& value) override;
  void time(const char* name, std::optional<Instant>& value) override;
  void blob(const char* name, std::string& value) override;
  void point(std::optional<Vec3d>& value) override;
  void points(std::vector<Vec3d>& value) override;
  void line(model::Polyline& value) override;
  void lines(std::vector<model::Polyline>& value) override;
  void polygons(std::vector<model::Surface>& value) override;

 private:
  /// The field's index when the column exists; `set` tells whether it holds a value.
  struct Cell {
    int index = -1;
    bool set = false;
  };
  Cell cell(const char* name);
  void getPoints(const OGRSimpleCurve& curve, bool closed, std::vector<Vec3d>& points);

  OGRLayer& layer_;
  Vec3d origin_;
  OGRFeatureUniquePtr feature_;
  std::vector<int> field_of_column_;
  std::size_t next_ = 0;
};

}  // namespace hashimichi::project
