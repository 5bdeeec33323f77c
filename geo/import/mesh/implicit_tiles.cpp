#include "geo/import/mesh/implicit_tiles.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <vector>

#include "geo/core/file.h"
#include "geo/import/mesh/glb.h"

namespace hashimichi::import::mesh {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

constexpr const char* old_extension = "3DTILES_implicit_tiling";
/// Where a tile at the foot of a subtree says which one goes on from it. Ours; no file has it.
constexpr const char* place_key = "hashimichi:subtree";
constexpr std::uintmax_t subtree_limit_bytes = 64u << 20;
constexpr std::size_t tile_limit = 100'000;
constexpr std::uint64_t node_limit = 1u << 24;
constexpr int level_limit = 30;

const Json* member(const Json& json, const char* name) {
  if (!json.is_object()) return nullptr;
  const auto found = json.find(name);
  return found == json.end() ? nullptr : &*found;
}

std::optional<std::uint64_t> countIn(const Json& json, const char* name) {
  const Json* found = member(json, name);
  return found && found->is_number_unsigned() ? std::optional(found->get<std::uint64_t>()) : std::nullopt;
}

Error damaged(const fs::path& file, std::string what) {
  return {ErrorCode::bad_input, toUtf8(file), std::move(what), "Copy or export it again."};
}

const Json* tilingOf(const Json& tile) {
  if (const Json* tiling = member(tile, "implicitTiling")) return tiling;
  const Json* extensions = member(tile, "extensions");
  return extensions ? member(*extensions, old_extension) : nullptr;
}

struct Place {
  std::uint64_t level = 0, x = 0, y = 0, z = 0;
};

/// The place of a node inside a subtree: every second (third) bit of its Morton number is x, then y, then z.
Place decode(std::uint64_t morton, std::uint64_t level, int axes) {
  Place place{level};
  for (std::uint64_t bit = 0; bit < level; ++bit) {
    const std::uint64_t digit = morton >> (static_cast<std::uint64_t>(axes) * bit);
    place.x |= (digit & 1) << bit;
    place.y |= ((digit >> 1) & 1) << bit;
    if (axes == 3) place.z |= ((digit >> 2) & 1) << bit;
  }
  return place;
}

std::string filled(std::string uri, const Place& at) {
  const std::array<std::pair<std::string_view, std::uint64_t>, 4> values{
      {{"{level}", at.level}, {"{x}", at.x}, {"{y}", at.y}, {"{z}", at.z}}};
  for (const auto& [name, value] : values)
    for (std::size_t found = uri.find(name); found != uri.npos; found = uri.find(name))
      uri.replace(found, name.size(), std::to_string(value));
  return uri;
}

/// What a subtree file says about which of its nodes exist: a constant, or a bit for each.
struct Availability {
  bool constant = false;
  std::string_view bits;
  bool at(std::uint64_t i) const {
    if (bits.empty()) return constant;
    return i / 8 < bits.size() && ((static_cast<unsigned char>(bits[i / 8]) >> (i % 8)) & 1) != 0;
  }
};

struct Subtree {
  std::string bytes;                 ///< of the file
  std::vector<std::string> buffers;  ///< from files beside it
  Availability tiles, children;
  std::vector<Availability> contents;
};

class SubtreeReader {
 public:
  SubtreeReader(const fs::path& file, const SceneFiles& files) : file_(file), files_(files) {}

  Result<Subtree> read() {
    Result<std::string> bytes = readFile(file_, subtree_limit_bytes);
    if (!bytes) return bytes.error();
    subtree_.bytes = std::move(*bytes);
    const Status split = splitParts();
    if (!split) return split.error();
    subtree_.buffers.resize(json_.contains("buffers") && json_["buffers"].is_array() ? json_["buffers"].size() : 0);
    const Json* tiles = member(json_, "tileAvailability");
    const Json* children = member(json_, "childSubtreeAvailability");
    if (!tiles || !children) return damaged(file_, "The subtree does not say which tiles it has.");
    subtree_.tiles = availability(*tiles);
    subtree_.children = availability(*children);
    if (const Json* contents = member(json_, "contentAvailability")) {
      if (contents->is_array())
        for (const Json& one : *contents) subtree_.contents.push_back(availability(one));
      else
        subtree_.contents.push_back(availability(*contents));
    }
    return std::move(subtree_);
  }

