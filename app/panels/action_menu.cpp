#include "app/panels/action_menu.h"

#include <imgui.h>

#include <set>

#include "app/widgets/result_words.h"
#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

void item(const ViewModel& view, CommandQueue& out, const Action& action) {
  const std::string label = actionWords(view, action, false) + "###" + action.id;
  const char* key = action.keys.empty() ? nullptr : action.keys.front().c_str();
  const bool on = action.checked && action.checked(view);
  if (ImGui::MenuItem(label.c_str(), key, on, action.availableIn(view))) out.push(action.command(view));
}

/// What the open town has of other programs' results; they are the town's, so they are no actions.
void resultItems(const ViewModel& view, CommandQueue& out) {
  for (const model::ResultLayer& layer : view.project->model->results)
    if (ImGui::MenuItem((resultName(view, layer) + "###" + layer.id).c_str(), nullptr, view.result_id == layer.id))
      out.push(SetResult{layer.id});
}

void submenu(const ViewModel& view, CommandQueue& out, Menu menu, const std::string& key) {
  const std::string label = std::string(say(view, key)) + "###" + key;
  if (!ImGui::BeginMenu(label.c_str())) return;
  for (const Action& action : actions())
    if (action.menu == menu && action.submenu == key) item(view, out, action);
  ImGui::EndMenu();
}

}  // namespace

std::string actionWords(const ViewModel& view, const Action& action, bool with_submenu) {
  std::string words = with_submenu ? action.fullText(view.language) : action.text(view.language);
  if (const std::string detail = action.detail ? action.detail(view) : std::string(); !detail.empty())
    words += say(view, "action.detail", {detail});
  return words;
}

void drawActionMenu(const ViewModel& view, CommandQueue& out, Menu menu) {
  std::set<std::string> drawn;
  int group = -1;
  for (const Action& action : actions()) {
    if (action.menu != menu) continue;
    if (group >= 0 && action.group != group) ImGui::Separator();
    group = action.group;
    if (action.submenu.empty())
      item(view, out, action);
    else if (drawn.insert(action.submenu).second)
      submenu(view, out, menu, action.submenu);
  }
  if (menu != Menu::view || !view.project || view.project->model->results.empty()) return;
  if (!ImGui::BeginMenu(say(view, "layers.results"))) return;
  resultItems(view, out);
  ImGui::EndMenu();
}

}  // namespace hashimichi::app
