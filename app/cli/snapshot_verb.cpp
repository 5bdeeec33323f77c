#include <fmt/format.h>

#include "app/cli/look_words.h"
#include "app/i18n/text.h"
#include "geo/core/file.h"

namespace hashimichi::app::cli {
namespace {

struct Words {
  DecisionWords decision;
  LookWords look;
  std::string out, size = "1600x1000", camera = "overview", reference;
  double tolerance = 12;
  std::string result, time;
};

/// The program is its own image-test runner: a reference that differs is a failure, told with the figures.
int compareWith(const std::string& reference_path, const std::string& written_path, double tolerance) {
  const Result<render::Image> image = render::readPng(written_path), reference = render::readPng(reference_path);
  if (!image) return fail(image.error());
  if (!reference) return fail(reference.error());
  const render::ImageDifference difference = render::compareImages(*image, *reference);
  fmt::print("difference: worst block {:.2f}, mean {:.3f} (tolerance {:.2f})\n", difference.worst_block,
             difference.mean, tolerance);
  if (difference.same_size && difference.worst_block <= tolerance) return exit_done;
  return fail({ErrorCode::bad_input, reference_path, "The picture differs from the reference.", "Look at both."});
}

int runSnapshot(Words words, Progress& progress) {
  const Language language = languageFromEnvironment();
  const auto size = sizeFrom(words.size);
  if (!size) {
    fail({ErrorCode::bad_input, "--size " + words.size, tr(language, "view.bad_size"), {}});
    return exit_usage;
  }
  const std::optional<Instant> time = words.time.empty() ? std::nullopt : parseInstant(words.time);
  if (!words.time.empty() && !time) {
    fail({ErrorCode::bad_input, "--time " + words.time, tr(language, "cli.bad_time"), {}});
    return exit_usage;
  }
  words.look.putInto(words.decision);
  const Result<Decision> decision = decide(words.decision, progress);
  if (!decision) return fail(decision.error());
  if (const Status known = words.look.check(decision->project); !known) return fail(known.error());
  SnapshotOptions options{words.camera, size->first, size->second, words.look.stage(words.decision), words.look.legend};
  options.stage.result = words.result;
  options.stage.result_time = time.value_or(decision->ranking.as_of);
  Problems problems;
  const Status saved = saveSnapshot(decision->project, &decision->ranking, options, words.out, problems, progress);
  if (!saved) return fail(saved.error());
  if (const std::string report = reportText(problems, language); !report.empty()) fmt::print(stderr, "{}", report);
  fmt::print("{}: {}\n", tr(language, "cli.written"), words.out);
  return words.reference.empty() ? static_cast<int>(exit_done)
                                 : compareWith(words.reference, words.out, words.tolerance);
}

}  // namespace

void addSnapshotVerb(CLI::App& app, Action& chosen) {
  const Language language = languageFromEnvironment();
  auto words = std::make_shared<Words>();
  CLI::App* verb = app.add_subcommand("snapshot", tr(language, "cli.snapshot"));
  words->decision.addTo(*verb);
  verb->add_option("--out", words->out, tr(language, "cli.out"))->required();
  verb->add_option("--size", words->size, tr(language, "view.cli_size"));
  verb->add_option("--camera", words->camera, tr(language, "cli.camera"));
  words->look.addTo(*verb);
  verb->add_option("--result", words->result, tr(language, "cli.result"));
  verb->add_option("--time", words->time, tr(language, "cli.result_time"));
  verb->add_option("--reference", words->reference, tr(language, "cli.reference"));
  verb->add_option("--tolerance", words->tolerance, tr(language, "cli.tolerance"));
  verb->callback([words, &chosen] { chosen = [words](Progress& progress) { return runSnapshot(*words, progress); }; });
}

}  // namespace hashimichi::app::cli
