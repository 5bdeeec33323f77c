#include "geo/project/notebook.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "geo/core/file.h"

namespace hashimichi::project {
namespace {

using model::AssetKind;
using nlohmann::json;

constexpr std::array asset_kinds{AssetKind::road,    AssetKind::bridge,    AssetKind::building,
                                 AssetKind::station, AssetKind::dump_site, AssetKind::object};
/// What people write by hand; a file with more is not one of ours.
constexpr std::size_t most_entries = 100'000;
constexpr std::uintmax_t largest_file_bytes = 64u << 20;

json placeOf(Vec3d place) {
  return {place.x, place.y, place.z};
}

json jsonOf(const Viewpoint& v) {
  json entry{{"id", v.id},
             {"name", v.name},
             {"target", placeOf(v.target)},
             {"distance_m", v.distance_m},
             {"azimuth_deg", v.azimuth_deg},
             {"elevation_deg", v.elevation_deg},
             {"orthographic", v.orthographic},
             {"view_angle_deg", v.view_angle_deg}};
  if (v.at) entry["at"] = formatInstant(*v.at);
  return entry;
}

json jsonOf(const Note& n) {
  json entry{{"id", n.id},
             {"text", n.text},
             {"place", placeOf(n.place)},
             {"made_at", formatInstant(n.made_at)},
             {"done", n.done}};
  if (n.asset) entry["asset"] = {{"kind", toString(n.asset->kind)}, {"id", n.asset->id}};
  return entry;
}

std::string textOf(const json& entry, const char* key) {
  const auto found = entry.find(key);
  return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool flagOf(const json& entry, const char* key) {
  const auto found = entry.find(key);
  return found != entry.end() && found->is_boolean() && found->get<bool>();
}

std::optional<double> numberOf(const json& entry, const char* key) {
  const auto found = entry.find(key);
  if (found == entry.end() || !found->is_number()) return std::nullopt;
  const double value = found->get<double>();
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<Vec3d> placeFrom(const json& entry, const char* key) {
  const auto found = entry.find(key);
  if (found == entry.end() || !found->is_array() || found->size() != 3) return std::nullopt;
  for (const json& part : *found)
    if (!part.is_number()) return std::nullopt;
  const Vec3d place{(*found)[0].get<double>(), (*found)[1].get<double>(), (*found)[2].get<double>()};
  return isFinite(place) ? std::optional(place) : std::nullopt;
}

std::optional<model::AssetRef> assetFrom(const json& entry) {
  const auto found = entry.find("asset");
  if (found == entry.end() || !found->is_object()) return std::nullopt;
  const std::string id = textOf(*found, "id"), kind = textOf(*found, "kind");
  for (const AssetKind known : asset_kinds)
    if (!id.empty() && kind == toString(known)) return model::AssetRef{known, id};
  return std::nullopt;
}

/// Nothing, and why, when the entry cannot be understood.
std::optional<Viewpoint> viewpointFrom(const json& entry, std::string& why) {
  Viewpoint v;
  v.id = textOf(entry, "id"), v.name = textOf(entry, "name");
  const auto target = placeFrom(entry, "target");
  const auto distance = numberOf(entry, "distance_m"), azimuth = numberOf(entry, "azimuth_deg"),
             elevation = numberOf(entry, "elevation_deg"), angle = numberOf(entry, "view_angle_deg");
  if (!target || !distance || !azimuth || !elevation || !angle || *distance <= 0 || *angle <= 0)
    return why = "it does not say from where one looks", std::nullopt;
  v.target = *target, v.distance_m = *distance, v.azimuth_deg = *azimuth, v.elevation_deg = *elevation;
  v.view_angle_deg = *angle, v.orthographic = flagOf(entry, "orthographic");
  if (entry.contains("at") && !(v.at = parseInstant(textOf(entry, "at"))))
    return why = "its time cannot be read", std::nullopt;
  return v;
}

std::optional<Note> noteFrom(const json& entry, std::string& why) {
  Note n;
  n.id = textOf(entry, "id"), n.text = textOf(entry, "text");
  const auto place = placeFrom(entry, "place");
  if (!place) return why = "its place is no place", std::nullopt;
  const auto made_at = parseInstant(textOf(entry, "made_at"));
  if (!made_at) return why = "its time cannot be read", std::nullopt;
  n.place = *place, n.made_at = *made_at, n.done = flagOf(entry, "done"), n.asset = assetFrom(entry);
  return n;
}

/// All entries of a list that can be understood and have an id of their own; the others are counted.
template <typename Entry, typename Read>
void readList(const json& document, const char* key, const char* word, const std::string& file, Problems& problems,
              std::vector<Entry>& into, Read read) {
  const auto list = document.find(key);
  if (list == document.end()) return;
  std::set<std::string> ids;
  std::size_t number = 0;
  for (const json& entry : *list) {
    ++number;
    std::string why;
    std::optional<Entry> one;
    if (!entry.is_object())
      why = "it is no object";
    else if (textOf(entry, "id").empty())
      why = "it has no id";
    else if (ids.contains(textOf(entry, "id")))
      why = "another one has the same id";
    else
      one = read(entry, why);
    if (one) {
      ids.insert(one->id);
      into.push_back(std::move(*one));
    } else {
      problems.skip(file, fmt::format("{} {}", word, number), "notebook.damaged",
                    fmt::format("A saved {} was left out: {}.", word, why));
    }
  }
}

bool isList(const json& document, const char* key) {
  const auto found = document.find(key);
  return found == document.end() || (found->is_array() && found->size() <= most_entries);
}

}  // namespace

std::filesystem::path notebookPath(const std::filesystem::path& project_folder) {
  return project_folder / "notebook.json";
}

Result<Notebook> loadNotebook(const std::filesystem::path& project_folder, Problems& problems) {
  const std::filesystem::path path = notebookPath(project_folder);
  const std::string file = toUtf8(path);
  const Result<std::string> text = readFile(path, largest_file_bytes);
  if (!text && text.error().code == ErrorCode::not_found) return Notebook{};
  if (!text) return text.error();
  const json document = json::parse(*text, nullptr, false);
  if (!document.is_object() || !isList(document, "viewpoints") || !isList(document, "notes"))
    return Error{ErrorCode::unreadable, file,
                 "The saved notes and viewpoints are damaged: this is not the JSON that was written.",
                 "Move the file away to begin new ones, or bring back a copy."};
  Notebook book;
  readList(document, "viewpoints", "viewpoint", file, problems, book.viewpoints, viewpointFrom);
  readList(document, "notes", "note", file, problems, book.notes, noteFrom);
  return book;
}

Status saveNotebook(const std::filesystem::path& project_folder, const Notebook& notebook) {
  json viewpoints = json::array(), notes = json::array();
  for (const Viewpoint& viewpoint : notebook.viewpoints) viewpoints.push_back(jsonOf(viewpoint));
  for (const Note& note : notebook.notes) notes.push_back(jsonOf(note));
  const json document{{"format", "hashimichi notebook"}, {"version", 1}, {"viewpoints", viewpoints}, {"notes", notes}};
  return writeFile(notebookPath(project_folder), document.dump(1, ' ', false, json::error_handler_t::replace) + "\n");
}

}  // namespace hashimichi::project
