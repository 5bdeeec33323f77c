#include "render/attribute_colours.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <optional>

#include "render/cividis.h"

namespace hashimichi::render {
namespace {

/// Quiet, and apart from each other for every kind of colour vision (Tol's "light" scheme, a little darker), none of
/// them a rank's.
constexpr std::array<exporting::Rgb, 12> quiet{{{119, 160, 206},
                                                {214, 190, 120},
                                                {204, 150, 150},
                                                {136, 178, 160},
                                                {178, 168, 204},
                                                {180, 196, 128},
                                                {218, 170, 130},
                                                {130, 190, 200},
                                                {196, 160, 186},
                                                {160, 158, 132},
                                                {152, 164, 184},
                                                {206, 204, 176}}};
constexpr exporting::Rgb rest_colour{196, 198, 200};
constexpr std::size_t number_steps = 6, most_values = 5'000;
constexpr double categories_hold = 0.9;
const std::string height_key = "measured_height", year_key = "year_built";

/// What one building says; empty text: unknown.
struct Value {
  std::string text;
  std::optional<double> number;
};

std::optional<double> numberFrom(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

/// PLATEAU writes −9999 and 0001 for what is not known.
bool isSentinel(const std::string& value) {
  return value.empty() || value == "-9999" || value == "-9999.0" || value == "9999" || value == "0001" ||
         value == "0001-01-01";
}

Value valueOf(const model::Building& building, const std::string& key) {
  const auto numeric = [](const auto& number) {
    return number ? Value{fmt::format("{:g}", static_cast<double>(*number)), static_cast<double>(*number)} : Value{};
  };
  if (key == height_key) return numeric(building.measured_height_m);
  if (key == year_key) return numeric(building.year_built);
  const model::Attribute* attribute = model::find(building.attributes, key);
  if (!attribute || isSentinel(attribute->value)) return {};
  const std::string label(attribute->label.view());
  if (attribute->type == model::ValueType::number) return {attribute->value, numberFrom(attribute->value)};
  return {label.empty() ? attribute->value : label, std::nullopt};
}

std::string shortName(const std::string& key) {
  const auto from = key.find_last_of(":/");
  return from == std::string::npos ? key : key.substr(from + 1);
}

/// What is known of one attribute while the buildings are counted.
struct Tally {
  std::size_t known = 0, numbers = 0, order = 0;
  std::map<std::string, std::size_t> values;  ///< no more than most_values + 1 of them
  std::string unit;

  void add(const Value& value) {
    if (value.text.empty()) return;
    ++known;
    numbers += value.number.has_value();
    if (values.size() <= most_values || values.contains(value.text)) ++values[value.text];
  }
  bool number() const { return known > 0 && numbers == known; }
  bool useful() const {
    if (known < 2 || values.size() < 2) return false;
    if (number()) return true;
    if (values.size() * 2 > known) return false;  // a name for every building tells none apart
    std::vector<std::size_t> counts;
    for (const auto& [text, count] : values) counts.push_back(count);
    std::ranges::sort(counts, std::greater());
    std::size_t held = 0;
    for (std::size_t i = 0; i < std::min(counts.size(), quiet.size()); ++i) held += counts[i];
    return static_cast<double>(held) >= categories_hold * static_cast<double>(known);
  }
};

std::map<std::string, Tally> tallies(const model::CityModel& model) {
  std::map<std::string, Tally> found;
  for (const model::Building& building : model.buildings) {
    for (const std::string& key : {height_key, year_key}) found[key].add(valueOf(building, key));
    for (const model::Attribute& attribute : building.attributes) {
      if (attribute.group != 0) continue;  // of an element that a building may have several of
      Tally& tally = found[std::string(attribute.name.view())];
      if (tally.unit.empty()) tally.unit = std::string(attribute.unit.view());
      tally.add(valueOf(building, std::string(attribute.name.view())));
    }
  }
  if (const auto height = found.find(height_key); height != found.end()) height->second.unit = "m";
  return found;
}

exporting::Rgb stepColour(std::size_t step, std::size_t steps) {
  const auto c = cividisAt(steps < 2 ? 0.5 : static_cast<double>(step) / static_cast<double>(steps - 1));
  const auto byte = [](double value) { return static_cast<std::uint8_t>(std::lround(value)); };
  return {byte(c[0]), byte(c[1]), byte(c[2])};
}

using Entries = std::vector<AttributeLegend::Entry>;

/// Bounds between the steps: equal shares of the buildings; fewer where many buildings have the same number.
std::vector<double> stepBounds(std::vector<double> numbers) {
  std::ranges::sort(numbers);
  std::vector<double> bounds{numbers.front()};
  for (std::size_t step = 1; step < number_steps; ++step) {
    const double bound = numbers[numbers.size() * step / number_steps];
    if (bound > bounds.back()) bounds.push_back(bound);
  }
  bounds.push_back(numbers.back());
  return bounds;
}

std::string rangeText(double from, double to) {
  return from == to ? fmt::format("{:g}", from) : fmt::format("{:g} – {:g}", from, to);
}

void byNumber(const std::vector<Value>& values, AttributeLegend& legend) {
  std::vector<double> numbers;
  for (const Value& value : values)
    if (value.number) numbers.push_back(*value.number);
  const std::vector<double> bounds = stepBounds(numbers);
  const std::size_t steps = bounds.size() - 1;
  for (std::size_t step = 0; step < steps; ++step)
    legend.entries.push_back({stepColour(step, steps), rangeText(bounds[step], bounds[step + 1])});
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i].number) continue;
    const auto above = std::upper_bound(bounds.begin() + 1, bounds.end() - 1, *values[i].number);
    legend.of_building[i] = static_cast<std::uint8_t>(above - bounds.begin() - 1);
  }
}

