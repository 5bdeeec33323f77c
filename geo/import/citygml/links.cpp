#include "geo/import/citygml/links.h"

#include <fmt/format.h>

#include "geo/core/file.h"
#include "geo/import/citygml/face_parser.h"
#include "geo/import/citygml/file_head.h"
#include "geo/import/citygml/limits.h"
#include "geo/import/citygml/read_members.h"

namespace hashimichi::import::citygml {
namespace {

class Finder final : public FeatureTaker {
 public:
  Finder(GeometryContext& geometry, GeometryById& wanted) : geometry_(geometry), wanted_(wanted) {}
  bool wants(const Name&) override { return true; }
  void take(const FeatureTree& tree) override { collectWanted(tree, geometry_, wanted_); }
  void takeTriangle(const FeatureTree&, NodeId) override {}

 private:
  GeometryContext& geometry_;
  GeometryById& wanted_;
};

}  // namespace

void Links::want(const Shape& shape) {
  for (const MissingFace& missing : shape.missing) wanted_[missing.file][missing.id];
}

Status Links::readFrom(const std::filesystem::path& path, GeometryContext& geometry, GeometryById& wanted) {
  Finder finder(geometry, wanted);
  const Result<MembersEnd> end = readMembers(path, finder, context_.progress, {context_.options.threads});
  if (end && end->xml.reason == XmlEnd::Reason::cancelled)
    return Error{ErrorCode::cancelled, toUtf8(path), "Reading was stopped by the user.", ""};
  return done();
}

Status Links::readOther(const std::filesystem::path& path, GeometryById& wanted) {
  const Result<FileHead> head = readFileHead(path, HeadWish::crs_only, context_.progress);
  if (!head) return head.error().code == ErrorCode::cancelled ? Status(head.error()) : done();
  const std::string definition = head->srs_name.empty() ? context_.options.source_crs : crsDefinition(head->srs_name);
  Result<SourceFrame> frame = SourceFrame::create(definition, head->dimension, context_);
  if (!frame) return done();  // its links stay unresolved
  FrameSet frames(std::move(frame).value(), context_);
  Problems known;  // the linked file tells its own faults when it is imported
  LeftOut counted;
  const std::string shown = toUtf8(path);
  GeometryContext geometry{frames, known, shown, counted, nullptr};
  return readFrom(path, geometry, wanted);
}

Status Links::read() {
  std::size_t opened = 0;
  for (auto& [file, wanted] : wanted_) {
    if (file.empty()) {
      // What the second look finds wrong has been reported by the first.
      Problems known;
      LeftOut counted;
      GeometryContext quiet{geometry_.frames, known, geometry_.file, counted, geometry_.appearances};
      if (const Status status = readFrom(path_, quiet, wanted); !status) return status;
      continue;
    }
    const Dataset::Answer answer = dataset_.find(file);
    if (answer.found == Dataset::Found::outside)
      geometry_.problems.skip(
          geometry_.file, {}, "xlink.escape",
          fmt::format("The linked file \"{}\" lies outside the data set and was not opened.", file.substr(0, 200)),
          "Put it into the data set.");
    if (answer.found != Dataset::Found::yes) continue;
    if (++opened > linked_file_limit) {
      geometry_.problems.skip(geometry_.file, {}, "xlink.limit",
                              fmt::format("The file links to more than {} others.", linked_file_limit));
      break;
    }
    if (const Status status = readOther(answer.path, wanted); !status) return status;
  }
  return done();
}

const FoundGeometry* Links::found(const MissingFace& missing) const {
  const auto file = wanted_.find(missing.file);
  if (file == wanted_.end()) return nullptr;
  const auto geometry = file->second.find(missing.id);
  return geometry == file->second.end() || geometry->second.relative.empty() ? nullptr : &geometry->second;
}

void Links::resolve(Shape& shape) const {
  for (const MissingFace& missing : shape.missing) {
    const FoundGeometry* const geometry = found(missing);
    if (!geometry) {
      const std::string target = missing.file.empty() ? missing.id : missing.file + "#" + missing.id;
      geometry_.problems.skip(geometry_.file, missing.place, "xlink.unresolved",
                              fmt::format("A face refers to \"{}\", which {} does not define.", target.substr(0, 300),
                                          missing.file.empty() ? "the file" : "the data set"),
                              "Ask the source for the complete data set.");
      continue;
    }
    LodShape& level = shape.parts[missing.part].by_lod[missing.lod];
    const std::size_t first = level.surfaces.size();
    if (missing.placement)
      for (const model::Surface& face : geometry->relative)
        shape.lost += addPlaced(face, *missing.placement, geometry_, level) ? 0u : 1u;
    else
      append(geometry->local, level);
    for (std::size_t i = first; i < level.surfaces.size(); ++i)
      if (level.surfaces[i].kind == model::SurfaceKind::unknown) level.surfaces[i].kind = missing.kind;
  }
  shape.missing.clear();
}

}  // namespace hashimichi::import::citygml
