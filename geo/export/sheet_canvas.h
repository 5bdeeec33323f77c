#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "geo/core/result.h"
#include "geo/export/palette.h"
#include "geo/export/sheet_layout.h"

namespace hashimichi::exporting {

inline constexpr Rgb ink{28, 32, 38}, quiet_ink{98, 106, 118}, rule_grey{160, 166, 174}, white{255, 255, 255};

enum class Align { left, centre, right };

struct TextStyle {
  double size_pt = 7.5;
  bool bold = false;
  Rgb colour = ink;
  Align align = Align::left;
  double width_mm = 0;   ///< wraps there when positive
  int most_lines = 0;    ///< ends in an ellipsis beyond; 0 = as many as needed
  double halo_mm = 0;    ///< white rim for text on a map
  double angle_rad = 0;  ///< clockwise on paper, about the anchor
};

struct TextSize {
  double width_mm = 0, height_mm = 0;
};

/// 8-bit grey picture, row 0 at the top.
struct GreyImage {
  int width = 0, height = 0;
  std::vector<unsigned char> pixels;
};

/// A PDF of A3 pages, drawn in millimetres (y down) with embedded fonts. Cairo and Pango stay behind it.
///
/// A path is collected by moveTo / lineTo / close or one of the shapes and used up by fill or stroke. Failures of the
/// file show once, in finish().
class Canvas {
 public:
  explicit Canvas(const std::filesystem::path& path);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  void describe(const std::string& title, const std::string& subject, const std::string& creator);
  void nextPage();
  Status finish();

  void moveTo(PaperPoint p);
  void lineTo(PaperPoint p);
  void close();
  void rectangle(const Box& box);
  void circle(PaperPoint centre, double radius_mm);

  void fill(Rgb colour, bool keep_path = false);
  /// Diagonal grey lines: held, not assessed, no data.
  void fillHatched(bool keep_path = false);
  /// Round caps and joins; `dash_mm` = length of dash and gap, 0 = solid.
  void stroke(Rgb colour, double width_mm, double dash_mm = 0, bool keep_path = false);

  void clipTo(const Box& box);
  void endClip();
  void image(const Box& box, const GreyImage& image);

  /// Anchor: the upper edge of the first line; left, centre or right by the style.
  /// @returns the height that was used
  double text(PaperPoint anchor, const std::string& utf8, const TextStyle& style);
  /// Centred on a point in both directions.
  void textAround(PaperPoint centre, const std::string& utf8, TextStyle style);
  TextSize measure(const std::string& utf8, const TextStyle& style);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hashimichi::exporting
