#include "app/widgets/say.h"

#include <fmt/format.h>

#include <cmath>

#include "app/i18n/text.h"

namespace hashimichi::app {

const char* say(const ViewModel& view, std::string_view key) {
  return tr(view.language, key).c_str();
}

std::string say(const ViewModel& view, std::string_view key, std::initializer_list<std::string> values) {
  std::string text = tr(view.language, key);
  std::size_t from = 0;
  for (const std::string& value : values) {
    const std::size_t gap = text.find("{}", from);
    if (gap == std::string::npos) break;
    text.replace(gap, 2, value);
    from = gap + value.size();
  }
  return text;
}

std::string number(double value, int decimals) {
  if (!std::isfinite(value)) return "–";
  std::string text = fmt::format("{:.{}f}", std::fabs(value), decimals);
  const std::size_t point = text.find('.');
  std::size_t at = point == std::string::npos ? text.size() : point;
  while (at > 3) text.insert(at -= 3, 1, ',');
  return value < 0 && text.find_first_not_of("0.,") != std::string::npos ? "−" + text : text;
}

std::string number(std::size_t value) {
  return number(static_cast<double>(value), 0);
}

std::string age(const ViewModel& view, double hours) {
  constexpr double hours_a_day = 24;
  if (hours >= 2 * hours_a_day) return say(view, "unit.days_ago", {number(hours / hours_a_day)});
  if (hours >= 1) return say(view, "unit.hours_ago", {number(hours)});
  if (hours * 60 < 1) return say(view, "unit.now");
  return say(view, "unit.minutes_ago", {number(hours * 60)});
}

}  // namespace hashimichi::app
