#include "app/panels/guide_window.h"

#include <GLFW/glfw3.h>
#include <imgui.h>

#include <algorithm>
#include <map>

#include "app/desktop/theme.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"
#include "geo/core/file.h"
#include "render/target.h"

namespace hashimichi::app {
namespace {

std::filesystem::path folder() {
  return HASHIMICHI_GUIDE_DIR;
}

}  // namespace

/// Uploaded once each; they live as long as the window's OpenGL context.
struct GuideWindow::Pictures {
  struct One {
    unsigned texture = 0;
    float width = 0, height = 0;
  };
  std::map<std::string, One> by_path;

  const One& at(const std::string& path) {
    const auto found = by_path.find(path);
    if (found != by_path.end()) return found->second;
    One one;
    if (const Result<render::Image> image = render::readPng(folder() / path)) {
      one.width = static_cast<float>(image->width), one.height = static_cast<float>(image->height);
      glGenTextures(1, &one.texture);
      glBindTexture(GL_TEXTURE_2D, one.texture);
      glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
      glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
      glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
      glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, image->width, image->height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                   image->rgba.data());
      glBindTexture(GL_TEXTURE_2D, 0);
    }
    return by_path.emplace(path, one).first->second;
  }
};

GuideWindow::GuideWindow() : pictures_(std::make_unique<Pictures>()) {}
GuideWindow::~GuideWindow() = default;  // the context takes its textures along

void GuideWindow::read(const ViewModel& view) {
  if (language_ == view.language) return;
  language_ = view.language;
  const Result<std::string> text = readFile(folder() / (view.language == Language::ja ? "GUIDE.ja.md" : "GUIDE.md"));
  blocks_.clear();
  if (text) blocks_ = guideBlocks(*text);
  if (!text) blocks_.push_back({GuideBlock::Kind::paragraph, 0, text.error().text(), {}, {}});
}

void GuideWindow::drawContents(float scale) {
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    const GuideBlock& block = blocks_[i];
    if (block.kind != GuideBlock::Kind::heading || block.level > 2) continue;
    ImGui::PushID(static_cast<int>(i));
    if (block.level == 2) ImGui::Indent(8 * scale);
    if (ImGui::Selectable(block.text.c_str())) jump_to_ = i;
    if (block.level == 2) ImGui::Unindent(8 * scale);
    ImGui::PopID();
  }
}

void GuideWindow::drawTable(const GuideBlock& block, std::size_t index, const ViewModel& view) const {
  std::size_t columns = 0;
  for (const auto& row : block.rows) columns = std::max(columns, row.size());
  constexpr std::size_t most_columns = 16;
  columns = std::min(columns, most_columns);
  if (columns == 0) return;
  ImGui::PushID(static_cast<int>(index));
  constexpr ImGuiTableFlags flags = ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_NoSavedSettings |
                                    ImGuiTableFlags_SizingStretchProp | ImGuiTableFlags_RowBg;
  if (ImGui::BeginTable("table", static_cast<int>(columns), flags)) {
    for (std::size_t i = 0; i < block.rows.size(); ++i) {
      ImGui::TableNextRow();
      for (std::size_t c = 0; c < std::min(columns, block.rows[i].size()); ++c) {
        ImGui::TableNextColumn();
        if (i == 0)
          quiet(block.rows[i][c], paletteOf(view.theme));
        else
          ImGui::TextWrapped("%s", block.rows[i][c].c_str());
      }
    }
    ImGui::EndTable();
  }
  ImGui::PopID();
}

void GuideWindow::drawPicture(const ViewModel& view, const GuideBlock& block) {
  const Pictures::One& one = pictures_->at(block.path);
  if (one.texture != 0) {
    const float width = std::min(one.width, ImGui::GetContentRegionAvail().x);
    ImGui::Image(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(one.texture)),
                 {width, width * one.height / std::max(1.0F, one.width)});
  }
  quiet(block.text, paletteOf(view.theme));
}

void GuideWindow::drawBlock(const ViewModel& view, const GuideBlock& block, std::size_t index, float scale) {
  const Palette& colours = paletteOf(view.theme);
  switch (block.kind) {
    case GuideBlock::Kind::heading:
      ImGui::Dummy({0, (block.level == 1 ? 4 : 10) * scale});
      if (jump_to_ == index) ImGui::SetScrollHereY(0), jump_to_.reset();
      if (block.level < 3)
        title(block.text);
      else
        heading(block.text.c_str(), colours);
      break;
    case GuideBlock::Kind::paragraph:
      ImGui::TextWrapped("%s", block.text.c_str());
      ImGui::Dummy({0, 2 * scale});
      break;
    case GuideBlock::Kind::item:
      ImGui::Bullet();
      ImGui::SameLine();
      ImGui::TextWrapped("%s", block.text.c_str());
      break;
    case GuideBlock::Kind::code:
      ImGui::PushStyleColor(ImGuiCol_Text, colours.accent);
      ImGui::TextUnformatted(block.text.c_str());
      ImGui::PopStyleColor();
      if (ImGui::IsItemClicked()) ImGui::SetClipboardText(block.text.c_str());
      if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", say(view, "guide.copy"));
      break;
    case GuideBlock::Kind::table:
      drawTable(block, index, view);
      break;
    case GuideBlock::Kind::picture:
      drawPicture(view, block);
      break;
  }
}

void GuideWindow::draw(const ViewModel& view, CommandQueue& out, float scale) {
  if (!view.open_windows.contains(WindowId::guide)) return;
  read(view);
  const ImVec2 all = ImGui::GetIO().DisplaySize;
  const ImVec2 wanted{std::min(860 * scale, all.x * 0.9F), std::min(640 * scale, all.y * 0.85F)};
  ImGui::SetNextWindowPos({(all.x - wanted.x) / 2, (all.y - wanted.y) / 2}, ImGuiCond_FirstUseEver);
  ImGui::SetNextWindowSize(wanted, ImGuiCond_FirstUseEver);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  bool open = true;
  const std::string id = std::string(say(view, "guide.title")) + "###guide.title";
  if (ImGui::Begin(id.c_str(), &open, ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings)) {
    ImGui::BeginChild("contents", {std::min(220 * scale, ImGui::GetContentRegionAvail().x * 0.3F), 0});
    drawContents(scale);
    ImGui::EndChild();
    ImGui::SameLine(0, 12 * scale);
    ImGui::BeginChild("text", {0, 0});
    for (std::size_t i = 0; i < blocks_.size(); ++i) drawBlock(view, blocks_[i], i, scale);
    ImGui::EndChild();
  }
  ImGui::End();
  ImGui::PopStyleVar();
  if (!open) out.push(ShowWindow{WindowId::guide, false});
}

}  // namespace hashimichi::app
