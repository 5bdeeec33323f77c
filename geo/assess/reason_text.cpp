#include "geo/assess/reason_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace hashimichi::assess {
namespace {

/// {v} value, {t} threshold, {s} text.
struct Sentence {
  const char* code;
  const char* ja;
  const char* en;
};

constexpr std::array sentences{
    // Rules of snow clearing
    Sentence{"snow.depth_over_trigger", "新積雪 {v} cm が出動基準 {t} cm 以上({s})",
             "new snow {v} cm ≥ trigger {t} cm ({s})"},
    Sentence{"snow.forecast_over_trigger", "新積雪と完了時刻までの予報の計 {v} cm が出動基準 {t} cm 以上({s})",
             "new snow plus forecast until the finish {v} cm ≥ trigger {t} cm ({s})"},
    Sentence{"snow.rut_over_trigger", "わだち {v} cm が基準 {t} cm 以上({s})", "ruts {v} cm ≥ trigger {t} cm ({s})"},
    Sentence{"snow.packed_over_trigger", "圧雪 {v} cm が基準 {t} cm 以上で融雪の予報({s})",
             "packed snow {v} cm ≥ trigger {t} cm and slush forecast ({s})"},
    Sentence{"snow.drift_over_trigger", "吹きだまり {v} cm が基準 {t} cm 以上({s})",
             "drift {v} cm ≥ trigger {t} cm ({s})"},
    Sentence{"snow.overdue", "完了時刻 {s} に間に合う出発時刻を {v} 時間超過(作業 {t} 時間)",
             "{v} h past the latest start to finish by {s} (work takes {t} h)"},
    Sentence{"snow.latest_start", "出発期限 {s}(作業 {v} 時間)", "start by {s} (work takes {v} h)"},
    Sentence{"snow.no_work_now", "{s} まで出動しない時間帯", "no dispatch before {s} by the profile's rule"},
    Sentence{"snow.held_thaw", "{t} ℃ を超える気温が {v} 時間続く予報のため保留",
             "held: {v} h above {t} °C are forecast"},
    Sentence{"snow.held_late_onset", "基準到達が {s} で、通勤前に完了できないため保留",
             "held: trigger passed at {s}, too late to finish before commuting"},
    Sentence{"snow.near_trigger", "新積雪 {v} cm、誤差を含めると出動基準 {t} cm に達する可能性({s})",
             "new snow {v} cm, within its error of trigger {t} cm ({s})"},
    Sentence{"snow.trigger_probability", "出動基準 {t} cm に達している確率 {v} %",
             "{v} % chance that trigger {t} cm is passed"},
    Sentence{"snow.rut_unknown", "新積雪は基準に達したが、わだち {t} cm 超の確認が必要(計測なし)",
             "snow suffices, but the rule also needs ruts over {t} cm, which nobody measured"},
    Sentence{"snow.no_more_snow", "新積雪 {v} cm は出動基準 {t} cm に達したが、今後の降雪予報なし({s})",
             "new snow {v} cm passes trigger {t} cm, but no more snow is forecast ({s})"},
    Sentence{"snow.below_trigger", "新積雪 {v} cm は出動基準 {t} cm 未満({s})",
             "new snow {v} cm < trigger {t} cm ({s})"},
    Sentence{"snow.other_administrator", "{s}の管理道路(別の除雪計画)", "administered by {s} (own plan)"},
    Sentence{"snow.not_cleared", "除雪路線図で除雪対象外", "not cleared by the city's own route map"},
    Sentence{"snow.sprinkler_works", "消雪パイプ稼働中のため機械除雪なし",
             "sprinkler pipe is working, so it is not ploughed"},
    Sentence{"snow.sprinkler_failed", "消雪パイプ故障のため一段階繰り上げ",
             "sprinkler pipe failed, so one tier more urgent"},
    Sentence{"snow.heating_failed", "ロードヒーティング故障のため一段階繰り上げ",
             "road heating has failed: one tier up"},
    Sentence{"snow.road_heating", "ロードヒーティングのため機械除雪なし", "heated road, so it is not ploughed"},
    Sentence{"snow.no_depth", "使える積雪観測がないため評価なし", "no usable snow gauge in reach, so not assessed"},
    // Shares of the snow score
    Sentence{"snow.demand", "{s} までの積雪需要 {v} cm(出動基準 {t} cm)",
             "snow now and until {s}: {v} cm (trigger {t} cm)"},
    Sentence{"snow.traffic", "交通量 {v} 台/日", "{v} vehicles a day"},
    Sentence{"snow.class_traffic", "交通量調査なし、路線区分の代表値 {v} 台/日",
             "no count; {v} vehicles a day stand for the class"},
    Sentence{"snow.emergency_route", "第{v}次緊急輸送道路", "emergency transport route, order {v}"},
    Sentence{"snow.facility_access", "病院・消防・避難所への経路(重み {v} %)",
             "access to hospital, fire station or shelter (weight {v} %)"},
    Sentence{"snow.bus", "バス {v} 便/日", "{v} bus trips a day"},
    Sentence{"snow.school_route", "登校時間帯の通学路", "school route before school begins"},
    Sentence{"snow.grade", "縦断勾配 {v} %", "grade {v} %"},
    Sentence{"snow.narrow", "堆雪後の残り幅員 {v} m(目標 {t} m)", "{v} m remain between the banks (target {t} m)"},
    Sentence{"snow.deck_freezes", "橋面は先に凍結({v} ℃、目安 {t} ℃ 以下)",
             "bridge deck freezes first ({v} °C, at or below {t} °C)"},
    // How far the snow numbers can be trusted
    Sentence{"snow.depth_modelled", "新積雪の {v} % は降水量と気温からの推定",
             "{v} % of the new snow is estimated from precipitation and temperature"},
    Sentence{"snow.depth_from_forecast", "うち {v} cm は最終観測以降の予報値",
             "{v} cm of it are forecast since the newest observation"},
    Sentence{"snow.no_forecast", "完了時刻までの降雪予報なし", "no snowfall forecast until the finish time"},
    Sentence{"snow.class_assumed", "除雪区分が不明のため{s}とみなす", "clearing class unknown, taken as {s}"},
    Sentence{"snow.trigger_unverified", "出動基準 {t} cm は既定値(自治体の公表値ではない)",
             "trigger {t} cm is a default, not the municipality's published one"},
    Sentence{"snow.traffic_decides", "出動基準は交通量で決まるが交通量が不明",
             "traffic decides the trigger here, and it is unknown"},
    Sentence{"snow.station_range", "観測局「{s}」を除外:範囲外の値 {v}",
             "station \"{s}\" left out: value {v} is out of range"},
    Sentence{"snow.station_step", "観測局「{s}」を除外:不自然な急変({v} cm)",
             "station \"{s}\" left out: implausible jump (to {v} cm)"},
    Sentence{"snow.station_stuck", "観測局「{s}」を除外:周辺が {v} cm 増える間も値が動かない",
             "station \"{s}\" left out: it stood still while its neighbours rose {v} cm"},
    Sentence{"snow.station_stale", "観測局「{s}」を除外:{v} 時間更新なし",
             "station \"{s}\" left out: nothing sent for {v} h"},
    Sentence{"snow.station_gap", "観測局「{s}」を除外:前回除雪以降の記録が欠けている",
             "station \"{s}\" left out: its record lacks part of the time since the last pass"},
    Sentence{"snow.station_flagged", "観測局「{s}」を除外:提供元が不良と表示",
             "station \"{s}\" left out: flagged by its provider"},
    // Flags of single observations
    Sentence{"qc.range", "範囲外の値", "out of the plausible range"},
    Sentence{"qc.step", "直前の値からの不自然な急変", "implausible change from the value before"},
    Sentence{"qc.stuck", "値が動かない", "value does not move"},
    Sentence{"snow.in_tunnel", "トンネル内のため積雪なし", "in a tunnel: no snow falls here"},
    // Ageing
    Sentence{"ageing.soundness_I", "健全性 I(健全)", "soundness I (sound)"},
    Sentence{"ageing.soundness_II", "健全性 II(予防保全段階)", "soundness II (preventive maintenance)"},
    Sentence{"ageing.soundness_III", "健全性 III(早期措置段階)", "soundness III (early action)"},
    Sentence{"ageing.soundness_IV", "健全性 IV(緊急措置段階):直ちに通行規制と措置",
             "soundness IV (emergency): restrict and act now"},
    Sentence{"ageing.deadline_passed", "措置期限 {s} を {v} 年超過", "deadline {s} passed {v} years ago"},
    Sentence{"ageing.deadline_close", "未着手で措置期限 {s} まで {v} 年",
             "not started and {v} years left until the deadline {s}"},
    Sentence{"ageing.deadline", "措置期限 {s}(残り {v} 年)", "deadline {s} ({v} years left)"},
    Sentence{"ageing.measure_done", "措置完了、次回点検で確認", "measure done, to be confirmed by the next inspection"},
    Sentence{"ageing.measure_started", "措置着手済み", "measure started"},
    Sentence{"ageing.years_without_action", "診断から {v} 年間措置なし", "{v} yr since the diagnosis without action"},
    Sentence{"ageing.member_measure", "部材の対策区分:{s}", "member measure category: {s}"},
    Sentence{"ageing.inspection_overdue", "前回点検から {v} 年度経過(5 年に 1 回の点検を超過)",
             "{v} fiscal years since the last inspection (due every 5)"},
    Sentence{"ageing.not_inspected", "健全性の診断がないため評価なし", "no diagnosis of soundness, so not assessed"},
    Sentence{"ageing.over_railway", "跨線橋(鉄道の上)", "over a railway"},
    Sentence{"ageing.over_road", "跨道橋(道路の上)", "over a road"},
    Sentence{"ageing.emergency_route", "第{v}次緊急輸送道路", "emergency transport route, order {v}"},
    Sentence{"ageing.no_detour", "迂回路なし", "no detour"},
    Sentence{"ageing.detour", "迂回路 {v} km", "detour {v} km"},
    Sentence{"ageing.no_detour_found", "取り込んだ道路網では迂回路なし", "no way round in the imported road network"},
    Sentence{"ageing.detour_computed", "迂回により {v} km 増(道路網から算出)",
             "{v} km longer on the way round (computed on the road network)"},
    Sentence{"ageing.traffic", "交通量 {v} 台/日", "{v} vehicles a day"},
    Sentence{"ageing.long_bridge", "橋長 {v} m(100 m 以上)", "{v} m long (100 m or more)"},
    Sentence{"ageing.facility_access", "病院・消防への経路", "access to hospital or fire station"},
    Sentence{"ageing.bus", "バス路線", "bus route"},
    Sentence{"ageing.age", "架設後 {v} 年", "{v} years old"},
    Sentence{"ageing.from_road", "台帳にない交通量・路線指定などは橋上の道路「{s}」による",
             "traffic and designations that the register lacks are those of the road over it, \"{s}\""},
    Sentence{"ageing.third_party", "第三者被害のおそれ(桁下に鉄道・道路)", "third parties below (railway or road)"},
    Sentence{"ageing.specific_event", "特定事象:{s}", "specific event: {s}"},
};

struct Name {
  const char* key;
  const char* ja;
  const char* en;
};

constexpr std::array inputs{
    Name{"snow_depth", "積雪深", "snow depth"},
    Name{"snow_forecast", "降雪予報", "snowfall forecast"},
    Name{"temperature", "気温・路面温度", "air or road temperature"},
    Name{"clearing_class", "除雪区分", "clearing class"},
    Name{"administrator", "道路管理者", "road administrator"},
    Name{"district", "除雪工区", "contractor district"},
    Name{"rut_depth", "わだち深", "rut depth"},
    Name{"aadt", "交通量", "traffic volume"},
    Name{"emergency_route", "緊急輸送道路の指定", "emergency route designation"},
    Name{"facility_access", "病院・消防・避難所への近さ", "access to hospital, fire station or shelter"},
    Name{"bus_trips", "バス本数", "bus trips"},
    Name{"school_route", "通学路", "school route"},
    Name{"grade", "縦断勾配", "grade"},
    Name{"width", "幅員", "width"},
    Name{"inspection", "点検結果(健全性)", "inspection with a soundness"},
    Name{"inspection_date", "点検年月日", "inspection date"},
    Name{"measure_status", "措置状況", "status of measures"},
    Name{"year_built", "架設年", "year built"},
    Name{"over_railway", "跨線橋の別", "whether it crosses a railway"},
    Name{"over_road", "跨道橋の別", "whether it crosses a road"},
    Name{"detour", "迂回路", "detour"},
    Name{"length", "橋長", "length"},
    Name{"bus_route", "バス路線", "bus route"},
};

struct TierName {
  Subject subject;
  Tier tier;
  const char* ja;
  const char* en;
};

constexpr std::array tiers{
    TierName{Subject::snow, Tier::overdue, "期限超過", "overdue"},
    TierName{Subject::snow, Tier::dispatch, "出動", "dispatch"},
    TierName{Subject::snow, Tier::hold, "保留", "held"},
    TierName{Subject::snow, Tier::watch, "注意", "watch"},
    TierName{Subject::snow, Tier::none, "対応不要", "no action"},
    TierName{Subject::snow, Tier::not_assessed, "評価対象外", "not assessed"},
    TierName{Subject::ageing, Tier::overdue, "緊急・期限超過", "urgent"},
    TierName{Subject::ageing, Tier::dispatch, "早期措置", "early action"},
    TierName{Subject::ageing, Tier::hold, "保留", "held"},
    TierName{Subject::ageing, Tier::watch, "予防保全・経過観察", "preventive"},
    TierName{Subject::ageing, Tier::none, "健全", "sound"},
    TierName{Subject::ageing, Tier::not_assessed, "評価対象外", "not assessed"},
};

std::string number(double value, int digits) {
  std::string text = fmt::format("{:.{}f}", value, digits);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

/// One decimal, more only where rounding would make two different numbers look the same (9.96 cm < 10 cm).
std::pair<std::string, std::string> numbers(double value, double threshold) {
  for (int digits = 1; digits < 6; ++digits) {
    auto pair = std::pair(number(value, digits), number(threshold, digits));
    if (pair.first != pair.second || value == threshold) return pair;
  }
  return {number(value, 6), number(threshold, 6)};
}

std::string partOf(const std::string& text, Language language) {
  const std::size_t bar = text.find('|');
  if (bar == std::string::npos) return text;
  return language == Language::ja ? text.substr(0, bar) : text.substr(bar + 1);
}

void append(std::string& out, std::string_view pattern, const Reason& reason, Language language) {
  const auto [value, threshold] = numbers(reason.value, reason.threshold);
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const std::string_view slot = pattern.substr(i, 3);
    if (slot == "{v}")
      out += value;
    else if (slot == "{t}")
      out += threshold;
    else if (slot == "{s}")
      out += partOf(reason.text, language);
    else {
      out += pattern[i];
      continue;
    }
    i += 2;
  }
}

}  // namespace

