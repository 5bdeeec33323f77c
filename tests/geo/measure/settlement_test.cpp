#include "geo/measure/settlement.h"

#include <gtest/gtest.h>

#include "tests/geo/measure/made_points.h"

namespace hashimichi::measure {
namespace {

SettlementWish twoSpans() {
  SettlementWish wish;
  wish.axis = {{0, 0, 0}, {0, 40, 0}};
  wish.pier_chainages_m = {20};
  return wish;
}

/// A deck with a grade, a crossfall and a camber.
double deck(double x, double y) {
  return 30 + 0.02 * x + 0.01 * y - 0.0004 * (y - 20) * (y - 20);
}

const DeckChange& at(const Settlement& s, BridgePlace place, int number = 0) {
  for (const DeckChange& c : s.places)
    if (c.place == place && c.number == number) return c;
  static const DeckChange none;
  return none;
}

TEST(MeasureSettlement, AnAbutmentOfTwelveAndASagOfEightMillimetresAreTold) {
  // The first abutment sinks 12 mm and takes its span along; the second span sags 8 mm in its middle.
  const auto moved = [](double x, double y) {
    const double abutment = -0.012 * std::max(0.0, 1 - y / 20), in = (y - 30) / 10;
    return deck(x, y) + abutment - 0.008 * std::max(0.0, 1 - in * in);
  };
  const auto before = tests::scattered(7, 40, 40, 0.006, 1, deck, {-3.5, 0, 0});
  const auto after = tests::scattered(7, 40, 90, 0.003, 2, moved, {-3.5, 0, 0});
  Problems problems;
  const auto s = deckSettlement(before.view(), after.view(), twoSpans(), problems);
  ASSERT_TRUE(s) << s.error().text();
  ASSERT_EQ(s->places.size(), 5u);
  const DeckChange start = at(*s, BridgePlace::abutment_start), pier = at(*s, BridgePlace::pier, 1),
                   end = at(*s, BridgePlace::abutment_end), middle = at(*s, BridgePlace::midspan, 2);
  EXPECT_NEAR(start.change_mm, -12, start.lod95_mm);
  EXPECT_LT(start.lod95_mm, 3);
  EXPECT_TRUE(start.significant);
  EXPECT_NEAR(middle.change_mm, -8, 1);
  EXPECT_TRUE(middle.significant);
  EXPECT_NEAR(end.change_mm, 0, 3);
  EXPECT_FALSE(end.significant);
  EXPECT_NEAR(pier.change_mm, 0, 1.5);
  ASSERT_EQ(s->sag_change_mm.size(), 2u);
  EXPECT_NEAR(*s->sag_change_mm[0], 0, 1.5);
  EXPECT_NEAR(*s->sag_change_mm[1], -8, 1.5);
  EXPECT_EQ(s->profile.size(), 11u);
}

TEST(MeasureSettlement, RailingsAndVehiclesOnTheDeckDoNotCount) {
  auto before = tests::scattered(7, 40, 60, 0.004, 3, deck, {-3.5, 0, 0});
  auto after = tests::scattered(7, 40, 60, 0.004, 4, deck, {-3.5, 0, 0});
  tests::append(
      after, tests::scattered(0.4, 40, 100, 0.2, 5, [](double x, double y) { return deck(x, y) + 0.6; }, {2.6, 0, 0}));
  tests::append(
      after, tests::scattered(1.8, 4.5, 60, 0.01, 6, [](double x, double y) { return deck(x, y) + 1.4; }, {-2, 18, 0}));
  Problems problems;
  const auto s = deckSettlement(before.view(), after.view(), twoSpans(), problems);
  ASSERT_TRUE(s);
  for (const DeckChange& c : s->profile) EXPECT_NEAR(c.change_mm, 0, 3) << c.chainage_m;
}

TEST(MeasureSettlement, RegistrationWidensWhatCannotBeTold) {
  const auto before = tests::scattered(7, 40, 60, 0.004, 7, deck, {-3.5, 0, 0});
  SettlementWish wish = twoSpans();
  wish.registration_mm = 5;
  Problems problems;
  const auto s = deckSettlement(before.view(), before.view(), wish, problems);
  ASSERT_TRUE(s);
  for (const DeckChange& c : s->places) {
    EXPECT_GT(c.lod95_mm, 1.96 * 5);
    EXPECT_FALSE(c.significant);
  }
}

TEST(MeasureSettlement, SurveysThatDoNotMeetAreRefusedAndHalfSeenDecksTold) {
  const auto before = tests::scattered(7, 40, 60, 0.004, 8, deck, {-3.5, 0, 0});
  const auto elsewhere = tests::scattered(7, 40, 60, 0.004, 9, deck, {5000, 0, 0});
  Problems problems;
  const auto none = deckSettlement(before.view(), elsewhere.view(), twoSpans(), problems);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::bad_input);
  const auto half = tests::scattered(7, 20, 60, 0.004, 10, deck, {-3.5, 0, 0});
  Problems told;
  const auto seen = deckSettlement(before.view(), half.view(), twoSpans(), told);
  ASSERT_TRUE(seen);
  EXPECT_EQ(told.count(ProblemKind::skipped, "measure.too_few_points"), 2u);  // second midspan, far abutment
  EXPECT_FALSE(deckSettlement(PointsView{}, PointsView{}, twoSpans(), told));
}

}  // namespace
}  // namespace hashimichi::measure
