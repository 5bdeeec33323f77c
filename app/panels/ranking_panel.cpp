#include "app/panels/ranking_panel.h"

#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <tuple>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
#include "app/widgets/asset_words.h"
#include "app/widgets/badge.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"
#include "geo/core/text.h"

namespace hashimichi::app {
namespace {

model::AssetKind kindOf(assess::Subject subject) {
  return subject == assess::Subject::snow ? model::AssetKind::road : model::AssetKind::bridge;
}

/// By the row's index, which is quicker than by id; the id where the index does not fit the open model.
std::string rowName(const ViewModel& view, const assess::Ranked& row) {
  const model::CityModel& model = *view.project->model;
  if (view.subject == assess::Subject::snow) {
    if (row.index < model.roads.size() && !model.roads[row.index].name.empty()) return model.roads[row.index].name;
  } else if (row.index < model.bridges.size() && !model.bridges[row.index].name.empty()) {
    return model.bridges[row.index].name;
  }
  return row.asset_id;
}

const assets::Inspection* inspectionOf(const ViewModel& view, const assess::Ranked& row) {
  const std::vector<model::Bridge>& bridges = view.project->model->bridges;
  return row.index < bridges.size() ? model::latestInspection(bridges[row.index]) : nullptr;
}

std::string topReason(const ViewModel& view, const assess::Ranked& row) {
  return row.reasons.empty() ? std::string() : assess::describe(row.reasons.front(), view.language);
}

void scoreCell(double score, const Palette& colours, float scale) {
  const float text = 48 * scale, bar = ImGui::GetContentRegionAvail().x - text, bar_height = 6 * scale;
  const float line = ImGui::GetCursorPosY();
  if (bar > bar_height) {
    ImGui::SetCursorPosY(line + (ImGui::GetTextLineHeight() - bar_height) / 2);
    scoreBar(score / 100, {bar, bar_height}, colours.accent, colours.raised);
    ImGui::SameLine(0, 0);
  }
  ImGui::SetCursorPosY(line);
  rightAligned(number(score, 1), "", colours);
}

/// The whole sentence is told where the column is too narrow for it.
void reasonCell(const std::string& reason) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = ImGui::GetContentRegionAvail().x;
  ImGui::TextUnformatted(reason.c_str());
  if (ImGui::CalcTextSize(reason.c_str()).x > room && ImGui::IsWindowHovered() &&
      ImGui::IsMouseHoveringRect(at, {at.x + room, at.y + ImGui::GetTextLineHeight()}))
    ImGui::SetTooltip("%s", reason.c_str());
}

bool contains(const std::string& text, const std::string& wanted) {
  return toLower(normalizeWidth(text)).find(wanted) != std::string::npos;
}

}  // namespace

void RankingPanel::draw(const ViewModel& view, CommandQueue& out, float scale) {
  visible_rows_.clear();
  if (view.project && view.ranking()) arrange(view);
  toolbar(view, scale);
  if (!view.project || !view.ranking()) {
    quiet(say(view, "ranking.empty"), paletteOf(view.theme));
    return;
  }
  constexpr ImGuiTableFlags flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg | ImGuiTableFlags_Resizable |
                                    ImGuiTableFlags_Sortable | ImGuiTableFlags_BordersInnerV |
                                    ImGuiTableFlags_Hideable | ImGuiTableFlags_Reorderable |
                                    ImGuiTableFlags_NoSavedSettings;
  const char* id = view.subject == assess::Subject::snow ? "snow-ranking" : "ageing-ranking";
  if (!ImGui::BeginTable(id, 7, flags)) return;
  columns(view, scale);
  arrange(view);
  const float row_height = row_height_px * scale;
  followSelection(view, row_height);
  keys(view, out, row_height);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(order_.size()), row_height);
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) row(view, out, static_cast<std::size_t>(i), scale);
  ImGui::EndTable();
}

