#include "geo/model/result_merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

namespace hashimichi::model {
namespace {

constexpr float nothing = std::numeric_limits<float>::quiet_NaN();

std::vector<Instant> unitedTimes(const ResultLayer& a, const ResultLayer& b) {
  std::vector<Instant> times;
  std::set_union(a.times.begin(), a.times.end(), b.times.begin(), b.times.end(), std::back_inserter(times));
  return times;
}

/// Where each of the layer's columns stands among `times`.
std::vector<std::size_t> columnsAmong(const ResultLayer& layer, const std::vector<Instant>& times) {
  if (layer.times.empty()) return {0};
  std::vector<std::size_t> columns;
  for (const Instant time : layer.times)
    columns.push_back(static_cast<std::size_t>(std::lower_bound(times.begin(), times.end(), time) - times.begin()));
  return columns;
}

/// Rows of a layer into a wider matrix; what is NaN leaves what is there.
void pour(const ResultLayer& from, const std::vector<std::size_t>& row_of, const std::vector<std::size_t>& column_of,
          std::size_t width, std::vector<float>& into) {
  for (std::size_t item = 0; item < from.items.size(); ++item)
    for (std::size_t column = 0; column < column_of.size(); ++column)
      if (const float value = from.at(item, column); !std::isnan(value))
        into[row_of[item] * width + column_of[column]] = value;
}

void replaceWords(ResultLayer& into, ResultLayer& more) {
  into.name = std::move(more.name), into.quantity = std::move(more.quantity), into.unit = std::move(more.unit);
  into.source = std::move(more.source);
  into.class_limits = std::move(more.class_limits), into.class_names = std::move(more.class_names);
}

/// 1, 2, 2.5 or 5 times a power of ten, so that at most `most` of them cover the span.
double roundStep(double span, int most) {
  const double power = std::pow(10.0, std::floor(std::log10(span / most)));
  for (const double digit : {1.0, 2.0, 2.5, 5.0})
    if (digit * power * most >= span) return digit * power;
  return 10 * power;
}

}  // namespace

bool mergeResult(ResultLayer& into, ResultLayer more) {
  if (into.times.empty() != more.times.empty()) {
    into = std::move(more);
    return true;
  }
  std::unordered_map<std::string_view, std::size_t> known;
  known.reserve(into.items.size());
  for (std::size_t i = 0; i < into.items.size(); ++i) known.emplace(into.items[i].id, i);
  std::vector<std::size_t> old_rows(into.items.size()), new_rows;
  for (std::size_t i = 0; i < old_rows.size(); ++i) old_rows[i] = i;
  std::size_t rows = into.items.size();
  for (const ResultLayer::Item& item : more.items) {
    const auto [found, is_new] = known.try_emplace(item.id, rows);
    if (is_new) ++rows;
    new_rows.push_back(found->second);
  }
  const std::vector<Instant> times = unitedTimes(into, more);
  const std::size_t width = std::max<std::size_t>(1, times.size());
  if (rows > 0 && width > result_value_limit / rows) return false;
  std::vector<float> values(rows * width, nothing);
  pour(into, old_rows, columnsAmong(into, times), width, values);
  pour(more, new_rows, columnsAmong(more, times), width, values);
  known.clear();  // its keys look into items that move now
  for (std::size_t i = 0; i < more.items.size(); ++i) {
    if (new_rows[i] >= into.items.size())
      into.items.push_back(std::move(more.items[i]));
    else if (into.items[new_rows[i]].geometry.empty())
      into.items[new_rows[i]].geometry = std::move(more.items[i].geometry);
  }
  into.times = times;
  into.values = std::move(values);
  replaceWords(into, more);
  return true;
}

std::size_t ResultClasses::classOf(float value) const {
  return static_cast<std::size_t>(std::upper_bound(limits.begin(), limits.end(), value) - limits.begin());
}

ResultClasses classesOf(const ResultLayer& layer) {
  ResultClasses classes{layer.class_limits, layer.class_names};
  if (classes.limits.empty()) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const float value : layer.values)
      if (std::isfinite(value)) low = std::min<double>(low, value), high = std::max<double>(high, value);
    constexpr int most_steps = 6;
    if (high > low) {
      const double step = roundStep(high - low, most_steps);
      for (double limit = (std::floor(low / step) + 1) * step; limit <= high && classes.limits.size() < most_steps;
           limit += step)
        classes.limits.push_back(limit);
    }
  }
  if (classes.names.size() == classes.limits.size() + 1) return classes;
  classes.names.clear();
  const auto word = [](double limit) { return fmt::format("{:.6g}", std::abs(limit) < 1e-12 ? 0.0 : limit); };
  if (classes.limits.empty()) {
    classes.names.push_back("–");
    return classes;
  }
  classes.names.push_back("< " + word(classes.limits.front()));
  for (std::size_t i = 0; i + 1 < classes.limits.size(); ++i)
    classes.names.push_back(word(classes.limits[i]) + "–" + word(classes.limits[i + 1]));
  classes.names.push_back("≥ " + word(classes.limits.back()));
  return classes;
}

}  // namespace hashimichi::model
