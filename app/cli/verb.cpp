#include "app/cli/verb.h"

#include <fmt/format.h>

#include <cstdio>

#include "app/i18n/text.h"
#include "app/session/workflow.h"

namespace hashimichi::app::cli {
namespace {

const char* headingOf(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::assumption:
      return "report.assumptions";
    case ProblemKind::skipped:
      return "report.skipped";
    case ProblemKind::failed:
      return "report.failed";
  }
  return "";
}

nlohmann::json lineOf(const Problem& problem) {
  nlohmann::json line{{"file", problem.file}, {"code", problem.code}, {"what", problem.what}};
  if (!problem.place.empty()) line["place"] = problem.place;
  if (!problem.advice.empty()) line["advice"] = problem.advice;
  if (problem.kind == ProblemKind::failed) line["whole_file"] = true;
  return line;
}

}  // namespace

void DecisionWords::addTo(CLI::App& verb) {
  const Language words = languageFromEnvironment();
  verb.add_option("project", project, tr(words, "cli.project"))->required();
  verb.add_option("subject", subject, tr(words, "cli.subject"))->check(CLI::IsMember({"snow", "ageing"}));
  verb.add_option("--at", at, tr(words, "cli.at"));
  verb.add_option("--profile", profile, tr(words, "cli.profile"));
  verb.add_option("--lang", language, tr(words, "cli.lang"))->check(CLI::IsMember({"ja", "en"}));
}

Language DecisionWords::chosenLanguage() const {
  if (language.empty()) return languageFromEnvironment();
  return language == "ja" ? Language::ja : Language::en;
}

Result<Decision> decide(const DecisionWords& words, Progress& progress) {
  Result<project::Project> project = project::open(projectFolderFrom(words.project), progress);
  if (!project) return project.error();
  Instant moment = defaultMoment(*project->model);
  if (!words.at.empty()) {
    const std::optional<Instant> wanted = parseInstant(words.at);
    if (!wanted)
      return Error{ErrorCode::bad_input, "--at " + words.at, "This is not a moment.",
                   "Write it as 2026-01-15T04:00+09:00."};
    moment = *wanted;
  }
  const assess::Subject subject = words.subject == "snow" ? assess::Subject::snow : assess::Subject::ageing;
  Result<assess::Ranking> ranking = assessProject(*project->model, subject, words.profile, moment);
  if (!ranking) return ranking.error();
  return Decision{std::move(*project), std::move(*ranking)};
}

int fail(const Error& error) {
  std::fprintf(stderr, "hashimichi: %s\n", error.text().c_str());
  return error.code == ErrorCode::cancelled ? exit_cancelled : exit_failed;
}

void print(const nlohmann::json& json) {
  std::puts(json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

void addReport(nlohmann::json& json, const Problems& problems) {
  json["assumptions"] = nlohmann::json::array();
  json["skipped"] = nlohmann::json::array();
  for (const Problem& problem : problems.lines())
    json[problem.kind == ProblemKind::assumption ? "assumptions" : "skipped"].push_back(lineOf(problem));
  json["assumption_count"] = problems.count(ProblemKind::assumption);
  json["skipped_count"] = problems.count(ProblemKind::skipped) + problems.count(ProblemKind::failed);
}

std::string reportText(const Problems& problems, Language language, std::size_t limit) {
  std::string text;
  for (const ProblemKind kind : {ProblemKind::failed, ProblemKind::skipped, ProblemKind::assumption}) {
    const std::size_t count = problems.count(kind);
    if (count == 0) continue;
    text += fmt::format("{} ({})\n", tr(language, headingOf(kind)), count);
    std::size_t shown = 0;
    for (const Problem& p : problems.lines()) {
      if (p.kind != kind || shown == limit) continue;
      ++shown;
      text += fmt::format("  {}{}{}: {}{}{}\n", p.file, p.place.empty() ? "" : ", ", p.place, p.what,
                          p.advice.empty() ? "" : " ", p.advice);
    }
    if (shown < count)
      text += fmt::format("  … {}\n", fmt::format(fmt::runtime(tr(language, "report.more")), count - shown));
  }
  return text;
}

int exitCodeOf(const Problems& problems) {
  const bool bad = problems.count(ProblemKind::skipped) + problems.count(ProblemKind::failed) > 0;
  return bad ? exit_problems : exit_done;
}

}  // namespace hashimichi::app::cli
