#include "geo/measure/section.h"

#include <algorithm>
#include <numeric>

#include "geo/measure/road_line.h"

namespace hashimichi::measure {
namespace {

constexpr double unbounded_m = 1e9;

struct Hit {
  double chainage = 0, offset = 0;
  std::size_t index = 0;
};

std::vector<Hit> hitsOf(const PointsView& points, const SectionWish& wish, const RoadLine& line) {
  std::vector<Hit> hits;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Vec3d& p = points.places[i];
    if (!(p.z >= wish.lowest_m && p.z <= wish.highest_m) || !isFinite(p)) continue;
    const auto foot = line.footOf(p);
    if (!foot || foot->chainage_m < wish.from_m || foot->chainage_m > wish.to_m) continue;
    hits.push_back({foot->chainage_m, foot->offset_m, i});
  }
  return hits;
}

void keep(SectionPoints& section, const PointsView& points, const Hit& hit) {
  section.chainage_m.push_back(hit.chainage);
  section.offset_m.push_back(hit.offset);
  section.height_m.push_back(points.places[hit.index].z);
  section.places.push_back(points.places[hit.index]);
  section.index.push_back(hit.index);
  if (!points.classification.empty()) section.classification.push_back(points.classification[hit.index]);
  if (!points.intensity.empty()) section.intensity.push_back(points.intensity[hit.index]);
  if (!points.rgb.empty())
    for (std::size_t c = 0; c < 3; ++c) section.rgb.push_back(points.rgb[3 * hit.index + c]);
}

}  // namespace

bool mayBeRoadSurface(std::uint8_t classification) {
  switch (classification) {
    case 0:
    case 1:
    case 2:
    case 11:
    case 17:
    case 21:
      return true;
    default:
      return false;
  }
}

Bounds reachOf(const SectionWish& wish) {
  Bounds box;
  const double half = wish.width_m / 2;
  for (const Vec3d& p : wish.line) {
    box.add(Vec3d{p.x - half, p.y - half, std::max(wish.lowest_m, -unbounded_m)});
    box.add(Vec3d{p.x + half, p.y + half, std::min(wish.highest_m, unbounded_m)});
  }
  return box;
}

Result<SectionPoints> cutSection(const PointsView& points, const SectionWish& wish) {
  if (!(wish.width_m > 0) || !std::isfinite(wish.width_m) || wish.limit == 0)
    return Error{ErrorCode::bad_input, "section", "The width of the section is not a positive length.",
                 "Give a width in metres, such as 0.5."};
  const Result<RoadLine> line = RoadLine::create(wish.line, wish.width_m / 2, "section");
  if (!line) return line.error();
  std::vector<Hit> hits = hitsOf(points, wish, *line);
  if (hits.empty())
    return Error{ErrorCode::bad_input, "section",
                 "No point lies within the width of the line: it runs beside the cloud.",
                 "Draw the line across the points, or widen the section."};
  SectionPoints section;
  section.line = wish.line, section.width_m = wish.width_m;
  section.basis = {"vertical section: points within half the width of the line", hits.size(), 0, points.unrefined};
  const std::size_t every = (hits.size() + wish.limit - 1) / wish.limit;
  if (every > 1) {  // in the order of the cloud, which is even enough
    std::size_t kept = 0;
    for (std::size_t i = 0; i < hits.size(); i += every) hits[kept++] = hits[i];
    section.left_out = hits.size() - kept;
    hits.resize(kept);
    section.basis.points = kept, section.basis.unrefined = true;
  }
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
    return a.chainage < b.chainage || (a.chainage == b.chainage && a.index < b.index);
  });
  for (const Hit& hit : hits) keep(section, points, hit);
  return section;
}

Result<model::Polyline> lineAcross(const model::Polyline& line, double chainage_m, double half_width_m) {
  const Result<RoadLine> road = RoadLine::create(line, 1, "cross-section");
  if (!road) return road.error();
  if (!(chainage_m >= 0 && chainage_m <= road->length_m()))
    return Error{ErrorCode::bad_input, "cross-section", "The chainage is not on the line.",
                 "Give one between 0 and the line's length."};
  if (!(half_width_m > 0))
    return Error{ErrorCode::bad_input, "cross-section", "The width is not a positive length.", "Give metres."};
  const model::OnLine at = road->at(chainage_m);
  const Vec3d left{-at.direction.y * half_width_m, at.direction.x * half_width_m, 0};
  return model::Polyline{at.point + left, at.point - left};
}

}  // namespace hashimichi::measure