void RankingPanel::toolbar(const ViewModel& view, float scale) {
  const Palette& colours = paletteOf(view.theme);
  ImGui::AlignTextToFramePadding();
  title(say(view, view.subject == assess::Subject::snow ? "ranking.snow" : "ranking.ageing"));
  ImGui::SameLine(0, 16 * scale);
  ImGui::AlignTextToFramePadding();
  ImGui::TextDisabled("%s", icon::search);
  ImGui::SameLine();
  ImGui::SetNextItemWidth(260 * scale);
  ImGui::InputTextWithHint("##filter", say(view, "ranking.filter"), &filter_);
  if (!filter_.empty()) {
    ImGui::SameLine();
    if (ImGui::Button((std::string(icon::close) + "##clear").c_str())) filter_.clear();
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", say(view, "ranking.clear"));
  }
  if (!view.project || !view.ranking()) return;
  ImGui::SameLine(0, 16 * scale);
  ImGui::AlignTextToFramePadding();
  quietLine(say(view, "ranking.count", {number(order_.size()), number(view.ranking()->rows.size())}), colours);
  if (view.also_selected.empty()) return;
  ImGui::SameLine(0, 16 * scale);
  ImGui::AlignTextToFramePadding();
  quietLine(say(view, "ranking.selected", {number(view.also_selected.size())}), colours);
}

void RankingPanel::columns(const ViewModel& view, float scale) {
  const bool snow = view.subject == assess::Subject::snow;
  const auto column = [&](const char* key, float width, Column which, ImGuiTableColumnFlags flags = 0) {
    const bool stretch = width <= 0;
    ImGui::TableSetupColumn(say(view, key),
                            flags | (stretch ? ImGuiTableColumnFlags_WidthStretch : ImGuiTableColumnFlags_WidthFixed),
                            stretch ? 1 : width * scale, static_cast<ImGuiID>(which));
  };
  column("column.rank", 76, by_rank, ImGuiTableColumnFlags_DefaultSort);
  column(snow ? "column.road" : "column.bridge", 210, by_name, ImGuiTableColumnFlags_NoHide);
  column("column.tier", 170, by_tier);
  column("column.score", 170, by_score, ImGuiTableColumnFlags_PreferSortDescending);
  column(snow ? "column.depth" : "column.soundness", snow ? 120 : 90, by_deciding,
         ImGuiTableColumnFlags_PreferSortDescending);
  column("column.reason", 0, by_reason);
  column(snow ? "column.age" : "column.inspected", 120, by_age);
  ImGui::TableSetupScrollFreeze(0, 1);
  ImGui::TableHeadersRow();
  ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs();
  if (!specs || !specs->SpecsDirty || specs->SpecsCount == 0) return;
  sorted_by_ = static_cast<Column>(specs->Specs->ColumnUserID);
  descending_ = specs->Specs->SortDirection == ImGuiSortDirection_Descending;
  specs->SpecsDirty = false;
  stale_ = true;
}

void RankingPanel::arrange(const ViewModel& view) {
  const std::shared_ptr<const assess::Ranking>& ranking =
      view.subject == assess::Subject::snow ? view.snow : view.ageing;
  if (!stale_ && ranking == arranged_ && filter_ == arranged_filter_ && view.language == arranged_language_) return;
  arranged_ = ranking;
  arranged_filter_ = filter_;
  arranged_language_ = view.language;
  stale_ = false;
  const std::string wanted = toLower(normalizeWidth(trim(filter_)));
  order_.clear();
  for (std::size_t i = 0; i < ranking->rows.size(); ++i) {
    const assess::Ranked& ranked = ranking->rows[i];
    if (wanted.empty() || contains(rowName(view, ranked), wanted) || contains(ranked.asset_id, wanted) ||
        contains(assess::describeTier(view.subject, ranked.tier, view.language), wanted) ||
        contains(topReason(view, ranked), wanted))
      order_.push_back(i);
  }
  sort(view);
}

