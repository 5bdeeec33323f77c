#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/problem.h"
#include "geo/crs/transform.h"
#include "geo/import/source_crs.h"

namespace hashimichi::import::citygml {

/// What the head of a file says about places.
struct FileHead {
  std::string srs_name;            ///< as written; empty when no element names one
  std::optional<int> dimension;    ///< srsDimension of the Envelope
  std::optional<Vec3d> low, high;  ///< Envelope corners in the file's axis order
};

/// "EPSG:6697" from http://www.opengis.net/def/crs/EPSG/0/6697, urn:ogc:def:crs:EPSG::6697 or EPSG:6697; other texts
/// as they are.
std::string crsDefinition(std::string_view srs_name);

/// False when the file names no CRS, or one that PROJ does not know while the user named another to take.
bool namesKnownCrs(const FileHead& head, const Options& options);
/// The file's own CRS, else Options.source_crs; empty when there is neither.
std::string definitionFor(const FileHead& head, const Options& options);

/// True when latitude and longitude stand in the wrong order: the first value of a geographic CRS is beyond ±90°.
/// Files made by hand write longitude first under EPSG:6697, whose order is latitude, longitude, height.
bool latLonSwapped(const crs::CrsInfo& info, Vec3d authority_order);

/// The places that were transformed last. A corner belongs to several faces that stand close together in a file, so
/// most places come again soon; PROJ, which is slow by the point, is asked for the others only.
class PlaceMemo {
 public:
  /// As Placer::apply, to the last bit.
  std::size_t apply(const Placer& way, std::span<Vec3d> points);
  void forget() { entries_.clear(); }

 private:
  struct Entry {
    Vec3d from, to;
  };
  std::vector<Entry> entries_;  ///< by a hash of `from`; NaN where nothing is kept
};

/// The way from one file's coordinates into the project's local frame.
///
/// The axis order is the CRS's own, as GML demands, and the CRS the one that the file names, unless the first
/// coordinate read proves otherwise (judgePlace); that is corrected for the whole file and reported. Not thread-safe.
class SourceFrame {
 public:
  /// @returns bad_crs when the CRS is unknown or cannot be transformed, and what HeightWish's geoid has against it
  static Result<SourceFrame> create(const std::string& definition, std::optional<int> dimension,
                                    const Context& context);

  const crs::CrsInfo& info() const { return info_; }
  const crs::HeightWay& heights() const { return placer_.heights(); }
  std::optional<int> dimension() const { return dimension_; }
  /// Whether a geometry's own srsName is the file's CRS.
  bool isFileCrs(std::string_view srs_name);
  /// Whether decideOrder has been called.
  bool decided() const { return decided_; }
  /// Decides the axis order by the first coordinate of the file; later calls do nothing.
  void decideOrder(Vec3d first, const std::string& file, const std::string& place, Problems& problems);
  /// In place; returns how many points could not be transformed (they are NaN).
  std::size_t toLocal(std::span<Vec3d> points) const { return memo_.apply(placer_, points); }

 private:
  SourceFrame(crs::CrsInfo info, Placer placer, const crs::LocalFrame& frame, std::string geoid)
      : info_(std::move(info)), placer_(std::move(placer)), frame_(frame), geoid_(std::move(geoid)) {}

  crs::CrsInfo info_;
  Placer placer_;
  mutable PlaceMemo memo_;
  crs::LocalFrame frame_;
  std::string geoid_;
  std::optional<Bounds> area_;
  std::optional<int> dimension_;
  std::string last_srs_name_;
  bool last_was_file_crs_ = false, decided_ = false;
};

}  // namespace hashimichi::import::citygml
