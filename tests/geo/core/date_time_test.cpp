#include "geo/core/date_time.h"

#include <gtest/gtest.h>

namespace hashimichi {
namespace {

TEST(JapaneseDate, ErasBecomeYearsOfTheGregorianCalendar) {
  EXPECT_EQ(parseJapaneseDate("昭和58年10月5日"), (Date{1983, 10, 5}));
  EXPECT_EQ(parseJapaneseDate("昭58.10.5"), (Date{1983, 10, 5}));
  EXPECT_EQ(parseJapaneseDate("Ｈ３１．４．３０"), (Date{2019, 4, 30}));
  EXPECT_EQ(parseJapaneseDate("令和元年5月"), (Date{2019, 5, 0}));
  EXPECT_EQ(parseJapaneseDate("R元.10.5"), (Date{2019, 10, 5}));
  EXPECT_EQ(parseJapaneseDate("S45"), (Date{1970, 0, 0}));
}

TEST(JapaneseDate, PlainYearsAndIsoDatesAreRead) {
  EXPECT_EQ(parseJapaneseDate("1968"), (Date{1968, 0, 0}));
  EXPECT_EQ(parseJapaneseDate("2019/3/1"), (Date{2019, 3, 1}));
  EXPECT_EQ(parseJapaneseDate("20190301"), (Date{2019, 3, 1}));
}

TEST(JapaneseDate, SentinelsAndImpossibleDaysAreUnknown) {
  EXPECT_FALSE(parseJapaneseDate("0001"));
  EXPECT_FALSE(parseJapaneseDate("2019/2/29"));
  EXPECT_FALSE(parseJapaneseDate("平成0年"));
  EXPECT_FALSE(parseJapaneseDate("不明"));
  EXPECT_FALSE(parseJapaneseDate(""));
}

TEST(FiscalYear, JanuaryBelongsToTheYearBefore) {
  EXPECT_EQ(fiscalYear({2024, 1, 15}), 2023);
  EXPECT_EQ(fiscalYear({2024, 4, 1}), 2024);
  EXPECT_EQ(fiscalYear({2024, 0, 0}), 2024);
}

TEST(Instant, ZonesAreHonouredAndJapanIsTheDefault) {
  // 2026-01-15T04:00+09:00 is 2026-01-14T19:00Z = 1768417200 s (date -d).
  EXPECT_EQ(parseInstant("2026-01-15T04:00+09:00")->unix_s, 1768417200);
  EXPECT_EQ(parseInstant("2026-01-14T19:00:00Z")->unix_s, 1768417200);
  EXPECT_EQ(parseInstant("2026/1/15 4:00")->unix_s, 1768417200);
  EXPECT_EQ(formatInstant({1768417200}), "2026-01-15T04:00+09:00");
  EXPECT_EQ(formatJst({1768417200}), "2026-01-15 04:00 JST");
}

TEST(Instant, WhatIsNoMomentIsRefused) {
  EXPECT_FALSE(parseInstant("2026-02-30T00:00Z"));
  EXPECT_FALSE(parseInstant("2026-01-15T25:00Z"));
  EXPECT_FALSE(parseInstant("yesterday"));
}

}  // namespace
}  // namespace hashimichi
