#pragma once
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "render/prepared_town.h"

namespace hashimichi::tests {

// What ImGui drew, looked at without any graphics driver: as a picture, and as letters.

/// The frame as a picture of the part that holds anything (window pixels, two triangles at a time, nearest texel).
class PanelPicture {
 public:
  explicit PanelPicture(const ImDrawData& data) {
    unsigned char* pixels = nullptr;
    int bytes = 0;
    ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &atlas_width_, &atlas_height_, &bytes);
    atlas_ = pixels;
    image_.width = static_cast<int>(data.DisplaySize.x), image_.height = static_cast<int>(data.DisplaySize.y);
    image_.rgba.assign(4 * static_cast<std::size_t>(image_.width) * static_cast<std::size_t>(image_.height), 255);
    for (int i = 0; i < data.CmdListsCount; ++i) drawList(*data.CmdLists[i]);
  }
  /// Cut to what was drawn.
  render::Image image() const {
    render::Image part;
    const int x0 = std::clamp(left_, 0, image_.width), y0 = std::clamp(top_, 0, image_.height);
    part.width = std::max(0, std::min(right_, image_.width) - x0);
    part.height = std::max(0, std::min(bottom_, image_.height) - y0);
    for (int y = y0; y < y0 + part.height; ++y) {
      const auto row = image_.rgba.begin() + 4 * (static_cast<std::ptrdiff_t>(y) * image_.width + x0);
      part.rgba.insert(part.rgba.end(), row, row + static_cast<std::ptrdiff_t>(4) * part.width);
    }
    return part;
  }

 private:
  void drawList(const ImDrawList& list) {
    for (const ImDrawCmd& command : list.CmdBuffer)
      for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
        const ImDrawIdx* index = &list.IdxBuffer[static_cast<int>(command.IdxOffset + i)];
        const auto vertex = [&](int k) -> const ImDrawVert& {
          return list.VtxBuffer[static_cast<int>(command.VtxOffset + index[k])];
        };
        triangle(vertex(0), vertex(1), vertex(2), command.ClipRect);
      }
  }

  void triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const ImVec4& clip) {
    const float area = (b.pos.x - a.pos.x) * (c.pos.y - a.pos.y) - (b.pos.y - a.pos.y) * (c.pos.x - a.pos.x);
    if (area == 0) return;
    const auto low = [](float u, float v, float w, float bound) {
      return static_cast<int>(std::floor(std::max(std::min({u, v, w}), bound)));
    };
    const auto high = [](float u, float v, float w, float bound) {
      return static_cast<int>(std::ceil(std::min(std::max({u, v, w}), bound)));
    };
    const int x0 = std::max(0, low(a.pos.x, b.pos.x, c.pos.x, clip.x)),
              x1 = std::min(image_.width, high(a.pos.x, b.pos.x, c.pos.x, clip.z)),
              y0 = std::max(0, low(a.pos.y, b.pos.y, c.pos.y, clip.y)),
              y1 = std::min(image_.height, high(a.pos.y, b.pos.y, c.pos.y, clip.w));
    if (x1 <= x0 || y1 <= y0) return;
    left_ = std::min(left_, x0), right_ = std::max(right_, x1), top_ = std::min(top_, y0),
    bottom_ = std::max(bottom_, y1);
    for (int y = y0; y < y1; ++y)
      for (int x = x0; x < x1; ++x) {
        const float px = static_cast<float>(x) + 0.5F, py = static_cast<float>(y) + 0.5F;
        const float wb = ((px - a.pos.x) * (c.pos.y - a.pos.y) - (py - a.pos.y) * (c.pos.x - a.pos.x)) / area;
        const float wc = ((b.pos.x - a.pos.x) * (py - a.pos.y) - (b.pos.y - a.pos.y) * (px - a.pos.x)) / area;
        const float wa = 1 - wb - wc;
        if (wa < 0 || wb < 0 || wc < 0) continue;
        const float u = wa * a.uv.x + wb * b.uv.x + wc * c.uv.x, v = wa * a.uv.y + wb * b.uv.y + wc * c.uv.y;
        blend(x, y, a.col, texel(u, v));
      }
  }

  float texel(float u, float v) const {
    const int x = std::clamp(static_cast<int>(u * static_cast<float>(atlas_width_)), 0, atlas_width_ - 1),
              y = std::clamp(static_cast<int>(v * static_cast<float>(atlas_height_)), 0, atlas_height_ - 1);
    return static_cast<float>(atlas_[static_cast<std::ptrdiff_t>(y) * atlas_width_ + x]) / 255;
  }

  void blend(int x, int y, ImU32 colour, float coverage) {
    const float alpha = coverage * static_cast<float>(colour >> IM_COL32_A_SHIFT & 255) / 255;
    unsigned char* pixel = &image_.rgba[4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(image_.width) +
                                             static_cast<std::size_t>(x))];
    constexpr int shifts[3] = {IM_COL32_R_SHIFT, IM_COL32_G_SHIFT, IM_COL32_B_SHIFT};
    for (int i = 0; i < 3; ++i) {
      const auto ink = static_cast<float>(colour >> shifts[i] & 255);
      pixel[i] = static_cast<unsigned char>(ink * alpha + static_cast<float>(pixel[i]) * (1 - alpha));
    }
  }

  render::Image image_;
  const unsigned char* atlas_ = nullptr;
  int atlas_width_ = 1, atlas_height_ = 1;
  int left_ = 1 << 20, top_ = 1 << 20, right_ = 0, bottom_ = 0;
};

/// One letter as it was drawn.
struct DrawnLetter {
  ImVec2 low, high;  ///< as laid out, before the clip rectangle
  ImVec4 clip;
  ImVec2 uv_low, uv_high;
  unsigned character = 0;  ///< 0: it was cut at a side, so that no glyph of the font looks like it
};

