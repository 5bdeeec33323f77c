#include "app/panels/import_panel.h"

#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"
#include "geo/core/file.h"
#include "geo/core/text.h"

namespace hashimichi::app {
namespace {

constexpr ImGuiTableFlags table_flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg | ImGuiTableFlags_Resizable |
                                        ImGuiTableFlags_BordersInnerV | ImGuiTableFlags_NoSavedSettings;

std::string shortName(const std::string& path) {
  return toUtf8(std::filesystem::path(std::u8string(path.begin(), path.end())).filename());
}

/// A cell whose whole text is told when it is cut off.
void cell(const std::string& text, const std::string& more = {}) {
  ImGui::TableNextColumn();
  ImGui::TextUnformatted(text.c_str());
  if (!ImGui::IsItemHovered()) return;
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(ImGui::GetFontSize() * 36);
  ImGui::TextUnformatted(text.c_str());
  if (!more.empty()) ImGui::TextUnformatted(more.c_str());
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
}

/// " (LOD1 25, LOD2 3)"; empty where the file has no levels of detail.
std::string lodsOf(const import::SourceInfo& source, const std::string& type) {
  const auto found = source.lods.find(type);
  if (found == source.lods.end()) return {};
  std::string text;
  for (const auto& [lod, count] : found->second)
    text += (text.empty() ? " (LOD" : ", LOD") + std::to_string(lod) + " " + number(count);
  return text.empty() ? text : text + ")";
}

void sourcesTab(const ViewModel& view, float scale) {
  if (!ImGui::BeginTable("sources", 4, table_flags)) return;
  ImGui::TableSetupColumn(say(view, "report.file"), ImGuiTableColumnFlags_WidthStretch, 0.4F);
  ImGui::TableSetupColumn(say(view, "report.format"), ImGuiTableColumnFlags_WidthFixed, 110 * scale);
  ImGui::TableSetupColumn(say(view, "report.crs"), ImGuiTableColumnFlags_WidthFixed, 150 * scale);
  ImGui::TableSetupColumn(say(view, "report.features"), ImGuiTableColumnFlags_WidthStretch, 0.6F);
  ImGui::TableSetupScrollFreeze(0, 1);
  ImGui::TableHeadersRow();
  for (const import::SourceInfo& source : view.project->sources) {
    std::string features;
    for (const auto& [type, count] : source.features)
      features +=
          (features.empty() ? "" : say(view, "list.separator")) + type + " " + number(count) + lodsOf(source, type);
    if (source.points > 0)
      features +=
          (features.empty() ? "" : say(view, "list.separator")) + say(view, "report.points", {number(source.points)});
    ImGui::TableNextRow();
    cell(shortName(source.path), source.path);
    cell(source.format);
    cell(source.crs);
    cell(features);
  }
  ImGui::EndTable();
}

/// "roads.shp 12 · points.laz 1": where to look first.
void countsByFile(const ViewModel& view, const std::vector<const Problem*>& lines) {
  std::map<std::string, std::size_t> counts;
  for (const Problem* line : lines) ++counts[shortName(line->file)];
  std::string text;
  for (const auto& [file, count] : counts) text += (text.empty() ? "" : "  ·  ") + file + " " + number(count);
  quiet(text, paletteOf(view.theme));
}

/// One line; it leads to the place in the town where it knows one.
void problemRow(const ViewModel& view, CommandQueue& out, const Problem& line, int index) {
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::PushID(index);
  const bool leads = !line.feature_id.empty() || line.position;
  if (leads) {
    if (ImGui::SmallButton(icon::fit)) out.push(ShowProblem{line.feature_id, line.position});
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", say(view, "report.show"));
  }
  ImGui::PopID();
  cell(shortName(line.file), line.file);
  cell(line.place.empty() ? line.feature_id : line.place);
  cell(line.what, line.advice);
}

void problemTable(const ViewModel& view, CommandQueue& out, const std::vector<const Problem*>& lines, float scale) {
  if (!ImGui::BeginTable("lines", 4, table_flags)) return;
  ImGui::TableSetupColumn("##show", ImGuiTableColumnFlags_WidthFixed, 24 * scale);
  ImGui::TableSetupColumn(say(view, "report.file"), ImGuiTableColumnFlags_WidthFixed, 190 * scale);
  ImGui::TableSetupColumn(say(view, "report.place"), ImGuiTableColumnFlags_WidthFixed, 150 * scale);
  ImGui::TableSetupColumn(say(view, "report.what"), ImGuiTableColumnFlags_WidthStretch);
  ImGui::TableSetupScrollFreeze(0, 1);
  ImGui::TableHeadersRow();
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(lines.size()));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      problemRow(view, out, *lines[static_cast<std::size_t>(i)], i);
  ImGui::EndTable();
}

void problemsTab(const ViewModel& view, CommandQueue& out, ProblemKind kind, const std::string& filter, float scale) {
  const std::vector<const Problem*> lines = reportLines(view, kind, filter);
  if (lines.empty()) {
    quiet(say(view, "report.none"), paletteOf(view.theme));
    return;
  }
  if (ImGui::SmallButton(say(view, "report.copy")))
    ImGui::SetClipboardText(reportAsText(view.project->report, kind).c_str());
  ImGui::SameLine();
  countsByFile(view, lines);
  problemTable(view, out, lines, scale);
}

std::size_t countOf(const ViewModel& view, ProblemKind kind) {
  return view.project->report.count(kind) + (view.textures ? view.textures->problems.count(kind) : 0);
}

/// Beside the project, under its name: where a person looks for it. The notice afterwards tells the path.
void saveButtons(const ViewModel& view, CommandQueue& out) {
  for (const char* ending : {"html", "csv"}) {
    const std::string label = say(view, "report.save") + std::string(" ") + ending + "###save-" + ending;
    std::filesystem::path path = view.project->folder;
    path.replace_extension();
    path += std::string("_import_report.") + ending;
    if (ImGui::SmallButton(label.c_str())) out.push(SaveReport{path});
    ImGui::SameLine();
  }
  ImGui::NewLine();
}

}  // namespace

