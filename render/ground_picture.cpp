#include <algorithm>
#include <array>
#include <cmath>
#include <thread>

#include "render/cividis.h"
#include "render/prepare.h"
#include "render/relief.h"
#include "render/town_look.h"

namespace hashimichi::render {
namespace {

/// Shadows and viewsheds need pixels of about a metre, whatever the ground's own picture has.
constexpr double wanted_px_m = 1.2;
constexpr int most_px = 4096;
constexpr Colour hillshade_grey{186, 187, 188};
constexpr double seen_share = 0.45, hidden_darkening = 0.72, snow_cover = 0.88, contour_darkening = 0.80;
/// A point of the ground in shadow is at least so far below its edge: rounding of heights is no shadow.
constexpr float shadow_slack_m = 0.15f;
constexpr int hatch_period_px = 12, hatch_line_px = 4;

struct Painter {
  const PreparedTown& town;
  GroundLook look;
  const GroundParts& parts;
  int width, height;
  Relief calm, sunny, shady;  ///< light by the calm light; by the sun, and without it
  double sun_level = 1, shade_level = 1;

  Painter(const PreparedTown& of, GroundLook ground_look, const GroundParts& given)
      : town(of), look(ground_look), parts(given), calm(reliefOf(of.ground, lightOn)) {
    const Bounds box = of.ground.bounds();
    const Image* own = of.terrain_texture.get();
    const double longer = std::max(box.size().x, box.size().y);
    const int own_longer = own ? std::max(own->width, own->height) : 0;
    const double wanted = std::clamp<double>(longer / wanted_px_m, std::max(2, std::min(own_longer, most_px)), most_px);
    const auto side = [&](double metres) {
      return std::max(2, static_cast<int>(std::lround(wanted * metres / longer)));
    };
    width = side(box.size().x), height = side(box.size().y);
    if (!parts.sun) return;
    const auto light = [&](bool lit) {
      return [this, lit](Vec3d normal) { return sunlitLight(normal, parts.sun->to_sun, lit); };
    };
    sunny = reliefOf(of.ground, light(true)), shady = reliefOf(of.ground, light(false));
    sun_level = light(true)({0, 0, 1}), shade_level = light(false)({0, 0, 1});
  }

  /// The town's own picture without the light that is baked into it.
  Colour ownColour(double u, double v) const {
    const Image* own = town.terrain_texture.get();
    if (!own || own->width < 1) return {150, 154, 150};
    const double x = std::clamp(u * own->width - 0.5, 0.0, own->width - 1.0);
    const double y = std::clamp((1 - v) * own->height - 0.5, 0.0, own->height - 1.0);
    const int x0 = static_cast<int>(x), y0 = static_cast<int>(y);
    const int x1 = std::min(x0 + 1, own->width - 1), y1 = std::min(y0 + 1, own->height - 1);
    const double fx = x - x0, fy = y - y0, light = std::max(0.2f, calm.at(calm.light, u, v));
    const auto pixel = [&](int px, int py, std::size_t c) {
      return static_cast<double>(own->rgba[4 * (static_cast<std::size_t>(py) * static_cast<std::size_t>(own->width) +
                                                static_cast<std::size_t>(px)) +
                                           c]);
    };
    Colour colour;
    for (std::size_t c = 0; c < 3; ++c)
      colour[c] = ((pixel(x0, y0, c) * (1 - fx) + pixel(x1, y0, c) * fx) * (1 - fy) +
                   (pixel(x0, y1, c) * (1 - fx) + pixel(x1, y1, c) * fx) * fy) /
                  light;
    return colour;
  }

  Colour baseAt(double u, double v) const {
    if (look == GroundLook::heights) return cividisAt(calm.at(calm.height_share, u, v));
    return look == GroundLook::shaded ? hillshade_grey : ownColour(u, v);
  }

  void laySnow(double u, double v, int x, int y, Colour& colour) const {
    const float depth_cm = parts.snowAt(u, v);
    if (std::isnan(depth_cm)) {
      const bool line = (x + y) % hatch_period_px < hatch_line_px;
      const Colour grey = line ? Colour{96, 98, 102} : Colour{150, 150, 150};
      for (std::size_t c = 0; c < 3; ++c) colour[c] = colour[c] * 0.35 + grey[c] * 0.65;
      return;
    }
    const std::size_t step = snowStepOf(depth_cm);
    // Between two steps of depth runs a line: where the next pixel has another one.
    const float east = parts.snowAt(u + 1.5 / width, v), north = parts.snowAt(u, v + 1.5 / height);
    const bool contour =
        (!std::isnan(east) && snowStepOf(east) != step) || (!std::isnan(north) && snowStepOf(north) != step);
    const exporting::Rgb snow = snow_colours[step];
    const std::array<double, 3> white{double(snow.r), double(snow.g), double(snow.b)};
    const double cover = step == 0 ? 0 : snow_cover;
    for (std::size_t c = 0; c < 3; ++c)
      colour[c] = (colour[c] * (1 - cover) + white[c] * cover) * (contour ? contour_darkening : 1);
  }