/// The glyphs of the present font by where they begin and end in its texture.
class GlyphIndex {
 public:
  GlyphIndex() {
    unsigned char* pixels = nullptr;
    int height = 0;
    ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &width_, &height);
    for (const ImFontGlyph& glyph : ImGui::GetIO().Fonts->Fonts.front()->Glyphs)
      glyphs_.emplace(keyOf(glyph.U0, glyph.U1), &glyph);
  }
  /// 0 when none is as wide as that; one that is cut above or below is found.
  unsigned characterOf(ImVec2 uv_low, ImVec2 uv_high) const {
    constexpr float same = 1e-5F;
    const auto [from, to] = glyphs_.equal_range(keyOf(uv_low.x, uv_high.x));
    for (auto one = from; one != to; ++one)
      if (one->second->V0 <= uv_low.y + same && one->second->V1 >= uv_high.y - same) return one->second->Codepoint;
    return 0;
  }

 private:
  std::int64_t keyOf(float u0, float u1) const {
    const auto texel = [this](float u) {
      return static_cast<std::int64_t>(std::lround(u * static_cast<float>(width_) * 4));
    };
    return texel(u0) << 32 | texel(u1);
  }
  int width_ = 1;
  std::unordered_multimap<std::int64_t, const ImFontGlyph*> glyphs_;
};

/// The letters of one list, by the shape of their quads and their place in the font's texture.
class DrawnLetters {
 public:
  DrawnLetters(const ImDrawList& list, const GlyphIndex& glyphs) {
    for (const ImDrawCmd& command : list.CmdBuffer)
      for (unsigned i = 0; i + 5 < command.ElemCount; i += 3) {
        const ImDrawIdx* index = &list.IdxBuffer[static_cast<int>(command.IdxOffset + i)];
        if (index[1] != index[0] + 1 || index[2] != index[0] + 2 || index[3] != index[0] || index[4] != index[2] ||
            index[5] != index[0] + 3)
          continue;
        const ImDrawVert& first = list.VtxBuffer[static_cast<int>(command.VtxOffset + index[0])];
        const ImDrawVert& third = list.VtxBuffer[static_cast<int>(command.VtxOffset + index[2])];
        if (first.uv.x >= third.uv.x || first.uv.y >= third.uv.y) continue;  // a plain rectangle
        letters_.push_back(
            {first.pos, third.pos, command.ClipRect, first.uv, third.uv, glyphs.characterOf(first.uv, third.uv)});
        i += 3;
      }
  }

  /// Cut at the left or right: by its clip rectangle, or already when it was laid out. (What scrolls is cut above and
  /// below, as it should be.)
  std::string cutLetters() const {
    std::string cut;
    for (const DrawnLetter& letter : letters_) {
      if (!inSight(letter)) continue;
      const bool beyond = letter.low.x < letter.clip.x - 1 || letter.high.x > letter.clip.z + 1;
      if (letter.character == 0)
        cut += "(?)";
      else if (beyond)
        append(cut, letter.character);
    }
    return cut;
  }

  /// Pairs of letters that lie on each other by more than a third of the smaller one.
  std::string overlaps() const {
    std::string pairs;
    std::vector<const DrawnLetter*> sorted;
    for (const DrawnLetter& letter : letters_)
      if (inSight(letter) && letter.high.x > letter.clip.x && letter.low.x < letter.clip.z) sorted.push_back(&letter);
    std::ranges::sort(sorted, {}, [](const DrawnLetter* letter) { return letter->low.x; });
    for (std::size_t i = 0; i < sorted.size(); ++i)
      for (std::size_t j = i + 1; j < sorted.size() && sorted[j]->low.x < sorted[i]->high.x; ++j)
        if (onEachOther(*sorted[i], *sorted[j])) {
          append(pairs, sorted[i]->character), append(pairs, sorted[j]->character);
          pairs += ' ';
        }
    return pairs;
  }

 private:
  static bool inSight(const DrawnLetter& letter) {
    const float middle = (letter.low.y + letter.high.y) / 2;
    return middle > letter.clip.y && middle < letter.clip.w && letter.clip.z > letter.clip.x + 1;
  }
  /// Letters are drawn with a soft rim; in small text those of neighbours share a pixel.
  static constexpr float a_pixels_rim = 1.5F;
  static bool onEachOther(const DrawnLetter& a, const DrawnLetter& b) {
    const float width = std::min(a.high.x, b.high.x) - std::max(a.low.x, b.low.x),
                height = std::min(a.high.y, b.high.y) - std::max(a.low.y, b.low.y);
    if (width <= a_pixels_rim || height <= 0) return false;
    const bool same_glyph = a.uv_low.x == b.uv_low.x && a.uv_low.y == b.uv_low.y;
    if (same_glyph && std::fabs(a.low.x - b.low.x) < 1.5F) return false;  // a strong hand: drawn twice
    const auto area = [](const DrawnLetter& c) { return (c.high.x - c.low.x) * (c.high.y - c.low.y); };
    return width * height > std::min(area(a), area(b)) / 3;
  }
  static void append(std::string& text, unsigned character) {
    if (character < 0x80) {
      text += static_cast<char>(character);
    } else if (character < 0x800) {
      text += static_cast<char>(0xC0 | character >> 6);
      text += static_cast<char>(0x80 | (character & 0x3F));
    } else {
      text += static_cast<char>(0xE0 | character >> 12);
      text += static_cast<char>(0x80 | (character >> 6 & 0x3F));
      text += static_cast<char>(0x80 | (character & 0x3F));
    }
  }

  std::vector<DrawnLetter> letters_;
};

}  // namespace hashimichi::tests
