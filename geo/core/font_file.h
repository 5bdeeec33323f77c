#pragma once
#include <filesystem>
#include <optional>

namespace hashimichi {

/// An installed font file with Japanese glyphs: $HASHIMICHI_FONT, Noto Sans CJK or IPAex Gothic in the places where the
/// packages put them; nothing where none is installed.
std::optional<std::filesystem::path> japaneseFontFile();

}  // namespace hashimichi
