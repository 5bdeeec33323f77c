#include "geo/import/mesh/tileset.h"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <queue>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/mesh/implicit_tiles.h"
#include "geo/import/mesh/scene_files.h"

namespace hashimichi::import::mesh {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

constexpr std::size_t tile_limit = 500'000, external_limit = 10'000;
constexpr int depth_limit = 64;
constexpr std::uintmax_t json_limit_bytes = 256u << 20;

const Json* member(const Json& json, const char* name) {
  if (!json.is_object()) return nullptr;
  const auto found = json.find(name);
  return found == json.end() ? nullptr : &*found;
}

std::string textIn(const Json& json, const char* name) {
  const Json* found = member(json, name);
  return found && found->is_string() ? found->get<std::string>() : std::string();
}

double numberIn(const Json& json, const char* name) {
  const Json* found = member(json, name);
  const double value = found && found->is_number() ? found->get<double>() : 0;
  return std::isfinite(value) ? value : 0;
}

/// A tile that waits to be shown or refined. `json` lives in one of the loaded documents.
struct Waiting {
  const Json* json = nullptr;
  fs::path folder;
  TileTransform transform;
  bool adds = false;
  int depth = 0;
  double error = 0;
  std::size_t order = 0;
  bool operator<(const Waiting& other) const {
    return error != other.error ? error < other.error : order > other.order;
  }
};

class Chooser {
 public:
  Chooser(const fs::path& tileset, std::uintmax_t byte_budget, Problems& problems)
      : files_(tileset.parent_path()), file_(toUtf8(tileset)), budget_(byte_budget), problems_(problems) {}

  Result<ChosenTiles> choose(const fs::path& tileset);

 private:
  const Json* load(const fs::path& path);
  void push(const Json& tile, const Waiting& above, bool same_depth = false);
  void open(const Waiting& tile);
  void openSubtree(const Waiting& tile);
  std::vector<std::string> contentsOf(const Json& tile) const;
  void take(const Waiting& tile, const std::string& uri);
  void leaveOut(const std::string& reason) { ++left_out_[reason]; }
  void tell();