 private:
  Status splitParts() {
    constexpr std::size_t head_bytes = 24;
    const std::string_view bytes = subtree_.bytes;
    std::string_view text = bytes;
    if (bytes.starts_with("subt")) {
      if (bytes.size() < head_bytes) return damaged(file_, "The subtree is cut off in its head.");
      const std::uint64_t json_bytes = wordAt(bytes, 8) | (std::uint64_t{wordAt(bytes, 12)} << 32);
      const std::uint64_t binary_bytes = wordAt(bytes, 16) | (std::uint64_t{wordAt(bytes, 20)} << 32);
      const std::uint64_t room = bytes.size() - head_bytes;
      if (json_bytes > room || binary_bytes > room - json_bytes) return damaged(file_, "The subtree is cut off.");
      text = bytes.substr(head_bytes, json_bytes);
      binary_ = bytes.substr(head_bytes + json_bytes, binary_bytes);
    }
    json_ = Json::parse(text, nullptr, false);
    if (!json_.is_object()) return damaged(file_, "The subtree's description is no JSON object.");
    return done();
  }

  std::string_view buffer(std::size_t index) {
    const Json& buffers = json_["buffers"];
    if (index >= subtree_.buffers.size() || !buffers[index].is_object()) return {};
    const Json* uri = member(buffers[index], "uri");
    if (!uri) return binary_;
    if (subtree_.buffers[index].empty() && uri->is_string()) {
      const std::string& name = uri->get_ref<const std::string&>();
      const fs::path path =
          files_.inside(toUtf8(file_.parent_path() / fs::path(std::u8string(name.begin(), name.end()))));
      if (Result<std::string> bytes =
              path.empty() ? Result<std::string>(std::string()) : readFile(path, subtree_limit_bytes))
        subtree_.buffers[index] = std::move(*bytes);
    }
    return subtree_.buffers[index];
  }

  Availability availability(const Json& json) {
    Availability available;
    auto view = countIn(json, "bitstream");
    if (!view) view = countIn(json, "bufferView");  // of the extension to 1.0
    if (!view) {
      available.constant = countIn(json, "constant").value_or(0) == 1;
      return available;
    }
    const Json* views = member(json_, "bufferViews");
    if (!views || !views->is_array() || *view >= views->size()) return available;
    const Json& one = (*views)[*view];
    const std::string_view bytes = buffer(countIn(one, "buffer").value_or(0));
    const std::uint64_t from = countIn(one, "byteOffset").value_or(0), count = countIn(one, "byteLength").value_or(0);
    if (from <= bytes.size() && count <= bytes.size() - from) available.bits = bytes.substr(from, count);
    return available;
  }

  fs::path file_;
  const SceneFiles& files_;
  Subtree subtree_;
  Json json_;
  std::string_view binary_;
};

/// Everything that the tiles of one subtree share.
struct Tiling {
  Json tiling;                         ///< repeated on the tiles where the next subtrees begin
  std::vector<std::string> templates;  ///< of contents
  Place root;
  int axes = 2;
  std::uint64_t levels = 0;
  double error = 0;  ///< of the root tile of the whole tiling
};

class Expansion {
 public:
  Expansion(const Tiling& tiling, const Subtree& subtree) : t_(tiling), s_(subtree) {}

  /// Level by level from the foot, so that every tile finds its children made.
  Json tile(std::uint64_t level, std::uint64_t morton) {
    if (++made_ > tile_limit) return {};
    const std::uint64_t branches = 1u << t_.axes;
    const Place own = decode(morton, level, t_.axes);
    const Place at{t_.root.level + level, (t_.root.x << level) + own.x, (t_.root.y << level) + own.y,
                   (t_.root.z << level) + own.z};
    const std::uint64_t node = first(level) + morton;
    Json tile{{"geometricError", std::ldexp(t_.error, -static_cast<int>(at.level))}};
    Json contents = Json::array();
    for (std::size_t i = 0; i < t_.templates.size() && i < s_.contents.size(); ++i)
      if (s_.contents[i].at(node)) contents.push_back({{"uri", filled(t_.templates[i], at)}});
    if (!contents.empty()) tile["contents"] = std::move(contents);
    Json children = Json::array();
    for (std::uint64_t branch = 0; branch < branches && made_ <= tile_limit; ++branch) {
      const std::uint64_t child = morton * branches + branch;
      if (level + 1 < t_.levels) {
        if (s_.tiles.at(first(level + 1) + child)) children.push_back(this->tile(level + 1, child));
      } else if (s_.children.at(child)) {
        children.push_back(nextSubtree(at, child));
      }
    }
    if (!children.empty()) tile["children"] = std::move(children);
    return tile;
  }
  bool tooMany() const { return made_ > tile_limit; }

