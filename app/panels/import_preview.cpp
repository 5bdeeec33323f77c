#include "app/panels/import_preview.h"

#include <fmt/format.h>
#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "app/desktop/theme.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"
#include "geo/core/file.h"

namespace hashimichi::app {
namespace {

constexpr ImGuiTableFlags table_flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg | ImGuiTableFlags_Resizable |
                                        ImGuiTableFlags_BordersInnerV | ImGuiTableFlags_NoSavedSettings;

template <typename Values>
std::string joined(const Values& values, const char* between) {
  std::string all;
  for (const auto& value : values) {
    if (!all.empty()) all += between;
    if constexpr (std::is_same_v<std::decay_t<decltype(value)>, int>)
      all += std::to_string(value);
    else
      all += value;
  }
  return all;
}

std::string nameOf(const std::string& path) {
  return toUtf8(std::filesystem::path(std::u8string(path.begin(), path.end())).filename());
}

void cell(const std::string& text, const std::string& whole = {}) {
  ImGui::TableNextColumn();
  ImGui::TextUnformatted(text.c_str());
  if (ImGui::IsItemHovered() && !whole.empty()) ImGui::SetTooltip("%s", whole.c_str());
}

void fileRow(const ViewModel& view, const import::SurveyedFile& file) {
  ImGui::TableNextRow();
  cell(nameOf(file.path), file.path);
  cell(file.format);
  cell(joined(file.types, say(view, "list.separator")));
  cell(joined(file.lods, ", "));
  cell(file.crs, file.crs);
  ImGui::TableNextColumn();
  rightAligned(sizeText(file.bytes), "", paletteOf(view.theme));
}

/// Check boxes in a row; what is not ticked comes into `unwanted`.
template <typename Value, typename Words>
void ticks(const std::set<Value>& values, std::set<Value>& unwanted, Words words) {
  float x = 0;
  const float room = ImGui::GetContentRegionAvail().x;
  for (const Value& value : values) {
    const std::string label = words(value);
    const float width = ImGui::CalcTextSize(label.c_str()).x + ImGui::GetFrameHeight() + 20;
    if (x > 0 && x + width < room)
      ImGui::SameLine(x);
    else
      x = 0;
    x += width;
    bool wanted = !unwanted.contains(value);
    if (!ImGui::Checkbox(label.c_str(), &wanted)) continue;
    if (wanted)
      unwanted.erase(value);
    else
      unwanted.insert(value);
  }
}

/// Degrees onto a small map that keeps the shape of the ground.
struct SmallMap {
  ImVec2 at, size;
  Bounds degrees;
  double scale_x = 1, scale_y = 1;

