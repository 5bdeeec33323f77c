#include "app/panels/compare_window.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/desktop/icons.h"
#include "app/widgets/asset_words.h"
#include "app/widgets/facts.h"
#include "app/widgets/plot_frame.h"
#include "app/widgets/tool_window.h"
#include "render/point_colours.h"

namespace hashimichi::app {
namespace {

constexpr std::array kind_keys{"compare.m3c2",       "compare.nearest", "compare.model",
                               "compare.settlement", "compare.snow",    "compare.volume"};

bool needsBridge(CompareKind kind) {
  return kind == CompareKind::model || kind == CompareKind::settlement;
}

void cloudChoice(const ViewModel& view, const char* id, std::string& chosen) {
  if (!ImGui::BeginCombo(id, chosen.c_str())) return;
  for (const model::PointCloud& cloud : view.project->model->clouds)
    if (ImGui::Selectable(cloud.id.c_str(), cloud.id == chosen)) chosen = cloud.id;
  ImGui::EndCombo();
}

std::string mm(double metres) {
  return number(metres * 1000, 1);
}

void summary(const ViewModel& view, const ShownChange& change) {
  const Palette& colours = paletteOf(view.theme);
  const measure::ChangeSummary& sum = change.result.summary;
  heading(say(view, kind_keys[static_cast<std::size_t>(change.kind)]), colours);
  quiet(change.before + " → " + change.after, colours);
  if (change.result.basis.unrefined) quiet(std::string(icon::alert) + " " + say(view, "measure.unrefined"), colours);
  Facts facts("summary", colours);
  facts.number(say(view, "compare.count"), number(sum.count));
  facts.number(say(view, "compare.unseen"), number(sum.unseen));
  if (change.kind == CompareKind::m3c2) {
    facts.number(say(view, "compare.significant"),
                 number(sum.significant) + " (" + number(sum.significant_percent, 1) + " %)");
    facts.number(say(view, "compare.lod"), mm(sum.median_lod95_m), "mm");
    facts.number(say(view, "compare.significant_mean"), mm(sum.significant_mean_m), "mm");
  }
  facts.number(say(view, "compare.median"), mm(sum.median_m), "mm");
  facts.number(say(view, "compare.mean"), mm(sum.mean_m) + " ± " + mm(sum.sigma_m), "mm");
  facts.number(say(view, "compare.spread"), mm(sum.p05_m) + " … " + mm(sum.p95_m), "mm");
  facts.text(say(view, "compare.method"), change.result.basis.method);
}

/// How many core points changed by how much, in the colours of the picture.
void histogram(const ViewModel& view, const ShownChange& change, float scale) {
  constexpr std::size_t bins = 41;
  const measure::ChangeSummary& sum = change.result.summary;
  const double reach = std::max({std::abs(sum.p05_m), std::abs(sum.p95_m), 0.001}) * 1.5;
  std::array<std::size_t, bins> counts{};
  for (const measure::PointChange& point : change.result.points) {
    const double share = (point.distance_m + reach) / (2 * reach);
    if (share >= 0 && share < 1) ++counts[static_cast<std::size_t>(share * bins)];
  }
  const auto most = static_cast<double>(std::ranges::max(counts));
  if (most == 0) return;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size{ImGui::GetContentRegionAvail().x, std::max(110 * scale, ImGui::GetContentRegionAvail().y)};
  ImGui::Dummy(size);
  const PlotFrame frame = PlotFrame::inside(at, size, {-reach * 1000, reach * 1000}, {0, most * 1.05}, scale);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  frame.drawAxes(list, paletteOf(view.theme), "mm", "");
  for (std::size_t i = 0; i < bins; ++i) {
    if (counts[i] == 0) continue;
    const double low = (2.0 * static_cast<double>(i) / bins - 1) * reach, width = 2 * reach / bins;
    list.AddRectFilled(frame.toScreen(low * 1000, static_cast<double>(counts[i])),
                       frame.toScreen((low + width * 0.92) * 1000, 0),
                       toImGui(render::signedColour((low + width / 2) / reach)));
  }
}

}  // namespace

void CompareWindow::drawChoice(const ViewModel& view, CommandQueue& out, float scale) {
  const Palette& colours = paletteOf(view.theme);
  const auto label = [&](const char* key) {
    ImGui::AlignTextToFramePadding();
    quietLine(say(view, key), colours);
    ImGui::SameLine(110 * scale);
    ImGui::SetNextItemWidth(-1);
  };
  label("compare.how");
  if (ImGui::BeginCombo("##kind", say(view, kind_keys[static_cast<std::size_t>(kind_)]), ImGuiComboFlags_HeightLarge)) {
    for (std::size_t i = 0; i < kind_keys.size(); ++i)
      if (ImGui::Selectable(say(view, kind_keys[i]), static_cast<std::size_t>(kind_) == i))
        kind_ = static_cast<CompareKind>(i);
    ImGui::EndCombo();
  }
  if (kind_ != CompareKind::model) {
    label(kind_ == CompareKind::snow ? "compare.bare" : "compare.before");
    cloudChoice(view, "##before", before_);
  }
  label(kind_ == CompareKind::snow ? "compare.snowy" : "compare.after");
  cloudChoice(view, "##after", after_);
  std::string asset;
  const bool bridge = needsBridge(kind_), road = kind_ == CompareKind::snow;
  if (bridge || road) {
    const auto wanted = bridge ? model::AssetKind::bridge : model::AssetKind::road;
    const bool chosen = view.selection && view.selection->kind == wanted;
    if (chosen) asset = view.selection->id;
    label(bridge ? "asset.bridge" : "asset.road");
    if (chosen)
      ImGui::TextUnformatted(nameOf(view, *view.selection).c_str());
    else
      quiet(say(view, bridge ? "compare.choose_bridge" : "compare.choose_road"), colours);
  }
  const bool ready = !after_.empty() && (kind_ == CompareKind::model || (!before_.empty() && before_ != after_)) &&
                     (!(bridge || road) || !asset.empty());
  ImGui::BeginDisabled(!ready);
  if (mainButton(say(view, "compare.run"), {0, 0}, colours) && ready)
    out.push(PointCommand{CompareClouds{kind_, before_, after_, asset}});
  ImGui::EndDisabled();
}

void CompareWindow::draw(const ViewModel& view, CommandQueue& out, float scale) {
  toolWindow(view, out, WindowId::compare, "compare.title", {460, 560}, {0.6F, 0.3F}, scale, [&] {
    if (view.project->model->clouds.empty()) return quiet(say(view, "points.none"), paletteOf(view.theme));
    drawChoice(view, out, scale);
    if (!view.points.change) return;
    summary(view, *view.points.change);
    histogram(view, *view.points.change, scale);
  });
}

}  // namespace hashimichi::app
