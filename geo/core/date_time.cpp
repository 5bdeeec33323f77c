#include "geo/core/date_time.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <vector>

#include "geo/core/text.h"

namespace hashimichi {
namespace {

/// Days since 1970-01-01 of a Gregorian day; the calendar repeats every 400 years of 146,097 days.
std::int64_t daysFromCivil(int year, int month, int day) {
  const std::int64_t shifted = year - (month <= 2 ? 1 : 0);
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  const auto year_of_era = static_cast<unsigned>(shifted - era * 400);
  const unsigned day_of_year =
      (153 * static_cast<unsigned>(month + (month > 2 ? -3 : 9)) + 2) / 5 + static_cast<unsigned>(day) - 1;
  const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + static_cast<std::int64_t>(day_of_era) - 719468;
}

Date civilFromDays(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const auto day_of_era = static_cast<unsigned>(days - era * 146097);
  const unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted_month = (5 * day_of_year + 2) / 153;
  const int day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  const int month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  return {static_cast<int>(static_cast<std::int64_t>(year_of_era) + era * 400) + (month <= 2 ? 1 : 0), month, day};
}

int daysInMonth(int year, int month) {
  static constexpr std::array<int, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : lengths[static_cast<std::size_t>(month - 1)];
}

bool isDay(const Date& date) {
  return date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= daysInMonth(date.year, date.month);
}

/// The numbers in a text, in order, with the character that follows each ('\0' at the end).
struct Number {
  int value;
  std::size_t digits;
};
std::vector<Number> numbersIn(std::string_view text) {
  std::vector<Number> numbers;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] < '0' || text[i] > '9') {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
    int value = 0;
    if (std::from_chars(text.data() + i, text.data() + end, value).ec != std::errc{}) return {};
    numbers.push_back({value, end - i});
    i = end;
  }
  return numbers;
}

struct Era {
  std::string_view kanji, short_kanji;
  char letter;
  int first_year;
};
constexpr std::array<Era, 5> eras{{{"令和", "令", 'R', 2019},
                                   {"平成", "平", 'H', 1989},
                                   {"昭和", "昭", 'S', 1926},
                                   {"大正", "大", 'T', 1912},
                                   {"明治", "明", 'M', 1868}}};

const Era* eraOf(std::string_view text) {
  for (const Era& era : eras) {
    if (text.starts_with(era.kanji) || text.starts_with(era.short_kanji)) return &era;
    const char first = text.empty() ? '\0' : text.front();
    if (first == era.letter || first == era.letter + ('a' - 'A')) return &era;
  }
  return nullptr;
}

/// Offset of "+09:00", "+0900", "Z"; nothing when malformed.
std::optional<int> parseOffset(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() < 3 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const std::vector<Number> parts = numbersIn(text.substr(1));
  int seconds = 0;
  if (parts.size() == 1 && parts[0].digits == 4)
    seconds = parts[0].value / 100 * 3600 + parts[0].value % 100 * 60;
  else if (parts.size() == 1 && parts[0].digits == 2)
    seconds = parts[0].value * 3600;
  else if (parts.size() == 2)
    seconds = parts[0].value * 3600 + parts[1].value * 60;
  else
    return std::nullopt;
  if (seconds > 14 * 3600) return std::nullopt;
  return text[0] == '-' ? -seconds : seconds;
}

}  // namespace

int fiscalYear(Date date) {
  return date.month >= 1 && date.month <= 3 ? date.year - 1 : date.year;
}

ClockTime toClock(Instant instant, int offset_s) {
  const std::int64_t local = instant.unix_s + offset_s;
  std::int64_t days = local / 86400;
  std::int64_t rest = local % 86400;
  if (rest < 0) {
    rest += 86400;
    --days;
  }
  return {civilFromDays(days), static_cast<int>(rest / 3600), static_cast<int>(rest % 3600 / 60),
          static_cast<int>(rest % 60)};
}

Instant fromClock(const ClockTime& clock, int offset_s) {
  return {daysFromCivil(clock.date.year, clock.date.month, clock.date.day) * 86400 + clock.hour * 3600 +
          clock.minute * 60 + clock.second - offset_s};
}

std::optional<Instant> parseInstant(std::string_view raw) {
  const std::string normal = normalizeWidth(trim(raw));
  std::string_view text = normal;
  int offset_s = jst_offset_s;
  const std::size_t time_at = text.find(':');
  if (time_at != std::string_view::npos) {
    const std::size_t zone_at = text.find_first_of("+-Zz", time_at);
    if (zone_at != std::string_view::npos) {
      const std::optional<int> parsed = parseOffset(trim(text.substr(zone_at)));
      if (!parsed) return std::nullopt;
      offset_s = *parsed;
      text = text.substr(0, zone_at);
    }
  }
  const std::vector<Number> n = numbersIn(text);
  if (n.size() < 3 || n.size() == 4 || n.size() > 7 || n[0].digits != 4) return std::nullopt;
  ClockTime clock{{n[0].value, n[1].value, n[2].value}};
  if (n.size() >= 5) clock.hour = n[3].value, clock.minute = n[4].value;
  if (n.size() >= 6) clock.second = n[5].value;
  if (!isDay(clock.date) || clock.hour > 24 || clock.minute > 59 || clock.second > 60) return std::nullopt;
  return fromClock(clock, offset_s);
}

std::string formatInstant(Instant instant, int offset_s) {
  const ClockTime c = toClock(instant, offset_s);
  std::string text =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}", c.date.year, c.date.month, c.date.day, c.hour, c.minute);
  if (c.second != 0) text += fmt::format(":{:02}", c.second);
  if (offset_s == 0) return text + "Z";
  const int minutes = (offset_s < 0 ? -offset_s : offset_s) / 60;
  return text + fmt::format("{}{:02}:{:02}", offset_s < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

std::string formatJst(Instant instant) {
  const ClockTime c = toClock(instant);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02} JST", c.date.year, c.date.month, c.date.day, c.hour, c.minute);
}

std::optional<Date> parseJapaneseDate(std::string_view utf8) {
  std::string text = normalizeWidth(trim(utf8));
  constexpr std::string_view first_year = "元";  // 令和元年, R元.10.5
  for (std::size_t at; (at = text.find(first_year)) != std::string::npos;) text.replace(at, first_year.size(), "1");
  std::vector<Number> n = numbersIn(text);
  if (n.empty()) return std::nullopt;
  Date date;
  if (const Era* era = eraOf(text)) {
    if (n[0].value < 1 || n[0].value > 99) return std::nullopt;
    date.year = era->first_year + n[0].value - 1;
  } else if (n.size() == 1 && n[0].digits == 8) {
    date = {n[0].value / 10000, n[0].value / 100 % 100, n[0].value % 100};
  } else if (n[0].digits == 4) {
    date.year = n[0].value;
  } else {
    return std::nullopt;
  }
  if (n.size() > 1) date.month = n[1].value;
  if (n.size() > 2) date.day = n[2].value;
  if (date.year < 1868 || date.year > 2200 || date.month > 12) return std::nullopt;
  if (date.day != 0 && !isDay(date)) return std::nullopt;
  return date;
}

std::string formatDate(Date date) {
  if (date.month == 0) return fmt::format("{:04}", date.year);
  if (date.day == 0) return fmt::format("{:04}-{:02}", date.year, date.month);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

}  // namespace hashimichi
