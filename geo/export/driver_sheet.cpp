// Driver sheets: one A3 page for each route, the map on the left and the streets in their order on the right. Longer
// routes go on with their list on further pages.
#include <fmt/format.h>

#include <cmath>

#include "geo/core/file.h"
#include "geo/core/version.h"
#include "geo/export/plough_writers.h"
#include "geo/export/sheet_parts.h"
#include "geo/export/words.h"
#include "geo/routing/plough_timeline.h"

namespace hashimichi::exporting {
namespace {

constexpr Box route_map{page_margin_mm, 34, 222, 253};
constexpr double list_left_mm = 237, list_width_mm = 173, list_top_mm = 34, list_head_mm = 6, row_mm = 4.3;
constexpr double notes_mm = 24;  ///< at the foot of the list, for what the driver writes down
constexpr double text_pt = 6.5;
constexpr std::size_t rows_first =
    static_cast<std::size_t>((page_height_mm - page_margin_mm - notes_mm - list_top_mm - list_head_mm) / row_mm);
constexpr std::size_t rows_further = static_cast<std::size_t>(
    (page_height_mm - page_margin_mm - 6 - list_top_mm - list_head_mm) / row_mm);  // in each of two columns

struct Column {
  const char *ja, *en;
  double width_mm;
  Align align;
};
constexpr Column columns[] = {{"順", "No.", 8, Align::right},       {"進行", "Turn", 14, Align::left},
                              {"路線", "Street", 53, Align::left},  {"除雪区分", "Class", 20, Align::left},
                              {"延長 m", "m", 13, Align::right},    {"回数", "Passes", 11, Align::right},
                              {"開始", "Begins", 13, Align::right}, {"終了", "Ends", 13, Align::right},
                              {"期限", "Due", 13, Align::right},    {"遅れ", "Late", 15, Align::right}};

/// One route with all that its pages show.
struct RouteSheet {
  const PloughSnapshot& snapshot;
  const DrivenRoute& route;
  std::vector<routing::RouteStep> steps;

