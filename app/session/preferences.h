#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/session/command.h"
#include "geo/core/result.h"

namespace hashimichi::app {

/// What one person chose on this machine, whatever the project.
struct Preferences {
  std::optional<Language> language;  ///< nothing: never asked
  ThemeId theme = ThemeId::dark;
  double text_scale = 1;
  MousePreset mouse = MousePreset::qgis;
  bool toured = false;                                          ///< the first run's questions were answered
  std::vector<std::filesystem::path> recent;                    ///< project folders, newest first
  std::map<std::string, std::map<std::string, float>> layouts;  ///< by project folder: sizes and places of regions

  bool operator==(const Preferences&) const = default;
};

/// $HASHIMICHI_CONFIG_DIR, else $XDG_CONFIG_HOME/hashimichi, else ~/.config/hashimichi: preferences.json in it.
std::filesystem::path preferencesPath();
/// The defaults where there is no file or it is damaged; a damaged one is set aside, never overwritten.
Preferences loadPreferences();
/// Written beside and renamed. A folder that cannot be written is no reason to stop: the Status says why.
Status savePreferences(const Preferences& preferences);

}  // namespace hashimichi::app
