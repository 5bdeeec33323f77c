// How long does a comparison of two surveys of a bridge take? M3C2 on a made deck of so many points per survey.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <random>

#include "geo/measure/change.h"
#include "geo/measure/kd_tree.h"

namespace {

using namespace hashimichi;

std::vector<Vec3d> deck(std::size_t count, double sigma_m, double shift_m, unsigned seed) {
  std::mt19937 engine(seed);
  // 400 points per square metre, whatever the count: the deck grows in length.
  const double width = 10, length = static_cast<double>(count) / 400 / width;
  std::uniform_real_distribution<double> across(0, width), along(0, length);
  std::normal_distribution<double> noise(0, sigma_m);
  std::vector<Vec3d> points(count);
  for (Vec3d& p : points) {
    p.x = across(engine), p.y = along(engine);
    p.z = 0.02 * p.x + 0.01 * p.y + shift_m + noise(engine);
  }
  return points;
}

double secondsOf(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 2'000'000;
  const std::vector<Vec3d> before = deck(count, 0.004, 0, 1), after = deck(count, 0.003, -0.008, 2);
  SilentProgress progress;
  const double tree_s = secondsOf([&] { (void)measure::KdTree(before).size(); });
  fmt::print("{} points a survey; k-d tree {:.2f} s, {:.2f} M points/s\n", count, tree_s, count / tree_s / 1e6);
  for (const int threads : {1, 2}) {
    measure::M3c2Wish wish;
    wish.threads = threads;
    Result<measure::CloudChange> change = Error{};
    const double s = secondsOf([&] { change = measure::m3c2({before}, {after}, wish, progress); });
    if (!change) return fmt::print("{}\n", change.error().text()), 1;
    fmt::print(
        "M3C2, {} thread{}: {:.2f} s, {:.2f} M points/s of both surveys, {:.0f} core points/s; median {:.4f} m\n",
        threads, threads == 1 ? "" : "s", s, 2 * count / s / 1e6, change->points.size() / s, change->summary.median_m);
  }
  return 0;
}
