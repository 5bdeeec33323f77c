#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "geo/import/importer.h"

namespace hashimichi::import {

/// In what the coordinates of a source are written, and what turns them into the local frame.
struct SourcePlace {
  std::string definition;    ///< any text that PROJ reads
  bool north_first = false;  ///< the source writes northing/latitude first, against its format's custom
};

/// Turns east-first coordinates (or north-first ones, where that was found out) into the frame. Not thread-safe.
class Placer {
 public:
  static Result<Placer> create(const SourcePlace& place, const crs::LocalFrame& frame);
  /// In place; returns how many could not be transformed (they become NaN).
  std::size_t apply(std::span<Vec3d> points) const;

 private:
  Placer(crs::ToLocal to_local, bool swap) : to_local_(std::move(to_local)), swap_(swap) {}
  crs::ToLocal to_local_;
  bool swap_ = false;
};

/// The box in the local frame around a box in source coordinates (its edges sampled); empty when nothing of it can be
/// transformed.
Bounds localBounds(const Bounds& source, const Placer& placer);

/// True when the box can only be degrees of longitude (x) and latitude (y) in Japan.
bool looksLikeDegreesInJapan(const Bounds& east_first);

/// The CRS for a source that names none: Options.source_crs, degrees in Japan → EPSG:6668, numbers inside the project's
/// area → the project's CRS, a zone in the names (zoneHint), the one zone that puts them in the project's area, else
/// the project's CRS. Always an assumption in the report (`crs.assumed`), and `axis.swapped` where only north-first
/// numbers lie in the area.
SourcePlace assumePlace(const std::filesystem::path& path, const std::string& part, const Bounds& east_first,
                        const Context& context);

/// EPSG code that the name of a file or of one of the three folders around it tells: "…6676…", "EPSG2450", "第8系",
/// "第八系", "zone8", a map sheet ("08OF4060" lies in zone 08); 0 when nothing.
int zoneHint(const std::filesystem::path& path);

/// Checks where a source with a stated CRS lands. Far outside the area (100 km): bad_crs. Outside, but nearer:
/// `crs.suspicious` in the report. Swapped axes that would fit: corrected in `place`, `axis.swapped` in the report.
Status checkPlace(const std::filesystem::path& path, const std::string& part, const Bounds& east_first,
                  const Context& context, SourcePlace& place);

}  // namespace hashimichi::import
