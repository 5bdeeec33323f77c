#include <fmt/format.h>
#include <unistd.h>

#include <chrono>

#include "app/cli/verb.h"
#include "app/i18n/text.h"
#include "geo/core/file.h"
#include "geo/points/build_octree.h"

namespace hashimichi::app::cli {
namespace {

struct Words {
  std::vector<std::string> files;
  std::string out, source_crs;
  int memory_mib = points::IndexJob::default_memory_mib, threads = 0;
  bool json = false;
};

/// Adds to each step how long the rest will take; only on a terminal, where the line renews itself.
class WithRemaining final : public Progress {
 public:
  WithRemaining(Progress& inner, Language language) : inner_(inner), language_(language) {}
  bool cancelled() const override { return inner_.cancelled(); }
  void report(double fraction, std::string_view step) override {
    using std::chrono::duration, std::chrono::steady_clock;
    const double passed_s = duration<double>(steady_clock::now() - begin_).count();
    if (!terminal_ || fraction < 0.05 || passed_s < 2) return inner_.report(fraction, step);
    if (passed_s - told_s_ >= 1 || step != step_) {
      told_s_ = passed_s, step_ = step;
      line_ = fmt::format(fmt::runtime(tr(language_, "cli.index_remaining")), step,
                          static_cast<int>(passed_s / fraction * (1 - fraction) + 0.5));
    }
    inner_.report(fraction, line_);
  }

 private:
  Progress& inner_;
  Language language_;
  bool terminal_ = isatty(STDERR_FILENO) != 0;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  double told_s_ = 0;
  std::string step_, line_;
};

nlohmann::json jsonOf(const points::IndexReport& report) {
  nlohmann::json json{{"octree", toUtf8(report.octree)},
                      {"points", report.points},
                      {"nodes", report.nodes},
                      {"depth", report.depth},
                      {"crs", report.crs},
                      {"attributes", report.attributes},
                      {"classes", nlohmann::json::object()},
                      {"seconds", report.seconds},
                      {"bytes", report.bytes_out}};
  const Bounds& b = report.bounds;
  json["bounds"] = {b.low.x, b.low.y, b.low.z, b.high.x, b.high.y, b.high.z};
  for (std::size_t i = 0; i < report.count_by_class.size(); ++i)
    if (report.count_by_class[i] > 0) json["classes"][std::to_string(i)] = report.count_by_class[i];
  return json;
}

int runIndex(const Words& words, Progress& progress) {
  const Language language = languageFromEnvironment();
  points::IndexJob job;
  job.files.assign(words.files.begin(), words.files.end());
  job.out = words.out, job.source_crs = words.source_crs;
  job.memory_mib = words.memory_mib, job.threads = words.threads;
  Problems problems;
  WithRemaining with_remaining(progress, language);
  const Result<points::IndexReport> report = points::buildOctree(job, problems, with_remaining);
  if (!report) return fail(report.error());
  if (words.json) {
    nlohmann::json json = jsonOf(*report);
    addReport(json, problems);
    print(json);
  } else {
    fmt::print("{}: {}\n", tr(language, "cli.written"), toUtf8(report->octree));
    fmt::print("{}\n", fmt::format(fmt::runtime(tr(language, "cli.index_done")), report->points, report->nodes,
                                   report->depth + 1, report->seconds));
    fmt::print("{}", reportText(problems, language));
  }
  return exitCodeOf(problems);
}

}  // namespace

void addIndexVerb(CLI::App& app, Action& chosen) {
  const Language language = languageFromEnvironment();
  auto words = std::make_shared<Words>();
  CLI::App* verb = app.add_subcommand("index", tr(language, "cli.index"));
  verb->add_option("files", words->files, tr(language, "cli.index_files"))->required();
  verb->add_option("--out", words->out, tr(language, "cli.out_folder"))->required();
  verb->add_option("--memory", words->memory_mib, tr(language, "cli.index_memory"))
      ->check(CLI::Range(points::IndexJob::least_memory_mib, 1 << 20));
  verb->add_option("--threads", words->threads, tr(language, "cli.threads"))->check(CLI::Range(0, 256));
  verb->add_option("--source-crs", words->source_crs, tr(language, "cli.source_crs"));
  verb->add_flag("--json", words->json, tr(language, "cli.json"));
  verb->callback([words, &chosen] { chosen = [words](Progress& progress) { return runIndex(*words, progress); }; });
}

}  // namespace hashimichi::app::cli
