#pragma once
#include <gtest/gtest.h>

#include "geo/crs/japan.h"
#include "tests/geo/import/reading.h"

namespace hashimichi::import::tests {

/// A frame in the plane rectangular zone of a place, around that place.
inline ReadingOptions around(double lat_deg, double lon_deg) {
  ReadingOptions how;
  how.epsg = crs::proposePlaneZone(lat_deg, lon_deg);
  const auto zero = crs::LocalFrame::create(how.epsg, {});
  const auto way = crs::ToLocal::create("EPSG:6668", crs::AxisOrder::authority, *zero);
  how.origin = (*way)({lat_deg, lon_deg, 0}).value_or(Vec3d{});
  return how;
}

inline Reading readCityGml(const std::filesystem::path& path, const ReadingOptions& how) {
  return read(citygmlImporter(), path, how);
}

/// In a frame around what `peek` says; around Tokyo where it says nothing.
inline Reading readCityGml(const std::filesystem::path& path) {
  Problems ignored;
  const auto peek = citygmlImporter().peek(path, {}, ignored);
  const bool placed =
      peek && !peek->bounds.empty() && crs::insideJapan(peek->bounds.centre().y, peek->bounds.centre().x);
  const Vec3d centre = placed ? peek->bounds.centre() : Vec3d{139.76, 35.68, 0};
  return readCityGml(path, around(centre.y, centre.x));
}

/// EPSG:6676 (zone VIII) without an offset: local x, y are easting and northing, so expected places can be read off
/// the test itself. Zone VIII lists northing first.
inline const ReadingOptions zone_viii{6676, {0, 0, 0}, {}, {}};

inline const char* const zone_viii_srs = "http://www.opengis.net/def/crs/EPSG/0/6676";

/// A CityGML 2.0 document around city objects.
inline std::string document(const std::string& members, const std::string& srs = zone_viii_srs) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml"
 xmlns:bldg="http://www.opengis.net/citygml/building/2.0" xmlns:tran="http://www.opengis.net/citygml/transportation/2.0"
 xmlns:brid="http://www.opengis.net/citygml/bridge/2.0" xmlns:dem="http://www.opengis.net/citygml/relief/2.0"
 xmlns:gen="http://www.opengis.net/citygml/generics/2.0" xmlns:uro="https://www.geospatial.jp/iur/uro/3.1"
 xmlns:xlink="http://www.w3.org/1999/xlink">
<gml:boundedBy><gml:Envelope srsName=")" +
         srs +
         R"(" srsDimension="3"><gml:lowerCorner>0 0 0</gml:lowerCorner><gml:upperCorner>100 100 30</gml:upperCorner>
</gml:Envelope></gml:boundedBy>
)" + members +
         "</core:CityModel>\n";
}
inline std::string member(const std::string& object) {
  return "<core:cityObjectMember>" + object + "</core:cityObjectMember>\n";
}
inline std::string building(const std::string& id, const std::string& content) {
  return member("<bldg:Building gml:id=\"" + id + "\">" + content + "</bldg:Building>");
}

/// A gml:Polygon; coordinates as in the document: north east height.
inline std::string polygon(const std::string& coordinates, const std::string& id = {}, const std::string& holes = {}) {
  return "<gml:Polygon" + (id.empty() ? "" : " gml:id=\"" + id + "\"") +
         "><gml:exterior><gml:LinearRing><gml:posList>" + coordinates +
         "</gml:posList></gml:LinearRing></gml:exterior>" + holes + "</gml:Polygon>";
}
inline std::string hole(const std::string& coordinates) {
  return "<gml:interior><gml:LinearRing><gml:posList>" + coordinates + "</gml:posList></gml:LinearRing></gml:interior>";
}
/// A property such as bldg:lod2MultiSurface around surface members.
inline std::string multiSurface(const std::string& property, const std::string& members) {
  return "<" + property + "><gml:MultiSurface>" + members + "</gml:MultiSurface></" + property + ">";
}
inline std::string surface(const std::string& geometry) {
  return "<gml:surfaceMember>" + geometry + "</gml:surfaceMember>";
}
inline std::string link(const std::string& id) {
  return "<gml:surfaceMember xlink:href=\"#" + id + "\"/>";
}

/// Flat squares of 10 m side at a height, for tests that count or place faces.
inline std::string squareAt(int north, int east, int height) {
  const auto p = [&](int n, int e) {
    return std::to_string(north + n) + " " + std::to_string(east + e) + " " + std::to_string(height) + " ";
  };
  return p(0, 0) + p(0, 10) + p(10, 10) + p(10, 0) + p(0, 0);
}

inline Reading readText(const std::string& text, const ReadingOptions& how = zone_viii) {
  const TempFolder folder;
  write(folder / "drawn.gml", text);
  return readCityGml(folder / "drawn.gml", how);
}

inline std::size_t countOf(const model::Geometry& geometry, model::SurfaceKind kind) {
  return static_cast<std::size_t>(std::count_if(geometry.surfaces.begin(), geometry.surfaces.end(),
                                                [&](const model::Surface& s) { return s.kind == kind; }));
}

/// The first kept line with that code; nullptr when there is none.
inline const Problem* lineOf(const Reading& reading, const std::string& code) {
  for (const Problem& problem : reading.problems.lines())
    if (problem.code == code) return &problem;
  return nullptr;
}

}  // namespace hashimichi::import::tests
