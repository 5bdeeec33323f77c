#include "render/tiled_picture.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "render/scene_inside.h"

namespace hashimichi::render {
namespace {

/// Wider than the widest point, line and shadow of eye-dome lighting.
constexpr int margin_px = 16;

}  // namespace

TiledPicture::TiledPicture(Target& target, Scene& scene, int width_px, int height_px, TileSize tile)
    : target_(target),
      scene_(scene),
      tile_(tile),
      width_px_(std::clamp(width_px, 1, largest_picture_px)),
      height_px_(std::clamp(height_px, 1, largest_picture_px)) {
  tile_.width_px = std::clamp(tile_.width_px, 1, width_px_),
  tile_.height_px = std::clamp(tile_.height_px, 1, height_px_);
  const SceneInside& in = insideOf(scene_);
  in.renderer->GetBackground(sky_low_), in.renderer->GetBackground2(sky_high_);
}

TiledPicture::~TiledPicture() {
  SceneInside& in = insideOf(scene_);
  in.tile = {}, in.points_chosen = false;
  in.renderer->SetBackground(sky_low_), in.renderer->SetBackground2(sky_high_);
  in.changed = true;
}

double TiledPicture::fraction() const {
  const double row = static_cast<double>(left_px_) / width_px_ * std::min(tile_.height_px, height_px_ - top_px_);
  return finished() ? 1 : (top_px_ + row) / height_px_;
}

void TiledPicture::drawTile(int left_px, int top_px, int width_px, int height_px) {
  SceneInside& in = insideOf(scene_);
  in.tile = {left_px, top_px, width_px_, height_px_};
  // VTK's sky runs over what is drawn in one go.
  double low[3], high[3];
  for (int i = 0; i < 3; ++i) {
    const auto at = [&](int y_px) {
      return std::clamp(sky_high_[i] + (sky_low_[i] - sky_high_[i]) * y_px / height_px_, 0.0, 1.0);
    };
    low[i] = at(top_px + height_px), high[i] = at(top_px);
  }
  in.renderer->SetBackground(low), in.renderer->SetBackground2(high);
  in.changed = true;
  target_.resize(width_px, height_px);
  if (std::exchange(first_, false))
    target_.drawComplete(scene_);
  else
    target_.draw(scene_);
  in.points_chosen = true;
}

std::optional<Band> TiledPicture::step() {
  if (finished()) return std::nullopt;
  const int width = std::min(tile_.width_px, width_px_ - left_px_),
            rows = std::min(tile_.height_px, height_px_ - top_px_);
  // All tiles have one size, whatever is cut off, so that the framebuffer is made once.
  const bool whole = tile_.width_px >= width_px_ && tile_.height_px >= height_px_;
  const int margin = whole ? 0 : margin_px;
  drawTile(left_px_ - margin, top_px_ - margin, tile_.width_px + 2 * margin, tile_.height_px + 2 * margin);
  const Image image = target_.read();
  const auto row_bytes = 4 * static_cast<std::size_t>(width_px_);
  if (left_px_ == 0) band_ = {top_px_, rows, std::vector<std::uint8_t>(row_bytes * static_cast<std::size_t>(rows))};
  for (int row = 0; row < rows; ++row)
    std::memcpy(&band_.rgba[static_cast<std::size_t>(row) * row_bytes + 4 * static_cast<std::size_t>(left_px_)],
                &image.rgba[4 * (static_cast<std::size_t>(row + margin) * static_cast<std::size_t>(image.width) +
                                 static_cast<std::size_t>(margin))],
                4 * static_cast<std::size_t>(width));
  left_px_ += width;
  if (left_px_ < width_px_) return std::nullopt;
  left_px_ = 0, top_px_ += rows;
  return std::move(band_);
}

Image drawImage(Target& target, Scene& scene, int width_px, int height_px, TileSize tile) {
  TiledPicture picture(target, scene, width_px, height_px, tile);
  Image image{picture.width(), picture.height(), {}};
  while (!picture.finished())
    if (const std::optional<Band> band = picture.step())
      image.rgba.insert(image.rgba.end(), band->rgba.begin(), band->rgba.end());
  return image;
}

}  // namespace hashimichi::render