  SceneFiles files_;
  std::string file_;
  std::uintmax_t budget_, used_ = 0;
  Problems& problems_;
  std::vector<std::unique_ptr<Json>> documents_;
  std::priority_queue<Waiting> waiting_;
  std::size_t tiles_ = 0;
  ChosenTiles chosen_;
  std::map<std::string, std::size_t> left_out_;
};

const Json* Chooser::load(const fs::path& path) {
  if (documents_.size() >= external_limit) return nullptr;
  const Result<std::string> text = readFile(path, json_limit_bytes);
  if (!text) return nullptr;
  documents_.push_back(std::make_unique<Json>(Json::parse(*text, nullptr, false)));
  return documents_.back()->is_object() ? documents_.back().get() : nullptr;
}

void Chooser::push(const Json& tile, const Waiting& above, bool same_depth) {
  if (!tile.is_object()) return leaveOut("tiles that are no objects");
  if (++tiles_ > tile_limit) return leaveOut("tiles beyond the first 500,000");
  Waiting next = above;
  next.json = &tile;
  next.depth = above.depth + (same_depth ? 0 : 1);
  if (next.depth > depth_limit) return leaveOut("tiles more than 64 deep");
  next.error = numberIn(tile, "geometricError");
  next.order = tiles_;
  if (const Json* matrix = member(tile, "transform"); matrix && matrix->is_array() && matrix->size() == 16) {
    TileTransform own;
    for (std::size_t i = 0; i < 16; ++i) own.m[i] = (*matrix)[i].is_number() ? (*matrix)[i].get<double>() : 0;
    next.transform = above.transform.times(own);
  }
  const std::string refine = toLower(textIn(tile, "refine"));
  if (!refine.empty()) next.adds = refine == "add";
  waiting_.push(std::move(next));
}

std::vector<std::string> Chooser::contentsOf(const Json& tile) const {
  std::vector<std::string> uris;
  const auto add = [&](const Json& content) {
    std::string uri = textIn(content, "uri");
    if (uri.empty()) uri = textIn(content, "url");  // before 1.0
    if (!uri.empty()) uris.push_back(std::move(uri));
  };
  if (const Json* content = member(tile, "content")) add(*content);
  if (const Json* contents = member(tile, "contents"); contents && contents->is_array())
    for (const Json& content : *contents) add(content);
  return uris;
}

void Chooser::take(const Waiting& tile, const std::string& uri) {
  if (uri.find("://") != uri.npos || uri.starts_with("data:")) return leaveOut("contents that are not on disk");
  const std::string plain = uri.substr(0, uri.find('?'));
  const fs::path path = files_.inside(toUtf8(tile.folder / fs::path(std::u8string(plain.begin(), plain.end()))));
  if (path.empty()) return leaveOut("contents that lead out of the tileset's folder");
  std::error_code failed;
  const std::uintmax_t bytes = fs::file_size(path, failed);
  if (failed) return leaveOut("contents that are missing");
  if (toLower(toUtf8(path.extension())) == ".json") {
    const Json* external = load(path);
    const Json* root = external ? member(*external, "root") : nullptr;
    if (!root) return leaveOut("tilesets inside the tileset that cannot be read");
    Waiting above = tile;
    above.folder = path.parent_path();
    return push(*root, above);
  }
  used_ += bytes;
  chosen_.contents.push_back({path, tile.transform});
}

/// An implicit tiling: one subtree of it takes the tile's place. Where the budget is spent, deeper ones stay closed.
void Chooser::openSubtree(const Waiting& tile) {
  if (documents_.size() >= external_limit) return leaveOut("subtrees beyond the first 10,000");
  Result<Json> expanded = expandImplicit(*tile.json, tile.folder, files_);
  if (!expanded) {
    problems_.skip(expanded.error().where, {}, "tiles.subtree", expanded.error().what, expanded.error().advice);
    return;
  }
  documents_.push_back(std::make_unique<Json>(std::move(*expanded)));
  push(*documents_.back(), tile);
}

/// Shows the tile, or its children in its place.
void Chooser::open(const Waiting& tile) {
  if (isImplicit(*tile.json)) return openSubtree(tile);
  const Json* children = member(*tile.json, "children");
  const bool has_children = children && children->is_array() && !children->empty();
  const std::vector<std::string> uris = contentsOf(*tile.json);
  const bool refined = has_children && (used_ < budget_ || uris.empty());
  if (has_children && !refined) ++chosen_.left_coarse;
  if (!refined || tile.adds)
    for (const std::string& uri : uris) take(tile, uri);
  if (refined)
    for (const Json& child : *children) push(child, tile);
}

void Chooser::tell() {
  for (const auto& [reason, count] : left_out_)
    problems_.skip(file_, {}, "tiles.left_out", fmt::format("{} {} were left out.", count, reason));
  if (chosen_.left_coarse > 0)
    problems_.assume(file_, {}, "tiles.coarse",
                     fmt::format("The tileset is larger than {} MiB: {} tiles are shown in coarser detail.",
                                 budget_ >> 20, chosen_.left_coarse),
                     "Import a part of it for full detail.");
}

Result<ChosenTiles> Chooser::choose(const fs::path& tileset) {
  const Json* document = load(tileset);
  const Json* root = document ? member(*document, "root") : nullptr;
  if (!root || !root->is_object())
    return Error{ErrorCode::bad_input, file_, "The tileset has no root tile.", "Copy or export it again."};
  if (const Json* asset = member(*document, "asset")) {
    chosen_.version = textIn(*asset, "version");
    chosen_.z_up = toLower(textIn(*asset, "gltfUpAxis")) == "z";
  }
  Waiting above;
  above.folder = tileset.parent_path();
  push(*root, above, true);
  while (!waiting_.empty()) {
    const Waiting tile = waiting_.top();
    waiting_.pop();
    open(tile);
  }
  tell();
  return std::move(chosen_);
}

}  // namespace

Vec3d TileTransform::apply(Vec3d p) const {
  return {m[0] * p.x + m[4] * p.y + m[8] * p.z + m[12], m[1] * p.x + m[5] * p.y + m[9] * p.z + m[13],
          m[2] * p.x + m[6] * p.y + m[10] * p.z + m[14]};
}

TileTransform TileTransform::times(const TileTransform& inner) const {
  TileTransform product;
  for (std::size_t column = 0; column < 4; ++column)
    for (std::size_t row = 0; row < 4; ++row) {
      double sum = 0;
      for (std::size_t k = 0; k < 4; ++k) sum += m[4 * k + row] * inner.m[4 * column + k];
      product.m[4 * column + row] = sum;
    }
  return product;
}

Result<ChosenTiles> chooseTiles(const fs::path& tileset, std::uintmax_t byte_budget, Problems& problems) {
  return Chooser(tileset, byte_budget, problems).choose(tileset);
}

}  // namespace hashimichi::import::mesh
