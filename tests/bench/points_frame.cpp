// How long does a picture of a survey take without a GPU, and how much faster is the processor's way than OpenGL's?
//
//   points_frame                1, 3 and 5 million points at 1280 × 720, 2 px: bare OpenGL with one buffer, our
//                               splatter alone, and our whole picture (composited with the town), in one run
//   points_frame OCTREE [MiB] [--seconds 120]
//                               a fly-through of an octree while its nodes stream in: median and p99 of a picture, and
//                               the most memory that its nodes and the whole program had
//   points_frame OCTREE --select   how long the choice of the nodes takes
#include <EGL/egl.h>
#include <GL/glew.h>
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <numbers>
#include <random>
#include <string>

#include "geo/crs/transform.h"
#include "geo/points/octree_place.h"
#include "render/layers/point_choice.h"
#include "render/splat/splat.h"
#include "render/target.h"
#include "render/vtk/egl_context.h"

using namespace hashimichi;
using namespace hashimichi::render;

namespace {

constexpr int width_px = 1280, height_px = 720, rounds = 15;
constexpr std::size_t node_points = 20'000;
constexpr double side_m = 1000;

double milliseconds(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double medianOf(const auto& work) {
  std::vector<double> times;
  work();
  for (int i = 0; i < rounds; ++i) times.push_back(milliseconds(work));
  std::ranges::nth_element(times, times.begin() + rounds / 2);
  return times[rounds / 2];
}

/// Hills with 3 cm of noise, node by node as an octree holds them.
struct Survey {
  struct Node {
    Vec3d origin;
    std::vector<std::uint16_t> x, y, z;
    std::vector<std::uint32_t> rgba;
  };
  std::vector<Node> nodes;
  Vec3d step_m;

  explicit Survey(std::size_t count) {
    std::minstd_rand random(1);
    const auto per_side = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count) / node_points)));
    const double node_m = side_m / static_cast<double>(per_side);
    step_m = {node_m / 65535, node_m / 65535, 100.0 / 65535};
    const std::size_t each = count / (per_side * per_side);
    for (std::size_t n = 0; n < per_side * per_side; ++n) {
      Node& node = nodes.emplace_back();
      node.origin = {static_cast<double>(n % per_side) * node_m - side_m / 2,
                     static_cast<double>(n / per_side) * node_m - side_m / 2, 0};
      for (std::size_t i = 0; i < each; ++i) add(node, random);
    }
  }

  void add(Node& node, std::minstd_rand& random) const {
    const auto x = static_cast<std::uint16_t>(random() >> 8), y = static_cast<std::uint16_t>(random() >> 8);
    const double east = node.origin.x + x * step_m.x, north = node.origin.y + y * step_m.y;
    const double height = 40 + 20 * std::sin(east / 90) * std::cos(north / 70) + 0.001 * (random() % 60);
    node.x.push_back(x), node.y.push_back(y), node.z.push_back(static_cast<std::uint16_t>(height / step_m.z));
    const auto shade = static_cast<std::uint32_t>(90 + 2 * height);
    node.rgba.push_back(0xff000000U | shade << 16 | shade << 8 | (random() >> 8 & 0xffU));
  }

  std::vector<splat::Draw> draws() const {
    std::vector<splat::Draw> draws;
    for (const Node& node : nodes) draws.push_back({{node.origin, step_m, node.x, node.y, node.z, node.rgba}, 2, 0});
    return draws;
  }

  model::CityModelPtr city() const {
    auto city = std::make_shared<model::CityModel>();
    model::PointCloud& cloud = city->clouds.emplace_back();
    cloud.id = "survey";
    for (const Node& node : nodes)
      for (std::size_t i = 0; i < node.x.size(); ++i) {
        const Vec3d p = node.origin + Vec3d{node.x[i] * step_m.x, node.y[i] * step_m.y, node.z[i] * step_m.z};
        for (const double part : {p.x, p.y, p.z}) cloud.sample.xyz.push_back(static_cast<float>(part));
        for (const int shift : {0, 8, 16}) cloud.sample.rgb.push_back(static_cast<std::uint8_t>(node.rgba[i] >> shift));
        cloud.bounds.add(p);
      }
    cloud.point_count = cloud.sample.size();
    return city;
  }
};

