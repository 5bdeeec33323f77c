#include "app/desktop/icons.h"
#include "app/session/action_rules.h"

namespace hashimichi::app {
namespace {

Action asking(std::string name, const char* text_key, PathPurpose purpose, std::vector<std::string> keys, int group,
              const char* icon, bool (*available)(const ViewModel&) = nullptr) {
  Action action{.id = "file." + std::move(name),
                .text_key = text_key,
                .icon = icon,
                .keys = std::move(keys),
                .menu = Menu::file,
                .group = group};
  if (available) action.available = available;
  action.command = always(AskPath{purpose});
  return action;
}

}  // namespace

std::vector<Action> fileActions() {
  const std::string file = "file.";
  const auto recovery = [](const ViewModel& view) { return view.files.recovery_offered; };
  return {
      asking("open", "menu.open", PathPurpose::open_project, {"Ctrl+O"}, 0, ""),
      {.id = file + "demo",
       .text_key = "menu.demo",
       .icon = icon::home,
       .menu = Menu::file,
       .command = always(OpenDemo{})},
      asking("import", "menu.import", PathPurpose::import_files, {"Ctrl+I"}, 0, icon::import_file),
      {.id = file + "import_looked_at",
       .text_key = "action.import_looked_at",
       .menu = Menu::file,
       .available = [](const ViewModel& view) { return view.pending_import != nullptr; },
       .command = always(ImportPending{})},
      {.id = file + "import_report",
       .text_key = "menu.import_report",
       .icon = icon::table,
       .menu = Menu::file,
       .available = hasProject,
       .checked = isOpen(WindowId::import_report),
       .command = toggled(WindowId::import_report)},
      {.id = file + "save",
       .text_key = "action.save",
       .icon = icon::save,
       .keys = {"Ctrl+S"},
       .menu = Menu::file,
       .group = 1,
       .available = hasProject,
       .command = always(FileCommand{SaveNow{}})},
      asking("pack", "action.pack", PathPurpose::project_zip, {}, 1, "", hasProject),
      asking("unpack", "action.unpack", PathPurpose::unpack_zip, {}, 1, ""),
      {.id = file + "recover",
       .text_key = "action.recover",
       .menu = Menu::file,
       .group = 1,
       .available = recovery,
       .command = always(FileCommand{RecoverProject{true}})},
      {.id = file + "put_away",
       .text_key = "action.put_away",
       .menu = Menu::file,
       .group = 1,
       .available = recovery,
       .command = always(FileCommand{RecoverProject{false}})},
      {.id = file + "links",
       .text_key = "links.title",
       .menu = Menu::file,
       .group = 1,
       .available = hasProject,
       .command = always(FileCommand{ShowLinks{}})},
      asking("export_pdf", "menu.export_pdf", PathPurpose::export_pdf, {"Ctrl+E"}, 2, icon::printer, hasRanking),
      asking("export_geopackage", "menu.export_geopackage", PathPurpose::export_geopackage, {}, 2, "", hasRanking),
      asking("export_geojson", "menu.export_geojson", PathPurpose::export_geojson, {}, 2, "", hasRanking),
      asking("export_csv", "menu.export_csv", PathPurpose::export_csv, {}, 2, "", hasRanking),
      asking("picture", "menu.picture", PathPurpose::picture, {"Ctrl+P"}, 2, icon::image, hasProject),
      asking("film", "action.film_file", PathPurpose::film, {}, 2, "", hasProject),
      asking("script", "action.script", PathPurpose::script, {}, 3, ""),
      {.id = file + "quit",
       .text_key = "menu.quit",
       .keys = {"Ctrl+Q"},
       .menu = Menu::file,
       .group = 4,
       .command = always(Quit{})},
  };
}

}  // namespace hashimichi::app
