#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "geo/assess/ranking.h"
#include "geo/assess/snow/what_if.h"
#include "geo/core/result.h"
#include "geo/model/city_model.h"

namespace hashimichi::assess {

/// The profiles that ship (datasets/presets/snow/*.json), by id, with where they come from.
struct ProfileInfo {
  std::string id, name_ja, name_en, source;
  bool verified = false;  ///< false: shown as a default, not as official (DOMAIN [K]/[C])
};
std::vector<ProfileInfo> snowProfiles();

/// Snow-removal priority of every road segment at a moment (DOMAIN A.3 rules first, C.2 score second).
/// Pure: no clock, no files beyond the profile, no globals.
/// @param profile  id of a shipped profile ("hakodate", "generic") or a path to a JSON file of the same shape
/// @returns not_found / bad_input for the profile, with the field and the reason
/// @param what_if  another night than the measured one; the ranking's method text then says so first
Result<Ranking> rankSnow(const model::CityModel& model, const std::string& profile, Instant at,
                         const snow::WhatIf& what_if = {});

/// A gauge that a snow ranking leaves out, and why: shown as such wherever it stands, never as a plain value.
struct UnusableGauge {
  std::string station_id;
  Reason reason;
};
/// An unknown profile counts as "generic".
std::vector<UnusableGauge> unusableGauges(const model::CityModel& model, const std::string& profile, Instant at);

/// Ageing priority of every bridge at a moment (DOMAIN D.2).
Result<Ranking> rankAgeing(const model::CityModel& model, Instant at);

}  // namespace hashimichi::assess
