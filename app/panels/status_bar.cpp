#include "app/panels/status_bar.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
#include "app/widgets/ellipsis.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"
#include "geo/crs/japan.h"

namespace hashimichi::app {
namespace {

/// JGD2011 and WGS 84 differ by less than the fifth decimal shows.
constexpr const char* degrees_crs = "EPSG:4326";
/// Above this length a driver's name tells more than anybody asked for.
constexpr std::size_t renderer_shown = 28;

/// The steps that the working rooms report, in their own words, and the key of each. Others (names of files) are shown
/// as they are.
constexpr std::array<std::pair<std::string_view, std::string_view>, 18> steps{{
    {"looking at the files", "step.files"},
    {"joining", "step.joining"},
    {"opening", "step.opening"},
    {"saving", "step.saving"},
    {"drawing the map sheet", "step.sheet"},
    {"drawing the work list", "step.work_list"},
    {"roads", "step.roads"},
    {"bridges", "step.bridges"},
    {"buildings", "step.buildings"},
    {"terrain", "step.terrain"},
    {"orthophoto", "step.orthophoto"},
    {"point survey", "step.survey"},
    {"points", "step.points"},
    {"roads and bridges", "step.roads_bridges"},
    {"imagery", "step.imagery"},
    {"points and names", "step.points_names"},
    {"picking", "step.picking"},
    {"textures", "step.textures"},
}};

std::string stepText(const ViewModel& view, const std::string& step) {
  for (const auto& [word, key] : steps)
    if (word == step) return say(view, key);
  return step;
}

/// "40 s", "3 min" as one says it: nobody reads tenths of what is only foreseen.
std::string remainingText(const ViewModel& view, double seconds) {
  if (seconds < 60) return say(view, "jobs.seconds_left", {number(std::ceil(seconds / 5) * 5)});
  return say(view, "jobs.minutes_left", {number(std::ceil(seconds / 60))});
}

std::string jobText(const ViewModel& view, const JobView& job) {
  std::string text = job.waiting ? std::string(say(view, "status.waiting")) : stepText(view, job.step);
  if (job.fraction >= 0) text += fmt::format("  {:.0f} %", job.fraction * 100);
  if (job.remaining_s) text += "  " + remainingText(view, *job.remaining_s);
  return text;
}

/// @param room  in pixels, for all of it
void jobLine(const ViewModel& view, CommandQueue& out, const JobView& job, float room, float scale) {
  const Palette& colours = paletteOf(view.theme);
  const float gap = ImGui::GetStyle().ItemSpacing.x, bar = 80 * scale, button = 28 * scale;
  float left = room - bar - button - 3 * gap;
  const std::string name = ellipsised(job.title, left * 0.4F);
  ImGui::TextUnformatted(name.c_str());
  left -= ImGui::CalcTextSize(name.c_str()).x + gap;
  ImGui::SameLine();
  quietLine(ellipsised(jobText(view, job), left), colours);
  if (job.fraction >= 0) {
    ImGui::SameLine();
    const float y = ImGui::GetCursorPosY();
    ImGui::SetCursorPosY(y + 5 * scale);
    scoreBar(job.fraction, {bar, 6 * scale}, colours.accent, colours.rule);
    ImGui::SameLine();
    ImGui::SetCursorPosY(y);
  } else {
    ImGui::SameLine();
  }
  ImGui::PushID(static_cast<int>(job.id));
  if (ImGui::SmallButton(icon::close)) out.push(CancelJob{job.id});
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", say(view, "status.cancel"));
  ImGui::PopID();
}

/// Those that wait behind the one that runs; all of them with their progress in the tooltip.
void furtherJobs(const ViewModel& view) {
  quietLine("+" + std::to_string(view.jobs.size() - 1), paletteOf(view.theme));
  if (!ImGui::IsItemHovered()) return;
  ImGui::BeginTooltip();
  for (const JobView& job : view.jobs) ImGui::TextUnformatted((job.title + "  " + jobText(view, job)).c_str());
  ImGui::EndTooltip();
}

std::string detailText(const ViewModel& view, const render::PointStatus& points) {
  if (!points.detail_complete) return say(view, "points.loading");
  return say(view, points.whole ? "points.complete" : "points.within_budget");
}

std::string shortRenderer(const std::string& renderer) {
  const std::size_t bracket = renderer.find(" (");
  return renderer.substr(0, std::min({renderer.size(), bracket, renderer_shown}));
}

}  // namespace

std::string StatusBar::placeText(const ViewModel& view, Vec3d ground) {
  const model::CityModelPtr& model = view.project->model;
  if (degrees_of_ != model) {
    degrees_of_ = model;
    to_degrees_.reset();
    if (Result<crs::FromLocal> made = crs::FromLocal::create(model->frame, degrees_crs)) to_degrees_ = std::move(*made);
  }
  std::string text;
  if (to_degrees_)
    if (const std::optional<Vec3d> degrees = (*to_degrees_)(ground))
      text = fmt::format("{} {:.5f}°  {} {:.5f}°   ", degrees->y < 0 ? "S" : "N", std::abs(degrees->y),
                         degrees->x < 0 ? "W" : "E", std::abs(degrees->x));
  const Vec3d plane = model->frame.toProjected(ground);
  const std::string zone = crs::planeZoneNumeral(model->frame.epsg());
  if (model->frame.northingFirst())
    text +=
        fmt::format("{} X {:.1f}  Y {:.1f}   ", zone.empty() ? "" : say(view, "status.zone", {zone}), plane.y, plane.x);
  else
    text += fmt::format("EPSG:{}  E {:.1f}  N {:.1f}   ", model->frame.epsg(), plane.x, plane.y);
  return text + fmt::format("{} {:.1f} m", zone.empty() ? "H" : "T.P.", plane.z);
}

void StatusBar::draw(const ViewModel& view, CommandQueue& out, const std::optional<Vec3d>& ground,
                     const std::string& renderer, const render::PointStatus& points, float scale) {
  const Palette& colours = paletteOf(view.theme);
  const float all = ImGui::GetWindowWidth(), gap = 24 * scale;
  std::string right = shortRenderer(renderer) + "   " + say(view, "status.offline");
  if (view.project && !view.project->model->clouds.empty()) right = detailText(view, points) + "   " + right;
  const std::string left = view.project && ground ? placeText(view, *ground)
                           : view.project         ? view.project->model->frame.name()
                                                  : std::string(say(view, "status.ready"));
  const float for_jobs = view.jobs.empty() ? 0 : std::min(420 * scale, all * 0.4F);
  const float for_left = std::min(ImGui::CalcTextSize(left.c_str()).x, all - for_jobs - 2 * gap);
  right = ellipsised(right, all - for_left - for_jobs - 3 * gap);
  const std::string shown_left = ellipsised(left, for_left);
  if (view.project && ground)
    ImGui::TextUnformatted(shown_left.c_str());
  else
    quietLine(shown_left, colours);
  if (!view.jobs.empty()) {
    ImGui::SameLine(0, gap);
    const bool further = view.jobs.size() > 1;
    jobLine(view, out, view.jobs.front(), for_jobs - (further ? 40 * scale : 0), scale);
    if (further) ImGui::SameLine(), furtherJobs(view);
  }
  if (right.empty()) return;
  ImGui::SameLine(all - ImGui::CalcTextSize(right.c_str()).x - 8 * scale);
  ImGui::TextDisabled("%s", right.c_str());
}

}  // namespace hashimichi::app
