#include "app/panels/point_legend.h"

#include <fmt/format.h>
#include <imgui.h>

#include "app/desktop/theme.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"
#include "render/point_colours.h"

namespace hashimichi::app {
namespace {

/// Of LAS 1.4 R15, table 17; the others are reserved or free.
constexpr std::array class_keys{"class.c0",  "class.c1",  "class.c2",  "class.c3",  "class.c4",  "class.c5",
                                "class.c6",  "class.c7",  "class.c8",  "class.c9",  "class.c10", "class.c11",
                                "class.c12", "class.c13", "class.c14", "class.c15", "class.c16", "class.c17",
                                "class.c18", "class.c19", "class.c20", "class.c21", "class.c22"};

void square(exporting::Rgb colour, float scale) {
  const float side = 12 * scale;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::GetWindowDrawList()->AddRectFilled({at.x, at.y + 4 * scale}, {at.x + side, at.y + 4 * scale + side},
                                            toImGui(colour), 2);
  ImGui::Dummy({side, side});
}

void classRow(const ViewModel& view, CommandQueue& out, std::uint8_t classification, std::size_t count, float scale) {
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::PushID(classification);
  bool shown = !view.points.style.hidden_classes.test(classification);
  if (ImGui::Checkbox("##shown", &shown)) {
    render::PointStyle style = view.points.style;
    style.hidden_classes.set(classification, !shown);
    out.push(PointCommand{SetPointStyle{style}});
  }
  ImGui::PopID();
  ImGui::TableNextColumn();
  square(render::classColour(classification), scale);
  ImGui::TableNextColumn();
  ImGui::TextUnformatted((std::to_string(classification) + "  " + classWord(view, classification)).c_str());
  ImGui::TableNextColumn();
  rightAligned(number(count), "", paletteOf(view.theme));
}

void classes(const ViewModel& view, CommandQueue& out, float scale) {
  const std::array<std::size_t, 256> counts = countByClass(view);
  if (!ImGui::BeginTable("classes", 4, ImGuiTableFlags_SizingFixedFit)) return;
  ImGui::TableSetupColumn("shown");
  ImGui::TableSetupColumn("colour");
  ImGui::TableSetupColumn("name", ImGuiTableColumnFlags_WidthStretch);
  ImGui::TableSetupColumn("count", ImGuiTableColumnFlags_WidthFixed, 96 * scale);
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0) classRow(view, out, static_cast<std::uint8_t>(i), counts[i], scale);
  ImGui::EndTable();
}

template <typename Colour>
void bar(const std::string& low, const std::string& middle, const std::string& high, Colour colour, float scale) {
  constexpr int steps = 48;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = 12 * scale;
  for (int i = 0; i < steps; ++i)
    ImGui::GetWindowDrawList()->AddRectFilled({at.x + width * static_cast<float>(i) / steps, at.y},
                                              {at.x + width * static_cast<float>(i + 1) / steps, at.y + height},
                                              toImGui(colour((i + 0.5) / steps)));
  ImGui::Dummy({width, height});
  ImGui::TextUnformatted(low.c_str());
  if (!middle.empty()) {
    ImGui::SameLine((width - ImGui::CalcTextSize(middle.c_str()).x) / 2);
    ImGui::TextUnformatted(middle.c_str());
  }
  ImGui::SameLine(std::max(0.0F, width - ImGui::CalcTextSize(high.c_str()).x));
  ImGui::TextUnformatted(high.c_str());
}

struct Ends {
  double low, high;
};

/// The ends that the person set, else those that are drawn, else the usual ones.
Ends endsOf(const ViewModel& view, const render::PointStatus& status, double low, double high) {
  const render::PointStyle& style = view.points.style;
  return {style.range_low.value_or(status.range_low.value_or(low)),
          style.range_high.value_or(status.range_high.value_or(high))};
}

Bounds shownBounds(const ViewModel& view) {
  Bounds all;
  for (const model::PointCloud& cloud : view.project->model->clouds)
    if (!view.points.hidden_clouds.contains(cloud.id)) all.add(cloud.bounds);
  return all;
}

std::string metres(double value) {
  return number(value, 1) + " m";
}

void returnRows(const ViewModel& view, float scale) {
  const Palette& colours = paletteOf(view.theme);
  const auto row = [&](const char* key, double share) {
    square(render::rampColour(share), scale);
    ImGui::SameLine();
    quietLine(say(view, key), colours);
  };
  row("points.return_first", 1);
  row("points.return_middle", 0.5);
  row("points.return_last", 0);
}

void distanceBar(const ViewModel& view, const render::PointStatus& status, float scale) {
  const Palette& colours = paletteOf(view.theme);
  if (!view.points.change) return quiet(say(view, "points.no_comparison"), colours);
  const measure::ChangeSummary& summary = view.points.change->result.summary;
  const double reach = std::max({std::abs(summary.p05_m), std::abs(summary.p95_m), 0.001});
  const Ends ends = endsOf(view, status, -reach, reach);
  const auto words = [](double value) { return fmt::format("{:+.0f} mm", value * 1000); };
  bar(
      words(ends.low), "0", words(ends.high), [](double t) { return render::signedColour(2 * t - 1); }, scale);
}

}  // namespace

