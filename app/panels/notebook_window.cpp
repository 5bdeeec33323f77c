#include "app/panels/notebook_window.h"

#include <imgui_stdlib.h>

#include <algorithm>

#include "app/desktop/theme.h"
#include "app/widgets/facts.h"
#include "app/widgets/tool_window.h"

namespace hashimichi::app {
namespace {

/// From where one looks at a note's place: near enough to see what it is about.
constexpr double note_distance_m = 120, note_elevation_deg = 40;

std::string firstLine(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

void jumpTo(const project::Note& note, const ViewModel& view, CommandQueue& out) {
  FlyTo there{Viewpoint::pose, view.camera};
  there.pose.target = note.place;
  there.pose.distance_m = note_distance_m;
  there.pose.elevation_deg = note_elevation_deg;
  out.push(there);
  if (note.asset) out.push(SelectAsset{note.asset});
}

bool beginList(const char* id, std::size_t rows, int columns, float scale) {
  constexpr ImGuiTableFlags flags = ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollY | ImGuiTableFlags_NoSavedSettings;
  constexpr float rows_shown = 6;
  const float height = std::clamp(static_cast<float>(rows), 2.0F, rows_shown) * row_height_px * scale + 6 * scale;
  return ImGui::BeginTable(id, columns, flags, {0, height});
}

}  // namespace

void NotebookWindow::drawNotes(const ViewModel& view, CommandQueue& out, float scale) {
  const Palette& colours = paletteOf(view.theme);
  heading(say(view, "note.title"), colours);
  const bool pinning = view.points.tool == PointTool::note;
  if (pinning) quiet(say(view, "note.tool_hint"), colours);
  if (ImGui::Button(say(view, pinning ? "note.stop" : "note.tool")))
    out.push(PointCommand{SetPointTool{PointTool::note}});
  const auto& notes = view.edits.book.notes;
  if (notes.empty()) return quiet(say(view, "note.none"), colours);
  if (!beginList("notes", notes.size(), 2, scale)) return;
  ImGui::TableSetupColumn("##done", ImGuiTableColumnFlags_WidthFixed, 26 * scale);
  ImGui::TableSetupColumn("##text", ImGuiTableColumnFlags_WidthStretch);
  for (const project::Note& note : notes) {
    ImGui::PushID(note.id.c_str());
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    bool done = note.done;
    if (ImGui::Checkbox("##done", &done)) out.push(EditCommand{ChangeNote{note.id, note.text, done}});
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", say(view, "note.done"));
    ImGui::TableNextColumn();
    const bool selected = view.edits.selected_note == note.id;
    if (note.done) ImGui::PushStyleColor(ImGuiCol_Text, colours.quiet);
    if (ImGui::Selectable((firstLine(note.text) + "###note").c_str(), selected))
      out.push(EditCommand{SelectNote{selected ? "" : note.id}});
    if (note.done) ImGui::PopStyleColor();
    if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) jumpTo(note, view, out);
    ImGui::PopID();
  }
  ImGui::EndTable();
}

void NotebookWindow::drawSelectedNote(const ViewModel& view, CommandQueue& out, float scale) {
  const auto& notes = view.edits.book.notes;
  const auto note = std::ranges::find(notes, view.edits.selected_note, &project::Note::id);
  if (note == notes.end()) return edited_note_.clear();
  if (edited_note_ != note->id) edited_note_ = note->id, edited_text_ = note->text;
  ImGui::InputTextMultiline("##words", &edited_text_, {-1, 4 * row_height_px * scale});
  const bool typing = ImGui::IsItemActive();
  if (ImGui::IsItemDeactivatedAfterEdit())
    out.push(EditCommand{ChangeNote{note->id, edited_text_, note->done}});
  else if (!typing)
    edited_text_ = note->text;  // undone or changed elsewhere
  quiet(formatJst(note->made_at), paletteOf(view.theme));
  if (ImGui::Button(say(view, "note.jump"))) jumpTo(*note, view, out);
  ImGui::SameLine();
  if (ImGui::Button(say(view, "note.remove"))) out.push(EditCommand{RemoveNote{note->id}});
}

void NotebookWindow::drawViewpoints(const ViewModel& view, CommandQueue& out, float scale) {
  const Palette& colours = paletteOf(view.theme);
  heading(say(view, "viewpoint.title"), colours);
  const float save = ImGui::CalcTextSize(say(view, "viewpoint.save")).x + 3 * ImGui::GetStyle().FramePadding.x;
  ImGui::SetNextItemWidth(std::max(80 * scale, ImGui::GetContentRegionAvail().x - save - 10 * scale));
  ImGui::InputTextWithHint("##new", say(view, "viewpoint.name"), &new_name_);
  ImGui::SameLine();
  if (ImGui::Button(say(view, "viewpoint.save")))
    out.push(EditCommand{SaveViewpoint{std::exchange(new_name_, {}), std::nullopt}});
  const auto& viewpoints = view.edits.book.viewpoints;
  if (viewpoints.empty()) return quiet(say(view, "viewpoint.none"), colours);
  if (!beginList("viewpoints", viewpoints.size(), 2, scale)) return;
  ImGui::TableSetupColumn("##name", ImGuiTableColumnFlags_WidthStretch);
  ImGui::TableSetupColumn("##does", ImGuiTableColumnFlags_WidthFixed);
  for (const project::Viewpoint& viewpoint : viewpoints) {
    ImGui::PushID(viewpoint.id.c_str());
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    std::string name = edited_viewpoint_ == viewpoint.id ? edited_name_ : viewpoint.name;
    ImGui::SetNextItemWidth(-1);
    if (ImGui::InputText("##name", &name)) edited_viewpoint_ = viewpoint.id, edited_name_ = name;
    if (ImGui::IsItemDeactivatedAfterEdit())
      out.push(EditCommand{RenameViewpoint{viewpoint.id, name}}), edited_viewpoint_.clear();
    ImGui::TableNextColumn();
    if (ImGui::Button(say(view, "viewpoint.go"))) out.push(EditCommand{GoToViewpoint{viewpoint.id}});
    if (viewpoint.at && ImGui::IsItemHovered()) ImGui::SetTooltip("%s", formatJst(*viewpoint.at).c_str());
    ImGui::SameLine();
    if (ImGui::Button(say(view, "viewpoint.remove"))) out.push(EditCommand{RemoveViewpoint{viewpoint.id}});
    ImGui::PopID();
  }
  ImGui::EndTable();
}

void NotebookWindow::answer(const ViewModel& view, CommandQueue& out) {
  if (asked_ && !new_text_.empty()) out.push(EditCommand{AddNote{*asked_, new_text_, asked_asset_}});
  asked_.reset();
  new_text_.clear();
  out.push(PointCommand{TakeBackPick{}});
  if (view.points.tool == PointTool::note) out.push(PointCommand{SetPointTool{PointTool::note}});  // laid aside
  out.push(ShowWindow{WindowId::notebook, true});
}

void NotebookWindow::drawQuestion(const ViewModel& view, CommandQueue& out, float scale) {
  if (view.points.tool != PointTool::note || view.points.picks.empty()) return asked_.reset();
  const Vec3d place = view.points.picks.back().place;
  if (asked_ != place) {
    asked_ = place, asked_asset_ = view.hover, asked_at_ = ImGui::GetIO().MousePos;
    frames_since_asked_ = 0;
  }
  const ImVec2 all = ImGui::GetIO().DisplaySize, size{300 * scale, 190 * scale};
  ImGui::SetNextWindowPos({std::clamp(asked_at_.x + 12 * scale, 0.0F, std::max(0.0F, all.x - size.x)),
                           std::clamp(asked_at_.y + 12 * scale, 0.0F, std::max(0.0F, all.y - size.y))});
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  constexpr ImGuiWindowFlags flags = ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings |
                                     ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove;
  const std::string id = std::string(say(view, "note.tool")) + "###new-note";
  if (ImGui::Begin(id.c_str(), nullptr, flags)) {
    if (++frames_since_asked_ == 2) ImGui::SetKeyboardFocusHere();
    const bool entered =
        ImGui::InputTextMultiline("##words", &new_text_, {-1, 84 * scale},
                                  ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_CtrlEnterForNewLine);
    quietLine(say(view, "note.enter_hint"), paletteOf(view.theme));
    if (mainButton(say(view, "note.pin"), {0, 0}, paletteOf(view.theme)) || entered) answer(view, out);
    ImGui::SameLine();
    if (ImGui::Button(say(view, "note.cancel"))) new_text_.clear(), answer(view, out);
  }
  ImGui::End();
  ImGui::PopStyleVar();
}

void NotebookWindow::draw(const ViewModel& view, CommandQueue& out, float scale) {
  toolWindow(view, out, WindowId::notebook, "edit.notebook", {400, 520}, {0.2F, 0.15F}, scale, [&] {
    drawNotes(view, out, scale);
    drawSelectedNote(view, out, scale);
    drawViewpoints(view, out, scale);
  });
  drawQuestion(view, out, scale);
}

}  // namespace hashimichi::app
