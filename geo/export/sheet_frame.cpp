#include <fmt/format.h>

#include <cmath>

#include "geo/crs/japan.h"
#include "geo/export/sheet_parts.h"

namespace hashimichi::exporting {
namespace {

constexpr double tick_mm = 2.5, cross_mm = 1.5, frame_line_mm = 0.5;
constexpr double label_pt = 6.5;
constexpr double pi = 3.14159265358979;

/// 160500 → "160,500".
std::string grouped(double metres) {
  std::string digits = fmt::format("{:.0f}", std::abs(metres));
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return (metres < -0.5 ? "−" : "") + digits;
}

/// Japan's plane rectangular zones call northing X and easting Y.
std::string northingName(const Sheet& sheet) {
  return sheet.city().frame.northingFirst() ? "X" : "N";
}
std::string eastingName(const Sheet& sheet) {
  return sheet.city().frame.northingFirst() ? "Y" : "E";
}

void line(Canvas& canvas, PaperPoint a, PaperPoint b, Rgb colour, double width_mm) {
  canvas.moveTo(a), canvas.lineTo(b);
  canvas.stroke(colour, width_mm);
}

/// Round values between two projected coordinates.
std::vector<double> gridLines(double from, double to, double step) {
  std::vector<double> values;
  for (double value = std::ceil(from / step) * step; value <= to; value += step) values.push_back(value);
  return values;
}

struct Grid {
  std::vector<double> eastings, northings;  ///< projected, metres
};

Grid gridOf(const Sheet& sheet) {
  const Bounds shown = sheet.view.shown();
  const crs::LocalFrame& frame = sheet.city().frame;
  const Vec3d low = frame.toProjected(shown.low), high = frame.toProjected(shown.high);
  const double step = gridStep_m(sheet.view.scale_denominator);
  return {gridLines(low.x, high.x, step), gridLines(low.y, high.y, step)};
}

PaperPoint onPaper(const Sheet& sheet, double easting, double northing) {
  return sheet.view.toPaper(sheet.city().frame.toLocal({easting, northing, 0}));
}

void drawEastingTicks(Sheet& sheet, const Grid& grid) {
  const Box& box = sheet.view.box;
  for (const double easting : grid.eastings) {
    const double x = onPaper(sheet, easting, 0).x;
    line(sheet.canvas, {x, box.bottom()}, {x, box.bottom() - tick_mm}, ink, 0.3);
    line(sheet.canvas, {x, box.y}, {x, box.y + tick_mm}, ink, 0.3);
    sheet.canvas.text({x, box.bottom() + 0.6}, eastingName(sheet) + " " + grouped(easting),
                      {.size_pt = label_pt, .colour = quiet_ink, .align = Align::centre});
  }
}

void drawNorthingTicks(Sheet& sheet, const Grid& grid) {
  const Box& box = sheet.view.box;
  for (const double northing : grid.northings) {
    const double y = onPaper(sheet, 0, northing).y;
    line(sheet.canvas, {box.x, y}, {box.x + tick_mm, y}, ink, 0.3);
    line(sheet.canvas, {box.right(), y}, {box.right() - tick_mm, y}, ink, 0.3);
    sheet.canvas.textAround({box.x - 2.3, y}, northingName(sheet) + " " + grouped(northing),
                            {.size_pt = label_pt, .colour = quiet_ink, .angle_rad = -pi / 2});
  }
}

void drawNorthArrow(Sheet& sheet, PaperPoint top) {
  Canvas& canvas = sheet.canvas;
  canvas.text({top.x, top.y - 1.2}, "N", {.size_pt = 9, .bold = true, .align = Align::centre});
  const double y = top.y + 3.2, height = 9.5, half = 2.4;
  canvas.moveTo({top.x, y}), canvas.lineTo({top.x - half, y + height}), canvas.lineTo({top.x, y + height * 0.75});
  canvas.close();
  canvas.fill(ink, true);
  canvas.stroke(ink, 0.25);
  canvas.moveTo({top.x, y}), canvas.lineTo({top.x + half, y + height}), canvas.lineTo({top.x, y + height * 0.75});
  canvas.close();
  canvas.fill(white, true);
  canvas.stroke(ink, 0.25);
  canvas.text({top.x, y + height + 0.4}, sheet.say("座標北", "grid north"),
              {.size_pt = 6, .colour = quiet_ink, .align = Align::centre});
}

std::string metresText(double metres) {
  return metres >= 1000 ? fmt::format("{:g} km", metres / 1000) : fmt::format("{:g} m", metres);
}

void drawScaleBar(Sheet& sheet, PaperPoint left) {
  Canvas& canvas = sheet.canvas;
  const ScaleBar bar = scaleBarOf(sheet.view.scale_denominator);
  const double part_mm = bar.length_mm / bar.parts, height = 1.6;
  for (int part = 0; part < bar.parts; ++part) {
    canvas.rectangle({left.x + part * part_mm, left.y, part_mm, height});
    canvas.fill(part % 2 == 0 ? ink : white, true);
    canvas.stroke(ink, 0.25);
  }
  const TextStyle style{.size_pt = 7, .align = Align::centre};
  canvas.text({left.x, left.y + height + 0.5}, "0", style);
  canvas.text({left.x + bar.length_mm, left.y + height + 0.5}, metresText(bar.length_m), style);
  if (bar.parts % 2 == 0)
    canvas.text({left.x + bar.length_mm / 2, left.y + height + 0.5}, metresText(bar.length_m / 2), style);
}

std::string datumText(const Sheet& sheet) {
  const crs::LocalFrame& frame = sheet.city().frame;
  const std::string zone = crs::planeZoneNumeral(frame.epsg());
  if (zone.empty())
    return sheet.say("座標系 ", "CRS ") + frame.name() + " (EPSG:" + std::to_string(frame.epsg()) + ")\n" +
           sheet.say("標高は元データの基準による", "Heights as in the sources");
  return sheet.say("平面直角座標系 第", "Japan Plane Rectangular CS, zone ") + zone +
         sheet.say("系 (JGD2011, EPSG:", " (JGD2011, EPSG:") + std::to_string(frame.epsg()) + ")\n" +
         sheet.say("標高は東京湾平均海面 (T.P.) による", "Heights above mean sea level of Tokyo Bay (T.P.)");
}

}  // namespace

void drawFrameAndGrid(Sheet& sheet) {
  const Grid grid = gridOf(sheet);
  sheet.canvas.clipTo(sheet.view.box);
  for (const double easting : grid.eastings)
    for (const double northing : grid.northings) {
      const PaperPoint p = onPaper(sheet, easting, northing);
      line(sheet.canvas, {p.x - cross_mm, p.y}, {p.x + cross_mm, p.y}, quiet_ink, 0.15);
      line(sheet.canvas, {p.x, p.y - cross_mm}, {p.x, p.y + cross_mm}, quiet_ink, 0.15);
    }
  drawEastingTicks(sheet, {grid.eastings, {}});
  sheet.canvas.endClip();
  drawEastingTicks(sheet, grid);
  drawNorthingTicks(sheet, grid);
  sheet.canvas.rectangle(sheet.view.box);
  sheet.canvas.stroke(ink, frame_line_mm);
}

void drawBottomStrip(Sheet& sheet) {
  const Box& strip = bottom_strip;
  drawScaleBar(sheet, {strip.x + 2, strip.y + 2.2});
  const ScaleBar bar = scaleBarOf(sheet.view.scale_denominator);
  sheet.canvas.text({strip.x + 2 + bar.length_mm + 12, strip.y},
                    sheet.say("縮尺 1:", "Scale 1:") + grouped(sheet.view.scale_denominator),
                    {.size_pt = 12, .bold = true});
  sheet.canvas.text({strip.x + 2, strip.y + 9.5},
                    sheet.say("紙への出力は「実際のサイズ」で。A3 横。", "Print at actual size, A3 landscape."),
                    {.size_pt = 6.5, .colour = quiet_ink});
  drawNorthArrow(sheet, {strip.x + 152, strip.y});
  sheet.canvas.text({strip.x + 166, strip.y}, datumText(sheet), {.size_pt = 7.5});
  sheet.canvas.text(
      {strip.x + 166, strip.y + 9},
      sheet.say(
          "この図は参考図であり、作業の指示書ではありません。順位は入力データと基準から機械的に計算した判断材料です。"
          "出動・補修は担当者が決めます。",
          "This map is a reference, not an order. Ranks are computed from the inputs and the profile to support a "
          "decision; people decide on dispatch and repair."),
      {.size_pt = 6.5, .colour = quiet_ink, .width_mm = strip.right() - strip.x - 166, .most_lines = 3});
}

void drawPageLine(Sheet& sheet, std::size_t page, PaperPoint left_upper, double width_mm) {
  const TextStyle quiet{.size_pt = 6, .colour = quiet_ink};
  sheet.canvas.text(left_upper, sheet.say("記録 ", "Record ") + sheet.record_hash, quiet);
  TextStyle right = quiet;
  right.align = Align::right;
  right.size_pt = 7;
  right.bold = true;
  sheet.canvas.text({left_upper.x + width_mm, left_upper.y - 3.6},
                    sheet.say("頁 ", "page ") + std::to_string(page) + " / " + std::to_string(sheet.pages), right);
}

}  // namespace hashimichi::exporting
