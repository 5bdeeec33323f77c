#include "geo/assets/match.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <unordered_map>

#include "geo/core/text.h"

namespace hashimichi::assets {
namespace {

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

bool removeEnding(std::string& text, std::string_view ending) {
  if (!text.ends_with(ending) || text.size() == ending.size()) return false;
  text.resize(text.size() - ending.size());
  return true;
}

struct Candidate {
  double distance_m;
  std::size_t left, right;
  auto order() const { return std::tie(distance_m, left, right); }
};

/// What is still free on both sides, and the pairs so far.
struct Matcher {
  std::span<const BridgeKey> left, right;
  std::vector<bool> left_taken = std::vector<bool>(left.size()), right_taken = std::vector<bool>(right.size());
  std::vector<BridgeMatch> matches = {};

  void take(std::size_t l, std::size_t r, MatchedBy by) {
    if (left_taken[l] || right_taken[r]) return;
    left_taken[l] = right_taken[r] = true;
    matches.push_back({l, r, by});
  }
  void takeNearestFirst(std::vector<Candidate> candidates, MatchedBy by) {
    std::sort(candidates.begin(), candidates.end(),
              [](const Candidate& a, const Candidate& b) { return a.order() < b.order(); });
    for (const Candidate& candidate : candidates) take(candidate.left, candidate.right, by);
  }
};

using Positions = std::unordered_map<std::string, std::vector<std::size_t>>;

template <typename KeyOf>
Positions group(std::span<const BridgeKey> keys, const std::vector<bool>& taken, KeyOf key_of) {
  Positions groups;
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (std::string key = key_of(keys[i]); !taken[i] && !key.empty()) groups[std::move(key)].push_back(i);
  return groups;
}

void matchById(Matcher& matcher) {
  const auto id_of = [](const BridgeKey& key) { return comparableId(key.id); };
  const Positions right = group(matcher.right, matcher.right_taken, id_of);
  for (std::size_t l = 0; l < matcher.left.size(); ++l)
    if (const auto same = right.find(id_of(matcher.left[l])); same != right.end())
      matcher.take(l, same->second.front(), MatchedBy::id);
}

void matchByName(Matcher& matcher) {
  const auto name_of = [](const BridgeKey& key) { return comparableBridgeName(key.name); };
  const Positions left = group(matcher.left, matcher.left_taken, name_of);
  const Positions right = group(matcher.right, matcher.right_taken, name_of);
  std::vector<Candidate> candidates;
  for (const auto& [name, lefts] : left) {
    const auto same = right.find(name);
    if (same == right.end()) continue;
    const bool unique = lefts.size() == 1 && same->second.size() == 1;
    for (const std::size_t l : lefts)
      for (const std::size_t r : same->second) {
        const BridgeKey &a = matcher.left[l], &b = matcher.right[r];
        if (!a.position || !b.position) {
          if (unique) candidates.push_back({same_name_m, l, r});
          continue;
        }
        const double distance = distance2d(*a.position, *b.position);
        const double half_length = a.length_m.value_or(b.length_m.value_or(0)) / 2;
        if (distance <= same_name_m + half_length) candidates.push_back({distance, l, r});
      }
  }
  matcher.takeNearestFirst(std::move(candidates), MatchedBy::name);
}

bool similarLength(const BridgeKey& a, const BridgeKey& b) {
  if (!a.length_m || !b.length_m) return true;
  return std::fabs(*a.length_m - *b.length_m) <= same_length_ratio * std::max(*a.length_m, *b.length_m);
}

void matchByPlace(Matcher& matcher) {
  const auto cell = [](double metres) { return static_cast<long long>(std::floor(metres / same_place_m)); };
  const auto key = [](long long column, long long row) { return std::to_string(column) + ' ' + std::to_string(row); };
  Positions cells;
  for (std::size_t r = 0; r < matcher.right.size(); ++r)
    if (const auto& at = matcher.right[r].position; at && isFinite(*at) && !matcher.right_taken[r])
      cells[key(cell(at->x), cell(at->y))].push_back(r);
  std::vector<Candidate> candidates;
  for (std::size_t l = 0; l < matcher.left.size(); ++l) {
    const auto& at = matcher.left[l].position;
    if (!at || !isFinite(*at) || matcher.left_taken[l]) continue;
    for (long long column = cell(at->x) - 1; column <= cell(at->x) + 1; ++column)
      for (long long row = cell(at->y) - 1; row <= cell(at->y) + 1; ++row)
        if (const auto here = cells.find(key(column, row)); here != cells.end())
          for (const std::size_t r : here->second) {
            const double distance = distance2d(*at, *matcher.right[r].position);
            if (distance <= same_place_m && similarLength(matcher.left[l], matcher.right[r]))
              candidates.push_back({distance, l, r});
          }
  }
  matcher.takeNearestFirst(std::move(candidates), MatchedBy::place);
}

}  // namespace

const char* toString(MatchedBy by) {
  switch (by) {
    case MatchedBy::id:
      return "id";
    case MatchedBy::name:
      return "name";
    case MatchedBy::place:
      return "place";
  }
  return "";
}

std::string comparableId(std::string_view utf8) {
  return toLower(std::string(trim(normalizeWidth(utf8))));
}

std::string comparableBridgeName(std::string_view utf8) {
  std::string name = toLower(std::string(trim(normalizeWidth(utf8))));
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> same{{{" ", ""},
                                                                                       {"槗", "橋"},
                                                                                       {"桥", "橋"},
                                                                                       {"﨑", "崎"},
                                                                                       {"髙", "高"},
                                                                                       {"澤", "沢"},
                                                                                       {"ヶ", "ケ"},
                                                                                       {"ヵ", "カ"},
                                                                                       {"之", "の"},
                                                                                       {"ノ", "の"},
                                                                                       {"ばし", "橋"},
                                                                                       {"はし", "橋"}}};
  for (const auto& [from, to] : same) replaceAll(name, from, to);
  if (!removeEnding(name, "橋")) removeEnding(name, "bridge");
  return name;
}

std::vector<BridgeMatch> matchBridges(std::span<const BridgeKey> left, std::span<const BridgeKey> right) {
  Matcher matcher{left, right};
  matchById(matcher);
  matchByName(matcher);
  matchByPlace(matcher);
  std::sort(matcher.matches.begin(), matcher.matches.end(),
            [](const BridgeMatch& a, const BridgeMatch& b) { return a.left < b.left; });
  return std::move(matcher.matches);
}

}  // namespace hashimichi::assets
