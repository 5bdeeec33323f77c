#include "geo/import/citygml/appearance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>

#include "geo/core/file.h"
#include "geo/import/citygml/dataset.h"
#include "geo/import/citygml/image_size.h"
#include "geo/import/citygml/limits.h"
#include "geo/import/citygml/ring_parser.h"

namespace hashimichi::import::citygml {
namespace {

/// Whether a file names surface data at all, without parsing it.
bool hasSurfaceData(const std::filesystem::path& path) {
  constexpr std::string_view sign = ":surfaceData";
  std::ifstream stream(path, std::ios::binary);
  std::string piece(1u << 20, '\0');
  std::size_t kept = 0;
  while (stream) {
    stream.read(piece.data() + kept, static_cast<std::streamsize>(piece.size() - kept));
    const std::size_t size = kept + static_cast<std::size_t>(stream.gcount());
    if (std::string_view(piece.data(), size).find(sign) != std::string_view::npos) return true;
    kept = std::min(size, sign.size() - 1);
    std::memmove(piece.data(), piece.data() + size - kept, kept);
  }
  return false;
}

/// "#id" → "id"; empty for what other files define.
std::string_view idOf(std::string_view target) {
  if (target.starts_with('#')) return target.substr(1);
  return target.find('#') == target.npos ? target : std::string_view{};
}

model::TextureWrap wrapOf(std::string_view mode) {
  if (mode == "wrap") return model::TextureWrap::repeat;
  if (mode == "mirror") return model::TextureWrap::mirror;
  if (mode == "clamp") return model::TextureWrap::clamp;
  if (mode == "border") return model::TextureWrap::border;
  return model::TextureWrap::none;
}

std::optional<std::vector<double>> numbersOf(const FeatureTree& tree, NodeId node, std::size_t count) {
  std::vector<double> numbers;
  if (node == no_node || !parseNumbers(tree.text(node), numbers) || numbers.size() < count) return std::nullopt;
  return numbers;
}

NodeId named(const FeatureTree& tree, NodeId node, std::string_view local) {
  for (const NodeId child : tree.children(node)) {
    if (tree.name(child).local == local) return child;
    if (const NodeId below = named(tree, child, local); below != no_node) return below;
  }
  return no_node;
}

}  // namespace

/// Reads one surfaceDataMember after the other, wherever it stands.
class AppearanceHandler final : public XmlHandler {
 public:
  AppearanceHandler(const NameTable& names, const std::filesystem::path& file, Appearances& out)
      : names_(names), tree_(names), dataset_(file), source_(toUtf8(file)), out_(out) {}

  void start(NameIndex index, std::span<const XmlAttribute> attributes, std::uint64_t line) override {
    const Name& name = names_[index];
    if (inside_) return tree_.start(index, attributes, line);
    if (member_ && name.family == Family::app) {
      inside_ = true;
      tree_.clear();
      tree_.start(index, attributes, line);
    }
    member_ = name.family == Family::app && (name.local == "surfaceDataMember" || name.local == "surfaceData");
  }
  void text(std::string_view piece) override {
    if (inside_) tree_.text(piece);
  }
  void end() override {
    if (!inside_) return void(member_ = false);
    tree_.end();
    if (!tree_.complete()) return;
    inside_ = false;
    if (!tree_.overflowed()) take();
    tree_.clear();
  }
  void tell(Problems& problems) const;

 private:
  void take();
  void takeTexture(bool georeferenced);
  void takeColour();
  void takeParameters(NodeId association, std::string_view target, std::uint32_t material);
  void look(std::string_view target, Appearances::Look look);
  std::optional<std::uint32_t> textureMaterial();
  std::optional<std::array<double, 12>> georeference() const;

