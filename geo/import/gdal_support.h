#pragma once
// Included only by the .cpp files of this room that talk to GDAL; GDAL's types go no further.
#include <gdal_priv.h>

#include <filesystem>
#include <string>

#include "geo/core/result.h"

namespace hashimichi::import {

/// Registers GDAL's drivers once in the process.
void startGdal();

/// Collects what GDAL complains about while it lives, instead of letting it print. One per thread at a time.
class GdalMessages {
 public:
  GdalMessages();
  ~GdalMessages();
  GdalMessages(const GdalMessages&) = delete;
  GdalMessages& operator=(const GdalMessages&) = delete;
  /// The last complaint as part of a sentence, cut to a readable length; empty when there was none.
  std::string last() const;
  void clear();
  bool any() const { return count_ > 0; }
  /// What was heard, to hand it from one thread's collector to another's.
  struct Kept {
    std::string last;
    std::size_t count = 0;
  };
  Kept kept() const { return {last_, count_}; }
  void merge(const Kept& other);

 private:
  static void CPL_STDCALL collect(CPLErr severity, CPLErrorNum number, const char* message);
  std::string last_;
  std::size_t count_ = 0;
};

/// True for "http://…" and "https://…": read piece by piece where they lie, never copied whole.
bool isRemote(const std::filesystem::path& path);
/// What GDAL opens for a path: "/vsicurl/…" for a remote one.
std::string gdalName(const std::filesystem::path& path);
/// The first bytes of a remote file; unreadable with the reason after at most half a minute.
Result<std::string> readRemoteHead(const std::filesystem::path& path, std::size_t bytes);

/// "EPSG:6676" where the CRS carries a code, else WKT; empty for none and for engineering CRSs (QGIS's "no CRS").
std::string definitionOf(const OGRSpatialReference* crs);

}  // namespace hashimichi::import
