#include "geo/model/drape.h"

#include "geo/model/footprint.h"

namespace hashimichi::model {
namespace {

constexpr double corner_tolerance_m = 0.1;
/// More samples than this on one straight edge (2 km on a 5 m grid) show nothing that a person could see.
constexpr std::size_t max_samples_per_edge = 400;
/// A span begins a little before the deck: the abutment, and the step of the search.
constexpr double abutment_m = 2;
constexpr double bridge_half_width_without_width_m = 4;
/// Higher things over a deck are arches, portals and roofs.
constexpr double headroom_m = 3;
constexpr double same_way_cosine = 0.7071;  // 45°

/// The corners between samples[first] and samples[last] that are needed to stay within the tolerance.
void keepCorners(const std::vector<Vec3d>& samples, std::size_t first, std::size_t last, Polyline& out) {
  double worst = corner_tolerance_m;
  std::size_t at = 0;
  for (std::size_t i = first + 1; i < last; ++i) {
    const double t = static_cast<double>(i - first) / static_cast<double>(last - first);
    const double straight = samples[first].z + (samples[last].z - samples[first].z) * t;
    if (std::fabs(samples[i].z - straight) > worst) worst = std::fabs(samples[i].z - straight), at = i;
  }
  if (at == 0) return;
  keepCorners(samples, first, at, out);
  out.push_back(samples[at]);
  keepCorners(samples, at, last, out);
}

void appendEdge(Vec3d a, Vec3d b, const HeightProfile& profile, Polyline& out) {
  const double spacing = profile.spacing_m();
  if (spacing <= 0) return;
  const double wanted = distance2d(a, b) / spacing;
  const auto count = static_cast<std::size_t>(std::clamp(wanted, 1.0, static_cast<double>(max_samples_per_edge)));
  std::vector<Vec3d> samples;
  for (std::size_t i = 0; i <= count; ++i) {
    Vec3d p = a + (b - a) * (static_cast<double>(i) / static_cast<double>(count));
    p.z = profile.heightAt(p.x, p.y);
    samples.push_back(p);
  }
  keepCorners(samples, 0, count, out);
}

/// The line with corners at the given chainages.
Polyline withCornersAt(const Polyline& line, std::vector<double> chainages) {
  std::sort(chainages.begin(), chainages.end());
  Polyline out;
  double before = 0;
  std::size_t next = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const double here = i == 0 ? 0 : before + distance2d(line[i - 1], line[i]);
    constexpr double merge_m = 0.01;
    for (; next < chainages.size() && chainages[next] < here - merge_m; ++next)
      if (chainages[next] > before + merge_m) {
        const double t = (chainages[next] - before) / (here - before);
        out.push_back(line[i - 1] + (line[i] - line[i - 1]) * t);
      }
    out.push_back(line[i]);
    before = here;
  }
  return out;
}

/// Height of a face that looks up, at a place on it.
std::optional<double> topAt(const Ring& ring, double x, double y) {
  const Vec3d normal = newellNormal(ring);
  // Steeper than 45°: a wall or a railing, not something to drive on.
  if (normal.z <= 0 || normal.z < 0.7 * norm(normal)) return std::nullopt;
  const Vec3d p = ring.front();
  return p.z - (normal.x * (x - p.x) + normal.y * (y - p.y)) / normal.z;
}

Ring drapedRing(const Ring& ring, const HeightProfile& profile) {
  Ring out;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    Vec3d a = ring[i];
    a.z = profile.heightAt(a.x, a.y);
    out.push_back(a);
    appendEdge(a, ring[(i + 1) % ring.size()], profile, out);
  }
  return out;
}

}  // namespace

Ground::Ground(const Terrain* terrain) : terrain_(terrain && !terrain->empty() ? terrain : nullptr) {
  if (!terrain_) return;
  double sum = 0;
  std::size_t count = 0;
  for (const float height : terrain_->height_m)
    if (std::isfinite(height)) sum += static_cast<double>(height), ++count;
  if (count > 0) mean_m_ = sum / static_cast<double>(count);
}

double Ground::heightAt(double x, double y) const {
  if (!terrain_) return 0;
  if (const auto height = terrain_->heightAt(x, y)) return *height;
  ++outside_;
  const Vec3d low = terrain_->south_west;
  const double east = low.x + terrain_->spacing_m * static_cast<double>(terrain_->columns - 1);
  const double north = low.y + terrain_->spacing_m * static_cast<double>(terrain_->rows - 1);
  return terrain_->heightAt(std::clamp(x, low.x, east), std::clamp(y, low.y, north)).value_or(mean_m_);
}