  const NameTable& names_;
  FeatureTree tree_;
  Dataset dataset_;
  std::string source_;
  Appearances& out_;
  std::unordered_map<std::string, std::optional<std::uint32_t>> by_uri_;
  std::filesystem::path picture_;
  bool member_ = false, inside_ = false;
  std::size_t points_ = 0, over_limit_ = 0, missing_ = 0, outside_ = 0, unplaced_ = 0;
  std::string first_missing_, first_outside_, first_unplaced_;
};

void AppearanceHandler::take() {
  const std::string& type = tree_.name(tree_.root()).local;
  if (const NodeId front = named(tree_, tree_.root(), "isFront");
      front != no_node && (tree_.text(front) == "false" || tree_.text(front) == "0"))
    return;  // the back of a face is drawn like its front
  if (type == "X3DMaterial") takeColour();
  if (type == "ParameterizedTexture") takeTexture(false);
  if (type == "GeoreferencedTexture") takeTexture(true);
}

void AppearanceHandler::look(std::string_view target, Appearances::Look look) {
  const std::string_view id = idOf(target);
  if (id.empty()) return;
  const auto [place, added] = out_.looks_.try_emplace(std::string(id));
  const auto pictured = [&](std::uint32_t m) { return !out_.materials_[m].material.texture_path.empty(); };
  if (added || (pictured(look.material) && !pictured(place->second.material))) place->second = std::move(look);
}

void AppearanceHandler::takeColour() {
  model::Material material;
  material.source = source_;
  if (const auto rgb = numbersOf(tree_, named(tree_, tree_.root(), "diffuseColor"), 3))
    for (std::size_t i = 0; i < 3; ++i)
      material.rgb[i] = static_cast<std::uint8_t>(std::lround(std::clamp((*rgb)[i], 0.0, 1.0) * 255));
  if (const auto value = numbersOf(tree_, named(tree_, tree_.root(), "transparency"), 1))
    material.transparency = static_cast<float>(std::clamp(value->front(), 0.0, 1.0));
  const auto index = static_cast<std::uint32_t>(out_.materials_.size());
  out_.materials_.push_back({std::move(material), {}});
  for (const NodeId child : tree_.children(tree_.root()))
    if (tree_.name(child).local == "target") look(tree_.text(child), {index, {}, {}});
}

/// The picture's material; nothing when it is not there.
std::optional<std::uint32_t> AppearanceHandler::textureMaterial() {
  const NodeId uri_node = named(tree_, tree_.root(), "imageURI");
  if (uri_node == no_node) return std::nullopt;
  const std::string uri(tree_.text(uri_node).substr(0, attribute_text_limit));
  const NodeId wrap_node = named(tree_, tree_.root(), "wrapMode");
  const model::TextureWrap wrap = wrap_node == no_node ? model::TextureWrap::none : wrapOf(tree_.text(wrap_node));
  const auto [place, added] = by_uri_.try_emplace(uri + '\n' + std::to_string(static_cast<int>(wrap)));
  if (!added) {
    if (place->second) picture_ = out_.materials_[*place->second].material.texture_path;
    return place->second;
  }
  const Dataset::Answer answer = dataset_.find(uri);
  if (answer.found == Dataset::Found::outside && outside_++ == 0) first_outside_ = uri;
  if (answer.found == Dataset::Found::missing && missing_++ == 0) first_missing_ = uri;
  if (answer.found != Dataset::Found::yes) return std::nullopt;
  model::Material material;
  material.source = source_;
  material.texture_path = toUtf8(answer.path);
  material.wrap = wrap;
  picture_ = answer.path;
  place->second = static_cast<std::uint32_t>(out_.materials_.size());
  out_.materials_.push_back({std::move(material), {}});
  return place->second;
}

/// CityGML 2.0: target with attribute uri; 3.0: textureParameterization / TextureAssociation / target.
void AppearanceHandler::takeTexture(bool georeferenced) {
  const std::optional<std::uint32_t> material = textureMaterial();
  if (!material) return;
  std::optional<std::array<double, 12>> matrix;
  if (georeferenced && !(matrix = georeference())) {
    if (unplaced_++ == 0) first_unplaced_ = toUtf8(picture_.filename());
    return;
  }
  for (const NodeId child : tree_.children(tree_.root())) {
    const std::string& name = tree_.name(child).local;
    if (georeferenced && name == "target") {
      look(tree_.text(child), {*material, {}, matrix});
    } else if (name == "target") {
      if (const auto uri = tree_.attribute(child, "uri")) takeParameters(child, *uri, *material);
    } else if (name == "textureParameterization") {
      const NodeId target = named(tree_, child, "target");
      if (target != no_node) takeParameters(child, tree_.text(target), *material);
    }
  }
}

void AppearanceHandler::takeParameters(NodeId association, std::string_view target, std::uint32_t material) {
  Appearances::Look face{material, {}, {}};
  if (const auto numbers = numbersOf(tree_, named(tree_, association, "worldToTexture"), 12)) {
    std::array<double, 12> matrix;
    std::copy_n(numbers->begin(), 12, matrix.begin());
    face.world_to_texture = matrix;
    return look(target, std::move(face));
  }
  const NodeId list = named(tree_, association, "TexCoordList");
  if (list == no_node) return;
  std::size_t ring_number = 0;
  for (const NodeId child : tree_.children(list)) {
    const std::string& name = tree_.name(child).local;
    if (name == "ring" && ring_number < face.rings.size()) face.rings[ring_number++].ring = idOf(tree_.text(child));
    if (name != "textureCoordinates") continue;
    const auto numbers = numbersOf(tree_, child, 6);
    if (!numbers || points_ + numbers->size() / 2 > texture_point_limit) {
      if (numbers) ++over_limit_;
      continue;
    }
    Appearances::RingLook ring{std::string(idOf(tree_.attribute(child, "ring").value_or(""))), {}};
    ring.uv.reserve(numbers->size() / 2);
    for (std::size_t i = 0; i + 1 < numbers->size(); i += 2)
      ring.uv.push_back({static_cast<float>((*numbers)[i]), static_cast<float>((*numbers)[i + 1])});
    points_ += ring.uv.size();
    face.rings.push_back(std::move(ring));
  }
  if (!face.rings.empty()) look(target, std::move(face));
}

/// CityGML 2.0, 9.3: the reference point is the centre of the upper left pixel, the orientation leads from pixels to
/// coordinates. A world file beside the picture is not read.
std::optional<std::array<double, 12>> AppearanceHandler::georeference() const {
  const auto m = numbersOf(tree_, named(tree_, tree_.root(), "orientation"), 4);
  const NodeId reference = named(tree_, tree_.root(), "referencePoint");
  const auto origin = reference == no_node ? std::nullopt : numbersOf(tree_, named(tree_, reference, "pos"), 2);
  const auto size = imageSizeOf(picture_);
  if (!m || !origin || !size) return std::nullopt;
  const double det = (*m)[0] * (*m)[3] - (*m)[1] * (*m)[2];
  if (det == 0) return std::nullopt;
  const double a = (*m)[3] / det, b = -(*m)[1] / det, c = -(*m)[2] / det, d = (*m)[0] / det;
  const double x = (*origin)[0], y = (*origin)[1], w = size->width, h = size->height;
  return std::array<double, 12>{a / w,  b / w,  0, (0.5 - a * x - b * y) / w,  //
                                -c / h, -d / h, 0, 1 - (0.5 - c * x - d * y) / h, 0, 0, 0, 1};
}

void AppearanceHandler::tell(Problems& problems) const {
  if (missing_ > 0)
    problems.assume(source_, {}, "texture.missing",
                    fmt::format("{} pictures are not there, the first \"{}\"; their faces were left without.", missing_,
                                first_missing_.substr(0, 200)),
                    "Keep the folder of the pictures beside the file.");
  if (outside_ > 0)
    problems.skip(source_, {}, "texture.escape",
                  fmt::format("{} pictures lie outside the data set and were refused, the first \"{}\".", outside_,
                              first_outside_.substr(0, 200)),
                  "Put the pictures beside the file.");
  if (unplaced_ > 0)
    problems.skip(source_, {}, "texture.unplaced",
                  fmt::format("{} georeferenced pictures, the first \"{}\", have no reference point and orientation in "
                              "the file, or are neither PNG nor JPEG.",
                              unplaced_, first_unplaced_));
  if (over_limit_ > 0)
    problems.skip(source_, {}, "texture.limit",
                  fmt::format("The texture coordinates of {} rings were left out, because the file has more than {}.",
                              over_limit_, texture_point_limit));
}

Result<Appearances> Appearances::read(const std::filesystem::path& file, model::Sink& sink, Problems& problems,
                                      Progress& progress) {
  Appearances appearances;
  appearances.sink_ = &sink;
  if (!hasSurfaceData(file)) return appearances;
  NameTable names;
  AppearanceHandler handler(names, file, appearances);
  const Result<XmlEnd> end = readXml(file, names, handler, progress);
  if (end && end->reason == XmlEnd::Reason::cancelled)
    return Error{ErrorCode::cancelled, toUtf8(file), "Reading was stopped by the user.", ""};
  handler.tell(problems);
  return appearances;
}

const Appearances::Look* Appearances::lookAround(const FeatureTree& tree, NodeId node) const {
  for (; node != no_node; node = tree.parent(node))
    if (const auto id = tree.gmlId(node))
      if (const auto found = looks_.find(std::string(*id)); found != looks_.end()) return &found->second;
  return nullptr;
}

bool Appearances::coordinatesOf(const Look& look, const FeatureTree& tree, const std::vector<NodeId>& ring_nodes,
                                const model::Polygon& raw, bool reversed, std::vector<TexturePoint>& out) {
  for (std::size_t i = 0; i < ring_nodes.size(); ++i) {
    const model::Ring& ring = i == 0 ? raw.outer : raw.holes[i - 1];
    const std::size_t begin = out.size();
    if (look.world_to_texture) {
      const std::array<double, 12>& m = *look.world_to_texture;
      for (const Vec3d p : ring) {
        const double q = m[8] * p.x + m[9] * p.y + m[10] * p.z + m[11];
        if (q == 0) return false;
        out.push_back({static_cast<float>((m[0] * p.x + m[1] * p.y + m[2] * p.z + m[3]) / q),
                       static_cast<float>((m[4] * p.x + m[5] * p.y + m[6] * p.z + m[7]) / q)});
      }
    } else {
      const std::string_view id = tree.gmlId(ring_nodes[i]).value_or("");
      auto own = std::find_if(look.rings.begin(), look.rings.end(),
                              [&](const RingLook& r) { return !id.empty() && r.ring == id; });
      if (own == look.rings.end() && i < look.rings.size()) own = look.rings.begin() + static_cast<std::ptrdiff_t>(i);
      // The last point repeats the first, in the file.
      if (own == look.rings.end() || own->uv.size() != ring.size() + 1) return false;
      out.insert(out.end(), own->uv.begin(), own->uv.end() - 1);
    }
    if (reversed) std::reverse(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end());
  }
  return true;
}

std::optional<model::SurfaceAppearance> Appearances::of(const FeatureTree& tree, NodeId polygon,
                                                        const std::vector<NodeId>& ring_nodes,
                                                        const model::Polygon& raw, bool reversed,
                                                        bool& uv_fault) const {
  const Look* const look = lookAround(tree, polygon);
  if (!look) return std::nullopt;
  model::SurfaceAppearance appearance;
  const Known& known = materials_[look->material];
  if (!known.material.texture_path.empty() && !coordinatesOf(*look, tree, ring_nodes, raw, reversed, appearance.uv))
    return uv_fault = true, std::nullopt;
  if (!known.index) known.index = sink_->addMaterial(known.material);
  appearance.material = *known.index;
  return appearance;
}

}  // namespace hashimichi::import::citygml
