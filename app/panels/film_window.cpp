#include "app/panels/film_window.h"

#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <array>

#include "app/desktop/theme.h"
#include "app/panels/path_dialog.h"
#include "app/session/encoder.h"
#include "app/session/film.h"
#include "app/widgets/facts.h"
#include "app/widgets/tool_window.h"
#include "geo/core/file.h"

namespace hashimichi::app {
namespace {

void label(const char* text, const Palette& colours, float scale) {
  ImGui::AlignTextToFramePadding();
  quietLine(text, colours);
  ImGui::SameLine(120 * scale);
  ImGui::SetNextItemWidth(-1);
}

}  // namespace

/// A place beside the project, until the person writes another one.
void FilmWindow::propose(const ViewModel& view) {
  if (out_ != proposed_) return;
  const std::filesystem::path beside = view.project->folder.parent_path() / view.project->folder.stem();
  const bool still = film_.along == FilmTown::Path::still;
  proposed_ = out_ = toUtf8(beside) + (still ? ".png" : Encoder::find() ? ".mp4" : "-film");
}

void FilmWindow::drawSize(const ViewModel& view, float scale) {
  const Palette& colours = paletteOf(view.theme);
  constexpr std::array<std::array<int, 2>, 6> sizes{
      {{1280, 720}, {1920, 1080}, {3840, 2160}, {7016, 4961}, {9933, 7016}, {16384, 16384}}};
  const auto words = [](int width, int height) { return std::to_string(width) + " × " + std::to_string(height); };
  label(say(view, "film.size"), colours, scale);
  if (ImGui::BeginCombo("##sizes", words(film_.width_px, film_.height_px).c_str())) {
    for (const auto& [width, height] : sizes)
      if (ImGui::Selectable(words(width, height).c_str(), width == film_.width_px && height == film_.height_px))
        film_.width_px = width, film_.height_px = height;
    ImGui::EndCombo();
  }
  int size[2]{film_.width_px, film_.height_px};
  label(say(view, "film.pixels"), colours, scale);
  if (ImGui::InputInt2("##pixels", size)) {
    film_.width_px = std::clamp(size[0], 16, render::largest_picture_px);
    film_.height_px = std::clamp(size[1], 16, render::largest_picture_px);
  }
  label("", colours, scale);
  ImGui::Checkbox(say(view, "film.legend"), &film_.legend);
}

void FilmWindow::drawFilm(const ViewModel& view, float scale) {
  const Palette& colours = paletteOf(view.theme);
  auto seconds = static_cast<float>(film_.seconds);
  label(say(view, "film.seconds"), colours, scale);
  if (ImGui::SliderFloat("##seconds", &seconds, 1, 120, "%.0f s")) film_.seconds = static_cast<double>(seconds);
  label(say(view, "film.rate"), colours, scale);
  ImGui::SliderInt("##rate", &film_.frames_per_second, 1, 60);
  quiet(say(view, "film.pictures", {number(film_.seconds * film_.frames_per_second)}), colours);
  if (film_.along == FilmTown::Path::viewpoints && view.edits.book.viewpoints.size() < 2)
    quiet(say(view, "film.few_viewpoints"), colours);
  if (!Encoder::find()) quiet(say(view, "film.no_encoder"), colours);
}

void FilmWindow::draw(const ViewModel& view, CommandQueue& out, float scale) {
  toolWindow(view, out, WindowId::film, "film.title", {440, 380}, {0.5F, 0.35F}, scale, [&] {
    const Palette& colours = paletteOf(view.theme);
    const std::array ways{say(view, "film.turntable"), say(view, "film.along"), say(view, "film.still")};
    int along = static_cast<int>(film_.along);
    label(say(view, "film.what"), colours, scale);
    if (ImGui::Combo("##along", &along, ways.data(), static_cast<int>(ways.size())))
      film_.along = static_cast<FilmTown::Path>(along);
    propose(view);
    drawSize(view, scale);
    const bool still = film_.along == FilmTown::Path::still;
    if (!still) drawFilm(view, scale);
    label(say(view, still ? "film.file" : "film.place"), colours, scale);
    ImGui::InputText("##out", &out_);
    if (!still) quiet(say(view, "film.place_help"), colours);
    const bool busy = view.look.film && !view.look.film->ended();
    ImGui::Spacing();
    ImGui::BeginDisabled(busy || out_.empty());
    if (mainButton(say(view, still ? "film.save" : "film.start"), {0, 0}, colours) && !busy) {
      film_.out = pathFromTyped(out_);
      out.push(LookCommand{film_});
    }
    ImGui::EndDisabled();
    if (busy) quiet(say(view, "film.running"), colours);
  });
}

}  // namespace hashimichi::app
