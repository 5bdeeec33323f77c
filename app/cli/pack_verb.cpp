#include <fmt/format.h>

#include "app/cli/verb.h"
#include "app/i18n/text.h"
#include "app/session/workflow.h"
#include "geo/core/file.h"
#include "geo/project/pack.h"

namespace hashimichi::app::cli {
namespace {

struct PackWords {
  std::string project, zip;
};
struct UnpackWords {
  std::string zip, folder;
};

int runPack(const PackWords& words, Progress& progress) {
  const Language language = languageFromEnvironment();
  const Result<project::PackReport> packed = project::pack(projectFolderFrom(words.project), words.zip, progress);
  if (!packed) return fail(packed.error());
  fmt::print("{}\n", fmt::format(fmt::runtime(tr(language, "files.packed")), words.zip, packed->files));
  for (const std::string& path : packed->missing)
    fmt::print(stderr, "{}\n", fmt::format(fmt::runtime(tr(language, "pack.missing")), path));
  return packed->missing.empty() ? static_cast<int>(exit_done) : static_cast<int>(exit_problems);
}

int runUnpack(const UnpackWords& words, Progress& progress) {
  const Result<std::filesystem::path> folder = project::unpack(words.zip, words.folder, progress);
  if (!folder) return fail(folder.error());
  fmt::print("{}: {}\n", tr(languageFromEnvironment(), "cli.written"), toUtf8(*folder));
  return exit_done;
}

}  // namespace

void addPackVerbs(CLI::App& app, Action& chosen) {
  const Language language = languageFromEnvironment();
  auto packed = std::make_shared<PackWords>();
  CLI::App* pack = app.add_subcommand("pack", tr(language, "pack.pack"));
  pack->add_option("project", packed->project, tr(language, "cli.project"))->required();
  pack->add_option("zip", packed->zip, tr(language, "pack.zip"))->required();
  pack->callback([packed, &chosen] { chosen = [packed](Progress& progress) { return runPack(*packed, progress); }; });
  auto unpacked = std::make_shared<UnpackWords>();
  CLI::App* unpack = app.add_subcommand("unpack", tr(language, "pack.unpack"));
  unpack->add_option("zip", unpacked->zip, tr(language, "pack.zip_to_read"))->required();
  unpack->add_option("folder", unpacked->folder, tr(language, "pack.folder"));
  unpack->callback(
      [unpacked, &chosen] { chosen = [unpacked](Progress& progress) { return runUnpack(*unpacked, progress); }; });
}

}  // namespace hashimichi::app::cli
