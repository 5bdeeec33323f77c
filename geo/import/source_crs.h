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
  static Result<Placer> create(const SourcePlace& place, const crs::LocalFrame& frame,
                               const crs::HeightWish& heights = {});
  /// In place; returns how many could not be transformed (they become NaN).
  std::size_t apply(std::span<Vec3d> points) const;
  const crs::HeightWay& heights() const { return to_local_.heights(); }

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

/// How a source with a stated CRS lies to the project: the one judgement for every format.
enum class Fit {
  here,        ///< within the distance allowed
  turned,      ///< only with its two axes swapped
  degrees,     ///< the CRS counts metres, but the numbers are degrees in Japan
  other_zone,  ///< only under another of Japan's plane rectangular zones, of the same datum
  far,         ///< nowhere near, but somewhere
  nowhere,     ///< the numbers are no places of the CRS
};
struct Landing {
  Fit fit = Fit::here;
  SourcePlace place;  ///< the stated one, or the one under which the source fits
  double away_m = 0;  ///< from the project under the stated CRS
};

/// @param box        in source coordinates, east first by the format's custom
/// @param allowed_m  how far from the project's area (without one: from the frame's origin) is still "here"
Landing judgePlace(const SourcePlace& stated, const Bounds& box, const crs::LocalFrame& frame,
                   const std::optional<Bounds>& area, double allowed_m);

/// What a corrected landing has to say: `axis.swapped`, `crs.degrees`, `crs.wrong_zone`; nothing for the other fits.
void reportLanding(const Landing& landing, const std::string& stated_crs, const std::string& file,
                   const std::string& place, Problems& problems);

/// Checks where a source with a stated CRS lands and corrects `place` where the landing can be mended (reported).
/// Otherwise far outside the area (100 km): bad_crs; outside, but nearer: `crs.suspicious` in the report.
Status checkPlace(const std::filesystem::path& path, const std::string& part, const Bounds& east_first,
                  const Context& context, SourcePlace& place);

/// What a reader has to know of one source's CRS, once a source: a code taken by its parts (`crs.substituted`), grids
/// used or missing (`crs.grid_used`, `crs.grid_missing`), heights that were converted or kept (`height.…`).
/// @param has_heights  false for flat sources: nothing is said of heights
void tellCrs(const std::string& definition, const crs::HeightWay& heights, bool has_heights, const std::string& file,
             const std::string& part, const Context& context);

}  // namespace hashimichi::import
