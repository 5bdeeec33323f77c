#include "geo/export/qgis_style.h"

#include <fmt/format.h>

#include "geo/core/text.h"
#include "geo/export/palette.h"
#include "geo/export/sheet_symbols.h"
#include "geo/export/words.h"

namespace hashimichi::exporting {
namespace {

using project::Shape;

std::string colour(Rgb c) {
  return fmt::format("{},{},{},255", c.r, c.g, c.b);
}

std::string layer(const char* type, std::initializer_list<std::pair<const char*, std::string>> properties) {
  std::string xml = fmt::format("<layer class=\"{}\" enabled=\"1\" locked=\"0\" pass=\"0\">", type);
  for (const auto& [key, value] : properties) xml += fmt::format("<prop k=\"{}\" v=\"{}\"/>", key, value);
  return xml + "</layer>";
}

std::string line(Rgb c, double width_mm, bool dashed) {
  return layer("SimpleLine", {{"line_color", colour(c)},
                              {"line_width", fmt::format("{:.2f}", width_mm)},
                              {"line_width_unit", "MM"},
                              {"line_style", dashed ? "dash" : "solid"},
                              {"capstyle", "round"},
                              {"joinstyle", "round"}});
}

/// Casing below, rank above, as on the sheet.
std::string symbolLayers(Shape shape, int band) {
  const Rgb fill = rank_colours[static_cast<std::size_t>(band)];
  const std::string outline = colour(rank_casing);
  if (shape == Shape::line)
    return line(rank_casing, roadWidth_mm(band) + 2 * road_casing_mm, false) +
           line(fill, roadWidth_mm(band), band == 0);
  if (shape == Shape::polygons)
    return layer("SimpleFill", {{"color", colour(fill)},
                                {"style", band == 0 ? "b_diagonal" : "solid"},
                                {"outline_color", outline},
                                {"outline_width", "0.2"},
                                {"outline_width_unit", "MM"}});
  return layer("SimpleMarker", {{"name", "square"},
                                {"color", colour(fill)},
                                {"size", "4"},
                                {"size_unit", "MM"},
                                {"outline_color", outline},
                                {"outline_width", "0.4"},
                                {"outline_width_unit", "MM"}});
}

const char* symbolType(Shape shape) {
  return shape == Shape::line ? "line" : shape == Shape::polygons ? "fill" : "marker";
}

}  // namespace

std::string qgisStyle(Shape shape, assess::Subject subject, Language language) {
  std::string categories, symbols;
  for (int band = 0; band <= 5; ++band) {
    categories += fmt::format("<category value=\"{0}\" symbol=\"{0}\" render=\"true\" label=\"{1} {2}\"/>", band,
                              rankNumeral(band), escapeXml(bandMeaning(subject, band, language)));
    symbols +=
        fmt::format("<symbol name=\"{}\" type=\"{}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">{}</symbol>",
                    band, symbolType(shape), symbolLayers(shape, band));
  }
  // Sooner ranks are drawn over later ones.
  return fmt::format(
      "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
      "<qgis version=\"3.22\" styleCategories=\"Symbology\"><renderer-v2 type=\"categorizedSymbol\" attr=\"band\" "
      "enableorderby=\"1\" symbollevels=\"0\" forceraster=\"0\"><categories>{}</categories><symbols>{}</symbols>"
      "<orderby><orderByClause asc=\"0\" nullsFirst=\"1\">\"rank\"</orderByClause></orderby></renderer-v2></qgis>\n",
      categories, symbols);
}

}  // namespace hashimichi::exporting