CameraPose overview() {
  CameraPose pose;
  pose.target = {0, 0, 40}, pose.distance_m = 1500, pose.elevation_deg = 35, pose.azimuth_deg = 20;
  return pose;
}

unsigned compiled(GLenum kind, const char* source) {
  const unsigned shader = glCreateShader(kind);
  glShaderSource(shader, 1, &source, nullptr);
  glCompileShader(shader);
  return shader;
}

/// OpenGL with nothing round it: one buffer of 16 bytes a point, one call.
double bareOpenGl(const Survey& survey, const splat::View& view) {
  const auto context = EglContext::create();
  if (!context || !(*context)->makeCurrent()) return std::nan("");
  glewExperimental = GL_TRUE;
  (void)glewInit();  // says that there is no X display, after it has loaded everything
  struct Vertex {
    float x, y, z;
    std::uint32_t rgba;
  };
  std::vector<Vertex> vertices;
  for (const Survey::Node& node : survey.nodes)
    for (std::size_t i = 0; i < node.x.size(); ++i)
      vertices.push_back({static_cast<float>(node.origin.x + node.x[i] * survey.step_m.x),
                          static_cast<float>(node.origin.y + node.y[i] * survey.step_m.y),
                          static_cast<float>(node.origin.z + node.z[i] * survey.step_m.z), node.rgba[i]});
  unsigned frame, targets[2], array, buffer;
  glGenFramebuffers(1, &frame), glBindFramebuffer(GL_FRAMEBUFFER, frame);
  glGenRenderbuffers(2, targets);
  const GLenum formats[] = {GL_RGBA8, GL_DEPTH_COMPONENT32F}, places[] = {GL_COLOR_ATTACHMENT0, GL_DEPTH_ATTACHMENT};
  for (int i = 0; i < 2; ++i) {
    glBindRenderbuffer(GL_RENDERBUFFER, targets[i]);
    glRenderbufferStorage(GL_RENDERBUFFER, formats[i], width_px, height_px);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, places[i], GL_RENDERBUFFER, targets[i]);
  }
  const unsigned program = glCreateProgram();
  glAttachShader(program, compiled(GL_VERTEX_SHADER,
                                   "#version 150\nin vec3 p; in vec4 c; uniform mat4 m; out vec4 t;"
                                   "void main() { t = c; gl_Position = m * vec4(p, 1.0); }"));
  glAttachShader(program, compiled(GL_FRAGMENT_SHADER, "#version 150\nin vec4 t; out vec4 o; void main() { o = t; }"));
  glBindAttribLocation(program, 0, "p"), glBindAttribLocation(program, 1, "c");
  glLinkProgram(program), glUseProgram(program);
  glGenVertexArrays(1, &array), glBindVertexArray(array);
  glGenBuffers(1, &buffer), glBindBuffer(GL_ARRAY_BUFFER, buffer);
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(sizeof(Vertex) * vertices.size()), vertices.data(),
               GL_STATIC_DRAW);
  glEnableVertexAttribArray(0), glEnableVertexAttribArray(1);
  glVertexAttribPointer(0, 3, GL_FLOAT, GL_FALSE, sizeof(Vertex), nullptr);
  glVertexAttribPointer(1, 4, GL_UNSIGNED_BYTE, GL_TRUE, sizeof(Vertex), reinterpret_cast<const void*>(12));
  const std::array<double, 16> matrix = viewProjection(view);
  float rows[16];
  std::ranges::copy(matrix, rows);
  glUniformMatrix4fv(glGetUniformLocation(program, "m"), 1, GL_TRUE, rows);
  glViewport(0, 0, width_px, height_px), glEnable(GL_DEPTH_TEST), glPointSize(2);
  const double time = medianOf([&] {
    glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
    glDrawArrays(GL_POINTS, 0, static_cast<GLsizei>(vertices.size()));
    glFinish();
  });
  glDeleteBuffers(1, &buffer), glDeleteVertexArrays(1, &array), glDeleteProgram(program);
  glDeleteFramebuffers(1, &frame), glDeleteRenderbuffers(2, targets);
  return time;
}

