#include "geo/export/ranking_table.h"

#include "geo/export/palette.h"
#include "geo/export/words.h"

namespace hashimichi::exporting {
namespace {

using assess::Ranked;
using assess::Subject;
using Type = Field::Type;

constexpr Language ja = Language::ja, en = Language::en;

const std::vector<Field> head_fields{
    {"rank", "順位", "rank", Type::whole, 0, {}},           {"band", "ランク", "band", Type::whole, 0, {}},
    {"tier", "区分コード", "tier code", Type::text, 0, {}}, {"tier_ja", "区分", "tier", Type::text, 0, ja},
    {"tier_en", "区分", "tier", Type::text, 0, en},
};
const std::vector<Field> road_fields{
    {"road_id", "区間ID", "road id", Type::text, 0, {}},
    {"name", "路線名", "name", Type::text, 0, {}},
    {"clearing_class_ja", "除雪区分", "clearing class", Type::text, 0, ja},
    {"clearing_class_en", "除雪区分", "clearing class", Type::text, 0, en},
    {"administrator_ja", "管理者", "administrator", Type::text, 0, ja},
    {"administrator_en", "管理者", "administrator", Type::text, 0, en},
    {"district", "除雪工区", "district", Type::text, 0, {}},
    {"length_m", "延長(m)", "length (m)", Type::real, 1, {}},
    {"width_m", "幅員(m)", "width (m)", Type::real, 1, {}},
    {"depth_cm", "新積雪(cm)", "new snow (cm)", Type::real, 1, {}},
    {"depth_sigma_cm", "新積雪の不確かさ1σ(cm)", "new snow 1-sigma (cm)", Type::real, 1, {}},
    {"trigger_cm", "出動基準(cm)", "trigger (cm)", Type::real, 1, {}},
    {"trigger_probability", "基準超過の確率", "probability of trigger", Type::real, 2, {}},
    {"data_age_h", "観測の経過時間(h)", "data age (h)", Type::real, 1, {}},
};
const std::vector<Field> bridge_fields{
    {"bridge_id", "施設ID", "bridge id", Type::text, 0, {}},
    {"name", "橋梁名", "name", Type::text, 0, {}},
    {"route_name", "路線名", "route", Type::text, 0, {}},
    {"administrator", "管理者", "administrator", Type::text, 0, {}},
    {"structure_type", "構造形式", "structure type", Type::text, 0, {}},
    {"length_m", "橋長(m)", "length (m)", Type::real, 1, {}},
    {"width_m", "幅員(m)", "width (m)", Type::real, 1, {}},
    {"year_built", "架設年", "year built", Type::whole, 0, {}},
    {"soundness", "健全性", "soundness", Type::text, 0, {}},
    {"inspection_date", "点検年月日", "inspected", Type::text, 0, {}},
    {"measure_status_ja", "措置状況", "measures", Type::text, 0, ja},
    {"measure_status_en", "措置状況", "measures", Type::text, 0, en},
    {"emergency_route", "緊急輸送道路", "emergency route", Type::whole, 0, {}},
};
const std::vector<Field> tail_fields{
    {"score", "評点", "score", Type::real, 2, {}},
    {"confidence", "確信度", "confidence", Type::real, 2, {}},
    {"reasons_ja", "理由", "reasons", Type::text, 0, ja},
    {"reasons_en", "理由", "reasons", Type::text, 0, en},
    {"missing_ja", "不足データ", "missing inputs", Type::text, 0, ja},
    {"missing_en", "不足データ", "missing inputs", Type::text, 0, en},
    {"as_of", "基準時刻", "as of", Type::text, 0, {}},
    {"valid_until", "有効期限", "valid until", Type::text, 0, {}},
    {"profile", "基準", "profile", Type::text, 0, {}},
    {"record_hash", "記録ハッシュ", "record hash", Type::text, 0, {}},
};

Cell text(std::string_view value) {
  return value.empty() ? Cell() : Cell(std::string(value));
}
template <typename Number>
Cell known(const std::optional<Number>& value) {
  if (!value) return {};
  if constexpr (std::is_integral_v<Number>)
    return static_cast<std::int64_t>(*value);
  else
    return static_cast<double>(*value);
}
Cell positive(double value) {
  return value > 0 ? Cell(value) : Cell();
}
Cell notNegative(double value) {
  return value >= 0 ? Cell(value) : Cell();
}

void addRoad(std::vector<Cell>& cells, const model::RoadSegment& road, const Ranked& row) {
  const Cell known_depth = notNegative(row.depth_cm);
  const bool has_depth = !std::holds_alternative<std::monostate>(known_depth);
  for (Cell cell :
       {text(road.id), text(road.name), text(word(road.clearing_class, ja)), text(word(road.clearing_class, en)),
        text(word(road.administrator, ja)), text(word(road.administrator, en)), text(road.district),
        positive(road.length_m), positive(road.width_m), known_depth, has_depth ? Cell(row.depth_sigma_cm) : Cell(),
        positive(row.trigger_cm), has_depth ? Cell(row.trigger_probability) : Cell(), notNegative(row.data_age_h)})
    cells.push_back(std::move(cell));
}

void addBridge(std::vector<Cell>& cells, const model::Bridge& bridge) {
  const assets::Inspection* latest = model::latestInspection(bridge);
  for (Cell cell : {text(bridge.id), text(bridge.name), text(bridge.route_name), text(bridge.administrator),
                    text(bridge.structure_type), known(bridge.length_m), known(bridge.width_m),
                    known(bridge.year_built), latest != nullptr ? text(assets::toString(latest->soundness)) : Cell(),
                    latest != nullptr && latest->date.year > 0 ? text(formatDate(latest->date)) : Cell(),
                    latest != nullptr ? text(word(latest->status, ja)) : Cell(),
                    latest != nullptr ? text(word(latest->status, en)) : Cell(), known(bridge.emergency_route)})
    cells.push_back(std::move(cell));
}

template <typename Item, typename Tell>
std::string joined(const std::vector<Item>& items, Language language, Tell tell) {
  std::string line;
  for (const Item& item : items) {
    if (!line.empty()) line += language == Language::ja ? "／" : "; ";
    line += tell(item);
  }
  return line;
}

}  // namespace

std::string reasonsLine(const Ranked& row, Language language) {
  return joined(row.reasons, language, [&](const assess::Reason& r) { return assess::describe(r, language); });
}
std::string missingLine(const Ranked& row, Language language) {
  return joined(row.missing_inputs, language, [&](const std::string& i) { return assess::describeInput(i, language); });
}

RankingTable::RankingTable(const Snapshot& snapshot)
    : snapshot_(snapshot), fields_(head_fields), record_hash_(recordHash(snapshot)) {
  const std::vector<Field>& middle = snapshot.ranking.subject == Subject::snow ? road_fields : bridge_fields;
  fields_.insert(fields_.end(), middle.begin(), middle.end());
  fields_.insert(fields_.end(), tail_fields.begin(), tail_fields.end());
}

std::vector<Cell> RankingTable::row(std::size_t index) const {
  const assess::Ranking& ranking = snapshot_.ranking;
  const Ranked& row = ranking.rows[index];
  const model::CityModel& city = *snapshot_.project.model;
  std::vector<Cell> cells{row.rank > 0 ? Cell(static_cast<std::int64_t>(row.rank)) : Cell(),
                          static_cast<std::int64_t>(row.band), text(toString(row.tier)),
                          text(assess::describeTier(ranking.subject, row.tier, ja)),
                          text(assess::describeTier(ranking.subject, row.tier, en))};
  if (ranking.subject == Subject::snow)
    addRoad(cells, city.roads[row.index], row);
  else
    addBridge(cells, city.bridges[row.index]);
  const bool ranked = row.tier != assess::Tier::not_assessed;
  for (Cell cell : {ranked ? Cell(row.score) : Cell(), ranked ? Cell(row.confidence) : Cell(),
                    text(reasonsLine(row, ja)), text(reasonsLine(row, en)), text(missingLine(row, ja)),
                    text(missingLine(row, en)), text(formatInstant(ranking.as_of)),
                    text(formatInstant(ranking.valid_until)), text(ranking.profile_id), text(record_hash_)})
    cells.push_back(std::move(cell));
  return cells;
}

}  // namespace hashimichi::exporting
