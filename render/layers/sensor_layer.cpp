#include "render/layers/sensor_layer.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "render/cividis.h"
#include "render/prepare.h"
#include "render/vtk/convert.h"

namespace hashimichi::render {
namespace {

/// Shares of the town's extent, so that columns are seen in a hamlet and in a city.
constexpr double side_share = 0.0025, tallest_share = 0.035;
constexpr double least_side_m = 3, most_side_m = 40, least_tallest_m = 25, most_tallest_m = 400;
constexpr double foot_share = 0.15;  ///< of the tallest: what a value of nothing still shows
constexpr int unusable_rings = 4;
/// From across the town a column is thinner than a pixel; a line within it is not.
constexpr double least_width_px = 4;
constexpr int value_priority = 1000;
constexpr Colour light_ring{150, 150, 150}, dark_ring{96, 98, 102};

void appendFace(Mesh& mesh, const std::array<Vec3d, 4>& corners, Vec3d normal, const Colour& colour) {
  const auto base = static_cast<std::uint32_t>(mesh.vertexCount());
  for (const Vec3d& p : corners) {
    mesh.xyz.insert(mesh.xyz.end(), {static_cast<float>(p.x), static_cast<float>(p.y), static_cast<float>(p.z)});
    pushColour(mesh.rgb, colour, lightOn(normal));
  }
  mesh.triangles.insert(mesh.triangles.end(), {base, base + 1, base + 2, base, base + 2, base + 3});
}

void appendBox(Mesh& mesh, const Bounds& box, const Colour& colour) {
  const Vec3d l = box.low, h = box.high;
  appendFace(mesh, {{{l.x, l.y, l.z}, {h.x, l.y, l.z}, {h.x, l.y, h.z}, {l.x, l.y, h.z}}}, {0, -1, 0}, colour);
  appendFace(mesh, {{{h.x, h.y, l.z}, {l.x, h.y, l.z}, {l.x, h.y, h.z}, {h.x, h.y, h.z}}}, {0, 1, 0}, colour);
  appendFace(mesh, {{{h.x, l.y, l.z}, {h.x, h.y, l.z}, {h.x, h.y, h.z}, {h.x, l.y, h.z}}}, {1, 0, 0}, colour);
  appendFace(mesh, {{{l.x, h.y, l.z}, {l.x, l.y, l.z}, {l.x, l.y, h.z}, {l.x, h.y, h.z}}}, {-1, 0, 0}, colour);
  appendFace(mesh, {{{l.x, l.y, h.z}, {h.x, l.y, h.z}, {h.x, h.y, h.z}, {l.x, h.y, h.z}}}, {0, 0, 1}, colour);
}

void appendHatchedBox(Mesh& mesh, const Bounds& box) {
  const double step = box.size().z / unusable_rings;
  for (int ring = 0; ring < unusable_rings; ++ring) {
    Bounds part = box;
    part.low.z = box.low.z + ring * step, part.high.z = part.low.z + step;
    appendBox(mesh, part, ring % 2 == 0 ? light_ring : dark_ring);
  }
}

double largestValue(const std::vector<SensorReading>& readings) {
  double largest = 0;
  for (const SensorReading& reading : readings)
    if (reading.usable && std::isfinite(reading.value)) largest = std::max(largest, std::abs(reading.value));
  return largest;
}

/// A line up the middle of a column, in its colour.
void appendCore(Lines& lines, std::vector<std::uint8_t>& rgb, const Bounds& box, const Colour& colour) {
  if (lines.first.empty()) lines.first.push_back(0);
  const Vec3d c = box.centre();
  for (const double z : {box.low.z, box.high.z}) {
    lines.xyz.insert(lines.xyz.end(), {static_cast<float>(c.x), static_cast<float>(c.y), static_cast<float>(z)});
    pushColour(rgb, colour, 1);
  }
  lines.first.push_back(static_cast<std::uint32_t>(lines.xyz.size() / 3));
  lines.feature.push_back(static_cast<std::uint32_t>(lines.feature.size()));
}

const sensors::Station* stationOf(const PreparedTown& town, const std::string& id) {
  const auto& stations = town.model->stations;
  const auto found = std::find_if(stations.begin(), stations.end(), [&](const auto& s) { return s.id == id; });
  return found == stations.end() || !isFinite(found->position) ? nullptr : &*found;
}

}  // namespace

SensorLayer::SensorLayer() : solids_(makeSolid()), lines_(makeSolid()) {
  setLineWidth(lines_, least_width_px);
}

void SensorLayer::show(const PreparedTown& town, const std::vector<SensorReading>& readings) {
  columns_.clear(), labels_.clear();
  const double extent_m = town.bounds.empty() ? 0 : std::max(town.bounds.size().x, town.bounds.size().y);
  const double half_m = std::clamp(extent_m * side_share, least_side_m, most_side_m) / 2;
  const double tallest_m = std::clamp(extent_m * tallest_share, least_tallest_m, most_tallest_m);
  const double largest = largestValue(readings);
  Mesh mesh;
  Lines cores;
  std::vector<std::uint8_t> core_rgb;
  for (const SensorReading& reading : readings) {
    const sensors::Station* station = stationOf(town, reading.station_id);
    if (!station) continue;
    const bool usable = reading.usable && std::isfinite(reading.value);
    const double share = usable && largest > 0 ? std::abs(reading.value) / largest : 0;
    const Vec3d p = station->position;
    const double foot = std::min(p.z, groundHeight(town.ground, p.x, p.y, p.z));
    Bounds box;
    box.add(Vec3d{p.x - half_m, p.y - half_m, foot - 1});
    box.add(Vec3d{p.x + half_m, p.y + half_m, p.z + tallest_m * (foot_share + (1 - foot_share) * share)});
    usable ? appendBox(mesh, box, cividisAt(share)) : appendHatchedBox(mesh, box);
    appendCore(cores, core_rgb, box, usable ? cividisAt(share) : light_ring);
    columns_.push_back({reading.station_id, box});
    if (!reading.text.empty()) labels_.push_back({{p.x, p.y, box.high.z}, reading.text, value_priority});
  }
  const auto data = polyDataOf(mesh);
  setColours(*data, mesh.rgb);
  setData(solids_, data);
  const auto core_data = polyDataOf(cores);
  setColours(*core_data, core_rgb);
  setData(lines_, core_data);
}

}  // namespace hashimichi::render
