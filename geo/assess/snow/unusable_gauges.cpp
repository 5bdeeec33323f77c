#include "geo/assess/assess.h"
#include "geo/assess/snow/gauge.h"

namespace hashimichi::assess {

std::vector<UnusableGauge> unusableGauges(const model::CityModel& model, const std::string& profile, Instant at) {
  // Only the span since the last pass is the profile's; an ageing view, which has none, looks through the generic one.
  Result<snow::Profile> loaded = snow::loadProfile(profile);
  if (!loaded) loaded = snow::loadProfile("generic");
  if (!loaded) return {};
  std::vector<UnusableGauge> gauges;
  for (const snow::LeftOut& left_out : snow::readGauges(model, *loaded, at).left_out) {
    const sensors::Station& station = model.stations[left_out.station];
    Reason reason;
    reason.code = left_out.code;
    reason.value = left_out.value;
    reason.text = station.name;
    gauges.push_back({station.id, reason});
  }
  return gauges;
}

}  // namespace hashimichi::assess