  const routing::PloughProblem& problem() const { return snapshot.town.districts[route.district]; }
  const routing::Machine& machine() const { return problem().machines[route.machine]; }
  const routing::RouteTimes& times() const { return snapshot.plans[route.district].evaluation.routes[route.machine]; }
  bool ja() const { return snapshot.decision.language == Language::ja; }
  std::string say(const char* japanese, const char* english) const { return ja() ? japanese : english; }
};

std::string turnWord(const RouteSheet& sheet, routing::Turn turn) {
  switch (turn) {
    case routing::Turn::left:
      return sheet.say("← 左折", "← left");
    case routing::Turn::right:
      return sheet.say("→ 右折", "→ right");
    case routing::Turn::round:
      return sheet.say("↺ 転回", "↺ round");
    case routing::Turn::straight:
      break;
  }
  return sheet.say("↑ 直進", "↑ on");
}

std::vector<std::string> cellsOf(const RouteSheet& sheet, std::size_t index) {
  const routing::RouteStep& step = sheet.steps[index];
  const routing::PloughProblem& problem = sheet.problem();
  std::vector<std::string> cells{std::to_string(index + 1),
                                 turnWord(sheet, step.turn),
                                 step.street,
                                 "",
                                 fmt::format("{:.0f}", step.length_m),
                                 "",
                                 clockOf(problem, step.begins),
                                 clockOf(problem, step.ends),
                                 "",
                                 ""};
  switch (step.kind) {
    case routing::StepKind::work:
      if (step.street.empty()) cells[2] = sheet.say("（無名の道路）", "(unnamed road)");
      cells[3] = word(step.clearing_class, sheet.snapshot.decision.language);
      cells[5] = std::to_string(step.passes);
      cells[8] = clockOf(problem, step.due);
      if (step.late > 0) cells[9] = fmt::format(fmt::runtime(sheet.say("{}分", "{} min")), (step.late + 599) / 600);
      break;
    case routing::StepKind::transit:
      cells[2] = sheet.say("回送 ", "Drive ") + step.street;
      break;
    case routing::StepKind::refill:
      cells[1].clear(), cells[4].clear();
      cells[2] = sheet.say("基地で薬剤を積む", "Refill at the depot");
      break;
    case routing::StepKind::home:
      cells[2] = sheet.say("帰着 ", "Home ") + step.street;
      break;
  }
  return cells;
}

void drawHead(Canvas& canvas, const RouteSheet& sheet, std::size_t page, std::size_t pages) {
  const routing::PloughProblem& problem = sheet.problem();
  const routing::RouteTimes& times = sheet.times();
  const std::string title =
      fmt::format(fmt::runtime(sheet.say("除雪経路票　経路 {0}　{1}　{2}", "Plough route {0} — {2} {1}")),
                  sheet.route.number, problem.district, sheet.machine().name);
  canvas.text({page_margin_mm, page_margin_mm}, title, {.size_pt = 15, .bold = true});
  canvas.text({page_width_mm - page_margin_mm, page_margin_mm + 1},
              fmt::format(fmt::runtime(sheet.say("{} / {} 枚", "page {} of {}")), page, pages),
              {.size_pt = 8, .colour = quiet_ink, .align = Align::right});
  const std::string facts = fmt::format(
      fmt::runtime(sheet.say(
          "基地 {}　機種 {}　出発 {}　帰着 {}　作業 {:.1f} km　回送 {:.1f} km　右左折・転回 {} 回　完了目標 {}",
          "Depot {}   machine {}   leaves {}   back {}   at work {:.1f} km   between {:.1f} km   {} turns   window "
          "ends {}")),
      sheet.machine().depot.empty() ? sheet.say("（想定）", "(assumed)") : sheet.machine().depot,
      sheet.machine().type.empty() ? sheet.say("標準", "standard") : sheet.machine().type, formatJst(problem.start),
      clockOf(problem, times.back), times.work_m / 1000, times.transit_m / 1000, times.turns,
      formatJst(problem.finish));
  canvas.text({page_margin_mm, page_margin_mm + 9}, facts, {.size_pt = 8});
  const std::string source = fmt::format(
      "{} · {} · {}", sheet.snapshot.decision.project.name,
      sheet.ja() ? sheet.snapshot.decision.ranking.profile_name_ja : sheet.snapshot.decision.ranking.profile_name_en,
      formatJst(sheet.snapshot.decision.ranking.as_of));
  canvas.text({page_margin_mm, page_margin_mm + 15}, source, {.size_pt = 7, .colour = quiet_ink});
}

void drawRow(Canvas& canvas, PaperPoint at, const std::vector<std::string>& cells, bool bold) {
  double x = at.x;
  for (std::size_t c = 0; c < std::size(columns); ++c) {
    const Column& column = columns[c];
    const double anchor = column.align == Align::right ? x + column.width_mm - 1 : x + 0.5;
    canvas.text({anchor, at.y + 0.7}, cells[c],
                {.size_pt = text_pt,
                 .bold = bold,
                 .align = column.align,
                 .width_mm = column.align == Align::left ? column.width_mm - 1 : 0,
                 .most_lines = 1});
    x += column.width_mm;
  }
}

void drawList(Canvas& canvas, const RouteSheet& sheet, double left_mm, std::size_t first, std::size_t last) {
  std::vector<std::string> heads;
  for (const Column& column : columns) heads.push_back(sheet.say(column.ja, column.en));
  drawRow(canvas, {left_mm, list_top_mm}, heads, true);
  double y = list_top_mm + list_head_mm;
  for (std::size_t k = first; k < last; ++k, y += row_mm) {
    canvas.moveTo({left_mm, y}), canvas.lineTo({left_mm + list_width_mm, y});
    canvas.stroke(rule_grey, 0.1);
    drawRow(canvas, {left_mm, y}, cellsOf(sheet, k), sheet.steps[k].kind == routing::StepKind::work);
  }
}

/// The minimum of a daily report (DOMAIN A.9), to be filled in by hand.
void drawNotes(Canvas& canvas, const RouteSheet& sheet) {
  const double top = page_height_mm - page_margin_mm - notes_mm + 2;
  const std::string labels[] = {
      sheet.say("運転者・助手", "Crew"), sheet.say("出発時刻", "Left at"),
      sheet.say("帰着時刻", "Back at"),  sheet.say("積雪深 前 / 後 cm", "Snow before / after, cm"),
      sheet.say("薬剤 kg", "Agent, kg"), sheet.say("支障・事故・備考", "Incidents, remarks")};
  const double width = list_width_mm / 3, height = (notes_mm - 2) / 2;
  for (std::size_t k = 0; k < std::size(labels); ++k) {
    const Box box{list_left_mm + width * static_cast<double>(k % 3), top + height * static_cast<double>(k / 3), width,
                  height};
    canvas.rectangle(box);
    canvas.stroke(rule_grey, 0.2);
    canvas.text({box.x + 1, box.y + 0.8}, labels[k], {.size_pt = 6, .colour = quiet_ink});
  }
}

void tracePath(Canvas& canvas, const MapView& view, const model::Polyline& line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const PaperPoint p = view.toPaper(line[i]);
    i == 0 ? canvas.moveTo(p) : canvas.lineTo(p);
  }
}

/// A small triangle in the driving direction.
void drawArrow(Canvas& canvas, PaperPoint at, double heading_rad) {
  constexpr double size = 1.3;
  const double x = std::cos(heading_rad), y = -std::sin(heading_rad);
  canvas.moveTo({at.x + x * size, at.y + y * size});
  canvas.lineTo({at.x - x * size / 2 - y * size / 1.6, at.y - y * size / 2 + x * size / 1.6});
  canvas.lineTo({at.x - x * size / 2 + y * size / 1.6, at.y - y * size / 2 - x * size / 1.6});
  canvas.close();
  canvas.fill(ink);
}

void drawStepNumbers(Canvas& canvas, const RouteSheet& sheet, const MapView& view,
                     const routing::RouteTimeline& route) {
  Occupied occupied(view.box.grown(-1));
  for (std::size_t k = 0; k < sheet.steps.size(); ++k) {
    const routing::RouteStep& step = sheet.steps[k];
    if (step.kind != routing::StepKind::work) continue;
    const routing::MachinePosition middle =
        routing::positionAt(route, static_cast<double>(step.begins + step.ends) / 20);
    const PaperPoint at = view.toPaper(middle.position);
    drawArrow(canvas, at, middle.heading_rad);
    // Numbers stand on the left of the driving direction, where both directions of a road keep apart.
    const PaperPoint beside{at.x - std::sin(middle.heading_rad) * 2.6, at.y - std::cos(middle.heading_rad) * 2.6};
    if (!occupied.takeIfFree({beside.x - 2, beside.y - 1.4, 4, 2.8})) continue;
    canvas.textAround(beside, std::to_string(k + 1), {.size_pt = 6.5, .bold = true, .halo_mm = 0.5});
  }
}

void drawRouteMap(Canvas& canvas, const RouteSheet& sheet, const routing::RouteTimeline& route) {
  Bounds extent;
  for (const routing::Leg& leg : route.legs)
    for (const Vec3d& point : leg.line) extent.add(point);
  MapView view{route_map, extent.centre(), chooseScale(extent, route_map)};
  Sheet base{sheet.snapshot.decision, canvas, view, {}, 1};
  canvas.clipTo(view.box);
  drawBaseMap(base);
  for (const routing::Leg& leg : route.legs) {
    if (leg.kind != routing::LegKind::transit) continue;
    tracePath(canvas, view, leg.line);
    canvas.stroke(quiet_ink, 0.5, 1.2);
  }
  for (const routing::Leg& leg : route.legs) {
    if (leg.kind != routing::LegKind::work) continue;
    tracePath(canvas, view, leg.line);
    canvas.stroke(rank_colours[3], 1.0);
  }
  const PaperPoint depot = view.toPaper(route.legs.front().line.front());
  canvas.rectangle({depot.x - 1.6, depot.y - 1.6, 3.2, 3.2});
  canvas.fill(ink, true);
  canvas.stroke(white, 0.4);
  drawStepNumbers(canvas, sheet, view, route);
  canvas.endClip();
  canvas.rectangle(view.box);
  canvas.stroke(ink, 0.4);
  canvas.text({view.box.x, view.box.y - 4.5},
              fmt::format(fmt::runtime(sheet.say(
                              "縮尺 1:{:.0f}　橙 = 作業　破線 = 回送　■ = 基地　数字 = 右表の順",
                              "1:{:.0f}   orange: work   dashed: between   ■ depot   numbers: rows of the list")),
                          view.scale_denominator),
              {.size_pt = 7, .colour = quiet_ink});
}

std::size_t pagesOf(std::size_t steps) {
  if (steps <= rows_first) return 1;
  return 1 + (steps - rows_first + 2 * rows_further - 1) / (2 * rows_further);
}

void drawPages(Canvas& canvas, const RouteSheet& sheet, const routing::RouteTimeline& route) {
  const std::size_t count = sheet.steps.size(), pages = pagesOf(count);
  drawHead(canvas, sheet, 1, pages);
  drawRouteMap(canvas, sheet, route);
  drawList(canvas, sheet, list_left_mm, 0, std::min(count, rows_first));
  drawNotes(canvas, sheet);
  std::size_t next = rows_first;
  for (std::size_t page = 2; page <= pages; ++page) {
    canvas.nextPage();
    drawHead(canvas, sheet, page, pages);
    for (const double left : {page_margin_mm, list_left_mm}) {
      const std::size_t last = std::min(count, next + rows_further);
      if (next < last) drawList(canvas, sheet, left, next, last);
      next = std::max(next, last);
    }
  }
}

}  // namespace

