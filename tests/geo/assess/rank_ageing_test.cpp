#include <gmock/gmock.h>

#include "geo/assess/ageing/deadline.h"
#include "geo/assess/ageing/urgency.h"
#include "tests/geo/assess/small_town.h"

namespace hashimichi::assess {
namespace {

using assets::Inspection;
using assets::MeasureStatus;
using assets::Soundness;
using testing::HasSubstr;

constexpr const char* today = "2026-01-15T04:00+09:00";

Inspection inspected(Date date, Soundness soundness, MeasureStatus status = MeasureStatus::not_started) {
  Inspection inspection;
  inspection.date = date;
  inspection.soundness = soundness;
  inspection.status = status;
  return inspection;
}

/// A bridge of which everything is known and nothing is grave.
model::Bridge bridge(const std::string& id, const Inspection& inspection) {
  model::Bridge made;
  made.id = id;
  made.length_m = 12;
  made.year_built = 2000;
  made.over_railway = made.over_road = false;
  made.emergency_route = 0;
  made.detour_km = 0;
  made.aadt = 0;
  made.bus_route = made.facility_access = false;
  made.inspections.push_back(inspection);
  return made;
}

Ranking rank(std::vector<model::Bridge> bridges, const char* moment = today) {
  model::CityModel city;
  city.bridges = std::move(bridges);
  return *rankAgeing(city, at(moment));
}

TEST(AgeingPriority, AnEmergencyComesBeforeALateRepairThatScoresHigher) {
  model::Bridge late = bridge("late", inspected({2015, 6, 1}, Soundness::III));
  late.over_railway = true;
  late.emergency_route = 1;
  model::Bridge emergency = bridge("emergency", inspected({2024, 6, 1}, Soundness::IV));
  emergency.over_railway = false;
  emergency.emergency_route = 0;
  const Ranking ranking = rank({late, emergency});
  EXPECT_GT(ranking.find("late")->score, ranking.find("emergency")->score);
  EXPECT_EQ(ranking.find("late")->tier, ranking.find("emergency")->tier);
  EXPECT_EQ(ranking.rows.front().asset_id, "emergency");
}

TEST(AgeingPriority, TiersFollowSoundnessAndDeadline) {
  const Ranking ranking = rank({
      bridge("one", inspected({2024, 6, 1}, Soundness::I)),
      bridge("two", inspected({2024, 6, 1}, Soundness::II)),
      bridge("three", inspected({2024, 6, 1}, Soundness::III)),
      bridge("three-late", inspected({2020, 6, 1}, Soundness::III)),
      bridge("four", inspected({2024, 6, 1}, Soundness::IV)),
  });
  EXPECT_EQ(ranking.find("one")->tier, Tier::none);
  EXPECT_EQ(ranking.find("two")->tier, Tier::watch);
  EXPECT_EQ(ranking.find("three")->tier, Tier::dispatch);
  EXPECT_EQ(ranking.find("three-late")->tier, Tier::overdue);
  EXPECT_EQ(ranking.find("four")->tier, Tier::overdue);
  EXPECT_EQ(ranking.rows.front().asset_id, "four");
  EXPECT_EQ(ranking.find("four")->reasons.front().code, "ageing.soundness_IV");
  EXPECT_EQ(ranking.valid_until, at("2026-04-01T00:00+09:00"));
}

TEST(AgeingPriority, ThreeIsDueFiveYearsAfterTheInspectionAndRedInTheLastTwo) {
  // Inspected 2022-06-01: due 2027-06-01, on 2026-01-15 1.4 years are left.
  const Ranking ranking = rank({bridge("B", inspected({2022, 6, 1}, Soundness::III))});
  const Reason& first = ranking.rows.front().reasons.front();
  EXPECT_EQ(first.code, "ageing.deadline_close");
  EXPECT_EQ(describe(first, Language::en), "not started and 1.4 years left until the deadline 2027-06-01");
  const Ranking started = rank({bridge("B", inspected({2022, 6, 1}, Soundness::III, MeasureStatus::started))});
  EXPECT_EQ(findReason(started.rows.front(), "ageing.deadline_close"), nullptr);
  EXPECT_NE(findReason(started.rows.front(), "ageing.deadline"), nullptr);
}

TEST(AgeingPriority, TheDeadlineDayItselfIsNotPast) {
  const Inspection inspection = inspected({2021, 1, 15}, Soundness::III);
  EXPECT_EQ(ageing::tierOf(inspection, {2026, 1, 15}), Tier::dispatch);
  EXPECT_EQ(ageing::tierOf(inspection, {2026, 1, 16}), Tier::overdue);
}

TEST(AgeingPriority, AFinishedMeasureWaitsForItsNextInspection) {
  const Ranking ranking = rank({bridge("B", inspected({2020, 6, 1}, Soundness::III, MeasureStatus::done))});
  EXPECT_EQ(ranking.rows.front().tier, Tier::watch);
  EXPECT_NE(findReason(ranking.rows.front(), "ageing.measure_done"), nullptr);
  EXPECT_EQ(findReason(ranking.rows.front(), "ageing.years_without_action"), nullptr);
  EXPECT_EQ(rank({bridge("B", inspected({2020, 6, 1}, Soundness::IV, MeasureStatus::done))}).rows.front().tier,
            Tier::watch);
}

TEST(AgeingPriority, AnUninspectedBridgeIsNotAssessedNotSound) {
  model::Bridge bare;
  bare.id = "B";
  const Ranking ranking = rank({bare});
  const Ranked& row = ranking.rows.front();
  EXPECT_EQ(row.tier, Tier::not_assessed);
  EXPECT_EQ(row.reasons.front().code, "ageing.not_inspected");
  EXPECT_TRUE(lacks(row, "inspection"));
  EXPECT_EQ(row.rank, 0u);
}

TEST(AgeingPriority, ASoundBridgeThatMissedItsInspectionIsWatched) {
  // FY2019; FY2025 is the sixth year after it.
  const Ranking ranking = rank({bridge("B", inspected({2019, 6, 1}, Soundness::I))});
  EXPECT_EQ(ranking.rows.front().tier, Tier::watch);
  EXPECT_NE(findReason(ranking.rows.front(), "ageing.inspection_overdue"), nullptr);
  EXPECT_EQ(rank({bridge("B", inspected({2020, 4, 1}, Soundness::I))}).rows.front().tier, Tier::none);
}

TEST(AgeingPriority, TheInspectionOfLaterDaysIsNotKnownYet) {
  model::Bridge b = bridge("B", inspected({2019, 6, 1}, Soundness::II));
  b.inspections.push_back(inspected({2024, 6, 1}, Soundness::III));
  EXPECT_EQ(rank({b}).rows.front().tier, Tier::dispatch);
  EXPECT_EQ(rank({b}, "2023-01-01T00:00+09:00").rows.front().tier, Tier::watch);
  EXPECT_EQ(rank({b}, "2018-01-01T00:00+09:00").rows.front().tier, Tier::not_assessed);
}

TEST(AgeingPriority, ScoreOfAKnownBridgeIsTheHandCalculation) {
  // III, C2 deck, 2023-01-10 → 3 years: C 1. Over a road .8, first emergency route 1, AADT 30000 → .6, no detour .8,
  // 120 m .4: 3.6 of 5.5. Built 1970: 56 years → .65. P: road below 1.
  // 100·(.5 + .3·3.6/5.5 + .12·.65 + .08) = 85.436364
  model::Bridge b = bridge("B", inspected({2023, 1, 10}, Soundness::III));
  b.inspections.back().members.push_back({"床版", Soundness::III, "C2"});
  b.over_road = true;
  b.emergency_route = 1;
  b.aadt = 30000;
  b.detour_km = -1;
  b.length_m = 120;
  b.year_built = 1970;
  const Ranking ranking = rank({b});
  const Ranked& row = ranking.rows.front();
  EXPECT_NEAR(row.score, 85.436364, 1e-6);
  double sum = 0;
  for (const Reason& reason : row.reasons) sum += reason.points;
  EXPECT_NEAR(sum, row.score, 1e-4);
  EXPECT_EQ(describe(*findReason(row, "ageing.member_measure"), Language::ja), "部材の対策区分:床版 C2");
  EXPECT_EQ(findReason(row, "ageing.years_without_action")->value, 3);
  EXPECT_NE(findReason(row, "ageing.no_detour"), nullptr);
  EXPECT_TRUE(row.missing_inputs.empty());
}

TEST(AgeingPriority, TheDetourIsFoundOnTheRoadsWhereTheRegisterHasNone) {
  // A bridge in the south side of a block of 400 × 300 m: round it are 300 + 400 + 300 m, 600 m more than the bridge.
  SmallTown town;
  const auto side = [&](const char* id, model::Polyline line) -> model::RoadSegment& {
    model::RoadSegment& road = town.road(id);
    road.centreline = std::move(line);
    return road;
  };
  side("over", {{-200, 0, 0}, {200, 0, 0}}).on_bridge = true;
  side("east", {{200, 0, 0}, {200, 300, 0}}), side("north", {{200, 300, 0}, {-200, 300, 0}});
  side("west", {{-200, 300, 0}, {-200, 0, 0}});
  model::Bridge b = bridge("B", inspected({2024, 6, 1}, Soundness::III));
  b.position = Vec3d{0, 0, 0};
  b.detour_km.reset();
  town.model.bridges = {b};
  const auto computed = rankAgeing(town.model, at(today));
  ASSERT_TRUE(computed);
  const Reason* reason = findReason(computed->rows.front(), "ageing.detour_computed");
  ASSERT_NE(reason, nullptr);
  EXPECT_NEAR(reason->value, 0.6, 1e-9);
  EXPECT_FALSE(lacks(computed->rows.front(), "detour"));
  town.model.roads.erase(town.model.roads.begin() + 2);  // without the north side there is no way round
  EXPECT_NE(findReason(rankAgeing(town.model, at(today))->rows.front(), "ageing.no_detour_found"), nullptr);
  town.model.bridges.front().detour_km = 5;  // the register's word counts
  const auto told = rankAgeing(town.model, at(today));
  EXPECT_EQ(findReason(told->rows.front(), "ageing.no_detour_found"), nullptr);
}

TEST(AgeingPriority, ALongDetourIsNeverWorseThanNone) {
  model::Bridge b = bridge("B", inspected({2024, 6, 1}, Soundness::II));
  b.detour_km = 30;
  const double far = *ageing::impactOf(ageing::impactParts(b));
  b.detour_km = -1;
  EXPECT_DOUBLE_EQ(far, *ageing::impactOf(ageing::impactParts(b)));
  b.detour_km = 4;
  EXPECT_NEAR(*ageing::impactOf(ageing::impactParts(b)), 0.4 / 5.5, 1e-12);
}

TEST(AgeingPriority, SaltAndScourAreHazardsACoatingIsNot) {
  model::Bridge b = bridge("B", inspected({2024, 6, 1}, Soundness::II));
  b.inspections.back().specific_events = {"塩害", "洗掘", "防食機能の低下"};
  EXPECT_DOUBLE_EQ(*ageing::hazardOf(b, b.inspections.back()), 1);
  b.inspections.back().specific_events = {"ASR"};
  EXPECT_DOUBLE_EQ(*ageing::hazardOf(b, b.inspections.back()), 0.5);
  b.inspections.back().specific_events = {"防食機能の低下"};
  EXPECT_DOUBLE_EQ(*ageing::hazardOf(b, b.inspections.back()), 0);
}

TEST(AgeingPriority, AnUnknownStatusOfAThreeCountsAsNotBegunAndIsListed) {
  const Ranking ranking = rank({bridge("B", inspected({2023, 1, 10}, Soundness::III, MeasureStatus::unknown))});
  EXPECT_TRUE(lacks(ranking.rows.front(), "measure_status"));
  EXPECT_NE(findReason(ranking.rows.front(), "ageing.years_without_action"), nullptr);
  const Ranking two = rank({bridge("B", inspected({2023, 1, 10}, Soundness::II, MeasureStatus::unknown))});
  EXPECT_FALSE(lacks(two.rows.front(), "measure_status"));
  EXPECT_EQ(findReason(two.rows.front(), "ageing.years_without_action"), nullptr);
}

TEST(AgeingPriority, ADiagnosisOfWhichOnlyTheFiscalYearIsKnownRunsToItsEnd) {
  Inspection inspection = inspected({}, Soundness::III);
  inspection.fiscal_year = 2020;
  EXPECT_EQ(ageing::deadlineOf(inspection, {2026, 1, 15})->due, (Date{2026, 3, 31}));
  EXPECT_EQ(ageing::yearsSince(inspection, {2026, 1, 15}), 5);
  EXPECT_TRUE(lacks(rank({bridge("B", inspection)}).rows.front(), "inspection_date"));
}

TEST(AgeingPriority, UnknownFactsAreListedAndLowerTheConfidence) {
  const Ranking ranking = rank({bridge("full", inspected({2024, 6, 1}, Soundness::III)), [] {
                                  model::Bridge bare;
                                  bare.id = "bare";
                                  bare.inspections.push_back(inspected({2024, 6, 1}, Soundness::III));
                                  return bare;
                                }()});
  const Ranked& bare = *ranking.find("bare");
  for (const char* key : {"year_built", "over_railway", "over_road", "emergency_route", "detour", "aadt", "length",
                          "facility_access", "bus_route"})
    EXPECT_TRUE(lacks(bare, key)) << key;
  EXPECT_NEAR(bare.score, 82.5, 1e-6);  // .75 × 1.1 (one year without action), the only known part
  EXPECT_LT(bare.confidence, ranking.find("full")->confidence);
  EXPECT_DOUBLE_EQ(missingShare(ranking), 0.5);
}

TEST(AgeingPriority, TheRoadOverABridgeTellsWhatTheRegisterLacks) {
  model::CityModel city;
  city.bridges.push_back(bridge("B", inspected({2024, 6, 1}, Soundness::II)));
  model::Bridge& b = city.bridges.back();
  b.position = Vec3d{0, 0, 5};
  b.emergency_route.reset();
  b.facility_access.reset();
  SmallTown town;
  model::RoadSegment& over = town.road("over", {0, 8, 6});
  over.on_bridge = true;
  over.name = "市道1号線";
  over.emergency_route = 2;
  over.facility_access = 1;
  over.aadt = 9000;
  town.road("beside", {0, 2, 0}).emergency_route = 1;
  city.roads = town.model.roads;
  const Ranking ranking = *rankAgeing(city, at(today));
  const Ranked& row = ranking.rows.front();
  EXPECT_EQ(findReason(row, "ageing.emergency_route")->value, 2);
  EXPECT_NE(findReason(row, "ageing.facility_access"), nullptr);
  EXPECT_EQ(findReason(row, "ageing.traffic"), nullptr);  // the register says 0, and it stands
  EXPECT_EQ(findReason(row, "ageing.from_road")->text, "市道1号線");
  EXPECT_TRUE(row.missing_inputs.empty());
  city.bridges.front().position = Vec3d{0, 100, 5};
  EXPECT_TRUE(lacks(rankAgeing(city, at(today))->rows.front(), "emergency_route"));
}

TEST(AgeingPriority, ALeapDayHasADeadlineToo) {
  EXPECT_EQ(ageing::deadlineOf(inspected({2024, 2, 29}, Soundness::III), {2026, 1, 15})->due, (Date{2029, 2, 28}));
}

}  // namespace
}  // namespace hashimichi::assess
