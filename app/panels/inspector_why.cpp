#include <imgui.h>

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
#include "app/panels/inspector_panel.h"
#include "app/widgets/asset_words.h"
#include "app/widgets/badge.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

/// A confidence below this is said in words, not only in numbers.
constexpr double low_confidence = 0.6;

void rankLine(const ViewModel& view, const assess::Ranked& row, assess::Subject subject, float scale) {
  const Palette& colours = paletteOf(view.theme);
  const assess::Ranking* ranking = (subject == assess::Subject::snow ? view.snow : view.ageing).get();
  rankBadge(row.band, scale);
  ImGui::SameLine();
  if (row.rank > 0)
    title(say(view, "why.rank", {number(row.rank), number(ranking ? ranking->rows.size() : 0)}));
  else
    title(say(view, "why.not_ranked"));
  {
    Facts facts("why-numbers", colours);
    facts.text(say(view, "why.tier"), assess::describeTier(subject, row.tier, view.language));
    if (row.rank > 0) {
      facts.number(say(view, "why.score"), number(row.score, 1), "/ 100");
      facts.number(say(view, "why.confidence"), number(row.confidence * 100), "%");
    }
    if (subject == assess::Subject::snow && row.depth_cm >= 0) {
      const std::string sigma = row.depth_sigma_cm > 0 ? " ± " + number(row.depth_sigma_cm, 1) : "";
      facts.number(say(view, "why.depth"), number(row.depth_cm, 1) + sigma, "cm");
      facts.number(say(view, "why.trigger"), number(row.trigger_cm, 0), "cm");
      facts.number(say(view, "why.trigger_probability"), number(row.trigger_probability * 100), "%");
    }
    if (row.data_age_h >= 0) facts.text(say(view, "why.data_age"), age(view, row.data_age_h));
  }
}

bool isOneOf(std::string_view code, std::initializer_list<std::string_view> codes) {
  return std::ranges::find(codes, code) != codes.end();
}

/// Newest issue of a forecast at the shown moment; nothing without any.
std::optional<Instant> forecastIssued(const ViewModel& view) {
  std::optional<Instant> newest;
  for (const sensors::Series& series : view.project->model->series)
    if (series.issued && *series.issued <= view.time && (!newest || *newest < *series.issued)) newest = series.issued;
  return newest;
}

/// Where a snow factor's value comes from, how old it is and how exact, as far as that is known.
std::string snowSource(const ViewModel& view, const assess::Ranked& row, const std::string& code) {
  if (isOneOf(code, {"snow.depth_over_trigger", "snow.forecast_over_trigger", "snow.near_trigger", "snow.demand",
                     "snow.trigger_probability", "snow.below_trigger", "snow.no_more_snow"})) {
    std::string text = say(view, "tip.gauges");
    if (row.data_age_h >= 0) text += " · " + age(view, row.data_age_h);
    if (row.depth_sigma_cm > 0) text += " · 1σ ± " + number(row.depth_sigma_cm, 1) + " cm";
    return text;
  }
  if (isOneOf(code, {"snow.depth_from_forecast", "snow.held_thaw"})) {
    const std::optional<Instant> issued = forecastIssued(view);
    return say(view, "tip.forecast") + (issued ? " · " + age(view, hoursBetween(*issued, view.time)) : std::string());
  }
  if (isOneOf(code, {"snow.traffic", "snow.emergency_route", "snow.facility_access", "snow.bus", "snow.school_route",
                     "snow.grade", "snow.narrow", "snow.other_administrator", "snow.not_cleared",
                     "snow.sprinkler_works", "snow.sprinkler_failed", "snow.road_heating"})) {
    const model::RoadSegment* road = roadOf(view, row.asset_id);
    return road ? road->source : std::string();
  }
  if (isOneOf(code, {"snow.trigger_unverified", "snow.class_assumed", "snow.class_traffic"}))
    return say(view, "tip.profile",
               {view.language == Language::ja ? view.snow->profile_name_ja : view.snow->profile_name_en});
  return {};
}

/// The same for ageing: the inspection that was judged, or the register.
std::string ageingSource(const ViewModel& view, const assess::Ranked& row, const std::string& code) {
  const model::Bridge* bridge = bridgeOf(view, row.asset_id);
  if (!bridge) return {};
  const assets::Inspection* latest = model::latestInspection(*bridge);
  if (latest && (code.starts_with("ageing.soundness") || code.starts_with("ageing.deadline") ||
                 isOneOf(code, {"ageing.measure_done", "ageing.measure_started", "ageing.years_without_action",
                                "ageing.member_measure", "ageing.inspection_overdue", "ageing.specific_event"})))
    return say(view, "tip.inspection", {formatDate(latest->date)}) +
           (latest->source.empty() ? "" : " · " + latest->source);
  if (isOneOf(code, {"ageing.from_road", "ageing.not_inspected"})) return {};
  return bridge->source;
}

/// Sentence over sentence; those that add to the score with a bar of their share.
void reasonLine(const ViewModel& view, const assess::Reason& reason, const std::string& source, double most_points,
                float scale) {
  const Palette& colours = paletteOf(view.theme);
  ImGui::Bullet();
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(assess::describe(reason, view.language).c_str());
  ImGui::PopTextWrapPos();
  if (!source.empty()) {
    const float under = ImGui::GetTreeNodeToLabelSpacing();
    ImGui::Indent(under);
    quiet(source, colours);
    ImGui::Unindent(under);
  }
  if (reason.points <= 0) return;
  const std::string points = "+" + number(reason.points, 1);
  const float indent = ImGui::GetTreeNodeToLabelSpacing(), column = 56 * scale;
  ImGui::Indent(indent);
  const float width = std::max(20.0F, ImGui::GetContentRegionAvail().x - column);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 5 * scale);
  scoreBar(reason.points / most_points, {width, 6 * scale}, colours.accent, colours.raised);
  ImGui::SameLine();
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() - 5 * scale);
  rightAligned(points, "", colours);
  ImGui::Unindent(indent);
}

void missing(const ViewModel& view, const assess::Ranked& row) {
  const Palette& colours = paletteOf(view.theme);
  if (row.missing_inputs.empty()) return;
  std::string list;
  for (const std::string& input : row.missing_inputs)
    list += (list.empty() ? "" : say(view, "list.separator")) + assess::describeInput(input, view.language);
  ImGui::PushStyleColor(ImGuiCol_Text, colours.warning);
  ImGui::TextUnformatted(icon::alert);
  ImGui::PopStyleColor();
  ImGui::SameLine();
  quiet(say(view, "why.missing", {list}), colours);
}

}  // namespace

void drawWhy(const ViewModel& view, const assess::Ranked& row, assess::Subject subject, float scale) {
  heading(say(view, subject == assess::Subject::snow ? "subject.snow" : "subject.ageing"), paletteOf(view.theme));
  rankLine(view, row, subject, scale);
  heading(say(view, "why.title"), paletteOf(view.theme));
  double most_points = 1;
  for (const assess::Reason& reason : row.reasons) most_points = std::max(most_points, reason.points);
  for (const assess::Reason& reason : row.reasons)
    reasonLine(
        view, reason,
        subject == assess::Subject::snow ? snowSource(view, row, reason.code) : ageingSource(view, row, reason.code),
        most_points, scale);
  missing(view, row);
  if (row.rank > 0 && row.confidence < low_confidence) quiet(say(view, "why.low_confidence"), paletteOf(view.theme));
}

}  // namespace hashimichi::app
