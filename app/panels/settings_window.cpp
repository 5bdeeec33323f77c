#include "app/panels/settings_window.h"

#include <imgui.h>

#include <algorithm>

#include "app/desktop/theme.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

constexpr int least_text_percent = 80, most_text_percent = 200;
constexpr int least_memory_mib = 128, most_memory_mib = 16384;

/// One of several buttons in a row that breaks where there is no room.
bool choice(const char* words, bool chosen, bool first) {
  const float width = ImGui::CalcTextSize(words).x + ImGui::GetFrameHeight() + ImGui::GetStyle().ItemInnerSpacing.x;
  if (!first) {
    ImGui::SameLine();
    if (width > ImGui::GetContentRegionAvail().x) ImGui::NewLine();
  }
  return ImGui::RadioButton(words, chosen);
}

void themeChoice(const ViewModel& view, CommandQueue& out) {
  if (choice(say(view, "action.dark"), view.theme == ThemeId::dark, true)) out.push(SetTheme{ThemeId::dark});
  if (choice(say(view, "action.light"), view.theme == ThemeId::light, false)) out.push(SetTheme{ThemeId::light});
  if (choice(say(view, "action.high_contrast"), view.theme == ThemeId::high_contrast, false))
    out.push(SetTheme{ThemeId::high_contrast});
}

void pointMemory(const ViewModel& view, CommandQueue& out) {
  render::PointStyle style = view.points.style;
  auto memory_mib = static_cast<int>(style.memory_mib);
  ImGui::SetNextItemWidth(-1);
  if (!ImGui::SliderInt("##memory", &memory_mib, least_memory_mib, most_memory_mib, "%d MiB",
                        ImGuiSliderFlags_Logarithmic))
    return;
  style.memory_mib = static_cast<std::uint64_t>(std::clamp(memory_mib, least_memory_mib, most_memory_mib));
  out.push(PointCommand{SetPointStyle{style}});
}

}  // namespace

void languageChoice(const ViewModel& view, CommandQueue& out) {
  if (choice(say(view, "action.japanese"), view.language == Language::ja, true)) out.push(SetLanguage{Language::ja});
  if (choice(say(view, "action.english"), view.language == Language::en, false)) out.push(SetLanguage{Language::en});
}

void mouseChoice(const ViewModel& view, CommandQueue& out) {
  const auto one = [&](const char* key, MousePreset preset, bool first) {
    if (choice(say(view, key), view.mouse == preset, first)) out.push(SetMousePreset{preset});
  };
  one("action.mouse_qgis", MousePreset::qgis, true);
  one("action.mouse_paraview", MousePreset::paraview, false);
  one("action.mouse_plateau", MousePreset::plateau, false);
}

void SettingsWindow::textSize(const ViewModel& view, CommandQueue& out) {
  if (text_percent_ == 0) text_percent_ = static_cast<int>(view.text_scale * 100 + 0.5);
  ImGui::SetNextItemWidth(-1);
  ImGui::SliderInt("##text", &text_percent_, least_text_percent, most_text_percent, "%d %%");
  if (ImGui::IsItemDeactivatedAfterEdit())
    out.push(SetTextScale{std::clamp(text_percent_, least_text_percent, most_text_percent) / 100.0});
  if (!ImGui::IsItemActive()) text_percent_ = 0;
}

void SettingsWindow::draw(const ViewModel& view, CommandQueue& out, float scale) {
  if (!view.open_windows.contains(WindowId::settings)) return;
  const Palette& colours = paletteOf(view.theme);
  const ImVec2 all = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({all.x / 2, all.y / 2}, ImGuiCond_Appearing, {0.5F, 0.5F});
  ImGui::SetNextWindowSize({std::min(460 * scale, all.x * 0.9F), std::min(500 * scale, all.y * 0.85F)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  bool open = true;
  const std::string id = std::string(say(view, "settings.title")) + "###settings";
  constexpr ImGuiWindowFlags flags =
      ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoResize;
  if (ImGui::Begin(id.c_str(), &open, flags)) {
    heading(say(view, "action.language"), colours);
    languageChoice(view, out);
    heading(say(view, "action.theme"), colours);
    themeChoice(view, out);
    heading(say(view, "action.text_size"), colours);
    textSize(view, out);
    heading(say(view, "action.mouse"), colours);
    mouseChoice(view, out);
    heading(say(view, "settings.point_memory"), colours);
    pointMemory(view, out);
    heading(say(view, "settings.typing"), colours);
    quiet(say(view, "settings.typing_help"), colours);
  }
  ImGui::End();
  ImGui::PopStyleVar();
  if (!open) out.push(ShowWindow{WindowId::settings, false});
}

}  // namespace hashimichi::app
