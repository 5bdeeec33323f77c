#include <fmt/format.h>

#include <algorithm>

#include "geo/export/ranking_table.h"
#include "geo/export/sheet_parts.h"
#include "geo/export/words.h"

namespace hashimichi::exporting {
namespace {

constexpr double head_mm = 20, table_head_mm = 7, row_mm = 7.2, foot_mm = 9;
constexpr std::size_t rows_per_page = 33;
/// Longer lists belong into the CSV file; paper is for the crew.
constexpr std::size_t most_pages = 6;
constexpr double list_width_mm = page_width_mm - 2 * page_margin_mm;
static_assert(page_margin_mm + head_mm + table_head_mm + rows_per_page * row_mm + foot_mm <=
              page_height_mm - page_margin_mm);

/// One column of the list. The texts may take two lines.
struct ListColumn {
  const char *ja, *en;
  double width_mm;
  Align align;
};

constexpr ListColumn snow_columns[] = {
    {"順位", "Rank", 11, Align::right},          {"", "", 7, Align::left},
    {"区分", "Tier", 26, Align::left},           {"路線（区間ID）", "Road (segment id)", 42, Align::left},
    {"工区", "District", 20, Align::left},       {"除雪区分", "Class", 19, Align::left},
    {"延長 m", "Length m", 15, Align::right},    {"新積雪 cm", "New snow cm", 23, Align::right},
    {"基準 cm", "Trigger cm", 15, Align::right}, {"評点", "Score", 13, Align::right},
    {"理由", "Reasons", 139, Align::left},       {"開始", "Begun", 17, Align::left},
    {"終了", "Done", 17, Align::left},           {"備考", "Remarks", 36, Align::left}};
constexpr ListColumn ageing_columns[] = {
    {"順位", "Rank", 11, Align::right},       {"", "", 7, Align::left},
    {"区分", "Tier", 26, Align::left},        {"橋梁（施設ID）", "Bridge (id)", 42, Align::left},
    {"路線", "Route", 30, Align::left},       {"健全性", "Grade", 14, Align::left},
    {"点検日", "Inspected", 19, Align::left}, {"措置", "Measures", 19, Align::left},
    {"橋長 m", "Length m", 15, Align::right}, {"架設", "Built", 12, Align::right},
    {"評点", "Score", 13, Align::right},      {"理由", "Reasons", 146, Align::left},
    {"備考", "Remarks", 46, Align::left}};
constexpr std::size_t band_column = 1;

template <std::size_t n>
constexpr double totalWidth(const ListColumn (&columns)[n]) {
  double sum = 0;
  for (const ListColumn& column : columns) sum += column.width_mm;
  return sum;
}
static_assert(totalWidth(snow_columns) == list_width_mm && totalWidth(ageing_columns) == list_width_mm);

std::vector<ListColumn> columnsOf(const Snapshot& snapshot) {
  if (snapshot.ranking.subject == assess::Subject::snow) return {std::begin(snow_columns), std::end(snow_columns)};
  return {std::begin(ageing_columns), std::end(ageing_columns)};
}

/// What there is to do: everything but "nothing to do" and "not assessed", in rank order.
std::vector<const assess::Ranked*> listed(const Snapshot& snapshot) {
  std::vector<const assess::Ranked*> rows;
  for (const assess::Ranked& row : snapshot.ranking.rows)
    if (row.tier != assess::Tier::none && row.tier != assess::Tier::not_assessed) rows.push_back(&row);
  return rows;
}

std::string titled(const std::string& name, const std::string& id) {
  return name.empty() ? id : name + "\n" + id;
}

std::vector<std::string> snowCells(const Sheet& sheet, const assess::Ranked& row) {
  const model::RoadSegment& road = sheet.city().roads[row.index];
  const Language language = sheet.snapshot.language;
  return {std::to_string(row.rank),
          "",
          assess::describeTier(assess::Subject::snow, row.tier, language),
          titled(road.name, road.id),
          road.district,
          std::string(word(road.clearing_class, language)),
          fmt::format("{:.0f}", road.length_m),
          row.depth_cm >= 0 ? fmt::format("{:.0f} ± {:.0f}", row.depth_cm, row.depth_sigma_cm) : "―",
          row.trigger_cm > 0 ? fmt::format("{:.0f}", row.trigger_cm) : "―",
          fmt::format("{:.1f}", row.score),
          reasonsLine(row, language),
          "",
          "",
          ""};
}

std::vector<std::string> ageingCells(const Sheet& sheet, const assess::Ranked& row) {
  const model::Bridge& bridge = sheet.city().bridges[row.index];
  const Language language = sheet.snapshot.language;
  const assets::Inspection* latest = model::latestInspection(bridge);
  return {std::to_string(row.rank),
          "",
          assess::describeTier(assess::Subject::ageing, row.tier, language),
          titled(bridge.name, bridge.id),
          bridge.route_name,
          latest != nullptr ? assets::toString(latest->soundness) : "―",
          latest != nullptr && latest->date.year > 0 ? formatDate(latest->date) : "―",
          latest != nullptr ? std::string(word(latest->status, language)) : "―",
          bridge.length_m ? fmt::format("{:.1f}", *bridge.length_m) : "―",
          bridge.year_built ? std::to_string(*bridge.year_built) : "―",
          fmt::format("{:.1f}", row.score),
          reasonsLine(row, language),
          ""};
}

void drawListTitle(Sheet& sheet) {
  Canvas& canvas = sheet.canvas;
  const double right = page_margin_mm + list_width_mm;
  canvas.text({page_margin_mm, page_margin_mm},
              sheet.isSnow() ? sheet.say("除雪作業リスト", "Snow-clearing work list")
                             : sheet.say("橋梁対応リスト", "Bridge action list"),
              {.size_pt = 18, .bold = true});
  canvas.text({page_margin_mm, page_margin_mm + 10}, sheet.snapshot.project.name, {.size_pt = 10, .colour = quiet_ink});
  canvas.text({right, page_margin_mm + 0.5}, formatJst(sheet.ranking().as_of) + sheet.say(" 現在", " (as of)"),
              {.size_pt = 12, .bold = true, .align = Align::right});
  canvas.text({right, page_margin_mm + 7},
              formatJst(sheet.ranking().valid_until) + sheet.say(" まで有効", " (valid until)"),
              {.size_pt = 12, .bold = true, .align = Align::right});
}

void drawCell(Sheet& sheet, const Box& cell, const std::string& text, const ListColumn& column, bool heading) {
  if (text.empty()) return;
  constexpr double padding_mm = 1.2;
  TextStyle style{.size_pt = heading ? 7.5 : 7,
                  .bold = heading,
                  .colour = heading ? quiet_ink : ink,
                  .align = column.align,
                  .width_mm = cell.width - 2 * padding_mm,
                  .most_lines = 2};
  if (text.find('\n') != std::string::npos) style.most_lines = -1;  // two paragraphs, one line each
  if (style.most_lines < 0) style.most_lines = 1;
  if (!heading && style.most_lines == 2 && sheet.canvas.measure(text, style).height_mm > cell.height - 0.4)
    style.size_pt = 6.2;
  if (style.most_lines == 1) style.size_pt = 6.5;
  const double height = sheet.canvas.measure(text, style).height_mm;
  const double x = column.align == Align::right ? cell.right() - padding_mm : cell.x + padding_mm;
  sheet.canvas.text({x, cell.y + (cell.height - height) / 2}, text, style);
}

void drawTableHead(Sheet& sheet, const std::vector<ListColumn>& columns, double y) {
  sheet.canvas.rectangle({page_margin_mm, y, list_width_mm, table_head_mm});
  sheet.canvas.fill({236, 239, 243});
  double x = page_margin_mm;
  for (const ListColumn& column : columns) {
    drawCell(sheet, {x, y, column.width_mm, table_head_mm}, sheet.say(column.ja, column.en), column, true);
    x += column.width_mm;
  }
}

void drawRow(Sheet& sheet, const std::vector<ListColumn>& columns, const assess::Ranked& row, double y) {
  const std::vector<std::string> cells = sheet.isSnow() ? snowCells(sheet, row) : ageingCells(sheet, row);
  double x = page_margin_mm;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Box cell{x, y, columns[i].width_mm, row_mm};
    if (i == band_column)
      drawRankCircle(sheet.canvas, {x + cell.width / 2, y + row_mm / 2}, row.band);
    else
      drawCell(sheet, cell, cells[i], columns[i], false);
    x += columns[i].width_mm;
  }
  sheet.canvas.moveTo({page_margin_mm, y + row_mm}), sheet.canvas.lineTo({page_margin_mm + list_width_mm, y + row_mm});
  sheet.canvas.stroke(rule_grey, 0.15);
}

/// Upright rules around the columns that people write into.
void drawWriteRules(Sheet& sheet, const std::vector<ListColumn>& columns, double top, double bottom) {
  double x = page_margin_mm;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string head = columns[i].en;
    if (head == "Begun" || head == "Done" || head == "Remarks") {
      sheet.canvas.moveTo({x, top}), sheet.canvas.lineTo({x, bottom});
      sheet.canvas.stroke(rule_grey, 0.15);
    }
    x += columns[i].width_mm;
  }
}

