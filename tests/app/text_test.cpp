// Every sentence of the window and the command line stands in both languages, and none stands there unused.
#include "app/i18n/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>

namespace hashimichi::app {
namespace {

namespace fs = std::filesystem;

std::map<std::string, std::string> textsOf(const std::string& language) {
  std::map<std::string, std::string> texts;
  for (const auto& file : fs::directory_iterator(fs::path(HASHIMICHI_SOURCE_DIR) / "app/i18n" / language)) {
    std::ifstream stream(file.path());
    for (const auto& [key, text] : nlohmann::json::parse(stream).get<std::map<std::string, std::string>>())
      EXPECT_TRUE(texts.emplace(key, text).second) << key << " stands in two files of " << language;
  }
  return texts;
}

std::string prefixOf(const std::string& key) {
  return key.substr(0, key.find('.'));
}

/// Every quoted word of app's sources that has the form of a key and a known first half: "menu.open".
std::set<std::string> keysInSources(const std::set<std::string>& prefixes) {
  static const std::regex pattern("\"([a-z]+\\.[A-Za-z0-9_]+)\"");
  std::set<std::string> keys;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(HASHIMICHI_SOURCE_DIR) / "app")) {
    if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
    std::ifstream stream(entry.path());
    const std::string source((std::istreambuf_iterator<char>(stream)), {});
    for (std::sregex_iterator match(source.begin(), source.end(), pattern), end; match != end; ++match)
      if (prefixes.contains(prefixOf((*match)[1]))) keys.insert((*match)[1]);
  }
  return keys;
}

std::vector<std::string> gapsIn(const std::string& text) {
  static const std::regex pattern(R"(\{[^}]*\})");
  std::vector<std::string> gaps;
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match)
    gaps.push_back(match->str());
  return gaps;
}

TEST(Texts, EveryKeyStandsInBothLanguagesAndSaysSomething) {
  const auto ja = textsOf("ja"), en = textsOf("en");
  ASSERT_GT(ja.size(), 100u);
  for (const auto& [key, text] : ja) {
    EXPECT_TRUE(en.contains(key)) << key << " is missing in English";
    EXPECT_FALSE(text.empty()) << key;
  }
  for (const auto& [key, text] : en) {
    EXPECT_TRUE(ja.contains(key)) << key << " is missing in Japanese";
    EXPECT_FALSE(text.empty()) << key;
  }
}

TEST(Texts, EveryKeyThatTheProgramSaysIsTranslated) {
  const auto en = textsOf("en");
  std::set<std::string> prefixes;
  for (const auto& [key, text] : en) prefixes.insert(prefixOf(key));
  const std::set<std::string> said = keysInSources(prefixes);
  ASSERT_GT(said.size(), 100u);
  for (const std::string& key : said) EXPECT_TRUE(en.contains(key)) << key << " is said but not translated";
}

TEST(Texts, NoTranslationIsLeftOverFromWordsThatNobodySaysAnyMore) {
  const auto en = textsOf("en");
  std::set<std::string> prefixes;
  for (const auto& [key, text] : en) prefixes.insert(prefixOf(key));
  const std::set<std::string> said = keysInSources(prefixes);
  for (const auto& [key, text] : en) EXPECT_TRUE(said.contains(key)) << key << " is translated but never said";
}

TEST(Texts, BothLanguagesLeaveTheSameGapsForNumbers) {
  const auto ja = textsOf("ja"), en = textsOf("en");
  for (const auto& [key, text] : en) {
    if (!ja.contains(key)) continue;
    EXPECT_EQ(gapsIn(text), gapsIn(ja.at(key))) << key;
  }
}

TEST(Texts, AKeyThatNobodyTranslatedIsShownAsItIs) {
  EXPECT_EQ(tr(Language::ja, "no.such_key"), "no.such_key");
  EXPECT_EQ(tr(Language::ja, "menu.quit"), "終了");
  EXPECT_EQ(tr(Language::en, "menu.quit"), "Quit");
}

}  // namespace
}  // namespace hashimichi::app
