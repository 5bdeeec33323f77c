#pragma once
#include <cmath>
#include <cstdint>

namespace hashimichi::datasets {

/// One round of splitmix64: scatters every bit of the input.
inline std::uint64_t scatter(std::uint64_t z) {
  z += 0x9e3779b97f4a7c15ull;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return z ^ (z >> 31);
}

/// A number that belongs to a thing (a line, a lot, a tree) and not to the order in which things are made.
inline std::uint64_t hashOf(std::uint64_t seed, std::int64_t a, std::int64_t b = 0, std::int64_t c = 0) {
  return scatter(scatter(scatter(seed ^ static_cast<std::uint64_t>(a)) ^ static_cast<std::uint64_t>(b)) ^
                 static_cast<std::uint64_t>(c));
}
/// 53 bits → [0, 1).
inline double unitFrom(std::uint64_t bits) {
  return static_cast<double>(bits >> 11) * 0x1.0p-53;
}
inline double unitOf(std::uint64_t seed, std::int64_t a, std::int64_t b = 0, std::int64_t c = 0) {
  return unitFrom(hashOf(seed, a, b, c));
}

/// Own generator: the distributions of the standard library differ from one library to the next, a town must not.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(scatter(seed)) {}
  std::uint64_t bits() { return scatter(state_ += 0x9e3779b97f4a7c15ull); }
  double unit() { return unitFrom(bits()); }
  double range(double low, double high) { return low + (high - low) * unit(); }
  int below(int count) { return static_cast<int>(unit() * count); }
  bool chance(double probability) { return unit() < probability; }

 private:
  std::uint64_t state_;
};

/// 0 below `low`, 1 above `high`, smooth between; also with low > high.
inline double smoothStep(double low, double high, double x) {
  const double t = std::fmin(1.0, std::fmax(0.0, (x - low) / (high - low)));
  return t * t * (3 - 2 * t);
}

/// Value noise, −1 … 1, features about one unit wide.
double noise(std::uint64_t seed, double x, double y);
/// Three octaves of it, about −1 … 1.
double fractalNoise(std::uint64_t seed, double x, double y);

}  // namespace hashimichi::datasets
