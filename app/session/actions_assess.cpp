#include "app/desktop/icons.h"
#include "app/session/action_rules.h"

namespace hashimichi::app {
namespace {

Action subject(std::string name, const char* text_key, assess::Subject which, std::string key, const char* icon) {
  return {.id = "assess." + std::move(name),
          .text_key = text_key,
          .icon = icon,
          .keys = {std::move(key)},
          .menu = Menu::assess,
          .checked = [which](const ViewModel& view) { return view.subject == which; },
          .command = always(SetSubject{which})};
}

Action profile(const assess::ProfileInfo& info) {
  return {.id = "assess.profile_" + info.id,
          .ja = info.name_ja,
          .en = info.name_en,
          .menu = Menu::assess,
          .submenu = "action.profile",
          .group = 1,
          .checked = [id = info.id](const ViewModel& view) { return view.profile == id; },
          .command = always(SetProfile{info.id})};
}

Action time(std::string name, const char* text_key, std::vector<std::string> keys, const char* icon,
            std::function<Command(const ViewModel&)> command) {
  return {.id = "time." + std::move(name),
          .text_key = text_key,
          .icon = icon,
          .keys = std::move(keys),
          .menu = Menu::assess,
          .group = 2,
          .available = hasProject,
          .command = std::move(command)};
}

}  // namespace

std::vector<Action> assessActions() {
  std::vector<Action> list{
      subject("snow", "subject.snow", assess::Subject::snow, "S", icon::snow),
      subject("ageing", "subject.ageing", assess::Subject::ageing, "A", icon::bridge),
  };
  for (const assess::ProfileInfo& info : assess::snowProfiles()) list.push_back(profile(info));
  Action play = time("play", "action.play", {"Space"}, icon::play,
                     [](const ViewModel& view) { return SetPlaying{!view.playing}; });
  play.checked = [](const ViewModel& view) { return view.playing; };
  list.push_back(std::move(play));
  list.push_back(time("plain", "action.playback_plain", {}, "", always(LookCommand{SetPlayback{}})));
  list.push_back(time("back", "action.earlier", {"["}, icon::step_back, always(StepTime{-1})));
  list.push_back(time("forward", "action.later", {"]"}, icon::step_forward, always(StepTime{1})));
  list.push_back(time("now", "time.now", {}, "", [](const ViewModel& view) { return SetTime{view.time_now}; }));
  list.push_back({.id = "assess.what_if",
                  .text_key = "action.what_if",
                  .keys = {"W"},
                  .menu = Menu::assess,
                  .group = 3,
                  .available = hasProject,
                  .checked = isOpen(WindowId::what_if),
                  .command = toggled(WindowId::what_if)});
  list.push_back({.id = "assess.as_it_is",
                  .text_key = "action.as_it_is",
                  .menu = Menu::assess,
                  .group = 3,
                  .available = [](const ViewModel& view) { return view.what_if.changesAnything(); },
                  .command = always(SetWhatIf{})});
  return list;
}

std::vector<Action> helpActions() {
  const std::string help = "help.";
  return {
      {.id = help + "keys",
       .text_key = "action.keys",
       .icon = icon::keyboard,
       .keys = {"F1"},
       .menu = Menu::help,
       .checked = isOpen(WindowId::keys),
       .command = toggled(WindowId::keys)},
      {.id = help + "guide",
       .text_key = "action.guide",
       .icon = icon::help,
       .keys = {"Ctrl+F1"},
       .menu = Menu::help,
       .checked = isOpen(WindowId::guide),
       .command = toggled(WindowId::guide)},
      {.id = help + "palette",
       .text_key = "action.palette",
       .icon = icon::search,
       .keys = {"Ctrl+K"},
       .menu = Menu::help,
       .checked = isOpen(WindowId::palette),
       .command = toggled(WindowId::palette)},
      {.id = help + "tour",
       .text_key = "action.tour",
       .icon = icon::flag,
       .menu = Menu::help,
       .group = 1,
       .command = always(ShowTour{0})},
      {.id = help + "problems",
       .text_key = "action.problems",
       .icon = icon::alert,
       .menu = Menu::help,
       .group = 1,
       .checked = isOpen(WindowId::problems),
       .command = toggled(WindowId::problems)},
      {.id = help + "cancel_job",
       .text_key = "action.cancel_job",
       .menu = Menu::help,
       .group = 1,
       .available = [](const ViewModel& view) { return !view.jobs.empty(); },
       .command = [](const ViewModel& view) { return CancelJob{view.jobs.front().id}; }},
      {.id = help + "dismiss",
       .text_key = "action.dismiss",
       .menu = Menu::help,
       .group = 1,
       .available = [](const ViewModel& view) { return !view.notices.empty(); },
       .command = always(DismissNotice{})},
      {.id = help + "about",
       .text_key = "action.about",
       .icon = icon::information,
       .menu = Menu::help,
       .group = 2,
       .checked = isOpen(WindowId::about),
       .command = toggled(WindowId::about)},
  };
}

}  // namespace hashimichi::app
