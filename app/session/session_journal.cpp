#include "app/session/session_journal.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/session/preferences.h"
#include "geo/core/file.h"
#include "geo/project/layout.h"

namespace hashimichi::app {
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::uintmax_t largest_file_bytes = 8u << 20;
constexpr std::size_t most_listed = 100'000;
constexpr int last_window = static_cast<int>(WindowId::what_if), last_layer = static_cast<int>(render::Layer::labels);

Instant now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::seconds>(since).count()};
}

fs::path pathFrom(const std::string& utf8) {
  return {std::u8string(utf8.begin(), utf8.end())};
}

json jsonOf(const render::CameraPose& pose) {
  return {{"target", {pose.target.x, pose.target.y, pose.target.z}},
          {"distance_m", pose.distance_m},
          {"azimuth_deg", pose.azimuth_deg},
          {"elevation_deg", pose.elevation_deg},
          {"orthographic", pose.orthographic},
          {"view_angle_deg", pose.view_angle_deg}};
}

json jsonOf(const RunningImport& import) {
  json paths = json::array();
  for (const fs::path& path : import.paths) paths.push_back(toUtf8(path));
  return {{"paths", paths},
          {"project", toUtf8(import.project_folder)},
          {"source_crs", import.source_crs},
          {"encoding", import.encoding}};
}

json jsonOf(const render::LayerId& layer) {
  if (const auto* one = std::get_if<render::Layer>(&layer)) return static_cast<int>(*one);
  return model::toString(std::get<model::ObjectKind>(layer));
}

/// A member of that type, else the default.
template <typename Value>
Value get(const json& from, const char* key, Value otherwise) {
  const auto found = from.find(key);
  if (found == from.end()) return otherwise;
  if constexpr (std::is_same_v<Value, std::string>) return found->is_string() ? found->get<Value>() : otherwise;
  if constexpr (std::is_same_v<Value, bool>) return found->is_boolean() ? found->get<Value>() : otherwise;
  if constexpr (std::is_arithmetic_v<Value> && !std::is_same_v<Value, bool>) {
    if (!found->is_number()) return otherwise;
    if constexpr (std::is_floating_point_v<Value>)
      return std::isfinite(found->get<Value>()) ? found->get<Value>() : otherwise;
    return found->get<Value>();
  }
  return otherwise;
}

const json& member(const json& from, const char* key) {
  static const json nothing;
  const auto found = from.find(key);
  return found == from.end() ? nothing : *found;
}

render::CameraPose poseFrom(const json& from) {
  render::CameraPose pose;
  if (!from.is_object()) return pose;
  if (const json& at = member(from, "target");
      at.is_array() && at.size() == 3 && at[0].is_number() && at[1].is_number() && at[2].is_number())
    pose.target = {at[0].get<double>(), at[1].get<double>(), at[2].get<double>()};
  pose.distance_m = get(from, "distance_m", pose.distance_m);
  pose.azimuth_deg = get(from, "azimuth_deg", pose.azimuth_deg);
  pose.elevation_deg = get(from, "elevation_deg", pose.elevation_deg);
  pose.orthographic = get(from, "orthographic", pose.orthographic);
  pose.view_angle_deg = get(from, "view_angle_deg", pose.view_angle_deg);
  return pose;
}

std::optional<render::LayerId> layerFrom(const json& from) {
  if (from.is_number_integer() && from.get<int>() >= 0 && from.get<int>() <= last_layer)
    return static_cast<render::Layer>(from.get<int>());
  if (from.is_string())
    for (const model::ObjectKind kind : model::object_kinds)
      if (from.get<std::string>() == model::toString(kind)) return kind;
  return std::nullopt;
}

std::optional<model::AssetRef> assetFrom(const json& from) {
  using enum model::AssetKind;
  if (!from.is_object()) return std::nullopt;
  for (const model::AssetKind kind : {road, bridge, building, station, dump_site, object})
    if (get(from, "kind", std::string()) == model::toString(kind))
      return model::AssetRef{kind, get(from, "id", std::string())};
  return std::nullopt;
}

std::optional<RunningImport> importFrom(const json& from) {
  if (!from.is_object()) return std::nullopt;
  RunningImport import;
  if (const json& paths = member(from, "paths"); paths.is_array() && paths.size() <= most_listed)
    for (const json& path : paths)
      if (path.is_string()) import.paths.push_back(pathFrom(path.get<std::string>()));
  import.project_folder = pathFrom(get(from, "project", std::string()));
  import.source_crs = get(from, "source_crs", std::string());
  import.encoding = get(from, "encoding", std::string());
  return import.paths.empty() ? std::nullopt : std::optional(import);
}

