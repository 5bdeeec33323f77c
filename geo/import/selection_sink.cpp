#include "geo/import/selection_sink.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/crs/transform.h"

namespace hashimichi::import {
namespace {

bool inside(const model::Ring& ring, Vec3d p) {
  bool in = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++)
    if ((ring[i].y > p.y) != (ring[j].y > p.y) &&
        p.x < (ring[j].x - ring[i].x) * (p.y - ring[i].y) / (ring[j].y - ring[i].y) + ring[i].x)
      in = !in;
  return in;
}

double side(Vec3d a, Vec3d b, Vec3d p) {
  return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}

bool cross(Vec3d a, Vec3d b, Vec3d c, Vec3d d) {
  const double c_side = side(a, b, c), d_side = side(a, b, d), a_side = side(c, d, a), b_side = side(c, d, b);
  return (c_side > 0) != (d_side > 0) && (a_side > 0) != (b_side > 0);
}

bool overlap(const Bounds& a, const Bounds& b) {
  return !a.empty() && !b.empty() && a.low.x <= b.high.x && b.low.x <= a.high.x && a.low.y <= b.high.y &&
         b.low.y <= a.high.y;
}

/// The part of a terrain that covers the area, one sample more on each side.
void cutTo(model::Terrain& terrain, const Bounds& area) {
  const auto index = [&](double from, double at, std::size_t count) {
    const double cell = std::floor((at - from) / terrain.spacing_m);
    return static_cast<std::size_t>(std::clamp(cell, 0.0, static_cast<double>(count - 1)));
  };
  const std::size_t first_column = index(terrain.south_west.x, area.low.x, terrain.columns),
                    last_column =
                        std::min(index(terrain.south_west.x, area.high.x, terrain.columns) + 1, terrain.columns - 1),
                    first_row = index(terrain.south_west.y, area.low.y, terrain.rows),
                    last_row = std::min(index(terrain.south_west.y, area.high.y, terrain.rows) + 1, terrain.rows - 1);
  const std::size_t columns = last_column - first_column + 1, rows = last_row - first_row + 1;
  if (columns == terrain.columns && rows == terrain.rows) return;
  std::vector<float> heights;
  heights.reserve(columns * rows);
  for (std::size_t row = first_row; row <= last_row; ++row) {
    const auto begin = terrain.height_m.begin() + static_cast<std::ptrdiff_t>(row * terrain.columns + first_column);
    heights.insert(heights.end(), begin, begin + static_cast<std::ptrdiff_t>(columns));
  }
  terrain.south_west.x += terrain.spacing_m * static_cast<double>(first_column);
  terrain.south_west.y += terrain.spacing_m * static_cast<double>(first_row);
  terrain.columns = columns, terrain.rows = rows, terrain.height_m = std::move(heights);
}

}  // namespace

Result<LocalArea> LocalArea::create(const std::vector<Selection::LonLatRing>& rings, const crs::LocalFrame& frame) {
  const auto to_local = crs::ToLocal::create("EPSG:6668", crs::AxisOrder::east_first, frame);
  if (!to_local) return to_local.error();
  LocalArea area;
  constexpr int steps = 8;  // a straight side in degrees is a curve in metres
  for (const Selection::LonLatRing& ring : rings) {
    Part part;
    for (std::size_t i = 0; i < ring.size(); ++i)
      for (int step = 0; step < steps; ++step) {
        const Vec3d from = ring[i], to = ring[(i + 1) % ring.size()];
        const auto point = (*to_local)(from + (to - from) * (static_cast<double>(step) / steps));
        if (!point) continue;
        part.ring.push_back({point->x, point->y, 0});
        part.bounds.add(part.ring.back());
      }
    if (part.ring.size() < 3)
      return Error{ErrorCode::bad_crs,
                   {},
                   "The chosen area lies outside the project's coordinate system.",
                   "Choose an area near the data."};
    area.bounds_.add(part.bounds);
    area.parts_.push_back(std::move(part));
  }
  return area;
}

bool LocalArea::holds(Vec3d point) const {
  return std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) { return inside(part.ring, point); });
}

bool LocalArea::touches(const Bounds& bounds) const {
  if (bounds.empty() || !overlap(bounds, bounds_)) return false;
  const model::Ring box{{bounds.low.x, bounds.low.y, 0},
                        {bounds.high.x, bounds.low.y, 0},
                        {bounds.high.x, bounds.high.y, 0},
                        {bounds.low.x, bounds.high.y, 0}};
  return touchesPath(box, true);
}

