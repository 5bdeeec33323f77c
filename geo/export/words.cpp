#include "geo/export/words.h"

#include <algorithm>

namespace hashimichi::exporting {
namespace {

struct Pair {
  std::string_view ja, en;
  std::string_view in(Language language) const { return language == Language::ja ? ja : en; }
};

// In the order of the enumerations.
constexpr Pair clearing_classes[] = {{"不明", "unknown"},          {"重点", "priority"}, {"第1種", "class 1"},
                                     {"第2種", "class 2"},         {"第3種", "class 3"}, {"生活道路", "residential"},
                                     {"除雪対象外", "not cleared"}};
constexpr Pair administrators[] = {
    {"不明", "unknown"}, {"国", "nation"}, {"県", "prefecture"}, {"市", "city"}, {"高速道路会社", "expressway company"},
    {"その他", "other"}};
constexpr Pair sprinkler_pipes[] = {{"不明", "unknown"}, {"なし", "none"}, {"稼働", "working"}, {"故障", "failed"}};
constexpr Pair statuses[] = {{"不明", "unknown"},
                             {"措置不要", "not needed"},
                             {"完了", "done"},
                             {"着手済", "started"},
                             {"未着手", "not started"}};

template <typename Value, std::size_t n>
std::string_view at(const Pair (&pairs)[n], Value value, Language language) {
  return pairs[std::min(static_cast<std::size_t>(value), n - 1)].in(language);
}

}  // namespace

std::string_view word(model::ClearingClass value, Language language) {
  return at(clearing_classes, value, language);
}
std::string_view word(model::RoadAdministrator value, Language language) {
  return at(administrators, value, language);
}
std::string_view word(model::SprinklerPipe value, Language language) {
  return at(sprinkler_pipes, value, language);
}
std::string_view word(assets::MeasureStatus value, Language language) {
  return at(statuses, value, language);
}

const char* toString(assess::Tier tier) {
  switch (tier) {
    case assess::Tier::overdue:
      return "overdue";
    case assess::Tier::dispatch:
      return "dispatch";
    case assess::Tier::hold:
      return "hold";
    case assess::Tier::watch:
      return "watch";
    case assess::Tier::none:
      return "none";
    case assess::Tier::not_assessed:
      break;
  }
  return "not_assessed";
}

std::string bandMeaning(assess::Subject subject, int band, Language language) {
  using assess::Tier;
  const auto tier = [&](Tier t) { return assess::describeTier(subject, t, language); };
  const bool ja = language == Language::ja;
  switch (band) {
    case 1:
      return tier(Tier::overdue);
    case 2:
      return tier(Tier::dispatch) + (ja ? "（前半）" : ", first half");
    case 3:
      return tier(Tier::dispatch) + (ja ? "（後半）" : ", second half");
    case 4:
      return tier(Tier::watch);
    case 5:
      return tier(Tier::none);
    default:
      return tier(Tier::hold) + (ja ? "・" : ", ") + tier(Tier::not_assessed);
  }
}

}  // namespace hashimichi::exporting
