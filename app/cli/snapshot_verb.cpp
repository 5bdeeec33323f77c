#include <fmt/format.h>

#include <cstdio>

#include "app/cli/verb.h"
#include "app/i18n/text.h"
#include "app/session/snapshot.h"
#include "geo/core/file.h"

namespace hashimichi::app::cli {
namespace {

struct Words {
  DecisionWords decision;
  std::string out, size = "1600x1000", camera = "overview", reference;
  double tolerance = 12;
  std::optional<int> lod;
  bool no_textures = false;
  std::string result, time;
};

std::optional<std::pair<int, int>> parseSize(const std::string& text) {
  int width = 0, height = 0;
  char rest = 0;
  if (std::sscanf(text.c_str(), "%dx%d%c", &width, &height, &rest) != 2) return std::nullopt;
  constexpr int smallest = 16, largest = 8192;  // what one OpenGL framebuffer holds everywhere
  if (width < smallest || height < smallest || width > largest || height > largest) return std::nullopt;
  return std::pair{width, height};
}

/// The program is its own image-test runner: a reference that differs is a failure, told with the figures.
int compareWith(const std::string& reference_path, const render::Image& image, double tolerance) {
  const Result<render::Image> reference = render::readPng(reference_path);
  if (!reference) return fail(reference.error());
  const render::ImageDifference difference = render::compareImages(image, *reference);
  fmt::print("difference: worst block {:.2f}, mean {:.3f} (tolerance {:.2f})\n", difference.worst_block,
             difference.mean, tolerance);
  if (difference.same_size && difference.worst_block <= tolerance) return exit_done;
  return fail({ErrorCode::bad_input, reference_path, "The picture differs from the reference.", "Look at both."});
}

int runSnapshot(const Words& words, Progress& progress) {
  const Language language = languageFromEnvironment();
  const auto size = parseSize(words.size);
  if (!size) {
    fail({ErrorCode::bad_input, "--size " + words.size, tr(language, "cli.bad_size"), {}});
    return exit_usage;
  }
  const std::optional<Instant> time = words.time.empty() ? std::nullopt : parseInstant(words.time);
  if (!words.time.empty() && !time) {
    fail({ErrorCode::bad_input, "--time " + words.time, tr(language, "cli.bad_time"), {}});
    return exit_usage;
  }
  const Result<Decision> decision = decide(words.decision, progress);
  if (!decision) return fail(decision.error());
  SnapshotOptions options{words.camera, size->first, size->second, words.decision.chosenLanguage()};
  options.lod.all = words.lod;
  options.textures = !words.no_textures;
  options.result = words.result;
  options.result_time = time.value_or(decision->ranking.as_of);
  Problems problems;
  const Result<render::Image> image = takeSnapshot(decision->project, &decision->ranking, options, problems, progress);
  if (!image) return fail(image.error());
  if (const std::string report = reportText(problems, language); !report.empty()) fmt::print(stderr, "{}", report);
  if (const Status written = render::writePng(*image, words.out); !written) return fail(written.error());
  fmt::print("{}: {}\n", tr(language, "cli.written"), words.out);
  return words.reference.empty() ? static_cast<int>(exit_done) : compareWith(words.reference, *image, words.tolerance);
}

}  // namespace

void addSnapshotVerb(CLI::App& app, Action& chosen) {
  const Language language = languageFromEnvironment();
  auto words = std::make_shared<Words>();
  CLI::App* verb = app.add_subcommand("snapshot", tr(language, "cli.snapshot"));
  words->decision.addTo(*verb);
  verb->add_option("--out", words->out, tr(language, "cli.out"))->required();
  verb->add_option("--size", words->size, tr(language, "cli.size"));
  verb->add_option("--camera", words->camera, tr(language, "cli.camera"));
  verb->add_option("--lod", words->lod, tr(language, "cli.lod"))->check(CLI::Range(0, 4));
  verb->add_flag("--no-textures", words->no_textures, tr(language, "cli.no_textures"));
  verb->add_option("--result", words->result, tr(language, "cli.result"));
  verb->add_option("--time", words->time, tr(language, "cli.result_time"));
  verb->add_option("--reference", words->reference, tr(language, "cli.reference"));
  verb->add_option("--tolerance", words->tolerance, tr(language, "cli.tolerance"));
  verb->callback([words, &chosen] { chosen = [words](Progress& progress) { return runSnapshot(*words, progress); }; });
}

}  // namespace hashimichi::app::cli
