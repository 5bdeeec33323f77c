// The inspection history: what the register of a town says after three five-year cycles.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "datasets/town/bridges.h"
#include "datasets/town/random.h"

namespace hashimichi::datasets {
namespace {

constexpr const char* grade_names[] = {"", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"};
constexpr int newest_cycle_end = 2025;

struct Damage {
  const char *member, *type, *event, *note;
  bool steel;
  double small_mm, large_mm;  ///< size written down, 0 when this type has none
};
constexpr Damage damages[] = {
    {"主桁", "腐食", "塗装劣化", "桁端部に腐食。伸縮装置からの漏水による。", true, 0.5, 4.0},
    {"床版", "剥離・鉄筋露出", "", "床版下面に剥離・鉄筋露出。", false, 120, 900},
    {"床版", "漏水・遊離石灰", "", "床版下面に漏水・遊離石灰。", false, 0, 0},
    {"床版", "床版ひびわれ", "疲労", "格子状のひびわれ。", false, 0.1, 0.4},
    {"主桁", "ひびわれ", "", "主桁側面に鉛直方向のひびわれ。", false, 0.1, 0.45},
    {"主桁", "剥離・鉄筋露出", "塩害", "凍結防止剤を含む漏水により鉄筋が腐食。", false, 80, 700},
    {"下部構造", "ひびわれ", "ASR", "橋台竪壁に亀甲状のひびわれ。", false, 0.2, 1.2},
    {"下部構造", "洗掘", "洗掘", "橋台前面の河床が低下。", false, 200, 900},
    {"支承部", "支承の機能障害", "", "沓座に土砂堆積、支承本体に腐食。", true, 0, 0},
    {"その他", "路面の凹凸", "", "橋面舗装と取付部に段差。", false, 10, 35},
};

Vec3d onBridge(const TownBridge& bridge, const std::string& member, Random& random) {
  const double t =
      member == "下部構造" || member == "支承部" ? (random.chance(0.5) ? 0.02 : 0.98) : random.range(0.08, 0.92);
  const OnLine at = along(bridge.axis, t * bridge.length_m);
  const double side = random.range(-0.42, 0.42) * bridge.width_m;
  double z = at.place.z - bridge.deck_thickness_m;
  if (member == "主桁" || member == "支承部") z -= bridge.girder_depth_m * random.range(0.3, 1.0);
  if (member == "下部構造") z -= bridge.girder_depth_m + random.range(0.3, 1.0);
  if (member == "その他") z = at.place.z;
  return {at.place.x - at.direction.y * side, at.place.y + at.direction.x * side, z};
}

InspectionRow damageRow(const TownBridge& bridge, const Damage& damage, int grade, Random& random) {
  InspectionRow row;
  row.member = damage.member, row.member_grade = grade_names[grade];
  row.measure = grade == 1 ? "B" : grade == 2 ? (random.chance(0.7) ? "C1" : "M") : grade == 3 ? "C2" : "E1";
  row.defect = damage.type;
  row.damage = grade == 1 ? "b" : grade == 2 ? (random.chance(0.6) ? "c" : "d") : grade == 3 ? "d" : "e";
  if (damage.large_mm > 0) {
    const double share = (grade - 1 + random.unit()) / 4;
    const double size = damage.small_mm + share * (damage.large_mm - damage.small_mm);
    row.size_mm = size < 5 ? std::round(size * 20) / 20 : std::round(size / 5) * 5;
  }
  row.position = onBridge(bridge, row.member, random);
  if (grade >= 3 || (grade == 2 && random.chance(0.4))) row.event = damage.event;
  row.note = damage.note;
  return row;
}

/// Which damages this bridge can have at all.
std::vector<const Damage*> possibleDamages(const TownBridge& bridge) {
  const bool steel = bridge.kind >= BridgeKind::steel_h_girder, girders = bridge.girder_depth_m > 0;
  std::vector<const Damage*> possible;
  for (const Damage& damage : damages) {
    const std::string member = damage.member, type = damage.type;
    if (!girders && (member == "主桁" || member == "支承部")) continue;
    if (damage.steel && !steel) continue;
    if (steel && member == "主桁" && !damage.steel) continue;
    if (type == "洗掘" && bridge.length_m < 8) continue;
    possible.push_back(&damage);
  }
  return possible;
}

bool carries(const Damage& damage) {
  const std::string member = damage.member;
  return member == "主桁" || member == "床版" || member == "下部構造";
}

/// @param damage_seed  the same from one inspection to the next: a damage is found again five years later
BridgeInspection inspect(const TownBridge& bridge, Date date, int soundness, std::uint64_t damage_seed,
                         std::uint64_t seed) {
  Random random(seed), chosen(damage_seed);
  BridgeInspection inspection{date, soundness, {}, {}};
  const std::vector<const Damage*> possible = possibleDamages(bridge);
  const auto count = static_cast<int>(possible.size());
  int first = chosen.below(count);  // the damage that decides: of what carries the bridge
  while (!carries(*possible[static_cast<std::size_t>(first)])) first = (first + 1) % count;
  const int second = (first + 1 + chosen.below(count - 1)) % count;
  const bool both = chosen.chance(0.6);
  if (soundness > 1 || random.chance(0.5))
    inspection.rows.push_back(damageRow(bridge, *possible[static_cast<std::size_t>(first)], soundness, random));
  if (soundness > 1 && both)
    inspection.rows.push_back(
        damageRow(bridge, *possible[static_cast<std::size_t>(second)], soundness - (soundness > 2), random));
  const bool girders = bridge.girder_depth_m > 0;
  for (const char* member : {"主桁", "床版", "下部構造", "支承部", "その他"}) {
    const std::string name = member;
    if (!girders && (name == "主桁" || name == "支承部")) continue;
    const auto has = [&](const InspectionRow& row) { return row.member == name; };
    if (std::any_of(inspection.rows.begin(), inspection.rows.end(), has)) continue;
    const bool slight = soundness > 2 && random.chance(0.3);
    inspection.rows.push_back(
        {name, slight ? "Ⅱ" : "Ⅰ", slight ? "M" : "A", "", "", 0, {}, "", slight ? "軽微な損傷。" : ""});
  }
  return inspection;
}

std::string statusFor(int soundness, bool newest, Random& random) {
  if (soundness == 1) return "";
  if (soundness == 4) return "着手";
  if (!newest) return soundness == 3 ? "完了" : random.chance(0.3) ? "完了" : "未着手";
  return soundness == 3 ? (random.chance(0.6) ? "未着手" : "着手") : random.chance(0.8) ? "未着手" : "着手";
}

/// Old, exposed and steel bridges first: the order in which grades are dealt out.
std::vector<std::size_t> byWear(const std::vector<TownBridge>& bridges, std::uint64_t seed) {
  std::vector<double> wear(bridges.size());
  for (std::size_t i = 0; i < bridges.size(); ++i) {
    const TownBridge& bridge = bridges[i];
    const double age = bridge.year > 0 ? 2026 - bridge.year : 55;
    wear[i] = age / 40 + (bridge.kind >= BridgeKind::steel_h_girder ? 0.35 : 0) +
              0.9 * unitOf(seed, 331, static_cast<std::int64_t>(i));
    if (bridge.length_m > 60) wear[i] = 1e3;  // the river bridge is due: the demonstration turns around it
  }
  std::vector<std::size_t> order(bridges.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return wear[a] > wear[b] || (wear[a] == wear[b] && a < b); });
  return order;
}

}  // namespace

void inspectBridges(std::vector<TownBridge>& bridges, std::uint64_t seed) {
  const std::vector<std::size_t> order = byWear(bridges, seed);
  const std::size_t fours = std::max<std::size_t>(1, bridges.size() / 40);
  std::size_t threes = static_cast<std::size_t>(std::lround(0.125 * static_cast<double>(bridges.size())));
  std::size_t twos = static_cast<std::size_t>(std::lround(0.45 * static_cast<double>(bridges.size())));
  std::size_t given_fours = 0;
  for (const std::size_t index : order) {
    TownBridge& bridge = bridges[index];
    int grade = 1;
    if (bridge.length_m > 60)
      grade = 3, threes -= threes > 0;
    else if (given_fours < fours && bridge.length_m < 12 && bridges.size() > 1)
      grade = 4, ++given_fours;
    else if (threes > 0)
      grade = 3, --threes;
    else if (twos > 0)
      grade = 2, --twos;
    Random random(hashOf(seed, 341, static_cast<std::int64_t>(index)));
    const std::uint64_t damage_seed = hashOf(seed, 342, static_cast<std::int64_t>(index));
    const bool third_done = grade == 4 || bridge.length_m > 60 || random.chance(0.45);
    const int first_year = 2014 + random.below(5);
    for (int cycle = 0; cycle < (third_done ? 3 : 2); ++cycle) {
      const int year =
          cycle == 2 ? std::min(newest_cycle_end, std::max(2024, first_year + 10)) : first_year + 5 * cycle;
      const bool newest = cycle == (third_done ? 2 : 1);
      const int now =
          newest ? grade : std::max(1, grade - (random.chance(cycle == 0 ? 0.75 : 0.4) ? 1 : 0) - (grade == 4 ? 1 : 0));
      if (bridge.year > year) continue;
      BridgeInspection inspection =
          inspect(bridge, {year, 6 + random.below(6), 1 + random.below(28)}, now, damage_seed, random.bits());
      inspection.status = statusFor(now, newest, random);
      bridge.inspections.push_back(std::move(inspection));
    }
  }
}

}  // namespace hashimichi::datasets