/// Calls `take` for every entry of a list, as far as a list may go.
template <typename Take>
void each(const json& list, Take take) {
  if (!list.is_array() || list.size() > most_listed) return;
  for (const json& entry : list) take(entry);
}

}  // namespace

JournalState journalOf(const ViewModel& view, const std::optional<RunningImport>& import) {
  JournalState state;
  state.process = project::thisProcess();
  state.written_at = now();
  state.import = import;
  state.open_windows = view.open_windows;
  if (!view.project) return state;
  std::error_code ignored;
  state.project = fs::absolute(view.project->folder, ignored).lexically_normal();
  state.time = view.time, state.subject = view.subject, state.profile = view.profile, state.result_id = view.result_id;
  state.camera = view.camera, state.hidden_layers = view.hidden_layers;
  if (!view.also_selected.empty())
    state.selection = view.also_selected;
  else if (view.selection)
    state.selection = {*view.selection};
  return state;
}

std::string journalText(const JournalState& state) {
  json layers = json::array(), selection = json::array(), windows = json::array();
  for (const render::LayerId& layer : state.hidden_layers) layers.push_back(jsonOf(layer));
  for (const model::AssetRef& asset : state.selection)
    selection.push_back({{"kind", model::toString(asset.kind)}, {"id", asset.id}});
  for (const WindowId window : state.open_windows) windows.push_back(static_cast<int>(window));
  json document{{"format", "hashimichi session"},
                {"version", 1},
                {"host", state.process.host},
                {"pid", state.process.pid},
                {"started", state.process.started},
                {"written_at", formatInstant(state.written_at)},
                {"project", toUtf8(state.project)},
                {"time", formatInstant(state.time)},
                {"subject", state.subject == assess::Subject::snow ? "snow" : "ageing"},
                {"profile", state.profile},
                {"result", state.result_id},
                {"camera", jsonOf(state.camera)},
                {"hidden_layers", layers},
                {"selection", selection},
                {"windows", windows}};
  if (state.import) document["import"] = jsonOf(*state.import);
  return document.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::optional<JournalState> journalFrom(const std::string& text) {
  const json document = json::parse(text, nullptr, false);
  if (!document.is_object() || get(document, "format", std::string()) != "hashimichi session") return std::nullopt;
  JournalState state;
  state.process = {get(document, "host", std::string()), get(document, "pid", 0L),
                   get(document, "started", std::uint64_t{0})};
  state.written_at = parseInstant(get(document, "written_at", std::string())).value_or(Instant{});
  state.project = pathFrom(get(document, "project", std::string()));
  state.time = parseInstant(get(document, "time", std::string())).value_or(Instant{});
  state.subject = get(document, "subject", std::string()) == "ageing" ? assess::Subject::ageing : assess::Subject::snow;
  state.profile = get(document, "profile", std::string());
  state.result_id = get(document, "result", std::string());
  state.camera = poseFrom(member(document, "camera"));
  each(member(document, "hidden_layers"), [&](const json& entry) {
    if (const auto layer = layerFrom(entry)) state.hidden_layers.insert(*layer);
  });
  each(member(document, "selection"), [&](const json& entry) {
    if (const auto asset = assetFrom(entry)) state.selection.push_back(*asset);
  });
  each(member(document, "windows"), [&](const json& entry) {
    if (entry.is_number_integer() && entry.get<int>() >= 0 && entry.get<int>() <= last_window)
      state.open_windows.insert(static_cast<WindowId>(entry.get<int>()));
  });
  state.import = importFrom(member(document, "import"));
  return state;
}

fs::path journalPath(const fs::path& project_folder) {
  return project::cachesOf(project_folder) / "session.json";
}

std::optional<JournalState> loadJournal(const fs::path& file) {
  const Result<std::string> text = readFile(file, largest_file_bytes);
  return text ? journalFrom(*text) : std::nullopt;
}

fs::path runningFolder() {
  return preferencesPath().parent_path() / "running";
}

std::vector<LeftBehind> leftBehind() {
  std::vector<LeftBehind> left;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(runningFolder(), error)) {
    if (entry.path().extension() != ".json" || toUtf8(entry.path().filename()).starts_with(".")) continue;
    std::optional<JournalState> state = loadJournal(entry.path());
    if (state && project::isAlive(state->process) == false) left.push_back({entry.path(), std::move(*state)});
  }
  std::ranges::sort(left,
                    [](const LeftBehind& a, const LeftBehind& b) { return b.state.written_at < a.state.written_at; });
  return left;
}

}  // namespace hashimichi::app
