#include "geo/export/import_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "geo/core/file.h"
#include "geo/core/version.h"
#include "geo/export/writers.h"
#include "geo/model/attributes.h"

namespace hashimichi::exporting {
namespace {

constexpr const char* utf8_bom = "\xEF\xBB\xBF";
constexpr const char* geta = "〓";  ///< the printer's mark for a character that is not at hand

struct Words {
  const char *title, *files, *file, *format, *crs, *features, *lods, *failed, *skipped, *missing, *assumed, *place,
      *what, *advice, *feature, *east, *north, *height, *kind, *code, *read, *more, *nothing, *made_by, *points;
};
constexpr Words japanese{"取り込みの報告",
                         "読み込んだファイル",
                         "ファイル",
                         "形式",
                         "座標系",
                         "地物",
                         "詳細度",
                         "読めなかったファイル",
                         "飛ばしたもの",
                         "見つからないテクスチャとコードリスト",
                         "仮定したこと",
                         "位置",
                         "内容",
                         "対処",
                         "地物ID",
                         "東 (m)",
                         "北 (m)",
                         "高さ (m)",
                         "区分",
                         "コード",
                         "読み込み",
                         "ほか {} 件（同じ内容のため省略）",
                         "ありません。",
                         "作成：",
                         "点"};
constexpr Words english{"Import report",
                        "Files that were read",
                        "File",
                        "Format",
                        "CRS",
                        "Features",
                        "Levels of detail",
                        "Files that could not be read",
                        "Skipped",
                        "Missing textures and code lists",
                        "Assumed",
                        "Place",
                        "What",
                        "What to do",
                        "Feature",
                        "East (m)",
                        "North (m)",
                        "Height (m)",
                        "Kind",
                        "Code",
                        "read",
                        "and {} more of the same",
                        "None.",
                        "Made by ",
                        "points"};

const Words& wordsOf(const ImportReport& report) {
  return report.language == Language::ja ? japanese : english;
}

std::string countsOf(const import::SourceInfo& source, const Words& words) {
  std::string text;
  for (const auto& [type, count] : source.features)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", type, count);
  if (source.points > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", words.points, source.points);
  return text;
}

std::string lodsOf(const std::map<int, std::size_t>& counts) {
  std::string text;
  for (const auto& [lod, count] : counts) text += fmt::format("{}LOD{} {}", text.empty() ? "" : ", ", lod, count);
  return text;
}

std::string lodsOf(const import::SourceInfo& source) {
  std::string text;
  for (const auto& [type, counts] : source.lods)
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", type, lodsOf(counts));
  return text;
}

/// Pictures and code lists that a data set names and does not bring: people look for these together.
bool isMissingPart(const std::string& code) {
  return (code.starts_with("texture") || code.starts_with("codelist") || code.starts_with("appearance"));
}

/// The lines of one section by code, in the order of their first line, and how many more there were.
struct Group {
  std::string code;
  ProblemKind kind;
  std::vector<const Problem*> lines;
  std::size_t more = 0;
};

std::vector<Group> groupsOf(const Problems& problems) {
  std::vector<Group> groups;
  std::map<std::pair<ProblemKind, std::string>, std::size_t> place;
  const auto groupFor = [&](ProblemKind kind, const std::string& code) -> Group& {
    const auto [found, is_new] = place.try_emplace({kind, code}, groups.size());
    if (is_new) groups.push_back({code, kind, {}, 0});
    return groups[found->second];
  };
  for (const Problem& line : problems.lines()) groupFor(line.kind, line.code).lines.push_back(&line);
  for (const ProblemKind kind : {ProblemKind::failed, ProblemKind::skipped, ProblemKind::assumption})
    for (const auto& [code, count] : problems.byCode(kind)) {
      Group& group = groupFor(kind, code);
      group.more = count - std::min(count, group.lines.size());
    }
  return groups;
}

std::optional<Vec3d> placeOf(const ImportReport& report, const Problem& line) {
  if (!line.position || report.frame == nullptr) return std::nullopt;
  return report.frame->toProjected(*line.position);
}

// ---- HTML ----

constexpr const char* style = R"(
body{font:15px/1.5 "Noto Sans CJK JP","Noto Sans JP","Yu Gothic",Meiryo,sans-serif;color:#1d2530;margin:2.2em auto;max-width:72em;padding:0 1.2em}
h1{font-size:1.6em;margin:0 0 .2em}h2{font-size:1.15em;margin:1.8em 0 .4em;border-bottom:2px solid #2f5d8a;padding-bottom:.15em}
p.by{color:#5c6672;margin:0 0 1em}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.3em .6em;border-bottom:1px solid #d7dce2;overflow-wrap:anywhere}
th{background:#eef2f6;font-weight:600}code{font-size:.85em;color:#5c6672}td.more{color:#5c6672;font-style:italic}
ul.sum{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.8em}ul.sum li{border:1px solid #d7dce2;border-radius:6px;padding:.4em .9em}
ul.sum b{display:block;font-size:1.4em}
@media print{body{margin:0;max-width:none;font-size:10pt}h2{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}}
)";

std::string headRow(std::initializer_list<const char*> heads) {
  std::string row = "<thead><tr>";
  for (const char* head : heads) row += fmt::format("<th>{}</th>", head);
  return row + "</tr></thead>\n";
}

std::string cell(const std::string& text) {
  return "<td>" + escapeXml(text) + "</td>";
}

std::string sourcesTable(const ImportReport& report, const Words& words) {
  std::string html = fmt::format("<h2>{}</h2>\n", words.files);
  if (report.sources.empty()) return html + fmt::format("<p>{}</p>\n", words.nothing);
  html += "<table>" + headRow({words.file, words.format, words.crs, words.features, words.lods});
  for (const import::SourceInfo& source : report.sources)
    html += "<tr>" + cell(source.path) + cell(source.format) + cell(source.crs) + cell(countsOf(source, words)) +
            cell(lodsOf(source)) + "</tr>\n";
  return html + "</table>\n";
}

/// Lines of a group that say the same about several files or places: a person reads the sentence once.
struct Same {
  const Problem* first;
  std::vector<std::string> files;  ///< each once, in their order
  std::size_t count = 0;
};

std::vector<Same> sameOf(const Group& group) {
  std::vector<Same> rows;
  std::map<std::pair<std::string, std::string>, std::size_t> at;
  for (const Problem* line : group.lines) {
    const bool own_place = !line->feature_id.empty() || line->position.has_value();
    const auto [found, is_new] =
        own_place ? std::pair(at.end(), true) : at.try_emplace({line->what, line->advice}, rows.size());
    if (is_new) rows.push_back({line, {}, 0});
    Same& row = own_place ? rows.back() : rows[found->second];
    ++row.count;
    if (std::find(row.files.begin(), row.files.end(), line->file) == row.files.end()) row.files.push_back(line->file);
  }
  return rows;
}

std::string filesCell(const Same& row) {
  constexpr std::size_t shown = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(shown, row.files.size()); ++i)
    text += (i == 0 ? "" : "<br>") + escapeXml(row.files[i]);
  if (row.files.size() > shown) text += fmt::format("<br>+ {}", row.files.size() - shown);
  return "<td>" + text + "</td>";
}

std::string lineRow(const ImportReport& report, const Same& row) {
  const Problem& line = *row.first;
  std::string place = escapeXml(line.place);
  if (row.count > 1) place += fmt::format("{}× {}", place.empty() ? "" : " … ", row.count);
  if (!line.feature_id.empty() && line.place.find(line.feature_id) == std::string::npos)
    place += (place.empty() ? "" : "<br>") + escapeXml(line.feature_id);
  if (const auto at = placeOf(report, line))
    place += fmt::format("{}E {:.2f} N {:.2f} H {:.2f}", place.empty() ? "" : "<br>", at->x, at->y, at->z);
  return "<tr>" + filesCell(row) + "<td>" + place + "</td><td>" + escapeXml(line.what) + " <code>" +
         escapeXml(line.code) + "</code></td>" + cell(line.advice) + "</tr>\n";
}

template <typename Wanted>
std::string section(const ImportReport& report, const std::vector<Group>& groups, const char* title, Wanted wanted) {
  const Words& words = wordsOf(report);
  std::string rows;
  std::size_t count = 0;
  for (const Group& group : groups) {
    if (!wanted(group)) continue;
    for (const Same& row : sameOf(group)) rows += lineRow(report, row);
    if (group.more > 0)
      rows += fmt::format("<tr><td></td><td></td><td class=\"more\">{} <code>{}</code></td><td></td></tr>\n",
                          fmt::format(fmt::runtime(words.more), group.more), escapeXml(group.code));
    count += group.lines.size() + group.more;
  }
  const std::string head = fmt::format("<h2>{} ({})</h2>\n", title, count);
  if (count == 0) return head + fmt::format("<p>{}</p>\n", words.nothing);
  return head + "<table>" + headRow({words.file, words.place, words.what, words.advice}) + rows + "</table>\n";
}

std::string summary(const ImportReport& report, const Words& words) {
  std::map<std::string, std::size_t> types;
  for (const import::SourceInfo& source : report.sources)
    for (const auto& [type, count] : source.features) types[type] += count;
  std::string html = "<ul class=\"sum\">";
  const auto add = [&html](std::size_t count, const std::string& what) {
    html += fmt::format("<li><b>{}</b>{}</li>", count, escapeXml(what));
  };
  add(report.sources.size(), words.files);
  for (const auto& [type, count] : types) add(count, type);
  add(report.problems.count(ProblemKind::failed), words.failed);
  add(report.problems.count(ProblemKind::skipped), words.skipped);
  add(report.problems.count(ProblemKind::assumption), words.assumed);
  return html + "</ul>\n";
}

// ---- CSV ----

std::string csvRow(const std::vector<std::string>& cells) {
  std::string row;
  for (const std::string& one : cells) {
    // A coordinate west of the origin is no formula.
    row += model::guessType(one) == model::ValueType::number ? one : csvText(one);
    row += ',';
  }
  row.back() = '\r';
  return row + "\n";
}

const char* kindWord(ProblemKind kind, const Words& words) {
  if (kind == ProblemKind::failed) return words.failed;
  return kind == ProblemKind::skipped ? words.skipped : words.assumed;
}

std::string inCp932(const std::string& utf8) {
  if (auto whole = cp932FromUtf8(utf8)) return std::move(*whole);
  std::string text;
  for (std::size_t at = 0; at < utf8.size();) {
    std::size_t end = at + 1;
    while (end < utf8.size() && (static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80) ++end;
    const auto one = cp932FromUtf8(std::string_view(utf8).substr(at, end - at));
    text += one ? *one : cp932FromUtf8(geta).value_or("?");
    at = end;
  }
  return text;
}

}  // namespace

std::string htmlOf(const ImportReport& report) {
  const Words& words = wordsOf(report);
  const std::vector<Group> groups = groupsOf(report.problems);
  std::string html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\">\n<title>{} — {}</title><style>{}</style></head><body>\n<h1>{}</h1>\n<p "
      "class=\"by\">{} · {}Hashimichi {}</p>\n",
      report.language == Language::ja ? "ja" : "en", words.title, escapeXml(report.title), style, words.title,
      escapeXml(report.title), words.made_by, programVersion());
  html += summary(report, words) + sourcesTable(report, words);
  const auto ofKind = [](ProblemKind kind) {
    return [kind](const Group& group) { return group.kind == kind && !isMissingPart(group.code); };
  };
  html += section(report, groups, words.failed, ofKind(ProblemKind::failed));
  html += section(report, groups, words.skipped, ofKind(ProblemKind::skipped));
  html += section(report, groups, words.missing, [](const Group& group) { return isMissingPart(group.code); });
  html += section(report, groups, words.assumed, ofKind(ProblemKind::assumption));
  return html + "</body></html>\n";
}

std::string csvOf(const ImportReport& report) {
  const Words& words = wordsOf(report);
  std::string csv = csvRow({words.kind, words.file, words.place, words.code, words.what, words.advice, words.feature,
                            words.east, words.north, words.height});
  for (const import::SourceInfo& source : report.sources)
    for (const auto& [type, count] : source.features) {
      const auto lods = source.lods.find(type);
      std::string what = fmt::format("{} {}", type, count);
      if (lods != source.lods.end()) what += fmt::format(" ({})", lodsOf(lods->second));
      csv += csvRow({words.read, source.path, "", source.format, what, "", "", "", "", ""});
    }
  for (const Group& group : groupsOf(report.problems)) {
    const char* const kind = kindWord(group.kind, words);
    for (const Problem* line : group.lines) {
      std::vector<std::string> cells{kind,         line->file,       line->place, line->code, line->what,
                                     line->advice, line->feature_id, "",          "",         ""};
      if (const auto at = placeOf(report, *line))
        cells[7] = fmt::format("{:.3f}", at->x), cells[8] = fmt::format("{:.3f}", at->y),
        cells[9] = fmt::format("{:.3f}", at->z);
      csv += csvRow(cells);
    }
    if (group.more > 0)
      csv += csvRow({kind, "", "", group.code, fmt::format(fmt::runtime(words.more), group.more), "", "", "", "", ""});
  }
  return csv;
}

Status writeImportReport(const ImportReport& report, const std::filesystem::path& path, Encoding encoding) {
  const std::string ending = toLower(toUtf8(path.extension()));
  std::string content;
  if (ending == ".html" || ending == ".htm")
    content = htmlOf(report);
  else if (ending == ".csv")
    content = encoding == Encoding::cp932 ? inCp932(csvOf(report)) : utf8_bom + csvOf(report);
  else
    return Error{ErrorCode::unsupported, toUtf8(path), "A report is written as .html or .csv.",
                 "Give the file one of these endings."};
  return writeFile(path, content);
}

}  // namespace hashimichi::exporting
