#include "geo/find/text_gatherer.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "geo/core/text.h"

namespace hashimichi::find {
namespace {

/// Longer texts are remarks, not names.
constexpr std::size_t longest_text = 200;
constexpr std::size_t features_between_reports = 4096;

bool hasAny(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != text.npos; });
}

struct Gatherer {
  const model::CityModel& model;
  Progress& progress;
  std::vector<GatheredText> texts = {};
  std::unordered_map<const std::string*, std::optional<Field>> fields = {};  ///< by interned name
  std::size_t done = 0;
  bool stopped = false;

  void add(std::string_view text, Field field, Thing thing) {
    text = trim(text);
    if (!text.empty() && text.size() <= longest_text) texts.push_back({std::string(text), field, thing});
  }

  void attributes(const model::Attributes& attributes, Thing thing) {
    for (const model::Attribute& attribute : attributes) {
      const auto [known, fresh] = fields.try_emplace(&attribute.name.str());
      if (fresh) known->second = fieldOf(attribute.name.str());
      if (!known->second || attribute.type == model::ValueType::boolean) continue;
      // Of a code the meaning is looked for; a bare code ("411") is nobody's word for a use.
      const bool coded = !attribute.label.empty();
      if (*known->second == Field::type && !coded && attribute.type != model::ValueType::text) continue;
      add(coded ? attribute.label.view() : std::string_view(attribute.value), *known->second, thing);
    }
  }

  template <typename Asset>
  Thing common(ThingKind kind, const Asset& asset, std::size_t index) {
    const Thing thing{kind, static_cast<std::uint32_t>(index), 0};
    add(asset.name, Field::name, thing);
    add(asset.id, Field::id, thing);
    if constexpr (requires { asset.attributes; }) attributes(asset.attributes, thing);
    if (++done % features_between_reports == 0) {
      progress.report(-1, "search");
      stopped = stopped || progress.cancelled();
    }
    return thing;
  }

  template <typename Assets, typename Rest>
  void each(ThingKind kind, const Assets& assets, Rest rest) {
    for (std::size_t i = 0; i < assets.size() && !stopped; ++i) rest(assets[i], common(kind, assets[i], i));
  }

  void results() {
    std::unordered_set<std::string_view> own;  // a result for a building is found by the building
    for (const model::Building& building : model.buildings) own.insert(building.id);
    for (const model::RoadSegment& road : model.roads) own.insert(road.id);
    for (const model::Bridge& bridge : model.bridges) own.insert(bridge.id);
    for (const model::CityObject& object : model.objects) own.insert(object.id);
    for (std::size_t layer = 0; layer < model.results.size() && !stopped; ++layer) {
      const auto& items = model.results[layer].items;
      for (std::size_t item = 0; item < items.size(); ++item) {
        if (own.contains(items[item].id)) continue;
        const Thing thing{ThingKind::result, static_cast<std::uint32_t>(layer), static_cast<std::uint32_t>(item)};
        add(items[item].name, Field::name, thing);
        add(items[item].id, Field::id, thing);
      }
      stopped = stopped || progress.cancelled();
    }
  }
};

}  // namespace

std::optional<Field> fieldOf(std::string_view attribute) {
  const std::string name = toLower(normalizeWidth(attribute));
  if (hasAny(name, {"かな", "カナ", "フリガナ", "ふりがな", "読み", "よみ", "kana"})) return Field::kana;
  if (hasAny(name, {"住所", "所在地", "町丁", "町名", "町字", "大字", "字名", "地名", "address", "localityname",
                    "prefecture", "buildingidattribute/city"}))
    return hasAny(name, {"email", "コード", "code"}) ? std::nullopt : std::optional(Field::address);
  if (hasAny(name, {"路線", "route"})) return Field::route;
  const std::size_t cut = name.find_last_of("/:");
  const std::string_view last = std::string_view(name).substr(cut == name.npos ? 0 : cut + 1);
  if (hasAny(last, {"名称", "施設名", "橋梁名", "道路名"}) || last == "name") return Field::name;
  if (last == "id" || last.ends_with("id") || hasAny(last, {"管理番号", "整理番号", "橋梁番号", "橋梁コード"}))
    return Field::id;
  if (hasAny(last, {"用途", "usage", "種別"})) return Field::type;
  return std::nullopt;
}

std::optional<std::vector<GatheredText>> gatherTexts(const model::CityModel& model, Progress& progress) {
  Gatherer gatherer{model, progress};
  gatherer.each(ThingKind::bridge, model.bridges, [&](const model::Bridge& bridge, Thing thing) {
    gatherer.add(bridge.kana, Field::kana, thing);
    gatherer.add(bridge.route_name, Field::route, thing);
  });
  gatherer.each(ThingKind::road, model.roads, [](const auto&, Thing) {});
  gatherer.each(ThingKind::station, model.stations, [](const auto&, Thing) {});
  gatherer.each(ThingKind::dump_site, model.dump_sites, [](const auto&, Thing) {});
  gatherer.each(ThingKind::building, model.buildings, [](const auto&, Thing) {});
  gatherer.each(ThingKind::object, model.objects, [](const auto&, Thing) {});
  gatherer.results();
  if (gatherer.stopped) return std::nullopt;
  return std::move(gatherer.texts);
}

}  // namespace hashimichi::find
