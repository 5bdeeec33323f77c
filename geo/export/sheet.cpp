#include "geo/core/file.h"
#include "geo/core/version.h"
#include "geo/export/sheet_parts.h"
#include "geo/export/writers.h"

namespace hashimichi::exporting {
namespace {

void drawMapPage(Sheet& sheet) {
  Occupied occupied(sheet.view.box.grown(-0.6));
  sheet.canvas.clipTo(sheet.view.box);
  drawBaseMap(sheet);
  drawRankedRoads(sheet);
  drawBridges(sheet, occupied);
  drawStationMarks(sheet, occupied);
  // What is urgent chooses its place first, then the measured depths, then the rest.
  drawRankNumerals(sheet, occupied, 1, 2);
  drawStationDepths(sheet, occupied);
  drawRankNumerals(sheet, occupied, 3, 5);
  drawRoadNames(sheet, occupied);
  sheet.canvas.endClip();
  drawFrameAndGrid(sheet);
  drawBottomStrip(sheet);
  drawSideColumn(sheet);
}

}  // namespace

Status writeSheet(const Snapshot& snapshot, const std::filesystem::path& path, Progress& progress) {
  Canvas canvas(path);
  Sheet sheet{snapshot, canvas, mapViewOf(snapshot), recordHash(snapshot), 1 + workListPages(snapshot)};
  canvas.describe((sheet.isSnow() ? sheet.say("道路除雪優先度図 ", "Road snow-clearing priority, ")
                                  : sheet.say("橋梁老朽化優先度図 ", "Bridge ageing priority, ")) +
                      snapshot.project.name,
                  "record " + sheet.record_hash, std::string("Hashimichi ") + programVersion());
  progress.report(0, "drawing the map sheet");
  drawMapPage(sheet);
  if (progress.cancelled()) return Error{ErrorCode::cancelled, toUtf8(path), "The export was cancelled.", ""};
  progress.report(0.7, "drawing the work list");
  drawWorkList(sheet);
  if (Status finished = canvas.finish(); !finished) return finished;
  return addGeoreference(path, sheet);
}

}  // namespace hashimichi::exporting
