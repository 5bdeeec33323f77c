#include "geo/import/field_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "geo/core/data_dir.h"
#include "geo/core/file.h"
#include "geo/core/text.h"

namespace hashimichi::import {
namespace {

constexpr std::uintmax_t map_limit_bytes = 1u << 20;  // shipped maps are a few KiB
constexpr std::size_t dbf_head_bytes = 10;

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

/// Metres per unit of length; nothing for what is no length.
std::optional<double> metresPer(std::string_view unit) {
  static const std::map<std::string_view, double> lengths{
      {"m", 1},     {"cm", 0.01},  {"mm", 0.001}, {"km", 1000},   {"メートル", 1}, {"センチ", 0.01},
      {"㎝", 0.01}, {"㎜", 0.001}, {"㎞", 1000},  {"ft", 0.3048}, {"feet", 0.3048}};
  const auto found = lengths.find(unit);
  return found == lengths.end() ? std::nullopt : std::optional(found->second);
}

/// What turns `from` into `to`; nothing when one of them is a length and the other is not.
std::optional<double> unitFactor(std::string_view from, std::string_view to) {
  const std::optional<double> target = metresPer(to);
  if (from.empty() || from == to || !target) return 1;
  const std::optional<double> source = metresPer(from);
  if (!source) return std::nullopt;
  return *source / *target;
}

/// Whether the head is what a DBF in this encoding left of the spelling.
bool cutMatch(const Head& head, const Head& spelling, Encoding dbf) {
  if (!spelling.whole.starts_with(head.whole)) return false;
  // A cut in the middle of a character leaves one byte less in CP932, up to two in UTF-8.
  if (dbf == Encoding::utf8) return head.whole.size() + 2 >= dbf_head_bytes;
  const std::optional<std::string> bytes = cp932FromUtf8(head.whole);
  return bytes && bytes->size() + 1 >= dbf_head_bytes;
}

}  // namespace

Head normalizeHead(std::string_view utf8) {
  std::string text = toLower(normalizeWidth(trim(utf8)));
  for (const auto& [open, close] : {std::pair{"【", "】"}, {"〔", "〕"}, {"［", "］"}, {"[", "]"}})
    replaceAll(text, open, "("), replaceAll(text, close, ")");
  for (const char* between : {" ", "_", "-", "・", "\"", "\r", "\n", "\t"}) replaceAll(text, between, "");
  Head head{text, text, {}};
  const std::size_t open = text.find('(');
  if (open != std::string::npos && open > 0) {
    const std::size_t close = text.find(')', open);
    head.unit = text.substr(open + 1, close == std::string::npos ? close : close - open - 1);
    head.key = text.substr(0, open);
  }
  return head;
}

const Column* FieldMatch::find(std::string_view meaning) const {
  const auto found = columns.find(meaning);
  return found == columns.end() ? nullptr : &found->second;
}

Status FieldMap::addOwn(std::string_view name, const std::filesystem::path& own) {
  const Result<std::string> text = readFile(own, map_limit_bytes);
  if (!text) return text.error();
  const std::string file = toUtf8(own);
  const char* const form = "Write {\"roads\": {\"width\": [\"幅\"]}}: kind of table, meaning, heads.";
  try {
    const nlohmann::json json = nlohmann::json::parse(*text);
    const auto kind = json.find(std::string(name));
    if (!json.is_object()) return Error{ErrorCode::bad_input, file, "The field map is no JSON object.", form};
    if (kind == json.end()) return done();
    for (const auto& [meaning, heads] : kind->items()) {
      const auto row = std::find_if(meanings_.begin(), meanings_.end(),
                                    [&meaning](const Meaning& known) { return known.name == meaning; });
      std::string known;
      for (const Meaning& each : meanings_) known += (known.empty() ? "" : ", ") + each.name;
      if (row == meanings_.end())
        return Error{ErrorCode::bad_input, file, fmt::format("There is no meaning \"{}\" in \"{}\".", meaning, name),
                     "Known are: " + known + "."};
      std::vector<Head> own_heads;
      if (heads.is_string()) own_heads.push_back(normalizeHead(heads.get<std::string>()));
      if (!heads.is_string())
        for (const auto& head : heads) own_heads.push_back(normalizeHead(head.get<std::string>()));
      row->spellings.insert(row->spellings.begin(), own_heads.begin(), own_heads.end());
      row->own += own_heads.size();
    }
  } catch (const nlohmann::json::exception&) {
    return Error{ErrorCode::bad_input, file, "The field map cannot be read.", form};
  }
  return done();
}

Result<FieldMap> FieldMap::load(std::string_view name, const std::filesystem::path& own) {
  const std::filesystem::path path = datasetsFolder() / "field_maps" / (std::string(name) + ".json");
  const Result<std::string> text = readFile(path, map_limit_bytes);
  if (!text) return text.error();
  const Error damaged{ErrorCode::bad_input, toUtf8(path), "The field map is damaged: no object \"fields\" with heads.",
                      "Install Hashimichi again."};
  FieldMap map;
  try {
    const nlohmann::ordered_json json = nlohmann::ordered_json::parse(*text);
    for (const auto& [meaning, entry] : json.at("fields").items()) {
      Meaning row{meaning, entry.value("unit", std::string()), entry.value("telling", false), {}, 0};
      for (const auto& spelling : entry.at("heads"))
        row.spellings.push_back(normalizeHead(spelling.get<std::string>()));
      map.meanings_.push_back(std::move(row));
    }
  } catch (const nlohmann::json::exception&) {
    return damaged;
  }
  if (!own.empty())
    if (const Status added = map.addOwn(name, own); !added) return added.error();
  return map;
}

void FieldMap::claim(FieldMatch& result, const Meaning& meaning, std::size_t index, const std::string& raw,
                     const Head& head) {
  if (const Column* first = result.find(meaning.name)) {
    if (meaning.name == "id") return;  // several ids are no doubt: the best known one names the feature
    result.doubts.push_back({"field.ambiguous", fmt::format("Columns \"{}\" and \"{}\" both say {}; \"{}\" was read.",
                                                            first->head, raw, meaning.name, first->head)});
    return;
  }
  const std::optional<double> factor = unitFactor(head.unit, meaning.unit);
  if (!factor)
    result.doubts.push_back({"unit.assumed", fmt::format("The unit \"{}\" of column \"{}\" is not known; {} was taken.",
                                                         head.unit, raw, meaning.unit)});
  result.columns.emplace(meaning.name, Column{index, raw, factor.value_or(1)});
}

FieldMatch FieldMap::match(const std::vector<std::string>& raw_heads, std::optional<Encoding> dbf) const {
  std::vector<Head> heads;
  for (const std::string& raw : raw_heads) heads.push_back(normalizeHead(raw));
  FieldMatch result;
  std::set<std::size_t> taken;
  using Equal = std::function<bool(const Head& head, const Head& spelling)>;
  // Whole heads first ("緯度(分)" is not 緯度), then heads without their unit, then heads that a DBF has cut.
  std::vector<Equal> passes{[](const Head& head, const Head& spelling) { return head.whole == spelling.whole; },
                            [](const Head& head, const Head& spelling) { return head.key == spelling.whole; }};
  if (dbf) passes.push_back([&](const Head& head, const Head& spelling) { return cutMatch(head, spelling, *dbf); });
  // A person's own words come before everything that is shipped.
  for (const Meaning& meaning : meanings_)
    for (std::size_t own = 0; own < meaning.own; ++own)
      for (std::size_t i = 0; i < heads.size(); ++i)
        if (!taken.contains(i) && !result.has(meaning.name) && heads[i].whole == meaning.spellings[own].whole) {
          taken.insert(i);
          claim(result, meaning, i, raw_heads[i], heads[i]);
        }
  for (const Equal& equal : passes)
    for (const Meaning& meaning : meanings_)
      for (const Head& spelling : meaning.spellings)
        for (std::size_t i = 0; i < heads.size(); ++i)
          if (!taken.contains(i) && equal(heads[i], spelling)) {
            taken.insert(i);
            claim(result, meaning, i, raw_heads[i], heads[i]);
          }
  return result;
}

std::size_t FieldMap::tellingMatches(const FieldMatch& match) const {
  std::size_t count = 0;
  for (const Meaning& meaning : meanings_) count += meaning.telling && match.has(meaning.name);
  return count;
}

void reportProposals(const FieldMatch& match, const std::vector<std::string>& heads, const std::string& file,
                     const std::string& place, Problems& problems) {
  constexpr std::size_t named_heads = 12;  // a report line is read by a person
  if (match.columns.empty()) return;
  std::set<std::size_t> taken;
  std::string read, unread;
  for (const auto& [meaning, column] : match.columns) {
    taken.insert(column.index);
    read += fmt::format("{}\"{}\" = {}", read.empty() ? "" : ", ", column.head, meaning);
  }
  std::size_t more = 0;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    if (taken.contains(i)) continue;
    if (more++ < named_heads) unread += fmt::format("{}\"{}\"", unread.empty() ? "" : ", ", heads[i]);
  }
  if (more == 0) return;
  if (more > named_heads) unread += " …";
  problems.assume(file, place, "field.proposed",
                  fmt::format("Columns were taken as {}; kept as attributes only: {}.", read, unread),
                  "Name others with --field-map if a column means more.");
}

void reportDoubts(const FieldMatch& match, const std::string& file, const std::string& place, Problems& problems) {
  for (const FieldMatch::Doubt& doubt : match.doubts) problems.assume(file, place, doubt.code, doubt.what);
}

}  // namespace hashimichi::import
