#include "app/i18n/text.h"

#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "geo/core/file.h"

namespace hashimichi::app {
namespace {

using Texts = std::map<std::string, std::string, std::less<>>;

/// Every *.json of the language's folder, a file per room of the program. A key stands in one of them only.
Texts load(const char* language) {
  Texts texts;
  std::error_code gone;
  for (const auto& file :
       std::filesystem::directory_iterator(std::filesystem::path(HASHIMICHI_I18N_DIR) / language, gone)) {
    if (file.path().extension() != ".json") continue;
    const Result<std::string> content = readFile(file.path());
    if (!content) continue;
    const nlohmann::json json = nlohmann::json::parse(*content, nullptr, false);
    if (!json.is_object()) continue;
    for (const auto& [key, value] : json.items())
      if (value.is_string()) texts.emplace(key, value.get<std::string>());
  }
  return texts;
}

const Texts& textsOf(Language language) {
  static const Texts ja = load("ja"), en = load("en");
  return language == Language::ja ? ja : en;
}

}  // namespace

const std::string& tr(Language language, std::string_view key) {
  const Texts& texts = textsOf(language);
  const auto found = texts.find(key);
  if (found != texts.end()) return found->second;
  static Texts missing;
  return missing.try_emplace(std::string(key), key).first->second;
}

Language languageFromEnvironment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value && *value) return std::string_view(value).starts_with("ja") ? Language::ja : Language::en;
  }
  return Language::en;
}

}  // namespace hashimichi::app
