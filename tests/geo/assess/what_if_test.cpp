// Another night than the measured one: what changes, and what must not.
#include "geo/assess/snow/what_if.h"

#include "tests/geo/assess/small_town.h"

namespace hashimichi::assess {
namespace {

using sensors::Quantity;
using snow::WhatIf;

constexpr const char* four = "2026-01-15T04:00+09:00";

Ranking rank(const SmallTown& town, const WhatIf& what_if, const std::string& profile = "generic") {
  auto ranking = rankSnow(town.model, profile, at(four), what_if);
  EXPECT_TRUE(ranking.ok());
  return ranking.ok() ? std::move(ranking).value() : Ranking{};
}

TEST(WhatIf, NothingChangedIsTheNightAsItIs) {
  SmallTown town;
  town.road("A").aadt = 9000, town.road("B", {800, 0, 0}), town.gauge("G", 9, four),
  town.gauge("H", 14, four, 6, {900, 0, 0});
  const Ranking plain = town.rank("hakodate", four), same = rank(town, {}, "hakodate");
  ASSERT_EQ(plain.rows.size(), same.rows.size());
  for (std::size_t i = 0; i < plain.rows.size(); ++i) {
    EXPECT_EQ(plain.rows[i].asset_id, same.rows[i].asset_id);
    EXPECT_EQ(plain.rows[i].score, same.rows[i].score);
  }
  EXPECT_EQ(plain.method_ja, same.method_ja);
}

TEST(WhatIf, HalfAsMuchAgainTurnsEightCentimetresIntoTwelve) {
  SmallTown town;
  town.road("R");
  town.gauge("G", 8, four);
  EXPECT_NE(rank(town, {}).find("R")->tier, Tier::dispatch);  // the trigger of class 1 is 10 cm
  const Ranking more = rank(town, {.snowfall_factor = 1.5});
  EXPECT_NEAR(more.find("R")->depth_cm, 12, 1e-6);
  EXPECT_EQ(more.find("R")->tier, Tier::dispatch);
  EXPECT_TRUE(more.method_en.starts_with("[What if: snowfall ×1.5]"));
  EXPECT_TRUE(more.method_ja.starts_with("【試算:降雪 ×1.5】"));
}

TEST(WhatIf, SnowOfTheLastHourIsAddedToWhatFell) {
  SmallTown town;
  town.road("R");
  town.gauge("G", 8, four);
  EXPECT_NEAR(rank(town, {.added_snow_cm = 5}).find("R")->depth_cm, 13, 1e-6);
  EXPECT_NEAR(rank(town, {.snowfall_factor = 2, .added_snow_cm = 5}).find("R")->depth_cm, 21, 1e-6);
}

TEST(WhatIf, AHigherTriggerLeavesTheRoadAlone) {
  SmallTown town;
  town.road("R");
  town.gauge("G", 12, four);
  const Ranking strict = rank(town, {.trigger_factor = 2});
  EXPECT_EQ(strict.find("R")->tier, Tier::none);
  EXPECT_DOUBLE_EQ(strict.find("R")->trigger_cm, 20);
}

TEST(WhatIf, WarmerAirHoldsWhatFrostSendsOut) {
  SmallTown town;
  town.road("R").clearing_class = model::ClearingClass::class2;
  town.gauge("G", 12, four);
  town.forecast(Quantity::air_temperature_c, "2026-01-15T03:00+09:00", std::vector<double>(12, -1.0));
  EXPECT_EQ(rank(town, {}).find("R")->tier, Tier::dispatch);
  EXPECT_EQ(rank(town, {.air_offset_c = 4}).find("R")->tier, Tier::hold);
}

TEST(WhatIf, WeightsDecideInsideATierOnly) {
  SmallTown town;
  town.road("busy").aadt = 20000;
  town.road("steep").grade_percent = 8;
  town.gauge("G", 12, four);
  const Ranking plain = rank(town, {});
  EXPECT_LT(plain.find("busy")->rank, plain.find("steep")->rank);
  WhatIf steep_first;
  steep_first.weights = {};
  steep_first.weights[static_cast<std::size_t>(snow::Criterion::grade)] = 2;  // proportions count, not their sum
  const Ranking turned = rank(town, steep_first);
  EXPECT_LT(turned.find("steep")->rank, turned.find("busy")->rank);
  EXPECT_DOUBLE_EQ(turned.find("steep")->score, 100);
  EXPECT_EQ(turned.find("steep")->tier, plain.find("steep")->tier);
}

TEST(WhatIf, MoreSnowNeverLowersADepthNorCalmsATier) {
  SmallTown town;
  for (int i = 0; i < 40; ++i) town.road("R" + std::to_string(i), {i * 150.0, 0, 0}).aadt = 100.0 * i;
  town.gauge("G", 6, four), town.gauge("H", 11, four, 5, {4000, 0, 0});
  Ranking before = rank(town, {.snowfall_factor = 0});
  for (double factor = 0.25; factor <= 4; factor += 0.25) {
    const Ranking after = rank(town, {.snowfall_factor = factor});
    for (const Ranked& row : before.rows) {
      EXPECT_GE(after.find(row.asset_id)->depth_cm, row.depth_cm);
      EXPECT_LE(after.find(row.asset_id)->tier, row.tier);
    }
    before = after;
  }
}

TEST(FailedHeating, MovesTheRoadOneTierUpAndATunnelNeedsNone) {
  SmallTown town;
  model::RoadSegment& failed = town.road("failed");
  failed.road_heating = true, failed.heating_failed = true;
  town.road("tunnel").in_tunnel = true;
  town.gauge("G", 6, four);
  const Ranking ranking = rank(town, {});
  EXPECT_EQ(ranking.find("failed")->tier, Tier::watch);
  EXPECT_EQ(ranking.find("failed")->reasons.front().code, "snow.heating_failed");
  EXPECT_EQ(ranking.find("tunnel")->tier, Tier::none);
  EXPECT_EQ(ranking.find("tunnel")->reasons.front().code, "snow.in_tunnel");
}

TEST(Ranking, OfManyRoadsIsTheSameHoweverItIsShared) {
  // 3,000 roads go to several threads; one by one each has the same row but for its route and rank.
  SmallTown town;
  for (int i = 0; i < 3000; ++i) {
    model::RoadSegment& road = town.road("R" + std::to_string(10000 + i), {(i % 60) * 120.0, (i / 60) * 90.0, 0});
    road.aadt = 50.0 * (i % 97), road.grade_percent = i % 9, road.district = "工区" + std::to_string(i);
  }
  town.gauge("G", 9, four), town.gauge("H", 13, four, 5, {5000, 3000, 0});
  const Ranking all = town.rank("generic", four);
  for (const int i : {0, 1, 1499, 1500, 2999}) {
    SmallTown one;
    one.model.stations = town.model.stations, one.model.series = town.model.series;
    one.model.roads = {town.model.roads[static_cast<std::size_t>(i)]};
    const Ranking alone = one.rank("generic", four);
    const Ranked& there = *all.find(one.model.roads.front().id);
    EXPECT_EQ(there.score, alone.rows.front().score);
    EXPECT_EQ(there.tier, alone.rows.front().tier);
    EXPECT_EQ(there.reasons.size(), alone.rows.front().reasons.size());
  }
}

}  // namespace
}  // namespace hashimichi::assess
