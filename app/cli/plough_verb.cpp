// `routes PROJECT`: what a snow ranking says is due becomes routes, sheets and files.
#include <fmt/format.h>

#include "app/cli/plough_words.h"
#include "app/i18n/text.h"
#include "geo/assess/snow/profile.h"
#include "geo/core/file.h"
#include "geo/export/plough_files.h"

namespace hashimichi::app::cli {
namespace {

template <typename... Values>
std::string say(Language language, const char* key, const Values&... values) {
  return fmt::format(fmt::runtime(tr(language, key)), values...);
}

std::string clockAt(const routing::PloughProblem& problem, routing::Cost time) {
  return formatJst({problem.start.unix_s + time / 10});
}

Result<routing::PloughOptions> optionsOf(const PloughWords& words) {
  routing::PloughOptions options;
  options.work = words.spread ? routing::Work::spread : routing::Work::plough;
  options.ploughs = words.ploughs;
  if (words.start.empty()) return options;
  options.start = parseInstant(words.start);
  if (!options.start)
    return Error{ErrorCode::bad_input, "--start " + words.start, "This is not a moment.",
                 "Write it as 2026-01-15T04:00+09:00."};
  return options;
}

void printDistrict(const exporting::PloughSnapshot& snapshot, std::size_t d, std::size_t& number, Language language) {
  const routing::PloughProblem& problem = snapshot.town.districts[d];
  const routing::PlannedPloughs& plan = snapshot.plans[d];
  const auto minutes = [](routing::Cost time) { return static_cast<double>(time) / 600; };
  const std::string name =
      problem.district.empty() ? std::string(tr(language, "routes.no_district")) : problem.district;
  fmt::print("{}\n", say(language, "routes.district", name, problem.stretches.size(), problem.machines.size(),
                         formatJst(problem.start), clockAt(problem, plan.evaluation.finish),
                         minutes(plan.evaluation.price.late), minutes(plan.evaluation.price.time) / 60,
                         minutes(plan.bound.late), minutes(plan.bound.time) / 60, 100 * plan.gap()));
  for (std::size_t m = 0; m < problem.machines.size(); ++m) {
    const routing::RouteTimes& times = plan.evaluation.routes[m];
    if (times.visits.empty()) continue;
    fmt::print("{}\n", say(language, "routes.route", ++number, problem.machines[m].name, times.visits.size(),
                           times.work_m / 1000, times.transit_m / 1000, times.turns, clockAt(problem, times.back),
                           minutes(times.late)));
  }
  constexpr std::size_t shown = 20;
  for (std::size_t k = 0; k < std::min(shown, plan.evaluation.broken.size()); ++k)
    fmt::print("  · {}\n", routing::describe(plan.evaluation.broken[k], problem, language));
}

Status writeAll(const exporting::PloughSnapshot& snapshot, const std::string& folder, bool tell, Progress& progress) {
  using Format = exporting::PloughFormat;
  for (const Format format : {Format::pdf, Format::geojson, Format::csv, Format::json}) {
    const std::filesystem::path path = std::filesystem::path(folder) / exporting::fileNameOf(format);
    if (Status written = exporting::writePloughs(snapshot, format, path, progress); !written) return written;
    if (tell) fmt::print("{}\n", say(snapshot.decision.language, "routes.wrote", toUtf8(path)));
  }
  return done();
}

}  // namespace

void PloughWords::addTo(CLI::App& verb) {
  const Language language = languageFromEnvironment();
  verb.add_option("--at", decision.at, tr(language, "routes.at"));
  verb.add_option("--profile", decision.profile, tr(language, "routes.profile"));
  verb.add_option("--start", start, tr(language, "routes.start"));
  verb.add_option("--ploughs", ploughs, tr(language, "routes.ploughs"))->check(CLI::Range(1, 10000));
  verb.add_flag("--spread", spread, tr(language, "routes.spread"));
  verb.add_option("--out", out, tr(language, "routes.out"));
  verb.add_option("--lang", decision.language, tr(language, "routes.lang"))->check(CLI::IsMember({"ja", "en"}));
}

int runPloughPlan(const PloughWords& words, Progress& progress) {
  const Language language = words.decision.chosenLanguage();
  const Result<routing::PloughOptions> options = optionsOf(words);
  if (!options) return fail(options.error());
  const Result<Decision> decision = decide(words.decision, progress);
  if (!decision) return fail(decision.error());
  const Result<assess::snow::Profile> profile = assess::snow::loadProfile(words.decision.profile);
  if (!profile) return fail(profile.error());
  const Result<routing::PloughTown> town =
      routing::ploughTown(decision->project.model, decision->ranking, *profile, *options, progress);
  if (!town) return fail(town.error());
  std::vector<routing::PlannedPloughs> plans;
  for (const routing::PloughProblem& problem : town->districts) {
    Result<routing::PlannedPloughs> plan = routing::planPloughs(problem, words.limits, progress);
    if (!plan) return fail(plan.error());
    plans.push_back(std::move(*plan));
  }
  const exporting::Snapshot frozen{decision->project, decision->ranking, language};
  const exporting::PloughSnapshot snapshot{frozen, *town, plans};
  if (words.json) {
    std::puts(exporting::ploughJson(snapshot).c_str());
  } else if (plans.empty()) {
    fmt::print("{}\n", say(language, "routes.nothing_due", formatJst(decision->ranking.as_of)));
  } else {
    std::size_t number = 0;
    for (std::size_t d = 0; d < plans.size(); ++d) printDistrict(snapshot, d, number, language);
    if (const routing::HaulPlan& haul = town->hauling; haul.volume_m3 > 0)
      fmt::print("{}\n",
                 say(language, "routes.hauling", haul.volume_m3, haul.trips, haul.lorry_h, haul.without_room_m3));
    fmt::print("{}", reportText(town->problems, language));
  }
  if (!words.out.empty() && !plans.empty())
    if (const Status written = writeAll(snapshot, words.out, !words.json, progress); !written)
      return fail(written.error());
  return exitCodeOf(town->problems);
}

}  // namespace hashimichi::app::cli
