#include "geo/import/citygml/validate/feature_checks.h"

#include <fmt/format.h>

#include <cctype>
#include <cmath>
#include <numbers>
#include <set>

#include "geo/core/file.h"
#include "geo/import/citygml/ring_parser.h"

namespace hashimichi::import::citygml {
namespace {

/// City objects and their surfaces are written with a capital, properties without; GML's own elements are no objects.
bool isObject(const Name& name) {
  return name.family != Family::gml && !name.local.empty() && std::isupper(static_cast<unsigned char>(name.local[0]));
}

/// "lod2Solid" → 2.
int lodOf(std::string_view local) {
  if (local.size() < 4 || !local.starts_with("lod") || local[3] < '0' || local[3] > '4') return -1;
  return local[3] - '0';
}

/// "bldg_" and a UUID: what PLATEAU asks of the identifiers of its features.
bool isPlateauId(std::string_view id) {
  constexpr std::size_t uuid_size = 36;
  const std::size_t line = id.find('_');
  if (line == id.npos || line == 0 || id.size() != line + 1 + uuid_size) return false;
  for (std::size_t i = 0; i < uuid_size; ++i) {
    const char c = id[line + 1 + i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? c != '-' : !std::isxdigit(static_cast<unsigned char>(c))) return false;
  }
  return true;
}

/// Surfaces that people see from above: roads, areas, roof outlines, terrain.
bool isSeenFromAbove(const std::string& type, int lod) {
  static const std::set<std::string, std::less<>> always{
      "Road",    "Railway", "Track",       "Square", "Waterway", "TrafficArea", "AuxiliaryTrafficArea",
      "LandUse", "Section", "Intersection"};
  return lod == 0 || always.contains(type);
}

template <class Visit>
void walk(const FeatureTree& tree, NodeId node, const Visit& visit) {
  // The tree's depth is limited by the reader (xml.depth).
  visit(node);
  for (const NodeId child : tree.children(node)) walk(tree, child, visit);
}

}  // namespace

Vec3d Metres::operator()(Vec3d p) {
  const Vec3d east_first = info_.north_first ? Vec3d{p.y, p.x, p.z} : p;
  if (!origin_) {
    origin_ = east_first;
    if (info_.geographic) {
      // GRS 80's radii of curvature at this latitude.
      constexpr double a = 6378137, e2 = 0.00669438002290;
      const double radian = std::numbers::pi / 180, lat = east_first.y * radian;
      const double w = std::sqrt(1 - e2 * std::sin(lat) * std::sin(lat));
      metres_per_lat_ = a * (1 - e2) / (w * w * w) * radian;
      metres_per_lon_ = a / w * std::cos(lat) * radian;
    }
  }
  const Vec3d d = east_first - *origin_;
  return {d.x * metres_per_lon_, d.y * metres_per_lat_, east_first.z};
}

FeatureChecks::FeatureChecks(const std::filesystem::path& file, const FileHead& head, const crs::CrsInfo& info,
                             std::unordered_map<std::string, IdPlace>& ids, Validation& into)
    : path_(file),
      file_(toUtf8(file)),
      head_(head),
      metres_(info),
      ids_(ids),
      into_(into),
      codelists_(file, codelist_problems_) {}

FeatureChecks::Owner FeatureChecks::ownerOf(const FeatureTree& tree, NodeId node) const {
  Owner owner;
  for (NodeId at = node; at != no_node; at = tree.parent(at)) {
    const Name& name = tree.name(at);
    if (owner.lod < 0) owner.lod = lodOf(name.local);
    if (!isObject(name)) continue;
    if (owner.type.empty()) owner.type = name.local;
    if (const auto id = tree.gmlId(at)) {
      owner.id = std::string(*id);
      break;
    }
  }
  return owner;
}

void FeatureChecks::add(const FeatureTree& tree, NodeId node, Finding finding) {
  const Owner owner = ownerOf(tree, node);
  finding.file = file_, finding.place = tree.place(node);
  finding.type = owner.type, finding.id = owner.id, finding.lod = owner.lod;
  into_.findings.add(std::move(finding));
}

void FeatureChecks::checkIds(const FeatureTree& tree, NodeId node) {
  const auto id = tree.gmlId(node);
  const bool feature = node == tree.root();
  if (feature && !id) add(tree, node, {true, "", "MissingId", "", "", "", "", -1, "The feature has no gml:id."});
  if (!id) return;
  if (feature && !isPlateauId(*id))
    add(tree, node,
        {true, "", "InvalidId", "", "", "", "", -1,
         fmt::format("\"{}\" is not a prefix, \"_\" and a UUID.", id->substr(0, 80))});
  own_ids_.emplace(*id);
  const auto [first, fresh] =
      ids_.try_emplace(std::string(*id), IdPlace{file_, tree.place(node), tree.name(node).local});
  if (fresh) return;
  const std::string what = fmt::format("The gml:id \"{}\" stands more than once.", id->substr(0, 80));
  if (!std::exchange(first->second.told, true))
    into_.findings.add({true, "C01", "DuplicateId", first->second.file, first->second.place, first->second.type,
                        std::string(*id), -1, what});
  add(tree, node, {true, "C01", "DuplicateId", "", "", "", "", -1, what});
}

void FeatureChecks::checkLink(const FeatureTree& tree, NodeId node) {
  const auto href = tree.attribute(node, "href", Family::xlink);
  if (!href || href->size() < 2 || href->front() != '#') return;  // other files' contents are theirs
  links_.push_back({std::string(href->substr(1)), tree.place(node), ownerOf(tree, node)});
}

void FeatureChecks::checkCode(const FeatureTree& tree, NodeId node) {
  const auto space = tree.attribute(node, "codeSpace");
  if (!space || !tree.leaf(node)) return;
  const Name& name = tree.name(node);
  const std::string_view list = space->substr(space->find_last_of("/\\") + 1);
  const NodeId owner = tree.parent(node);
  if ((name.local == "class" || name.local == "function" || name.local == "usage") && owner != no_node &&
      name.family == tree.name(owner).family && !list.starts_with("Common_") &&
      list != fmt::format("{}_{}.xml", tree.name(owner).local, name.local))
    add(tree, node,
        {true, "L03", "InvalidCodeSpace", "", "", "", "", -1,
         fmt::format("\"{}\" is not the code list of {} ({}_{}.xml).", space->substr(0, 80), name.local,
                     tree.name(owner).local, name.local)});
  if (missing_lists_.contains(std::string(*space))) return;
  const std::size_t told = codelist_problems_.lines().size();
  const bool known = codelists_.label(*space, tree.text(node)).has_value();
  if (codelist_problems_.lines().size() != told) {
    const std::string& code = codelist_problems_.lines().back().code;
    const bool refused = code != "codelist.missing" && code != "codelist.built_in";
    missing_lists_.emplace(*space);
    into_.findings.add({refused,
                        "",
                        refused ? "BadCodeList" : "MissingCodeList",
                        file_,
                        tree.place(node),
                        {},
                        {},
                        -1,
                        codelist_problems_.lines().back().what});
  } else if (!known) {
    add(tree, node,
        {true, "L04", "UnknownCode", "", "", "", "", -1,
         fmt::format("The code \"{}\" of {} is not in {}.", tree.text(node).substr(0, 40), name.local, list)});
  }
}

void FeatureChecks::checkSentinel(const FeatureTree& tree, NodeId node) {
  if (!tree.leaf(node)) return;
  const std::string_view text = tree.text(node);
  const Name& name = tree.name(node);
  const bool storeys = name.local.starts_with("storeys") && text == "9999";
  if (!storeys && text != "-9999" && text != "-9999.0" && text != "0001" && !text.starts_with("0001-")) return;
  add(tree, node,
      {false, "", "SentinelValue", "", "", "", "", -1,
       fmt::format("{} is {}: it stands for \"unknown\".", name.local, text)});
}

void FeatureChecks::checkCrs(const FeatureTree& tree, NodeId node) {
  const auto srs = tree.attribute(node, "srsName");
  if (!srs || !told_crs_.emplace(*srs).second) return;
  const Result<crs::CrsInfo> info = crs::describeCrs(crsDefinition(*srs));
  if (!info)
    add(tree, node,
        {true, "L05", "UnknownCrs", "", "", "", "", -1,
         fmt::format("The CRS \"{}\" is not known.", srs->substr(0, 80))});
  else if (crsDefinition(*srs) != crsDefinition(head_.srs_name))
    add(tree, node,
        {false, "", "OtherCrs", "", "", "", "", -1,
         fmt::format("\"{}\" is not the CRS of the file ({}).", srs->substr(0, 80), head_.srs_name.substr(0, 80))});
}

std::optional<RawRing> FeatureChecks::ringOf(const FeatureTree& tree, NodeId ring, bool tell) {
  RingFault fault;
  std::optional<RawRing> points = parsePoints(tree, ring, head_.dimension, fault);
  if (!points) {
    if (tell) add(tree, ring, {true, "", "UnreadableRing", "", "", "", "", -1, fault.what});
    return std::nullopt;
  }
  for (Vec3d& p : *points) {
    if (tell) extent_.add(p);
    p = metres_(p);
  }
  return points;
}

std::optional<RawFace> FeatureChecks::faceOf(const FeatureTree& tree, NodeId polygon, bool tell) {
  RawFace face;
  for (const NodeId part : tree.children(polygon)) {
    const Tag tag = tree.name(part).tag;
    if (tag != Tag::exterior && tag != Tag::interior) continue;
    for (const NodeId ring : tree.children(part)) {
      std::optional<RawRing> points = ringOf(tree, ring, tell);
      if (!points) return std::nullopt;
      if (tag == Tag::exterior)
        face.outer = std::move(*points);
      else
        face.holes.push_back(std::move(*points));
    }
  }
  if (face.outer.empty()) return std::nullopt;
  return face;
}

void FeatureChecks::checkFace(const FeatureTree& tree, NodeId polygon) {
  const std::optional<RawFace> face = faceOf(tree, polygon, true);
  if (!face) return;
  const bool triangle = tree.name(polygon).local == "Triangle";
  bool area = true;
  for (Fault& fault : faceFaults(*face)) {
    area = area && std::string_view(fault.issue) != "DegenerateSurface";
    add(tree, polygon, {true, fault.rule, fault.issue, "", "", "", "", -1, std::move(fault.what)});
  }
  const bool closed = norm(face->outer.front() - face->outer.back()) < 1e-6;
  if (triangle && face->outer.size() != (closed ? 4U : 3U))
    add(tree, polygon,
        {true, "", "IncorrectNumberOfVertices", "", "", "", "", -1,
         fmt::format("The triangle has {} points, the repeated last one included; it needs 4.", face->outer.size())});
  if (triangle && !face->holes.empty())
    add(tree, polygon, {true, "", "TriangleWithHole", "", "", "", "", -1, "A triangle of the terrain has a hole."});
  const Owner owner = ownerOf(tree, polygon);
  if (area && (triangle || isSeenFromAbove(owner.type, owner.lod)) && facesDown(*face))
    add(tree, polygon,
        {true, "L12", "IncorrectOrientation", "", "", "", "", -1,
         "The surface looks down: its points run clockwise as seen from above."});
}

void FeatureChecks::checkSolid(const FeatureTree& tree, NodeId solid) {
  std::unordered_map<std::string, NodeId> polygons;
  walk(tree, tree.root(), [&](NodeId node) {
    if (tree.name(node).tag == Tag::polygon)
      if (const auto id = tree.gmlId(node)) polygons.emplace(*id, node);
  });
  std::vector<RawFace> faces;
  bool whole = true;
  // Voids (gml:interior of the solid) are bodies of their own.
  const NodeId shell = tree.child(solid, Family::gml, "exterior");
  walk(tree, shell == no_node ? solid : shell, [&](NodeId node) {
    NodeId polygon = tree.name(node).tag == Tag::polygon ? node : no_node;
    if (const auto href = tree.attribute(node, "href", Family::xlink); href && href->size() > 1) {
      const auto at = polygons.find(std::string(href->substr(1)));
      if (at == polygons.end())
        whole = false;
      else
        polygon = at->second;
    }
    if (polygon == no_node) return;
    std::optional<RawFace> face = faceOf(tree, polygon, false);
    if (face)
      faces.push_back(std::move(*face));
    else
      whole = false;
  });
  if (!whole) return;  // told as an unresolved link or an unreadable ring
  for (Fault& fault : solidFaults(faces))
    add(tree, solid, {true, fault.rule, fault.issue, "", "", "", "", -1, std::move(fault.what)});
}

void FeatureChecks::checkExtent(const FeatureTree& tree) {
  if (!head_.low || !head_.high || extent_.empty()) return;
  // The last digits of an envelope are often cut off.
  const bool degrees = std::fabs(head_.high->x) <= 180 && std::fabs(head_.high->y) <= 180;
  const double slack = degrees ? 1e-6 : 0.1;
  if (extent_.low.x >= head_.low->x - slack && extent_.low.y >= head_.low->y - slack &&
      extent_.high.x <= head_.high->x + slack && extent_.high.y <= head_.high->y + slack)
    return;
  add(tree, tree.root(),
      {true, "L06", "OutsideEnvelope", "", "", "", "", -1,
       fmt::format("The feature reaches ({:.8g}, {:.8g}) to ({:.8g}, {:.8g}), beyond the file's envelope.",
                   extent_.low.x, extent_.low.y, extent_.high.x, extent_.high.y)});
}

/// A solid (or a road's surface) that is made of links has to be made of the faces of its own parts, and of all.
void FeatureChecks::checkSharedFaces(const FeatureTree& tree) {
  struct Level {
    std::map<std::string, NodeId> linked, owned;
    NodeId whole = no_node;
  };
  std::map<int, Level> levels;
  std::unordered_set<std::string> own;
  const Family family = tree.name(tree.root()).family;
  const bool road = family == Family::tran;
  walk(tree, tree.root(), [&](NodeId node) {
    const auto id = tree.gmlId(node);
    if (id) own.emplace(*id);
    const bool polygon = tree.name(node).tag == Tag::polygon;
    const auto href = tree.attribute(node, "href", Family::xlink);
    if ((!polygon || !id) && !href) return;
    int lod = -1;
    bool of_whole = false, of_part = false;
    NodeId at = node;
    for (; at != no_node && lod < 0; at = tree.parent(at)) {
      const std::string& local = tree.name(at).local;
      lod = lodOf(local);
      if (lod >= 0) {
        of_whole =
            local.ends_with("Solid") || (road && tree.parent(at) == tree.root() && local.ends_with("MultiSurface"));
        of_part = !of_whole && local.ends_with("MultiSurface") && tree.parent(at) != tree.root();
        if (href && of_whole) levels[lod].whole = at;
      }
    }
    // Parts whose faces make the whole: a bounding surface or a traffic area, not a balcony, a door or a window.
    if (lod < 0 || at == no_node) return;
    const std::string& owner = tree.name(at).local;
    const bool face_of_whole = owner.ends_with("Surface") || owner.ends_with("TrafficArea");
    if (href && href->size() > 1 && of_whole) levels[lod].linked.emplace(std::string(href->substr(1)), node);
    if (polygon && id && of_part && face_of_whole && tree.parent(tree.parent(at)) == tree.root())
      levels[lod].owned.emplace(std::string(*id), node);
  });
  for (const auto& [lod, level] : levels) {
    if (level.linked.empty()) continue;
    const char* rule = family == Family::bldg ? "L-bldg-06" : road ? "L-tran-03" : "";
    for (const auto& [target, node] : level.linked)
      if (!own.contains(target))
        add(tree, node,
            {true, rule, "UnmatchedLink", "", "", "", "", -1,
             fmt::format("The whole refers to \"{}\", which is no face of this feature.", target.substr(0, 80))});
    for (const auto& [id, node] : level.owned)
      if (!level.linked.contains(id))
        add(tree, node,
            {true, rule, "FaceNotReferenced", "", "", "", "", -1,
             fmt::format("The face \"{}\" belongs to no solid or surface of the whole.", id.substr(0, 80))});
  }
}

void FeatureChecks::check(const FeatureTree& tree) {
  if (tree.overflowed()) {
    into_.findings.add({true,
                        "",
                        "FeatureTooLarge",
                        file_,
                        tree.place(tree.root()),
                        tree.name(tree.root()).local,
                        {},
                        -1,
                        "The feature is too large to be inspected as a whole."});
    return;
  }
  extent_ = Bounds{};
  walk(tree, tree.root(), [&](NodeId node) {
    const Name& name = tree.name(node);
    if (isObject(name)) ++into_.features[name.local];
    checkIds(tree, node);
    checkLink(tree, node);
    checkCode(tree, node);
    checkSentinel(tree, node);
    checkCrs(tree, node);
    if (name.tag == Tag::polygon) checkFace(tree, node);
    if (name.is(Family::gml, "Solid")) checkSolid(tree, node);
  });
  checkSharedFaces(tree);
  checkExtent(tree);
}

void FeatureChecks::checkTriangle(const FeatureTree& tree, NodeId triangle) {
  checkFace(tree, triangle);
}

void FeatureChecks::finish() {
  for (const Link& link : links_)
    if (!own_ids_.contains(link.target))
      into_.findings.add({true, "T03", "UnresolvedLink", file_, link.place, link.owner.type, link.owner.id,
                          link.owner.lod,
                          fmt::format("The link \"#{}\" leads nowhere in this file.", link.target.substr(0, 80))});
}

}  // namespace hashimichi::import::citygml
