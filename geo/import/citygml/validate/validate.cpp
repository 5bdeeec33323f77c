#include "geo/import/citygml/validate/validate.h"

#include <algorithm>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/citygml/file_head.h"
#include "geo/import/citygml/members.h"
#include "geo/import/citygml/source_frame.h"
#include "geo/import/citygml/validate/feature_checks.h"
#include "geo/import/find_files.h"

namespace hashimichi::import::citygml {
namespace {

using Ids = std::unordered_map<std::string, IdPlace>;

class Taker final : public FeatureTaker {
 public:
  explicit Taker(FeatureChecks& checks) : checks_(checks) {}
  bool wants(const Name&) override { return true; }
  void take(const FeatureTree& tree) override {
    ++features_;
    checks_.check(tree);
  }
  void takeTriangle(const FeatureTree& tree, NodeId triangle) override { checks_.checkTriangle(tree, triangle); }
  std::size_t features() const { return features_; }

 private:
  FeatureChecks& checks_;
  std::size_t features_ = 0;
};

void tellFile(Validation& into, const std::string& file, const char* rule, const char* issue, std::string what,
              std::string place = {}) {
  into.findings.add({true, rule, issue, file, std::move(place), {}, {}, -1, std::move(what)});
}

/// The CRS that the file names; without one, or with one that is not known, that of PLATEAU, and a finding.
crs::CrsInfo crsOf(const FileHead& head, const std::string& file, Validation& into) {
  const Result<crs::CrsInfo> named = crs::describeCrs(crsDefinition(head.srs_name));
  if (named) return *named;
  if (head.srs_name.empty())
    tellFile(into, file, "L05", "MissingCrs", "The file names no coordinate reference system.");
  else
    tellFile(into, file, "L05", "UnknownCrs",
             "The coordinate reference system \"" + head.srs_name.substr(0, 80) + "\" is not known.");
  const Result<crs::CrsInfo> plateau = crs::describeCrs("EPSG:6697");
  return plateau ? *plateau : crs::CrsInfo{};
}

Status validateFile(const std::filesystem::path& path, Ids& ids, Validation& into, Progress& progress) {
  const std::string file = toUtf8(path);
  ++into.files;
  const Result<FileHead> head = readFileHead(path, HeadWish::crs_only, progress);
  if (!head && head.error().code == ErrorCode::cancelled) return head.error();
  if (!head) return tellFile(into, file, "L01", "UnreadableFile", head.error().what), done();
  const crs::CrsInfo info = crsOf(*head, file, into);
  NameTable names;
  FeatureChecks checks(path, *head, info, ids, into);
  Taker taker(checks);
  Members members(names, taker);
  const Result<XmlEnd> end = readXml(path, names, members, progress);
  if (!end) return tellFile(into, file, "L01", "UnreadableFile", end.error().what), done();
  if (end->reason == XmlEnd::Reason::cancelled)
    return Error{ErrorCode::cancelled, file, "The inspection was stopped by the user.", ""};
  if (end->reason == XmlEnd::Reason::broken)
    tellFile(into, file, "L01", "NotWellFormed", end->what, "line " + std::to_string(end->line));
  else
    checks.finish();
  if (!end->undeclared_prefix.empty())
    tellFile(into, file, "L01", "UndeclaredPrefix",
             "The prefix \"" + end->undeclared_prefix.substr(0, 80) + "\" is used, but not declared.");
  if (taker.features() == 0 && end->reason == XmlEnd::Reason::complete)
    tellFile(into, file, "", "NoFeatures", "The file holds no city object.");
  return done();
}

bool isGml(const std::filesystem::path& path) {
  const std::string extension = toLower(toUtf8(path.extension()));
  return extension == ".gml" || extension == ".xml" || extension == ".citygml";
}

}  // namespace

Result<Validation> validateFiles(const std::vector<std::filesystem::path>& paths, Progress& progress) {
  std::vector<std::filesystem::path> files;
  for (const std::filesystem::path& path : paths) {
    std::error_code error;
    if (!std::filesystem::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    Problems passed_over;
    for (const FoundFile& found : findFiles({path}, passed_over))
      if (isGml(found.path)) files.push_back(found.path);
  }
  if (files.empty())
    return Error{ErrorCode::not_found, paths.empty() ? std::string() : toUtf8(paths.front()),
                 "There is no CityGML file to inspect here.", "Name .gml files or a folder that holds some."};
  Validation validation;
  Ids ids;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const Status status = validateFile(files[i], ids, validation, progress);
    if (!status) return status.error();
  }
  return validation;
}

}  // namespace hashimichi::import::citygml
