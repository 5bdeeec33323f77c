#pragma once
#include <map>
#include <string>
#include <vector>

#include "geo/export/exporter.h"
#include "geo/export/sheet_canvas.h"
#include "geo/export/sheet_layout.h"

// The parts of the A3 map sheet; each draws its own region. Included by sheet_*.cpp only.
namespace hashimichi::exporting {

/// What every part needs to know.
struct Sheet {
  const Snapshot& snapshot;
  Canvas& canvas;
  MapView view;
  std::string record_hash;
  std::size_t pages = 1;

  const model::CityModel& city() const { return *snapshot.project.model; }
  const assess::Ranking& ranking() const { return snapshot.ranking; }
  bool isSnow() const { return snapshot.ranking.subject == assess::Subject::snow; }
  /// A text of the sheet in its language.
  std::string say(const char* ja, const char* en) const { return snapshot.language == Language::ja ? ja : en; }
};

/// Places on the map that are taken, so that no two symbols or words overlap.
class Occupied {
 public:
  explicit Occupied(Box frame) : frame_(frame) {}
  bool isFree(const Box& box) const;
  void take(const Box& box);
  bool takeIfFree(const Box& box);

 private:
  static constexpr double cell_mm = 5;
  /// Calls `visit` with the boxes of every cell that `box` touches.
  template <typename Visit>
  static void eachCell(const Box& box, Visit visit) {
    for (int x = static_cast<int>(box.x / cell_mm); x <= static_cast<int>(box.right() / cell_mm); ++x)
      for (int y = static_cast<int>(box.y / cell_mm); y <= static_cast<int>(box.bottom() / cell_mm); ++y) visit({x, y});
  }
  Box frame_;
  std::map<std::pair<int, int>, std::vector<Box>> boxes_;  ///< by cell
};

/// Hillshade (sun in the north-west, 45°) of the part of the terrain that a view shows; empty without terrain.
GreyImage hillshade(const model::Terrain& terrain, const MapView& view, double pixel_mm);

void drawBaseMap(Sheet& sheet);
void drawRankedRoads(Sheet& sheet);
void drawBridges(Sheet& sheet, Occupied& occupied);
void drawStationMarks(Sheet& sheet, Occupied& occupied);
void drawStationDepths(Sheet& sheet, Occupied& occupied);
/// Of the bands first … last.
void drawRankNumerals(Sheet& sheet, Occupied& occupied, int first_band, int last_band);
/// Names keep off the symbols and off the roads that have something to do.
void drawRoadNames(Sheet& sheet, Occupied& occupied);
void drawFrameAndGrid(Sheet& sheet);
void drawBottomStrip(Sheet& sheet);
void drawSideColumn(Sheet& sheet);
/// The whole town with the frame of the map in it. @returns its height
double drawKeyMap(Sheet& sheet, PaperPoint top_middle);
/// The work list on pages 2 …; returns with the last page drawn.
void drawWorkList(Sheet& sheet);
std::size_t workListPages(const Snapshot& snapshot);

/// "page n / N", version and record hash; on every page.
void drawPageLine(Sheet& sheet, std::size_t page, PaperPoint left_upper, double width_mm);

// Symbols that map and legend share.
void drawRankCircle(Canvas& canvas, PaperPoint centre, int band);
void drawSoundnessBox(Canvas& canvas, const Box& box, assets::Soundness soundness);
void drawRankBox(Canvas& canvas, const Box& box, int band, const std::string& text);
void drawStationMark(Canvas& canvas, PaperPoint centre);
/// A road in its rank: casing and colour; 0 = dashed grey.
void strokeRoad(Canvas& canvas, const std::vector<PaperPoint>& line, int band, double symbol_scale);
/// Symbols shrink on small scales, where streets lie a millimetre apart.
double symbolScale(const MapView& view);
Rgb readableOn(Rgb background);

/// Writes the place of the map into a finished PDF, which is a GeoPDF then; a failure leaves the PDF as it was.
Status addGeoreference(const std::filesystem::path& pdf, const Sheet& sheet);

}  // namespace hashimichi::exporting