void RankingPanel::sort(const ViewModel& view) {
  const std::vector<assess::Ranked>& rows = arranged_->rows;
  const auto by = [&](auto key) {
    std::ranges::stable_sort(order_, [&](std::size_t a, std::size_t b) {
      return descending_ ? key(rows[b]) < key(rows[a]) : key(rows[a]) < key(rows[b]);
    });
  };
  switch (sorted_by_) {
    case by_rank:  // the ranking's own order, unranked ones last
      if (descending_) std::ranges::reverse(order_);
      break;
    case by_name:
      by([&](const assess::Ranked& row) { return rowName(view, row); });
      break;
    case by_tier:
      by([](const assess::Ranked& row) { return static_cast<int>(row.tier); });
      break;
    case by_score:
      by([](const assess::Ranked& row) { return row.score; });
      break;
    case by_deciding:
      by([&](const assess::Ranked& row) {
        if (view.subject == assess::Subject::snow) return row.depth_cm;
        const assets::Inspection* latest = inspectionOf(view, row);
        return latest ? static_cast<double>(latest->soundness) : 0.0;
      });
      break;
    case by_reason:
      by([&](const assess::Ranked& row) { return topReason(view, row); });
      break;
    case by_age:
      by([&](const assess::Ranked& row) {
        if (view.subject == assess::Subject::snow) return std::tuple(row.data_age_h, 0, 0);
        const assets::Inspection* latest = inspectionOf(view, row);
        const Date date = latest ? latest->date : Date{};
        return std::tuple(static_cast<double>(date.year), date.month, date.day);
      });
      break;
  }
}

void RankingPanel::followSelection(const ViewModel& view, float row_height) {
  if (view.selection == followed_) return;
  followed_ = view.selection;
  if (!followed_ || followed_->kind != kindOf(view.subject)) return;
  const auto found =
      std::ranges::find_if(order_, [&](std::size_t index) { return arranged_->rows[index].asset_id == followed_->id; });
  if (found == order_.end()) return;
  const float top = static_cast<float>(found - order_.begin()) * row_height;
  const float height = ImGui::GetWindowHeight() - row_height;  // without the head
  const float scroll = ImGui::GetScrollY();
  if (top < scroll || top + row_height > scroll + height)
    ImGui::SetScrollY(std::max(0.0F, top - (height - row_height) / 2));
}

model::AssetRef RankingPanel::assetAt(const ViewModel& view, std::size_t place) const {
  return {kindOf(view.subject), arranged_->rows[order_[place]].asset_id};
}

void RankingPanel::choose(const ViewModel& view, CommandQueue& out, std::size_t place, bool add, bool range) {
  const model::AssetRef asset = assetAt(view, place);
  followed_ = asset;  // the person is looking at the row already
  cursor_ = asset.id;
  if (range) {
    std::size_t from = place;
    for (std::size_t i = 0; i < order_.size(); ++i)
      if (arranged_->rows[order_[i]].asset_id == anchor_) from = i;
    std::vector<model::AssetRef> all{asset};
    for (std::size_t i = std::min(from, place); i <= std::max(from, place); ++i)
      if (i != place) all.push_back(assetAt(view, i));
    out.push(SelectAssets{std::move(all)});
    return;
  }
  anchor_ = asset.id;
  if (!add) return out.push(SelectAsset{asset});
  std::vector<model::AssetRef> all = view.also_selected;
  if (all.empty() && view.selection) all.push_back(*view.selection);
  if (std::erase(all, asset) == 0) all.insert(all.begin(), asset);
  followed_ = all.empty() ? std::nullopt : std::optional(all.front());
  out.push(SelectAssets{std::move(all)});
}

