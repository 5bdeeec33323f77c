#include "app/panels/tour.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
#include "app/panels/settings_window.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

enum Step { questions, look, pick, why, time, print };

struct Words {
  const char* title;
  const char* help;
};
constexpr std::array<Words, 6> words{{{"tour.welcome", "tour.welcome_help"},
                                      {"tour.look", "tour.look_help"},
                                      {"tour.pick", "tour.pick_help"},
                                      {"tour.why", "tour.why_help"},
                                      {"tour.time", "tour.time_help"},
                                      {"tour.print", "tour.print_help"}}};

/// Turned or nearer by so much counts as having looked round.
constexpr double turned_deg = 10, nearer_share = 0.1;

bool movedBetween(const render::CameraPose& a, const render::CameraPose& b) {
  const double turn = std::fabs(std::remainder(a.azimuth_deg - b.azimuth_deg, 360.0));
  return turn > turned_deg || std::fabs(a.elevation_deg - b.elevation_deg) > turned_deg ||
         std::fabs(a.distance_m - b.distance_m) > nearer_share * a.distance_m;
}

bool tellsOfMap(const Notice& notice) {
  return !notice.failed && notice.text.ends_with(".pdf");
}

}  // namespace

void Tour::follow(const ViewModel& view) {
  if (view.tour_step != step_) {
    step_ = view.tour_step;
    camera_ = view.camera, time_ = view.time;
    map_written_ = false;
  }
  // The camera's flight to a town that just came in is none of the person's doing.
  if (step_ == look && !view.jobs.empty()) camera_ = view.camera;
  if (step_ == print && std::ranges::any_of(view.notices, tellsOfMap)) map_written_ = true;
}

bool Tour::stepDone(const ViewModel& view) const {
  if (!step_ || !view.project) return false;
  switch (*step_) {
    case look:
      return movedBetween(camera_, view.camera);
    case pick:
    case why:
      return view.selection.has_value();
    case time:
      return view.time != time_;
    case print:
      return map_written_;
    default:
      return false;
  }
}

bool Tour::leads(const char* words, const Palette& colours) {
  const bool pressed = mainButton(words, {0, 0}, colours);
  const ImVec2 at = ImGui::GetItemRectMin(), size = ImGui::GetItemRectSize();
  button_ = {at.x, at.y, size.x, size.y};
  return pressed;
}

void Tour::drawQuestions(const ViewModel& view, CommandQueue& out, float scale) {
  const Palette& colours = paletteOf(view.theme);
  title(say(view, words[questions].title));
  quiet(say(view, words[questions].help), colours);
  heading(say(view, "action.language"), colours);
  languageChoice(view, out);
  heading(say(view, "action.mouse"), colours);
  mouseChoice(view, out);
  quiet(say(view, "tour.mouse_help"), colours);
  ImGui::Dummy({0, 4 * scale});
  if (leads(say(view, "menu.demo"), colours)) {
    out.push(OpenDemo{});
    out.push(ShowTour{look});
  }
  ImGui::SameLine();
  if (ImGui::Button(say(view, "tour.leave"))) out.push(ShowTour{std::nullopt});
}

void Tour::drawStep(const ViewModel& view, CommandQueue& out, int step, float scale) {
  const Palette& colours = paletteOf(view.theme);
  const bool done = stepDone(view);
  quiet(say(view, "tour.step", {std::to_string(step), std::to_string(steps)}), colours);
  title(say(view, words[static_cast<std::size_t>(step)].title));
  quiet(say(view, view.project ? words[static_cast<std::size_t>(step)].help : "tour.opening"), colours);
  if (done) {
    ImGui::PushStyleColor(ImGuiCol_Text, colours.accent);
    ImGui::TextUnformatted((std::string(icon::check) + " " + say(view, "tour.done")).c_str());
    ImGui::PopStyleColor();
  }
  ImGui::Dummy({0, 4 * scale});
  if (step == print && !done) {
    ImGui::BeginDisabled(!view.ranking());
    if (leads(say(view, "tour.write_map"), colours)) out.push(AskPath{PathPurpose::export_pdf});
    ImGui::EndDisabled();
  } else if (leads(say(view, step == steps ? "tour.finish" : "tour.next"), colours)) {
    out.push(ShowTour{step == steps ? std::nullopt : std::optional(step + 1)});
  }
  ImGui::SameLine();
  if (ImGui::Button(say(view, "tour.leave"))) out.push(ShowTour{std::nullopt});
}

void Tour::draw(const ViewModel& view, CommandQueue& out, ImVec2 position, ImVec2 size, float scale) {
  follow(view);
  button_ = {};
  if (!step_ || *step_ < questions || *step_ > steps) return;
  const bool asking = *step_ == questions;
  const ImVec2 all = ImGui::GetIO().DisplaySize;
  const float margin = 12 * scale;
  if (asking)
    ImGui::SetNextWindowPos({all.x / 2, all.y / 2}, ImGuiCond_Always, {0.5F, 0.5F});
  else
    ImGui::SetNextWindowPos({position.x + margin, position.y + margin});
  const float width = asking ? std::min(480 * scale, all.x * 0.9F) : std::min(320 * scale, size.x - 2 * margin);
  ImGui::SetNextWindowSize({width, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {14 * scale, 12 * scale});
  ImGui::PushStyleColor(ImGuiCol_WindowBg, paletteOf(view.theme).raised);
  ImGui::Begin(asking ? "##first-run" : "##tour", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_AlwaysAutoResize);
  if (asking)
    drawQuestions(view, out, scale);
  else
    drawStep(view, out, *step_, scale);
  ImGui::End();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(2);
}

}  // namespace hashimichi::app
