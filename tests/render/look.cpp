// Draws the sample town, or a project's own words later, into PNG files and says how long a frame takes: for eyes, and
// for the frame budget (1280 × 720).
#include <fmt/core.h>

#include <chrono>
#include <filesystem>
#include <string>

#include "render/target.h"
#include "tests/render/sample_town.h"

using namespace hashimichi;

namespace {

double milliseconds(auto&& work) {
  const auto from = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count();
}

void decide(render::Scene& scene, const model::CityModel& city) {
  std::vector<int> bands;
  for (std::size_t i = 0; i < city.roads.size(); ++i) bands.push_back(static_cast<int>(i * 7 % 6));
  scene.setRoadBands(bands);
  std::vector<assets::Soundness> soundness;
  for (std::size_t i = 0; i < city.bridges.size(); ++i) soundness.push_back(static_cast<assets::Soundness>(i % 5));
  scene.setBridgeSoundness(soundness);
  scene.setSensors(
      {{"s-0", "34 cm", 34, true}, {"s-1", "61 cm", 61, true}, {"s-2", "—", 0, false}, {"s-3", "12 cm", 12, true}});
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path folder = argc > 1 ? argv[1] : ".";
  const int houses = argc > 2 ? std::stoi(argv[2]) : 2500;
  const auto city = tests::makeSampleTown({.houses = houses, .side_m = 2000});
  render::PreparedTownPtr town;
  fmt::print("prepare {:.0f} ms\n", milliseconds([&] { town = tests::prepared(city); }));
  auto target = render::Target::headless(1280, 720);
  if (!target) return fmt::print("{}\n", target.error().text()), 3;
  render::Scene scene;
  fmt::print("show {:.0f} ms\n", milliseconds([&] { scene.show(town), decide(scene, *city); }));
  const auto picture = [&](const std::string& name, const std::string& camera) {
    scene.setCamera(*render::cameraFrom(camera, town->bounds, 1280 / 720.0));
    const double first = milliseconds([&] { (*target)->draw(scene), (*target)->read(); });
    const double again = milliseconds([&] { (*target)->draw(scene), (*target)->read(); });
    fmt::print("{}: first {:.0f} ms, again {:.0f} ms, {}\n", name, first, again, (*target)->renderer());
    (void)render::writePng((*target)->read(), folder / (name + ".png")).ok();
  };
  picture("overview", "overview");
  picture("top", "top");
  picture("close", "target=0,0,22;distance=420;azimuth=30;elevation=24");
  scene.setSelection(model::AssetRef{model::AssetKind::road, city->roads[city->roads.size() / 2].id});
  scene.setHover(model::AssetRef{model::AssetKind::building, "b-7"});
  picture("street", "target=60,10,24;distance=200;azimuth=-40;elevation=30");
  return 0;
}
