#pragma once
#include <gtest/gtest.h>

#include <fstream>

#include "geo/crs/japan.h"
#include "geo/import/importer.h"
#include "tests/support/shared_data.h"

namespace hashimichi::import {

/// Keeps what an importer pours.
struct Caught final : Sink {
  std::vector<model::Building> buildings;
  std::vector<model::RoadSegment> roads;
  std::vector<model::Bridge> bridges;
  std::vector<model::Terrain> terrains;

  void add(model::Building building) override { buildings.push_back(std::move(building)); }
  void add(model::RoadSegment road) override { roads.push_back(std::move(road)); }
  void add(model::Bridge bridge) override { bridges.push_back(std::move(bridge)); }
  void add(model::Area) override { ADD_FAILURE() << "no areas in CityGML"; }
  void add(model::SnowDumpSite) override { ADD_FAILURE(); }
  void add(model::Terrain terrain) override { terrains.push_back(std::move(terrain)); }
  void add(model::ImageryRef) override { ADD_FAILURE(); }
  void add(model::PointCloud) override { ADD_FAILURE(); }
  void add(sensors::Station) override { ADD_FAILURE(); }
  void add(sensors::Series) override { ADD_FAILURE(); }
  void add(InspectionRecord) override { ADD_FAILURE(); }

  std::size_t features() const { return buildings.size() + roads.size() + bridges.size() + terrains.size(); }
};

/// One file read in a frame around its own extent.
struct Reading {
  Caught caught;
  Problems problems;
  Status status = done();
  crs::LocalFrame frame;

  std::size_t skipped(const std::string& code) const { return problems.count(ProblemKind::skipped, code); }
  std::size_t assumed(const std::string& code) const { return problems.count(ProblemKind::assumption, code); }
  const Problem* line(const std::string& code) const {
    for (const Problem& problem : problems.lines())
      if (problem.code == code) return &problem;
    return nullptr;
  }
  std::string report() const {
    std::string text = status ? "" : "ERROR " + status.error().text() + "\n";
    for (const Problem& p : problems.lines())
      text += std::string(toString(p.kind)) + " [" + p.code + "] " + p.place + ": " + p.what + "\n";
    return text;
  }
};

/// A plane rectangular zone around a place in Japan.
inline crs::LocalFrame frameAt(double lat_deg, double lon_deg) {
  const int epsg = crs::proposePlaneZone(lat_deg, lon_deg);
  const auto zero = crs::LocalFrame::create(epsg, {});
  const auto way = crs::ToLocal::create("EPSG:6668", crs::AxisOrder::authority, *zero);
  return *crs::LocalFrame::create(epsg, (*way)({lat_deg, lon_deg, 0}).value_or(Vec3d{}));
}

inline Reading readIn(const std::filesystem::path& path, const crs::LocalFrame& frame,
                      std::optional<Bounds> area = std::nullopt, const Options& options = {}) {
  Reading reading;
  reading.frame = frame;
  SilentProgress silent;
  Context context{reading.frame, options, reading.problems, silent, reading.caught, area};
  reading.status = citygmlImporter().read(path, context);
  return reading;
}

/// The frame is chosen from what `peek` says; Tokyo where it says nothing.
inline Reading readAlone(const std::filesystem::path& path) {
  Problems ignored;
  const auto peek = citygmlImporter().peek(path, {}, ignored);
  const bool placed = peek && !peek->bounds.empty() && crs::insideJapan(peek->bounds.centre().y, peek->bounds.centre().x);
  return readIn(path, placed ? frameAt(peek->bounds.centre().y, peek->bounds.centre().x) : frameAt(35.68, 139.76));
}

inline std::filesystem::path writeText(const tests::TempFolder& folder, const std::string& name,
                                       const std::string& text) {
  const std::filesystem::path path = folder / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

inline std::filesystem::path plateau(const std::string& below) {
  return tests::sharedData("plateau/" + below);
}

inline std::filesystem::path fixture(const std::string& below) {
  return std::filesystem::path(HASHIMICHI_SOURCE_DIR) / "tests/fixtures" / below;
}

}  // namespace hashimichi::import
