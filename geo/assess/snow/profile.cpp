#include "geo/assess/snow/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <map>
#include <nlohmann/json.hpp>

#include "geo/assess/assess.h"
#include "geo/assess/snow/profile_fields.h"
#include "geo/core/data_dir.h"
#include "geo/core/file.h"

namespace hashimichi::assess::snow {
namespace {

using nlohmann::json;
using Settings = std::map<std::string, Setting>;

constexpr std::uintmax_t profile_limit_bytes = 1u << 20;  // a shipped profile has 5 kB
constexpr int longest_chain = 8;                          // "extends" of "extends"; also stops a circle

std::filesystem::path shippedFolder() {
  return datasetsFolder() / "presets" / "snow";
}

std::string text(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

Error bad(const std::string& where, const std::string& what) {
  return {ErrorCode::bad_input, where, what, "datasets/presets/snow/README.md shows how a profile is written."};
}

Result<json> readProfile(const std::filesystem::path& path) {
  const auto bytes = readFile(path, profile_limit_bytes);
  if (!bytes) return bytes.error();
  json document = json::parse(*bytes, nullptr, false);
  if (document.is_discarded()) return bad(toUtf8(path), "this is not JSON.");
  if (!document.is_object() || text(document, "id").empty() || text(document, "name_ja").empty() ||
      text(document, "name_en").empty())
    return bad(toUtf8(path), "a profile is a JSON object with id, name_ja and name_en.");
  const auto verified = document.find("verified");
  if (verified == document.end() || !verified->is_boolean())
    return bad(toUtf8(path) + "#verified", "the value must be true or false.");
  return document;
}

Result<std::filesystem::path> findProfile(const std::string& profile) {
  const bool is_path =
      profile.find('/') != std::string::npos || profile.find('\\') != std::string::npos || profile.ends_with(".json");
  if (is_path) return std::filesystem::path(profile);
  const bool plain = !profile.empty() && std::all_of(profile.begin(), profile.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
  const std::filesystem::path shipped = shippedFolder() / (profile + ".json");
  std::error_code ignored;
  if (plain && std::filesystem::is_regular_file(shipped, ignored)) return shipped;
  std::string ids;
  for (const ProfileInfo& info : snowProfiles()) ids += (ids.empty() ? "" : ", ") + info.id;
  return Error{ErrorCode::not_found, profile, "there is no such snow profile.",
               ids.empty() ? "Give the path of a JSON file." : "Shipped are: " + ids + "."};
}

/// Adds one file's settings over what its base said. "trigger_cm.all" stands for every class and gives way to a class
/// that the same file names.
Status mergeSettings(Settings& settings, const json& document, const std::string& file) {
  const json none = json::object();
  const json& sources = document.contains("sources") ? document["sources"] : none;
  const json& own = document.contains("settings") ? document["settings"] : none;
  if (!own.is_object() || !sources.is_object()) return bad(file, "\"settings\" and \"sources\" must be objects.");
  for (const bool general : {true, false})
    for (const auto& [field, entry] : own.items()) {
      if (field.ends_with(".all") != general) continue;
      if (!entry.is_object() || !entry.contains("value"))
        return bad(file + "#" + field, "a setting is {\"value\": …, \"source\": …}.");
      const std::string source = text(entry, "source");
      if (!sources.contains(source) || !sources[source].is_object())
        return bad(file + "#" + field, fmt::format("its source \"{}\" is not listed under \"sources\".", source));
      const bool verified = sources[source].value("verified", json(false)) == json(true);
      const Setting setting{entry["value"], verified, file};
      if (!general) settings[field] = setting;
      if (general)
        for (const char* name : classNames()) settings[field.substr(0, field.size() - 3) + name] = setting;
    }
  return done();
}

std::string sourceText(const json& document) {
  std::string all;
  const auto sources = document.find("sources");
  if (sources == document.end() || !sources->is_object()) return all;
  for (const auto& [key, source] : sources->items())
    if (source.is_object()) all += (all.empty() ? "" : "; ") + text(source, "text");
  return all;
}

}  // namespace

std::size_t ruleIndex(model::ClearingClass value) {
  switch (value) {
    case model::ClearingClass::priority:
      return 0;
    case model::ClearingClass::class1:
      return 1;
    case model::ClearingClass::class2:
      return 2;
    case model::ClearingClass::class3:
      return 3;
    case model::ClearingClass::residential:
      return 4;
    case model::ClearingClass::unknown:
    case model::ClearingClass::none:
      break;
  }
  assert(false);
  return 3;
}

Result<Profile> loadProfile(const std::string& name) {
  Profile profile;
  std::vector<std::pair<std::string, json>> chain;
  for (std::string next = name; !next.empty(); next = text(chain.back().second, "extends")) {
    if (chain.size() == longest_chain) return bad(name, "the profiles extend each other without end.");
    const auto path = findProfile(next);
    if (!path) return path.error();
    auto document = readProfile(*path);
    if (!document) return document.error();
    chain.emplace_back(toUtf8(*path), std::move(document).value());
  }
  if (chain.empty()) return findProfile(name).error();
  Settings settings;
  for (auto link = chain.rbegin(); link != chain.rend(); ++link)
    if (Status status = mergeSettings(settings, link->second, link->first); !status) return status.error();
  for (const auto& [field, setting] : settings)
    if (Status status = applySetting(profile, field, setting); !status) return status.error();
  if (Status status = checkComplete(profile, chain.front().first); !status) return status.error();
  const json& own = chain.front().second;
  profile.id = text(own, "id");
  profile.name_ja = text(own, "name_ja");
  profile.name_en = text(own, "name_en");
  profile.verified = own["verified"].get<bool>();
  profile.source = sourceText(own);
  return profile;
}

}  // namespace hashimichi::assess::snow

namespace hashimichi::assess {

std::vector<ProfileInfo> snowProfiles() {
  std::vector<ProfileInfo> infos;
  std::error_code stopped;
  for (const auto& entry : std::filesystem::directory_iterator(snow::shippedFolder(), stopped)) {
    if (entry.path().extension() != ".json") continue;
    const auto document = snow::readProfile(entry.path());
    if (!document) continue;
    infos.push_back({snow::text(*document, "id"), snow::text(*document, "name_ja"), snow::text(*document, "name_en"),
                     snow::sourceText(*document), (*document)["verified"].get<bool>()});
  }
  std::sort(infos.begin(), infos.end(), [](const ProfileInfo& a, const ProfileInfo& b) {
    return (a.id == "generic") != (b.id == "generic") ? a.id == "generic" : a.id < b.id;
  });
  return infos;
}

}  // namespace hashimichi::assess
