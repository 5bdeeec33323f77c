#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "render/target.h"

namespace hashimichi::render {

/// The largest side of a picture; what one reads back at once would be a gigabyte.
inline constexpr int largest_picture_px = 16384;

/// Some whole rows of a picture.
struct Band {
  int first_row = 0, rows = 0;     ///< from the top
  std::vector<std::uint8_t> rgba;  ///< 4 per pixel, top row first
};

/// What is drawn in one go. A graphics card holds at least this much in one framebuffer.
struct TileSize {
  int width_px = 4096, height_px = 1024;
};

/// A picture of any size up to largest_picture_px a side, drawn tile after tile through parts of one camera's view, so
/// that memory holds one band of rows at a time.
///
/// Widths of lines, sizes of points and texts are those of the whole picture in pixels; texts are placed in the whole,
/// and a tile is drawn with a margin that is cut off, so that nothing ends at its edge. Points are chosen once for the
/// whole picture. Main thread only; the target changes its size, and the scene's camera and town must stay as they are
/// until this is gone.
class TiledPicture {
 public:
  /// Sizes outside 1…largest_picture_px are brought inside.
  TiledPicture(Target& target, Scene& scene, int width_px, int height_px, TileSize tile = {});
  ~TiledPicture();
  TiledPicture(const TiledPicture&) = delete;
  TiledPicture& operator=(const TiledPicture&) = delete;

  int width() const { return width_px_; }
  int height() const { return height_px_; }
  bool finished() const { return top_px_ >= height_px_; }
  /// 0…1 of the tiles.
  double fraction() const;
  /// Draws the next tile; returns the band whose last one it was.
  std::optional<Band> step();

 private:
  void drawTile(int left_px, int top_px, int width_px, int height_px);

  Target& target_;
  Scene& scene_;
  TileSize tile_;
  int width_px_, height_px_, left_px_ = 0, top_px_ = 0;
  bool first_ = true;
  double sky_low_[3], sky_high_[3];
  Band band_;
};

/// The whole picture at once; for sizes whose pixels fit into memory.
Image drawImage(Target& target, Scene& scene, int width_px, int height_px, TileSize tile = {});

}  // namespace hashimichi::render
