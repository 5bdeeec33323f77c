#include <algorithm>

#include "geo/export/sheet_parts.h"

namespace hashimichi::exporting {
namespace {

constexpr double width_mm = 80, height_mm = 50;

void keyMapLine(Canvas& canvas, const MapView& view, const std::vector<Vec3d>& points) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    const PaperPoint p = view.toPaper(points[i]);
    i == 0 ? canvas.moveTo(p) : canvas.lineTo(p);
  }
}

void drawKeyMapContent(Sheet& sheet, const MapView& view) {
  Canvas& canvas = sheet.canvas;
  if (sheet.city().terrain && !sheet.city().terrain->empty())
    canvas.image(view.box, hillshade(*sheet.city().terrain, view, 0.3));
  for (const model::CityObject& area : sheet.city().objects) {
    if (area.kind != model::ObjectKind::water) continue;
    for (const model::Surface& surface : area.geometry.surfaces) {
      keyMapLine(canvas, view, surface.polygon.outer);
      canvas.close();
      canvas.fill({190, 210, 226});
    }
  }
  for (const model::RoadSegment& road : sheet.city().roads) {
    if (road.centreline.empty())
      for (const model::Surface& surface : road.geometry.surfaces) {
        keyMapLine(canvas, view, surface.polygon.outer);
        canvas.close();
      }
    keyMapLine(canvas, view, road.centreline);
    canvas.stroke(rule_grey, 0.18);
  }
}

}  // namespace

double drawKeyMap(Sheet& sheet, PaperPoint top_middle) {
  const Box box{top_middle.x - width_mm / 2, top_middle.y, width_mm, height_mm};
  const Bounds frame = sheet.view.shown();
  Bounds all = sheet.city().bounds();
  all.add(Vec3d{frame.low.x, frame.low.y, 0}), all.add(Vec3d{frame.high.x, frame.high.y, 0});
  const Vec3d size = all.size();
  const double metres_per_mm = std::max({size.x / (box.width - 4), size.y / (box.height - 4), 1.0});
  const MapView view{box, all.centre(), metres_per_mm * 1000};
  sheet.canvas.clipTo(box);
  drawKeyMapContent(sheet, view);
  const PaperPoint a = view.toPaper(frame.low), b = view.toPaper(frame.high);
  sheet.canvas.rectangle({a.x, b.y, b.x - a.x, a.y - b.y});
  sheet.canvas.stroke(ink, 0.6);
  sheet.canvas.endClip();
  sheet.canvas.rectangle(box);
  sheet.canvas.stroke(quiet_ink, 0.25);
  sheet.canvas.text({box.x + 1, box.y + 0.6}, sheet.say("位置図", "Key map"),
                    {.size_pt = 6.5, .colour = quiet_ink, .halo_mm = 0.4});
  return height_mm;
}

}  // namespace hashimichi::exporting
