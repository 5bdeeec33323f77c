#pragma once
#include <cstdint>
#include <fstream>
#include <string>

#include "geo/import/points/las_header.h"

namespace hashimichi::import {

/// LASzip trusts what a LAZ file says about its own compression: a wrong item list or chunk table crashes it. This
/// looks at both first.
/// @param record  the content of the record "laszip encoded" (22204), empty when the file has none
/// @returns why the points cannot be unpacked; empty when nothing speaks against it
std::string lazDamage(const std::string& record, const LasHeader& header, std::ifstream& stream,
                      std::uint64_t file_bytes);

}  // namespace hashimichi::import
