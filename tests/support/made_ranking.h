#pragma once
#include "geo/assess/ranking.h"
#include "geo/model/city_model.h"

namespace hashimichi::tests {

/// A ranking drawn by arithmetic: every tier and band occurs, some inputs are missing, ranks follow the rows.
inline assess::Ranking madeRanking(const model::CityModel& city, assess::Subject subject) {
  using assess::Tier;
  assess::Ranking ranking;
  ranking.subject = subject;
  ranking.as_of = *parseInstant("2026-01-15T04:00+09:00");
  ranking.valid_until = *parseInstant("2026-01-15T07:00+09:00");
  const bool snow = subject == assess::Subject::snow;
  ranking.profile_id = snow ? "hakodate" : "";
  ranking.profile_name_ja = snow ? "函館市 除雪基準" : "";
  ranking.profile_name_en = snow ? "Hakodate City" : "";
  ranking.method_ja = "規則による区分を先に、区分の中は評点（需要・交通・緊急輸送ほか）で順位付け。";
  ranking.method_en = "Rule tier first, then score (demand, traffic, emergency route and others) inside a tier.";
  const std::size_t count = snow ? city.roads.size() : city.bridges.size();
  constexpr std::pair<Tier, int> bands[] = {{Tier::overdue, 1},     {Tier::dispatch, 2}, {Tier::dispatch, 3},
                                            {Tier::hold, 0},        {Tier::watch, 4},    {Tier::none, 5},
                                            {Tier::not_assessed, 0}};
  // One asset in eight is overdue, and so on; neighbours share a tier as streets do.
  constexpr double shares[] = {0.03, 0.08, 0.10, 0.04, 0.20, 0.45, 0.05};
  std::size_t next = 0;
  for (std::size_t tier = 0; tier < std::size(bands); ++tier) {
    const bool last = tier + 1 == std::size(bands);
    const std::size_t end =
        last ? count : next + 1 + static_cast<std::size_t>(shares[tier] * static_cast<double>(count));
    for (; next < std::min(end, count); ++next) {
      assess::Ranked row;
      // A stride that meets every index once scatters the tiers over the town in runs of four.
      row.index = snow ? next : (next * 7) % count;
      row.asset_id = snow ? city.roads[row.index].id : city.bridges[row.index].id;
      row.tier = bands[tier].first, row.band = bands[tier].second;
      row.rank = row.tier == Tier::not_assessed ? 0 : next + 1;
      row.score = 100 - 90.0 * static_cast<double>(next) / static_cast<double>(count);
      row.confidence = next % 3 == 0 ? 0.7 : 1;
      row.reasons = {{snow ? "snow.depth_over_trigger" : "ageing.soundness", 12, 10, 20, ""}};
      if (next % 3 == 0) row.missing_inputs = {"aadt"};
      if (snow && row.tier != Tier::not_assessed)
        row.depth_cm = 12, row.depth_sigma_cm = 2, row.trigger_cm = 10, row.data_age_h = 1;
      ranking.rows.push_back(std::move(row));
    }
  }
  return ranking;
}

}  // namespace hashimichi::tests
