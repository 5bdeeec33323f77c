#include "geo/model/hazard_results.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace hashimichi::model {
namespace {

/// Shallow ends of MLIT's ranks 1 … 6 (洪水浸水想定区域図作成マニュアル 第4版, 2015).
constexpr std::array<double, 6> rank_from_m{0, 0.5, 3, 5, 10, 20};
constexpr double deepest_m = 100;  // beyond: a sentinel

/// "uro:RiverFloodingRiskAttribute/depth" → "depth"; a unit in brackets is left off.
std::string_view lastName(const Attribute& attribute) {
  std::string_view name = attribute.name.view();
  if (const auto slash = name.rfind('/'); slash != name.npos) name.remove_prefix(slash + 1);
  if (const auto colon = name.rfind(':'); colon != name.npos) name.remove_prefix(colon + 1);
  for (const std::string_view bracket : {"[", "(", "（"})
    if (const auto at = name.find(bracket); at != name.npos && at > 0) name = name.substr(0, at);
  return name;
}

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

std::optional<double> numberAt(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} ? std::optional(value) : std::nullopt;
}

/// "0.5m以上3m未満" → 0.5; "0.5m未満" → 0.
std::optional<double> shallowEnd(std::string_view words) {
  const auto digit = words.find_first_of("0123456789");
  if (digit == words.npos) return std::nullopt;
  const auto from = words.find("以上", digit), below = words.find("未満", digit);
  if (from == words.npos) return below == words.npos ? std::nullopt : std::optional(0.0);
  return numberAt(words.substr(digit));
}

std::optional<double> fromRank(const Attribute& attribute) {
  if (const auto depth = shallowEnd(attribute.label.view())) return depth;
  if (const auto depth = shallowEnd(attribute.value)) return depth;
  const auto code = numberAt(attribute.value);
  if (!code || *code < 1 || *code > static_cast<double>(rank_from_m.size()) || *code != std::floor(*code))
    return std::nullopt;
  return rank_from_m[static_cast<std::size_t>(*code) - 1];
}

}  // namespace

std::optional<double> floodDepthOf(const CityObject& zone) {
  const bool hazard = zone.kind == ObjectKind::hazard_zone;
  // Of what came without a kind, only columns that can mean nothing else are believed.
  if (!hazard && zone.kind != ObjectKind::other && zone.kind != ObjectKind::generic) return std::nullopt;
  std::optional<double> ranked;
  for (const Attribute& attribute : zone.attributes) {
    const std::string_view name = lastName(attribute);
    if (isOneOf(name, {"浸水深", "最大浸水深", "想定浸水深"}) || (hazard && name == "depth"))
      if (const auto depth = numberAt(attribute.value); depth && *depth >= 0 && *depth < deepest_m)
        if (!shallowEnd(attribute.value)) return depth;
    const bool rank = isOneOf(name, {"浸水ランク", "浸水深ランク", "浸水深", "A31a_205", "A31a_105"}) ||
                      (hazard && isOneOf(name, {"rank", "rankOrg"}));
    if (rank && !ranked) ranked = fromRank(attribute);
  }
  return ranked;
}

std::optional<ResultLayer> floodDepths(const CityModel& model) {
  ResultLayer layer;
  for (const CityObject& object : model.objects) {
    const std::optional<double> depth = floodDepthOf(object);
    if (!depth) continue;
    if (layer.source.empty()) layer.source = object.source;
    layer.items.push_back({object.id, object.name, {}});
    layer.values.push_back(static_cast<float>(*depth));
  }
  if (layer.items.empty()) return std::nullopt;
  layer.id = flood_depth_result;
  layer.name = "浸水深", layer.quantity = "flood_depth", layer.unit = "m";
  layer.class_limits.assign(rank_from_m.begin() + 1, rank_from_m.end());
  layer.class_names = {"< 0.5 m", "0.5–3 m", "3–5 m", "5–10 m", "10–20 m", "≥ 20 m"};
  return layer;
}

}  // namespace hashimichi::model