  SmallMap(ImVec2 where, ImVec2 how_large, Bounds all) : at(where), size(how_large), degrees(all) {
    const double middle = degrees.centre().y * std::numbers::pi / 180, east = std::max(0.05, std::cos(middle));
    const Vec3d span = degrees.size();
    const double per_degree = std::min(size.x / std::max(1e-6, span.x * east), size.y / std::max(1e-6, span.y)) * 0.94;
    scale_x = per_degree * east, scale_y = per_degree;
  }
  ImVec2 toScreen(double lon, double lat) const {
    const Vec3d c = degrees.centre();
    return {at.x + size.x / 2 + static_cast<float>((lon - c.x) * scale_x),
            at.y + size.y / 2 - static_cast<float>((lat - c.y) * scale_y)};
  }
  Vec3d toDegrees(ImVec2 p) const {
    const Vec3d c = degrees.centre();
    return {c.x + (p.x - at.x - size.x / 2) / scale_x, c.y - (p.y - at.y - size.y / 2) / scale_y, 0};
  }
};

}  // namespace

std::string sizeText(std::uint64_t bytes) {
  const auto value = static_cast<double>(bytes);
  if (bytes < 1'000'000) return fmt::format("{:.1f} kB", value / 1e3);
  if (bytes < 1'000'000'000) return fmt::format("{:.1f} MB", value / 1e6);
  return fmt::format("{:.2f} GB", value / 1e9);
}

void ImportPreview::drawFiles(const ViewModel& view, float scale) const {
  if (!ImGui::BeginTable("files", 6, table_flags, {0, ImGui::GetContentRegionAvail().y * 0.42F})) return;
  ImGui::TableSetupColumn(say(view, "report.file"), ImGuiTableColumnFlags_WidthStretch, 0.5F);
  ImGui::TableSetupColumn(say(view, "report.format"), ImGuiTableColumnFlags_WidthFixed, 110 * scale);
  ImGui::TableSetupColumn(say(view, "report.features"), ImGuiTableColumnFlags_WidthStretch, 0.35F);
  ImGui::TableSetupColumn("LOD", ImGuiTableColumnFlags_WidthFixed, 70 * scale);
  ImGui::TableSetupColumn(say(view, "report.crs"), ImGuiTableColumnFlags_WidthFixed, 110 * scale);
  ImGui::TableSetupColumn(say(view, "preview.size"), ImGuiTableColumnFlags_WidthFixed, 80 * scale);
  ImGui::TableSetupScrollFreeze(0, 1);
  ImGui::TableHeadersRow();
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(shown_->survey.files.size()));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      fileRow(view, shown_->survey.files[static_cast<std::size_t>(i)]);
  ImGui::EndTable();
}

/// What could not be looked at: a few lines high, however many there are, so that the choice stays in sight.
void ImportPreview::drawProblems(const ViewModel& view) const {
  constexpr std::size_t lines_shown = 4;
  const std::vector<Problem>& lines = shown_->survey.problems.lines();
  if (lines.empty()) return;
  const float height = ImGui::GetTextLineHeightWithSpacing() * static_cast<float>(std::min(lines_shown, lines.size()));
  ImGui::BeginChild("problems", {0, height + ImGui::GetStyle().ItemSpacing.y}, false,
                    ImGuiWindowFlags_HorizontalScrollbar);
  for (const Problem& line : lines) {
    const std::string text = nameOf(line.file) + ": " + line.what;
    ImGui::PushStyleColor(ImGuiCol_Text, paletteOf(view.theme).quiet);
    ImGui::TextUnformatted(text.c_str());
    ImGui::PopStyleColor();
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", line.file.c_str());
  }
  ImGui::EndChild();
}

/// Where the files are; a rectangle drawn with the mouse is the area.
void ImportPreview::drawMap(const ViewModel& view, float scale) {
  if (shown_->survey.degrees.empty()) return;
  const Palette& colours = paletteOf(view.theme);
  const SmallMap map(ImGui::GetCursorScreenPos(), {260 * scale, std::max(80 * scale, ImGui::GetContentRegionAvail().y)},
                     shown_->survey.degrees);
  ImGui::InvisibleButton("map", map.size);
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", say(view, "preview.map_help"));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 end{map.at.x + map.size.x, map.at.y + map.size.y};
  list.PushClipRect(map.at, end, true);
  list.AddRectFilled(map.at, end, colours.window);
  for (const import::SurveyedFile& file : shown_->survey.files) {
    if (!file.degrees) continue;
    const ImVec2 north_west = map.toScreen(file.degrees->low.x, file.degrees->high.y),
                 south_east = map.toScreen(file.degrees->high.x, file.degrees->low.y);
    list.AddRectFilled(north_west, south_east, colours.raised);
    list.AddRect(north_west, south_east, colours.quiet);
  }
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const Vec3d here = map.toDegrees(mouse);
  if (ImGui::IsItemActivated()) dragging_ = true, from_lon_ = here.x, from_lat_ = here.y;
  if (dragging_ && ImGui::IsMouseDown(ImGuiMouseButton_Left) && (here.x != from_lon_ && here.y != from_lat_))
    choice_.area = fmt::format("{:.5f},{:.5f},{:.5f},{:.5f}", std::min(from_lon_, here.x), std::min(from_lat_, here.y),
                               std::max(from_lon_, here.x), std::max(from_lat_, here.y));
  if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) dragging_ = false;
  if (const Result<import::Selection::LonLatRing> ring = import::rectangleFrom(choice_.area); ring && !ring->empty()) {
    Bounds area;
    for (const Vec3d& corner : *ring) area.add(corner);
    list.AddRect(map.toScreen(area.low.x, area.high.y), map.toScreen(area.high.x, area.low.y), colours.accent, 0, 0, 2);
  }
  list.PopClipRect();
}