std::vector<const Problem*> reportLines(const ViewModel& view, ProblemKind kind, const std::string& filter) {
  std::vector<const Problem*> lines;
  const std::string wanted = toLower(filter);
  const auto matches = [&](const Problem& line) {
    if (line.kind != kind) return false;
    if (wanted.empty()) return true;
    return std::ranges::any_of(
        std::array{&line.file, &line.place, &line.code, &line.what, &line.feature_id},
        [&](const std::string* text) { return toLower(*text).find(wanted) != std::string::npos; });
  };
  const auto collect = [&](const Problems& problems) {
    for (const Problem& line : problems.lines())
      if (matches(line)) lines.push_back(&line);
  };
  if (view.project) collect(view.project->report);
  if (view.textures) collect(view.textures->problems);
  return lines;
}

std::string reportAsText(const Problems& problems, ProblemKind kind) {
  std::string text;
  for (const Problem& line : problems.lines())
    if (line.kind == kind)
      text += line.file + "\t" + line.place + "\t" + line.what + (line.advice.empty() ? "" : " " + line.advice) + "\n";
  return text;
}

void ImportPanel::drawTools(const ViewModel& view, float scale) {
  ImGui::SetNextItemWidth(240 * scale);
  ImGui::InputTextWithHint("##filter", say(view, "report.filter"), &filter_);
}

void ImportPanel::draw(const ViewModel& view, CommandQueue& out, float scale) {
  if (!view.open_windows.contains(WindowId::import_report) || !view.project) return;
  const ImVec2 all = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({all.x / 2, all.y / 2}, ImGuiCond_Appearing, {0.5F, 0.5F});
  ImGui::SetNextWindowSize({std::min(900 * scale, all.x * 0.9F), std::min(480 * scale, all.y * 0.8F)},
                           ImGuiCond_Appearing);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  bool open = true;
  const std::string id = std::string(say(view, "report.title")) + "###import-report";
  const bool drawn = ImGui::Begin(id.c_str(), &open, ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings);
  if (drawn) saveButtons(view, out), drawTools(view, scale);
  if (drawn && ImGui::BeginTabBar("kinds")) {
    const auto tab = [&](const char* key, const char* tab_id, std::size_t count, auto draw_tab) {
      const std::string label = std::string(say(view, key)) + " " + number(count) + "###" + tab_id;
      if (!ImGui::BeginTabItem(label.c_str())) return;
      draw_tab();
      ImGui::EndTabItem();
    };
    tab("report.read", "read", view.project->sources.size(), [&] { sourcesTab(view, scale); });
    for (const auto& [kind, key] :
         {std::pair{ProblemKind::failed, "report.failed"}, std::pair{ProblemKind::skipped, "report.skipped"},
          std::pair{ProblemKind::assumption, "report.assumptions"}})
      tab(key, toString(kind), countOf(view, kind),
          [&, which = kind] { problemsTab(view, out, which, filter_, scale); });
    ImGui::EndTabBar();
  }
  ImGui::End();
  ImGui::PopStyleVar();
  if (!open) out.push(ShowWindow{WindowId::import_report, false});
}

}  // namespace hashimichi::app
