// render_look OUT [FILES…]: draws files (or the drawn sample town) into PNGs in OUT and says how much processor time
// frames and picks take at 1280 × 720. For eyes and for the frame budget; not a test.
#include <fmt/core.h>

#include <ctime>
#include <filesystem>
#include <string>

#include "geo/import/import_files.h"
#include "render/attribute_colours.h"
#include "render/target.h"
#include "tests/render/sample_town.h"

using namespace hashimichi;

namespace {

constexpr int width_px = 1280, height_px = 720;

/// Of processor time, all threads together: what others do on the machine does not count.
std::size_t sampledPoints(const render::PreparedTown& town) {
  std::size_t count = 0;
  for (const auto& chunks : town.point_samples)
    for (const auto& chunk : chunks) count += chunk->size();
  return count;
}

double milliseconds(auto&& work) {
  const std::clock_t from = std::clock();
  work();
  return 1e3 * static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC;
}

model::CityModelPtr cityFrom(const std::vector<std::filesystem::path>& files) {
  if (const char* houses = std::getenv("LOOK_HOUSES"); files.empty() && houses)
    return tests::makeSampleTown({.houses = std::atoi(houses), .side_m = 12000});
  if (files.empty()) return tests::makeSampleTown({.houses = 2500, .side_m = 2000});
  SilentProgress progress;
  const char* crs = std::getenv("LOOK_CRS");
  auto outcome = import::importFiles(files, {crs ? crs : "", "", ""}, progress);
  if (!outcome) return fmt::print("{}\n", outcome.error().text()), nullptr;
  return outcome->model;
}

void decide(render::Scene& scene, const model::CityModel& city) {
  std::vector<int> bands;
  for (const model::RoadSegment& road : city.roads)
    bands.push_back(static_cast<int>(std::hash<std::string>{}(road.name.empty() ? road.id : road.name) % 6));
  scene.setRoadBands(bands);
  std::vector<assets::Soundness> soundness;
  for (std::size_t i = 0; i < city.bridges.size(); ++i) soundness.push_back(static_cast<assets::Soundness>(i % 5));
  scene.setBridgeSoundness(soundness);
  std::vector<render::SensorReading> readings;
  for (std::size_t i = 0; i < city.stations.size(); ++i)
    readings.push_back(
        {city.stations[i].id, fmt::format("{} cm", 20 + 7 * i), 20.0 + 7.0 * static_cast<double>(i), i % 5 != 4});
  scene.setSensors(readings);
}

struct Looker {
  render::Scene& scene;
  render::Target& target;
  const render::PreparedTown& town;
  std::filesystem::path folder;

  /// The same place in every look, with the time that the worker took.
  void looks(const model::CityModel& city, const std::string& camera) const {
    const char* at = std::getenv("LOOK_AT");
    const Instant noon = parseInstant(at ? at : "2026-01-15T12:00+09:00").value_or(Instant{});
    const auto show = [&](const std::string& name, const render::Look& look, double hours) {
      scene.setMoment(noon.plusHours(hours));
      scene.setLook(look);
      fmt::print("{}: {:.0f} ms of the worker\n", name, milliseconds([&] { scene.awaitLook(); }));
      picture("look-" + name, camera);
    };
    std::vector<float> depth_cm;
    for (std::size_t i = 0; i < city.roads.size(); ++i) depth_cm.push_back(static_cast<float>(i % 9) * 10 - 10);
    scene.setRoadSnow(depth_cm);
    scene.setPins(render::defectPins(city));
    using render::GroundLook;
    show("imagery", {}, 0);
    show("heights", {.ground = GroundLook::heights}, 0);
    show("shaded", {.ground = GroundLook::shaded, .ambient_occlusion = true}, 0);
    show("noon", {.sun = true}, 0);
    show("evening", {.sun = true}, 4);
    show("snow", {.sun = true, .snow = true}, -2);
    for (const render::AttributeChoice& choice : render::attributeChoices(city))
      fmt::print("attribute {} ({}) of {} buildings\n", choice.key, choice.number ? "number" : "category",
                 choice.known);
    for (const render::AttributeChoice& choice : render::attributeChoices(city))
      show("by-" + choice.label, {.colour_by = choice.key}, 0);
    scene.setViewshed(render::ViewFrom{render::cameraFrom(camera, town.bounds, 1.6)->target, 1.6, 500});
    show("viewshed", {.ground = GroundLook::shaded}, 0);
    scene.setViewshed(std::nullopt), scene.setLook({});
  }

