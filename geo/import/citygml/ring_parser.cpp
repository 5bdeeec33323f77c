#include "geo/import/citygml/ring_parser.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

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

}  // namespace

bool parseNumbers(std::string_view text, std::vector<double>& numbers) {
  const char *at = text.data(), *end = at + text.size();
  const auto blank = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
  while (true) {
    while (at != end && blank(*at)) ++at;
    if (at == end) return true;
    if (*at == '+') ++at;
    double value = 0;
    const auto [rest, error] = std::from_chars(at, end, value);
    if (error != std::errc() || !std::isfinite(value) || (rest != end && !blank(*rest))) return false;
    numbers.push_back(value);
    at = rest;
  }
}

std::optional<std::vector<Vec3d>> parsePoints(const FeatureTree& tree, NodeId element, std::optional<int> dimension,
                                              RingFault& fault) {
  std::vector<double> numbers;
  std::size_t positions = 0;
  bool readable = true;
  for (const NodeId child : tree.children(element)) {
    const Tag tag = tree.name(child).tag;
    if (tag != Tag::pos_list && tag != Tag::pos) continue;
    if (const auto own = dimensionOf(tree, child)) dimension = own;
    readable = readable && parseNumbers(tree.text(child), numbers);
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
