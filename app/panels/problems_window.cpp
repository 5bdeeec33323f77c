#include "app/panels/problems_window.h"

#include <imgui.h>

#include <algorithm>
#include <array>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
#include "app/widgets/ellipsis.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"
#include "geo/core/file.h"

namespace hashimichi::app {
namespace {

constexpr std::size_t failures_kept = 200;

const char* wordOf(const ViewModel& view, ProblemLine::Kind kind) {
  constexpr std::array keys{"problems.failed", "problems.skipped", "problems.assumed", "problems.project"};
  return say(view, keys[static_cast<std::size_t>(kind)]);
}

const char* iconOf(ProblemLine::Kind kind) {
  return kind == ProblemLine::Kind::failed ? icon::alert : icon::alert_ring;
}

ProblemLine lineOf(const Problem& problem) {
  constexpr std::array kinds{ProblemLine::Kind::assumption, ProblemLine::Kind::skipped, ProblemLine::Kind::failed};
  ProblemLine line{kinds[static_cast<std::size_t>(problem.kind)], problem.file.substr(problem.file.rfind('/') + 1),
                   problem.what, std::nullopt};
  if (!problem.place.empty()) line.where += "  " + problem.place;
  if (!problem.advice.empty()) line.what += " " + problem.advice;
  if (!problem.feature_id.empty() || problem.position) line.to = ShowProblem{problem.feature_id, problem.position};
  return line;
}

void row(const ViewModel& view, CommandQueue& out, const ProblemLine& line, int index, float scale) {
  const Palette& colours = paletteOf(view.theme);
  ImGui::TableNextRow(0, row_height_px * scale);
  ImGui::TableNextColumn();
  ImGui::PushID(index);
  const ImU32 ink = line.kind == ProblemLine::Kind::failed ? colours.warning : colours.quiet;
  ImGui::PushStyleColor(ImGuiCol_Text, ink);
  ImGui::TextUnformatted(iconOf(line.kind));
  ImGui::SameLine();
  fittedText(wordOf(view, line.kind));
  ImGui::PopStyleColor();
  ImGui::TableNextColumn();
  fittedText(line.where);
  ImGui::TableNextColumn();
  if (line.to) {
    if (ImGui::SmallButton(icon::fit)) out.push(*line.to);
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", say(view, "report.show"));
    ImGui::SameLine();
  }
  fittedText(line.what);
  ImGui::PopID();
}

}  // namespace

std::vector<ProblemLine> problemLines(const ViewModel& view, const std::deque<std::string>& failures) {
  std::vector<ProblemLine> lines;
  for (const std::string& text : failures) lines.push_back({ProblemLine::Kind::failed, {}, text, std::nullopt});
  const auto ofProject = [&](std::string where, std::string what) {
    lines.push_back({ProblemLine::Kind::project, std::move(where), std::move(what), std::nullopt});
  };
  if (view.files.read_only) ofProject({}, view.files.why_read_only);
  if (view.files.recovery_offered) ofProject({}, view.files.recovery_text);
  for (const std::filesystem::path& missing : view.files.missing_links)
    ofProject(toUtf8(missing.filename()), say(view, "problems.missing", {toUtf8(missing)}));
  const std::size_t head = lines.size();
  if (view.project)
    for (const Problem& problem : view.project->report.lines()) lines.push_back(lineOf(problem));
  if (view.textures)
    for (const Problem& problem : view.textures->problems.lines()) lines.push_back(lineOf(problem));
  std::stable_sort(lines.begin() + static_cast<std::ptrdiff_t>(head), lines.end(),
                   [](const ProblemLine& a, const ProblemLine& b) { return a.kind < b.kind; });
  return lines;
}

void ProblemsWindow::remember(const ViewModel& view) {
  for (const Notice& notice : view.notices)
    if (notice.failed && std::ranges::find(failures_, notice.text) == failures_.end())
      failures_.push_front(notice.text);
  if (failures_.size() > failures_kept) failures_.resize(failures_kept);
}

void ProblemsWindow::draw(const ViewModel& view, CommandQueue& out, float scale) {
  remember(view);
  if (!view.open_windows.contains(WindowId::problems)) return;
  const ImVec2 all = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({all.x / 2, all.y * 0.6F}, ImGuiCond_Appearing, {0.5F, 0.5F});
  ImGui::SetNextWindowSize({std::min(860 * scale, all.x * 0.9F), std::min(360 * scale, all.y * 0.6F)},
                           ImGuiCond_Appearing);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  bool open = true;
  const std::string id = std::string(say(view, "problems.title")) + "###problems";
  const bool drawn = ImGui::Begin(id.c_str(), &open, ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings);
  const std::vector<ProblemLine> lines = drawn ? problemLines(view, failures_) : std::vector<ProblemLine>();
  if (drawn && lines.empty()) quiet(say(view, "problems.none"), paletteOf(view.theme));
  constexpr ImGuiTableFlags flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg | ImGuiTableFlags_Resizable;
  if (!lines.empty() && ImGui::BeginTable("lines", 3, flags)) {
    ImGui::TableSetupColumn(say(view, "problems.kind"), ImGuiTableColumnFlags_WidthStretch, 0.18F);
    ImGui::TableSetupColumn(say(view, "problems.where"), ImGuiTableColumnFlags_WidthStretch, 0.27F);
    ImGui::TableSetupColumn(say(view, "problems.what"), ImGuiTableColumnFlags_WidthStretch, 0.55F);
    ImGui::TableSetupScrollFreeze(0, 1);
    ImGui::TableHeadersRow();
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(lines.size()));
    while (clipper.Step())
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
        row(view, out, lines[static_cast<std::size_t>(i)], i, scale);
    ImGui::EndTable();
  }
  ImGui::End();
  ImGui::PopStyleVar();
  if (!open) out.push(ShowWindow{WindowId::problems, false});
}

}  // namespace hashimichi::app
