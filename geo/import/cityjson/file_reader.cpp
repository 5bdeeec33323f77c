#include "geo/import/cityjson/file_reader.h"

#include <fmt/format.h>

#include <cmath>

#include "geo/core/file.h"
#include "geo/import/cityjson/document_reader.h"
#include "geo/import/cityjson/sequence.h"
#include "geo/import/source_crs.h"

namespace hashimichi::import::cityjson {
namespace {

/// Features of a sequence that are looked at before it is read.
constexpr std::size_t surveyed_lines = 200;

Error cancelledError(const std::string& file) {
  return {ErrorCode::cancelled, file, "Reading was stopped by the user.", ""};
}

Error brokenError(const std::string& file, const Damage& damage) {
  return {ErrorCode::bad_input, fmt::format("{}, byte {}", file, damage.at), damage.what,
          "Copy or export the file again from its source."};
}

/// Adds one document to what is known of the file. Its vertices are transformed.
void look(ByteSource& source, Document& document, Survey& survey) {
  applyTransform(document.vertices, survey.head);
  survey.bounds.add(boundsOf(document.vertices));
  survey.any_object = survey.any_object || !document.objects.empty();
  if (!survey.axes.enough()) survey.axes.look(source, document);
}

/// The first lines of a sequence behind its head; the source stands where it stood.
void lookAtLines(ByteSource& source, Survey& survey) {
  const std::uint64_t before = source.position();
  Lines lines(source);
  SilentProgress silent;
  std::string line;
  for (std::size_t i = 0; i < surveyed_lines && lines.next(line); ++i) {
    ByteSource text = ByteSource::ofText(std::move(line));
    Document document = scanDocument(text, silent);
    if (!document.damage) look(text, document, survey);
    line = {};
  }
  source.seek(before);
}

/// A file, opened and its first document looked through.
struct Opened {
  ByteSource source;
  Document first;
  bool sequence = false;
  Survey survey;
};

Result<Opened> openFile(const std::filesystem::path& path, Progress& progress) {
  Result<ByteSource> source = ByteSource::open(path);
  if (!source) return source.error();
  Opened opened{std::move(source).value(), {}, false, {}};
  const std::string file = toUtf8(path);
  skipMark(opened.source);
  const std::uint64_t begin = opened.source.position();
  opened.first = scanDocument(opened.source, progress);
  if (opened.first.cancelled) return cancelledError(file);
  opened.sequence = isSequence(path, opened.source);
  if (opened.sequence) {
    // By its line: behind damage the first document may have run into the others.
    opened.source.seek(begin);
    Lines lines(opened.source);
    std::string line;
    lines.next(line);
    const std::uint64_t behind = opened.source.position();
    ByteSource text = ByteSource::ofText(std::move(line));
    opened.first = scanDocument(text, progress);
    if (opened.first.damage)
      return Error{ErrorCode::bad_input, file + ":1",
                   fmt::format("The first line, which tells how to read the others, is damaged at byte {}: {}",
                               opened.first.damage->at, opened.first.damage->what),
                   "Ask the source for the complete file."};
    opened.survey.head = readHead(text, opened.first);
    look(text, opened.first, opened.survey);
    opened.source.seek(behind);
    lookAtLines(opened.source, opened.survey);
    return opened;
  }
  if (opened.first.damage && (opened.first.objects.empty() || opened.first.vertices.empty()))
    return brokenError(file, *opened.first.damage);
  opened.survey.head = readHead(opened.source, opened.first);
  look(opened.source, opened.first, opened.survey);
  return opened;
}

bool crsListsNorthFirst(const crs::CrsInfo& info) {
  if (info.geographic) return info.definition.find("CRS84") == std::string::npos;
  const auto frame = crs::LocalFrame::create(info.horizontal_epsg ? info.horizontal_epsg : info.epsg, {});
  return frame.ok() && frame->northingFirst();
}

class FileReader {
 public:
  FileReader(const std::filesystem::path& path, Context& context, Opened opened)
      : path_(path), file_(toUtf8(path)), context_(context), opened_(std::move(opened)), state_{file_, context} {}

  Status run();

 private:
  Result<SourcePlace> findPlace();
  void tellHead();
  /// Vertices into the local frame; tells how many have no place there.
  void place(Document& document, const std::string& where);
  Status readWhole();
  Status readLines();
  /// The document's own appearance; nothing when it has none.
  std::optional<Appearance> appearanceOf(ByteSource& source, const Document& document);
  void readTemplates(ByteSource& source, const Document& document);
  Status finish();

