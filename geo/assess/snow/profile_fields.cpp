#include "geo/assess/snow/profile_fields.h"

#include <fmt/format.h>

#include <algorithm>

namespace hashimichi::assess::snow {
namespace {

using nlohmann::json;

Error wrong(const std::string& field, const Setting& setting, const std::string& expected) {
  return {ErrorCode::bad_input, setting.file + "#" + field, fmt::format("the value must be {}.", expected),
          "Correct the value in this profile; datasets/presets/snow/README.md lists all fields."};
}

/// What a number may be: refuses typing errors that would quietly change a whole town's dispatch.
struct Range {
  double low, high;
  const char* unit;
};

Status readNumber(double& out, const std::string& field, const Setting& setting, Range range) {
  const bool inside = setting.value.is_number() && setting.value.get<double>() >= range.low &&
                      setting.value.get<double>() <= range.high;
  if (!inside)
    return wrong(field, setting, fmt::format("a number from {} to {} {}", range.low, range.high, range.unit));
  out = setting.value.get<double>();
  return done();
}

Status readOptional(std::optional<double>& out, const std::string& field, const Setting& setting, Range range) {
  out.reset();
  if (setting.value.is_null()) return done();
  double number = 0;
  if (Status status = readNumber(number, field, setting, range); !status) return status;
  out = number;
  return done();
}

Status readFlag(bool& out, const std::string& field, const Setting& setting) {
  if (!setting.value.is_boolean()) return wrong(field, setting, "true or false");
  out = setting.value.get<bool>();
  return done();
}

std::string textOf(const json& value) {
  return value.is_string() ? value.get<std::string>() : std::string{};
}

std::optional<TimeOfDay> timeIn(const json& object, const char* key) {
  if (!object.is_object() || !object.contains(key)) return std::nullopt;
  return parseTimeOfDay(textOf(object[key]));
}

Status readWindows(Profile& profile, const Setting& setting) {
  profile.windows.clear();
  const char* expected = "a list of {\"start\": \"02:00\", \"finish\": \"07:00\"}";
  if (!setting.value.is_array() || setting.value.empty() || setting.value.size() > 24)
    return wrong("windows", setting, expected);
  for (const json& item : setting.value) {
    const auto start = timeIn(item, "start"), finish = timeIn(item, "finish");
    if (!start || !finish) return wrong("windows", setting, expected);
    profile.windows.push_back({*start, *finish});
  }
  return done();
}

Status readNoWork(Profile& profile, const Setting& setting) {
  profile.no_work.reset();
  if (setting.value.is_null()) return done();
  const auto from = timeIn(setting.value, "from"), until = timeIn(setting.value, "until");
  if (!from || !until) return wrong("no_work", setting, "null or {\"from\": \"17:00\", \"until\": \"04:00\"}");
  profile.no_work = NoWork{*from, *until};
  return done();
}

Status readLateOnset(Profile& profile, const Setting& setting) {
  profile.late_onset.reset();
  if (setting.value.is_null()) return done();
  profile.late_onset = parseTimeOfDay(textOf(setting.value));
  return profile.late_onset ? done() : Status(wrong("late_onset", setting, "null or a time such as \"02:00\""));
}

Status readTrafficTriggers(Profile& profile, const Setting& setting) {
  profile.traffic_triggers.clear();
  profile.traffic_triggers_verified = setting.verified;
  const char* expected = "a list of {\"min_aadt\": 20000, \"trigger_cm\": 5} that ends at min_aadt 0";
  if (!setting.value.is_array() || setting.value.size() > 20) return wrong("trigger_by_traffic", setting, expected);
  for (const json& item : setting.value) {
    if (!item.is_object() || !item.contains("min_aadt") || !item["min_aadt"].is_number() ||
        !item.contains("trigger_cm") || !item["trigger_cm"].is_number() || item["trigger_cm"].get<double>() < 0.5)
      return wrong("trigger_by_traffic", setting, expected);
    profile.traffic_triggers.push_back({item["min_aadt"].get<double>(), item["trigger_cm"].get<double>()});
  }
  std::sort(profile.traffic_triggers.begin(), profile.traffic_triggers.end(),
            [](const TrafficTrigger& a, const TrafficTrigger& b) { return a.min_aadt > b.min_aadt; });
  if (!profile.traffic_triggers.empty() && profile.traffic_triggers.back().min_aadt != 0)
    return wrong("trigger_by_traffic", setting, expected);
  return done();
}

Status readNeverHold(Profile& profile, const Setting& setting) {
  for (ClassRule& rule : profile.rules) rule.never_hold = false;
  const char* expected = "a list of class names (priority, class1, class2, class3, residential)";
  if (!setting.value.is_array()) return wrong("never_hold", setting, expected);
  for (const json& item : setting.value) {
    const auto& names = classNames();
    const auto found = std::find(names.begin(), names.end(), textOf(item));
    if (found == names.end()) return wrong("never_hold", setting, expected);
    profile.rules[static_cast<std::size_t>(found - names.begin())].never_hold = true;
  }
  return done();
}

Status readWords(Profile& profile, const std::string& field, const Setting& setting) {
  const std::string word = textOf(setting.value);
  if (field == "administrator") {
    if (word == "city") return profile.scope = Scope::city, done();
    if (word == "prefecture") return profile.scope = Scope::prefecture, done();
    if (word == "any") return profile.scope = Scope::any, done();
    return wrong(field, setting, "\"city\", \"prefecture\" or \"any\"");
  }
  if (field == "density") {
    if (word == "gottlib") return profile.density = DensityFormula::gottlib, done();
    if (word == "kazama") return profile.density = DensityFormula::kazama, done();
    return wrong(field, setting, "\"gottlib\" or \"kazama\"");
  }
  profile.unknown_class_as = model::clearingClassFrom(word);
  if (std::find(classNames().begin(), classNames().end(), word) == classNames().end())
    return wrong(field, setting, "a class name (priority, class1, class2, class3, residential)");
  return done();
}

constexpr Range depth_range{0.5, 200, "cm"};

Status applyClassSetting(ClassRule& rule, const std::string& name, const std::string& field, const Setting& setting) {
  if (name == "trigger_cm") {
    rule.trigger_verified = setting.verified;
    return readNumber(rule.trigger_cm, field, setting, depth_range);
  }
  if (name == "forecast_trigger_cm") return readOptional(rule.forecast_trigger_cm, field, setting, depth_range);
  if (name == "rut_needed_cm") return readOptional(rule.rut_needed_cm, field, setting, depth_range);
  if (name == "rut_trigger_cm") return readOptional(rule.rut_trigger_cm, field, setting, depth_range);
  if (name == "packed_trigger_cm") return readOptional(rule.packed_trigger_cm, field, setting, depth_range);
  if (name == "drift_trigger_cm") return readOptional(rule.drift_trigger_cm, field, setting, depth_range);
  if (name == "route.speed_kmh") return readNumber(rule.speed_kmh, field, setting, {0.5, 80, "km/h"});
  if (name == "route.target_width_m") return readNumber(rule.target_width_m, field, setting, {1, 40, "m"});
  if (name == "typical_aadt") return readNumber(rule.typical_aadt, field, setting, {0, 200000, "vehicles/day"});
  return wrong(field, setting, "a known field: there is no such field");
}

}  // namespace

const std::array<const char*, ruled_classes>& classNames() {
  static constexpr std::array<const char*, ruled_classes> names{"priority", "class1", "class2", "class3",
                                                                "residential"};
  return names;
}

Status applySetting(Profile& profile, const std::string& field, const Setting& setting) {
  if (field == "windows") return readWindows(profile, setting);
  if (field == "no_work") return readNoWork(profile, setting);
  if (field == "late_onset") return readLateOnset(profile, setting);
  if (field == "trigger_by_traffic") return readTrafficTriggers(profile, setting);
  if (field == "never_hold") return readNeverHold(profile, setting);
  if (field == "administrator" || field == "density" || field == "unknown_class")
    return readWords(profile, field, setting);
  if (field == "trigger_exclusive") return readFlag(profile.trigger_exclusive, field, setting);
  if (field == "use_forecast") return readFlag(profile.use_forecast, field, setting);
  if (field == "more_snow_must_be_forecast") return readFlag(profile.more_snow_must_be_forecast, field, setting);
  if (field == "hold.temperature_c") return readNumber(profile.hold_temperature_c, field, setting, {-10, 20, "°C"});
  if (field == "hold.hours") return readNumber(profile.hold_hours, field, setting, {0.5, 48, "h"});
  if (field == "hold.horizon_h") return readNumber(profile.hold_horizon_h, field, setting, {0.5, 72, "h"});
  if (field == "deck_icing_c") return readNumber(profile.deck_icing_c, field, setting, {0.1, 10, "°C"});
  if (field == "route.blade_width_m") return readNumber(profile.blade_width_m, field, setting, {0.5, 10, "m"});
  if (field == "route.transit_share") return readNumber(profile.transit_share, field, setting, {0, 5, "of the work"});
  const std::size_t dot = field.rfind('.');
  if (dot != std::string::npos) {
    const auto& names = classNames();
    const auto found = std::find(names.begin(), names.end(), field.substr(dot + 1));
    if (found != names.end())
      return applyClassSetting(profile.rules[static_cast<std::size_t>(found - names.begin())], field.substr(0, dot),
                               field, setting);
  }
  return wrong(field, setting, "a known field: there is no such field");
}

Status checkComplete(const Profile& profile, const std::string& file) {
  const auto lacks = [&](const std::string& field) -> Status {
    return Error{ErrorCode::bad_input, file, fmt::format("the field \"{}\" is missing.", field),
                 "Add it, or let the profile extend a shipped one: \"extends\": \"generic\"."};
  };
  for (std::size_t i = 0; i < ruled_classes; ++i) {
    const ClassRule& rule = profile.rules[i];
    if (rule.trigger_cm <= 0) return lacks(std::string("trigger_cm.") + classNames()[i]);
    if (rule.speed_kmh <= 0) return lacks(std::string("route.speed_kmh.") + classNames()[i]);
    if (rule.target_width_m <= 0) return lacks(std::string("route.target_width_m.") + classNames()[i]);
  }
  if (profile.windows.empty()) return lacks("windows");
  if (profile.hold_hours <= 0) return lacks("hold.hours");
  if (profile.hold_horizon_h <= 0) return lacks("hold.horizon_h");
  if (profile.deck_icing_c <= 0) return lacks("deck_icing_c");
  if (profile.blade_width_m <= 0) return lacks("route.blade_width_m");
  return done();
}

}  // namespace hashimichi::assess::snow
