#include <fmt/format.h>

#include <iostream>
#include <iterator>

#include "app/cli/verb.h"
#include "app/i18n/text.h"
#include "app/session/script.h"
#include "app/session/workflow.h"
#include "geo/core/file.h"

namespace hashimichi::app::cli {
namespace {

struct Words {
  std::string project, file, language;
  bool json_wanted = false;
};

/// From a pipe, too: "-".
Result<std::string> textOfScript(const std::string& file) {
  if (file != "-") return readFile(file);
  std::string text;
  for (std::istreambuf_iterator<char> at(std::cin), end; at != end; ++at) {
    text += *at;
    if (text.size() > whole_file_limit_bytes)
      return Error{ErrorCode::limit, "-", "The script is too long.", "Split it."};
  }
  return text;
}

void tell(const ScriptStep& step, Language language) {
  for (const std::string& text : step.said)
    fmt::print(stderr, "{}\n", fmt::format(fmt::runtime(tr(language, "script.line")), step.line, text));
}

/// Nothing but the first failed notice says why a project did not open.
Status openInto(Session& session, const std::filesystem::path& folder) {
  session.apply(OpenProject{folder});
  session.finishJobs();
  if (session.view().project) return done();
  std::string why;
  for (const Notice& notice : session.view().notices) why += (why.empty() ? "" : " ") + notice.text;
  return Error{ErrorCode::not_found, {}, why, {}};
}

int runVerb(const Words& words, Progress& progress) {
  const Result<std::string> text = textOfScript(words.file);
  if (!text) return fail(text.error());
  const Result<std::vector<ScriptLine>> lines = scriptFrom(*text, words.file);  // all of it, before anything is done
  if (!lines) return fail(lines.error());
  Session session;
  const Language language = words.language.empty()   ? languageFromEnvironment()
                            : words.language == "ja" ? Language::ja
                                                     : Language::en;
  session.apply(SetLanguage{language});
  if (const Status opened = openInto(session, projectFolderFrom(words.project)); !opened) return fail(opened.error());
  nlohmann::json steps = nlohmann::json::array();
  const std::size_t failed = runScript(
      session, *lines,
      [&](const ScriptStep& step) {
        if (words.json_wanted)
          steps.push_back({{"line", step.line}, {"do", step.word}, {"failed", step.failed}, {"said", step.said}});
        else
          tell(step, language);
      },
      progress);
  if (words.json_wanted)
    print({{"steps", steps}, {"failed", failed}});
  else
    fmt::print("{}\n", fmt::format(fmt::runtime(tr(language, "script.done")), lines->size(), failed));
  if (progress.cancelled()) return exit_cancelled;
  return failed > 0 ? exit_problems : exit_done;
}

}  // namespace

void addScriptVerb(CLI::App& app, Action& chosen) {
  const Language language = languageFromEnvironment();
  auto words = std::make_shared<Words>();
  CLI::App* verb = app.add_subcommand("script", tr(language, "cli.script"));
  verb->add_option("project", words->project, tr(language, "cli.project"))->required();
  verb->add_option("file", words->file, tr(language, "cli.script_file"))->required();
  verb->add_option("--lang", words->language, tr(language, "cli.lang"))->check(CLI::IsMember({"ja", "en"}));
  verb->add_flag("--json", words->json_wanted, tr(language, "cli.json"));
  verb->callback([words, &chosen] { chosen = [words](Progress& progress) { return runVerb(*words, progress); }; });
}

}  // namespace hashimichi::app::cli