Status writeDriverSheets(const PloughSnapshot& snapshot, const std::filesystem::path& path, Progress& progress) {
  const std::vector<DrivenRoute> routes = drivenRoutes(snapshot);
  if (routes.empty())
    return Error{ErrorCode::bad_input, toUtf8(path), "No route leaves a depot, so there is no driver sheet.", {}};
  Canvas canvas(path);
  canvas.describe(
      (snapshot.decision.language == Language::ja ? "除雪経路票 " : "Plough routes, ") + snapshot.decision.project.name,
      "record " + recordHash(snapshot.decision), std::string("Hashimichi ") + programVersion());
  for (std::size_t k = 0; k < routes.size(); ++k) {
    if (progress.cancelled()) return Error{ErrorCode::cancelled, toUtf8(path), "The export was cancelled.", ""};
    progress.report(static_cast<double>(k) / static_cast<double>(routes.size()), "drawing the driver sheets");
    const routing::PloughProblem& problem = snapshot.town.districts[routes[k].district];
    const routing::Evaluation& evaluation = snapshot.plans[routes[k].district].evaluation;
    RouteSheet sheet{snapshot, routes[k],
                     routing::stepsOf(snapshot.town, problem, routes[k].machine, evaluation.routes[routes[k].machine])};
    for (const routing::RouteTimeline& timeline : routing::timelineOf(problem, *snapshot.town.ways, evaluation)) {
      if (timeline.machine != routes[k].machine) continue;
      if (k > 0) canvas.nextPage();
      drawPages(canvas, sheet, timeline);
    }
  }
  return canvas.finish();
}

}  // namespace hashimichi::exporting
