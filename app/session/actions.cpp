#include "app/session/actions.h"

#include <algorithm>
#include <iterator>

#include "app/i18n/text.h"
#include "app/session/action_rules.h"

namespace hashimichi::app {

std::string Action::text(Language language) const {
  if (text_key.empty()) return language == Language::ja ? ja : en;
  return tr(language, text_key);
}

std::string Action::fullText(Language language) const {
  return submenu.empty() ? text(language) : tr(language, submenu) + " › " + text(language);
}

const std::vector<Action>& actions() {
  static const std::vector<Action> all = [] {
    std::vector<Action> list;
    for (std::vector<Action> part : {fileActions(), editActions(), viewActions(), lookActions(), settingActions(),
                                     toolActions(), assessActions(), helpActions()})
      std::ranges::move(part, std::back_inserter(list));
    return list;
  }();
  return all;
}

const Action* actionNamed(std::string_view id) {
  const auto found = std::ranges::find(actions(), id, &Action::id);
  return found == actions().end() ? nullptr : &*found;
}

}  // namespace hashimichi::app
