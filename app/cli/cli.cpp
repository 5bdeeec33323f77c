#include "app/cli/cli.h"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <exception>

#include "app/cli/console_progress.h"
#include "app/cli/verb.h"
#include "app/i18n/text.h"

#ifndef HASHIMICHI_VERSION
#define HASHIMICHI_VERSION "unknown"
#endif

namespace hashimichi::app::cli {
namespace {

int parse(CLI::App& app, const std::vector<std::string>& arguments) {
  try {
    std::vector<std::string> last_first(arguments.rbegin(), arguments.rend());  // as CLI11 takes them
    app.parse(last_first);
  } catch (const CLI::Success& wanted) {  // --help, --version
    return app.exit(wanted);
  } catch (const CLI::ParseError& error) {
    app.exit(error);
    return exit_usage;
  }
  return -1;
}

}  // namespace

int run(const std::vector<std::string>& arguments) {
  const Language language = languageFromEnvironment();
  CLI::App app(tr(language, "cli.about"), "hashimichi");
  app.set_version_flag("--version", std::string("hashimichi ") + HASHIMICHI_VERSION);
  app.require_subcommand(1);
  Action chosen;
  for (const auto add : {addImportVerb, addAssessVerb, addExportVerb, addSnapshotVerb, addInfoVerb, addValidateVerb,
                         addViewVerb, addDemoVerb, addIndexVerb, addMeasureVerb, addRoutesVerb, addDeteriorationVerb,
                         addPackVerbs, addScriptVerb, addFilmVerb})
    add(app, chosen);
  if (const int code = parse(app, arguments); code >= 0) return code;
  ConsoleProgress progress;
  try {
    return chosen ? chosen(progress) : static_cast<int>(exit_usage);
  } catch (const std::bad_alloc&) {
    return fail({ErrorCode::limit, {}, tr(language, "cli.out_of_memory"), {}});
  } catch (const std::exception& broken) {
    return fail({ErrorCode::bad_input, {}, std::string(tr(language, "cli.internal")) + broken.what(), {}});
  }
}

}  // namespace hashimichi::app::cli