  void picture(const std::string& name, const std::string& camera) const {
    const auto pose = render::cameraFrom(camera, town.bounds, static_cast<double>(width_px) / height_px);
    if (!pose) return fmt::print("{}\n", pose.error().text());
    scene.setCamera(*pose);
    const double first = milliseconds([&] { target.draw(scene), target.read(); });
    const double again = milliseconds([&] {
      for (int i = 0; i < 5; ++i) target.draw(scene), target.read();
    });
    const double picks = milliseconds([&] {
      for (int i = 0; i < 100; ++i) scene.pick(13.0 * (i % 10) * 9 + 40, 70.0 * (i / 10) + 30, width_px, height_px);
    });
    fmt::print("{}: first {:.0f} ms, then {:.0f} ms a frame, {:.2f} ms a pick\n", name, first, again / 5, picks / 100);
    (void)render::writePng(target.read(), folder / (name + ".png")).ok();
  }
};

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path folder = argc > 1 ? argv[1] : ".";
  model::CityModelPtr city;
  fmt::print("import {:.0f} ms\n", milliseconds([&] { city = cityFrom({argv + std::min(argc, 2), argv + argc}); }));
  if (!city) return 3;
  render::PreparedTownPtr town;
  render::PrepareOptions options;
  if (const char* lod = std::getenv("LOOK_LOD")) options.lod.all = std::atoi(lod);
  SilentProgress progress;
  fmt::print("prepare {:.0f} ms\n", milliseconds([&] { town = render::prepareTown(city, progress, options); }));
  fmt::print(
      "{} buildings, {} roads, {} bridges, {} k points; triangles: ground {} k, buildings {} k, roads {} k, water {} "
      "k\n",
      city->buildings.size(), city->roads.size(), city->bridges.size(), sampledPoints(*town) / 1000,
      town->terrain.triangleCount() / 1000, town->buildings.triangleCount() / 1000, town->roads.triangleCount() / 1000,
      town->objects[1].zones.triangleCount() / 1000);
  auto target = render::Target::headless(width_px, height_px);
  if (!target) return fmt::print("{}\n", target.error().text()), 3;
  fmt::print("{}\n", (*target)->renderer());
  render::Scene scene;
  fmt::print("show {:.0f} ms\n", milliseconds([&] { scene.show(town); }));
  if (render::hasTextures(*town)) {
    render::TextureSetPtr textures;
    fmt::print("textures {:.0f} ms\n", milliseconds([&] { textures = render::loadTextures(town, progress); }));
    fmt::print("{} pictures, {} missing, {} pages\n", textures->pictures, textures->missing, textures->pages.size());
    scene.setTextures(textures);
  }
  const Looker looker{scene, **target, *town, folder};
  const Vec3d c = town->bounds.centre();
  const std::string place =
      fmt::format("target={:.1f},{:.1f},{:.1f};", c.x, c.y, town->ground.heightAt(c.x, c.y).value_or(c.z));
  looker.picture("plain", "overview");
  decide(scene, *city);
  looker.picture("overview", "overview");
  looker.picture("top", "top");
  looker.picture("middle", place + "distance=1300;azimuth=-25;elevation=32");
  looker.picture("close", place + "distance=420;azimuth=30;elevation=24");
  looker.looks(*city, place + "distance=900;azimuth=-25;elevation=38");
  if (!city->roads.empty())
    scene.setSelection(model::AssetRef{model::AssetKind::road, city->roads[city->roads.size() / 2].id});
  if (!city->buildings.empty()) scene.setHover(model::AssetRef{model::AssetKind::building, city->buildings.front().id});
  looker.picture("street", place + "distance=200;azimuth=-40;elevation=30");
  using render::Layer;
  std::vector<render::LayerId> layers{Layer::terrain, Layer::buildings, Layer::roads, Layer::bridges,
                                      Layer::points,  Layer::sensors,   Layer::labels};
  for (const model::ObjectKind kind : model::object_kinds)
    if (!town->objects[static_cast<std::size_t>(kind)].empty()) layers.push_back(kind);
  for (std::size_t alone = 0; alone < layers.size(); ++alone) {
    for (const render::LayerId layer : layers) scene.setVisible(layer, layer == layers[alone]);
    const auto* kind = std::get_if<model::ObjectKind>(&layers[alone]);
    looker.picture(kind ? fmt::format("alone-{}", model::toString(*kind)) : fmt::format("alone-{}", alone), "overview");
  }
  for (const render::LayerId layer : layers) scene.setVisible(layer, true);
  scene.setVisible(render::Layer::points, false);
  looker.picture("no-points", place + "distance=1300;azimuth=-25;elevation=32");
  return 0;
}
