#include "geo/import/citygml/file_reader.h"

#include <fmt/format.h>

#include <map>
#include <variant>

#include "geo/core/file.h"
#include "geo/import/citygml/feature_parsers.h"
#include "geo/import/citygml/feature_types.h"
#include "geo/import/citygml/file_head.h"
#include "geo/import/citygml/file_report.h"
#include "geo/import/citygml/limits.h"
#include "geo/import/citygml/links.h"
#include "geo/import/citygml/read_members.h"
#include "geo/import/citygml/relief_reader.h"

namespace hashimichi::import::citygml {
namespace {

using AnyFeature = std::variant<model::Building, model::RoadSegment, model::Bridge, model::CityObject>;

/// A feature with faces that another feature defines.
struct WaitingFeature {
  AnyFeature feature;
  Shape shape;
};

/// First pass: every supported feature to the sink.
class FileReader final : public FeatureTaker {
 public:
  FileReader(const std::filesystem::path& path, Context& context, SourceFrame frame, Appearances appearances)
      : path_(path),
        file_(toUtf8(path)),
        context_(context),
        frames_(std::move(frame), context),
        appearances_(std::move(appearances)),
        geometry_{frames_, context.problems, file_, left_out_, &appearances_},
        codelists_(path, context.problems),
        values_(context.problems, file_),
        relief_(geometry_, context),
        links_(path, context, geometry_) {}

  Status run();

  bool wants(const Name& type) override {
    ++members_;
    const Reader reader = typeOf(type).reader;
    if (reader == Reader::appearance) return false;  // read beforehand
    if (reader != Reader::none) return true;
    constexpr std::size_t type_limit = 200;  // CityGML and i-UR together have fewer
    const std::string_view prefix = prefixOf(type.family);
    std::string name = prefix.empty() ? type.local : fmt::format("{}:{}", prefix, type.local);
    if (skipped_types_.size() < type_limit || skipped_types_.contains(name)) ++skipped_types_[std::move(name)];
    return false;
  }
  void take(const FeatureTree& tree) override;
  void takeTriangle(const FeatureTree& tree, NodeId triangle) override { relief_.takeTriangle(tree, triangle); }

 private:
  AnyFeature readAttributes(const FeatureTree& tree, const std::string& id);
  void takeFeature(const FeatureTree& tree, const std::string& id);
  void finish(AnyFeature feature, Shape& shape);
  Status resolveWaiting();
  Status tellEnd(const XmlEnd& end, const std::string& open_feature);
  std::string idOf(const FeatureTree& tree);

