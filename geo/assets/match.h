#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/geometry.h"

namespace hashimichi::assets {

/// What is known of a bridge in one of two lists (the register, the shapes of CityGML or GIS) for telling whether both
/// mean the same bridge.
struct BridgeKey {
  std::string id, name;
  std::optional<Vec3d> position;  ///< local frame; z not used
  std::optional<double> length_m;
};

enum class MatchedBy { id, name, place };
const char* toString(MatchedBy by);  ///< "id", "name", "place"

struct BridgeMatch {
  std::size_t left = 0, right = 0;
  MatchedBy by = MatchedBy::id;
};

/// Two positions of one bridge are never further apart than this: register coordinates point at one end or the middle.
inline constexpr double same_place_m = 30;
inline constexpr double same_length_ratio = 0.2;
/// A name counts only this near (plus half the bridge's length): every town has several 中央橋.
inline constexpr double same_name_m = 300;

/// The name without what differs between lists: width, spaces, rare forms of kanji (槗, 﨑, 髙), ヶ/ケ, 之/の/ノ, and
/// the ending 橋 / ばし / はし. Empty for an empty name.
std::string comparableBridgeName(std::string_view utf8);
/// An id without width, case and surrounding spaces.
std::string comparableId(std::string_view utf8);

/// Pairs, each entry at most once: by equal id; then by name (near enough, or unique in both lists where a position is
/// missing); then by place (nearest first, at most 30 m apart, lengths within 20 % where both are known).
/// Sorted by left.
std::vector<BridgeMatch> matchBridges(std::span<const BridgeKey> left, std::span<const BridgeKey> right);

}  // namespace hashimichi::assets
