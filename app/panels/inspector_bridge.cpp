#include <imgui.h>

#include <ranges>

#include "app/desktop/theme.h"
#include "app/panels/inspector_panel.h"
#include "app/widgets/asset_words.h"
#include "app/widgets/badge.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

/// 損傷程度 a is "none"; from d on it is worth a second look.
constexpr char severe_grade = 'd';

void registerFacts(const ViewModel& view, const model::Bridge& bridge) {
  Facts facts("register", paletteOf(view.theme));
  const char *yes = say(view, "fact.yes"), *no = say(view, "fact.no");
  facts.text(say(view, "fact.kana"), bridge.kana);
  facts.text(say(view, "fact.route"), bridge.route_name);
  facts.text(say(view, "fact.administrator"), bridge.administrator);
  facts.text(say(view, "fact.structure"), bridge.structure_type);
  facts.text(say(view, "fact.material"), bridge.material);
  facts.text(say(view, "fact.crosses"), bridge.crosses);
  if (bridge.year_built) facts.number(say(view, "fact.year_built"), std::to_string(*bridge.year_built));
  if (bridge.length_m) facts.number(say(view, "fact.length"), number(*bridge.length_m, 1), "m");
  if (bridge.width_m) facts.number(say(view, "fact.width"), number(*bridge.width_m, 1), "m");
  facts.yesNo(say(view, "fact.over_railway"), bridge.over_railway, yes, no);
  facts.yesNo(say(view, "fact.over_road"), bridge.over_road, yes, no);
  if (bridge.emergency_route)
    facts.text(say(view, "fact.emergency_route"),
               *bridge.emergency_route == 0
                   ? std::string(no)
                   : say(view, "fact.emergency_order", {std::to_string(*bridge.emergency_route)}));
  if (bridge.detour_km) {
    if (*bridge.detour_km < 0)
      facts.text(say(view, "fact.detour"), say(view, "fact.no_detour"));
    else
      facts.number(say(view, "fact.detour"), number(*bridge.detour_km, 1), "km");
  }
  if (bridge.aadt) facts.number(say(view, "fact.traffic"), number(*bridge.aadt), say(view, "unit.vehicles_per_day"));
  facts.yesNo(say(view, "fact.bus_route"), bridge.bus_route, yes, no);
  facts.yesNo(say(view, "fact.facility_access"), bridge.facility_access, yes, no);
  facts.text(say(view, "fact.source"), bridge.source);
}

void historyTable(const ViewModel& view, const model::Bridge& bridge, float scale) {
  const Palette& colours = paletteOf(view.theme);
  if (bridge.inspections.empty()) {
    quiet(say(view, "inspection.none"), colours);
    return;
  }
  if (!ImGui::BeginTable("history", 3, ImGuiTableFlags_SizingFixedFit)) return;
  ImGui::TableSetupColumn("day", ImGuiTableColumnFlags_WidthFixed);
  ImGui::TableSetupColumn("soundness", ImGuiTableColumnFlags_WidthFixed);
  ImGui::TableSetupColumn("status", ImGuiTableColumnFlags_WidthStretch);
  for (const assets::Inspection& inspection : bridge.inspections | std::views::reverse) {
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(formatDate(inspection.date).c_str());
    ImGui::TableNextColumn();
    soundnessBadge(inspection.soundness, scale);
    ImGui::TableNextColumn();
    quiet(wordOf(view, inspection.status), colours);
  }
  ImGui::EndTable();
}

void memberTable(const ViewModel& view, const assets::Inspection& inspection, float scale) {
  const Palette& colours = paletteOf(view.theme);
  if (inspection.members.empty()) return;
  heading(say(view, "inspection.members"), colours);
  if (!ImGui::BeginTable("members", 3, ImGuiTableFlags_SizingStretchProp)) return;
  ImGui::TableSetupColumn("member", ImGuiTableColumnFlags_WidthStretch);
  ImGui::TableSetupColumn("soundness", ImGuiTableColumnFlags_WidthFixed);
  ImGui::TableSetupColumn("measure", ImGuiTableColumnFlags_WidthFixed, 40 * scale);
  for (const assets::MemberGrade& member : inspection.members) {
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(member.member.c_str());
    ImGui::TableNextColumn();
    soundnessBadge(member.soundness, scale);
    ImGui::TableNextColumn();
    rightAligned(member.measure, "", colours);
  }
  ImGui::EndTable();
}

void defectLine(const ViewModel& view, const assets::Defect& defect) {
  const Palette& colours = paletteOf(view.theme);
  ImGui::Bullet();
  std::string text = defect.member.empty() ? defect.type : defect.member + ": " + defect.type;
  if (defect.grade) text += std::string(" (") + defect.grade + ")";
  if (defect.size_mm) text += ", " + number(*defect.size_mm, 1) + " mm";
  const bool severe = defect.grade >= severe_grade;
  if (severe) ImGui::PushStyleColor(ImGuiCol_Text, colours.warning);
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
  if (severe) ImGui::PopStyleColor();
  if (defect.note.empty()) return;
  const float indent = ImGui::GetTreeNodeToLabelSpacing();
  ImGui::Indent(indent);
  quiet(defect.note, colours);
  ImGui::Unindent(indent);
}

void latestInspection(const ViewModel& view, const assets::Inspection& inspection, float scale) {
  const Palette& colours = paletteOf(view.theme);
  memberTable(view, inspection, scale);
  if (!inspection.defects.empty()) heading(say(view, "inspection.defects"), colours);
  for (const assets::Defect& defect : inspection.defects) defectLine(view, defect);
  std::string events;
  for (const std::string& event : inspection.specific_events)
    events += (events.empty() ? "" : say(view, "list.separator")) + event;
  if (!events.empty()) quiet(say(view, "inspection.events", {events}), colours);
  if (!inspection.note.empty()) quiet(inspection.note, colours);
}

}  // namespace

void drawBridge(const ViewModel& view, const model::Bridge& bridge, float scale) {
  const Palette& colours = paletteOf(view.theme);
  heading(say(view, "inspection.history"), colours);
  historyTable(view, bridge, scale);
  if (!bridge.inspections.empty()) latestInspection(view, bridge.inspections.back(), scale);
  heading(say(view, "inspector.facts"), colours);
  if (!bridge.has_register_entry) quiet(say(view, "inspector.no_register"), colours);
  registerFacts(view, bridge);
  drawAttributes(view, bridge.attributes);
}

}  // namespace hashimichi::app