  std::filesystem::path path_;
  std::string file_;
  Context& context_;
  Opened opened_;
  FileState state_;
  std::optional<Placer> placer_;
  bool north_first_ = false;
  Appearance appearance_;
  std::string templates_text_;  ///< what templates_ points into
  JsonTree templates_tree_;
  Templates templates_;
  std::size_t outside_ = 0;
};

void FileReader::tellHead() {
  const Head& head = opened_.survey.head;
  Problems& problems = context_.problems;
  if (head.version != "1.0" && head.version != "1.1" && head.version != "2.0")
    problems.assume(
        file_, {}, "version.unknown",
        fmt::format("The file names the version \"{}\"; it was read as CityJSON 2.0.", head.version.substr(0, 40)));
  if (head.bad_transform)
    problems.assume(file_, {}, "transform.bad",
                    "The transform is not a scale and a translation of three numbers each; vertices were taken as they "
                    "are written.",
                    "Ask the source to repair the file.");
  else if (!head.has_transform && head.version != "1.0")
    problems.assume(file_, {}, "transform.missing",
                    "The file has no transform, which its version demands; vertices were taken as they are written.",
                    "Check that the file lies where it should.");
  const Bounds& bounds = opened_.survey.bounds;
  if (head.extent && !bounds.empty() &&
      (head.extent->low.x > bounds.high.x || head.extent->high.x < bounds.low.x || head.extent->low.y > bounds.high.y ||
       head.extent->high.y < bounds.low.y))
    problems.assume(file_, {}, "extent.mismatch",
                    fmt::format("The vertices (from {:.1f}, {:.1f}) lie outside the extent that the file states (from "
                                "{:.1f}, {:.1f}).",
                                bounds.low.x, bounds.low.y, head.extent->low.x, head.extent->low.y),
                    "Check that the file lies where it should.");
}

Result<SourcePlace> FileReader::findPlace() {
  const Survey& survey = opened_.survey;
  Problems& problems = context_.problems;
  if (survey.head.crs.empty()) {
    SourcePlace place = assumePlace(path_, {}, survey.bounds, context_);
    if (survey.axes.northFirst() == std::optional(true)) place.north_first = true;
    return place;
  }
  const Result<crs::CrsInfo> info = crs::describeCrs(survey.head.crs);
  if (!info) {
    Error error = info.error();
    error.where = file_;
    return error;
  }
  bool stated = false;
  SourcePlace place{survey.head.crs, northFirst(survey, *info, stated)};
  if (place.north_first)
    problems.assume(
        file_, {}, "axis.north_first",
        fmt::format("The coordinates are written north first, as {} lists them; they were turned.", info->name));
  else if (!stated && crsListsNorthFirst(*info))
    problems.assume(file_, {}, "axis.assumed",
                    fmt::format("{} lists north first, but nothing in the file shows whether it does; east first was "
                                "taken.",
                                info->name),
                    "Check that the file lies where it should.");
  if (info->ellipsoidal_height)
    problems.assume(file_, {}, "height.ellipsoidal",
                    fmt::format("{} has heights above the ellipsoid; they were kept as they are.", info->name),
                    "Heights of other sources may differ by the geoid's height (about 40 m in Japan).");
  if (const Status fits = checkPlace(path_, {}, survey.bounds, context_, place); !fits) return fits.error();
  return place;
}

void FileReader::place(Document& document, const std::string& where) {
  if (!placer_) return;
  const std::size_t lost = placer_->apply(document.vertices);
  if (lost <= document.bad_vertices) return;
  context_.problems.skip(file_, where, "vertex.outside",
                         fmt::format("{} vertices lie where the file's coordinate reference system is not defined; "
                                     "faces that use them are left out.",
                                     lost - document.bad_vertices),
                         "Check the coordinate reference system of the file.");
}

std::optional<Appearance> FileReader::appearanceOf(ByteSource& source, const Document& document) {
  if (document.appearance.empty()) return std::nullopt;
  JsonTree tree;
  if (const auto fault = tree.parse(source.range(document.appearance.front()))) {
    context_.problems.skip(file_, {}, fault->code, fmt::format("Colours and pictures cannot be read: {}", fault->what));
    return std::nullopt;
  }
  Appearance appearance(tree.root(), path_, context_.sink);
  appearance.tell(file_, context_.problems);
  return appearance;
}

void FileReader::readTemplates(ByteSource& source, const Document& document) {
  if (document.templates.empty()) return;
  templates_text_ = std::string(source.range(document.templates.front()));
  Faults faults;
  if (const auto fault = templates_tree_.parse(templates_text_))
    context_.problems.skip(file_, {}, fault->code, fmt::format("Templates cannot be read: {}", fault->what));
  else
    templates_ = Templates(templates_tree_.root(), north_first_, appearance_, faults);
  for (const auto& [code, fault] : faults)
    context_.problems.skip(file_, "geometry-templates", code,
                           fmt::format("{} ({} times in the templates).", fault.what, fault.count));
}

Status FileReader::readWhole() {
  Document& document = opened_.first;
  place(document, {});
  if (auto appearance = appearanceOf(opened_.source, document)) appearance_ = std::move(*appearance);
  readTemplates(opened_.source, document);
  DocumentReader reader(opened_.source, document, appearance_, templates_, {}, state_);
  if (!reader.run()) return cancelledError(file_);
  if (const auto& damage = document.damage)
    context_.problems.skip(file_, fmt::format("byte {}", damage->at), damage->code,
                           fmt::format("{} The {} features before it were kept.", damage->what, state_.read),
                           "Copy or export the file again from its source.");
  return done();
}

Status FileReader::readLines() {
  ByteSource head = ByteSource::ofText({});
  if (!opened_.first.appearance.empty() || !opened_.first.templates.empty() || !opened_.first.objects.empty()) {
    // The first line may hold templates and appearance for all others, and even objects.
    const std::uint64_t behind = opened_.source.position();
    opened_.source.seek(0);
    skipMark(opened_.source);
    Lines first(opened_.source);
    std::string line;
    first.next(line);
    head = ByteSource::ofText(std::move(line));
    opened_.source.seek(behind);
    if (auto appearance = appearanceOf(head, opened_.first)) appearance_ = std::move(*appearance);
    readTemplates(head, opened_.first);
    place(opened_.first, "line 1");
    if (!DocumentReader(head, opened_.first, appearance_, templates_, "line 1", state_).run())
      return cancelledError(file_);
  }
  Lines lines(opened_.source);
  std::string line;
  const double size = static_cast<double>(std::max<std::uint64_t>(opened_.source.size(), 1));
  while (lines.next(line)) {
    if (context_.progress.cancelled()) return cancelledError(file_);
    if (lines.number() % 64 == 0)
      context_.progress.report(static_cast<double>(opened_.source.position()) / size, file_);
    const std::string where = fmt::format("line {}", lines.number() + 1);
    if (lines.tooLong()) {
      context_.problems.skip(file_, where, "json.too_large", "The line is larger than 256 MiB and was not read.");
      continue;
    }
    ByteSource text = ByteSource::ofText(std::move(line));
    line = {};
    Document document = scanDocument(text, context_.progress);
    if (document.cancelled) return cancelledError(file_);
    if (document.damage) {
      context_.problems.skip(file_, where, document.damage->code,
                             fmt::format("The feature of this line is damaged at byte {}: {} It was skipped.",
                                         document.damage->at, document.damage->what),
                             "Ask the source to repair it.");
      continue;
    }
    applyTransform(document.vertices, opened_.survey.head);
    place(document, where);
    std::optional<Appearance> own = appearanceOf(text, document);
    if (!DocumentReader(text, document, own ? *own : appearance_, templates_, where, state_).run())
      return cancelledError(file_);
  }
  return done();
}

Status FileReader::finish() {
  finishTerrain(state_.tin, file_, context_);
  state_.attributes.tell(file_, context_.problems);
  if (state_.inside > 0)
    context_.problems.skip(
        file_, {}, "geometry.interior",
        fmt::format("{} rooms, storeys or furnishings inside of buildings were not read.", state_.inside));
  for (const auto& [type, count] : state_.unknown_types)
    context_.problems.assume(file_, {}, "object.type_unknown",
                             fmt::format("{} objects of the type \"{}\", which CityJSON does not know, were kept as "
                                         "they are.",
                                         count, type));
  for (const auto& [member, count] : state_.extra_members)
    context_.problems.skip(file_, {}, "extension.member",
                           fmt::format("\"{}\", which an extension adds to the file as a whole, was not read ({} "
                                       "times).",
                                       member.substr(0, 100), count));
  if (state_.read == 0)
    return Error{ErrorCode::bad_input, file_, "The file holds no city object that can be read.",
                 "Check that it is a complete CityJSON file."};
  return done();
}

Status FileReader::run() {
  tellHead();
  if (!opened_.survey.bounds.empty()) {
    Result<SourcePlace> where = findPlace();
    if (!where) return where.error();
    Result<Placer> placer = Placer::create(*where, context_.frame);
    if (!placer) return Error{placer.error().code, file_, placer.error().what, placer.error().advice};
    placer_ = std::move(placer).value();
    north_first_ = where->north_first;
  }
  if (const Status read = opened_.sequence ? readLines() : readWhole(); !read) return read;
  return finish();
}

}  // namespace

Result<Survey> survey(const std::filesystem::path& path) {
  SilentProgress silent;
  Result<Opened> opened = openFile(path, silent);
  if (!opened) return opened.error();
  return std::move(opened->survey);
}

bool northFirst(const Survey& survey, const crs::CrsInfo& info, bool& stated) {
  stated = true;
  if (!crsListsNorthFirst(info)) return false;
  if (const auto axes = survey.axes.northFirst()) return *axes;
  // The second of longitude and latitude is never beyond 90°.
  const Bounds& bounds = survey.bounds;
  if (info.geographic && !bounds.empty()) {
    if (bounds.high.y > 90 || bounds.low.y < -90) return true;
    if (bounds.high.x > 90 || bounds.low.x < -90) return false;
  }
  stated = false;
  return false;
}

Status readCityJson(const std::filesystem::path& path, Context& context) {
  Result<Opened> opened = openFile(path, context.progress);
  if (!opened) return opened.error();
  return FileReader(path, context, std::move(opened).value()).run();
}

}  // namespace hashimichi::import::cityjson