bool LocalArea::touchesPath(const std::vector<Vec3d>& points, bool closed) const {
  if (points.empty()) return false;
  Bounds bounds;
  for (const Vec3d& point : points) bounds.add(point);
  for (const Part& part : parts_) {
    if (!overlap(bounds, part.bounds)) continue;
    if (std::any_of(points.begin(), points.end(), [&](Vec3d p) { return inside(part.ring, p); })) return true;
    if (closed && inside(points, part.ring.front())) return true;
    const std::size_t sides = closed ? points.size() : points.size() - 1;
    for (std::size_t i = 0; i < sides; ++i)
      for (std::size_t j = 0; j < part.ring.size(); ++j)
        if (cross(points[i], points[(i + 1) % points.size()], part.ring[j], part.ring[(j + 1) % part.ring.size()]))
          return true;
  }
  return false;
}

bool LocalArea::touches(const model::Polyline& line) const {
  return touchesPath(line, false);
}

bool LocalArea::touches(const model::Geometry& geometry) const {
  if (geometry.empty()) return true;
  if (!overlap(model::boundsOf(geometry), bounds_)) return false;
  return std::any_of(geometry.points.begin(), geometry.points.end(), [&](Vec3d p) { return holds(p); }) ||
         std::any_of(geometry.lines.begin(), geometry.lines.end(), [&](const auto& l) { return touches(l); }) ||
         std::any_of(geometry.surfaces.begin(), geometry.surfaces.end(),
                     [&](const model::Surface& s) { return touchesPath(s.polygon.outer, true); });
}

SelectionSink::SelectionSink(const Selection& selection, const LocalArea* area, model::Sink& next)
    : selection_(selection), area_(area), next_(next) {}

void SelectionSink::beginFile(std::size_t file, std::string_view format) {
  file_ = file;
  has_lods_ = format.starts_with("City");
  lods_.clear();
}

bool SelectionSink::leaveOut(Reason reason, std::string_view type) {
  ++left_out_[reason][std::string(type)];
  return false;
}

bool SelectionSink::wanted(std::string_view type) {
  return selection_.wantsType(type) || leaveOut(Reason::type, type);
}

/// The highest wanted level becomes the one that is shown. @returns false when no level is wanted
bool SelectionSink::keepWantedLods(model::Geometry& shown, std::vector<model::Geometry>& others) const {
  if (!has_lods_ || selection_.lods.empty()) return true;
  std::erase_if(others, [&](const model::Geometry& geometry) { return !selection_.wantsLod(geometry.lod); });
  if (selection_.wantsLod(shown.lod)) return true;
  if (others.empty()) return shown.empty();
  shown = std::move(others.back());
  others.pop_back();
  return true;
}

template <typename Feature>
void SelectionSink::judge(Feature feature, std::string_view type) {
  if (!wanted(type)) return;
  if (area_ != nullptr && !area_->touches(feature.geometry)) {
    leaveOut(Reason::outside, type);
    return;
  }
  if (!keepWantedLods(feature.geometry, feature.other_lods)) {
    leaveOut(Reason::lod, type);
    return;
  }
  if (has_lods_) {
    std::map<int, std::size_t>& counts = lods_[std::string(type)];
    ++counts[feature.geometry.lod];
    for (const model::Geometry& other : feature.other_lods) ++counts[other.lod];
  }
  next_.add(std::move(feature));
}

void SelectionSink::add(model::Building building) {
  judge(std::move(building), "Building");
}

void SelectionSink::add(model::RoadSegment road) {
  if (area_ != nullptr && road.geometry.empty() && !road.centreline.empty() && !area_->touches(road.centreline)) {
    leaveOut(Reason::outside, "Road");
    return;
  }
  judge(std::move(road), "Road");
}

void SelectionSink::add(model::Bridge bridge) {
  const bool outside = area_ != nullptr && (bridge.geometry.empty() ? bridge.position && !area_->holds(*bridge.position)
                                                                    : !area_->touches(bridge.geometry));
  if (outside) {
    bridges_outside_.insert(bridge.id);
    leaveOut(Reason::outside, "Bridge");
    return;
  }
  judge(std::move(bridge), "Bridge");
}

void SelectionSink::add(model::CityObject object) {
  const std::string type = object.type;
  if (area_ != nullptr && object.geometry.empty() && object.mesh && !area_->touches(model::boundsOf(object))) {
    leaveOut(Reason::outside, type);
    return;
  }
  judge(std::move(object), type);
}

