#include "geo/import/vector_shape.h"

#include <algorithm>
#include <memory>

#include "geo/import/gdal_support.h"

namespace hashimichi::import {
namespace {

constexpr int deepest_collection = 16;  // collections of collections deeper than this carry no more meaning
constexpr double same_place_m = 0.01;

using Points = std::vector<Vec3d>;

class ShapeBuilder {
 public:
  explicit ShapeBuilder(const Placer& placer) : placer_(placer) {}

  void add(const OGRGeometry& geometry, int depth) {
    if (geometry.IsEmpty() || depth > deepest_collection) return;
    switch (wkbFlatten(geometry.getGeometryType())) {
      case wkbPoint:
        addPoint(*geometry.toPoint());
        break;
      case wkbLineString:
        addLine(*geometry.toLineString());
        break;
      case wkbPolygon:
      case wkbTriangle:
        addPolygon(*geometry.toPolygon());
        break;
      case wkbPolyhedralSurface:
      case wkbTIN:
        for (const OGRPolygon* face : *geometry.toPolyhedralSurface()) addPolygon(*face);
        break;
      case wkbMultiPoint:
      case wkbMultiLineString:
      case wkbMultiPolygon:
      case wkbGeometryCollection:
        for (const OGRGeometry* part : *geometry.toGeometryCollection()) add(*part, depth + 1);
        break;
      default:
        ++shape_.bad_parts;
    }
  }

  VectorShape finish(bool is_3d) {
    shape_.has_height = is_3d && any_height_;
    shape_.all_zero = is_3d && !any_height_ && !shape_.empty();
    return std::move(shape_);
  }

 private:
  /// Local frame; empty when a point of it has no place there.
  Points take(const OGRSimpleCurve& curve) {
    Points points(static_cast<std::size_t>(curve.getNumPoints()));
    for (int i = 0; i < curve.getNumPoints(); ++i)
      points[static_cast<std::size_t>(i)] = {curve.getX(i), curve.getY(i), curve.getZ(i)};
    return place(std::move(points));
  }

  Points place(Points points) {
    placer_.apply(points);
    const auto lost = static_cast<std::size_t>(
        std::count_if(points.begin(), points.end(), [](const Vec3d& p) { return !isFinite(p); }));
    shape_.lost_points += lost;
    if (lost > 0) return {};
    for (const Vec3d& p : points) any_height_ = any_height_ || p.z != 0;
    return points;
  }

  void addPoint(const OGRPoint& point) {
    const Points points = place({{point.getX(), point.getY(), point.getZ()}});
    shape_.points.insert(shape_.points.end(), points.begin(), points.end());
  }

  void addLine(const OGRLineString& line) {
    Points points = take(line);
    points.erase(std::unique(points.begin(), points.end()), points.end());
    if (points.size() >= 2)
      shape_.lines.push_back(std::move(points));
    else
      ++shape_.bad_parts;
  }

  /// Empty when fewer than three distinct points remain.
  model::Ring ring(const OGRLinearRing& source, bool counter_clockwise) {
    model::Ring points = take(source);
    points.erase(std::unique(points.begin(), points.end()), points.end());
    while (points.size() > 1 && points.front() == points.back()) points.pop_back();
    if (points.size() < 3) return {};
    if ((model::signedArea2d(points) > 0) != counter_clockwise) std::reverse(points.begin(), points.end());
    return points;
  }

  void addPolygon(const OGRPolygon& source) {
    const OGRLinearRing* outer = source.getExteriorRing();
    model::Polygon polygon;
    if (outer) polygon.outer = ring(*outer, true);
    if (polygon.outer.empty()) {
      ++shape_.bad_parts;
      return;
    }
    for (int i = 0; i < source.getNumInteriorRings(); ++i) {
      model::Ring hole = ring(*source.getInteriorRing(i), false);
      if (hole.empty())
        ++shape_.bad_parts;
      else
        polygon.holes.push_back(std::move(hole));
    }
    shape_.polygons.push_back(std::move(polygon));
  }

  const Placer& placer_;
  VectorShape shape_;
  bool any_height_ = false;
};

bool meet(Vec3d a, Vec3d b) {
  return norm(a - b) <= same_place_m;
}

}  // namespace

VectorShape shapeOf(const OGRGeometry& geometry, const Placer& placer) {
  ShapeBuilder builder(placer);
  if (geometry.hasCurveGeometry()) {
    const std::unique_ptr<OGRGeometry> straight(geometry.getLinearGeometry(arc_step_deg));
    if (straight) builder.add(*straight, 0);
  } else {
    builder.add(geometry, 0);
  }
  VectorShape shape = builder.finish(geometry.Is3D());
  shape.curved = geometry.hasCurveGeometry(true);
  return shape;
}

std::optional<WktShape> WktShape::parse(const std::string& wkt) {
  constexpr std::size_t longest_bytes = 1u << 20;
  if (wkt.empty() || wkt.size() > longest_bytes) return std::nullopt;
  const GdalMessages unheard;  // the caller says what is wrong
  OGRGeometry* geometry = nullptr;
  const OGRErr error = OGRGeometryFactory::createFromWkt(wkt.c_str(), nullptr, &geometry);
  std::shared_ptr<const OGRGeometry> owned(geometry);
  if (error != OGRERR_NONE || !owned || owned->IsEmpty()) return std::nullopt;
  return WktShape(std::move(owned));
}

Bounds WktShape::bounds() const {
  OGREnvelope box;
  geometry_->getEnvelope(&box);
  Bounds bounds;
  bounds.add(Vec3d{box.MinX, box.MinY, 0});
  bounds.add(Vec3d{box.MaxX, box.MaxY, 0});
  return bounds;
}

std::vector<model::Polyline> joinLines(std::vector<model::Polyline> lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (std::size_t k = i + 1; k < lines.size();) {
      model::Polyline& line = lines[i];
      const model::Polyline& next = lines[k];
      if (meet(line.back(), next.front())) {
        line.insert(line.end(), next.begin() + 1, next.end());
      } else if (meet(next.back(), line.front())) {
        line.insert(line.begin(), next.begin(), next.end() - 1);
      } else {
        ++k;
        continue;
      }
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(k));
      k = i + 1;  // an earlier part may meet the new end
    }
  }
  return lines;
}

}  // namespace hashimichi::import
