#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "geo/core/sha256.h"
#include "geo/export/exporter.h"
#include "geo/export/words.h"

namespace hashimichi::exporting {
namespace {

/// A source counts by its content; where that was too large to hash, by its name and what was read from it. The folder
/// in which it lay does not count.
std::string sourceLine(const import::SourceInfo& source) {
  if (!source.sha256.empty()) return "source " + source.sha256 + "\n";
  const std::size_t slash = source.path.find_last_of("/\\");
  std::string line = "source-unhashed " + source.path.substr(slash == std::string::npos ? 0 : slash + 1);
  for (const auto& [type, count] : source.features) line += fmt::format(" {}={}", type, count);
  return line + fmt::format(" points={}\n", source.points);
}

}  // namespace

std::string recordHash(const Snapshot& snapshot) {
  std::vector<std::string> sources;
  for (const import::SourceInfo& source : snapshot.project.sources) sources.push_back(sourceLine(source));
  std::sort(sources.begin(), sources.end());
  Sha256 hash;
  hash.add("hashimichi-record 1\n");
  for (const std::string& line : sources) hash.add(line);
  const assess::Ranking& ranking = snapshot.ranking;
  hash.add(fmt::format("ranking {} {} {} {}\n", ranking.subject == assess::Subject::snow ? "snow" : "ageing",
                       ranking.profile_id, ranking.as_of.unix_s, ranking.valid_until.unix_s));
  for (const assess::Ranked& row : ranking.rows) {
    hash.add(fmt::format("row {} {} {} {} {:.6f} {:.6f}", row.rank, row.band, toString(row.tier), row.asset_id,
                         row.score, row.confidence));
    for (const assess::Reason& reason : row.reasons)
      hash.add(fmt::format(" {}:{:.6f}/{:.6f}/{:.6f}", reason.code, reason.value, reason.threshold, reason.points));
    for (const std::string& input : row.missing_inputs) hash.add(" -" + input);
    hash.add("\n");
  }
  return hash.hex();
}

}  // namespace hashimichi::exporting
