#include "app/panels/import_panel.h"

#include <imgui.h>

#include <filesystem>
#include <map>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"
#include "geo/core/file.h"

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
      features += (features.empty() ? "" : say(view, "list.separator")) + type + " " + number(count);
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
void countsByFile(const ViewModel& view, ProblemKind kind) {
  std::map<std::string, std::size_t> counts;
  for (const Problem& line : view.project->report.lines())
    if (line.kind == kind) ++counts[shortName(line.file)];
  std::string text;
  for (const auto& [file, count] : counts) text += (text.empty() ? "" : "  ·  ") + file + " " + number(count);
  quiet(text, paletteOf(view.theme));
}

void problemTable(const ViewModel& view, ProblemKind kind, float scale) {
  std::vector<const Problem*> lines;
  for (const Problem& line : view.project->report.lines())
    if (line.kind == kind) lines.push_back(&line);
  if (!ImGui::BeginTable("lines", 3, table_flags)) return;
  ImGui::TableSetupColumn(say(view, "report.file"), ImGuiTableColumnFlags_WidthFixed, 190 * scale);
  ImGui::TableSetupColumn(say(view, "report.place"), ImGuiTableColumnFlags_WidthFixed, 150 * scale);
  ImGui::TableSetupColumn(say(view, "report.what"), ImGuiTableColumnFlags_WidthStretch);
  ImGui::TableSetupScrollFreeze(0, 1);
  ImGui::TableHeadersRow();
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(lines.size()));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const Problem& line = *lines[static_cast<std::size_t>(i)];
      ImGui::TableNextRow();
      cell(shortName(line.file), line.file);
      cell(line.place);
      cell(line.what, line.advice);
    }
  ImGui::EndTable();
}

void problemsTab(const ViewModel& view, ProblemKind kind, float scale) {
  const Problems& report = view.project->report;
  if (report.count(kind) == 0) {
    quiet(say(view, "report.none"), paletteOf(view.theme));
    return;
  }
  if (ImGui::SmallButton(say(view, "report.copy"))) ImGui::SetClipboardText(reportAsText(report, kind).c_str());
  ImGui::SameLine();
  countsByFile(view, kind);
  problemTable(view, kind, scale);
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

std::string reportAsText(const Problems& problems, ProblemKind kind) {
  std::string text;
  for (const Problem& line : problems.lines())
    if (line.kind == kind)
      text += line.file + "\t" + line.place + "\t" + line.what + (line.advice.empty() ? "" : " " + line.advice) + "\n";
  return text;
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
  const bool shown = ImGui::Begin(id.c_str(), &open, ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings);
  if (shown) saveButtons(view, out);
  if (shown && ImGui::BeginTabBar("kinds")) {
    const auto tab = [&](const char* key, const char* tab_id, std::size_t count, auto draw_tab) {
      const std::string label = std::string(say(view, key)) + " " + number(count) + "###" + tab_id;
      if (!ImGui::BeginTabItem(label.c_str())) return;
      draw_tab();
      ImGui::EndTabItem();
    };
    const Problems& report = view.project->report;
    tab("report.read", "read", view.project->sources.size(), [&] { sourcesTab(view, scale); });
    for (const auto& [kind, key] :
         {std::pair{ProblemKind::failed, "report.failed"}, std::pair{ProblemKind::skipped, "report.skipped"},
          std::pair{ProblemKind::assumption, "report.assumptions"}})
      tab(key, toString(kind), report.count(kind), [&, which = kind] { problemsTab(view, which, scale); });
    ImGui::EndTabBar();
  }
  ImGui::End();
  ImGui::PopStyleVar();
  if (!open) out.push(ShowWindow{WindowId::import_report, false});
}

}  // namespace hashimichi::app