std::string describe(const Reason& reason, Language language) {
  const auto found = std::find_if(sentences.begin(), sentences.end(),
                                  [&](const Sentence& sentence) { return reason.code == sentence.code; });
  if (found == sentences.end()) return reason.code;
  std::string out;
  append(out, language == Language::ja ? found->ja : found->en, reason, language);
  return out;
}

std::string describeTier(Subject subject, Tier tier, Language language) {
  const auto found = std::find_if(tiers.begin(), tiers.end(),
                                  [&](const TierName& name) { return name.subject == subject && name.tier == tier; });
  return language == Language::ja ? found->ja : found->en;
}

std::string describeInput(const std::string& input, Language language) {
  const auto found = std::find_if(inputs.begin(), inputs.end(), [&](const Name& name) { return input == name.key; });
  if (found == inputs.end()) return input;
  return language == Language::ja ? found->ja : found->en;
}

std::vector<std::string> reasonCodes() {
  std::vector<std::string> codes;
  for (const Sentence& sentence : sentences) codes.emplace_back(sentence.code);
  return codes;
}

std::vector<std::string> inputKeys() {
  std::vector<std::string> keys;
  for (const Name& name : inputs) keys.emplace_back(name.key);
  return keys;
}

std::string plain(std::string name) {
  std::replace(name.begin(), name.end(), '|', '/');
  return name;
}

std::string bilingual(const std::string& ja, const std::string& en) {
  return plain(ja) + "|" + plain(en);
}

}  // namespace hashimichi::assess
