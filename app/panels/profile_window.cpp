#include "app/panels/profile_window.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/desktop/icons.h"
#include "app/widgets/asset_words.h"
#include "app/widgets/facts.h"
#include "app/widgets/plot_frame.h"
#include "app/widgets/tool_window.h"

namespace hashimichi::app {
namespace {

/// Of all lanes.
double deepestRut(const measure::CrossSection& section) {
  double deepest = 0;
  for (const measure::LaneSection& lane : section.lanes) deepest = std::max(deepest, lane.rut_depth_mm);
  return deepest;
}

std::string crossfalls(const measure::CrossSection& section) {
  std::string all;
  for (const measure::LaneSection& lane : section.lanes)
    all += (all.empty() ? "" : " / ") + number(lane.crossfall_percent, 1);
  return all;
}

struct Row {
  const char* key;
  float width;
};
constexpr std::array columns{Row{"profile.chainage", 90}, Row{"profile.grade", 90}, Row{"profile.crossfall", 150},
                             Row{"profile.rut", 110}, Row{"profile.points", 90}};

}  // namespace

void ProfileWindow::drawWish(const ViewModel& view, CommandQueue& out, PathDialog& dialog, float scale) {
  const Palette& colours = paletteOf(view.theme);
  const model::RoadSegment* road =
      view.selection && view.selection->kind == model::AssetKind::road ? roadOf(view, view.selection->id) : nullptr;
  if (!road) {
    quiet(say(view, "profile.help"), colours);
  } else {
    if (road_ != road->id) {
      road_ = road->id;
      if (road->width_m > 0) half_width_m_ = static_cast<float>(road->width_m / 2);
      if (road->lanes > 0) lanes_ = road->lanes;
    }
    title(nameOf(view, *view.selection));
    const auto field = [&](const char* key, const char* id, float& value, float low, float high) {
      ImGui::AlignTextToFramePadding();
      quietLine(say(view, key), colours);
      ImGui::SameLine();
      ImGui::SetNextItemWidth(80 * scale);
      ImGui::DragFloat(id, &value, 0.1F, low, high, "%.1f m");
      ImGui::SameLine();
    };
    field("profile.every", "##every", every_m_, 0.5F, 500);
    field("profile.half_width", "##half", half_width_m_, 0.5F, 30);
    quietLine(say(view, "fact.lanes"), colours);
    ImGui::SameLine();
    ImGui::SetNextItemWidth(90 * scale);
    if (ImGui::InputInt("##lanes", &lanes_)) lanes_ = std::clamp(lanes_, 1, 8);
    if (mainButton(say(view, "profile.measure"), {0, 0}, colours))
      out.push(PointCommand{
          MeasureRoad{road->id, static_cast<double>(every_m_), static_cast<double>(half_width_m_), lanes_}});
    if (view.points.road_sections) ImGui::SameLine();
  }
  if (!view.points.road_sections) return;
  if (ImGui::Button(say(view, "measure.export"))) dialog.open(PathPurpose::road_sections_csv, view);
}

void ProfileWindow::drawTable(const ViewModel& view, const measure::RoadSections& sections) {
  const Palette& colours = paletteOf(view.theme);
  constexpr ImGuiTableFlags flags = ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollY | ImGuiTableFlags_NoSavedSettings;
  if (!ImGui::BeginTable("sections", static_cast<int>(columns.size()), flags,
                         {0, ImGui::GetContentRegionAvail().y * 0.5F}))
    return;
  for (const Row& column : columns)
    ImGui::TableSetupColumn(say(view, column.key), ImGuiTableColumnFlags_WidthStretch, column.width);
  ImGui::TableSetupScrollFreeze(0, 1);
  ImGui::TableHeadersRow();
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(sections.sections.size()));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const auto index = static_cast<std::size_t>(i);
      const measure::CrossSection& section = sections.sections[index];
      ImGui::TableNextRow();
      ImGui::TableNextColumn();
      ImGui::PushID(i);
      if (ImGui::Selectable("##row", index == chosen_, ImGuiSelectableFlags_SpanAllColumns)) chosen_ = index;
      ImGui::PopID();
      ImGui::SameLine();
      rightAligned(number(section.chainage_m, 1), "m", colours);
      ImGui::TableNextColumn();
      rightAligned(number(section.grade_percent, 1), "%", colours);
      ImGui::TableNextColumn();
      rightAligned(crossfalls(section), "%", colours);
      ImGui::TableNextColumn();
      rightAligned(number(deepestRut(section), 1), "mm", colours);
      ImGui::TableNextColumn();
      rightAligned(number(section.points), "", colours);
    }
  ImGui::EndTable();
}

