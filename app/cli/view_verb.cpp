#include "app/cli/verb.h"
#include "app/desktop/desktop.h"
#include "app/i18n/text.h"
#include "app/session/workflow.h"

namespace hashimichi::app::cli {
namespace {

struct Words {
  std::string project, language, state_file;
  bool quit_after_first_frame = false;
};

int runView(const Words& words) {
  DesktopOptions options;
  if (!words.project.empty()) options.project = projectFolderFrom(words.project);
  if (!words.language.empty()) options.language = words.language == "ja" ? Language::ja : Language::en;
  options.state_file = words.state_file;
  options.quit_after_first_frame = words.quit_after_first_frame;
  const Status closed = runDesktop(options);
  return closed ? static_cast<int>(exit_done) : fail(closed.error());
}

}  // namespace

void addViewVerb(CLI::App& app, Action& chosen) {
  const Language language = languageFromEnvironment();
  auto words = std::make_shared<Words>();
  CLI::App* verb = app.add_subcommand("view", tr(language, "cli.view"));
  verb->add_option("project", words->project, tr(language, "cli.project"));
  verb->add_option("--lang", words->language, tr(language, "cli.lang"))->check(CLI::IsMember({"ja", "en"}));
  verb->add_option("--state-file", words->state_file, tr(language, "cli.state_file"));
  verb->add_flag("--quit-after-first-frame", words->quit_after_first_frame, tr(language, "cli.quit_after_first_frame"));
  verb->callback([words, &chosen] { chosen = [words](Progress&) { return runView(*words); }; });
}

}  // namespace hashimichi::app::cli
