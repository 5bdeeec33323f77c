#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "geo/core/result.h"

namespace hashimichi {

/// The largest file that is ever read into memory as a whole (tables, profiles, small documents); larger ones stream.
inline constexpr std::uintmax_t whole_file_limit_bytes = 256u << 20;

/// The whole file. not_found, unreadable (a folder, no permission) or limit.
Result<std::string> readFile(const std::filesystem::path& path, std::uintmax_t limit_bytes = whole_file_limit_bytes);

/// The first bytes, fewer when the file is shorter; not_found or unreadable.
Result<std::string> readHead(const std::filesystem::path& path, std::size_t bytes);

/// Writes beside the target and renames, so that what was there stays whole when writing fails.
Status writeFile(const std::filesystem::path& path, std::string_view content);

/// UTF-8 on every system; use it wherever a path is shown or handed to a library that takes text.
std::string toUtf8(const std::filesystem::path& path);

/// A temporary neighbour of `target` for "write beside, then rename": same folder, same extension, own process id.
std::filesystem::path besideOf(const std::filesystem::path& target);

/// Replaces `target` by `written`; on failure `written` is removed and the target stays as it was.
Status moveIntoPlace(const std::filesystem::path& written, const std::filesystem::path& target);

}  // namespace hashimichi
