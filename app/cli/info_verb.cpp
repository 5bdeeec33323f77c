#include <fmt/format.h>

#include "app/cli/report_words.h"
#include "app/cli/verb.h"
#include "app/i18n/text.h"
#include "app/session/workflow.h"
#include "geo/core/file.h"
#include "geo/crs/transform.h"

namespace hashimichi::app::cli {
namespace {

struct Words {
  std::string path;
  import::Options options;
  ReportWords report;
  bool json = false;
};

/// What `info` tells of a file or a project: the keys of the contract.
struct Facts {
  std::string format, crs;
  Bounds bounds;
  std::map<std::string, std::size_t> features;
  std::size_t points = 0;
  Problems problems;
  std::string name{};
  std::vector<import::SourceInfo> sources{};
  std::optional<crs::LocalFrame> frame{};
  model::CityModelPtr model{};  ///< whose results of other programs are listed
};

std::string crsLabel(const std::string& definition) {
  if (definition.empty()) return {};
  const Result<crs::CrsInfo> info = crs::describeCrs(definition);
  if (!info) return definition;
  if (info->epsg != 0) return fmt::format("EPSG:{}", info->epsg);
  return info->horizontal_epsg != 0 ? fmt::format("EPSG:{}", info->horizontal_epsg) : info->name;
}

Facts factsOf(const project::Project& project) {
  const model::CityModel& model = *project.model;
  Facts facts{"Hashimichi project", fmt::format("EPSG:{}", model.frame.epsg()), {}, {}, 0, project.report};
  const Bounds local = model.bounds();
  if (!local.empty()) {
    facts.bounds.add(model.frame.toProjected(local.low));
    facts.bounds.add(model.frame.toProjected(local.high));
  }
  facts.features = {{"Building", model.buildings.size()},
                    {"Road", model.roads.size()},
                    {"Bridge", model.bridges.size()},
                    {"Station", model.stations.size()},
                    {"SnowDumpSite", model.dump_sites.size()}};
  if (!model.results.empty()) facts.features["Result"] = model.results.size();
  facts.model = project.model;
  facts.name = project.name, facts.sources = project.sources, facts.frame = model.frame;
  for (const model::CityObject& object : model.objects) ++facts.features[object.type];
  for (const model::PointCloud& cloud : model.clouds) facts.points += cloud.point_count;
  return facts;
}

struct Read {
  import::Outcome outcome;
  bool named_crs = true;
};

/// A file that names no CRS can be told about all the same: it is read in its own numbers, through a plane CRS that
/// leaves them as they are.
Result<Read> readFile(const Words& words, const std::filesystem::path& path, Progress& progress) {
  Result<import::Outcome> outcome = import::importFiles({path}, words.options, progress);
  if (outcome) return Read{std::move(*outcome), true};
  if (outcome.error().code != ErrorCode::bad_crs || !words.options.source_crs.empty()) return outcome.error();
  import::Options own_numbers = words.options;
  own_numbers.source_crs = own_numbers.project_crs = "EPSG:6677";
  Result<import::Outcome> again = import::importFiles({path}, own_numbers, progress);
  if (!again) return outcome.error();
  again->problems.assume(toUtf8(path), {}, "crs.unknown",
                         "The file names no CRS; bounds and counts are in its own numbers.",
                         "Name it with --source-crs EPSG:code when importing.");
  return Read{std::move(*again), false};
}

Result<Facts> factsOf(const Words& words, Progress& progress) {
  std::filesystem::path path = words.path;
  if (!std::filesystem::exists(path) && project::isProjectFolder(projectFolderFrom(path)))
    path = projectFolderFrom(path);
  if (project::isProjectFolder(path) || path.extension() == ".hashimichi") {
    const Result<project::Project> project = project::open(path, progress);
    if (!project) return project.error();
    return factsOf(*project);
  }
  Result<Read> read = readFile(words, path, progress);
  if (!read) return read.error();
  Facts facts;
  for (const import::SourceInfo& source : read->outcome.sources) {
    if (facts.format.empty())
      facts.format = source.format, facts.crs = read->named_crs ? crsLabel(source.crs) : "";
    else if (facts.format != source.format)
      facts.format = "folder";
    facts.bounds.add(source.bounds);
    for (const auto& [type, count] : source.features) facts.features[type] += count;
    facts.points += source.points;
  }
  facts.problems = std::move(read->outcome.problems);
  facts.model = read->outcome.model;
  facts.name = toUtf8(path.filename());
  facts.sources = std::move(read->outcome.sources);
  if (read->named_crs) facts.frame = read->outcome.model->frame;
  return facts;
}

nlohmann::json boundsOf(const Bounds& b) {
  if (b.empty()) return nullptr;
  const auto number = [](double v) { return std::isfinite(v) ? nlohmann::json(v) : nlohmann::json(nullptr); };
  return {number(b.low.x), number(b.low.y), number(b.low.z), number(b.high.x), number(b.high.y), number(b.high.z)};
}

nlohmann::json resultsOf(const model::CityModel& model) {
  nlohmann::json list = nlohmann::json::array();
  for (const model::ResultLayer& layer : model.results) {
    nlohmann::json json{{"id", layer.id},         {"name", layer.name},           {"quantity", layer.quantity},
                        {"unit", layer.unit},     {"items", layer.items.size()},  {"times", layer.times.size()},
                        {"source", layer.source}, {"classes", layer.class_names}, {"first", nullptr},
                        {"last", nullptr}};
    if (!layer.times.empty())
      json["first"] = formatInstant(layer.times.front()), json["last"] = formatInstant(layer.times.back());
    list.push_back(std::move(json));
  }
  return list;
}

void printResults(const model::CityModel& model) {
  for (const model::ResultLayer& layer : model.results) {
    const std::string span = layer.times.empty() ? std::string("—")
                                                 : fmt::format("{} … {} ({})", formatJst(layer.times.front()),
                                                               formatJst(layer.times.back()), layer.times.size());
    fmt::print("result    {}  {}{}  {}  {}\n", layer.id, layer.name, layer.unit.empty() ? "" : " [" + layer.unit + "]",
               layer.items.size(), span);
  }
}

void printText(const Facts& facts, Language language) {
  fmt::print("format    {}\ncrs       {}\n", facts.format, facts.crs.empty() ? "—" : facts.crs);
  if (!facts.bounds.empty()) {
    const Bounds& b = facts.bounds;
    fmt::print("bounds    {:.3f} {:.3f} {:.2f}  …  {:.3f} {:.3f} {:.2f}\n", b.low.x, b.low.y, b.low.z, b.high.x,
               b.high.y, b.high.z);
  }
  for (const auto& [type, count] : facts.features) fmt::print("{:9} {}\n", type, count);
  if (facts.points > 0) fmt::print("points    {}\n", facts.points);
  if (facts.model) printResults(*facts.model);
  fmt::print("{}", reportText(facts.problems, language));
}

int runInfo(const Words& words, Progress& progress) {
  const Result<Facts> facts = factsOf(words, progress);
  if (!facts) return fail(facts.error());
  const Status written = words.report.write({facts->name, facts->sources, facts->problems,
                                             facts->frame ? &*facts->frame : nullptr, languageFromEnvironment()},
                                            !words.json);
  if (!written) return fail(written.error());
  if (words.json) {
    nlohmann::json json{{"format", facts->format},
                        {"crs", facts->crs},
                        {"bounds", boundsOf(facts->bounds)},
                        {"features", facts->features},
                        {"points", facts->points}};
    if (facts->model && !facts->model->results.empty()) json["results"] = resultsOf(*facts->model);
    addReport(json, facts->problems);
    print(json);
  } else {
    printText(*facts, languageFromEnvironment());
  }
  return exitCodeOf(facts->problems);
}

}  // namespace

void addInfoVerb(CLI::App& app, Action& chosen) {
  const Language language = languageFromEnvironment();
  auto words = std::make_shared<Words>();
  CLI::App* verb = app.add_subcommand("info", tr(language, "cli.info"));
  verb->add_option("path", words->path, tr(language, "cli.path"))->required();
  verb->add_option("--source-crs", words->options.source_crs, tr(language, "cli.source_crs"));
  verb->add_option("--geoid", words->options.geoid, tr(language, "cli.geoid"));
  verb->add_option("--field-map", words->options.field_map, tr(language, "cli.field_map"));
  verb->add_option("--encoding", words->options.encoding, tr(language, "cli.encoding"))
      ->check(CLI::IsMember({"UTF-8", "CP932"}));
  words->report.addTo(*verb, language);
  verb->add_flag("--json", words->json, tr(language, "cli.json"));
  verb->callback([words, &chosen] { chosen = [words](Progress& progress) { return runInfo(*words, progress); }; });
}

}  // namespace hashimichi::app::cli
