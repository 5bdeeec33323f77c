#pragma once
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "geo/import/importer.h"
#include "tests/support/shared_data.h"

namespace hashimichi::import::tests {

using hashimichi::tests::sharedData;
using hashimichi::tests::TempFolder;

/// A sink that keeps everything as it came.
struct Collected final : Sink {
  std::vector<model::Building> buildings;
  std::vector<model::RoadSegment> roads;
  std::vector<model::Bridge> bridges;
  std::vector<model::CityObject> objects;
  std::vector<model::Material> materials;
  std::vector<model::SnowDumpSite> dump_sites;
  std::vector<model::PavementSection> pavements;
  std::vector<model::Depot> depots;
  std::vector<model::PloughTrack> tracks;
  std::vector<model::BusLine> bus_lines;
  std::vector<model::PopulationCell> population;
  std::vector<model::Terrain> terrains;
  std::vector<model::ImageryRef> imagery;
  std::vector<model::PointCloud> clouds;
  std::vector<model::ResultLayer> results;
  std::vector<sensors::Station> stations;
  std::vector<sensors::Series> series;
  std::vector<InspectionRecord> inspections;

  void add(model::Building v) override { buildings.push_back(std::move(v)); }
  void add(model::RoadSegment v) override { roads.push_back(std::move(v)); }
  void add(model::Bridge v) override { bridges.push_back(std::move(v)); }
  void add(model::CityObject v) override { objects.push_back(std::move(v)); }
  std::uint32_t addMaterial(model::Material v) override {
    materials.push_back(std::move(v));
    return static_cast<std::uint32_t>(materials.size() - 1);
  }
  void add(model::SnowDumpSite v) override { dump_sites.push_back(std::move(v)); }
  void add(model::PavementSection section) override { pavements.push_back(std::move(section)); }
  void add(model::Depot depot) override { depots.push_back(std::move(depot)); }
  void add(model::PloughTrack track) override { tracks.push_back(std::move(track)); }
  void add(model::BusLine line) override { bus_lines.push_back(std::move(line)); }
  void add(model::PopulationCell cell) override { population.push_back(std::move(cell)); }
  void add(model::Terrain v) override { terrains.push_back(std::move(v)); }
  void add(model::ImageryRef v) override { imagery.push_back(std::move(v)); }
  void add(model::ResultLayer v) override { results.push_back(std::move(v)); }
  void add(model::PointCloud v) override { clouds.push_back(std::move(v)); }
  void add(sensors::Station v) override { stations.push_back(std::move(v)); }
  void add(sensors::Series v) override { series.push_back(std::move(v)); }
  void add(InspectionRecord v) override { inspections.push_back(std::move(v)); }
};

/// What reading one file gave.
struct Reading {
  Collected got;
  Problems problems;
  std::optional<Error> error;

  std::size_t assumed(const std::string& code) const { return problems.count(ProblemKind::assumption, code); }
  std::size_t skipped(const std::string& code) const { return problems.count(ProblemKind::skipped, code); }
  /// All kept lines, for messages of failed tests and for looking into their words.
  std::string report() const {
    std::string text = error ? "ERROR " + error->text() + "\n" : "";
    for (const Problem& p : problems.lines())
      text += std::string(toString(p.kind)) + " " + p.code + " [" + p.place + "] " + p.what + "\n";
    return text;
  }
};

struct ReadingOptions {
  int epsg = 6676;
  Vec3d origin{31000, 160000, 0};
  Options options{};
  std::optional<Bounds> area{};  ///< local frame
};

inline Reading read(const Importer& importer, const std::filesystem::path& path, const ReadingOptions& how = {}) {
  const Result<crs::LocalFrame> frame = crs::LocalFrame::create(how.epsg, how.origin);
  Reading reading;
  SilentProgress progress;
  Context context{*frame, how.options, reading.problems, progress, reading.got, how.area};
  const Status status = importer.read(path, context);
  if (!status) reading.error = status.error();
  return reading;
}

inline Bounds box(double low_x, double low_y, double high_x, double high_y) {
  Bounds bounds;
  bounds.add(Vec3d{low_x, low_y, 0});
  bounds.add(Vec3d{high_x, high_y, 0});
  return bounds;
}

inline void write(const std::filesystem::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}
inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace hashimichi::import::tests
