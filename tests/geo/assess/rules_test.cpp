#include "geo/assess/snow/rules.h"

#include <gtest/gtest.h>

#include "geo/assess/snow/routes.h"

namespace hashimichi::assess::snow {
namespace {

using model::ClearingClass;

Instant at(const char* text) {
  return *parseInstant(text);
}

Profile shipped(const std::string& id) {
  auto profile = loadProfile(id);
  EXPECT_TRUE(profile.ok()) << (profile.ok() ? "" : profile.error().text());
  return profile.ok() ? std::move(profile).value() : Profile{};
}

/// The state of one case under a profile, for a class.
Verdict stateOf(const Profile& profile, ClearingClass value, const SnowCase& snow) {
  const ClassRule& rule = profile.rule(value);
  return judge(profile, rule, findDue(profile, rule, rule.trigger_cm, snow), snow);
}

SnowCase twelveCentimetres(const char* now, const char* passed) {
  SnowCase snow;
  snow.now = at(now);
  snow.depth_cm = 12;
  snow.sigma_cm = 1;
  snow.trigger_passed = at(passed);
  snow.forecast_cm = 0;
  snow.route_h = 2;
  return snow;
}

// The five cases of DOMAIN A.3.
TEST(DispatchRules, ABareRoadWithThawAheadHasNothingToHold) {
  SnowCase bare;
  bare.now = at("2026-01-15T04:00+09:00");
  bare.sigma_cm = 1;
  bare.thaw_h = 8;
  EXPECT_EQ(stateOf(shipped("generic"), ClearingClass::class1, bare).tier, Tier::none);
}

TEST(DispatchRules, AClassThatIsNeverHeldGoesOutInSpiteOfThaw) {
  SnowCase snow = twelveCentimetres("2026-01-15T03:00+09:00", "2026-01-15T02:00+09:00");
  snow.thaw_h = 6;
  const Profile generic = shipped("generic");
  ASSERT_TRUE(generic.rule(ClearingClass::class1).never_hold);
  EXPECT_EQ(stateOf(generic, ClearingClass::class1, snow).tier, Tier::dispatch);
  EXPECT_EQ(stateOf(generic, ClearingClass::class2, snow).tier, Tier::hold);
}

TEST(DispatchRules, SnowOfTheForenoonHasUntilTheNextMorning) {
  const SnowCase snow = twelveCentimetres("2026-01-15T12:00+09:00", "2026-01-15T10:00+09:00");
  const Verdict verdict = stateOf(shipped("generic"), ClearingClass::class1, snow);
  EXPECT_EQ(verdict.tier, Tier::dispatch);
  EXPECT_EQ(verdict.finish, at("2026-01-16T07:00+09:00"));
  EXPECT_EQ(verdict.latest_start, at("2026-01-16T05:00+09:00"));
}

TEST(DispatchRules, SnowAtTwentyToThreeIsHeldInSapporoAndClearedInHakodate) {
  const SnowCase snow = twelveCentimetres("2026-01-15T03:00+09:00", "2026-01-15T02:40+09:00");
  const Verdict sapporo = stateOf(shipped("sapporo"), ClearingClass::class1, snow);
  EXPECT_EQ(sapporo.tier, Tier::hold);
  EXPECT_EQ(sapporo.hold, HoldCause::late_onset);
  EXPECT_EQ(stateOf(shipped("hakodate"), ClearingClass::class1, snow).tier, Tier::dispatch);
}

TEST(DispatchRules, ARouteOfFiveHoursIsTooLateAtThreeForSeven) {
  SnowCase snow = twelveCentimetres("2026-01-15T03:00+09:00", "2026-01-15T03:00+09:00");
  snow.route_h = 5;
  const Verdict verdict = stateOf(shipped("generic"), ClearingClass::class1, snow);
  EXPECT_EQ(verdict.tier, Tier::overdue);
  EXPECT_DOUBLE_EQ(verdict.hours_overdue, 1);
}

TEST(DispatchRules, WhatWasDueAtSevenAndStillLiesIsOverdueAtEight) {
  const SnowCase snow = twelveCentimetres("2026-01-15T08:00+09:00", "2026-01-15T04:30+09:00");
  const Verdict verdict = stateOf(shipped("generic"), ClearingClass::class1, snow);
  EXPECT_EQ(verdict.tier, Tier::overdue);
  EXPECT_EQ(verdict.finish, at("2026-01-15T07:00+09:00"));
  EXPECT_DOUBLE_EQ(verdict.hours_overdue, 3);
}

TEST(DispatchRules, SnowOfTheEveningIsNotALateOnsetInSapporo) {
  const SnowCase snow = twelveCentimetres("2026-01-14T23:00+09:00", "2026-01-14T22:00+09:00");
  EXPECT_EQ(stateOf(shipped("sapporo"), ClearingClass::class1, snow).tier, Tier::dispatch);
}

TEST(DispatchRules, TheTriggerItselfIsDueExceptWhereTheRuleSaysMore) {
  SnowCase snow = twelveCentimetres("2026-01-15T00:00+09:00", "2026-01-14T23:00+09:00");
  snow.depth_cm = 10;
  EXPECT_EQ(stateOf(shipped("joetsu"), ClearingClass::class1, snow).tier, Tier::dispatch);
  EXPECT_EQ(stateOf(shipped("sapporo"), ClearingClass::class1, snow).tier, Tier::watch);
}

TEST(DispatchRules, WithinOneSigmaOfTheTriggerIsWatched) {
  SnowCase snow = twelveCentimetres("2026-01-15T00:00+09:00", "2026-01-14T23:00+09:00");
  snow.depth_cm = 8.6;
  snow.sigma_cm = 1.5;
  EXPECT_EQ(stateOf(shipped("generic"), ClearingClass::class1, snow).tier, Tier::watch);
  snow.depth_cm = 8.4;
  EXPECT_EQ(stateOf(shipped("generic"), ClearingClass::class1, snow).tier, Tier::none);
}

TEST(DispatchRules, HakodateGoesOutOnTheForecastAndJoetsuDoesNot) {
  SnowCase snow = twelveCentimetres("2026-01-15T00:00+09:00", "2026-01-14T23:00+09:00");
  snow.depth_cm = 4;
  snow.forecast_cm = 6;
  const Profile hakodate = shipped("hakodate");
  const Due due = findDue(hakodate, hakodate.rule(ClearingClass::class1), 10, snow);
  EXPECT_EQ(due.cause, Cause::forecast);
  EXPECT_DOUBLE_EQ(due.measured, 10);
  EXPECT_EQ(stateOf(shipped("joetsu"), ClearingClass::class1, snow).tier, Tier::none);
}

TEST(DispatchRules, HakodatesSmallRoadsNeedRutsBesideTheSnow) {
  SnowCase snow = twelveCentimetres("2026-01-15T00:00+09:00", "2026-01-14T23:00+09:00");
  snow.depth_cm = 22;
  const Profile hakodate = shipped("hakodate");
  const ClassRule& rule = hakodate.rule(ClearingClass::class3);
  EXPECT_TRUE(findDue(hakodate, rule, rule.trigger_cm, snow).rut_unknown);
  EXPECT_EQ(stateOf(hakodate, ClearingClass::class3, snow).tier, Tier::watch);
  snow.rut_cm = 10;
  EXPECT_FALSE(findDue(hakodate, rule, rule.trigger_cm, snow));  // "over 10 cm"
  snow.rut_cm = 11;
  EXPECT_EQ(stateOf(hakodate, ClearingClass::class3, snow).tier, Tier::dispatch);
}

TEST(DispatchRules, PackedSnowIsDueOnlyWhenItWillTurnToSlush) {
  SnowCase snow;
  snow.now = at("2026-01-15T00:00+09:00");
  snow.packed_cm = 21;
  const Profile hakodate = shipped("hakodate");
  const ClassRule& rule = hakodate.rule(ClearingClass::class3);
  EXPECT_FALSE(findDue(hakodate, rule, rule.trigger_cm, snow));
  snow.thaw_h = 8;
  EXPECT_EQ(findDue(hakodate, rule, rule.trigger_cm, snow).cause, Cause::packed);
  EXPECT_FALSE(findDue(hakodate, hakodate.rule(ClearingClass::residential), 20, snow));  // 25 cm there
}

TEST(DispatchRules, RutsAndDriftsAreDueByThemselvesInTheDefaults) {
  SnowCase snow;
  snow.now = at("2026-01-15T00:00+09:00");
  snow.rut_cm = 10;
  const Profile generic = shipped("generic");
  const ClassRule& rule = generic.rule(ClearingClass::class1);
  EXPECT_EQ(findDue(generic, rule, rule.trigger_cm, snow).cause, Cause::rut);
  snow.rut_cm = 9.9;
  snow.drift_cm = 20;
  EXPECT_EQ(findDue(generic, rule, rule.trigger_cm, snow).cause, Cause::drift);
}

TEST(DispatchRules, TakaokaWaitsUntilMoreSnowIsForecast) {
  SnowCase snow = twelveCentimetres("2026-01-15T00:00+09:00", "2026-01-14T23:00+09:00");
  EXPECT_EQ(stateOf(shipped("takaoka"), ClearingClass::class1, snow).tier, Tier::watch);
  EXPECT_TRUE(findDue(shipped("takaoka"), shipped("takaoka").rule(ClearingClass::class1), 10, snow).no_more_snow);
  snow.forecast_cm = 3;
  EXPECT_EQ(stateOf(shipped("takaoka"), ClearingClass::class1, snow).tier, Tier::dispatch);
  snow.forecast_cm.reset();
  EXPECT_TRUE(findDue(shipped("takaoka"), shipped("takaoka").rule(ClearingClass::class1), 10, snow).more_snow_unknown);
}

TEST(Trigger, NiigatasTrafficBoundIsHalfOpen) {
  const Profile niigata = shipped("niigata");
  EXPECT_DOUBLE_EQ(triggerFor(niigata, ClearingClass::class3, 19999).cm, 10);
  EXPECT_DOUBLE_EQ(triggerFor(niigata, ClearingClass::class3, 20000).cm, 5);
  EXPECT_TRUE(triggerFor(niigata, ClearingClass::class3, std::nullopt).traffic_missing);
}

TEST(Windows, OjiyaSendsNobodyBetweenFiveInTheEveningAndFour) {
  const Profile ojiya = shipped("ojiya");
  EXPECT_EQ(forbiddenUntil(ojiya.no_work, at("2026-01-14T20:00+09:00")), at("2026-01-15T04:00+09:00"));
  EXPECT_EQ(forbiddenUntil(ojiya.no_work, at("2026-01-15T03:59+09:00")), at("2026-01-15T04:00+09:00"));
  EXPECT_FALSE(forbiddenUntil(ojiya.no_work, at("2026-01-15T04:00+09:00")));
  EXPECT_EQ(nextFinish(ojiya.windows, at("2026-01-15T04:00+09:00")), at("2026-01-15T07:30+09:00"));
}

TEST(Windows, FinishTimesRepeatDailyAndAreHalfOpen) {
  const std::vector<WorkWindow> windows{{{120}, {420}}};
  EXPECT_EQ(nextFinish(windows, at("2026-01-15T07:00+09:00")), at("2026-01-16T07:00+09:00"));
  EXPECT_EQ(lastFinish(windows, at("2026-01-15T07:00+09:00")), at("2026-01-14T07:00+09:00"));
  EXPECT_EQ(lastFinish(windows, at("2026-01-15T07:01+09:00")), at("2026-01-15T07:00+09:00"));
}

TEST(Windows, TheFifteenthOfJanuary2026IsAThursdayAndTheSeventeenthASaturday) {
  EXPECT_TRUE(isWeekday(at("2026-01-15T07:00+09:00")));
  EXPECT_TRUE(isWeekday(at("2026-01-16T23:59+09:00")));
  EXPECT_FALSE(isWeekday(at("2026-01-17T00:00+09:00")));
  EXPECT_FALSE(isWeekday(at("2026-01-18T12:00+09:00")));
}

TEST(Routes, AKilometreOfTwoLanesIsThreePassesOfABlade) {
  // 6 m ÷ 2.8 m → 3 passes; 1 km × 3 ÷ 20 km/h = 0.15 h; a fifth more between segments.
  const Profile generic = shipped("generic");
  EXPECT_NEAR(workHours(generic, generic.rule(ClearingClass::class1), 1000, 7), 0.18, 1e-12);
  EXPECT_NEAR(workHours(generic, generic.rule(ClearingClass::class1), 1000, 2.5), 0.06, 1e-12);
}

TEST(Routes, SegmentsOfOneDistrictAndClassAreOneRoute) {
  RouteHours routes;
  routes.add("第1工区", 1, 2);
  routes.add("第1工区", 1, 3);
  routes.add("第1工区", 3, 1);
  routes.add("", 1, 9);
  EXPECT_DOUBLE_EQ(routes.of("第1工区", 1, 2), 5);
  EXPECT_DOUBLE_EQ(routes.of("第1工区", 3, 1), 1);
  EXPECT_DOUBLE_EQ(routes.of("", 1, 0.5), 0.5);
}

TEST(FailedPipe, RaisesByOneTierAndLeavesAHold) {
  EXPECT_EQ(oneTierUp(Tier::none), Tier::watch);
  EXPECT_EQ(oneTierUp(Tier::watch), Tier::dispatch);
  EXPECT_EQ(oneTierUp(Tier::dispatch), Tier::overdue);
  EXPECT_EQ(oneTierUp(Tier::overdue), Tier::overdue);
  EXPECT_EQ(oneTierUp(Tier::hold), Tier::hold);
}

}  // namespace
}  // namespace hashimichi::assess::snow