HeightProfile::HeightProfile(const Ground& ground, double lift_m, Polyline axis, std::vector<Span> spans,
                             const BridgeDecks* decks)
    : ground_(ground), lift_m_(ground.known() ? lift_m : 0), axis_(std::move(axis)), decks_(decks) {
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.from_m < b.from_m; });
  for (const Span& span : spans) {
    if (!spans_.empty() && span.from_m <= spans_.back().to_m)
      spans_.back().to_m = std::max(spans_.back().to_m, span.to_m);
    else
      spans_.push_back(span);
  }
  for (Span& span : spans_) {
    const Vec3d from = pointAlong(axis_, span.from_m).point, to = pointAlong(axis_, span.to_m).point;
    span.from_height_m = ground_.heightAt(from.x, from.y) + lift_m_;
    span.to_height_m = ground_.heightAt(to.x, to.y) + lift_m_;
  }
}

double HeightProfile::heightAt(double x, double y) const {
  if (!spans_.empty()) {
    const double chainage = chainageOf(axis_, x, y);
    for (const Span& span : spans_) {
      if (chainage < span.from_m || chainage > span.to_m) continue;
      const double length = span.to_m - span.from_m;
      const double t = length > 0 ? (chainage - span.from_m) / length : 0;
      const double straight = span.from_height_m + (span.to_height_m - span.from_height_m) * t;
      const auto deck = decks_ ? decks_->deckHeight(x, y, straight) : std::nullopt;
      return deck ? std::max(straight, *deck + deck_lift_m) : straight;
    }
  }
  return ground_.heightAt(x, y) + lift_m_;
}

Polyline drape(const Polyline& line, const HeightProfile& profile) {
  std::vector<double> ends;
  for (const Span& span : profile.spans()) ends.push_back(span.from_m), ends.push_back(span.to_m);
  const Polyline cornered = ends.empty() ? line : withCornersAt(line, std::move(ends));
  Polyline out;
  for (std::size_t i = 0; i < cornered.size(); ++i) {
    Vec3d p = cornered[i];
    p.z = profile.heightAt(p.x, p.y);
    if (i > 0) appendEdge(cornered[i - 1], p, profile, out);
    out.push_back(p);
  }
  return out;
}

void drape(Polygon& polygon, const HeightProfile& profile) {
  polygon.outer = drapedRing(polygon.outer, profile);
  for (Ring& hole : polygon.holes) hole = drapedRing(hole, profile);
}

void drape(Geometry& geometry, const HeightProfile& profile) {
  std::size_t next = 0;  // the appearances are in ascending order of their surfaces
  for (std::size_t i = 0; i < geometry.surfaces.size(); ++i) {
    while (next < geometry.appearance.size() && geometry.appearance[next].surface < i) ++next;
    const bool pinned = next < geometry.appearance.size() && geometry.appearance[next].surface == i;
    Polygon& polygon = geometry.surfaces[i].polygon;
    if (!pinned) {
      drape(polygon, profile);
      continue;
    }
    for (Vec3d& p : polygon.outer) p.z = profile.heightAt(p.x, p.y);
    for (Ring& hole : polygon.holes)
      for (Vec3d& p : hole) p.z = profile.heightAt(p.x, p.y);
  }
  for (Polyline& line : geometry.lines) line = drape(line, profile);
  for (Vec3d& point : geometry.points) point.z = profile.heightAt(point.x, point.y);
}

void drapeAlong(Geometry& geometry, const Ground& ground, double lift_m, const BridgeDecks& decks) {
  // Lines carry their own axis; several of one feature (both rails) may lie on different bridges.
  for (Polyline& line : geometry.lines)
    line = drape(line, HeightProfile(ground, lift_m, line, decks.over(line, ground.spacing_m()), &decks));
  std::vector<Polyline> lines;
  std::swap(lines, geometry.lines);
  Polyline axis;
  if (const Extent extent = geometry.surfaces.empty() ? Extent{} : extentOf(geometry); extent.elongated())
    axis = extent.axis();
  drape(geometry, HeightProfile(ground, lift_m, axis, decks.over(axis, ground.spacing_m()), &decks));
  std::swap(lines, geometry.lines);
}

