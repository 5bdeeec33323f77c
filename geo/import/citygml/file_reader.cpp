#include "geo/import/citygml/file_reader.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <variant>

#include "geo/core/file.h"
#include "geo/import/citygml/feature_parsers.h"
#include "geo/import/citygml/file_head.h"
#include "geo/import/citygml/limits.h"
#include "geo/import/citygml/read_members.h"
#include "geo/import/citygml/ring_parser.h"
#include "geo/import/citygml/shape.h"
#include "geo/import/tin_grid.h"

namespace hashimichi::import::citygml {
namespace {

using AnyFeature = std::variant<model::Building, model::RoadSegment, model::Bridge>;

/// A feature with faces that another feature of the file defines.
struct WaitingFeature {
  AnyFeature feature;
  Shape shape;
};

enum class FeatureType { building, road, bridge, relief, none };

FeatureType typeOf(const Name& name) {
  if (name.is(Family::bldg, "Building")) return FeatureType::building;
  if (name.is(Family::tran, "Road")) return FeatureType::road;
  if (name.is(Family::brid, "Bridge")) return FeatureType::bridge;
  if (name.is(Family::dem, "ReliefFeature")) return FeatureType::relief;
  return FeatureType::none;
}

/// First pass: every supported feature to the sink.
class FileReader final : public FeatureTaker {
 public:
  FileReader(const std::filesystem::path& path, Context& context, SourceFrame frame)
      : path_(path),
        file_(toUtf8(path)),
        context_(context),
        frame_(std::move(frame)),
        geometry_{frame_, context.problems, file_, left_out_},
        codelists_(path, context.problems),
        values_(context.problems, file_) {}

  Status run();

  bool wants(const Name& type) override {
    ++members_;
    if (typeOf(type) != FeatureType::none) return true;
    constexpr std::size_t type_limit = 200;  // CityGML and i-UR together have fewer
    const std::string_view prefix = prefixOf(type.family);
    std::string name = prefix.empty() ? type.local : fmt::format("{}:{}", prefix, type.local);
    if (skipped_types_.size() < type_limit || skipped_types_.contains(name)) ++skipped_types_[std::move(name)];
    return false;
  }
  void take(const FeatureTree& tree) override;
  void takeTriangle(const FeatureTree& tree, NodeId triangle) override;

 private:
  AnyFeature readAttributes(const FeatureTree& tree);
  void takeRelief(const FeatureTree& tree);
  void finish(AnyFeature feature, Shape& shape);
  Status resolveWaiting();
  Status tellEnd(const XmlEnd& end, const std::string& open_feature);
  void tellSkippedTypes();
  void tellLeftOut();
  std::string idOf(const FeatureTree& tree);

  std::filesystem::path path_;
  std::string file_;
  Context& context_;
  SourceFrame frame_;
  LeftOut left_out_;
  GeometryContext geometry_;
  Codelists codelists_;
  ValueReport values_;
  TinGrid tin_;
  std::size_t members_ = 0, read_ = 0, without_id_ = 0;
  std::string first_without_id_;
  std::map<std::string, std::size_t> skipped_types_;
  std::vector<WaitingFeature> waiting_;
};

/// Second pass, only for files whose features share faces: what the waiting ones need.
class FaceFinder final : public FeatureTaker {
 public:
  FaceFinder(GeometryContext& geometry, FacesById& wanted) : geometry_(geometry), wanted_(wanted) {}
  bool wants(const Name&) override { return true; }
  void take(const FeatureTree& tree) override { collectWanted(tree, geometry_, wanted_); }
  void takeTriangle(const FeatureTree&, NodeId) override {}

