#pragma once
#include <gtest/gtest.h>

#include <functional>

#include "geo/assess/assess.h"

namespace hashimichi::assess {

inline Instant at(const std::string& text) {
  return *parseInstant(text);
}

/// A handful of roads and gauges, written down in a test. Places are metres in a local frame, heights 0.
class SmallTown {
 public:
  /// A city road of class 1, 100 m long, 6 m wide, in no district; everything the score asks for is known and zero.
  model::RoadSegment& road(const std::string& id, Vec3d place = {}) {
    model::RoadSegment road;
    road.id = id;
    road.centreline = {place - Vec3d{50, 0, 0}, place + Vec3d{50, 0, 0}};
    road.length_m = 100;
    road.width_m = 6;
    road.clearing_class = model::ClearingClass::class1;
    road.administrator = model::RoadAdministrator::city;
    road.district = "第1工区";
    road.aadt = 1500;
    road.emergency_route = 0;
    road.bus_trips_per_day = 0;
    road.school_route = false;
    road.facility_access = 0;
    road.grade_percent = 0;
    model.roads.push_back(road);
    return model.roads.back();
  }

  void station(const std::string& id, Vec3d place = {}, bool on_bridge = false) {
    model.stations.push_back({id, "観測局" + id, "test", place, on_bridge});
  }

  /// Hourly values ending at `last`; NaN stands for a missing hour.
  void observe(const std::string& station, sensors::Quantity quantity, const std::string& last,
               const std::vector<double>& values) {
    sensors::Series series{station, quantity, std::nullopt, {}, "test"};
    for (std::size_t i = 0; i < values.size(); ++i)
      if (values[i] == values[i])
        series.values.push_back({at(last).plusHours(-static_cast<double>(values.size() - 1 - i)),
                                 values[i],
                                 sensors::Flag::not_checked,
                                 {}});
    model.series.push_back(series);
  }
  /// A gauge that lay still and then rose by `rise_cm`, evenly over the last `hours` before `last`.
  void gauge(const std::string& id, double rise_cm, const std::string& last, int hours = 8, Vec3d place = {}) {
    station(id, place);
    std::vector<double> depth(48, 40);
    for (int h = 0; h < hours; ++h)
      depth[depth.size() - static_cast<std::size_t>(hours - h)] = 40 + rise_cm * (h + 1) / hours;
    observe(id, sensors::Quantity::snow_depth_cm, last, depth);
  }

  /// Hourly forecast for the whole town, the first value for the hour that ends one hour after `issued`.
  void forecast(sensors::Quantity quantity, const std::string& issued, const std::vector<double>& values) {
    sensors::Series series{"", quantity, at(issued), {}, "test"};
    for (std::size_t i = 0; i < values.size(); ++i)
      series.values.push_back(
          {at(issued).plusHours(static_cast<double>(i + 1)), values[i], sensors::Flag::estimated, {}});
    model.series.push_back(series);
  }

  Ranking rank(const std::string& profile, const std::string& moment) const {
    auto ranking = rankSnow(model, profile, at(moment));
    EXPECT_TRUE(ranking.ok()) << (ranking.ok() ? "" : ranking.error().text());
    return ranking.ok() ? std::move(ranking).value() : Ranking{};
  }

  model::CityModel model;
};

inline const Reason* findReason(const Ranked& row, const std::string& code) {
  for (const Reason& reason : row.reasons)
    if (reason.code == code) return &reason;
  return nullptr;
}
inline bool lacks(const Ranked& row, const std::string& input) {
  return std::find(row.missing_inputs.begin(), row.missing_inputs.end(), input) != row.missing_inputs.end();
}

}  // namespace hashimichi::assess
