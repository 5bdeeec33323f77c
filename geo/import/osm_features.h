#pragma once
// Included only by the .cpp files of this room that talk to GDAL.
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "geo/import/importer.h"
#include "geo/import/osm_tags.h"
#include "geo/import/source_crs.h"

class OGRGeometry;
class OGRLineString;

namespace hashimichi::import {

/// The nodes where roads meet: found in a first pass, because GDAL gives shapes without the numbers of their nodes.
/// Coordinates of OpenStreetMap are whole numbers of 1e-7 degrees, so equal places are equal nodes.
class SharedNodes {
 public:
  void add(const OGRLineString& road);
  void finish();  ///< after the last road
  bool contains(double lon_deg, double lat_deg) const;

 private:
  std::vector<std::uint64_t> nodes_;
};

/// One way or area, as GDAL gives it.
struct OsmObject {
  std::string id;  ///< "way/123", "relation/7"
  OsmTags tags;
  const OGRGeometry& geometry;
  bool area = false;
};

/// Turns ways and areas into the model and counts what it leaves out.
class OsmEmitter {
 public:
  OsmEmitter(const std::string& file, const std::string& source, const SharedNodes& shared, const Placer& placer,
             Context& context)
      : file_(file), source_(source), shared_(shared), placer_(placer), context_(context) {}

  void take(const OsmObject& object);
  /// Reports what was left out, by class.
  void finish();
  std::size_t read() const { return read_; }

 private:
  void road(const OsmObject& object);
  void building(const OsmObject& object);
  void bridge(const OsmObject& object);
  void object(const OsmObject& object, model::ObjectKind kind, const char* type);

  const std::string& file_;
  const std::string& source_;
  const SharedNodes& shared_;
  const Placer& placer_;
  Context& context_;
  std::size_t read_ = 0, nothing_ = 0;
  std::map<std::string, std::size_t> left_out_;  ///< by class of highway
};

}  // namespace hashimichi::import
