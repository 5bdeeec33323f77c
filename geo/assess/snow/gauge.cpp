#include "geo/assess/snow/gauge.h"

#include <algorithm>
#include <map>

#include "geo/assess/snow/accumulate.h"
#include "geo/sensors/quality_control.h"

namespace hashimichi::assess::snow {
namespace {

using sensors::Observation;
using sensors::Quantity;
using sensors::Series;

constexpr double lead_in_h = 24;  // before the span, so that its first value has something to be judged against
constexpr double rejected_limit = 1.0 / 3;  // a record with more rejected values than this is not trusted at all
constexpr double coverage_needed = 0.8;     // of the span, for sums of intervals
constexpr std::int64_t grid_s = 600;

/// The observed series of one station, by quantity; of two for the same quantity the one with the newer end.
using StationSeries = std::map<Quantity, const Series*>;

std::vector<StationSeries> byStation(const model::CityModel& model) {
  std::map<std::string_view, std::size_t> index;
  for (std::size_t i = 0; i < model.stations.size(); ++i) index.emplace(model.stations[i].id, i);
  std::vector<StationSeries> all(model.stations.size());
  for (const Series& series : model.series) {
    const auto found = index.find(series.station_id);
    if (series.isForecast() || series.values.empty() || found == index.end()) continue;
    const Series*& slot = all[found->second][series.quantity];
    if (!slot || slot->values.back().time < series.values.back().time) slot = &series;
  }
  return all;
}

/// A checked copy of the part of a series that a moment may know, with a day of lead-in before `from`, or before
/// `until` where the span begins after the newest observation.
Series checkedPart(const Series& series, Instant from, Instant until) {
  Series part;
  part.station_id = series.station_id;
  part.quantity = series.quantity;
  const auto earlier = [](const Observation& o, Instant t) { return o.time < t; };
  const auto later = [](Instant t, const Observation& o) { return t < o.time; };
  const Instant first = std::min(from, until).plusHours(-lead_in_h);
  const auto begin = std::lower_bound(series.values.begin(), series.values.end(), first, earlier);
  const auto end = std::upper_bound(begin, series.values.end(), until, later);
  part.values.assign(begin, end);
  sensors::checkQuality(part);
  return part;
}

bool measuresSnow(Quantity quantity) {
  return quantity == Quantity::snow_depth_cm || quantity == Quantity::new_snow_cm ||
         quantity == Quantity::precipitation_mm;
}

Instant newestSnowValue(const std::vector<StationSeries>& stations, Instant at, Instant none) {
  Instant newest = none;
  for (const StationSeries& station : stations)
    for (const auto& [quantity, series] : station) {
      if (!measuresSnow(quantity)) continue;
      const auto after = std::upper_bound(series->values.begin(), series->values.end(), at,
                                          [](Instant t, const Observation& o) { return t < o.time; });
      if (after != series->values.begin()) newest = std::max(newest, (after - 1)->time);
    }
  return newest;
}

std::string leftOutCode(const Observation& rejected) {
  return rejected.reason.starts_with("qc.") ? "snow.station_" + rejected.reason.substr(3) : "snow.station_flagged";
}

/// Why the record cannot be used, or nothing: rejected values, no recent value, a span that it did not see.
std::optional<LeftOut> faultOf(const Series& part, const Span& span, std::size_t station) {
  const double interval_h = sensors::intervalHours(part);
  const Observation* first = nullptr;
  const Observation* newest = nullptr;
  const Observation* rejected = nullptr;
  std::size_t in_span = 0, rejected_in_span = 0;
  for (const Observation& o : part.values) {
    const bool usable = sensors::isUsable(o.flag);
    if (usable && !first) first = &o;
    if (usable) newest = &o;
    if (!usable && o.flag != sensors::Flag::missing) rejected = &o;
    if (o.time <= span.from) continue;
    ++in_span;
    if (!usable && o.flag != sensors::Flag::missing) ++rejected_in_span;
  }
  const auto because = [&](std::string code, double value) { return LeftOut{station, std::move(code), value}; };
  if (rejected && static_cast<double>(rejected_in_span) > rejected_limit * static_cast<double>(in_span))
    return because(leftOutCode(*rejected), rejected->value);
  const double age_h = newest ? hoursBetween(newest->time, span.known_until) : 0;
  if (!newest || age_h > stale_intervals * interval_h) {
    if (rejected && (!newest || rejected->time > newest->time)) return because(leftOutCode(*rejected), rejected->value);
    return because("snow.station_stale", newest ? age_h : hoursBetween(span.from, span.known_until));
  }
  const double unseen_h = hoursBetween(span.from, first->time);
  if (unseen_h > stale_intervals * interval_h) return because("snow.station_gap", unseen_h);
  return std::nullopt;
}

bool coversSpan(const Series& part, const Span& span) {
  const double interval_h = sensors::intervalHours(part);
  const auto seen = std::count_if(part.values.begin(), part.values.end(), [&](const Observation& o) {
    return sensors::isUsable(o.flag) && o.time > span.from;
  });
  const double needed_h = coverage_needed * hoursBetween(span.from, span.known_until);
  return static_cast<double>(seen) * interval_h >= needed_h;
}

Gauge gaugeFrom(const Curve& curve, const Span& span, std::size_t station, GaugeMethod method, const Series& part) {
  Gauge gauge{station, method, {}, curve.points.front().time};
  for (const Observation& o : part.values)
    if (sensors::isUsable(o.flag)) gauge.newest = std::max(gauge.newest, o.time);
  const double before_cm = curve.at(span.from);
  const std::size_t steps = span.steps();
  gauge.rise_cm.reserve(steps);
  for (std::size_t step = 0; step < steps; ++step) gauge.rise_cm.push_back(curve.at(span.timeOf(step)) - before_cm);
  return gauge;
}

double valueNear(const std::optional<Series>& series, Instant time, double otherwise) {
  if (!series) return otherwise;
  const Observation* found = sensors::latestUsable(*series, time, stale_intervals * sensors::intervalHours(*series));
  return found ? found->value : otherwise;
}

/// Turns water into snow hour by hour; a value without a temperature counts as missing.
Series snowfallOf(const StationSeries& station, const Series& water, const Span& span, const Profile& profile) {
  const auto part = [&](Quantity quantity) -> std::optional<Series> {
    const auto found = station.find(quantity);
    if (found == station.end()) return std::nullopt;
    return checkedPart(*found->second, span.from, span.known_until);
  };
  const auto air = part(Quantity::air_temperature_c);
  const auto humidity = part(Quantity::relative_humidity_pct);
  constexpr double unknown = -1000;
  Series snow = water;
  for (Observation& o : snow.values) {
    const double air_c = valueNear(air, o.time, unknown);
    if (air_c == unknown)
      o.flag = sensors::Flag::missing;
    else
      o.value = snowOfPrecipitation_cm(o.value, air_c, valueNear(humidity, o.time, -1), profile.density);
  }
  return snow;
}

/// Reads one station by the best method it offers; puts it among the used or the left out.
void readStation(const StationSeries& station, std::size_t index, const Profile& profile, Gauges& out,
                 std::map<std::size_t, Series>& depth_records) {
  const Span& span = out.span;
  if (const auto depth = station.find(Quantity::snow_depth_cm); depth != station.end()) {
    Series part = checkedPart(*depth->second, span.from, span.known_until);
    if (auto fault = faultOf(part, span, index)) {
      out.left_out.push_back(std::move(*fault));
    } else {
      out.used.push_back(gaugeFrom(riseOfDepth(part), span, index, GaugeMethod::depth, part));
      depth_records.emplace(index, std::move(part));
    }
    return;
  }
  const bool has_new_snow = station.contains(Quantity::new_snow_cm);
  const auto found = station.find(has_new_snow ? Quantity::new_snow_cm : Quantity::precipitation_mm);
  if (found == station.end()) return;
  if (!has_new_snow && !station.contains(Quantity::air_temperature_c)) return;  // water alone may be rain
  Series part = checkedPart(*found->second, span.from, span.known_until);
  if (!has_new_snow) part = snowfallOf(station, part, span, profile);
  auto fault = faultOf(part, span, index);
  if (!fault && !coversSpan(part, span)) fault = LeftOut{index, "snow.station_gap", 0};
  if (fault) {
    out.left_out.push_back(std::move(*fault));
    return;
  }
  const Curve curve = sumOfIntervals(part, [](const Observation& o) { return o.value; });
  out.used.push_back(
      gaugeFrom(curve, span, index, has_new_snow ? GaugeMethod::new_snow : GaugeMethod::precipitation, part));
}

/// Rise of the last hours that stuckBesideRisingNeighbours looks at.
double recentRise(const Gauge& gauge, const Span& span) {
  const auto back = static_cast<std::int64_t>(sensors::stuck_hours * 3600) / grid_s;
  const std::int64_t end = std::max<std::int64_t>(0, (span.known_until.unix_s - span.from.unix_s) / grid_s);
  const auto last = std::min(static_cast<std::size_t>(end), gauge.rise_cm.size() - 1);
  const auto first = static_cast<std::size_t>(std::max<std::int64_t>(0, end - back));
  return gauge.rise_cm[last] - gauge.rise_cm[std::min(first, last)];
}

/// Median of the other gauges' recent rise; needs two of them, for one neighbour may be the wrong one.
double neighbourRise(const std::vector<Gauge>& gauges, std::size_t own, const Span& span) {
  std::vector<double> rises;
  for (std::size_t i = 0; i < gauges.size(); ++i)
    if (i != own) rises.push_back(recentRise(gauges[i], span));
  if (rises.size() < 2) return 0;
  const auto middle = rises.begin() + static_cast<std::ptrdiff_t>((rises.size() - 1) / 2);
  std::nth_element(rises.begin(), middle, rises.end());
  return *middle;
}

void leaveOutStuck(Gauges& gauges, const std::map<std::size_t, Series>& depth_records) {
  std::vector<bool> stuck(gauges.used.size(), false);
  for (std::size_t i = 0; i < gauges.used.size(); ++i) {
    const auto record = depth_records.find(gauges.used[i].station);
    if (record == depth_records.end()) continue;
    const double neighbour_rise_cm = neighbourRise(gauges.used, i, gauges.span);
    stuck[i] = sensors::stuckBesideRisingNeighbours(record->second, gauges.span.known_until, neighbour_rise_cm);
    if (stuck[i]) gauges.left_out.push_back({gauges.used[i].station, "snow.station_stuck", neighbour_rise_cm});
  }
  std::size_t i = 0;
  std::erase_if(gauges.used, [&](const Gauge&) { return stuck[i++]; });
}

}  // namespace

std::size_t Span::steps() const {
  return static_cast<std::size_t>((at.unix_s - from.unix_s + grid_s - 1) / grid_s) + 1;
}

Instant Span::timeOf(std::size_t step) const {
  return {std::min(at.unix_s, from.unix_s + static_cast<std::int64_t>(step) * grid_s)};
}

Gauges readGauges(const model::CityModel& model, const Profile& profile, Instant at) {
  Gauges gauges;
  const auto stations = byStation(model);
  gauges.span.at = at;
  gauges.span.from = lastFinish(profile.windows, at);
  const Instant none{std::numeric_limits<std::int64_t>::min() / 2};
  gauges.span.known_until = newestSnowValue(stations, at, none);
  if (gauges.span.known_until == none) return gauges;
  std::map<std::size_t, Series> depth_records;
  for (std::size_t i = 0; i < stations.size(); ++i) readStation(stations[i], i, profile, gauges, depth_records);
  leaveOutStuck(gauges, depth_records);
  std::sort(gauges.left_out.begin(), gauges.left_out.end(),
            [](const LeftOut& a, const LeftOut& b) { return a.station < b.station; });
  return gauges;
}

std::vector<Thermometer> readThermometers(const model::CityModel& model, Quantity quantity, Instant at) {
  std::vector<Thermometer> thermometers;
  const auto stations = byStation(model);
  for (std::size_t i = 0; i < stations.size(); ++i) {
    const auto found = stations[i].find(quantity);
    if (found == stations[i].end()) continue;
    const Series part = checkedPart(*found->second, at, at);
    const Observation* value = sensors::latestUsable(part, at, stale_intervals * sensors::intervalHours(part));
    if (value) thermometers.push_back({model.stations[i].position, value->value, model.stations[i].on_bridge});
  }
  return thermometers;
}

}  // namespace hashimichi::assess::snow
