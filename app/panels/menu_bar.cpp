#include "app/panels/menu_bar.h"

#include <imgui.h>

#include <array>

#include "app/desktop/theme.h"
#include "app/panels/tools_menu.h"
#include "app/widgets/facts.h"
#include "app/widgets/result_words.h"
#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

void fileMenu(const ViewModel& view, CommandQueue& out, PathDialog& dialog) {
  const bool project = view.project != nullptr;
  const bool ranked = project && view.ranking();
  const auto ask = [&](const char* key, const char* shortcut, PathPurpose purpose, bool enabled) {
    if (ImGui::MenuItem(say(view, key), shortcut, false, enabled)) dialog.open(purpose, view);
  };
  ask("menu.open", "Ctrl+O", PathPurpose::open_project, true);
  if (ImGui::MenuItem(say(view, "menu.demo"))) out.push(OpenDemo{});
  ask("menu.import", "Ctrl+I", PathPurpose::import_files, true);
  if (ImGui::MenuItem(say(view, "menu.import_report"), nullptr, false, project))
    out.push(ShowWindow{WindowId::import_report, true});
  ImGui::Separator();
  ask("menu.export_pdf", "Ctrl+E", PathPurpose::export_pdf, ranked);
  ask("menu.export_geopackage", nullptr, PathPurpose::export_geopackage, ranked);
  ask("menu.export_geojson", nullptr, PathPurpose::export_geojson, ranked);
  ask("menu.export_csv", nullptr, PathPurpose::export_csv, ranked);
  ask("menu.picture", "Ctrl+P", PathPurpose::picture, project);
  ImGui::Separator();
  if (ImGui::MenuItem(say(view, "menu.quit"), "Ctrl+Q")) out.push(Quit{});
}

void textSizeMenu(const ViewModel& view, CommandQueue& out) {
  constexpr std::array<double, 6> scales{0.8, 1.0, 1.25, 1.5, 1.75, 2.0};
  for (const double scale : scales)
    if (ImGui::MenuItem((number(scale * 100) + " %").c_str(), nullptr, view.text_scale == scale))
      out.push(SetTextScale{scale});
}

void resultMenu(const ViewModel& view, CommandQueue& out) {
  if (ImGui::MenuItem(say(view, "result.none"), nullptr, view.result_id.empty())) out.push(SetResult{});
  for (const model::ResultLayer& layer : view.project->model->results)
    if (ImGui::MenuItem((resultName(view, layer) + "###" + layer.id).c_str(), nullptr, view.result_id == layer.id))
      out.push(SetResult{layer.id});
}

void viewMenu(const ViewModel& view, CommandQueue& out) {
  const bool project = view.project != nullptr;
  const auto fly = [&](const char* key, const char* shortcut, Viewpoint viewpoint, bool enabled) {
    if (ImGui::MenuItem(say(view, key), shortcut, false, enabled)) out.push(FlyTo{viewpoint, {}});
  };
  fly("menu.home", "Home", Viewpoint::home, project);
  fly("menu.fit", "F", Viewpoint::selection, project && view.selection);
  fly("menu.north", "N", Viewpoint::north_up, project);
  fly("menu.top", "T", Viewpoint::top, project);
  if (ImGui::MenuItem(say(view, "menu.ortho"), "5", view.orthographic, project)) out.push(ToggleOrthographic{});
  if (ImGui::BeginMenu(say(view, "layers.results"), project && !view.project->model->results.empty())) {
    resultMenu(view, out);
    ImGui::EndMenu();
  }
  ImGui::Separator();
  if (ImGui::MenuItem(say(view, "menu.dark"), nullptr, view.theme == ThemeId::dark)) out.push(SetTheme{ThemeId::dark});
  if (ImGui::MenuItem(say(view, "menu.light"), nullptr, view.theme == ThemeId::light))
    out.push(SetTheme{ThemeId::light});
  ImGui::Separator();
  if (ImGui::MenuItem("日本語", "L", view.language == Language::ja)) out.push(SetLanguage{Language::ja});
  if (ImGui::MenuItem("English", "L", view.language == Language::en)) out.push(SetLanguage{Language::en});
  ImGui::Separator();
  if (ImGui::BeginMenu(say(view, "menu.text_size"))) {
    textSizeMenu(view, out);
    ImGui::EndMenu();
  }
}

void assessMenu(const ViewModel& view, CommandQueue& out) {
  const auto subject = [&](const char* key, const char* shortcut, assess::Subject which) {
    if (ImGui::MenuItem(say(view, key), shortcut, view.subject == which)) out.push(SetSubject{which});
  };
  subject("subject.snow", "S", assess::Subject::snow);
  subject("subject.ageing", "A", assess::Subject::ageing);
  ImGui::Separator();
  quietLine(say(view, "menu.profile"), paletteOf(view.theme));
  for (const assess::ProfileInfo& profile : view.profiles) {
    const std::string& name = view.language == Language::ja ? profile.name_ja : profile.name_en;
    if (ImGui::MenuItem((name + "###" + profile.id).c_str(), nullptr, view.profile == profile.id))
      out.push(SetProfile{profile.id});
    if (ImGui::IsItemHovered() && !profile.source.empty()) ImGui::SetTooltip("%s", profile.source.c_str());
  }
}

void helpMenu(const ViewModel& view, CommandQueue& out) {
  if (ImGui::MenuItem(say(view, "menu.keys"), "F1")) out.push(ShowWindow{WindowId::keys, true});
  if (ImGui::MenuItem(say(view, "menu.about"))) out.push(ShowWindow{WindowId::about, true});
}

void projectName(const ViewModel& view, float scale) {
  const std::string text = view.project ? view.project->name : std::string(say(view, "menu.no_project"));
  const float width = ImGui::CalcTextSize(text.c_str()).x + 16 * scale;
  ImGui::SameLine(ImGui::GetWindowWidth() - width);
  ImGui::TextDisabled("%s", text.c_str());
}

}  // namespace

void MenuBar::draw(const ViewModel& view, CommandQueue& out, PathDialog& dialog, float scale) {
  const float padding = (menu_height_px - text_size_px) / 2;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {6 * scale, padding * scale});
  const bool open = ImGui::BeginMainMenuBar();
  ImGui::PopStyleVar();
  if (!open) return;
  ImGui::AlignTextToFramePadding();
  title(say(view, "app.name"));
  ImGui::SameLine(0, 16 * scale);
  const auto menu = [&](const char* key, auto draw_items) {
    if (!ImGui::BeginMenu(say(view, key))) return;
    draw_items();
    ImGui::EndMenu();
  };
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {8 * scale, 6 * scale});
  menu("menu.file", [&] { fileMenu(view, out, dialog); });
  menu("menu.view", [&] { viewMenu(view, out); });
  menu("menu.tools", [&] { drawToolsMenu(view, out, dialog); });
  menu("menu.assess", [&] { assessMenu(view, out); });
  menu("menu.help", [&] { helpMenu(view, out); });
  ImGui::PopStyleVar();
  projectName(view, scale);
  ImGui::EndMainMenuBar();
}

}  // namespace hashimichi::app