void flatten(Geometry& geometry, double height_m) {
  for (Surface& surface : geometry.surfaces) {
    for (Vec3d& p : surface.polygon.outer) p.z = height_m;
    for (Ring& hole : surface.polygon.holes)
      for (Vec3d& p : hole) p.z = height_m;
  }
  for (Polyline& line : geometry.lines)
    for (Vec3d& p : line) p.z = height_m;
  for (Vec3d& p : geometry.points) p.z = height_m;
}

HeightRange groundBelow(const Geometry& geometry, const Ground& ground) {
  HeightRange range{1e9, -1e9};
  const auto take = [&](const std::vector<Vec3d>& points) {
    for (const Vec3d& p : points) {
      const double height = ground.heightAt(p.x, p.y);
      range = {std::min(range.low_m, height), std::max(range.high_m, height)};
    }
  };
  for (const Surface& surface : geometry.surfaces) take(surface.polygon.outer);
  for (const Polyline& line : geometry.lines) take(line);
  take(geometry.points);
  return range.low_m > range.high_m ? HeightRange{} : range;
}

BridgeDecks::BridgeDecks(const std::vector<Bridge>& bridges) {
  for (const Bridge& bridge : bridges) {
    Bounds box = boundsOf(bridge.geometry);
    for (const Vec3d& p : bridge.axis) box.add(p);
    if (box.empty()) continue;
    Deck deck{&bridge, std::nullopt};
    if (bridge.axis.size() >= 2) {
      deck.along = pointAlong(bridge.axis, length2d(bridge.axis) / 2).direction;
    } else if (const Extent extent = extentOf(bridge.geometry); extent.elongated()) {
      deck.along = extent.along;
    }
    index_.insert(box, decks_.size());
    decks_.push_back(deck);
    addFaces(bridge);
  }
}

void BridgeDecks::addFaces(const Bridge& bridge) {
  for (const Surface& surface : bridge.geometry.surfaces) {
    if (surface.kind == SurfaceKind::railing || surface.kind == SurfaceKind::wall || surface.polygon.outer.empty())
      continue;
    Bounds box;
    for (const Vec3d& p : surface.polygon.outer) box.add(p);
    face_index_.insert(box, faces_.size());
    faces_.push_back({&surface, surface.kind == SurfaceKind::deck});
  }
}

bool BridgeDecks::Deck::carries(const OnLine& road) const {
  const double half_width = bridge->width_m.value_or(2 * bridge_half_width_without_width_m) / 2;
  const bool on = contains2d(bridge->geometry, road.point.x, road.point.y) ||
                  (bridge->axis.size() >= 2 && distanceToLine2d(road.point, bridge->axis) <= half_width);
  return on && (!along || std::fabs(dot(road.direction, *along)) >= same_way_cosine);
}

bool BridgeDecks::carries(const OnLine& road) const {
  // An axis without surfaces has no width of its own; look as far as the widest road bridge reaches.
  constexpr double reach_m = 20;
  const std::vector<std::size_t> items = index_.near(road.point, reach_m);
  return std::any_of(items.begin(), items.end(), [&](std::size_t item) { return decks_[item].carries(road); });
}

std::vector<Span> BridgeDecks::over(const Polyline& line, double ground_spacing_m) const {
  std::vector<Span> spans;
  Bounds box;
  for (const Vec3d& p : line) box.add(p);
  const double length = length2d(line);
  const double step = std::max(1.0, length / 2000);
  const double margin = std::max(abutment_m, 1.5 * ground_spacing_m);
  for (const std::size_t item : length > 0 ? index_.touching(box) : std::vector<std::size_t>{}) {
    double first = -1, last = -1;
    for (double s = 0; s <= length + step / 2; s += step) {
      if (!decks_[item].carries(pointAlong(line, std::min(s, length)))) continue;
      if (first < 0) first = s;
      last = s;
    }
    if (first >= 0) spans.push_back({std::max(0.0, first - margin), std::min(length, last + margin), 0, 0});
  }
  return spans;
}

std::optional<double> BridgeDecks::deckHeight(double x, double y, double expected_m) const {
  std::optional<double> deck, other;
  for (const std::size_t item : face_index_.near({x, y, 0}, 0)) {
    const Face& face = faces_[item];
    if (!contains2d(face.surface->polygon, x, y)) continue;
    const std::optional<double> height = topAt(face.surface->polygon.outer, x, y);
    if (!height) continue;
    if (face.deck)
      deck = std::max(deck.value_or(*height), *height);
    else if (*height <= expected_m + headroom_m)
      other = std::max(other.value_or(*height), *height);
  }
  return deck ? deck : other;
}

}  // namespace hashimichi::model