void RankingPanel::keys(const ViewModel& view, CommandQueue& out, float row_height) {
  const ImGuiIO& io = ImGui::GetIO();
  if (order_.empty() || io.WantTextInput || !ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows)) return;
  const auto pressed = [](ImGuiKey key) {
    const int index = ImGui::GetKeyIndex(key);
    return index >= 0 && ImGui::IsKeyPressed(index);
  };
  const std::string& at = cursor_.empty() && view.selection ? view.selection->id : cursor_;
  std::size_t place = 0;
  while (place < order_.size() && arranged_->rows[order_[place]].asset_id != at) ++place;
  const bool somewhere = place < order_.size();
  const std::size_t last = order_.size() - 1, before = place;
  const auto page = std::max<std::size_t>(1, static_cast<std::size_t>(ImGui::GetWindowHeight() / row_height) - 2);
  if (pressed(ImGuiKey_DownArrow)) place = somewhere ? std::min(last, place + 1) : 0;
  if (pressed(ImGuiKey_UpArrow)) place = somewhere ? place - std::min<std::size_t>(place, 1) : last;
  if (pressed(ImGuiKey_PageDown)) place = somewhere ? std::min(last, place + page) : 0;
  if (pressed(ImGuiKey_PageUp)) place = somewhere ? place - std::min(place, page) : 0;
  if (pressed(ImGuiKey_Home) && io.KeyCtrl) place = 0;
  if (pressed(ImGuiKey_End)) place = last;
  if (pressed(ImGuiKey_Enter) && view.selection) out.push(FlyTo{Viewpoint::selection, {}});
  if (place == before || place > last) return;
  choose(view, out, place, false, io.KeyShift);
  const float top = static_cast<float>(place) * row_height, scroll = ImGui::GetScrollY();
  const float height = ImGui::GetWindowHeight() - row_height;  // without the head
  if (top < scroll) ImGui::SetScrollY(top);
  if (top + row_height > scroll + height) ImGui::SetScrollY(top + row_height - height);
}

void RankingPanel::row(const ViewModel& view, CommandQueue& out, std::size_t place, float scale) {
  const assess::Ranked& ranked = arranged_->rows[order_[place]];
  const float height = row_height_px * scale;
  const model::AssetRef asset = assetAt(view, place);
  ImGui::PushID(ranked.asset_id.c_str());
  ImGui::TableNextRow(0, height);
  ImGui::TableNextColumn();
  const bool selected =
      view.selection == asset || std::ranges::find(view.also_selected, asset) != view.also_selected.end();
  const float inner = height - 2 * ImGui::GetStyle().CellPadding.y;
  const float top = ImGui::GetCursorScreenPos().y;
  if (ImGui::Selectable("##row", selected, ImGuiSelectableFlags_SpanAllColumns, {0, inner})) {
    const ImGuiIO& io = ImGui::GetIO();
    choose(view, out, place, io.KeyCtrl, io.KeyShift);
    if (!io.KeyCtrl && !io.KeyShift) out.push(FlyTo{Viewpoint::selection, {}});
  }
  const float centre = top + inner / 2;
  const ImVec2 window = ImGui::GetWindowPos();
  if (centre > window.y + height && centre < window.y + ImGui::GetWindowHeight() - 2)
    visible_rows_.emplace_back(ranked.asset_id, centre);
  ImGui::SameLine();
  cells(view, ranked, scale);
  ImGui::PopID();
}

void RankingPanel::cells(const ViewModel& view, const assess::Ranked& ranked, float scale) {
  const Palette& colours = paletteOf(view.theme);
  const bool snow = view.subject == assess::Subject::snow;
  rankBadge(ranked.band, scale);
  ImGui::SameLine(0, 0);
  rightAligned(ranked.rank > 0 ? number(ranked.rank) : "–", "", colours);
  ImGui::TableNextColumn();
  ImGui::TextUnformatted(rowName(view, ranked).c_str());
  ImGui::TableNextColumn();
  ImGui::TextUnformatted(assess::describeTier(view.subject, ranked.tier, view.language).c_str());
  ImGui::TableNextColumn();
  if (ranked.rank > 0) scoreCell(ranked.score, colours, scale);  // what is not ranked has none, not 0
  ImGui::TableNextColumn();
  const assets::Inspection* latest = snow ? nullptr : inspectionOf(view, ranked);
  if (!snow)
    soundnessBadge(latest ? latest->soundness : assets::Soundness::unknown, scale);
  else if (ranked.depth_cm >= 0)
    rightAligned(number(ranked.depth_cm, 0) +
                     (ranked.depth_sigma_cm > 0 ? " ± " + number(ranked.depth_sigma_cm, 0) : std::string()),
                 "cm", colours);
  ImGui::TableNextColumn();
  reasonCell(topReason(view, ranked));
  ImGui::TableNextColumn();
  if (snow && ranked.data_age_h >= 0) rightAligned(age(view, ranked.data_age_h), "", colours);
  if (!snow && latest) rightAligned(formatDate(latest->date), "", colours);
}

}  // namespace hashimichi::app