  void tintSeen(double east, double north, Colour& colour) const {
    const model::Viewshed& view = *parts.viewshed;
    const auto cell = view.field.cellAt(east, north);
    if (!cell || distance2d({east, north, 0}, view.eye) > view.reach_m) return;
    const std::array<double, 3> blue{double(seen_colour.r), double(seen_colour.g), double(seen_colour.b)};
    for (std::size_t c = 0; c < 3; ++c)
      colour[c] = view.seen[*cell] ? colour[c] * (1 - seen_share) + blue[c] * seen_share : colour[c] * hidden_darkening;
  }

  /// How much of a place the sun reaches, 0 … 1: from the four cells round it, so that edges are not stairs.
  double litShare(double east, double north) const {
    const model::HeightField& field = *parts.field;
    const double x = (east - field.south_west.x) / field.cell_m - 0.5,
                 y = (north - field.south_west.y) / field.cell_m - 0.5;
    const auto bound = [](double value, std::size_t count) {
      return std::clamp(value, 0.0, static_cast<double>(count - 1));
    };
    const auto c0 = static_cast<std::size_t>(bound(x, field.columns)),
               r0 = static_cast<std::size_t>(bound(y, field.rows));
    const std::size_t c1 = std::min(c0 + 1, field.columns - 1), r1 = std::min(r0 + 1, field.rows - 1);
    const double fx = std::clamp(x - static_cast<double>(c0), 0.0, 1.0),
                 fy = std::clamp(y - static_cast<double>(r0), 0.0, 1.0);
    const auto lit = [&](std::size_t c, std::size_t r) {
      const std::size_t cell = field.at(c, r);
      return field.ground_m[cell] + shadow_slack_m < parts.sun->shadow_m[cell] ? 0.0 : 1.0;
    };
    return (lit(c0, r0) * (1 - fx) + lit(c1, r0) * fx) * (1 - fy) + (lit(c0, r1) * (1 - fx) + lit(c1, r1) * fx) * fy;
  }

  double lightAt(double u, double v, double east, double north) const {
    double light = 0;
    if (parts.sun) {
      const double share = litShare(east, north);
      light = share * sunny.at(sunny.light, u, v) * sun_level + (1 - share) * shady.at(shady.light, u, v) * shade_level;
    } else {
      light = calm.at(calm.light, u, v);
    }
    if (parts.openness)
      if (const auto cell = parts.field->cellAt(east, north)) light *= 0.5 + 0.5 * (*parts.openness)[*cell] / 255.0;
    return light;
  }

  void row(int y, std::vector<std::uint8_t>& rgba) const {
    std::size_t at = 4 * static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
    const Bounds box = town.ground.bounds();
    const double v = 1 - (y + 0.5) / height, north = box.low.y + v * box.size().y;
    for (int x = 0; x < width; ++x, at += 4) {
      const double u = (x + 0.5) / width, east = box.low.x + u * box.size().x;
      Colour colour = baseAt(u, v);
      if (!parts.snow_cm.empty()) laySnow(u, v, x, y, colour);
      if (parts.viewshed) tintSeen(east, north, colour);
      const double light = lightAt(u, v, east, north);
      for (std::size_t c = 0; c < 3; ++c)
        rgba[at + c] = static_cast<std::uint8_t>(std::clamp(colour[c] * light, 0.0, 255.0));
      rgba[at + 3] = 255;
    }
  }
};

}  // namespace

exporting::Rgb heightColour(double share) {
  const auto colour = cividisAt(share);
  const auto byte = [](double value) { return static_cast<std::uint8_t>(std::lround(value)); };
  return {byte(colour[0]), byte(colour[1]), byte(colour[2])};
}

Image groundPicture(const PreparedTown& town, GroundLook look, const GroundParts& parts) {
  const Painter painter(town, look, parts);
  Image image{painter.width, painter.height, {}};
  image.rgba.resize(4 * static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height));
  const int workers = std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 8);
  std::vector<std::jthread> threads;
  for (int first = 0; first < workers; ++first)
    threads.emplace_back([&, first] {
      for (int y = first; y < image.height; y += workers) painter.row(y, image.rgba);
    });
  threads.clear();
  return image;
}

}  // namespace hashimichi::render
