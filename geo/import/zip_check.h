#pragma once
#include <cstdint>
#include <filesystem>

#include "geo/core/result.h"

namespace hashimichi::import {

/// What a zipped document (KMZ, XLSX, ODS) may hold when unpacked; a town's register has some MiB.
inline constexpr std::uint64_t unpacked_limit_bytes = 512u << 20;

/// Reads the directory of a zip, not its content, before a library unpacks it.
///
/// @returns bad_input where there is no directory (truncated); limit where the parts say that they hold more than
/// unpacked_limit_bytes together, or more than 10,000 of them are there
Status checkZip(const std::filesystem::path& path);

}  // namespace hashimichi::import
