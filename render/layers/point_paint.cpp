#include "render/layers/point_paint.h"

#include <array>
#include <cmath>
#include <limits>

#include "render/point_colours.h"

namespace hashimichi::render {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

constexpr std::uint32_t packed(std::uint8_t r, std::uint8_t g, std::uint8_t b) {
  return 0xff000000U | std::uint32_t{b} << 16 | std::uint32_t{g} << 8 | r;
}
constexpr std::uint32_t packed(exporting::Rgb colour) {
  return packed(colour.r, colour.g, colour.b);
}

exporting::Rgb rampOf(PointColour colour, double share) {
  if (colour == PointColour::intensity) return greyColour(share);
  if (colour == PointColour::distance) return signedColour(2 * share - 1);
  if (colour == PointColour::survey_age) return rampColour(1 - share);  // the newest is the brightest
  return rampColour(share);
}

void paintRamp(const points::ResidentNode& node, const PointPaint& paint, std::span<const float> distances_m,
               std::span<std::uint32_t> rgba) {
  std::array<std::uint32_t, 256> ramp;
  for (std::size_t i = 0; i < ramp.size(); ++i) ramp[i] = packed(rampOf(paint.colour, static_cast<double>(i) / 255));
  const double scale = paint.high > paint.low ? 255 / (paint.high - paint.low) : 0;
  for (std::size_t i = 0; i < rgba.size(); ++i) {
    const double value = scalarOf(node, i, paint, distances_m);
    rgba[i] = std::isfinite(value)
                  ? ramp[static_cast<std::size_t>(std::clamp((value - paint.low) * scale + 0.5, 0.0, 255.0))]
                  : packed(exporting::no_data);
  }
}

void paintClasses(const points::ResidentNode& node, std::span<std::uint32_t> rgba) {
  for (std::size_t i = 0; i < rgba.size(); ++i)
    rgba[i] = packed(classColour(i < node.classification.size() ? node.classification[i] : 0));
}

void paintReturns(const points::ResidentNode& node, std::span<std::uint32_t> rgba) {
  for (std::size_t i = 0; i < rgba.size(); ++i) {
    if (i >= node.return_number.size()) {
      rgba[i] = packed(exporting::no_data);
      continue;
    }
    const int number = node.return_number[i];
    const int of = i < node.number_of_returns.size() ? node.number_of_returns[i] : number;
    rgba[i] = packed(rampColour(number <= 1 ? 1 : number >= of ? 0 : 0.5));
  }
}

void paintSurveyColours(const points::ResidentNode& node, const PointPaint& paint, std::span<std::uint32_t> rgba) {
  if (node.rgb.size() < 3 * rgba.size()) {
    PointPaint instead = paint;
    instead.colour = PointColour::height;
    // A survey without colours that knows classes shows those: ground and trees say more than a height does.
    return node.classification.empty() ? paintRamp(node, instead, {}, rgba) : paintClasses(node, rgba);
  }
  for (std::size_t i = 0; i < rgba.size(); ++i)
    rgba[i] = packed(node.rgb[3 * i], node.rgb[3 * i + 1], node.rgb[3 * i + 2]);
}

void hide(const points::ResidentNode& node, const PointPaint& paint, std::span<std::uint32_t> rgba) {
  if (paint.hidden_classes.any())
    for (std::size_t i = 0; i < rgba.size(); ++i)
      if (paint.hidden_classes.test(i < node.classification.size() ? node.classification[i] : 0)) rgba[i] = 0;
  if (clipped(paint.clip, node.bounds) == Clipped::inside) return;
  for (std::size_t i = 0; i < rgba.size(); ++i)
    if (!isInside(*paint.clip, node.position(i))) rgba[i] = 0;
}

/// A place in the clip box's own axes.
Vec3d turned(const ClipBox& clip, Vec3d local) {
  const Vec3d from = local - clip.centre;
  const double c = std::cos(clip.turn_rad), s = std::sin(clip.turn_rad);
  return {c * from.x + s * from.y, c * from.y - s * from.x, from.z};
}

}  // namespace

bool isInside(const ClipBox& clip, Vec3d local) {
  const Vec3d p = turned(clip, local);
  return std::abs(p.x) <= clip.half_size.x && std::abs(p.y) <= clip.half_size.y && std::abs(p.z) <= clip.half_size.z;
}

Clipped clipped(const std::optional<ClipBox>& clip, const Bounds& bounds) {
  if (!clip) return Clipped::inside;
  Bounds own;  // of the box in the clip box's axes: encloses it
  bool all = true;
  for (int corner = 0; corner < 8; ++corner) {
    const Vec3d place{corner & 1 ? bounds.high.x : bounds.low.x, corner & 2 ? bounds.high.y : bounds.low.y,
                      corner & 4 ? bounds.high.z : bounds.low.z};
    own.add(turned(*clip, place));
    all = all && isInside(*clip, place);
  }
  if (all) return Clipped::inside;
  const Vec3d h = clip->half_size;
  const bool apart = own.low.x > h.x || own.high.x < -h.x || own.low.y > h.y || own.high.y < -h.y || own.low.z > h.z ||
                     own.high.z < -h.z;
  return apart ? Clipped::outside : Clipped::across;
}

Bounds enclosing(const ClipBox& clip) {
  const double c = std::abs(std::cos(clip.turn_rad)), s = std::abs(std::sin(clip.turn_rad));
  const Vec3d h = clip.half_size, reach{c * h.x + s * h.y, s * h.x + c * h.y, h.z};
  return {clip.centre - reach, clip.centre + reach};
}

bool isRamp(PointColour colour) {
  return colour != PointColour::rgb && colour != PointColour::classification && colour != PointColour::return_number;
}

double scalarOf(const points::ResidentNode& node, std::size_t i, const PointPaint& paint,
                std::span<const float> distances_m) {
  switch (paint.colour) {
    case PointColour::intensity:
      return i < node.intensity.size() ? node.intensity[i] : unknown;
    case PointColour::height:
      return node.origin.z + static_cast<double>(node.xyz[3 * i + 2]);
    case PointColour::height_above_ground: {
      const Vec3d place = node.position(i);
      const auto ground = paint.ground ? paint.ground->heightAt(place.x, place.y) : std::nullopt;
      return ground ? place.z - *ground : unknown;
    }
    case PointColour::survey_age:
      return paint.age_years.value_or(unknown);
    case PointColour::distance:
      return i < distances_m.size() ? static_cast<double>(distances_m[i]) : unknown;
    case PointColour::rgb:
    case PointColour::classification:
    case PointColour::return_number:
      break;
  }
  return unknown;
}

void paintPoints(const points::ResidentNode& node, const PointPaint& paint, std::span<const float> distances_m,
                 std::span<std::uint32_t> rgba) {
  if (paint.colour == PointColour::rgb)
    paintSurveyColours(node, paint, rgba);
  else if (paint.colour == PointColour::classification)
    paintClasses(node, rgba);
  else if (paint.colour == PointColour::return_number)
    paintReturns(node, rgba);
  else
    paintRamp(node, paint, distances_m, rgba);
  hide(node, paint, rgba);
}

}  // namespace hashimichi::render
