#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "geo/core/file.h"
#include "geo/measure/section.h"

namespace hashimichi::measure {
namespace {

constexpr std::size_t most_dxf_points = 1'000'000;

/// AutoCAD colours of the classes that surveys of roads use; other classes are white.
int colourOf(std::uint8_t classification) {
  switch (classification) {
    case 2:
      return 32;  // brown
    case 5:
      return 3;  // green
    case 6:
      return 1;  // red
    case 9:
      return 5;  // blue
    case 11:
      return 8;  // grey
    case 17:
      return 4;  // cyan
    case 21:
      return 151;  // light blue
    default:
      return 7;
  }
}

class Dxf {
 public:
  template <typename Value>
  void pair(int code, const Value& value) {
    fmt::format_to(std::back_inserter(text_), "{:3}\n{}\n", code, value);
  }
  void metres(int code, double value) { fmt::format_to(std::back_inserter(text_), "{:3}\n{:.4f}\n", code, value); }
  void layer(const std::string& name, int colour) {
    pair(0, "LAYER"), pair(2, name), pair(70, 0), pair(62, colour), pair(6, "CONTINUOUS");
  }
  void line(const std::string& name, double x1, double y1, double x2, double y2) {
    pair(0, "LINE"), pair(8, name);
    metres(10, x1), metres(20, y1), metres(30, 0), metres(11, x2), metres(21, y2), metres(31, 0);
  }
  std::string& text() { return text_; }

 private:
  std::string text_;
};

std::string layerOf(const SectionPoints& section, std::size_t i) {
  return section.classification.empty() ? std::string("POINTS") : fmt::format("CLASS_{}", section.classification[i]);
}

struct Extent {
  double left = 0, right = 0, low = 0, high = 0;
};
Extent extentOf(const SectionPoints& section) {
  if (section.size() == 0) return {};
  const auto [left, right] = std::minmax_element(section.chainage_m.begin(), section.chainage_m.end());
  const auto [low, high] = std::minmax_element(section.height_m.begin(), section.height_m.end());
  return {*left, *right, *low, *high};
}

void writeHead(Dxf& dxf, const SectionPoints& section, const Extent& extent) {
  dxf.pair(0, "SECTION"), dxf.pair(2, "HEADER");
  dxf.pair(9, "$ACADVER"), dxf.pair(1, "AC1009");
  dxf.pair(9, "$EXTMIN"), dxf.metres(10, extent.left), dxf.metres(20, extent.low), dxf.metres(30, 0);
  dxf.pair(9, "$EXTMAX"), dxf.metres(10, extent.right), dxf.metres(20, extent.high), dxf.metres(30, 0);
  dxf.pair(0, "ENDSEC");
  std::vector<std::uint8_t> classes = section.classification;
  std::sort(classes.begin(), classes.end());
  classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
  dxf.pair(0, "SECTION"), dxf.pair(2, "TABLES");
  dxf.pair(0, "TABLE"), dxf.pair(2, "LAYER"), dxf.pair(70, classes.size() + 2);
  dxf.layer("FRAME", 8);
  if (classes.empty()) dxf.layer("POINTS", 7);
  for (const std::uint8_t c : classes) dxf.layer(fmt::format("CLASS_{}", c), colourOf(c));
  dxf.pair(0, "ENDTAB"), dxf.pair(0, "ENDSEC");
}

}  // namespace

Status writeSectionCsv(const std::filesystem::path& path, const SectionPoints& section, const crs::LocalFrame& frame) {
  std::string text = "chainage_m,offset_m,height_m,easting_m,northing_m";
  if (!section.classification.empty()) text += ",classification";
  if (!section.intensity.empty()) text += ",intensity";
  if (!section.rgb.empty()) text += ",red,green,blue";
  text += "\n";
  for (std::size_t i = 0; i < section.size(); ++i) {
    const Vec3d at = frame.toProjected(section.places[i]);
    fmt::format_to(std::back_inserter(text), "{:.4f},{:.4f},{:.4f},{:.4f},{:.4f}", section.chainage_m[i],
                   section.offset_m[i], section.height_m[i], at.x, at.y);
    if (!section.classification.empty()) fmt::format_to(std::back_inserter(text), ",{}", section.classification[i]);
    if (!section.intensity.empty()) fmt::format_to(std::back_inserter(text), ",{}", section.intensity[i]);
    if (!section.rgb.empty())
      fmt::format_to(std::back_inserter(text), ",{},{},{}", section.rgb[3 * i], section.rgb[3 * i + 1],
                     section.rgb[3 * i + 2]);
    text += "\n";
  }
  return writeFile(path, text);
}

Status writeSectionDxf(const std::filesystem::path& path, const SectionPoints& section) {
  Dxf dxf;
  const Extent extent = extentOf(section);
  writeHead(dxf, section, extent);
  dxf.pair(0, "SECTION"), dxf.pair(2, "ENTITIES");
  dxf.line("FRAME", extent.left, extent.low, extent.right, extent.low);
  dxf.line("FRAME", extent.left, extent.high, extent.right, extent.high);
  const std::size_t every = std::max<std::size_t>(1, (section.size() + most_dxf_points - 1) / most_dxf_points);
  for (std::size_t i = 0; i < section.size(); i += every) {
    dxf.pair(0, "POINT"), dxf.pair(8, layerOf(section, i));
    dxf.metres(10, section.chainage_m[i]), dxf.metres(20, section.height_m[i]), dxf.metres(30, 0);
  }
  dxf.pair(0, "ENDSEC"), dxf.pair(0, "EOF");
  return writeFile(path, dxf.text());
}

}  // namespace hashimichi::measure
