#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hashimichi {

/// A moment, in whole seconds since 1970-01-01T00:00:00Z. Shown to people with its zone, Japan's (+09:00) by default.
struct Instant {
  std::int64_t unix_s = 0;
  auto operator<=>(const Instant&) const = default;
  Instant plusHours(double hours) const { return {unix_s + static_cast<std::int64_t>(hours * 3600.0)}; }
};

inline double hoursBetween(Instant from, Instant to) {
  return static_cast<double>(to.unix_s - from.unix_s) / 3600.0;
}

inline constexpr int jst_offset_s = 9 * 3600;

/// A day of the proleptic Gregorian calendar. Month and day may be 0 where a source gives only the year.
struct Date {
  int year = 0;
  int month = 0;
  int day = 0;
  auto operator<=>(const Date&) const = default;
};

/// Japan's fiscal year begins in April: January 2024 belongs to FY2023. A date without month counts as its own year.
int fiscalYear(Date date);

/// Wall-clock time in a fixed offset; used for windows such as "finish by 07:00".
struct ClockTime {
  Date date;
  int hour = 0, minute = 0, second = 0;
};
ClockTime toClock(Instant instant, int offset_s = jst_offset_s);
Instant fromClock(const ClockTime& clock, int offset_s = jst_offset_s);

/// ISO 8601 with zone ("2026-01-15T04:00+09:00", "…Z"); "2026-01-15 04:00" and "2026/1/15 4:00" without a zone are
/// taken as Japan time. Nothing when it is none of these or no such day or hour exists.
std::optional<Instant> parseInstant(std::string_view text);

/// "2026-01-15T04:00+09:00"; seconds only when not zero.
std::string formatInstant(Instant instant, int offset_s = jst_offset_s);
/// "2026-01-15 04:00 JST" for people.
std::string formatJst(Instant instant);

/// A day as Japanese records write it: 昭和58年10月5日, S58.10.5, 昭58.10.5, 令和元年, 平成元年4月, 2019年3月,
/// 2019-03-01, 2019/3/1, 1968, 20190301; full-width digits included. Nothing when it cannot be a day between 1868 and
/// 2200 (so PLATEAU's 0001 is "unknown").
std::optional<Date> parseJapaneseDate(std::string_view utf8);

/// "2019-03-01", "2019-03", "2019".
std::string formatDate(Date date);

}  // namespace hashimichi
