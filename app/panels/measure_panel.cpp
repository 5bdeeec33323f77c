#include "app/panels/measure_panel.h"

#include <fmt/format.h>
#include <imgui.h>
#include <imgui_stdlib.h>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
#include "app/panels/point_legend.h"
#include "app/session/measurement_table.h"
#include "app/widgets/facts.h"
#include "app/widgets/tool_window.h"

namespace hashimichi::app {
namespace {

constexpr std::array tools{PointTool::pick, PointTool::distance, PointTool::height, PointTool::area,
                           PointTool::section};

void toolButtons(const ViewModel& view, CommandQueue& out) {
  const Palette& colours = paletteOf(view.theme);
  float x = 0;
  for (const PointTool tool : tools) {
    const char* word = wordOf(view, tool);
    const float width = ImGui::CalcTextSize(word).x + 2 * ImGui::GetStyle().FramePadding.x;
    if (x > 0 && x + width <= ImGui::GetContentRegionAvail().x) ImGui::SameLine();
    x = ImGui::GetCursorPosX() + width;
    const bool chosen = view.points.tool == tool;
    if (chosen) ImGui::PushStyleColor(ImGuiCol_Button, colours.accent);
    if (chosen) ImGui::PushStyleColor(ImGuiCol_Text, colours.accent_text);
    if (ImGui::Button(word)) out.push(PointCommand{SetPointTool{tool}});
    if (chosen) ImGui::PopStyleColor(2);
  }
  const bool bridge = view.selection && view.selection->kind == model::AssetKind::bridge;
  ImGui::SameLine();
  ImGui::BeginDisabled(!bridge);
  if (ImGui::Button(say(view, "measured.clearance")) && bridge)
    out.push(PointCommand{MeasureClearance{view.selection->id, std::nullopt}});
  ImGui::EndDisabled();
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled))
    ImGui::SetTooltip("%s", say(view, "measure.clearance_help"));
}

}  // namespace

const char* toolHintKey(PointTool tool) {
  switch (tool) {
    case PointTool::pick:
      return "tool.pick_hint";
    case PointTool::area:
      return "tool.area_hint";
    case PointTool::section:
      return "tool.section_hint";
    case PointTool::distance:
    case PointTool::height:
      return "tool.two_hint";
    case PointTool::note:
      return "note.tool_hint";
    case PointTool::none:
      break;
  }
  return "tool.none_hint";
}

namespace {

void underWay(const ViewModel& view, CommandQueue& out) {
  quiet(say(view, toolHintKey(view.points.tool)), paletteOf(view.theme));
  if (view.points.picks.empty() || view.points.tool == PointTool::pick || view.points.tool == PointTool::note) return;
  if (ImGui::Button(say(view, "tool.take_back"))) out.push(PointCommand{TakeBackPick{}});
  if (view.points.tool != PointTool::area || view.points.picks.size() < 3) return;
  ImGui::SameLine();
  if (mainButton(say(view, "tool.finish"), {0, 0}, paletteOf(view.theme))) out.push(PointCommand{FinishPicks{}});
}

std::string whole(const std::optional<int>& value) {
  return value ? std::to_string(*value) : std::string();
}

/// Everything to the survey's last digit.
void pickedPoint(const ViewModel& view) {
  if (!view.points.picked) return;
  const PickedPoint& point = *view.points.picked;
  const Palette& colours = paletteOf(view.theme);
  heading(say(view, "picked.title"), colours);
  Facts facts("picked", colours);
  const bool degrees = std::abs(point.source.x) <= 360 && std::abs(point.source.y) <= 90;
  const int decimals = degrees ? 8 : 3;
  facts.text(say(view, "picked.cloud"), point.cloud);
  facts.number(say(view, degrees ? "picked.longitude" : "picked.easting"), number(point.source.x, decimals),
               degrees ? "°" : "m");
  facts.number(say(view, degrees ? "picked.latitude" : "picked.northing"), number(point.source.y, decimals),
               degrees ? "°" : "m");
  facts.number(say(view, "picked.height"), number(point.source.z, 3), "m");
  facts.text(say(view, "report.crs"), point.source_crs.substr(0, point.source_crs.find(',')));
  if (point.classification)
    facts.text(say(view, "picked.class"),
               whole(point.classification) + " " + classWord(view, static_cast<std::uint8_t>(*point.classification)));
  facts.number(say(view, "picked.intensity"), whole(point.intensity));
  if (point.return_number)
    facts.number(say(view, "picked.return"),
                 whole(point.return_number) + (point.number_of_returns ? " / " + whole(point.number_of_returns) : ""));
  if (point.gps_time_s) facts.number(say(view, "picked.gps_time"), fmt::format("{:.6f}", *point.gps_time_s), "s");
  facts.number(say(view, "picked.source_id"), whole(point.point_source));
  facts.text(say(view, "points.surveyed"),
             point.surveyed ? formatDate(toClock(*point.surveyed).date) : std::string(say(view, "fact.unknown")));
  if (!point.original) facts.text(say(view, "points.detail"), say(view, "picked.sample"));
}

void resultRow(const ViewModel& view, CommandQueue& out, const measure::SavedMeasurement& one) {
  const Palette& colours = paletteOf(view.theme);
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  const bool selected = view.points.selected_measurement == one.id;
  const std::string name = (one.name.empty() ? one.id : one.name) + "###" + one.id;
  if (ImGui::Selectable(name.c_str(), selected, ImGuiSelectableFlags_SpanAllColumns))
    out.push(PointCommand{SelectMeasurement{selected ? "" : one.id}});
  ImGui::TableNextColumn();
  if (const auto headline = headlineOf(one))
    rightAligned(number(headline->value, headline->decimals), headline->unit.c_str(), colours);
  ImGui::TableNextColumn();
  quietLine(one.unrefined ? std::string(icon::alert) : std::string(), colours);
  if (one.unrefined && ImGui::IsItemHovered()) ImGui::SetTooltip("%s", say(view, "measure.unrefined"));
}

void results(const ViewModel& view, CommandQueue& out, float scale) {
  const auto& all = view.points.saved.all();
  if (all.empty()) return quiet(say(view, "measure.none"), paletteOf(view.theme));
  constexpr ImGuiTableFlags flags = ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollY | ImGuiTableFlags_NoSavedSettings;
  constexpr float rows_shown = 7;
  const float height = std::min(rows_shown, 1 + static_cast<float>(all.size())) * row_height_px * scale;
  if (!ImGui::BeginTable("results", 3, flags, {0, height + 4 * scale})) return;
  ImGui::TableSetupColumn(say(view, "points.name"), ImGuiTableColumnFlags_WidthStretch);
  ImGui::TableSetupColumn(say(view, "measure.value"), ImGuiTableColumnFlags_WidthFixed, 120 * scale);
  ImGui::TableSetupColumn("##flag", ImGuiTableColumnFlags_WidthFixed, 22 * scale);
  ImGui::TableSetupScrollFreeze(0, 1);
  ImGui::TableHeadersRow();
  for (const measure::SavedMeasurement& one : all) resultRow(view, out, one);
  ImGui::EndTable();
}

}  // namespace