/// The whole picture, as the window draws it: splatted, uploaded, composited with an otherwise empty town.
double wholePicture(const Survey& survey, bool eye_dome) {
  auto target = Target::headless(width_px, height_px);
  if (!target) return std::nan("");
  SilentProgress progress;
  Scene scene;
  PointStyle style;
  style.eye_dome = eye_dome, style.point_budget = 100'000'000;
  scene.setPointStyle(style);
  scene.show(prepareTown(survey.city(), progress));
  scene.setCamera(overview());
  do (*target)->draw(scene);
  while (scene.changed());
  return medianOf([&] { (*target)->draw(scene), (*target)->read(); });
}

void compare(std::size_t count) {
  const Survey survey(count);
  const splat::View view = splat::viewOf(overview(), 500, 3000, width_px, height_px);
  const std::vector<splat::Draw> draws = survey.draws();
  const double bare = bareOpenGl(survey, view);
  splat::Splatter splatter;
  const double plain = medianOf([&] { splatter.draw(draws, view, {}); });
  const double domed = medianOf([&] { splatter.draw(draws, view, {.eye_dome = true}); });
  fmt::print(
      "{} M points: bare OpenGL {:.0f} ms; ours {:.1f} ms (ratio {:.1f}), with eye-dome lighting {:.1f} ms; whole "
      "picture {:.1f} ms, "
      "with eye-dome lighting {:.1f} ms\n",
      count / 1'000'000, bare, plain, bare / plain, domed, wholePicture(survey, false), wholePicture(survey, true));
}

struct Flight {
  std::string octree;
  std::uint64_t memory_mib = 1024;
  double seconds = 20;
  bool select_only = false;
};

/// Resident memory of this process at its highest, mapped file pages included.
double peakMiB() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  return 0;
}

/// Twice round the survey, from above it down to its ground and up again.
CameraPose poseAt(double t, const Bounds& local) {
  const double reach_m = std::max(local.size().x, local.size().y), turn = 2 * std::numbers::pi * t;
  CameraPose pose;
  pose.target = local.centre() + Vec3d{0.35 * reach_m * std::cos(turn), 0.35 * reach_m * std::sin(turn), 0};
  pose.distance_m = reach_m * (0.08 + 0.5 * std::abs(std::cos(2 * turn)));
  pose.azimuth_deg = 720 * t, pose.elevation_deg = 35;
  return pose;
}

struct Percentiles {
  double median = 0, p99 = 0, worst = 0;
  explicit Percentiles(std::vector<double> values) {
    std::ranges::sort(values);
    median = values[values.size() / 2], p99 = values[values.size() * 99 / 100], worst = values.back();
  }
};

/// How long the choice of nodes takes, without a picture.
int chooseOnly(const points::Octree& octree, const points::OctreePlace& place, const Bounds& local) {
  const auto placer = points::OctreePlacer::create(place);
  if (!placer) return fmt::print("{}\n", placer.error().text()), 3;
  const points::LodTree tree = points::lodTree(octree, *placer);
  constexpr int rounds_of_choice = 1000;
  std::vector<double> times;
  std::size_t most = 0;
  for (int i = 0; i < rounds_of_choice; ++i) {
    const splat::View view =
        splat::viewOf(poseAt(i / static_cast<double>(rounds_of_choice), local), 1, 1e5, width_px, height_px);
    points::LodView wanted;
    wanted.view_projection = viewProjection(view), wanted.viewport_height_px = height_px;
    times.push_back(milliseconds([&] { most = std::max(most, points::selectNodes(tree, wanted).picks.size()); }));
  }
  const Percentiles found(times);
  fmt::print("choice of nodes among {}: median {:.3f} ms, p99 {:.3f} ms, up to {} chosen\n", tree.nodes.size(),
             found.median, found.p99, most);
  return 0;
}

