#include "app/desktop/theme.h"

namespace hashimichi::app {
namespace {

constexpr Palette dark{IM_COL32(24, 27, 31, 255),    IM_COL32(32, 36, 42, 255),    IM_COL32(43, 48, 56, 255),
                       IM_COL32(230, 233, 238, 255), IM_COL32(150, 158, 170, 255), IM_COL32(58, 64, 74, 255),
                       IM_COL32(86, 156, 245, 255),  IM_COL32(14, 20, 28, 255),    IM_COL32(243, 160, 70, 255),
                       {{38, 46, 60}, {70, 80, 96}}};
constexpr Palette light{IM_COL32(245, 246, 248, 255),      IM_COL32(255, 255, 255, 255), IM_COL32(236, 239, 243, 255),
                        IM_COL32(28, 32, 38, 255),         IM_COL32(98, 106, 118, 255),  IM_COL32(214, 219, 226, 255),
                        IM_COL32(22, 98, 205, 255),        IM_COL32(255, 255, 255, 255), IM_COL32(176, 84, 0, 255),
                        {{188, 208, 230}, {236, 242, 248}}};
/// For eyes that need it, and for a screen in the sun: black and white, and one colour that stands off both.
constexpr Palette high_contrast{IM_COL32(0, 0, 0, 255),       IM_COL32(0, 0, 0, 255),
                                IM_COL32(28, 28, 28, 255),    IM_COL32(255, 255, 255, 255),
                                IM_COL32(222, 222, 222, 255), IM_COL32(255, 255, 255, 255),
                                IM_COL32(255, 214, 0, 255),   IM_COL32(0, 0, 0, 255),
                                IM_COL32(255, 148, 60, 255),  {{0, 0, 0}, {40, 40, 40}}};

ImU32 withAlpha(ImU32 colour, int alpha) {
  return (colour & ~IM_COL32_A_MASK) | (static_cast<ImU32>(alpha) << IM_COL32_A_SHIFT);
}

void applyColours(const Palette& p, ImVec4* c) {
  const auto set = [c](ImGuiCol slot, ImU32 colour) { c[slot] = toVector(colour); };
  set(ImGuiCol_Text, p.text);
  set(ImGuiCol_TextDisabled, p.quiet);
  set(ImGuiCol_WindowBg, p.panel);
  set(ImGuiCol_ChildBg, p.panel);
  set(ImGuiCol_PopupBg, p.raised);
  set(ImGuiCol_MenuBarBg, p.window);
  set(ImGuiCol_TitleBg, p.raised);
  set(ImGuiCol_TitleBgActive, p.raised);
  for (const ImGuiCol slot :
       {ImGuiCol_Border, ImGuiCol_Separator, ImGuiCol_TableBorderLight, ImGuiCol_TableBorderStrong})
    set(slot, p.rule);
  for (const ImGuiCol slot : {ImGuiCol_FrameBg, ImGuiCol_Button, ImGuiCol_Header, ImGuiCol_TableHeaderBg, ImGuiCol_Tab,
                              ImGuiCol_TabUnfocused})
    set(slot, p.raised);
  for (const ImGuiCol slot :
       {ImGuiCol_FrameBgHovered, ImGuiCol_ButtonHovered, ImGuiCol_HeaderHovered, ImGuiCol_TabHovered})
    set(slot, withAlpha(p.accent, 60));
  for (const ImGuiCol slot : {ImGuiCol_FrameBgActive, ImGuiCol_ButtonActive, ImGuiCol_HeaderActive, ImGuiCol_TabActive,
                              ImGuiCol_TabUnfocusedActive})
    set(slot, withAlpha(p.accent, 100));
  for (const ImGuiCol slot : {ImGuiCol_CheckMark, ImGuiCol_SliderGrab, ImGuiCol_SliderGrabActive, ImGuiCol_NavHighlight,
                              ImGuiCol_SeparatorActive, ImGuiCol_PlotHistogram, ImGuiCol_PlotLines})
    set(slot, p.accent);
  set(ImGuiCol_SeparatorHovered, p.accent);
  set(ImGuiCol_TextSelectedBg, withAlpha(p.accent, 90));
  set(ImGuiCol_ScrollbarBg, withAlpha(p.panel, 0));
  set(ImGuiCol_ScrollbarGrab, p.rule);
  set(ImGuiCol_ScrollbarGrabHovered, p.quiet);
  set(ImGuiCol_ScrollbarGrabActive, p.quiet);
  set(ImGuiCol_TableRowBg, withAlpha(p.panel, 0));
  set(ImGuiCol_TableRowBgAlt, withAlpha(p.raised, 90));
  set(ImGuiCol_ModalWindowDimBg, IM_COL32(0, 0, 0, 90));
}

}  // namespace

const Palette& paletteOf(ThemeId theme) {
  switch (theme) {
    case ThemeId::light:
      return light;
    case ThemeId::high_contrast:
      return high_contrast;
    default:
      return dark;
  }
}

void applyTheme(ThemeId theme, float scale) {
  ImGuiStyle style;  // ImGui's defaults, so that scaling never piles up
  style.WindowPadding = {8, 8};
  style.FramePadding = {6, 3};
  style.ItemSpacing = {8, 4};
  style.ItemInnerSpacing = {6, 4};
  style.CellPadding = {6, 2};
  style.IndentSpacing = 16;
  style.ScrollbarSize = 12;
  style.WindowBorderSize = 0;
  style.ChildBorderSize = 0;
  style.PopupBorderSize = 1;
  if (theme == ThemeId::high_contrast) style.FrameBorderSize = 1;
  style.WindowRounding = style.ChildRounding = 0;
  style.FrameRounding = style.PopupRounding = style.GrabRounding = style.ScrollbarRounding = 3;
  style.ScaleAllSizes(scale);
  style.WindowMinSize = {1, 1};  // never scaled: below 1 ImGui refuses to draw
  applyColours(paletteOf(theme), style.Colors);
  ImGui::GetStyle() = style;
}

ImU32 toImGui(exporting::Rgb colour, int alpha) {
  return IM_COL32(colour.r, colour.g, colour.b, alpha);
}
ImVec4 toVector(ImU32 colour) {
  return ImGui::ColorConvertU32ToFloat4(colour);
}

}  // namespace hashimichi::app
