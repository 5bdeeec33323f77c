#include "geo/import/citygml/ring_parser.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdint>

#include "geo/import/citygml/limits.h"

namespace hashimichi::import::citygml {
namespace {

/// In units of the CRS: a tenth of a millimetre in degrees, rounding noise in metres.
constexpr double same_point = 1e-9;

bool samePlace(Vec3d a, Vec3d b) {
  return std::fabs(a.x - b.x) <= same_point && std::fabs(a.y - b.y) <= same_point && std::fabs(a.z - b.z) <= 1e-6;
}

/// Distinct points, counted up to three.
int distinctPoints(const std::vector<Vec3d>& points) {
  Vec3d seen[3];
  int count = 0;
  for (const Vec3d& p : points) {
    bool known = false;
    for (int i = 0; i < count; ++i) known = known || samePlace(p, seen[i]);
    if (!known) seen[count++] = p;
    if (count == 3) break;
  }
  return count;
}

std::optional<int> dimensionOf(const FeatureTree& tree, NodeId node) {
  const auto text = tree.attribute(node, "srsDimension");
  if (text == "3") return 3;
  if (text == "2") return 2;
  return std::nullopt;
}

constexpr double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/// A number such as -36.123456789 at the speed of its digits. Digits up to 2^53 and powers of ten up to 10^22 are exact
/// doubles, so their quotient is the one nearest double, as from_chars gives (Clinger 1990).
/// @returns past the number; nullptr for every other way to write one
const char* shortDecimal(const char* at, const char* end, double& value) {
  const bool negative = at != end && *at == '-';
  if (negative) ++at;
  std::uint64_t digits = 0;
  int count = 0, decimals = 0;
  for (; at != end && *at >= '0' && *at <= '9'; ++at, ++count) digits = digits * 10 + static_cast<unsigned>(*at - '0');
  if (count == 0) return nullptr;
  if (at != end && *at == '.')
    for (++at; at != end && *at >= '0' && *at <= '9'; ++at, ++decimals)
      digits = digits * 10 + static_cast<unsigned>(*at - '0');
  constexpr std::uint64_t exact = std::uint64_t{1} << 53;
  constexpr int digits_that_fit = 19;  // in 64 bits
  if (count + decimals > digits_that_fit || digits > exact || (at != end && (*at == 'e' || *at == 'E'))) return nullptr;
  value = static_cast<double>(digits) / powers_of_ten[decimals];
  if (negative) value = -value;
  return at;
}

}  // namespace

bool parseNumbers(std::string_view text, std::vector<double>& numbers) {
  const char *at = text.data(), *end = at + text.size();
  const auto blank = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
  while (true) {
    while (at != end && blank(*at)) ++at;
    if (at == end) return true;
    if (*at == '+') ++at;
    double value = 0;
    const char* rest = shortDecimal(at, end, value);
    if (!rest) {
      const auto parsed = std::from_chars(at, end, value);
      if (parsed.ec != std::errc() || !std::isfinite(value)) return false;
      rest = parsed.ptr;
    }
    if (rest != end && !blank(*rest)) return false;
    numbers.push_back(value);
    at = rest;
  }
}

std::optional<std::vector<Vec3d>> parsePoints(const FeatureTree& tree, NodeId element, std::optional<int> dimension,
                                              RingFault& fault) {
  // Used again from ring to ring; a river bank's must not stay for good.
  thread_local std::vector<double> numbers;
  constexpr std::size_t kept_numbers = 1u << 16;
  if (numbers.capacity() > kept_numbers) numbers = {};
  numbers.clear();
  std::size_t positions = 0;
  bool readable = true;
  for (const NodeId child : tree.children(element)) {
    const Tag tag = tree.name(child).tag;
    if (tag != Tag::pos_list && tag != Tag::pos) continue;
    if (const auto own = dimensionOf(tree, child)) dimension = own;
    const std::string_view text = tree.text(child);
    readable = readable && parseNumbers(text, numbers);
    if (tag == Tag::pos) ++positions;
  }
  if (const auto own = dimensionOf(tree, element)) dimension = own;
  if (!readable) return fault = {"ring.not_a_number", "A coordinate is not a number."}, std::nullopt;
  if (positions > 0 && numbers.size() % positions == 0) dimension = static_cast<int>(numbers.size() / positions);
  if (!dimension) dimension = numbers.size() % 3 == 0 ? 3 : 2;
  const auto step = static_cast<std::size_t>(*dimension);
  if ((step != 2 && step != 3) || numbers.size() % step != 0)
    return fault = {"ring.coordinates",
                    fmt::format("{} numbers do not make points of {} coordinates.", numbers.size(), step)},
           std::nullopt;
  if (numbers.size() / step > ring_point_limit)
    return fault = {"ring.too_long", fmt::format("The ring has more than {} points.", ring_point_limit)}, std::nullopt;
  std::vector<Vec3d> points;
  points.reserve(numbers.size() / step);
  for (std::size_t i = 0; i < numbers.size(); i += step)
    points.push_back({numbers[i], numbers[i + 1], step == 3 ? numbers[i + 2] : 0.0});
  return points;
}

std::optional<model::Ring> parseRing(const FeatureTree& tree, NodeId linear_ring, std::optional<int> dimension,
                                     RingFault& fault) {
  std::optional<std::vector<Vec3d>> points = parsePoints(tree, linear_ring, dimension, fault);
  if (!points) return std::nullopt;
  const int distinct = distinctPoints(*points);
  if (distinct < 3)
    return fault = {"ring.too_few", fmt::format("The ring has {} distinct points; it needs 3.", distinct)},
           std::nullopt;
  if (!samePlace(points->front(), points->back()))
    return fault = {"ring.unclosed", "The ring does not end where it began."}, std::nullopt;
  points->pop_back();
  return points;
}

std::optional<model::Polyline> parseLine(const FeatureTree& tree, NodeId line, std::optional<int> dimension,
                                         RingFault& fault) {
  std::optional<std::vector<Vec3d>> points = parsePoints(tree, line, dimension, fault);
  if (points && distinctPoints(*points) < 2)
    return fault = {"line.too_few", "The line has fewer than 2 distinct points."}, std::nullopt;
  return points;
}

}  // namespace hashimichi::import::citygml
