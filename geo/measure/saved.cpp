#include "geo/measure/saved.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "geo/core/file.h"

namespace hashimichi::measure {
namespace {

using nlohmann::json;

constexpr std::array<const char*, 10> kind_names = {"distance",      "height",     "area",   "section", "clearance",
                                                    "road_sections", "settlement", "change", "snow",    "volume"};
/// What a person keeps by hand; a file with more is not one of ours.
constexpr std::size_t most_measurements = 100'000, most_points = 100'000;
constexpr std::uintmax_t largest_file_bytes = 64u << 20;

std::optional<SavedKind> kindFrom(const std::string& name) {
  for (std::size_t i = 0; i < kind_names.size(); ++i)
    if (name == kind_names[i]) return static_cast<SavedKind>(i);
  return std::nullopt;
}

json jsonOf(const SavedMeasurement& m) {
  json points = json::array();
  for (const Vec3d& p : m.points) points.push_back({p.x, p.y, p.z});
  json result = json::parse(m.result_json.empty() ? "{}" : m.result_json, nullptr, false);
  if (!result.is_object()) result = json::object();
  return {{"id", m.id},         {"name", m.name},   {"kind", toString(m.kind)},  {"points", points},
          {"clouds", m.clouds}, {"result", result}, {"at", formatInstant(m.at)}, {"unrefined", m.unrefined}};
}

std::optional<std::vector<Vec3d>> pointsFrom(const json& list) {
  if (!list.is_array() || list.size() > most_points) return std::nullopt;
  std::vector<Vec3d> points;
  for (const json& p : list) {
    if (!p.is_array() || p.size() != 3 || !p[0].is_number() || !p[1].is_number() || !p[2].is_number())
      return std::nullopt;
    points.push_back({p[0].get<double>(), p[1].get<double>(), p[2].get<double>()});
    if (!isFinite(points.back())) return std::nullopt;
  }
  return points;
}

std::string textOf(const json& entry, const char* key) {
  const auto found = entry.find(key);
  return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Nothing, and why, when the entry cannot be understood.
std::optional<SavedMeasurement> measurementFrom(const json& entry, std::string& why) {
  SavedMeasurement m;
  if (!entry.is_object()) return why = "it is no object", std::nullopt;
  m.id = textOf(entry, "id"), m.name = textOf(entry, "name");
  if (m.id.empty()) return why = "it has no id", std::nullopt;
  const auto kind = kindFrom(textOf(entry, "kind"));
  if (!kind) return why = fmt::format("its kind \"{}\" is not known", textOf(entry, "kind")), std::nullopt;
  m.kind = *kind;
  const auto points = pointsFrom(entry.value("points", json::array()));
  if (!points) return why = "its points are not places", std::nullopt;
  m.points = *points;
  const auto at = parseInstant(textOf(entry, "at"));
  if (!at) return why = "its time cannot be read", std::nullopt;
  m.at = *at;
  for (const json& cloud : entry.value("clouds", json::array()))
    if (cloud.is_string()) m.clouds.push_back(cloud.get<std::string>());
  const auto result = entry.find("result");
  m.result_json = result != entry.end() && result->is_object() ? result->dump() : std::string("{}");
  const auto unrefined = entry.find("unrefined");
  m.unrefined = unrefined != entry.end() && unrefined->is_boolean() && unrefined->get<bool>();
  return m;
}

}  // namespace

const char* toString(SavedKind kind) {
  const auto i = static_cast<std::size_t>(kind);
  return i < kind_names.size() ? kind_names[i] : "";
}

const SavedMeasurement* SavedMeasurements::find(const std::string& id) const {
  const auto found = std::find_if(list_.begin(), list_.end(), [&](const auto& m) { return m.id == id; });
  return found == list_.end() ? nullptr : &*found;
}

std::string SavedMeasurements::add(SavedMeasurement measurement) {
  while (measurement.id.empty() || find(measurement.id)) measurement.id = fmt::format("m{}", ++last_number_);
  list_.push_back(std::move(measurement));
  return list_.back().id;
}

bool SavedMeasurements::rename(const std::string& id, std::string name) {
  for (SavedMeasurement& m : list_)
    if (m.id == id) return m.name = std::move(name), true;
  return false;
}

bool SavedMeasurements::remove(const std::string& id) {
  return std::erase_if(list_, [&](const auto& m) { return m.id == id; }) > 0;
}

std::filesystem::path savedPath(const std::filesystem::path& project_folder) {
  return project_folder / "measurements.json";
}

Result<SavedMeasurements> loadMeasurements(const std::filesystem::path& project_folder, Problems& problems) {
  const std::filesystem::path path = savedPath(project_folder);
  const std::string file = toUtf8(path);
  const Result<std::string> text = readFile(path, largest_file_bytes);
  if (!text && text.error().code == ErrorCode::not_found) return SavedMeasurements{};
  if (!text) return text.error();
  const json document = json::parse(*text, nullptr, false);
  const auto list = document.is_object() ? document.find("measurements") : document.end();
  if (!document.is_object() || list == document.end() || !list->is_array() || list->size() > most_measurements)
    return Error{ErrorCode::unreadable, file,
                 "The saved measurements are damaged: this is not the JSON that was written.",
                 "Move the file away to begin a new list, or bring back a copy."};
  SavedMeasurements measurements;
  std::size_t number = 0;
  for (const json& entry : *list) {
    ++number;
    std::string why;
    if (auto m = measurementFrom(entry, why))
      measurements.add(std::move(*m));
    else
      problems.skip(file, fmt::format("measurement {}", number), "measure.saved_damaged",
                    fmt::format("A saved measurement was left out: {}.", why));
  }
  return measurements;
}

Status saveMeasurements(const std::filesystem::path& project_folder, const SavedMeasurements& measurements) {
  json list = json::array();
  for (const SavedMeasurement& m : measurements.all()) list.push_back(jsonOf(m));
  const json document{{"format", "hashimichi measurements"}, {"version", 1}, {"measurements", list}};
  return writeFile(savedPath(project_folder), document.dump(1, ' ', false, json::error_handler_t::replace) + "\n");
}

}  // namespace hashimichi::measure
