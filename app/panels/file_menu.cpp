#include "app/panels/file_menu.h"

#include <imgui.h>

#include "app/panels/recent_menu.h"
#include "app/widgets/say.h"

namespace hashimichi::app {
void drawFileMenu(const ViewModel& view, CommandQueue& out, float scale) {
  const bool project = view.project != nullptr;
  const bool ranked = project && view.ranking();
  const auto ask = [&](const char* key, const char* shortcut, PathPurpose purpose, bool enabled) {
    if (ImGui::MenuItem(say(view, key), shortcut, false, enabled)) out.push(AskPath{purpose});
  };
  ask("menu.open", "Ctrl+O", PathPurpose::open_project, true);
  drawRecentMenu(view, out);
  if (ImGui::MenuItem(say(view, "menu.demo"))) out.push(OpenDemo{});
  ask("menu.import", "Ctrl+I", PathPurpose::import_files, true);
  if (ImGui::MenuItem(say(view, "menu.import_report"), nullptr, false, project))
    out.push(ShowWindow{WindowId::import_report, true});
  ImGui::Separator();
  if (ImGui::MenuItem(say(view, "files.save"), "Ctrl+S", false, project)) out.push(FileCommand{SaveNow{}});
  ask("files.pack", nullptr, PathPurpose::project_zip, project);
  ask("files.unpack", nullptr, PathPurpose::unpack_zip, true);
  drawLinksEntry(view, out);
  ImGui::Separator();
  ask("menu.export_pdf", "Ctrl+E", PathPurpose::export_pdf, ranked);
  ask("menu.export_geopackage", nullptr, PathPurpose::export_geopackage, ranked);
  ask("menu.export_geojson", nullptr, PathPurpose::export_geojson, ranked);
  ask("menu.export_csv", nullptr, PathPurpose::export_csv, ranked);
  ask("menu.picture", "Ctrl+P", PathPurpose::picture, project);
  ImGui::Dummy({0, 2 * scale});
  ImGui::Separator();
  if (ImGui::MenuItem(say(view, "menu.quit"), "Ctrl+Q")) out.push(Quit{});
}

}  // namespace hashimichi::app
