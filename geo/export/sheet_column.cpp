#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "geo/core/version.h"
#include "geo/export/sheet_parts.h"
#include "geo/export/sheet_symbols.h"
#include "geo/export/words.h"

namespace hashimichi::exporting {
namespace {

constexpr double row_mm = 5.8;
constexpr double sign_block_mm = 30;  ///< approver, version, hash at the foot of the column

/// Goes down the column; `y` is where the next thing begins.
struct Column {
  Sheet& sheet;
  double y = side_column.y;

  double left() const { return side_column.x; }
  double width() const { return side_column.width; }
  void words(const std::string& text, TextStyle style, double gap_mm = 0.8) {
    style.width_mm = width();
    y += sheet.canvas.text({left(), y}, text, style) + gap_mm;
  }
  void rule() {
    sheet.canvas.moveTo({left(), y + 0.6}), sheet.canvas.lineTo({left() + width(), y + 0.6});
    sheet.canvas.stroke(rule_grey, 0.2);
    y += 2;
  }
  void heading(const std::string& text) { words(text, {.size_pt = 8.5, .bold = true}, 0.9); }
};

void drawTitle(Column& column) {
  Sheet& sheet = column.sheet;
  const assess::Ranking& ranking = sheet.ranking();
  const bool ja = sheet.snapshot.language == Language::ja;
  column.words(sheet.isSnow() ? sheet.say("道路除雪優先度図", "Road snow-clearing priority")
                              : sheet.say("橋梁老朽化優先度図", "Bridge ageing priority"),
               {.size_pt = 24, .bold = true, .most_lines = 2});
  column.words(sheet.snapshot.project.name, {.size_pt = 13, .most_lines = 2}, 0.4);
  const std::string& profile = ja ? ranking.profile_name_ja : ranking.profile_name_en;
  if (!profile.empty() || !ranking.profile_id.empty())
    column.words(sheet.say("基準：", "Profile: ") + (profile.empty() ? ranking.profile_id : profile),
                 {.size_pt = 9, .colour = quiet_ink, .most_lines = 2}, 1.6);
  column.words(formatJst(ranking.as_of) + sheet.say(" 現在", " (as of)"), {.size_pt = 14, .bold = true}, 0.2);
  column.words(formatJst(ranking.valid_until) + sheet.say(" まで有効", " (valid until)"),
               {.size_pt = 14, .bold = true});
  column.rule();
}

struct BandSum {
  std::size_t count = 0;
  double length_m = 0;
};

std::array<BandSum, 6> bandSums(const Sheet& sheet) {
  std::array<BandSum, 6> sums;
  for (const assess::Ranked& row : sheet.ranking().rows) {
    BandSum& sum = sums[static_cast<std::size_t>(std::clamp(row.band, 0, 5))];
    ++sum.count;
    sum.length_m +=
        sheet.isSnow() ? sheet.city().roads[row.index].length_m : sheet.city().bridges[row.index].length_m.value_or(0);
  }
  return sums;
}

void drawBandSample(Sheet& sheet, PaperPoint left_middle, int band) {
  if (!sheet.isSnow()) {
    drawRankBox(sheet.canvas, {left_middle.x + 1, left_middle.y - 1.8, 7, 3.6}, band, band == 0 ? "―" : "12");
    return;
  }
  const std::vector<PaperPoint> line{{left_middle.x + 1, left_middle.y}, {left_middle.x + 11, left_middle.y}};
  if (band > 0) {
    sheet.canvas.moveTo(line[0]), sheet.canvas.lineTo(line[1]);
    sheet.canvas.stroke(rank_casing, roadWidth_mm(band) + 2 * road_casing_mm);
  }
  strokeRoad(sheet.canvas, line, band, 1);
}

void drawRankLegend(Column& column) {
  Sheet& sheet = column.sheet;
  const double count_x = column.left() + column.width() - 15, length_x = column.left() + column.width();
  const TextStyle head{.size_pt = 7, .colour = quiet_ink, .align = Align::right};
  sheet.canvas.text({count_x, column.y + 0.5},
                    sheet.isSnow() ? sheet.say("区間", "segments") : sheet.say("橋", "bridges"), head);
  sheet.canvas.text({length_x, column.y + 0.5}, sheet.isSnow() ? "km" : sheet.say("橋長計 m", "total m"), head);
  column.heading(sheet.say("ランク（濃いほど先に）", "Ranks (darker = sooner)"));
  const std::array<BandSum, 6> sums = bandSums(sheet);
  for (const int band : {1, 2, 3, 4, 5, 0}) {
    const double middle = column.y + row_mm / 2;
    const BandSum& sum = sums[static_cast<std::size_t>(band)];
    drawRankCircle(sheet.canvas, {column.left() + 2.2, middle}, band);
    drawBandSample(sheet, {column.left() + 5, middle}, band);
    const TextStyle style{.size_pt = 8};
    const double height = sheet.canvas.measure("国", style).height_mm, top = middle - height / 2;
    const double text_x = column.left() + (sheet.isSnow() ? 18.5 : 15);
    TextStyle meaning = style;
    meaning.width_mm = count_x - 12 - text_x;
    meaning.most_lines = 1;
    const std::string words = bandMeaning(sheet.ranking().subject, band, sheet.snapshot.language);
    while (meaning.size_pt > 5.5 &&
           sheet.canvas.measure(words, {.size_pt = meaning.size_pt}).width_mm > meaning.width_mm)
      meaning.size_pt -= 0.25;
    sheet.canvas.text({text_x, middle - sheet.canvas.measure(words, {.size_pt = meaning.size_pt}).height_mm / 2}, words,
                      meaning);
    TextStyle number = style;
    number.align = Align::right;
    number.bold = true;
    sheet.canvas.text({count_x, top}, fmt::format("{}", sum.count), number);
    sheet.canvas.text({length_x, top},
                      sheet.isSnow() ? fmt::format("{:.1f}", sum.length_m / 1000) : fmt::format("{:.0f}", sum.length_m),
                      number);
    column.y += row_mm;
  }
  column.y += 0.6;
}

/// One line of symbols that are not ranks: (drawn sample, word), side by side.
void drawSymbolRow(Column& column, const std::vector<std::pair<std::function<void(Box)>, std::string>>& items) {
  double x = column.left();
  const TextStyle style{.size_pt = 7};
  for (const auto& [draw, word] : items) {
    const TextSize size = column.sheet.canvas.measure(word, style);
    if (x + 7 + size.width_mm > column.left() + column.width()) x = column.left(), column.y += row_mm;
    draw({x, column.y + 0.6, 5, 3.4});
    column.sheet.canvas.text({x + 6, column.y + 2.3 - size.height_mm / 2}, word, style);
    x += 6 + size.width_mm + 3.5;
  }
  column.y += row_mm;
}

void drawSoundnessLegend(Column& column) {
  Sheet& sheet = column.sheet;
  std::map<assets::Soundness, std::size_t> counts;
  for (const model::Bridge& bridge : sheet.city().bridges) {
    const assets::Inspection* latest = model::latestInspection(bridge);
    ++counts[latest != nullptr ? latest->soundness : assets::Soundness::unknown];
  }
  if (sheet.city().bridges.empty()) return;
  std::vector<std::pair<std::function<void(Box)>, std::string>> items;
  using enum assets::Soundness;
  const auto add = [&](assets::Soundness s, const std::string& word) {
    items.emplace_back(
        [&sheet, s](Box box) {
          drawSoundnessBox(sheet.canvas, {box.x, box.y, 4.6, 3.4}, s);
        },
        fmt::format("{} {}", word, counts[s]));
  };
  if (sheet.isSnow()) {
    add(IV, sheet.say("緊急措置の橋", "bridge, urgent:"));
    add(III, sheet.say("早期措置の橋", "bridge, early:"));
  } else {
    column.heading(sheet.say("橋の健全性（左の枠、橋数）", "Soundness (left box, number of bridges)"));
    add(IV, sheet.say("緊急措置", "urgent")), add(III, sheet.say("早期措置", "early"));
    add(II, sheet.say("予防保全", "preventive")), add(I, sheet.say("健全", "sound"));
    add(unknown, sheet.say("未点検・不明", "not inspected"));
  }
  drawSymbolRow(column, items);
}

void drawBaseLegend(Column& column) {
  Sheet& sheet = column.sheet;
  std::vector<std::pair<std::function<void(Box)>, std::string>> items;
  const auto patch = [&sheet](Rgb fill, Rgb edge) {
    return [&sheet, fill, edge](Box box) {
      sheet.canvas.rectangle({box.x, box.y + 0.3, 4.6, 2.8});
      sheet.canvas.fill(fill, true);
      sheet.canvas.stroke(edge, 0.15);
    };
  };
  if (sheet.isSnow() && !sheet.city().stations.empty())
    items.emplace_back(
        [&sheet](Box box) {
          drawStationMark(sheet.canvas, {box.x + 2.3, box.y + 1.8});
        },
        sheet.say("観測局と積雪深（?：順位に使わない値）", "station, depth of snow (?: not used)"));
  items.emplace_back(patch({225, 225, 225}, {176, 178, 182}), sheet.say("建物", "building"));
  items.emplace_back(patch({205, 220, 232}, {205, 220, 232}), sheet.say("水面", "water"));
  if (!sheet.isSnow()) items.emplace_back(patch(white, rule_grey), sheet.say("道路", "road"));
  drawSymbolRow(column, items);
}

std::string missingText(const Sheet& sheet) {
  std::map<std::string, std::size_t> counts;
  for (const assess::Ranked& row : sheet.ranking().rows)
    for (const std::string& input : row.missing_inputs) ++counts[input];
  std::vector<std::pair<std::size_t, std::string>> most;
  for (const auto& [input, count] : counts) most.emplace_back(count, input);
  std::stable_sort(most.begin(), most.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string text = fmt::format("{:.0f} %", 100 * assess::missingShare(sheet.ranking())) +
                     (sheet.isSnow() ? sheet.say(" の区間で入力の一部が不足", " of the segments lack an input")
                                     : sheet.say(" の橋で入力の一部が不足", " of the bridges lack an input"));
  for (std::size_t i = 0; i < most.size() && i < 4; ++i)
    text += (i == 0 ? sheet.say("：", ": ") : sheet.say("、", ", ")) +
            assess::describeInput(most[i].second, sheet.snapshot.language) + fmt::format(" {}", most[i].first);
  return text + sheet.say("。", ".");
}

/// The newest date of what was measured, forecast and inspected.
std::string datesText(const Sheet& sheet) {
  std::optional<Instant> observed, issued;
  for (const sensors::Series& series : sheet.city().series) {
    if (series.isForecast()) issued = std::max(issued.value_or(*series.issued), *series.issued);
    for (const sensors::Observation& o : series.values)
      if (!series.isForecast() && o.time <= sheet.ranking().as_of)
        observed = std::max(observed.value_or(o.time), o.time);
  }
  Date inspected;
  for (const model::Bridge& bridge : sheet.city().bridges)
    for (const assets::Inspection& inspection : bridge.inspections) inspected = std::max(inspected, inspection.date);
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : sheet.say("、", ", ")) + part; };
  if (sheet.isSnow() && observed)
    add(sheet.say("観測 ", "observations to ") + formatJst(*observed) + sheet.say(" まで", ""));
  if (sheet.isSnow() && issued) add(sheet.say("予報 ", "forecast of ") + formatJst(*issued) + sheet.say(" 発表", ""));
  if (inspected.year > 0) add(sheet.say("点検 ", "inspections to ") + formatDate(inspected) + sheet.say(" まで", ""));
  return text;
}

std::string fileName(const std::string& path) {
  const std::size_t slash = path.find_last_of("/\\");
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

/// By format, in the order of reading: "CityGML 14 (a.gml, b.gml …)".
std::string sourcesText(const Sheet& sheet) {
  constexpr std::size_t most_names = 2;
  std::vector<std::pair<std::string, std::vector<std::string>>> formats;
  for (const import::SourceInfo& source : sheet.snapshot.project.sources) {
    auto found = std::find_if(formats.begin(), formats.end(), [&](const auto& f) { return f.first == source.format; });
    if (found == formats.end()) found = formats.insert(formats.end(), {source.format, {}});
    found->second.push_back(fileName(source.path));
  }
  std::string text;
  for (const auto& [format, names] : formats) {
    text += (text.empty() ? "" : sheet.say("、", ", ")) + format +
            (names.size() > 1 ? fmt::format(" {}", names.size()) : "") + " (";
    for (std::size_t i = 0; i < names.size() && i < most_names; ++i) text += (i > 0 ? ", " : "") + names[i];
    text += names.size() > most_names ? " …)" : ")";
  }
  return text;
}

void drawNotes(Column& column, double bottom) {
  Sheet& sheet = column.sheet;
  const bool ja = sheet.snapshot.language == Language::ja;
  column.rule();
  const TextStyle note{.size_pt = 7.5};
  const auto paragraph = [&](const std::string& head, const std::string& text, int most_lines) {
    if (text.empty()) return;
    TextStyle style = note;
    const std::string whole = head + text;
    for (style.most_lines = most_lines, style.width_mm = column.width(); style.most_lines > 0; --style.most_lines)
      if (column.y + sheet.canvas.measure(whole, style).height_mm <= bottom) break;
    if (style.most_lines > 0) column.words(whole, style, 1.0);
  };
  paragraph(sheet.say("方法：", "Method: "), ja ? sheet.ranking().method_ja : sheet.ranking().method_en, 4);
  paragraph(sheet.say("欠測・不足：", "Missing data: "), missingText(sheet), 3);
  paragraph(sheet.say("時点：", "Dates: "), datesText(sheet), 2);
  paragraph(sheet.say("出典：", "Sources: "), sourcesText(sheet), 10);
}

void drawSignBlock(Column& column) {
  Sheet& sheet = column.sheet;
  column.y = side_column.bottom() - sign_block_mm;
  const Box box{column.left(), column.y, column.width(), 15};
  sheet.canvas.rectangle(box);
  sheet.canvas.stroke(ink, 0.3);
  sheet.canvas.moveTo({box.x + 62, box.y}), sheet.canvas.lineTo({box.x + 62, box.bottom()});
  sheet.canvas.stroke(ink, 0.2);
  sheet.canvas.text({box.x + 1.2, box.y + 0.8}, sheet.say("承認者（署名）", "Approved by (signature)"),
                    {.size_pt = 7, .colour = quiet_ink});
  sheet.canvas.text({box.x + 63.2, box.y + 0.8}, sheet.say("日時", "Date and time"),
                    {.size_pt = 7, .colour = quiet_ink});
  sheet.canvas.text({column.left(), box.bottom() + 2}, std::string("Hashimichi 橋道 ") + programVersion(),
                    {.size_pt = 7, .colour = quiet_ink});
  drawPageLine(sheet, 1, {column.left(), box.bottom() + 6}, column.width());
}

}  // namespace

void drawSideColumn(Sheet& sheet) {
  Column column{sheet};
  drawTitle(column);
  drawRankLegend(column);
  drawSoundnessLegend(column);
  drawBaseLegend(column);
  column.rule();
  column.y += drawKeyMap(sheet, {column.left() + column.width() / 2, column.y}) + 1.5;
  drawNotes(column, side_column.bottom() - sign_block_mm - 1.5);
  drawSignBlock(column);
}

}  // namespace hashimichi::exporting