  std::filesystem::path path_;
  std::string file_;
  Context& context_;
  FrameSet frames_;
  Appearances appearances_;
  LeftOut left_out_;
  GeometryContext geometry_;
  Codelists codelists_;
  ValueReport values_;
  ReliefReader relief_;
  Links links_;
  std::size_t members_ = 0, read_ = 0, without_id_ = 0;
  std::string first_without_id_;
  std::map<std::string, std::size_t> skipped_types_;
  std::vector<WaitingFeature> waiting_;
};

std::string FileReader::idOf(const FeatureTree& tree) {
  if (const auto id = tree.gmlId(tree.root()); id && !id->empty()) return std::string(*id);
  if (without_id_++ == 0) first_without_id_ = tree.place(tree.root());
  return fmt::format("{}-line-{}", toUtf8(path_.stem()), tree.line(tree.root()));
}

AnyFeature FileReader::readAttributes(const FeatureTree& tree, const std::string& id) {
  const FeatureContext feature{tree, codelists_, context_.problems, file_, values_, id};
  switch (typeOf(tree.name(tree.root())).reader) {
    case Reader::building:
      return readBuilding(feature);
    case Reader::road:
      return readRoad(feature);
    case Reader::bridge:
      return readBridge(feature);
    default:
      return readObject(feature);
  }
}

void FileReader::take(const FeatureTree& tree) {
  const std::string id = idOf(tree);
  context_.problems.about(id);
  takeFeature(tree, id);
  context_.problems.about({});
}

void FileReader::takeFeature(const FeatureTree& tree, const std::string& id) {
  if (tree.overflowed()) {
    context_.problems.skip(file_, tree.place(tree.root()), "feature.too_large",
                           "The feature is larger than 256 MiB and was not read.", "Ask the source to split it.");
    return;
  }
  if (typeOf(tree.name(tree.root())).reader == Reader::relief) {
    ++read_;
    return relief_.take(tree, id);
  }
  AnyFeature feature = readAttributes(tree, id);
  Shape shape = readShape(tree, geometry_);
  if (!shape.missing.empty() && waiting_.size() < waiting_feature_limit) {
    links_.want(shape);
    waiting_.push_back({std::move(feature), std::move(shape)});
  } else {
    finish(std::move(feature), shape);
  }
}

void FileReader::finish(AnyFeature feature, Shape& shape) {
  links_.resolve(shape);
  Form form = formOf(shape, geometry_, std::holds_alternative<model::RoadSegment>(feature));
  if (form.geometry.empty())
    context_.problems.assume(file_, shape.place, "geometry.none",
                             "The feature has no form that can be read; it was kept with its attributes only.");
  ++read_;
  std::visit(
      [&](auto& typed) {
        setForm(typed, std::move(form));
        context_.sink.add(std::move(typed));
      },
      feature);
}

Status FileReader::resolveWaiting() {
  if (waiting_.empty()) return done();
  if (const Status read = links_.read(); !read) return read;
  for (WaitingFeature& waiting : waiting_) {
    context_.problems.about(std::visit([](const auto& typed) { return typed.id; }, waiting.feature));
    finish(std::move(waiting.feature), waiting.shape);
  }
  context_.problems.about({});
  waiting_.clear();
  return done();
}

/// A broken end costs what follows it, not what came before.
Status FileReader::tellEnd(const XmlEnd& end, const std::string& open_feature) {
  if (end.reason == XmlEnd::Reason::cancelled)
    return Error{ErrorCode::cancelled, file_, "Reading was stopped by the user.", ""};
  if (!end.undeclared_prefix.empty())
    context_.problems.assume(file_, {}, "xml.undeclared_prefix",
                             fmt::format("The prefix \"{}\" is used without being declared; it was taken in its usual "
                                         "meaning where it has one.",
                                         end.undeclared_prefix.substr(0, 100)));
  const bool nothing = read_ == 0 && relief_.empty();
  if (end.reason == XmlEnd::Reason::broken) {
    if (nothing) return Error{ErrorCode::bad_input, fmt::format("{}:{}", file_, end.line), end.what, end.advice};
    std::string what = fmt::format("{} The {} features before it were kept.", end.what, read_);
    if (!open_feature.empty()) what += fmt::format(" Lost: the feature at {}.", open_feature);
    context_.problems.skip(file_, fmt::format("line {}", end.line), end.code, std::move(what), end.advice);
  } else if (members_ == 0) {
    return Error{ErrorCode::bad_input, file_, "The file holds no city objects.", "Check that it is a CityGML file."};
  }
  return done();
}

Status FileReader::run() {
  const Result<MembersEnd> end = readMembers(path_, *this, context_.progress, {context_.options.threads});
  if (!end) return end.error();
  if (const Status resolved = resolveWaiting(); !resolved) return resolved;
  const Status status = tellEnd(end->xml, end->open_feature);
  relief_.finish();
  values_.tell();
  if (without_id_ > 0)
    context_.problems.assume(
        file_, first_without_id_, "id.made",
        fmt::format("{} features have no gml:id, the first here; they are called after their line.", without_id_));
  tellSkippedTypes(skipped_types_, file_, context_.problems);
  tellLeftOut(left_out_, frames_.own(), file_, context_);
  return status;
}

}  // namespace

Status readCityGml(const std::filesystem::path& path, Context& context) {
  Result<FileHead> head = readFileHead(path, HeadWish::crs_only, context.progress);
  if (!head) return head.error();
  const bool named = namesKnownCrs(*head, context.options);
  const std::string definition = definitionFor(*head, context.options);
  if (definition.empty())
    return Error{ErrorCode::bad_crs, toUtf8(path), "The file does not name its coordinate reference system.",
                 "Name it with --source-crs EPSG:code."};
  Result<SourceFrame> frame = SourceFrame::create(definition, head->dimension, context);
  if (!frame) {
    Error error = frame.error();
    error.where = toUtf8(path);
    return error;
  }
  if (!named)
    context.problems.assume(
        toUtf8(path), {}, "crs.from_user",
        fmt::format("The file names no coordinate reference system that is known; {} was taken, as asked.", definition));
  Result<Appearances> appearances = Appearances::read(path, context.sink, context.problems, context.progress);
  if (!appearances) return appearances.error();
  return FileReader(path, context, std::move(frame).value(), std::move(appearances).value()).run();
}

}  // namespace hashimichi::import::citygml