void ImportPreview::drawChoice(const ViewModel& view, float scale) {
  const Palette& colours = paletteOf(view.theme);
  if (const std::set<std::string> types = shown_->types(); !types.empty()) {
    quiet(say(view, "preview.types"), colours);
    ticks(types, choice_.unwanted_types, [](const std::string& type) { return type; });
  }
  if (const std::set<int> lods = shown_->lods(); lods.size() > 1) {
    quiet(say(view, "layers.lod"), colours);
    ticks(lods, choice_.unwanted_lods, [](int lod) { return "LOD" + std::to_string(lod); });
  }
  quiet(say(view, "preview.area"), colours);
  ImGui::SetNextItemWidth(-1);
  ImGui::InputTextWithHint("##area", say(view, "preview.area_hint"), &choice_.area);
  ImGui::SetNextItemWidth(-1);
  ImGui::InputTextWithHint("##mesh", say(view, "preview.mesh_hint"), &choice_.mesh_codes);
  drawReading(view, scale);
}

/// How files are read that do not say it themselves.
void ImportPreview::drawReading(const ViewModel& view, float scale) {
  quiet(say(view, "preview.reading"), paletteOf(view.theme));
  const float half = ImGui::GetContentRegionAvail().x * 0.5F - 4 * scale;
  ImGui::SetNextItemWidth(half);
  ImGui::InputTextWithHint("##crs", say(view, "preview.crs_hint"), &choice_.source_crs);
  ImGui::SameLine();
  ImGui::SetNextItemWidth(-1);
  const char* shown = choice_.encoding.empty() ? say(view, "preview.encoding_found") : choice_.encoding.c_str();
  if (ImGui::BeginCombo("##encoding", shown)) {
    for (const char* encoding : {"", "UTF-8", "CP932"})
      if (ImGui::Selectable(*encoding == '\0' ? say(view, "preview.encoding_found") : encoding,
                            choice_.encoding == encoding))
        choice_.encoding = encoding;
    ImGui::EndCombo();
  }
  ImGui::SetNextItemWidth(half);
  ImGui::InputTextWithHint("##geoid", say(view, "preview.geoid_hint"), &choice_.geoid);
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", say(view, "preview.geoid_help"));
  ImGui::SameLine();
  bool fill = choice_.fill_terrain_m > 0;
  if (ImGui::Checkbox(say(view, "preview.fill"), &fill)) choice_.fill_terrain_m = fill ? 50 : 0;
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", say(view, "preview.fill_help"));
  if (!fill) return;
  ImGui::SameLine();
  ImGui::SetNextItemWidth(-1);
  ImGui::InputDouble("##fill", &choice_.fill_terrain_m, 0, 0, "%.0f m");
  choice_.fill_terrain_m = std::clamp(choice_.fill_terrain_m, 1.0, 10000.0);
}

void ImportPreview::draw(const ViewModel& view, CommandQueue& out, float scale) {
  if (!view.open_windows.contains(WindowId::import_preview) || !view.pending_import) return;
  if (shown_ != view.pending_import) shown_ = view.pending_import, choice_ = {};
  const ImVec2 all = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({all.x / 2, all.y / 2}, ImGuiCond_Appearing, {0.5F, 0.5F});
  ImGui::SetNextWindowSize({std::min(920 * scale, all.x * 0.9F), std::min(660 * scale, all.y * 0.85F)},
                           ImGuiCond_Appearing);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  bool open = true;
  const std::string id = std::string(say(view, "preview.title")) + "###import-preview";
  if (ImGui::Begin(id.c_str(), &open, ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings)) {
    const import::Survey& survey = shown_->survey;
    quiet(say(view, "preview.sum", {number(survey.files.size()), sizeText(survey.bytes)}), paletteOf(view.theme));
    drawProblems(view);
    drawFiles(view, scale);
    const float buttons = ImGui::GetFrameHeightWithSpacing() + 4 * scale;
    ImGui::BeginChild("map", {270 * scale, -buttons});
    drawMap(view, scale);
    ImGui::EndChild();
    ImGui::SameLine();
    ImGui::BeginChild("choice", {0, -buttons});
    drawChoice(view, scale);
    ImGui::EndChild();
    if (survey.files.empty()) ImGui::BeginDisabled();
    if (mainButton(say(view, "preview.import"), {130 * scale, 0}, paletteOf(view.theme)))
      out.push(ImportPending{choice_});
    if (survey.files.empty()) ImGui::EndDisabled();
    ImGui::SameLine();
    if (ImGui::Button(say(view, "dialog.cancel"), {110 * scale, 0})) open = false;
  }
  ImGui::End();
  ImGui::PopStyleVar();
  if (!open) out.push(ShowWindow{WindowId::import_preview, false});
}

}  // namespace hashimichi::app
