#include "app/panels/layers_panel.h"

#include <imgui.h>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
#include "app/widgets/asset_words.h"
#include "app/widgets/facts.h"
#include "app/widgets/result_words.h"
#include "app/widgets/say.h"
#include "geo/export/city_palette.h"

namespace hashimichi::app {
namespace {

struct LayerRow {
  render::LayerId layer;
  const char* icon;
  const char* name;
  std::size_t count;
};

/// What can be chosen for a type; empty where there is nothing to choose.
std::set<int> lodsOf(const ViewModel& view, const render::LayerId& layer) {
  const auto found = view.contents.lods.find(layer);
  return found == view.contents.lods.end() || found->second.size() < 2 ? std::set<int>{} : found->second;
}

void lodItems(const ViewModel& view, CommandQueue& out, const std::optional<render::LayerId>& type,
              const std::set<int>& lods) {
  constexpr int highest = -1;
  const auto chosenOf = [&](const std::optional<render::LayerId>& which) {
    if (!which) return view.lod.all.value_or(highest);
    const auto own = view.lod.each.find(*which);
    return own == view.lod.each.end() ? highest : own->second;
  };
  const int chosen = chosenOf(type);
  if (ImGui::Selectable(say(view, type ? "layers.lod_all" : "lod.highest"), chosen == highest))
    out.push(SetLod{type, std::nullopt});
  for (const int lod : lods)
    if (ImGui::Selectable(lodWord(view, lod).c_str(), chosen == lod)) out.push(SetLod{type, lod});
}

/// A small button at the end of a line that opens the choice.
void lodButton(const ViewModel& view, CommandQueue& out, const render::LayerId& layer, const std::set<int>& lods) {
  const std::optional<int> chosen = view.lod.of(layer);
  if (ImGui::SmallButton(("L" + (chosen ? std::to_string(*chosen) : "–")).c_str())) ImGui::OpenPopup("lod");
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s: %s", say(view, "layers.lod"), lodWord(view, chosen).c_str());
  if (!ImGui::BeginPopup("lod")) return;
  lodItems(view, out, layer, lods);
  ImGui::EndPopup();
}

/// One line: the eye switches the layer; so does the rest of the line, up to the level of detail at its end.
void layerRow(const LayerRow& row, const ViewModel& view, CommandQueue& out, float scale) {
  const Palette& colours = paletteOf(view.theme);
  const bool visible = !view.hidden_layers.contains(row.layer);
  const std::set<int> lods = lodsOf(view, row.layer);
  ImGui::PushID(row.name);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = row_height_px * scale;
  const float width = ImGui::GetContentRegionAvail().x - (lods.empty() ? 0 : 34 * scale);
  if (ImGui::Selectable("##row", false, 0, {width, height - ImGui::GetStyle().ItemSpacing.y}))
    out.push(SetLayerVisible{row.layer, !visible});
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", say(view, visible ? "layers.hide" : "layers.show"));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 ink = visible ? colours.text : colours.quiet;
  const float y = at.y;
  list.AddText({at.x, y}, visible ? colours.accent : colours.quiet, visible ? icon::eye : icon::eye_off);
  list.AddText({at.x + 26 * scale, y}, colours.quiet, row.icon);
  if (row.count > 0) {
    const std::string count = number(row.count);
    const float left = at.x + width - ImGui::CalcTextSize(count.c_str()).x;
    list.AddText({left, y}, colours.quiet, count.c_str());
    list.PushClipRect({at.x, y}, {left - 4 * scale, y + height}, true);
    list.AddText({at.x + 52 * scale, y}, ink, row.name);
    list.PopClipRect();
  } else {
    list.AddText({at.x + 52 * scale, y}, ink, row.name);
  }
  if (!lods.empty()) {
    ImGui::SameLine();
    lodButton(view, out, row.layer, lods);
  }
  ImGui::PopID();
}

std::string depthWords(std::size_t depth_class) {
  const auto& classes = exporting::depth_classes;
  if (depth_class == 0) return "< " + number(classes[1].from_m, 1) + " m";
  const int decimals = depth_class == 1 ? 1 : 0;
  if (depth_class + 1 == classes.size()) return "≥ " + number(classes[depth_class].from_m) + " m";
  return number(classes[depth_class].from_m, decimals) + "–" + number(classes[depth_class + 1].from_m) + " m";
}

/// A square of a colour and what it means.
void swatch(exporting::Rgb colour, const std::string& words, const Palette& colours, float scale) {
  const float side = 12 * scale;
  ImGui::Dummy({52 * scale - ImGui::GetStyle().ItemSpacing.x, side});
  ImGui::SameLine();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::GetWindowDrawList()->AddRectFilled({at.x, at.y + 4 * scale}, {at.x + side, at.y + 4 * scale + side},
                                            toImGui(colour), 2);
  ImGui::Dummy({side, side});
  ImGui::SameLine();
  quietLine(words, colours);
}

/// What the colours of the hazard zones mean: the classes that occur.
void depthLegend(const ViewModel& view, float scale) {
  const Palette& colours = paletteOf(view.theme);
  for (const std::size_t depth_class : view.contents.depth_classes)
    swatch(exporting::depth_classes[depth_class].colour, depthWords(depth_class), colours, scale);
  if (view.contents.landslide_special)
    swatch(exporting::landslide_special, say(view, "legend.landslide_special"), colours, scale);
  if (view.contents.landslide) swatch(exporting::landslide_zone, say(view, "legend.landslide"), colours, scale);
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

const char* iconOf(model::ObjectKind kind) {
  switch (kind) {
    case model::ObjectKind::water:
    case model::ObjectKind::waterway:
      return icon::water;
    case model::ObjectKind::tunnel:
    case model::ObjectKind::construction:
      return icon::building;
    case model::ObjectKind::railway:
    case model::ObjectKind::track:
    case model::ObjectKind::square:
      return icon::road;
    case model::ObjectKind::hazard_zone:
      return icon::alert;
    case model::ObjectKind::vegetation:
    case model::ObjectKind::land_use:
      return icon::terrain;
    default:
      return icon::layers;
  }
}

/// The kinds that the town has.
void objects(const ViewModel& view, CommandQueue& out, float scale) {
  bool any = false;
  for (const model::ObjectKind kind : model::object_kinds) {
    const std::size_t count = view.contents.objects[static_cast<std::size_t>(kind)];
    if (count == 0) continue;
    if (!any) heading(say(view, "layers.objects"), paletteOf(view.theme));
    any = true;
    layerRow({kind, iconOf(kind), wordOf(view, kind), count}, view, out, scale);
    if (kind == model::ObjectKind::hazard_zone && !view.hidden_layers.contains(kind)) depthLegend(view, scale);
  }
}

/// For the whole town; a type may have its own.
void lodChoice(const ViewModel& view, CommandQueue& out) {
  const std::set<int> lods = view.contents.allLods();
  if (lods.size() < 2) return;
  quiet(say(view, "layers.lod"), paletteOf(view.theme));
  ImGui::SetNextItemWidth(-1);
  if (!ImGui::BeginCombo("##lod", lodWord(view, view.lod.all).c_str())) return;
  lodItems(view, out, std::nullopt, lods);
  ImGui::EndCombo();
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
  lodChoice(view, out);
  row(render::Layer::terrain, icon::terrain, say(view, "layer.terrain"), 0);
  row(render::Layer::imagery, icon::image, say(view, "layer.imagery"), model.imagery.size());
  row(render::Layer::buildings, icon::building, say(view, "layer.buildings"), model.buildings.size());
  if (view.contents.textures) row(render::Layer::textures, icon::image, say(view, "layer.textures"), 0);
  row(render::Layer::labels, icon::label, say(view, "layer.labels"), 0);
  objects(view, out, scale);
  heading(say(view, "layers.clouds"), colours);
  row(render::Layer::points, icon::layers, say(view, "layer.points"), points);
  if (ImGui::Button(say(view, "points.open"), {-1, 0})) out.push(ShowWindow{WindowId::points, true});
}

/// Of what other programs computed at most one is shown at a time, beside the decision.
void results(const ViewModel& view, CommandQueue& out) {
  const std::vector<model::ResultLayer>& layers_of = view.project->model->results;
  if (layers_of.empty()) return;
  heading(say(view, "layers.results"), paletteOf(view.theme));
  if (ImGui::RadioButton(say(view, "result.none"), view.result_id.empty())) out.push(SetResult{});
  for (const model::ResultLayer& layer : layers_of) {
    const std::string label = resultName(view, layer) + "###" + layer.id;
    if (ImGui::RadioButton(label.c_str(), view.result_id == layer.id)) out.push(SetResult{layer.id});
    if (!ImGui::IsItemHovered()) continue;
    const std::string span = layer.times.empty()
                                 ? std::string(say(view, "result.timeless"))
                                 : formatJst(layer.times.front()) + " – " + formatJst(layer.times.back());
    ImGui::SetTooltip("%s\n%s\n%s", layer.id.c_str(), say(view, "result.items", {number(layer.items.size())}).c_str(),
                      span.c_str());
  }
}

}  // namespace

void LayersPanel::draw(const ViewModel& view, CommandQueue& out, float scale) {
  title(say(view, "layers.title"));
  ImGui::BeginChild("body");  // scrolls where the window is low
  decisions(view, out);
  if (view.project) results(view, out);
  if (view.project) layers(view, out, scale);
  ImGui::EndChild();
}

}  // namespace hashimichi::app