std::string remainderText(const Sheet& sheet, std::size_t left_out) {
  const assess::Ranking& ranking = sheet.ranking();
  const auto counted = [&](assess::Tier tier) {
    return std::count_if(ranking.rows.begin(), ranking.rows.end(), [&](const auto& row) { return row.tier == tier; });
  };
  std::string text;
  if (left_out > 0)
    text = sheet.say("続きは CSV・GeoPackage に：", "Continued in the CSV and GeoPackage: ") +
           std::to_string(left_out) + sheet.say(" 件。", " more. ");
  return text + sheet.say("対応なし ", "Nothing to do: ") + std::to_string(counted(assess::Tier::none)) +
         sheet.say(" 件、未判定 ", ", not assessed: ") + std::to_string(counted(assess::Tier::not_assessed)) +
         sheet.say(" 件（この表には載せていません）。", " (not in this list).");
}

}  // namespace

std::size_t workListPages(const Snapshot& snapshot) {
  const std::size_t rows = listed(snapshot).size();
  return std::clamp<std::size_t>((rows + rows_per_page - 1) / rows_per_page, 1, most_pages);
}

void drawWorkList(Sheet& sheet) {
  const std::vector<const assess::Ranked*> rows = listed(sheet.snapshot);
  const std::vector<ListColumn> columns = columnsOf(sheet.snapshot);
  const std::size_t pages = workListPages(sheet.snapshot);
  for (std::size_t page = 0; page < pages; ++page) {
    sheet.canvas.nextPage();
    drawListTitle(sheet);
    const double top = page_margin_mm + head_mm;
    drawTableHead(sheet, columns, top);
    double y = top + table_head_mm;
    const std::size_t begin = page * rows_per_page, end = std::min(rows.size(), begin + rows_per_page);
    for (std::size_t i = begin; i < end; ++i, y += row_mm) drawRow(sheet, columns, *rows[i], y);
    drawWriteRules(sheet, columns, top, y);
    if (page + 1 == pages)
      sheet.canvas.text({page_margin_mm, y + 1.2}, remainderText(sheet, rows.size() - end),
                        {.size_pt = 7, .colour = quiet_ink});
    drawPageLine(sheet, page + 2, {page_margin_mm, page_height_mm - page_margin_mm - 2.5}, list_width_mm);
  }
}

}  // namespace hashimichi::exporting
