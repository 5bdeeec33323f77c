#include "app/panels/layers_panel.h"

#include <imgui.h>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

struct LayerRow {
  render::Layer layer;
  const char* icon;
  const char* name;
  std::size_t count;
};

/// One line: the eye switches the layer; so does the rest of the line.
void layerRow(const LayerRow& row, const ViewModel& view, CommandQueue& out, float scale) {
  const Palette& colours = paletteOf(view.theme);
  const bool visible = !view.hidden_layers.contains(row.layer);
  ImGui::PushID(static_cast<int>(row.layer));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = row_height_px * scale;
  if (ImGui::Selectable("##row", false, 0, {0, height - ImGui::GetStyle().ItemSpacing.y}))
    out.push(SetLayerVisible{row.layer, !visible});
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", say(view, visible ? "layers.hide" : "layers.show"));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 ink = visible ? colours.text : colours.quiet;
  const float y = at.y;
  list.AddText({at.x, y}, visible ? colours.accent : colours.quiet, visible ? icon::eye : icon::eye_off);
  list.AddText({at.x + 26 * scale, y}, colours.quiet, row.icon);
  list.AddText({at.x + 52 * scale, y}, ink, row.name);
  if (row.count > 0) {
    const std::string count = number(row.count);
    list.AddText({at.x + width - ImGui::CalcTextSize(count.c_str()).x, y}, colours.quiet, count.c_str());
  }
  ImGui::PopID();
}

void profileChoice(const ViewModel& view, CommandQueue& out) {
  const assess::ProfileInfo* chosen = nullptr;
  const auto nameOf = [&](const assess::ProfileInfo& profile) {
    return view.language == Language::ja ? profile.name_ja : profile.name_en;
  };
  for (const assess::ProfileInfo& profile : view.profiles)
    if (profile.id == view.profile) chosen = &profile;
  const std::string shown = chosen ? nameOf(*chosen) : view.profile;
  quiet(say(view, "layers.profile"), paletteOf(view.theme));
  ImGui::SetNextItemWidth(-1);
  if (ImGui::BeginCombo("##profile", shown.c_str())) {
    for (const assess::ProfileInfo& profile : view.profiles)
      if (ImGui::Selectable((nameOf(profile) + "###" + profile.id).c_str(), &profile == chosen))
        out.push(SetProfile{profile.id});
    ImGui::EndCombo();
  }
  if (!chosen) return;
  if (ImGui::IsItemHovered() && !chosen->source.empty()) ImGui::SetTooltip("%s", chosen->source.c_str());
  if (!chosen->verified) quiet(say(view, "layers.profile_unverified"), paletteOf(view.theme));
}

void decisions(const ViewModel& view, CommandQueue& out) {
  heading(say(view, "layers.decisions"), paletteOf(view.theme));
  if (ImGui::RadioButton(say(view, "subject.snow"), view.subject == assess::Subject::snow))
    out.push(SetSubject{assess::Subject::snow});
  if (ImGui::RadioButton(say(view, "subject.ageing"), view.subject == assess::Subject::ageing))
    out.push(SetSubject{assess::Subject::ageing});
  if (view.subject == assess::Subject::snow) profileChoice(view, out);
}

void layers(const ViewModel& view, CommandQueue& out, float scale) {
  const Palette& colours = paletteOf(view.theme);
  const model::CityModel& model = *view.project->model;
  std::size_t points = 0;
  for (const model::PointCloud& cloud : model.clouds) points += cloud.point_count;
  const auto row = [&](render::Layer layer, const char* symbol, const char* name, std::size_t count) {
    layerRow({layer, symbol, name, count}, view, out, scale);
  };
  heading(say(view, "layers.assets"), colours);
  row(render::Layer::roads, icon::road, say(view, "layer.roads"), model.roads.size());
  row(render::Layer::bridges, icon::bridge, say(view, "layer.bridges"), model.bridges.size());
  heading(say(view, "layers.sensors"), colours);
  row(render::Layer::sensors, icon::sensor, say(view, "layer.sensors"), model.stations.size());
  heading(say(view, "layers.city"), colours);
  row(render::Layer::terrain, icon::terrain, say(view, "layer.terrain"), 0);
  row(render::Layer::imagery, icon::image, say(view, "layer.imagery"), model.imagery.size());
  row(render::Layer::buildings, icon::building, say(view, "layer.buildings"), model.buildings.size());
  row(render::Layer::water, icon::water, say(view, "layer.water"), model.objects.size());
  row(render::Layer::labels, icon::label, say(view, "layer.labels"), 0);
  heading(say(view, "layers.clouds"), colours);
  row(render::Layer::points, icon::layers, say(view, "layer.points"), points);
}

}  // namespace

void LayersPanel::draw(const ViewModel& view, CommandQueue& out, float scale) {
  title(say(view, "layers.title"));
  ImGui::BeginChild("body");  // scrolls where the window is low
  decisions(view, out);
  if (view.project) layers(view, out, scale);
  ImGui::EndChild();
}

}  // namespace hashimichi::app