const char* wordOf(const ViewModel& view, PointTool tool) {
  constexpr std::array keys{"tool.none", "tool.pick",    "tool.distance", "tool.height",
                            "tool.area", "tool.section", "note.tool"};
  return say(view, keys[static_cast<std::size_t>(tool)]);
}

const char* wordOf(const ViewModel& view, measure::SavedKind kind) {
  constexpr std::array keys{"measured.distance",  "measured.height",        "measured.area",       "measured.section",
                            "measured.clearance", "measured.road_sections", "measured.settlement", "measured.change",
                            "measured.snow",      "measured.volume"};
  return say(view, keys[static_cast<std::size_t>(kind)]);
}

void MeasurePanel::drawSelected(const ViewModel& view, CommandQueue& out) {
  const measure::SavedMeasurement* one = view.points.saved.find(view.points.selected_measurement);
  if (!one) return;
  const Palette& colours = paletteOf(view.theme);
  heading(wordOf(view, one->kind), colours);
  if (edited_id_ != one->id) edited_id_ = one->id, edited_name_ = one->name;
  const float remove = ImGui::CalcTextSize(say(view, "measure.remove")).x + 3 * ImGui::GetStyle().FramePadding.x;
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - remove - ImGui::GetStyle().ItemSpacing.x);
  ImGui::InputTextWithHint("##name", say(view, "points.name"), &edited_name_);
  if (ImGui::IsItemDeactivatedAfterEdit()) out.push(PointCommand{RenameMeasurement{one->id, edited_name_}});
  ImGui::SameLine();
  if (ImGui::Button(say(view, "measure.remove"))) out.push(PointCommand{RemoveMeasurement{one->id}});
  if (one->unrefined) quiet(std::string(icon::alert) + " " + say(view, "measure.unrefined"), colours);
  Facts facts("numbers", colours);
  facts.text(say(view, "measure.at"), formatJst(one->at));
  for (const MeasuredNumber& value : numbersOf(*one))
    facts.number(wordOf(view.language, value).c_str(), number(value.value, value.decimals), value.unit.c_str());
}

void MeasurePanel::draw(const ViewModel& view, CommandQueue& out, PathDialog& dialog, float scale) {
  toolWindow(view, out, WindowId::measure, "measure.title", {440, 560}, {0.985F, 0.08F}, scale, [&] {
    toolButtons(view, out);
    underWay(view, out);
    pickedPoint(view);
    heading(say(view, "measure.results"), paletteOf(view.theme));
    results(view, out, scale);
    ImGui::BeginDisabled(!view.edits.canUndo());
    if (ImGui::Button(say(view, "edit.undo"))) out.push(EditCommand{Undo{}});
    if (view.edits.canUndo() && ImGui::IsItemHovered())
      ImGui::SetTooltip("%s", view.edits.steps[view.edits.step - 1].c_str());
    ImGui::EndDisabled();
    ImGui::SameLine();
    ImGui::BeginDisabled(view.points.saved.all().empty());
    if (ImGui::Button(say(view, "measure.export"))) dialog.open(PathPurpose::measurements_csv, view);
    ImGui::EndDisabled();
    drawSelected(view, out);
  });
}

}  // namespace hashimichi::app
