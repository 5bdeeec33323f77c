#include "app/panels/legend.h"

#include <algorithm>

#include "app/desktop/theme.h"
#include "app/widgets/badge.h"
#include "app/widgets/facts.h"
#include "app/widgets/result_words.h"
#include "app/widgets/say.h"
#include "geo/export/result_palette.h"
#include "geo/export/words.h"

namespace hashimichi::app {
namespace {

constexpr std::array all_soundness{assets::Soundness::IV, assets::Soundness::III, assets::Soundness::II,
                                   assets::Soundness::I, assets::Soundness::unknown};

constexpr std::array soundness_keys{"legend.unknown", "legend.I", "legend.II", "legend.III", "legend.IV"};

/// The columns of a legend, as wide as its words need.
bool beginCounts(const char* id, float words_width, bool with_km, float scale) {
  if (!ImGui::BeginTable(id, with_km ? 4 : 3, ImGuiTableFlags_SizingFixedFit)) return false;
  ImGui::TableSetupColumn("symbol", ImGuiTableColumnFlags_WidthFixed, 26 * scale);
  ImGui::TableSetupColumn("words", ImGuiTableColumnFlags_WidthFixed, words_width);
  ImGui::TableSetupColumn("count", ImGuiTableColumnFlags_WidthFixed, 44 * scale);
  if (with_km) ImGui::TableSetupColumn("km", ImGuiTableColumnFlags_WidthFixed, 62 * scale);
  return true;
}

float widthOf(const std::string& words) {
  return ImGui::CalcTextSize(words.c_str()).x;
}

}  // namespace

void Legend::count(const ViewModel& view) {
  if (view.snow == counted_ && view.project->model == counted_model_) return;
  counted_ = view.snow;
  counted_model_ = view.project->model;
  roads_ = {};
  road_km_ = {};
  bridges_ = {};
  for (const model::Bridge& bridge : counted_model_->bridges) {
    const assets::Inspection* latest = model::latestInspection(bridge);
    ++bridges_[static_cast<std::size_t>(latest ? latest->soundness : assets::Soundness::unknown)];
  }
  if (!counted_) return;
  for (const assess::Ranked& row : counted_->rows) {
    if (row.index >= counted_model_->roads.size() || row.band < 0 || row.band > 5) continue;
    const auto band = static_cast<std::size_t>(row.band);
    ++roads_[band];
    road_km_[band] += counted_model_->roads[row.index].length_m / 1000;
  }
}

void Legend::drawSnow(const ViewModel& view, float scale) const {
  const Palette& colours = paletteOf(view.theme);
  const auto meaning = [&](std::size_t band) {
    return exporting::bandMeaning(assess::Subject::snow, static_cast<int>(band), view.language);
  };
  float width = 0;
  for (std::size_t band = 0; band < roads_.size(); ++band) width = std::max(width, widthOf(meaning(band)));
  // Another language is another table: ImGui remembers a table's widths.
  if (!beginCounts(view.language == Language::ja ? "snow-ja" : "snow-en", width, true, scale)) return;
  for (std::size_t i = 1; i <= 6; ++i) {
    const std::size_t band = i % 6;  // ① … ⑤, then the unranked
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    rankBadge(static_cast<int>(band), scale);
    ImGui::TableNextColumn();
    quietLine(meaning(band), colours);
    ImGui::TableNextColumn();
    rightAligned(number(roads_[band]), "", colours);
    ImGui::TableNextColumn();
    rightAligned(number(road_km_[band], 1), "km", colours);
  }
  ImGui::EndTable();
}

void Legend::drawAgeing(const ViewModel& view, float scale) const {
  const Palette& colours = paletteOf(view.theme);
  float width = 0;
  for (const char* key : soundness_keys) width = std::max(width, widthOf(say(view, key)));
  if (!beginCounts(view.language == Language::ja ? "ageing-ja" : "ageing-en", width, false, scale)) return;
  for (const assets::Soundness soundness : all_soundness) {
    const auto index = static_cast<std::size_t>(soundness);
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    soundnessBadge(soundness, scale);
    ImGui::TableNextColumn();
    quietLine(say(view, soundness_keys[index]), colours);
    ImGui::TableNextColumn();
    rightAligned(number(bridges_[index]), "", colours);
  }
  ImGui::EndTable();
}

void Legend::drawResult(const ViewModel& view, float scale) {
  const render::ResultShapes& shapes = *view.result;
  const std::size_t column = view.resultColumn(), classes = shapes.classes.names.size();
  if (counted_result_ != view.result || counted_column_ != column) {
    counted_result_ = view.result, counted_column_ = column;
    items_.assign(classes + 1, 0);
    for (std::uint32_t item = 0; item < shapes.layer().items.size(); ++item)
      ++items_[render::isGap(shapes, item, column) ? classes : shapes.classes.classOf(shapes.layer().at(item, column))];
  }
  const Palette& colours = paletteOf(view.theme);
  ImGui::Separator();
  title(resultName(view, shapes.layer()));
  float width = widthOf(say(view, "result.gap"));
  for (const std::string& name : shapes.classes.names) width = std::max(width, widthOf(name));
  if (!beginCounts((shapes.layer().id + (view.language == Language::ja ? "-ja" : "-en")).c_str(), width, false, scale))
    return;
  for (std::size_t i = classes + 1; i-- > 0;) {  // the gravest class first, gaps last
    const std::size_t which = i == 0 ? classes : i - 1;
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float side = 14 * scale;
    const exporting::Rgb colour = which == classes ? exporting::no_data : exporting::resultColour(which, classes);
    ImGui::GetWindowDrawList()->AddRectFilled({at.x, at.y + 3 * scale}, {at.x + side, at.y + 3 * scale + side},
                                              toImGui(colour), 2);
    if (which == classes)
      ImGui::GetWindowDrawList()->AddLine({at.x, at.y + 3 * scale + side}, {at.x + side, at.y + 3 * scale},
                                          colours.panel, 2);
    ImGui::Dummy({side, side});
    ImGui::TableNextColumn();
    quietLine(which == classes ? std::string(say(view, "result.gap")) : shapes.classes.names[which], colours);
    ImGui::TableNextColumn();
    rightAligned(number(items_[which]), "", colours);
  }
  ImGui::EndTable();
  quietLine(say(view, "result.beside"), colours);
}

void Legend::draw(const ViewModel& view, ImVec2 position, ImVec2 size, float scale) {
  count(view);
  const float margin = 12 * scale;
  ImGui::SetNextWindowPos({position.x + margin, position.y + size.y - margin}, ImGuiCond_Always, {0, 1});
  ImGui::SetNextWindowBgAlpha(0.92F);
  ImGui::Begin("##legend", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing |
                   ImGuiWindowFlags_NoInputs | ImGuiWindowFlags_AlwaysAutoResize);
  const bool snow = view.subject == assess::Subject::snow;
  title(say(view, snow ? "legend.snow" : "legend.ageing"));
  if (snow)
    drawSnow(view, scale);
  else
    drawAgeing(view, scale);
  if (view.result) drawResult(view, scale);
  ImGui::End();
}

}  // namespace hashimichi::app
