#include "geo/export/sheet_symbols.h"

#include "geo/export/sheet_parts.h"

namespace hashimichi::exporting {
namespace {

constexpr double circle_radius_mm = 1.75;
constexpr double dash_mm = 1.2;

void linePath(Canvas& canvas, const std::vector<PaperPoint>& line) {
  for (std::size_t i = 0; i < line.size(); ++i) i == 0 ? canvas.moveTo(line[i]) : canvas.lineTo(line[i]);
}

PaperPoint middleOf(const Box& box) {
  return {box.x + box.width / 2, box.y + box.height / 2};
}

}  // namespace

Rgb readableOn(Rgb background) {
  const double luminance = 0.2126 * background.r + 0.7152 * background.g + 0.0722 * background.b;
  return luminance < 140 ? white : ink;
}

double symbolScale(const MapView& view) {
  return view.scale_denominator <= 10000 ? 1.0 : view.scale_denominator <= 25000 ? 0.6 : 0.4;
}

void drawRankCircle(Canvas& canvas, PaperPoint centre, int band) {
  canvas.circle(centre, circle_radius_mm);
  const Rgb colour = rank_colours[static_cast<std::size_t>(band)];
  if (band == 0)
    canvas.fillHatched(true);
  else
    canvas.fill(colour, true);
  canvas.stroke(rank_casing, 0.25);
  canvas.textAround(centre, band == 0 ? "―" : std::to_string(band),
                    {.size_pt = 7.5, .bold = true, .colour = band == 0 ? ink : readableOn(colour)});
}

void drawSoundnessBox(Canvas& canvas, const Box& box, assets::Soundness soundness) {
  canvas.rectangle(box);
  const Rgb colour = soundnessColour(soundness);
  const bool known = soundness != assets::Soundness::unknown;
  if (known)
    canvas.fill(colour, true);
  else
    canvas.fillHatched(true);
  canvas.stroke(rank_casing, 0.25);
  canvas.textAround(middleOf(box), assets::toString(soundness),
                    {.size_pt = 6.5, .bold = true, .colour = known ? readableOn(colour) : ink});
}

void drawRankBox(Canvas& canvas, const Box& box, int band, const std::string& text) {
  canvas.rectangle(box);
  const Rgb colour = rank_colours[static_cast<std::size_t>(band)];
  if (band == 0)
    canvas.fillHatched(true);
  else
    canvas.fill(colour, true);
  canvas.stroke(rank_casing, 0.25);
  canvas.textAround(middleOf(box), text,
                    {.size_pt = 6.5, .bold = true, .colour = band == 0 ? ink : readableOn(colour)});
}

void drawStationMark(Canvas& canvas, PaperPoint centre) {
  constexpr double r = 1.5;
  canvas.moveTo({centre.x, centre.y - r});
  canvas.lineTo({centre.x + 0.87 * r, centre.y + 0.6 * r});
  canvas.lineTo({centre.x - 0.87 * r, centre.y + 0.6 * r});
  canvas.close();
  canvas.fill(white, true);
  canvas.stroke(ink, 0.35);
}

void strokeRoad(Canvas& canvas, const std::vector<PaperPoint>& line, int band, double symbol_scale) {
  const double width = roadWidth_mm(band) * symbol_scale;
  linePath(canvas, line);
  if (band == 0) {
    canvas.stroke(white, width, 0, true);
    canvas.stroke(no_data, 0.8 * width, dash_mm * symbol_scale);
    return;
  }
  canvas.stroke(rank_colours[static_cast<std::size_t>(band)], width);
}

}  // namespace hashimichi::exporting
