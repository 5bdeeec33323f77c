#include <algorithm>
#include <cmath>

#include "geo/export/sheet_parts.h"

namespace hashimichi::exporting {
namespace {

constexpr double hillshade_strength = 0.20;
constexpr double hillshade_pixel_mm = 0.35;
constexpr Rgb building_grey{225, 225, 225}, building_edge{176, 178, 182}, water_blue{205, 220, 232};
constexpr double building_edge_mm = 0.1;
/// Faces that stand upright have no area on a map.
constexpr double least_area_m2 = 0.5;

void polygonPath(Sheet& sheet, const model::Polygon& polygon) {
  const auto ringPath = [&](const model::Ring& ring) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const PaperPoint p = sheet.view.toPaper(ring[i]);
      i == 0 ? sheet.canvas.moveTo(p) : sheet.canvas.lineTo(p);
    }
    if (!ring.empty()) sheet.canvas.close();
  };
  ringPath(polygon.outer);
  for (const model::Ring& hole : polygon.holes) ringPath(hole);
}

bool isShown(const Bounds& bounds, const Bounds& shown) {
  return !bounds.empty() && bounds.low.x <= shown.high.x && shown.low.x <= bounds.high.x &&
         bounds.low.y <= shown.high.y && shown.low.y <= bounds.high.y;
}

/// The outline on the ground: ground faces where the source names them, else every face that is not upright.
void footprintPath(Sheet& sheet, const model::Geometry& geometry) {
  const bool has_ground = std::any_of(geometry.surfaces.begin(), geometry.surfaces.end(),
                                      [](const model::Surface& s) { return s.kind == model::SurfaceKind::ground; });
  for (const model::Surface& surface : geometry.surfaces)
    if (has_ground ? surface.kind == model::SurfaceKind::ground : model::area2d(surface.polygon) > least_area_m2)
      polygonPath(sheet, surface.polygon);
}

void drawBuildings(Sheet& sheet) {
  const Bounds shown = sheet.view.shown();
  for (const model::Building& building : sheet.city().buildings) {
    if (!isShown(model::boundsOf(building.geometry), shown)) continue;
    footprintPath(sheet, building.geometry);
    sheet.canvas.fill(building_grey, true);
    sheet.canvas.stroke(building_edge, building_edge_mm);
  }
}

void drawWater(Sheet& sheet) {
  for (const model::CityObject& area : sheet.city().objects) {
    if (area.kind != model::ObjectKind::water) continue;
    for (const model::Surface& surface : area.geometry.surfaces) {
      polygonPath(sheet, surface.polygon);
      sheet.canvas.fill(water_blue);
    }
    for (const model::Polyline& line : area.geometry.lines) {
      for (std::size_t i = 0; i < line.size(); ++i) {
        const PaperPoint p = sheet.view.toPaper(line[i]);
        i == 0 ? sheet.canvas.moveTo(p) : sheet.canvas.lineTo(p);
      }
      sheet.canvas.stroke(water_blue, 0.4);
    }
  }
}

/// All roads in white with a grey edge; ranked ones are drawn over.
void drawMinorRoads(Sheet& sheet) {
  const double scale = symbolScale(sheet.view);
  const Bounds shown = sheet.view.shown();
  for (const bool edge : {true, false}) {
    for (const model::RoadSegment& road : sheet.city().roads) {
      if (!isShown(model::boundsOf(road.geometry), shown)) continue;
      for (const model::Surface& surface : road.geometry.surfaces) {
        polygonPath(sheet, surface.polygon);
        edge ? sheet.canvas.stroke(rule_grey, 0.2) : sheet.canvas.fill(white);
      }
      const double width = std::clamp(road.width_m * sheet.view.mmPerMetre(), 0.5 * scale, 1.6);
      for (std::size_t i = 0; i < road.centreline.size(); ++i) {
        const PaperPoint p = sheet.view.toPaper(road.centreline[i]);
        i == 0 ? sheet.canvas.moveTo(p) : sheet.canvas.lineTo(p);
      }
      sheet.canvas.stroke(edge ? rule_grey : white, edge ? width + 0.2 : width);
    }
  }
}

}  // namespace

GreyImage hillshade(const model::Terrain& terrain, const MapView& view, double pixel_mm) {
  GreyImage image{static_cast<int>(view.box.width / pixel_mm), static_cast<int>(view.box.height / pixel_mm), {}};
  // What is unknown looks like flat ground: the rim of the survey is no cliff.
  const auto greyOf = [](double light) {
    return static_cast<unsigned char>(std::lround(255 * (1 - hillshade_strength * (1 - light))));
  };
  image.pixels.assign(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height),
                      greyOf(std::sqrt(0.5)));
  const double step = std::max(terrain.spacing_m, pixel_mm / view.mmPerMetre());
  const Vec3d sun{-0.5, 0.5, std::sqrt(0.5)};
  for (int row = 0; row < image.height; ++row)
    for (int column = 0; column < image.width; ++column) {
      const Vec3d p = view.toLocal({view.box.x + (column + 0.5) * pixel_mm, view.box.y + (row + 0.5) * pixel_mm});
      const auto west = terrain.heightAt(p.x - step, p.y), east = terrain.heightAt(p.x + step, p.y);
      const auto south = terrain.heightAt(p.x, p.y - step), north = terrain.heightAt(p.x, p.y + step);
      if (!west || !east || !south || !north) continue;
      const Vec3d normal{*west - *east, *south - *north, 2 * step};
      const double light = std::max(0.0, dot(normal, sun) / norm(normal));
      image.pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(image.width) +
                   static_cast<std::size_t>(column)] = greyOf(light);
    }
  return image;
}

void drawBaseMap(Sheet& sheet) {
  if (sheet.city().terrain && !sheet.city().terrain->empty())
    sheet.canvas.image(sheet.view.box, hillshade(*sheet.city().terrain, sheet.view, hillshade_pixel_mm));
  drawWater(sheet);
  drawBuildings(sheet);
  drawMinorRoads(sheet);
}

}  // namespace hashimichi::exporting
