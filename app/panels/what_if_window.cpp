#include "app/panels/what_if_window.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>

#include "app/desktop/theme.h"
#include "app/widgets/asset_words.h"
#include "app/widgets/facts.h"
#include "app/widgets/tool_window.h"
#include "geo/assess/snow/what_if.h"

namespace hashimichi::app {
namespace {

using assess::snow::WhatIf;

constexpr std::size_t shown_changes = 200;

/// In the order of assess::snow::Criterion.
constexpr std::array<const char*, assess::snow::criterion_count> criterion_keys{
    "criterion.demand",          "criterion.traffic", "criterion.emergency_route",
    "criterion.facility_access", "criterion.bus",     "criterion.school_route",
    "criterion.grade",           "criterion.narrow",  "criterion.households_in_need",
    "criterion.deck_icing"};

std::string tierText(const ViewModel& view, assess::Tier tier) {
  return assess::describeTier(assess::Subject::snow, tier, view.language);
}

/// A slider and its label in one line. @returns whether the value was changed
bool slider(const char* label, const char* id, double& value, float least, float most, const char* format,
            float scale) {
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(label);
  ImGui::SameLine(210 * scale);
  ImGui::SetNextItemWidth(-1);
  float shown = static_cast<float>(value);
  if (!ImGui::SliderFloat(id, &shown, least, most, format, ImGuiSliderFlags_AlwaysClamp)) return false;
  value = shown;
  return true;
}

bool drawNight(const ViewModel& view, WhatIf& wanted, float scale) {
  bool changed = slider(say(view, "whatif.snowfall"), "##snowfall", wanted.snowfall_factor, 0, 3, "×%.2f", scale);
  changed |= slider(say(view, "whatif.added"), "##added", wanted.added_snow_cm, 0, 50, "%.0f cm", scale);
  changed |= slider(say(view, "whatif.air"), "##air", wanted.air_offset_c, -10, 10, "%+.1f ℃", scale);
  changed |= slider(say(view, "whatif.trigger"), "##trigger", wanted.trigger_factor, 0.3F, 3, "×%.2f", scale);
  return changed;
}

bool drawWeights(const ViewModel& view, WhatIf& wanted, float scale) {
  bool changed = false;
  for (std::size_t k = 0; k < assess::snow::criterion_count; ++k) {
    ImGui::PushID(static_cast<int>(k));
    changed |= slider(say(view, criterion_keys[k]), "##weight", wanted.weights[k], 0, 0.5F, "%.2f", scale);
    ImGui::PopID();
  }
  if (ImGui::Button(say(view, "whatif.default_weights")))
    wanted.weights = assess::snow::default_weights, changed = true;
  return changed;
}

}  // namespace

std::string whatIfBanner(const ViewModel& view) {
  if (!view.what_if.changesAnything()) return {};
  return fmt::format("{}: {}", say(view, "whatif.banner"), describe(view.what_if, view.language));
}

void WhatIfWindow::compare(const ViewModel& view) {
  if (compared_ == view.snow.get()) return;
  compared_ = view.snow.get();
  now_ = {}, then_ = {};
  changes_.clear();
  if (!view.snow || !view.snow_as_it_is) return;
  // By road, so that neither list has to be searched.
  std::vector<assess::Tier> before(view.project->model->roads.size(), assess::Tier::not_assessed);
  for (const assess::Ranked& row : view.snow_as_it_is->rows) {
    ++now_[static_cast<std::size_t>(row.tier)];
    if (row.index < before.size()) before[row.index] = row.tier;
  }
  for (const assess::Ranked& row : view.snow->rows) {
    ++then_[static_cast<std::size_t>(row.tier)];
    if (row.index < before.size() && before[row.index] != row.tier)
      changes_.push_back({row.index, before[row.index], row.tier});
  }
}

void WhatIfWindow::drawCounts(const ViewModel& view, float scale) const {
  heading(say(view, "whatif.counts"), paletteOf(view.theme));
  if (!ImGui::BeginTable("counts", 3, ImGuiTableFlags_RowBg | ImGuiTableFlags_SizingStretchProp)) return;
  ImGui::TableSetupColumn(say(view, "whatif.tier"), 0, 3);
  ImGui::TableSetupColumn(say(view, "whatif.now"), 0, 1.2F);
  ImGui::TableSetupColumn(say(view, "whatif.then"), 0, 1.2F);
  ImGui::TableHeadersRow();
  for (std::size_t tier = 0; tier < now_.size(); ++tier) {
    ImGui::TableNextRow(0, 20 * scale);
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(tierText(view, static_cast<assess::Tier>(tier)).c_str());
    ImGui::TableNextColumn();
    ImGui::Text("%zu", now_[tier]);
    ImGui::TableNextColumn();
    ImGui::Text("%zu", then_[tier]);
  }
  ImGui::EndTable();
}

void WhatIfWindow::drawChanges(const ViewModel& view, CommandQueue& out, float scale) const {
  const Palette& colours = paletteOf(view.theme);
  if (changes_.empty()) return quiet(say(view, "whatif.none_changed"), colours);
  heading(say(view, "whatif.changed", {std::to_string(changes_.size())}).c_str(), colours);
  if (!ImGui::BeginTable("changes", 3,
                         ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollY | ImGuiTableFlags_SizingStretchProp,
                         {0, std::max(140 * scale, ImGui::GetContentRegionAvail().y)}))
    return;
  ImGui::TableSetupScrollFreeze(0, 1);
  ImGui::TableSetupColumn(say(view, "whatif.road"), 0, 2);
  ImGui::TableSetupColumn(say(view, "whatif.now"), 0, 1.4F);
  ImGui::TableSetupColumn(say(view, "whatif.then"), 0, 1.4F);
  ImGui::TableHeadersRow();
  for (std::size_t i = 0; i < std::min(changes_.size(), shown_changes); ++i) {
    const model::RoadSegment& road = view.project->model->roads[changes_[i].road];
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    const std::string label = (road.name.empty() ? road.id : road.name) + "###" + road.id;
    if (ImGui::Selectable(label.c_str(), view.selection && view.selection->id == road.id,
                          ImGuiSelectableFlags_SpanAllColumns))
      out.push(SelectAsset{model::AssetRef{model::AssetKind::road, road.id}});
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(tierText(view, changes_[i].before).c_str());
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(tierText(view, changes_[i].after).c_str());
  }
  ImGui::EndTable();
  if (changes_.size() > shown_changes)
    quiet(say(view, "whatif.more", {std::to_string(changes_.size() - shown_changes)}), colours);
}

void WhatIfWindow::draw(const ViewModel& view, CommandQueue& out, float scale) {
  toolWindow(view, out, WindowId::what_if, "whatif.title", {470, 640}, {0.3F, 0.4F}, scale, [&] {
    const Palette& colours = paletteOf(view.theme);
    compare(view);
    const std::string shown = describe(view.what_if, view.language);
    ImGui::TextWrapped("%s",
                       shown.empty() ? say(view, "whatif.as_it_is") : say(view, "whatif.shown", {shown}).c_str());
    quiet(say(view, "whatif.of_night"), colours);
    WhatIf wanted = view.what_if;
    bool changed = drawNight(view, wanted, scale);
    if (foldingHeading(say(view, "whatif.weights"), false)) changed |= drawWeights(view, wanted, scale);
    ImGui::BeginDisabled(shown.empty());
    if (ImGui::Button(say(view, "whatif.back"))) wanted = {}, changed = true;
    ImGui::EndDisabled();
    if (changed) out.push(SetWhatIf{wanted});
    drawCounts(view, scale);
    drawChanges(view, out, scale);
  });
}

}  // namespace hashimichi::app
