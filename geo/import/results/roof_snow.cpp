#include "geo/import/results/roof_snow.h"

#include <string>

namespace hashimichi::import {
namespace {

constexpr std::size_t stamp_digits = 12;  // YYYYMMDDHHMM
constexpr int first_year = 1990, last_year = 2200;

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

int numberIn(std::string_view digits) {
  int value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

std::optional<Instant> momentFrom(std::string_view stamp) {
  const ClockTime clock{{numberIn(stamp.substr(0, 4)), numberIn(stamp.substr(4, 2)), numberIn(stamp.substr(6, 2))},
                        numberIn(stamp.substr(8, 2)),
                        numberIn(stamp.substr(10, 2)),
                        0};
  if (clock.date.year < first_year || clock.date.year > last_year) return std::nullopt;
  if (clock.hour > 23 || clock.minute > 59) return std::nullopt;
  const Instant moment = fromClock(clock);
  // A day that there is not (31 February) comes back as another.
  return toClock(moment).date == clock.date ? std::optional(moment) : std::nullopt;
}

struct Stamp {
  std::size_t at = 0;
  Instant time;
};

std::optional<Stamp> stampIn(std::string_view stem) {
  for (std::size_t at = 0; at + stamp_digits <= stem.size(); ++at) {
    std::size_t end = at;
    while (end < stem.size() && isDigit(stem[end])) ++end;
    if (end == at) continue;
    if (end - at == stamp_digits)
      if (const auto time = momentFrom(stem.substr(at, stamp_digits))) return Stamp{at, *time};
    at = end;
  }
  return std::nullopt;
}

}  // namespace

std::span<const RoofSnowQuantity> roofSnowQuantities() {
  static const std::array<RoofSnowQuantity, 3> quantities{
      {{"snow_removal_priority",
        "SnowRemovalPriority",
        "除雪優先度",
        "%",
        {0.1, 50, 75, 100, 125, 150},
        {"0 %", "< 50 %", "50–75 %", "75–100 %", "100–125 %", "125–150 %", "≥ 150 %"},
        {{{0, 191, 255}, 1},
         {{173, 255, 0}, 2},
         {{255, 215, 0}, 3},
         {{255, 140, 0}, 4},
         {{178, 34, 34}, 5},
         {{139, 0, 139}, 6}}},
       {"snow_load",
        "SnowLoad",
        "積雪重量",
        "kg/m2",
        {1, 200, 500, 1000, 2000},
        {"0 kg/m²", "1–199 kg/m²", "200–499 kg/m²", "500–999 kg/m²", "1000–1999 kg/m²", "≥ 2000 kg/m²"},
        {{{110, 185, 53}, 1}, {{244, 207, 0}, 2}, {{240, 140, 17}, 3}, {{199, 22, 30}, 4}, {{96, 29, 127}, 5}}},
       {"snow_depth",
        "SnowDepth",
        "積雪深",
        "m",
        {0.2, 0.5, 1, 1.5, 2},
        {"< 0.2 m", "0.2–0.5 m", "0.5–1.0 m", "1.0–1.5 m", "1.5–2.0 m", "≥ 2.0 m"},
        {{{173, 255, 0}, 1}, {{255, 215, 0}, 2}, {{255, 140, 0}, 3}, {{178, 34, 34}, 4}, {{139, 0, 139}, 5}}}}};
  return quantities;
}

model::ResultLayer roofSnowLayer(const RoofSnowQuantity& quantity, bool from_colours) {
  model::ResultLayer layer;
  layer.id = "roof-snow/" + std::string(quantity.column) + (from_colours ? "/class" : "");
  layer.name = quantity.name;
  layer.quantity = quantity.column;
  layer.class_names.assign(quantity.class_names.begin(), quantity.class_names.end());
  if (!from_colours) {
    layer.unit = quantity.unit;
    layer.class_limits = quantity.limits;
    return layer;
  }
  for (std::size_t i = 1; i <= quantity.limits.size(); ++i) layer.class_limits.push_back(static_cast<double>(i));
  return layer;
}

std::optional<Instant> timeInName(std::string_view utf8_stem) {
  const auto stamp = stampIn(utf8_stem);
  return stamp ? std::optional(stamp->time) : std::nullopt;
}

std::string nameWithoutTime(std::string_view utf8_stem) {
  std::string name(utf8_stem);
  if (const auto stamp = stampIn(utf8_stem)) name.erase(stamp->at, stamp_digits);
  const auto isJoint = [](char c) { return c == '_' || c == '-' || c == ' '; };
  while (!name.empty() && isJoint(name.front())) name.erase(0, 1);
  while (!name.empty() && isJoint(name.back())) name.pop_back();
  return name;
}

}  // namespace hashimichi::import
