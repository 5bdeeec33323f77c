#include "app/desktop/state_file.h"

#include <array>
#include <nlohmann/json.hpp>

#include "geo/core/file.h"

namespace hashimichi::app {
namespace {

nlohmann::json jsonOf(const std::optional<model::AssetRef>& asset) {
  if (!asset) return nullptr;
  return {{"kind", toString(asset->kind)}, {"id", asset->id}};
}

nlohmann::json jsonOf(const render::CameraPose& pose) {
  return {{"target", {pose.target.x, pose.target.y, pose.target.z}},
          {"distance_m", pose.distance_m},
          {"azimuth_deg", pose.azimuth_deg},
          {"elevation_deg", pose.elevation_deg},
          {"ortho", pose.orthographic}};
}

const char* themeName(ThemeId theme) {
  constexpr std::array names{"dark", "light", "high_contrast"};
  return names[static_cast<std::size_t>(theme)];
}

const char* mouseName(MousePreset preset) {
  constexpr std::array names{"qgis", "paraview", "plateau"};
  return names[static_cast<std::size_t>(preset)];
}

}  // namespace

void StateFile::write(const ViewModel& view, const Shell& shell, const Viewport& viewport, double first_frame_ms) {
  if (path_.empty()) return;
  nlohmann::json state{{"selection", jsonOf(view.selection)},
                       {"hover", jsonOf(view.hover)},
                       {"subject", view.subject == assess::Subject::snow ? "snow" : "ageing"},
                       {"profile", view.profile},
                       {"time", formatInstant(view.time)},
                       {"playing", view.playing},
                       {"language", view.language == Language::ja ? "ja" : "en"},
                       {"theme", themeName(view.theme)},
                       {"mouse", mouseName(view.mouse)},
                       {"tour", view.tour_step ? nlohmann::json(*view.tour_step) : nullptr},
                       {"text_scale", view.text_scale},
                       {"project", view.project ? toUtf8(view.project->folder) : ""},
                       {"ranking_rows", view.ranking() ? view.ranking()->rows.size() : 0},
                       {"jobs", view.jobs.size()},
                       {"lod", view.town && view.town->lod.all ? nlohmann::json(*view.town->lod.all) : nullptr},
                       {"textures", view.textures ? view.textures->pictures - view.textures->missing : 0},
                       {"hidden_layers", view.hidden_layers.size()},
                       {"first_frame_ms", first_frame_ms},
                       {"drew_town", viewport.drewTown()},
                       {"flying", viewport.flying()},
                       {"camera", jsonOf(viewport.camera())}};
  state["tool"] = static_cast<int>(view.points.tool);
  state["picks"] = view.points.picks.size();
  state["measurements"] = nlohmann::json::array();
  for (const measure::SavedMeasurement& one : view.points.saved.all())
    state["measurements"].push_back({{"id", one.id}, {"name", one.name}, {"kind", measure::toString(one.kind)}});
  state["section_points"] = view.points.section ? view.points.section->points.size() : 0;
  const FileState& files = view.files;
  state["files"] = {{"recent", files.recent.size()},
                    {"missing_links", files.missing_links.size()},
                    {"read_only", files.read_only},
                    {"recovery_offered", files.recovery_offered},
                    {"unsaved", files.unsaved}};
  state["notices"] = nlohmann::json::array();
  for (const Notice& notice : view.notices)
    state["notices"].push_back({{"failed", notice.failed}, {"text", notice.text}});
  state["windows"] = nlohmann::json::array();
  for (const WindowId window : view.open_windows) state["windows"].push_back(static_cast<int>(window));
  for (const auto& [name, region] : shell.regions())
    state["regions"][name] = {region.position.x, region.position.y, region.size.x, region.size.y};
  state["layout"] = shell.layout().values();
  state["rows"] = nlohmann::json::array();
  for (const auto& [id, y] : shell.ranking().visibleRows()) state["rows"].push_back({{"id", id}, {"y", y}});
  std::string text = state.dump(1, ' ', false, nlohmann::json::error_handler_t::replace);
  if (text == last_) return;
  if (writeFile(path_, text)) last_ = std::move(text);
}

}  // namespace hashimichi::app
