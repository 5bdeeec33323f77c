#include "app/panels/section_window.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/desktop/icons.h"
#include "app/panels/point_legend.h"
#include "app/widgets/asset_words.h"
#include "app/widgets/facts.h"
#include "app/widgets/tool_window.h"
#include "render/point_colours.h"

namespace hashimichi::app {
namespace {

struct Ends {
  double low, high;
};

Ends endsOf(const std::vector<double>& values) {
  Ends ends{values.empty() ? 0 : values.front(), values.empty() ? 1 : values.front()};
  for (const double value : values) ends = {std::min(ends.low, value), std::max(ends.high, value)};
  return ends;
}

/// The colour of the picture where the section carries what it needs, else by height.
exporting::Rgb colourOf(const render::PointStyle& style, const measure::SectionPoints& points, std::size_t i,
                        const Ends& heights) {
  constexpr double intensity_top = 65535;
  switch (style.colour) {
    case render::PointColour::rgb:
      if (points.rgb.size() == 3 * points.size())
        return {points.rgb[3 * i], points.rgb[3 * i + 1], points.rgb[3 * i + 2]};
      break;
    case render::PointColour::classification:
      if (i < points.classification.size()) return render::classColour(points.classification[i]);
      break;
    case render::PointColour::intensity:
      if (i < points.intensity.size()) {
        const double low = style.range_low.value_or(0), high = style.range_high.value_or(intensity_top);
        return render::greyColour((points.intensity[i] - low) / std::max(1e-9, high - low));
      }
      break;
    default:
      break;
  }
  const bool by_height = style.colour == render::PointColour::height;
  const double low = by_height ? style.range_low.value_or(heights.low) : heights.low;
  const double high = by_height ? style.range_high.value_or(heights.high) : heights.high;
  return render::rampColour((points.height_m[i] - low) / std::max(1e-9, high - low));
}

PlotRange withMargin(Ends ends) {
  const double margin = std::max(0.05, (ends.high - ends.low) * 0.04);
  return {ends.low - margin, ends.high + margin};
}

void zoom(PlotRange& range, double about, double factor) {
  constexpr double narrowest_m = 0.01, widest_m = 1e6;
  if (range.span() * factor < narrowest_m || range.span() * factor > widest_m) return;
  range = {about + (range.low - about) * factor, about + (range.high - about) * factor};
}

}  // namespace

void SectionWindow::showAll() {
  x_ = withMargin(endsOf(shown_->points.chainage_m));
  y_ = withMargin(endsOf(shown_->points.height_m));
}

void SectionWindow::roadFields(const ViewModel& view, CommandQueue& out, float scale) {
  const model::RoadSegment* road =
      view.selection && view.selection->kind == model::AssetKind::road ? roadOf(view, view.selection->id) : nullptr;
  if (!road || road->centreline.size() < 2) return quiet(say(view, "section.help"), paletteOf(view.theme));
  if (road_ != road->id) road_ = road->id, from_m_ = 0, to_m_ = static_cast<float>(road->length_m);
  ImGui::AlignTextToFramePadding();
  quietLine(nameOf(view, *view.selection), paletteOf(view.theme));
  ImGui::SameLine();
  ImGui::SetNextItemWidth(90 * scale);
  ImGui::DragFloat("##from", &from_m_, 1, 0, to_m_, "%.0f m");
  ImGui::SameLine();
  quietLine("–", paletteOf(view.theme));
  ImGui::SameLine();
  ImGui::SetNextItemWidth(90 * scale);
  ImGui::DragFloat("##to", &to_m_, 1, from_m_, static_cast<float>(road->length_m), "%.0f m");
  ImGui::SameLine();
  if (!ImGui::Button(say(view, "section.along_road"))) return;
  CutSection cut;
  cut.wish.line = road->centreline;
  cut.wish.width_m = view.points.section_width_m;
  cut.wish.from_m = static_cast<double>(from_m_);
  cut.wish.to_m = static_cast<double>(to_m_);
  cut.name = nameOf(view, *view.selection);
  out.push(PointCommand{cut});
}

void SectionWindow::drawTools(const ViewModel& view, CommandQueue& out, PathDialog& dialog, float scale) {
  const Palette& colours = paletteOf(view.theme);
  const bool cutting = view.points.tool == PointTool::section;
  if (ImGui::Button(say(view, cutting ? "section.cancel_line" : "section.draw_line")))
    out.push(PointCommand{SetPointTool{PointTool::section}});
  ImGui::SameLine();
  ImGui::AlignTextToFramePadding();
  quietLine(say(view, "section.width"), colours);
  ImGui::SameLine();
  ImGui::SetNextItemWidth(90 * scale);
  auto width = static_cast<float>(view.points.section_width_m);
  if (ImGui::DragFloat("##width", &width, 0.05F, 0.01F, 200, "%.2f m"))
    out.push(PointCommand{SetSectionWidth{static_cast<double>(width)}});
  if (shown_) {
    ImGui::SameLine();
    if (ImGui::Button(say(view, "section.again"))) {
      CutSection cut{shown_->wish, shown_->name};
      cut.wish.width_m = view.points.section_width_m;
      out.push(PointCommand{cut});
    }
    ImGui::SameLine();
    ImGui::Checkbox(say(view, "section.equal"), &equal_scales_);
    ImGui::SameLine();
    if (ImGui::Button(say(view, "section.export"))) dialog.open(PathPurpose::section_file, view);
  }
  roadFields(view, out, scale);
}

void SectionWindow::steer(const PlotFrame& frame) {
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsItemHovered() && io.MouseWheel != 0) {
    const double factor = std::pow(0.85, static_cast<double>(io.MouseWheel));
    const double about_x = frame.xAt(io.MousePos.x), about_y = frame.yAt(io.MousePos.y);
    zoom(x_, about_x, factor), zoom(y_, about_y, factor);
  }
  if (ImGui::IsItemActive() && (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)) {
    const double dx = frame.xAt(0) - frame.xAt(io.MouseDelta.x), dy = frame.yAt(0) - frame.yAt(io.MouseDelta.y);
    x_ = {x_.low + dx, x_.high + dx}, y_ = {y_.low + dy, y_.high + dy};
  }
  if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) showAll();
}