void byCategory(const std::vector<Value>& values, AttributeLegend& legend) {
  std::map<std::string, std::size_t> counts;
  for (const Value& value : values)
    if (!value.text.empty()) ++counts[value.text];
  std::vector<std::pair<std::string, std::size_t>> order(counts.begin(), counts.end());
  std::ranges::stable_sort(order, [](const auto& a, const auto& b) { return a.second > b.second; });
  std::map<std::string, std::uint8_t> entry_of;
  for (std::size_t i = 0; i < std::min(order.size(), quiet.size()); ++i) {
    entry_of[order[i].first] = static_cast<std::uint8_t>(i);
    legend.entries.push_back({quiet[i], order[i].first});
  }
  const auto rest = static_cast<std::uint8_t>(legend.entries.size());
  if (order.size() > quiet.size()) legend.entries.push_back({.colour = rest_colour, .text = {}, .rest = true});
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i].text.empty()) continue;
    const auto found = entry_of.find(values[i].text);
    legend.of_building[i] = found == entry_of.end() ? rest : found->second;
  }
}

}  // namespace

std::vector<AttributeChoice> attributeChoices(const model::CityModel& model) {
  std::vector<AttributeChoice> choices;
  for (const auto& [key, tally] : tallies(model))
    if (tally.useful()) choices.push_back({key, shortName(key), tally.unit, tally.number(), tally.known});
  std::ranges::stable_sort(choices, [](const auto& a, const auto& b) { return a.known > b.known; });
  return choices;
}

AttributeLegend attributeLegend(const model::CityModel& model, const std::string& key) {
  AttributeLegend legend;
  std::vector<Value> values;
  std::size_t known = 0, numbers = 0;
  for (const model::Building& building : model.buildings) {
    values.push_back(valueOf(building, key));
    known += !values.back().text.empty();
    numbers += values.back().number.has_value();
    if (const model::Attribute* own = model::find(building.attributes, key); own && legend.unit.empty())
      legend.unit = std::string(own->unit.view());
  }
  if (key == height_key) legend.unit = "m";
  if (known == 0) return {};
  constexpr std::uint8_t unknown = std::numeric_limits<std::uint8_t>::max();
  legend.of_building.assign(values.size(), unknown);
  numbers == known ? byNumber(values, legend) : byCategory(values, legend);
  const auto last = static_cast<std::uint8_t>(legend.entries.size());
  if (known < values.size()) legend.entries.push_back({.colour = exporting::no_data, .text = {}, .hatched = true});
  for (std::uint8_t& entry : legend.of_building) {
    if (entry == unknown) entry = last;
    ++legend.entries[entry].buildings;
  }
  return legend;
}

}  // namespace hashimichi::render
