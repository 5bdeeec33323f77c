#include "geo/import/survey.h"

#include "geo/core/file.h"
#include "geo/import/dataset_names.h"
#include "geo/import/find_files.h"
#include "geo/import/unpack.h"

namespace hashimichi::import {
namespace {

constexpr std::size_t head_bytes = 1u << 20;
/// Of all archives together; a whole city in heads of 1 MiB stays below it.
constexpr std::uint64_t most_looked_at_bytes = 8ull << 30;

/// "bldg:lod2Solid" → 2. A file's features are alike, so its beginning tells.
std::set<int> lodsIn(std::string_view text) {
  std::set<int> lods;
  for (std::size_t at = text.find(":lod"); at != std::string_view::npos; at = text.find(":lod", at + 4))
    if (at + 4 < text.size() && text[at + 4] >= '0' && text[at + 4] <= '4') lods.insert(text[at + 4] - '0');
  return lods;
}

SurveyedFile look(const FoundFile& found, const Options& options, Problems& problems) {
  SurveyedFile file;
  file.path = toUtf8(found.path);
  file.format = found.importer->format();
  std::error_code ignored;
  const auto bytes = std::filesystem::file_size(found.path, ignored);
  if (!ignored) file.bytes = bytes;
  const DatasetName name = datasetNameOf(found.path);
  file.package = name.package, file.mesh_code = name.mesh_code;
  for (const std::string_view type : typesOfPackage(name.package)) file.types.emplace_back(type);
  bool wanted = !unwantedByName(options.selection, found.path);
  if (const Result<Peek> peek = found.importer->peek(found.path, options, problems)) {
    file.format = peek->format, file.crs = peek->crs;
    file.degrees = boundsInDegrees(*peek);
    wanted = wanted && !unwantedByPeek(options.selection, *peek);
  } else {
    problems.fail(peek.error());
  }
  if (!file.degrees && name.square) {
    file.degrees.emplace();
    file.degrees->add(Vec3d{name.square->west_deg, name.square->south_deg, 0});
    file.degrees->add(Vec3d{name.square->east_deg, name.square->north_deg, 0});
  }
  if (found.importer == &citygmlImporter())
    if (const Result<std::string> head = readHead(found.path, head_bytes)) file.lods = lodsIn(*head);
  file.wanted = wanted;
  return file;
}

}  // namespace

namespace {

/// What a look at unpacked files says is told of the files in their archives.
void nameAsInArchive(Survey& survey, const UnpackedArchives& archives) {
  if (!archives.any()) return;
  survey.problems = archives.withOriginalPaths(survey.problems);
  for (SurveyedFile& file : survey.files) {
    if (const auto bytes = archives.bytesOf(file.path)) file.bytes = *bytes;
    file.path = archives.originalOf(file.path);
  }
}

}  // namespace

Result<Survey> survey(const std::vector<std::filesystem::path>& paths, const Options& options, Progress& progress) {
  Survey result;
  progress.report(-1, "looking at the files");
  UnpackLimits limits;
  limits.head_bytes = head_bytes;
  limits.most_bytes = most_looked_at_bytes;
  UnpackedArchives archives({}, limits);
  // Without the selection: what it leaves out is shown, too, as left out.
  const std::vector<std::filesystem::path> unpacked = archives.open(paths, {}, result.problems, progress);
  const std::vector<FoundFile> found = findFiles(unpacked, result.problems);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (progress.cancelled()) return Error{ErrorCode::cancelled, {}, "Looking at the files was cancelled.", {}};
    progress.report(static_cast<double>(i) / static_cast<double>(found.size()), "looking at the files");
    try {
      result.files.push_back(look(found[i], options, result.problems));
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception& exception) {  // of a library: one file tells nothing, the others do
      result.problems.fail({ErrorCode::unreadable,
                            toUtf8(found[i].path),
                            std::string("Looking at the file stopped: ") + exception.what() + ".",
                            {}});
    }
  }
  nameAsInArchive(result, archives);
  for (const SurveyedFile& file : result.files) {
    result.bytes += file.bytes;
    if (file.degrees) result.degrees.add(*file.degrees);
  }
  return result;
}

}  // namespace hashimichi::import