void SectionWindow::rasterise(const ViewModel& view, const PlotFrame& frame, float cell) {
  const Raster wanted{shown_.get(), frame.x,      frame.y, frame.low.x,      frame.low.y,
                      frame.high.x, frame.high.y, cell,    view.points.style};
  if (wanted == raster_) return;
  raster_ = wanted;
  cells_.clear();
  const measure::SectionPoints& points = shown_->points;
  const auto columns = static_cast<std::size_t>((frame.high.x - frame.low.x) / cell) + 1;
  const auto rows = static_cast<std::size_t>((frame.high.y - frame.low.y) / cell) + 1;
  std::vector<bool> taken(columns * rows);
  const Ends heights = endsOf(points.height_m);
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i < points.classification.size() && view.points.style.hidden_classes.test(points.classification[i])) continue;
    const ImVec2 at = frame.toScreen(points.chainage_m[i], points.height_m[i]);
    if (!frame.contains(at)) continue;
    const auto column = static_cast<std::size_t>((at.x - frame.low.x) / cell);
    const auto row = static_cast<std::size_t>((at.y - frame.low.y) / cell);
    if (taken[row * columns + column]) continue;
    taken[row * columns + column] = true;
    cells_.push_back({{frame.low.x + static_cast<float>(column) * cell, frame.low.y + static_cast<float>(row) * cell},
                      toImGui(colourOf(view.points.style, points, i, heights))});
  }
}

void SectionWindow::drawPlot(const ViewModel& view, float scale) {
  const Palette& colours = paletteOf(view.theme);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const ImVec2 size{std::max(120 * scale, room.x),
                    std::max(80 * scale, room.y - ImGui::GetTextLineHeightWithSpacing())};
  area_ = Area{at, size};
  ImGui::InvisibleButton("plot", size);
  PlotFrame frame = PlotFrame::inside(at, size, x_, y_, scale);
  if (equal_scales_) {  // a metre up is as long as a metre along
    const double per_px = x_.span() / static_cast<double>(frame.high.x - frame.low.x);
    const double middle = (y_.low + y_.high) / 2, half = per_px * static_cast<double>(frame.high.y - frame.low.y) / 2;
    frame.y = {middle - half, middle + half};
  }
  steer(frame);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  frame.drawAxes(list, colours, "m", "m");
  const float cell = std::max(1.0F, std::round(2 * scale));
  rasterise(view, frame, cell);
  for (const Cell& one : cells_) list.AddRectFilled(one.at, {one.at.x + cell, one.at.y + cell}, one.colour);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (ImGui::IsItemHovered())
    frame.drawCursor(list, mouse,
                     say(view, "section.cursor", {number(frame.xAt(mouse.x), 2), number(frame.yAt(mouse.y), 3)}),
                     colours);
  const measure::SectionPoints& points = shown_->points;
  std::string words = say(view, "section.sum", {number(points.size()), number(points.width_m, 2)});
  if (points.basis.unrefined) words += std::string("  ") + icon::alert + " " + say(view, "measure.unrefined");
  quietLine(words, colours);
}

void SectionWindow::draw(const ViewModel& view, CommandQueue& out, PathDialog& dialog, float scale) {
  area_.reset();
  if (shown_ != view.points.section) {
    shown_ = view.points.section;
    raster_ = {};  // another section may come to lie at the same address
    if (shown_) showAll();
  }
  toolWindow(view, out, WindowId::section, "section.title", {820, 380}, {0.5F, 0.93F}, scale, [&] {
    drawTools(view, out, dialog, scale);
    if (shown_) drawPlot(view, scale);
  });
}

}  // namespace hashimichi::app
