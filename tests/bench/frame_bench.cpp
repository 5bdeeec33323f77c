// How long does a picture of a town take at 1280 × 720, and what takes it?
//
//   frame_bench PROJECT.hashimichi [CITY…]     CITY: a project, or files and folders to import
//
// Of the first: opening until the first picture, an orbit, picking. Of the second (100,000 buildings of citygml_read
// --make): an oblique street view and an overview beside bare VTK with all buildings in one mapper, and picking there.
#include <fmt/format.h>
#include <vtkActor.h>
#include <vtkCamera.h>
#include <vtkNew.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>
#include <vtk_glew.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <random>

#include "geo/assess/assess.h"
#include "geo/import/import_files.h"
#include "geo/project/project.h"
#include "render/scene_inside.h"
#include "render/target.h"
#include "render/vtk/convert.h"
#include "render/vtk/egl_context.h"
#include "render/vtk/render_window.h"

namespace hashimichi::render {

SceneInside& insideOf(Scene& scene);

namespace {

namespace fs = std::filesystem;

constexpr int width_px = 1280, height_px = 720;
constexpr double aspect = static_cast<double>(width_px) / height_px;
const int orbit_frames = std::getenv("FRAME_COUNT") ? std::atoi(std::getenv("FRAME_COUNT")) : 120;
constexpr int picks = 1000;
/// A hand's steady turn: 5 px of dragging a frame.
constexpr double orbit_px = 5;

double millisecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double milliseconds(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return millisecondsSince(start);
}

struct Spread {
  double median = 0, p99 = 0;
};

Spread spreadOf(std::vector<double> values) {
  std::ranges::sort(values);
  if (values.empty()) return {};
  return {values[values.size() / 2], values[std::min(values.size() - 1, values.size() * 99 / 100)]};
}

model::CityModelPtr cityFrom(const fs::path& path) {
  SilentProgress quiet;
  if (project::isProjectFolder(path)) {
    auto project = project::open(path, quiet);
    if (!project) return fmt::print(stderr, "{}\n", project.error().text()), nullptr;
    return project->model;
  }
  auto outcome = import::importFiles({path}, {}, quiet);
  if (!outcome) return fmt::print(stderr, "{}\n", outcome.error().text()), nullptr;
  return outcome->model;
}

/// Every road in a rank, as a decision colours them.
void rankRoads(Scene& scene, const model::CityModel& city) {
  std::vector<int> bands;
  for (std::size_t i = 0; i < city.roads.size(); ++i) bands.push_back(static_cast<int>(i * 7 % 6));
  scene.setRoadBands(bands);
}

/// Of all threads, also OpenGL's: what others do on the machine does not count.
double processorMilliseconds() {
  return 1e3 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

struct Timed {
  Spread frame, vtk, ours;
  double processor_ms = 0;
  std::uint64_t points = 0, point_budget = 0;
};

/// Pictures of a slow turn, each waited for until its pixels are there.
Timed orbit(Scene& scene, Target& target, CameraPose pose) {
  std::vector<double> frames, vtk, ours;
  Timed timed;
  for (int warm = 0; warm < 3; ++warm) {
    scene.setCamera(pose = render::orbit(pose, orbit_px, 0));
    target.draw(scene);
    glFinish();
  }
  const double processor_from = processorMilliseconds();
  for (int frame = 0; frame < orbit_frames; ++frame) {
    scene.setCamera(pose = render::orbit(pose, orbit_px, 0));
    const auto start = std::chrono::steady_clock::now();
    target.draw(scene);
    glFinish();
    frames.push_back(millisecondsSince(start));
    const FrameTimes& times = insideOf(scene).times;
    ours.push_back(times.choose_ms + times.points_ms);
    vtk.push_back(frames.back() - ours.back());
  }
  timed.processor_ms = (processorMilliseconds() - processor_from) / orbit_frames;
  timed.frame = spreadOf(frames), timed.vtk = spreadOf(vtk), timed.ours = spreadOf(ours);
  timed.points = scene.pointStatus().drawn, timed.point_budget = scene.pointStatus().budget;
  return timed;
}

void print(const char* what, const Timed& timed) {
  fmt::print(
      "{}: median {:.1f} ms, p99 {:.1f} ms, {:.1f} ms of processor time; ours {:.1f} ms, VTK and OpenGL {:.1f} ms; {} "
      "points of a budget of {}\n",
      what, timed.frame.median, timed.frame.p99, timed.processor_ms, timed.ours.median, timed.vtk.median, timed.points,
      timed.point_budget);
}

void timePicks(const char* what, const Scene& scene) {
  std::minstd_rand random(1);
  std::vector<double> times;
  std::size_t met = 0;
  for (int i = 0; i < picks; ++i) {
    const double x = static_cast<double>(random() % width_px), y = static_cast<double>(random() % height_px);
    times.push_back(milliseconds([&] { met += scene.pick(x, y, width_px, height_px).has_value(); }));
  }
  const Spread spread = spreadOf(times);
  fmt::print("{}: {} picks, {} met something: median {:.3f} ms, p99 {:.3f} ms, most {:.3f} ms\n", what, picks, met,
             spread.median, spread.p99, *std::ranges::max_element(times));
}

CameraPose streetOf(const PreparedTown& town) {
  CameraPose pose;
  const Vec3d c = town.bounds.centre();
  pose.target = {c.x, c.y, town.ground.heightAt(c.x, c.y).value_or(c.z)};
  pose.distance_m = 420, pose.elevation_deg = 12, pose.azimuth_deg = 30;
  return pose;
}

CameraPose nearOf(const PreparedTown& town) {
  CameraPose pose = streetOf(town);
  pose.distance_m = 1300, pose.elevation_deg = 32;
  return pose;
}

/// The buildings as VTK draws them by itself: everything in one mapper, unlit, the same camera.
double bareVtk(const PreparedTown& town, const CameraPose& from) {
  const auto context = EglContext::create();
  if (!context) return std::nan("");
  EglContext* egl = context->get();
  const auto window = makeRenderWindow([egl] { egl->makeCurrent(); }, [egl] { return egl->isCurrent(); });
  egl->makeCurrent();
  window->OpenGLInit();
  window->SetSize(width_px, height_px);
  vtkNew<vtkRenderer> renderer;
  vtkNew<vtkPolyDataMapper> mapper;
  const auto data = polyDataSharing(town.buildings);
  setColours(*data, town.buildings.rgb);
  mapper->SetInputData(data);
  mapper->SetColorModeToDirectScalars();
  vtkNew<vtkActor> actor;
  actor->SetMapper(mapper);
  actor->GetProperty()->LightingOff();
  renderer->AddActor(actor);
  window->AddRenderer(renderer);
  std::vector<double> times;
  CameraPose pose = from;
  for (int frame = 0; frame < 13; ++frame) {
    pose = render::orbit(pose, orbit_px, 0);
    vtkCamera* camera = renderer->GetActiveCamera();
    const Vec3d eye = eyeOf(pose), up = axesOf(pose).up;
    camera->SetPosition(eye.x, eye.y, eye.z);
    camera->SetFocalPoint(pose.target.x, pose.target.y, pose.target.z);
    camera->SetViewUp(up.x, up.y, up.z);
    camera->SetViewAngle(pose.view_angle_deg);
    renderer->ResetCameraClippingRange();
    const double taken = milliseconds([&] { window->Render(), glFinish(); });
    if (frame > 2) times.push_back(taken);
  }
  window->RemoveRenderer(renderer);
  window->Finalize();
  return spreadOf(times).median;
}

/// For eyes, where a folder is named.
void keepPicture(Target& target, const std::string& name) {
  if (const char* folder = std::getenv("FRAME_PICTURES"))
    (void)writePng(target.read(), fs::path(folder) / (name + ".png")).ok();
}

/// What each layer costs: the orbit without it.
void withoutEach(Scene& scene, Target& target, const CameraPose& pose) {
  constexpr std::pair<Layer, const char*> layers[] = {{Layer::terrain, "terrain"},     {Layer::imagery, "imagery"},
                                                      {Layer::buildings, "buildings"}, {Layer::roads, "roads"},
                                                      {Layer::bridges, "bridges"},     {Layer::points, "points"},
                                                      {Layer::sensors, "sensors"},     {Layer::labels, "labels"}};
  for (const auto& [layer, name] : layers) {
    scene.setVisible(layer, false);
    print(fmt::format("without {}", name).c_str(), orbit(scene, target, pose));
    scene.setVisible(layer, true);
  }
  for (const model::ObjectKind kind : model::object_kinds) scene.setVisible(kind, false);
  print("without other objects", orbit(scene, target, pose));
  for (const auto& [layer, name] : layers) scene.setVisible(layer, false);
  print("nothing", orbit(scene, target, pose));
  for (const auto& [layer, name] : layers) scene.setVisible(layer, true);
  for (const model::ObjectKind kind : model::object_kinds) scene.setVisible(kind, true);
}

int saved(const fs::path& folder) {
  const auto start = std::chrono::steady_clock::now();
  SilentProgress quiet;
  const model::CityModelPtr city = cityFrom(folder);
  if (!city) return 3;
  const double open_ms = millisecondsSince(start);
  const PreparedTownPtr town = prepareTown(city, quiet);
  const double prepared_ms = millisecondsSince(start);
  auto target = Target::headless(width_px, height_px);
  if (!target) return fmt::print(stderr, "{}\n", target.error().text()), 3;
  Scene scene;
  scene.show(town);
  rankRoads(scene, *city);
  scene.setCamera(*cameraFrom("overview", town->bounds, aspect));
  (*target)->draw(scene), glFinish();
  const double first_ms = millisecondsSince(start);
  fmt::print("saved project: opened {:.0f} ms, prepared {:.0f} ms, first picture {:.0f} ms after the start ({})\n",
             open_ms, prepared_ms, first_ms, (*target)->renderer());
  (*target)->drawComplete(scene);
  print("overview, orbit", orbit(scene, **target, scene.camera()));
  keepPicture(**target, "overview");
  if (std::getenv("FRAME_LAYERS")) withoutEach(scene, **target, *cameraFrom("overview", town->bounds, aspect));
  print("from 1.3 km, orbit", orbit(scene, **target, nearOf(*town)));
  print("street, orbit", orbit(scene, **target, streetOf(*town)));
  keepPicture(**target, "street");
  timePicks("street", scene);
  if (std::getenv("FRAME_LAYERS")) withoutEach(scene, **target, scene.camera());
  return 0;
}

int large(const fs::path& path) {
  SilentProgress quiet;
  const model::CityModelPtr city = cityFrom(path);
  if (!city) return 3;
  PreparedTownPtr town;
  const double prepare_ms = milliseconds([&] { town = prepareTown(city, quiet); });
  fmt::print("{} buildings, {} triangles, prepared in {:.0f} ms\n", city->buildings.size(),
             town->buildings.triangleCount(), prepare_ms);
  auto target = Target::headless(width_px, height_px);
  if (!target) return fmt::print(stderr, "{}\n", target.error().text()), 3;
  Scene scene;
  scene.show(town);
  const struct {
    const char* name;
    CameraPose pose;
  } views[] = {{"street", streetOf(*town)},
               {"from 1.3 km", nearOf(*town)},
               {"overview", *cameraFrom("overview", town->bounds, aspect)}};
  for (const auto& view : views) {
    print(view.name, orbit(scene, **target, view.pose));
    timePicks(view.name, scene);
    keepPicture(**target, std::string("city ") + view.name);
  }
  for (const auto& view : views)
    fmt::print("{}: bare VTK, one mapper, {:.0f} ms\n", view.name, bareVtk(*town, view.pose));
  return 0;
}

}  // namespace
}  // namespace hashimichi::render

int main(int count, char** words) {
  if (count < 2) return 2;
  if (const int failed = hashimichi::render::saved(words[1])) return failed;
  return count > 2 ? hashimichi::render::large(words[2]) : 0;
}