void ProfileWindow::drawChart(const ViewModel& view, const measure::RoadSections& sections, float scale) const {
  const Palette& colours = paletteOf(view.theme);
  const measure::CrossSection& section = sections.sections[chosen_];
  if (section.profile.empty()) return;
  const auto [first, last] = std::ranges::minmax_element(section.profile, {}, &measure::ProfilePoint::offset_m);
  const auto [lowest, highest] = std::ranges::minmax_element(section.profile, {}, &measure::ProfilePoint::height_m);
  const double margin = std::max(0.01, (highest->height_m - lowest->height_m) * 0.1);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size{ImGui::GetContentRegionAvail().x, std::max(70 * scale, ImGui::GetContentRegionAvail().y)};
  ImGui::InvisibleButton("profile", size);
  const PlotFrame frame = PlotFrame::inside(at, size, {first->offset_m, last->offset_m + 1e-6},
                                            {lowest->height_m - margin, highest->height_m + margin}, scale);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  frame.drawAxes(list, colours, "m", "m");
  constexpr double gap_m = 0.15;  // three steps of the profile: nothing was seen between
  for (std::size_t i = 1; i < section.profile.size(); ++i) {
    const measure::ProfilePoint &a = section.profile[i - 1], &b = section.profile[i];
    if (b.offset_m - a.offset_m > gap_m) continue;
    list.AddLine(frame.toScreen(a.offset_m, a.height_m), frame.toScreen(b.offset_m, b.height_m), colours.accent, 1.5F);
  }
  for (const measure::LaneSection& lane : section.lanes)
    for (const std::optional<measure::Rut>* rut : {&lane.left, &lane.right}) {
      if (!*rut) continue;
      const float x = frame.toScreen((*rut)->offset_m, frame.y.low).x;
      list.AddLine({x, frame.low.y}, {x, frame.high.y}, colours.warning);
      list.AddText({x + 3, frame.low.y + 2}, colours.text, (number((*rut)->straight_edge_mm, 1) + " mm").c_str());
    }
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (ImGui::IsItemHovered())
    frame.drawCursor(list, mouse,
                     say(view, "profile.cursor", {number(frame.xAt(mouse.x), 2), number(frame.yAt(mouse.y), 3)}),
                     colours);
}

void ProfileWindow::draw(const ViewModel& view, CommandQueue& out, PathDialog& dialog, float scale) {
  if (shown_ != view.points.road_sections.get()) shown_ = view.points.road_sections.get(), chosen_ = 0;
  toolWindow(view, out, WindowId::road_sections, "profile.title", {640, 460}, {0.45F, 0.6F}, scale, [&] {
    drawWish(view, out, dialog, scale);
    if (!view.points.road_sections) return;
    const measure::RoadSections& sections = view.points.road_sections->result;
    const Palette& colours = paletteOf(view.theme);
    quietLine(say(view, "profile.sum", {number(sections.sections.size()), number(sections.not_measured)}), colours);
    if (sections.basis.unrefined) quiet(std::string(icon::alert) + " " + say(view, "measure.unrefined"), colours);
    if (sections.sections.empty()) return;
    chosen_ = std::min(chosen_, sections.sections.size() - 1);
    drawTable(view, sections);
    drawChart(view, sections, scale);
  });
}

}  // namespace hashimichi::app