void SelectionSink::add(model::SnowDumpSite site) {
  if (!wanted("SnowDumpSite")) return;
  if (area_ == nullptr || area_->holds(site.position))
    next_.add(std::move(site));
  else
    leaveOut(Reason::outside, "SnowDumpSite");
}

void SelectionSink::add(model::PavementSection section) {
  if (!wanted("PavementSection")) return;
  if (area_ == nullptr || section.line.empty() || area_->touches(section.line))
    next_.add(std::move(section));
  else
    leaveOut(Reason::outside, "PavementSection");
}

void SelectionSink::add(model::Depot depot) {
  if (!wanted("Depot")) return;
  if (area_ == nullptr || area_->holds(depot.position))
    next_.add(std::move(depot));
  else
    leaveOut(Reason::outside, "Depot");
}

void SelectionSink::add(model::PloughTrack track) {
  if (wanted("PloughTrack")) next_.add(std::move(track));
}

void SelectionSink::add(model::BusLine line) {
  if (!wanted("BusLine")) return;
  if (area_ == nullptr || line.path.empty() || area_->touches(line.path))
    next_.add(std::move(line));
  else
    leaveOut(Reason::outside, "BusLine");
}

void SelectionSink::add(model::PopulationCell cell) {
  if (!wanted("PopulationCell")) return;
  Bounds bounds;
  for (const Vec3d point : cell.area.polygon.outer) bounds.add(point);
  if (area_ == nullptr || bounds.empty() || area_->touches(bounds))
    next_.add(std::move(cell));
  else
    leaveOut(Reason::outside, "PopulationCell");
}

void SelectionSink::add(model::Terrain terrain) {
  if (!wanted("Terrain")) return;
  if (area_ != nullptr && !terrain.empty()) {
    if (!overlap(terrain.bounds(), area_->bounds())) {
      leaveOut(Reason::outside, "Terrain");
      return;
    }
    cutTo(terrain, area_->bounds());
  }
  next_.add(std::move(terrain));
}

void SelectionSink::add(model::ImageryRef imagery) {
  if (!wanted("Imagery")) return;
  if (area_ == nullptr || imagery.extent.empty() || area_->touches(imagery.extent))
    next_.add(std::move(imagery));
  else
    leaveOut(Reason::outside, "Imagery");
}

void SelectionSink::add(model::PointCloud cloud) {
  if (!wanted("PointCloud")) return;
  if (area_ == nullptr || cloud.bounds.empty() || area_->touches(cloud.bounds))
    next_.add(std::move(cloud));
  else
    leaveOut(Reason::outside, "PointCloud");
}

void SelectionSink::add(model::ResultLayer layer) {
  if (wanted("Result")) next_.add(std::move(layer));
}

void SelectionSink::add(sensors::Station station) {
  if (wanted("Station")) next_.add(std::move(station));
}

void SelectionSink::add(sensors::Series series) {
  if (wanted("Series")) next_.add(std::move(series));
}

void SelectionSink::add(model::InspectionRecord record) {
  if (!wanted("Inspection")) return;
  if (area_ == nullptr)
    next_.add(std::move(record));
  else
    held_.emplace_back(file_, std::move(record));
}

std::map<std::size_t, std::size_t> SelectionSink::finish() {
  std::map<std::size_t, std::size_t> passed;
  for (auto& [file, record] : held_) {
    if (bridges_outside_.contains(record.bridge_id)) {
      leaveOut(Reason::outside, "Inspection");
      continue;
    }
    ++passed[file];
    next_.add(std::move(record));
  }
  held_.clear();
  return passed;
}

void SelectionSink::tell(Problems& problems) const {
  if (selection_.empty()) return;
  std::string text;
  const auto say = [&](Reason reason, const char* words) {
    const auto found = left_out_.find(reason);
    if (found == left_out_.end()) return;
    std::string counts;
    for (const auto& [type, count] : found->second)
      counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", count, type);
    text += fmt::format("{}{} ({})", text.empty() ? "" : "; ", words, counts);
  };
  say(Reason::outside, "outside the area");
  say(Reason::type, "of other types");
  say(Reason::lod, "without a wanted level of detail");
  std::size_t files = 0;
  for (const auto& [why, count] : files_) files += count;
  if (files > 0) text += fmt::format("{}{} whole files, not opened", text.empty() ? "" : "; ", files);
  problems.assume({}, {}, "selection.applied",
                  text.empty() ? "Everything that was found is within the selection."
                               : "Only the selection was read; left out: " + text + ".",
                  text.empty() ? "" : "Import again with another area, types or levels of detail to add the rest.");
}

}  // namespace hashimichi::import