 private:
  GeometryContext& geometry_;
  FacesById& wanted_;
};

std::string FileReader::idOf(const FeatureTree& tree) {
  if (const auto id = tree.gmlId(tree.root()); id && !id->empty()) return std::string(*id);
  if (without_id_++ == 0) first_without_id_ = tree.place(tree.root());
  return fmt::format("{}-line-{}", toUtf8(path_.stem()), tree.line(tree.root()));
}

AnyFeature FileReader::readAttributes(const FeatureTree& tree) {
  const FeatureContext feature{tree, codelists_, context_.problems, file_, values_, idOf(tree)};
  switch (typeOf(tree.name(tree.root()))) {
    case FeatureType::road:
      return readRoad(feature);
    case FeatureType::bridge:
      return readBridge(feature);
    default:
      return readBuilding(feature);
  }
}

void FileReader::take(const FeatureTree& tree) {
  if (tree.overflowed()) {
    context_.problems.skip(file_, tree.place(tree.root()), "feature.too_large",
                           "The feature is larger than 256 MiB and was not read.", "Ask the source to split it.");
    return;
  }
  if (typeOf(tree.name(tree.root())) == FeatureType::relief) return takeRelief(tree);
  AnyFeature feature = readAttributes(tree);
  Shape shape = readShape(tree, geometry_);
  if (!shape.missing.empty() && waiting_.size() < waiting_feature_limit)
    waiting_.push_back({std::move(feature), std::move(shape)});
  else
    finish(std::move(feature), shape);
}

void FileReader::finish(AnyFeature feature, Shape& shape) {
  resolveMissing(shape, {}, geometry_);
  const bool road = std::holds_alternative<model::RoadSegment>(feature);
  const std::vector<model::Surface> outline = road ? outlineOf(shape, geometry_) : std::vector<model::Surface>{};
  model::Geometry geometry = chooseGeometry(shape, geometry_);
  if (geometry.empty())
    context_.problems.assume(file_, shape.place, "geometry.none",
                             "The feature has no form that can be read; it was kept with its attributes only.");
  ++read_;
  std::visit(
      [&](auto& typed) {
        if constexpr (std::is_same_v<std::decay_t<decltype(typed)>, model::RoadSegment>)
          setGeometry(typed, std::move(geometry), outline);
        else
          setGeometry(typed, std::move(geometry));
        context_.sink.add(std::move(typed));
      },
      feature);
}

void FileReader::takeTriangle(const FeatureTree& tree, NodeId triangle) {
  for (const NodeId boundary : tree.children(triangle)) {
    if (tree.name(boundary).tag != Tag::exterior) continue;
    for (const NodeId ring_node : tree.children(boundary)) {
      RingFault fault;
      auto ring = parseRing(tree, ring_node, frame_.dimension(), fault);
      if (ring && ring->size() != 3)
        fault = {"tin.triangle", fmt::format("A triangle has {} corners.", ring->size())}, ring.reset();
      if (!ring) {
        context_.problems.skip(file_, tree.place(ring_node), fault.code, fault.what + " The triangle was skipped.",
                               "Ask the source to repair it.");
        continue;
      }
      frame_.decideOrder(ring->front(), file_, tree.place(ring_node), context_.problems);
      frame_.toLocal(*ring);
      tin_.add((*ring)[0], (*ring)[1], (*ring)[2]);
    }
  }
}

void FileReader::takeRelief(const FeatureTree& tree) {
  ++read_;
  for (NodeId node = 0; node < tree.size(); ++node) {
    const Name& name = tree.name(node);
    if (name.family == Family::dem && name.local.ends_with("Relief") && name.local != "TINRelief")
      context_.problems.skip(file_, tree.place(node), "relief.type",
                             fmt::format("dem:{} is not read; only triangulated reliefs (TINRelief) are.", name.local),
                             "Import the elevation model as GeoTIFF instead.");
  }
}

Status FileReader::resolveWaiting() {
  if (waiting_.empty()) return done();
  FacesById wanted;
  for (const WaitingFeature& waiting : waiting_)
    for (const MissingFace& missing : waiting.shape.missing) wanted[missing.id];
  // What the second look finds wrong has been reported by the first.
  Problems known;
  LeftOut counted;
  GeometryContext quiet{frame_, known, file_, counted};
  FaceFinder finder(quiet, wanted);
  const Result<MembersEnd> end = readMembers(path_, finder, context_.progress, {context_.options.threads});
  if (end && end->xml.reason == XmlEnd::Reason::cancelled)
    return Error{ErrorCode::cancelled, file_, "Reading was stopped by the user.", ""};
  for (WaitingFeature& waiting : waiting_) {
    resolveMissing(waiting.shape, wanted, geometry_);
    finish(std::move(waiting.feature), waiting.shape);
  }
  waiting_.clear();
  return done();
}

void FileReader::tellSkippedTypes() {
  for (const auto& [type, count] : skipped_types_)
    context_.problems.skip(
        file_, {}, "feature.type",
        fmt::format("{}: {} not read, because only buildings, roads, bridges and reliefs are.", type, count));
}

void FileReader::tellLeftOut() {
  const auto tell = [&](std::size_t count, const char* code, const std::string& what) {
    if (count > 0) context_.problems.skip(file_, {}, code, fmt::format("{} {}", count, what));
  };
  tell(left_out_.other_crs, "geometry.other_crs",
       fmt::format("geometries in another coordinate reference system than the file's ({}) were not read.",
                   left_out_.first_other_crs.substr(0, 100)));
  tell(left_out_.cartographic, "geometry.drawing",
       "map drawings (DM attributes) beside the form proper were not read.");
  tell(left_out_.interior, "geometry.interior", "interior rooms, installations or furniture were not read.");
  tell(left_out_.implicit, "geometry.implicit", "forms taken from a library (implicit geometry) were not read.");
  tell(left_out_.external_links, "xlink.external", "links to other files were not followed.");
  tellCrs(frame_.info().definition, frame_.heights(), true, file_, {}, context_);
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
  const bool nothing = read_ == 0 && tin_.triangles() == 0;
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
  finishTerrain(tin_, file_, context_);
  values_.tell();
  if (without_id_ > 0)
    context_.problems.assume(
        file_, first_without_id_, "id.made",
        fmt::format("{} features have no gml:id, the first here; they are called after their line.", without_id_));
  tellSkippedTypes();
  tellLeftOut();
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
  return FileReader(path, context, std::move(frame).value()).run();
}

}  // namespace hashimichi::import::citygml