 private:
  /// How many nodes lie above a level.
  std::uint64_t first(std::uint64_t level) const {
    const auto axes = static_cast<std::uint64_t>(t_.axes);
    return ((std::uint64_t{1} << (axes * level)) - 1) / ((std::uint64_t{1} << axes) - 1);
  }
  Json nextSubtree(const Place& above, std::uint64_t morton) const {
    const Place own = decode(morton & ((1u << t_.axes) - 1), 1, t_.axes);
    Json tile{{"geometricError", std::ldexp(t_.error, -static_cast<int>(above.level) - 1)},
              {"implicitTiling", t_.tiling}};
    Json contents = Json::array();
    for (const std::string& uri : t_.templates) contents.push_back({{"uri", uri}});
    tile["contents"] = std::move(contents);
    tile[place_key] = {
        {"level", above.level + 1}, {"x", 2 * above.x + own.x}, {"y", 2 * above.y + own.y}, {"z", 2 * above.z + own.z}};
    return tile;
  }

  const Tiling& t_;
  const Subtree& s_;
  std::size_t made_ = 0;
};

Result<Tiling> readTiling(const Json& tile, const fs::path& folder) {
  Tiling t;
  t.tiling = *tilingOf(tile);
  const Json* scheme = member(t.tiling, "subdivisionScheme");
  if (!scheme || (*scheme != "QUADTREE" && *scheme != "OCTREE"))
    return damaged(folder, "The implicit tiling is neither a quadtree nor an octree.");
  t.axes = *scheme == "OCTREE" ? 3 : 2;
  t.levels = countIn(t.tiling, "subtreeLevels").value_or(0);
  if (t.levels == 0 ||
      (std::uint64_t{1} << std::min<std::uint64_t>(t.levels * static_cast<unsigned>(t.axes), 63)) > node_limit)
    return damaged(folder, fmt::format("The implicit tiling has subtrees of {} levels.", t.levels));
  const auto addTemplate = [&t](const Json& content) {
    const Json* uri = member(content, "uri");
    if (uri && uri->is_string()) t.templates.push_back(uri->get<std::string>());
  };
  if (const Json* content = member(tile, "content")) addTemplate(*content);
  if (const Json* contents = member(tile, "contents"); contents && contents->is_array())
    for (const Json& content : *contents) addTemplate(content);
  const Json* error = member(tile, "geometricError");
  t.error = error && error->is_number() ? error->get<double>() : 0;
  if (const Json* place = member(tile, place_key)) {
    t.root = {countIn(*place, "level").value_or(0), countIn(*place, "x").value_or(0), countIn(*place, "y").value_or(0),
              countIn(*place, "z").value_or(0)};
    t.error = std::ldexp(t.error, static_cast<int>(std::min<std::uint64_t>(t.root.level, level_limit)));
  }
  if (t.root.level > level_limit) return damaged(folder, "The implicit tiling goes deeper than 30 levels.");
  return t;
}

}  // namespace

bool isImplicit(const Json& tile) {
  return tilingOf(tile) != nullptr;
}

Result<Json> expandImplicit(const Json& tile, const fs::path& folder, const SceneFiles& files) {
  const Result<Tiling> tiling = readTiling(tile, folder);
  if (!tiling) return tiling.error();
  const Json* subtrees = member(tiling->tiling, "subtrees");
  const Json* uri = subtrees ? member(*subtrees, "uri") : nullptr;
  if (!uri || !uri->is_string()) return damaged(folder, "The implicit tiling does not say where its subtrees are.");
  const std::string name = filled(uri->get<std::string>(), tiling->root);
  const fs::path path = files.inside(toUtf8(folder / fs::path(std::u8string(name.begin(), name.end()))));
  if (path.empty()) return damaged(folder, fmt::format("The subtree {} leads out of the tileset's folder.", name));
  Result<Subtree> subtree = SubtreeReader(path, files).read();
  if (!subtree) return subtree.error();
  if (!subtree->tiles.at(0)) return damaged(path, "The subtree has no root tile.");
  Expansion expansion(*tiling, *subtree);
  Json expanded = expansion.tile(0, 0);
  if (expansion.tooMany())
    return Error{ErrorCode::limit, toUtf8(path), "The subtree has more than 100,000 tiles.",
                 "Export it with smaller subtrees."};
  return expanded;
}

}  // namespace hashimichi::import::mesh
