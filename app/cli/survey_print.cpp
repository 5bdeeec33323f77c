#include "app/cli/survey_print.h"

#include <fmt/format.h>

#include "app/cli/verb.h"
#include "app/i18n/text.h"

namespace hashimichi::app::cli {
namespace {

std::string joined(const std::vector<std::string>& texts, const char* between) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : between) + text;
  return all;
}

std::string lodsOf(const import::SurveyedFile& file) {
  std::vector<std::string> lods;
  for (const int lod : file.lods) lods.push_back(std::to_string(lod));
  return lods.empty() ? "" : "LOD" + joined(lods, "/");
}

std::string sizeOf(std::uint64_t bytes) {
  if (bytes < 1'000'000) return fmt::format("{:.1f} kB", static_cast<double>(bytes) / 1e3);
  if (bytes < 1'000'000'000) return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
  return fmt::format("{:.2f} GB", static_cast<double>(bytes) / 1e9);
}

nlohmann::json degreesOf(const Bounds& b) {
  return {b.low.x, b.low.y, b.high.x, b.high.y};
}

}  // namespace

void printSurvey(const import::Survey& survey, Language language) {
  for (const import::SurveyedFile& file : survey.files) {
    std::string facts = file.format;
    for (const std::string& fact : {joined(file.types, ", "), lodsOf(file), file.mesh_code, sizeOf(file.bytes)})
      if (!fact.empty()) facts += "  " + fact;
    fmt::print("{} [{}]{}\n", file.path, facts, file.wanted ? "" : "  " + tr(language, "survey.unwanted"));
  }
  fmt::print("{}", reportText(survey.problems, language));
  std::string sum = fmt::format(fmt::runtime(tr(language, "survey.sum")), survey.files.size(), sizeOf(survey.bytes));
  if (!survey.degrees.empty()) {
    const Bounds& b = survey.degrees;
    sum += fmt::format("  {:.5f},{:.5f},{:.5f},{:.5f}", b.low.x, b.low.y, b.high.x, b.high.y);
  }
  fmt::print("{}\n", sum);
}

nlohmann::json surveyJson(const import::Survey& survey) {
  nlohmann::json json{{"bytes", survey.bytes}, {"files", nlohmann::json::array()}};
  json["area"] = survey.degrees.empty() ? nlohmann::json(nullptr) : degreesOf(survey.degrees);
  for (const import::SurveyedFile& file : survey.files) {
    nlohmann::json one{{"file", file.path}, {"format", file.format}, {"crs", file.crs},      {"types", file.types},
                       {"lods", file.lods}, {"bytes", file.bytes},   {"wanted", file.wanted}};
    if (!file.package.empty()) one["package"] = file.package;
    if (!file.mesh_code.empty()) one["mesh"] = file.mesh_code;
    one["area"] = file.degrees ? degreesOf(*file.degrees) : nlohmann::json(nullptr);
    json["files"].push_back(std::move(one));
  }
  addReport(json, survey.problems);
  return json;
}

}  // namespace hashimichi::app::cli
