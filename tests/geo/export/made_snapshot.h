#pragma once
#include <cstdlib>

#include "geo/core/file.h"
#include "geo/export/exporter.h"
#include "tests/support/made_ranking.h"
#include "tests/support/made_town.h"
#include "tests/support/shared_data.h"

namespace hashimichi::tests {

/// A made town with its ranking, ready to leave the house.
struct MadeDecision {
  project::Project project;
  assess::Ranking ranking;

  MadeDecision(assess::Subject subject, MadeTownSize size) {
    project.name = "橋道町（合成データ）";
    project.model = madeTown(size);
    project.sources = {{"/data/道路_髙﨑.shp", "Shapefile", "EPSG:6676", {}, {{"Road", 60}}, 0, std::string(64, 'a')},
                       {"/data/survey.laz", "LAZ", "EPSG:6676", {}, {}, 9'000'000'000, ""}};
    ranking = madeRanking(*project.model, subject);
  }
  exporting::Snapshot snapshot(Language language) const { return {project, ranking, language}; }
};

/// What a command prints; nothing when it is not there or fails.
inline std::optional<std::string> outputOf(const TempFolder& folder, const std::string& command) {
  const std::string out = toUtf8(folder / "output.txt");
  if (std::system((command + " > " + out + " 2>/dev/null").c_str()) != 0) return std::nullopt;
  return *readFile(out);
}

}  // namespace hashimichi::tests
