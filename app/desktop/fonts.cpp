#include "app/desktop/fonts.h"

#include <imgui.h>
#include <imgui_freetype.h>

#include <array>
#include <filesystem>

#include "app/desktop/theme.h"

namespace hashimichi::app {
namespace {

constexpr std::array<const char*, 4> text_fonts{
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/truetype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf", "/usr/share/fonts/truetype/fonts-japanese-gothic.ttf"};
constexpr const char* icon_font =
    "/usr/share/fonts/truetype/materialdesignicons-webfont/materialdesignicons-webfont.ttf";

// ImGui's own Japanese range lacks place-name kanji and ㎡; these rows hold them.
constexpr std::array<ImWchar, 21> text_ranges{0x0020, 0x00FF, 0x0370, 0x03FF, 0x2000, 0x22FF, 0x2460,
                                              0x24FF, 0x2500, 0x26FF, 0x3000, 0x30FF, 0x3200, 0x33FF,
                                              0x4E00, 0x9FFF, 0xF900, 0xFAFF, 0xFF00, 0xFFEF, 0};
constexpr std::array<ImWchar, 3> icon_ranges{0xF001, 0xF8FF, 0};

bool addText(ImFontAtlas& atlas, float size_px, const ImWchar* ranges) {
  ImFontConfig config;
  config.OversampleH = config.OversampleV = 1;
  for (const char* path : text_fonts)
    if (std::filesystem::exists(path) && atlas.AddFontFromFileTTF(path, size_px, &config, ranges)) return true;
  return false;
}

/// The usual rows and what else was typed. ImGui keeps the address, so the list has to outlive the atlas.
const ImWchar* rangesWith(const std::vector<unsigned>& more) {
  static ImVector<ImWchar> ranges;
  ImFontGlyphRangesBuilder builder;
  builder.AddRanges(text_ranges.data());
  for (const unsigned character : more)
    if (character <= IM_UNICODE_CODEPOINT_MAX) builder.AddChar(static_cast<ImWchar>(character));
  ranges.clear();
  builder.BuildRanges(&ranges);
  return ranges.Data;
}

void addIcons(ImFontAtlas& atlas, float size_px) {
  if (!std::filesystem::exists(icon_font)) return;
  ImFontConfig config;
  config.MergeMode = true;
  config.GlyphMinAdvanceX = size_px * 1.2F;
  config.GlyphOffset.y = size_px * 0.15F;
  atlas.AddFontFromFileTTF(icon_font, size_px * 1.1F, &config, icon_ranges.data());
}

}  // namespace

Status buildFonts(float scale, const std::vector<unsigned>& more) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  atlas.TexDesiredWidth = 4096;
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  const float size_px = text_size_px * scale;
  if (!addText(atlas, size_px, more.empty() ? text_ranges.data() : rangesWith(more)))
    return Error{ErrorCode::not_found,
                 {},
                 "No Japanese font is installed.",
                 "Install fonts-noto-cjk or fonts-ipaexfont-gothic."};
  addIcons(atlas, size_px);
  atlas.Build();
  return done();
}

}  // namespace hashimichi::app
