#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "geo/assess/ranking.h"
#include "geo/core/progress.h"
#include "geo/core/result.h"
#include "geo/project/project.h"

namespace hashimichi::exporting {

/// A frozen decision on its way out: what is exported is exactly what was ranked.
struct Snapshot {
  const project::Project& project;
  const assess::Ranking& ranking;
  Language language = Language::ja;
};

enum class Format { pdf, geopackage, geojson, csv };
/// "pdf", "gpkg", "geojson", "csv"; nothing otherwise.
std::optional<Format> formatFrom(const std::string& name);
const char* extensionOf(Format format);

/// Writes one file, beside and renamed. geojson is WGS 84 longitude/latitude (RFC 7946); gpkg is in the project's CRS;
/// csv is UTF-8 with BOM, in rank order, formula-looking cells quoted; pdf is the A3 map sheet.
Status write(const Snapshot& snapshot, Format format, const std::filesystem::path& path, Progress& progress);

/// SHA-256 (hex) over the canonical text of inputs (source hashes), profile and ranking: printed on what leaves the
/// house.
std::string recordHash(const Snapshot& snapshot);

}  // namespace hashimichi::exporting
