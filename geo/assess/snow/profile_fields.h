#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "geo/assess/snow/profile.h"

namespace hashimichi::assess::snow {

/// Internal to profile.cpp: one setting of a profile file, still as JSON, with where it came from.
struct Setting {
  nlohmann::json value;
  bool verified = false;
  std::string file;
};

/// Writes one setting into the profile.
/// @returns bad_input with the field and what was expected there
Status applySetting(Profile& profile, const std::string& field, const Setting& setting);

/// The first field that no file set, as bad_input; done when the profile is complete.
Status checkComplete(const Profile& profile, const std::string& file);

/// "class1" of "trigger_cm.class1"; the five class names in the order of Profile::rules.
const std::array<const char*, ruled_classes>& classNames();

}  // namespace hashimichi::assess::snow
