#pragma once
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "geo/core/problem.h"
#include "geo/crs/local_frame.h"
#include "geo/import/selection.h"
#include "geo/model/sink.h"

namespace hashimichi::import {

/// The chosen area in the local frame.
class LocalArea {
 public:
  /// bad_crs when the frame cannot be reached from degrees.
  static Result<LocalArea> create(const std::vector<Selection::LonLatRing>& rings, const crs::LocalFrame& frame);

  /// Any part of it lies inside or on the edge of the area, seen from above. Without any geometry: true.
  bool touches(const model::Geometry& geometry) const;
  bool touches(const model::Polyline& line) const;
  bool touches(const Bounds& bounds) const;
  bool holds(Vec3d point) const;
  const Bounds& bounds() const { return bounds_; }

 private:
  struct Part {
    model::Ring ring;
    Bounds bounds;
  };
  bool touchesPath(const std::vector<Vec3d>& points, bool closed) const;
  std::vector<Part> parts_;
  Bounds bounds_;
};

/// Stands between importers and the builder: counts what comes by type and level of detail, passes on what is wanted
/// and counts what is not. Rules beyond Selection's own: stations and series are kept wherever they stand (values of
/// the nearest gauge are wanted in the area too), a terrain is cut to the area, a register entry without a place is
/// kept, inspections go with their bridge.
class SelectionSink final : public model::Sink {
 public:
  /// @param area  nothing: no area was chosen. Both are kept by reference, as is `next`.
  SelectionSink(const Selection& selection, const LocalArea* area, model::Sink& next);

  /// Before each file. @param format  of the importer: only city models have levels of detail
  void beginFile(std::size_t file, std::string_view format);
  /// (type → lod → features) since beginFile.
  std::map<std::string, std::map<int, std::size_t>> takeLods() { return std::exchange(lods_, {}); }
  /// After the last file: passes on inspections that were held back until their bridges were known.
  /// @returns how many, by file
  std::map<std::size_t, std::size_t> finish();

  void skipFiles(Unwanted why, std::size_t count) { files_[why] += count; }
  /// One line that says what was left out; none when nothing was chosen.
  void tell(Problems& problems) const;

  void add(model::Building building) override;
  void add(model::RoadSegment road) override;
  void add(model::Bridge bridge) override;
  void add(model::CityObject object) override;
  std::uint32_t addMaterial(model::Material material) override { return next_.addMaterial(std::move(material)); }
  void add(model::SnowDumpSite site) override;
  void add(model::Terrain terrain) override;
  void add(model::ImageryRef imagery) override;
  void add(model::PointCloud cloud) override;
  void add(model::ResultLayer layer) override;
  void add(model::PavementSection section) override;
  void add(model::Depot depot) override;
  void add(model::PloughTrack track) override;
  void add(model::BusLine line) override;
  void add(model::PopulationCell cell) override;
  void add(sensors::Station station) override;
  void add(sensors::Series series) override;
  void add(model::InspectionRecord record) override;

 private:
  enum class Reason { outside, type, lod };
  template <typename Feature>
  void judge(Feature feature, std::string_view type);
  bool wanted(std::string_view type);
  bool leaveOut(Reason reason, std::string_view type);
  bool keepWantedLods(model::Geometry& shown, std::vector<model::Geometry>& others) const;

  const Selection& selection_;
  const LocalArea* area_;
  model::Sink& next_;
  std::size_t file_ = 0;
  bool has_lods_ = false;
  std::map<std::string, std::map<int, std::size_t>> lods_;
  std::map<Reason, std::map<std::string, std::size_t>> left_out_;
  std::map<Unwanted, std::size_t> files_;
  std::set<std::string> bridges_outside_;
  std::vector<std::pair<std::size_t, model::InspectionRecord>> held_;
};

}  // namespace hashimichi::import
