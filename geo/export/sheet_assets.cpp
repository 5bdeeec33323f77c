#include <algorithm>
#include <cmath>
#include <set>

#include "geo/assess/assess.h"
#include "geo/export/sheet_parts.h"
#include "geo/export/sheet_symbols.h"
#include "geo/sensors/series.h"

namespace hashimichi::exporting {
namespace {

constexpr Box no_box{};
constexpr double soundness_box_mm = 4.6, box_height_mm = 3.6;
/// An observation older than this is not shown beside its station.
constexpr double most_age_h = 6;

std::vector<PaperPoint> paperLine(const Sheet& sheet, const model::Polyline& line) {
  std::vector<PaperPoint> points;
  for (const Vec3d& p : line) points.push_back(sheet.view.toPaper(p));
  return points;
}

void surfacePaths(Sheet& sheet, const model::RoadSegment& road) {
  for (const model::Surface& surface : road.geometry.surfaces) {
    const auto ring = paperLine(sheet, surface.polygon.outer);
    for (std::size_t i = 0; i < ring.size(); ++i) i == 0 ? sheet.canvas.moveTo(ring[i]) : sheet.canvas.lineTo(ring[i]);
    sheet.canvas.close();
    for (const model::Ring& hole : surface.polygon.holes) {
      const auto inner = paperLine(sheet, hole);
      for (std::size_t i = 0; i < inner.size(); ++i)
        i == 0 ? sheet.canvas.moveTo(inner[i]) : sheet.canvas.lineTo(inner[i]);
      sheet.canvas.close();
    }
  }
}

/// Roads of which only the surface is known keep their shape; a rim of their colour keeps narrow ones visible.
void drawSurfaces(Sheet& sheet, const model::RoadSegment& road, int band, bool casing) {
  const double rim = 0.5 * symbolScale(sheet.view);
  surfacePaths(sheet, road);
  if (casing) {
    sheet.canvas.stroke(rank_casing, rim + 2 * road_casing_mm);
  } else if (band == 0) {
    sheet.canvas.fillHatched();
  } else {
    const Rgb colour = rank_colours[static_cast<std::size_t>(band)];
    sheet.canvas.fill(colour, true);
    sheet.canvas.stroke(colour, rim);
  }
}

void drawBand(Sheet& sheet, int band, bool casing) {
  const double scale = symbolScale(sheet.view);
  // Later ranks first, so that the sooner one lies on top where they meet.
  for (auto row = sheet.ranking().rows.rbegin(); row != sheet.ranking().rows.rend(); ++row) {
    if (row->band != band) continue;
    const model::RoadSegment& road = sheet.city().roads[row->index];
    if (road.centreline.size() < 2) {
      drawSurfaces(sheet, road, band, casing);
      continue;
    }
    const auto line = paperLine(sheet, road.centreline);
    if (!casing) {
      strokeRoad(sheet.canvas, line, band, scale);
      continue;
    }
    for (std::size_t i = 0; i < line.size(); ++i) i == 0 ? sheet.canvas.moveTo(line[i]) : sheet.canvas.lineTo(line[i]);
    sheet.canvas.stroke(rank_casing, (roadWidth_mm(band) + 2 * road_casing_mm) * scale);
  }
}

/// The box, moved aside where others are; the first place is the bridge itself.
Box freeBox(const Occupied& occupied, PaperPoint at, double width, double height) {
  const auto around = [&](double dx, double dy) {
    return Box{at.x + dx - width / 2, at.y + dy - height / 2, width, height};
  };
  if (occupied.isFree(around(0, 0))) return around(0, 0);
  for (const double distance : {5.0, 7.5, 10.0, 13.0})
    for (int step = 0; step < 12; ++step) {
      const double angle = step * 0.5236;  // every 30°
      const Box box = around(distance * std::cos(angle) * 1.2, distance * std::sin(angle));
      if (occupied.isFree(box)) return box;
    }
  return no_box;
}

void drawLeader(Canvas& canvas, PaperPoint from, const Box& box) {
  const PaperPoint to{box.x + box.width / 2, box.y + box.height / 2};
  if (std::hypot(to.x - from.x, to.y - from.y) < 0.1) return;
  canvas.moveTo(from), canvas.lineTo(to);
  canvas.stroke(white, 0.7);
  canvas.moveTo(from), canvas.lineTo(to);
  canvas.stroke(rank_casing, 0.3);
  canvas.circle(from, 0.6);
  canvas.fill(rank_casing);
}

struct BridgeMark {
  PaperPoint at;
  assets::Soundness soundness = assets::Soundness::unknown;
  int band = 0;
  std::size_t rank = 0;  ///< 0: the sheet does not rank bridges, or this one
};

assets::Soundness soundnessOf(const model::Bridge& bridge) {
  const assets::Inspection* latest = model::latestInspection(bridge);
  return latest != nullptr ? latest->soundness : assets::Soundness::unknown;
}

/// Most urgent first. The snow sheet shows only those that a plough's crew should know: III and IV.
std::vector<BridgeMark> bridgeMarks(const Sheet& sheet) {
  std::vector<BridgeMark> marks;
  const auto add = [&](const model::Bridge& bridge, int band, std::size_t rank) {
    if (bridge.position) marks.push_back({sheet.view.toPaper(*bridge.position), soundnessOf(bridge), band, rank});
  };
  if (!sheet.isSnow()) {
    for (const assess::Ranked& row : sheet.ranking().rows) add(sheet.city().bridges[row.index], row.band, row.rank);
    return marks;
  }
  for (const assets::Soundness wanted : {assets::Soundness::IV, assets::Soundness::III})
    for (const model::Bridge& bridge : sheet.city().bridges)
      if (soundnessOf(bridge) == wanted) add(bridge, 0, 0);
  return marks;
}

const sensors::Observation* depthAt(const Sheet& sheet, const std::string& station) {
  for (const sensors::Series& series : sheet.city().series)
    if (series.station_id == station && series.quantity == sensors::Quantity::snow_depth_cm && !series.isForecast())
      return sensors::latestUsable(series, sheet.ranking().as_of, most_age_h);
  return nullptr;
}

}  // namespace

bool Occupied::isFree(const Box& box) const {
  if (!frame_.contains(box)) return false;
  bool free = true;
  eachCell(box, [&](std::pair<int, int> cell) {
    const auto found = boxes_.find(cell);
    if (found != boxes_.end())
      free = free &&
             std::none_of(found->second.begin(), found->second.end(), [&](const Box& b) { return b.overlaps(box); });
  });
  return free;
}

void Occupied::take(const Box& box) {
  eachCell(box, [&](std::pair<int, int> cell) { boxes_[cell].push_back(box); });
}

bool Occupied::takeIfFree(const Box& box) {
  if (!isFree(box)) return false;
  take(box);
  return true;
}

void drawRankedRoads(Sheet& sheet) {
  if (!sheet.isSnow()) return;
  for (const int band : {0, 5, 4, 3, 2, 1}) {
    if (band > 0) drawBand(sheet, band, true);
    drawBand(sheet, band, false);
  }
}

void drawBridges(Sheet& sheet, Occupied& occupied) {
  const std::vector<BridgeMark> marks = bridgeMarks(sheet);
  std::vector<std::pair<BridgeMark, Box>> placed;
  for (const BridgeMark& mark : marks) {
    const double rank_width = mark.rank > 0 ? 2.2 + 1.4 * static_cast<double>(std::to_string(mark.rank).size()) : 0;
    Box box = freeBox(occupied, mark.at, soundness_box_mm + rank_width, box_height_mm);
    if (box.width == 0) {
      // No room even aside: a dot in the colour of its soundness keeps the bridge on the map.
      sheet.canvas.circle(mark.at, 1.0);
      sheet.canvas.fill(soundnessColour(mark.soundness), true);
      sheet.canvas.stroke(rank_casing, 0.25);
      continue;
    }
    occupied.take(box.grown(0.4));
    placed.emplace_back(mark, box);
  }
  for (const auto& [mark, box] : placed) drawLeader(sheet.canvas, mark.at, box);
  // The most urgent is drawn last.
  for (auto it = placed.rbegin(); it != placed.rend(); ++it) {
    const auto& [mark, box] = *it;
    drawSoundnessBox(sheet.canvas, {box.x, box.y, soundness_box_mm, box.height}, mark.soundness);
    if (mark.rank > 0)
      drawRankBox(sheet.canvas, {box.x + soundness_box_mm, box.y, box.width - soundness_box_mm, box.height}, mark.band,
                  std::to_string(mark.rank));
  }
}

void drawStationMarks(Sheet& sheet, Occupied& occupied) {
  if (!sheet.isSnow()) return;
  for (const sensors::Station& station : sheet.city().stations) {
    const PaperPoint p = sheet.view.toPaper(station.position);
    drawStationMark(sheet.canvas, p);
    occupied.take({p.x - 1.6, p.y - 1.6, 3.2, 3.2});
  }
}

void drawStationDepths(Sheet& sheet, Occupied& occupied) {
  if (!sheet.isSnow()) return;
  std::set<std::string> suspect;
  for (const assess::UnusableGauge& gauge :
       assess::unusableGauges(sheet.city(), sheet.ranking().profile_id, sheet.ranking().as_of))
    suspect.insert(gauge.station_id);
  for (const sensors::Station& station : sheet.city().stations) {
    const PaperPoint p = sheet.view.toPaper(station.position);
    const sensors::Observation* depth = depthAt(sheet, station.id);
    const bool is_suspect = suspect.contains(station.id);
    std::string text = depth != nullptr ? std::to_string(std::lround(depth->value)) + " cm" : "―";
    if (is_suspect) text += " ?";
    const TextStyle style{.size_pt = 7, .bold = !is_suspect, .colour = is_suspect ? quiet_ink : ink, .halo_mm = 0.7};
    const TextSize size = sheet.canvas.measure(text, style);
    const double w = size.width_mm, h = size.height_mm;
    const double right = p.x + 1.9, left = p.x - 1.9 - w, above = p.y - 1.7 - h, below = p.y + 1.7;
    for (const PaperPoint at : {PaperPoint{right, p.y - h / 2},
                                {left, p.y - h / 2},
                                {p.x - w / 2, above},
                                {p.x - w / 2, below},
                                {right + 1.3, above + 1},
                                {left - 1.3, above + 1},
                                {right, below - 1},
                                {left, below - 1}}) {
      if (!occupied.takeIfFree({at.x, at.y, w, h})) continue;
      sheet.canvas.text(at, text, style);
      break;
    }
  }
}

}  // namespace hashimichi::exporting
