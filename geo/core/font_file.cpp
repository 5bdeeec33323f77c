#include "geo/core/font_file.h"

#include <array>
#include <cstdlib>

namespace hashimichi {

std::optional<std::filesystem::path> japaneseFontFile() {
  constexpr std::array places{
      "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
      "/usr/share/fonts/truetype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
      "/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf", "/usr/share/fonts/truetype/fonts-japanese-gothic.ttf"};
  std::error_code ignored;
  const char* chosen = std::getenv("HASHIMICHI_FONT");
  if (chosen && std::filesystem::is_regular_file(chosen, ignored)) return chosen;
  for (const char* place : places)
    if (std::filesystem::is_regular_file(place, ignored)) return place;
  return std::nullopt;
}

}  // namespace hashimichi