int flyThrough(const Flight& flight) {
  Problems problems;
  const auto octree = points::openOctree(flight.octree, problems);
  if (!octree) return fmt::print("{}\n", octree.error().text()), 3;
  const Bounds box = (*octree)->info().bounds;
  auto city = std::make_shared<model::CityModel>();
  // A survey without a CRS is taken for one of zone VIII: the picture does not ask which.
  const auto described = crs::describeCrs((*octree)->info().crs);
  const int epsg = described && described->horizontal_epsg ? described->horizontal_epsg : 6676;
  const auto frame = crs::LocalFrame::create(epsg, {box.centre().x, box.centre().y, 0});
  if (!frame) return fmt::print("{}\n", frame.error().text()), 3;
  city->frame = *frame;
  model::PointCloud& cloud = city->clouds.emplace_back();
  cloud.id = "survey", cloud.octree = flight.octree, cloud.point_count = (*octree)->info().point_count;
  cloud.bounds = {frame->toLocal(box.low), frame->toLocal(box.high)};
  if (flight.select_only) return chooseOnly(**octree, {*frame, fmt::format("EPSG:{}", epsg)}, cloud.bounds);
  auto target = Target::headless(width_px, height_px);
  if (!target) return fmt::print("{}\n", target.error().text()), 3;
  SilentProgress progress;
  Scene scene;
  PointStyle style;
  style.memory_mib = flight.memory_mib;
  scene.setPointStyle(style);
  scene.show(prepareTown(city, progress));
  std::vector<double> times;
  std::uint64_t most_bytes = 0, most_points = 0;
  const auto begin = std::chrono::steady_clock::now();
  const auto passed = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(); };
  for (double at = 0; at < flight.seconds; at = passed()) {
    const CameraPose pose = poseAt(at / flight.seconds, cloud.bounds);
    times.push_back(milliseconds([&] {
      scene.setCamera(pose);
      (*target)->draw(scene);
      (*target)->read();
    }));
    const PointStatus status = scene.pointStatus();
    most_bytes = std::max(most_bytes, status.resident_bytes), most_points = std::max(most_points, status.drawn);
    if (!status.trouble.empty()) return fmt::print("{}\n", status.trouble), 3;
  }
  const Percentiles found(times);
  fmt::print(
      "{} pictures of {} points in {:.0f} s: median {:.1f} ms, p99 {:.1f} ms (ratio {:.2f}, goal 1.5), worst {:.1f} "
      "ms; "
      "up to {} points, {} MiB of nodes under a ceiling of {} MiB, {:.0f} MiB resident in all\n",
      times.size(), cloud.point_count, passed(), found.median, found.p99, found.p99 / found.median, found.worst,
      most_points, most_bytes >> 20, flight.memory_mib, peakMiB());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Flight flight;
  std::vector<std::string> plain;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--seconds" && i + 1 < argc)
      flight.seconds = std::strtod(argv[++i], nullptr);
    else if (word == "--select")
      flight.select_only = true;
    else
      plain.push_back(word);
  }
  if (!plain.empty()) {
    flight.octree = plain[0];
    if (plain.size() > 1) flight.memory_mib = std::strtoull(plain[1].c_str(), nullptr, 10);
    return flyThrough(flight);
  }
  for (const std::size_t millions : {1, 3, 5}) compare(millions * 1'000'000);
  return 0;
}