std::array<std::size_t, 256> countByClass(const ViewModel& view) {
  std::array<std::size_t, 256> counts{};
  for (const model::PointCloud& cloud : view.project->model->clouds)
    if (!view.points.hidden_clouds.contains(cloud.id))
      for (std::size_t i = 0; i < std::min(counts.size(), cloud.count_by_class.size()); ++i)
        counts[i] += cloud.count_by_class[i];
  return counts;
}

std::string classWord(const ViewModel& view, std::uint8_t classification) {
  if (classification < class_keys.size()) return say(view, class_keys[classification]);
  return say(view, "class.other", {std::to_string(classification)});
}

const char* wordOf(const ViewModel& view, render::PointColour colour) {
  constexpr std::array keys{"points.colour_rgb",    "points.colour_class",   "points.colour_intensity",
                            "points.colour_height", "points.colour_return",  "points.colour_above_ground",
                            "points.colour_age",    "points.colour_distance"};
  return say(view, keys[static_cast<std::size_t>(colour)]);
}

void drawPointLegend(const ViewModel& view, CommandQueue& out, const render::PointStatus& status, float scale) {
  const Palette& colours = paletteOf(view.theme);
  constexpr double intensity_top = 65535, tall_m = 20, old_years = 10;
  switch (view.points.style.colour) {
    case render::PointColour::rgb:
      return quiet(say(view, "points.legend_rgb"), colours);
    case render::PointColour::classification:
      return classes(view, out, scale);
    case render::PointColour::intensity: {
      const Ends ends = endsOf(view, status, 0, intensity_top);
      return bar(number(ends.low), "", number(ends.high), render::greyColour, scale);
    }
    case render::PointColour::height: {
      const Bounds box = shownBounds(view);
      const Ends ends = endsOf(view, status, box.empty() ? 0 : box.low.z, box.empty() ? 1 : box.high.z);
      return bar(metres(ends.low), "", metres(ends.high), render::rampColour, scale);
    }
    case render::PointColour::return_number:
      return returnRows(view, scale);
    case render::PointColour::height_above_ground: {
      const Ends ends = endsOf(view, status, 0, tall_m);
      return bar(metres(ends.low), "", metres(ends.high), render::rampColour, scale);
    }
    case render::PointColour::survey_age: {
      const Ends ends = endsOf(view, status, 0, old_years);
      bar(
          say(view, "points.years", {number(ends.low)}), "", say(view, "points.years", {number(ends.high)}),
          [](double t) { return render::rampColour(1 - t); }, scale);
      square(exporting::no_data, scale);
      ImGui::SameLine();
      return quietLine(say(view, "points.age_unknown"), colours);
    }
    case render::PointColour::distance:
      return distanceBar(view, status, scale);
  }
}

}  // namespace hashimichi::app
