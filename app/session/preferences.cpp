#include "app/session/preferences.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "geo/core/file.h"

namespace hashimichi::app {
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::array theme_names{"dark", "light", "high_contrast"};
constexpr std::array mouse_names{"qgis", "paraview", "plateau"};
constexpr std::array language_names{"ja", "en"};
/// A file with more is not one of ours.
constexpr std::uintmax_t largest_file_bytes = 4u << 20;
constexpr std::size_t most_recent = 20, most_layouts = 100, most_sizes = 200;

fs::path environmentFolder(const char* name) {
  const char* value = std::getenv(name);
  return value && *value ? fs::path(value) : fs::path();
}

fs::path pathFrom(const std::string& utf8) {
  return {std::u8string(utf8.begin(), utf8.end())};
}

template <typename Value, typename Names>
void readName(const json& document, const char* key, const Names& names, Value& value) {
  const auto found = document.find(key);
  if (found == document.end() || !found->is_string()) return;
  const auto name = std::ranges::find(names, found->template get<std::string>());
  if (name != names.end()) value = static_cast<Value>(name - names.begin());
}

void readLayouts(const json& list, Preferences& into) {
  for (const auto& [folder, sizes] : list.items()) {
    if (!sizes.is_object() || into.layouts.size() == most_layouts) continue;
    std::map<std::string, float>& layout = into.layouts[folder];
    for (const auto& [name, size] : sizes.items())
      if (size.is_number() && std::isfinite(size.get<float>()) && layout.size() < most_sizes)
        layout[name] = size.get<float>();
  }
}

/// What can be understood; the rest keeps its default.
Preferences preferencesFrom(const json& document) {
  Preferences read;
  if (document.contains("language")) {
    Language language = Language::ja;
    readName(document, "language", language_names, language);
    read.language = language;
  }
  readName(document, "theme", theme_names, read.theme);
  readName(document, "mouse", mouse_names, read.mouse);
  if (const auto scale = document.find("text_scale"); scale != document.end() && scale->is_number())
    read.text_scale = std::clamp(scale->get<double>(), 0.8, 2.0);
  if (const auto toured = document.find("toured"); toured != document.end() && toured->is_boolean())
    read.toured = toured->get<bool>();
  if (const auto recent = document.find("recent"); recent != document.end() && recent->is_array())
    for (const json& folder : *recent)
      if (folder.is_string() && read.recent.size() < most_recent)
        read.recent.push_back(pathFrom(folder.get<std::string>()));
  if (const auto layouts = document.find("layouts"); layouts != document.end() && layouts->is_object())
    readLayouts(*layouts, read);
  return read;
}

}  // namespace

fs::path preferencesPath() {
  constexpr const char* name = "preferences.json";
  if (const fs::path own = environmentFolder("HASHIMICHI_CONFIG_DIR"); !own.empty()) return own / name;
  if (const fs::path xdg = environmentFolder("XDG_CONFIG_HOME"); !xdg.empty()) return xdg / "hashimichi" / name;
  if (const fs::path home = environmentFolder("HOME"); !home.empty()) return home / ".config" / "hashimichi" / name;
  std::error_code ignored;
  return fs::temp_directory_path(ignored) / "hashimichi-config" / name;
}

Preferences loadPreferences() {
  const fs::path path = preferencesPath();
  const Result<std::string> text = readFile(path, largest_file_bytes);
  if (!text && text.error().code == ErrorCode::not_found) return {};
  const json document = text ? json::parse(*text, nullptr, false) : json();
  if (document.is_object()) return preferencesFrom(document);
  std::error_code ignored;
  fs::path aside = path;
  aside += ".damaged";
  fs::rename(path, aside, ignored);
  return {};
}

Status savePreferences(const Preferences& preferences) {
  const fs::path path = preferencesPath();
  json document{{"format", "hashimichi preferences"},
                {"version", 1},
                {"theme", theme_names[static_cast<std::size_t>(preferences.theme)]},
                {"text_scale", preferences.text_scale},
                {"mouse", mouse_names[static_cast<std::size_t>(preferences.mouse)]},
                {"toured", preferences.toured},
                {"recent", json::array()},
                {"layouts", preferences.layouts}};
  if (preferences.language) document["language"] = language_names[static_cast<std::size_t>(*preferences.language)];
  for (const fs::path& folder : preferences.recent) document["recent"].push_back(toUtf8(folder));
  std::error_code failed;
  fs::create_directories(path.parent_path(), failed);
  if (failed)
    return Error{ErrorCode::write_failed, toUtf8(path.parent_path()),
                 "The folder for the settings cannot be made: " + failed.message() + ".",
                 "Name one where you may write in HASHIMICHI_CONFIG_DIR."};
  return writeFile(path, document.dump(1, ' ', false, json::error_handler_t::replace) + "\n");
}

}  // namespace hashimichi::app
