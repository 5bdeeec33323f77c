#include "geo/project/gpkg_cells.h"

#include <cmath>

namespace hashimichi::project {
namespace {

constexpr int utc = 100;  ///< OGR's mark for a time in UTC

}  // namespace

void ColumnDefiner::add(const char* name, OGRFieldType type, OGRFieldSubType subtype) {
  OGRFieldDefn field(name, type);
  field.SetSubType(subtype);
  layer_.CreateField(&field);
}

bool CellWriter::commitRow() {
  const bool stored = layer_.CreateFeature(&feature_) == OGRERR_NONE;
  feature_.Reset();
  next_ = 0;
  return stored;
}

void CellWriter::text(const char*, std::string& value) {
  if (keeps_empty_texts_ || !value.empty()) feature_.SetField(next_, value.c_str());
  ++next_;
}
void CellWriter::integer(const char*, std::optional<std::int64_t>& value) {
  if (value) feature_.SetField(next_, static_cast<GIntBig>(*value));
  ++next_;
}
void CellWriter::real(const char*, std::optional<double>& value) {
  if (value && !std::isnan(*value)) feature_.SetField(next_, *value);
  ++next_;
}
void CellWriter::boolean(const char*, std::optional<bool>& value) {
  if (value) feature_.SetField(next_, *value ? 1 : 0);
  ++next_;
}
void CellWriter::time(const char*, std::optional<Instant>& value) {
  if (value) {
    const ClockTime clock = toClock(*value, 0);
    feature_.SetField(next_, clock.date.year, clock.date.month, clock.date.day, clock.hour, clock.minute,
                      static_cast<float>(clock.second), utc);
  }
  ++next_;
}

void CellWriter::blob(const char*, std::string& value) {
  if (!value.empty()) feature_.SetField(next_, static_cast<int>(value.size()), static_cast<const void*>(value.data()));
  ++next_;
}

void CellWriter::point(std::optional<Vec3d>& value) {
  if (!value) return;
  const Vec3d p = *value + origin_;
  feature_.SetGeometryDirectly(new OGRPoint(p.x, p.y, p.z));
}

void CellWriter::points(std::vector<Vec3d>& value) {
  if (value.empty()) return;
  auto all = std::make_unique<OGRMultiPoint>();
  for (const Vec3d& at : value) {
    const Vec3d p = at + origin_;
    all->addGeometryDirectly(new OGRPoint(p.x, p.y, p.z));
  }
  feature_.SetGeometryDirectly(all.release());
}

void CellWriter::setPoints(OGRSimpleCurve& curve, const std::vector<Vec3d>& points, bool close) {
  x_.clear(), y_.clear(), z_.clear();
  const std::size_t count = points.size() + (close && !points.empty() ? 1 : 0);
  for (std::size_t i = 0; i < count; ++i) {
    const Vec3d p = points[i % points.size()] + origin_;
    x_.push_back(p.x), y_.push_back(p.y), z_.push_back(p.z);
  }
  curve.setPoints(static_cast<int>(count), x_.data(), y_.data(), z_.data());
}

void CellWriter::line(model::Polyline& value) {
  if (value.empty()) return;
  auto line = std::make_unique<OGRLineString>();
  setPoints(*line, value, false);
  feature_.SetGeometryDirectly(line.release());
}

void CellWriter::lines(std::vector<model::Polyline>& value) {
  if (value.empty()) return;
  auto all = std::make_unique<OGRMultiLineString>();
  for (const model::Polyline& points : value) {
    auto line = std::make_unique<OGRLineString>();
    setPoints(*line, points, false);
    all->addGeometryDirectly(line.release());
  }
  feature_.SetGeometryDirectly(all.release());
}

void CellWriter::polygons(std::vector<model::Surface>& value) {
  if (value.empty()) return;
  auto all = std::make_unique<OGRMultiPolygon>();
  const auto addRing = [this](OGRPolygon& polygon, const model::Ring& points) {
    auto ring = std::make_unique<OGRLinearRing>();
    setPoints(*ring, points, true);
    polygon.addRingDirectly(ring.release());
  };
  for (const model::Surface& surface : value) {
    auto polygon = std::make_unique<OGRPolygon>();
    addRing(*polygon, surface.polygon.outer);
    for (const model::Ring& hole : surface.polygon.holes) addRing(*polygon, hole);
    all->addGeometryDirectly(polygon.release());
  }
  feature_.SetGeometryDirectly(all.release());
}

CellReader::CellReader(OGRLayer& layer, Vec3d origin) : layer_(layer), origin_(origin) {
  layer_.ResetReading();
}

bool CellReader::next() {
  feature_.reset(layer_.GetNextFeature());
  next_ = 0;
  return feature_ != nullptr;
}

CellReader::Cell CellReader::cell(const char* name) {
  if (next_ == field_of_column_.size()) field_of_column_.push_back(feature_->GetFieldIndex(name));
  const int index = field_of_column_[next_++];
  return {index, index >= 0 && feature_->IsFieldSetAndNotNull(index)};
}

void CellReader::text(const char* name, std::string& value) {
  const Cell found = cell(name);
  if (found.index < 0) return;
  value = found.set ? feature_->GetFieldAsString(found.index) : "";
}
void CellReader::integer(const char* name, std::optional<std::int64_t>& value) {
  const Cell found = cell(name);
  if (found.index < 0) return;
  value.reset();
  if (found.set) value = feature_->GetFieldAsInteger64(found.index);
}
void CellReader::real(const char* name, std::optional<double>& value) {
  const Cell found = cell(name);
  if (found.index < 0) return;
  value.reset();
  if (found.set) value = feature_->GetFieldAsDouble(found.index);
}
void CellReader::boolean(const char* name, std::optional<bool>& value) {
  const Cell found = cell(name);
  if (found.index < 0) return;
  value.reset();
  if (found.set) value = feature_->GetFieldAsInteger(found.index) != 0;
}
void CellReader::time(const char* name, std::optional<Instant>& value) {
  const Cell found = cell(name);
  if (found.index < 0) return;
  value.reset();
  ClockTime clock;
  float second = 0;
  int zone = 0;
  if (!found.set || !feature_->GetFieldAsDateTime(found.index, &clock.date.year, &clock.date.month, &clock.date.day,
                                                  &clock.hour, &clock.minute, &second, &zone))
    return;
  clock.second = static_cast<int>(std::lround(second));
  value = fromClock(clock, 0);
}

void CellReader::blob(const char* name, std::string& value) {
  const Cell found = cell(name);
  if (found.index < 0) return;
  value.clear();
  int bytes = 0;
  const GByte* data = found.set ? feature_->GetFieldAsBinary(found.index, &bytes) : nullptr;
  if (data != nullptr && bytes > 0) value.assign(reinterpret_cast<const char*>(data), static_cast<std::size_t>(bytes));
}

void CellReader::points(std::vector<Vec3d>& value) {
  value.clear();
  const OGRGeometry* geometry = feature_->GetGeometryRef();
  if (geometry == nullptr || wkbFlatten(geometry->getGeometryType()) != wkbMultiPoint) return;
  for (const OGRPoint* point : *geometry->toMultiPoint())
    value.push_back(Vec3d{point->getX(), point->getY(), point->getZ()} - origin_);
}

void CellReader::getPoints(const OGRSimpleCurve& curve, bool closed, std::vector<Vec3d>& points) {
  const int count = curve.getNumPoints() - (closed && curve.getNumPoints() > 0 ? 1 : 0);
  points.resize(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i)
    points[static_cast<std::size_t>(i)] = Vec3d{curve.getX(i), curve.getY(i), curve.getZ(i)} - origin_;
}

void CellReader::point(std::optional<Vec3d>& value) {
  value.reset();
  const OGRGeometry* geometry = feature_->GetGeometryRef();
  if (geometry == nullptr || wkbFlatten(geometry->getGeometryType()) != wkbPoint) return;
  const OGRPoint* point = geometry->toPoint();
  value = Vec3d{point->getX(), point->getY(), point->getZ()} - origin_;
}

void CellReader::line(model::Polyline& value) {
  value.clear();
  const OGRGeometry* geometry = feature_->GetGeometryRef();
  if (geometry != nullptr && wkbFlatten(geometry->getGeometryType()) == wkbLineString)
    getPoints(*geometry->toLineString(), false, value);
}

void CellReader::lines(std::vector<model::Polyline>& value) {
  value.clear();
  const OGRGeometry* geometry = feature_->GetGeometryRef();
  if (geometry == nullptr || wkbFlatten(geometry->getGeometryType()) != wkbMultiLineString) return;
  for (const OGRLineString* line : *geometry->toMultiLineString()) getPoints(*line, false, value.emplace_back());
}

void CellReader::polygons(std::vector<model::Surface>& value) {
  value.clear();
  const OGRGeometry* geometry = feature_->GetGeometryRef();
  if (geometry == nullptr || wkbFlatten(geometry->getGeometryType()) != wkbMultiPolygon) return;
  const OGRMultiPolygon* all = geometry->toMultiPolygon();
  value.reserve(static_cast<std::size_t>(all->getNumGeometries()));
  for (const OGRPolygon* polygon : *all) {
    model::Polygon& target = value.emplace_back().polygon;
    if (const OGRLinearRing* outer = polygon->getExteriorRing()) getPoints(*outer, true, target.outer);
    target.holes.resize(static_cast<std::size_t>(polygon->getNumInteriorRings()));
    for (int i = 0; i < polygon->getNumInteriorRings(); ++i)
      getPoints(*polygon->getInteriorRing(i), true, target.holes[static_cast<std::size_t>(i)]);
  }
}

}  // namespace hashimichi::project
