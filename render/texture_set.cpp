#include "render/texture_set.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "geo/import/picture_read.h"
#include "render/in_shares.h"
#include "render/prepare.h"
#include "render/texture_pack.h"

namespace hashimichi::render {
namespace {

constexpr int page_side_px = 4096, picture_side_px = 2048;
/// Round every picture its edge is repeated, so that its neighbour does not shine in when it is drawn small.
constexpr int margin_px = 4;
/// Sources round their coordinates.
constexpr float beyond = 0.01f;
/// Like imagery: the town stays behind the ranks.
constexpr double picture_saturation = 0.7;

/// One file, and what becomes of it.
struct Picture {
  std::string path;
  bool repeats = false, readable = false;
  PageSize size;  ///< as it is drawn
  Packed place;   ///< of the margin's corner
  Error error{};
};

/// A triangle's coordinates, moved by whole pictures to where they are within one, if they can be.
struct Corners {
  float s[3], t[3];
  bool within = true;
};

Corners cornersOf(const float* uv) {
  Corners corners;
  for (std::size_t axis = 0; axis < 2; ++axis) {
    float low = uv[axis], high = uv[axis];
    for (std::size_t k = 1; k < 3; ++k) low = std::min(low, uv[2 * k + axis]), high = std::max(high, uv[2 * k + axis]);
    const float whole = std::floor(low + beyond);
    if (high - whole > 1 + beyond) corners.within = false;
    for (std::size_t k = 0; k < 3; ++k) (axis == 0 ? corners.s : corners.t)[k] = uv[2 * k + axis] - whole;
  }
  return corners;
}

void dim(std::uint8_t* pixel) {
  const double grey = 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
  for (std::size_t c = 0; c < 3; ++c)
    pixel[c] = static_cast<std::uint8_t>(std::clamp(grey + (pixel[c] - grey) * picture_saturation, 0.0, 255.0));
}

class Loading {
 public:
  Loading(const PreparedTownPtr& town, Progress& progress, std::size_t budget_px)
      : town_(town), progress_(progress), budget_px_(budget_px), of_material_(town->model->materials.size(), none) {}

  TextureSetPtr load() {
    set_->town = town_;
    forEachMesh([this](const DressedMesh& mesh, DressedParts&) { collect(mesh.dress); });
    set_->pictures = pictures_.size();
    if (!step(0.05)) return nullptr;
    measure();
    if (!step(0.2)) return nullptr;
    fitBudget();
    makePages();
    readAll();
    if (!step(0.9)) return nullptr;
    for (const Picture& picture : pictures_)
      if (!picture.readable) report(picture);
    forEachMesh([this](const DressedMesh& mesh, DressedParts& parts) { lay(mesh, parts); });
    return set_;
  }

 private:
  static constexpr std::uint32_t none = 0xffffffffu;

  bool step(double fraction) const {
    progress_.report(fraction, "textures");
    return !progress_.cancelled();
  }

  template <typename Work>
  void forEachMesh(const Work& work) {
    work(town_->buildings, set_->buildings), work(town_->bridges, set_->bridges);
    for (std::size_t kind = 0; kind < object_kind_count; ++kind) work(town_->objects[kind].solids, set_->objects[kind]);
  }

  void collect(const Dress& dress) {
    for (std::size_t i = 0; i < dress.textured.size(); ++i) {
      const std::uint32_t material = dress.material[i];
      std::uint32_t& index = of_material_[material];
      if (index == none) {
        const model::Material& covers = town_->model->materials[material];
        const std::string& path = covers.embedded ? embeddedPath(covers) : covers.texture_path;
        const auto [known, is_new] = by_path_.try_emplace(path, static_cast<std::uint32_t>(pictures_.size()));
        if (is_new) pictures_.push_back({path, false, false, {}, {}});
        index = known->second;
      }
      if (!cornersOf(&dress.uv[6 * i]).within) pictures_[index].repeats = true;
    }
  }

  const std::string& embeddedPath(const model::Material& material) {
    std::unique_ptr<import::PictureFile>& file = embedded_[material.embedded.get()];
    if (!file) file = std::make_unique<import::PictureFile>(material);
    return file->path();
  }

  /// All pictures, on every processor; those before `cancelled` only.
  template <typename Work>
  void forEachPicture(const Work& work) {
    inShares(pictures_.size() * 512, [&](std::size_t from, std::size_t to) {  // a picture is worth a thread
      for (std::size_t i = (from + 511) / 512; i < (to + 511) / 512; ++i)
        if (!progress_.cancelled()) work(pictures_[i]);
      return 0;
    });
  }

  void measure() {
    forEachPicture([](Picture& picture) {
      const Result<import::PictureSize> size = import::pictureSize(picture.path);
      picture.readable = size.ok();
      if (size)
        picture.size = {size->width_px, size->height_px};
      else
        picture.error = size.error();
    });
  }

  void fitBudget() {
    double total = 0;
    for (Picture& picture : pictures_) {
      if (!picture.readable) continue;
      const double side = std::max(picture.size.width, picture.size.height);
      shrink(picture, std::min(1.0, picture_side_px / side));
      total += area(picture);
    }
    const double room = 0.85 * static_cast<double>(budget_px_);  // rows of a page are never quite full
    if (total <= room) return;
    const double share = std::sqrt(room / total);
    for (Picture& picture : pictures_)
      if (picture.readable) shrink(picture, share);
  }

  static void shrink(Picture& picture, double share) {
    const auto less = [share](int pixels) { return std::max(1, static_cast<int>(pixels * share)); };
    picture.size = {less(picture.size.width), less(picture.size.height)};
  }
  static double area(const Picture& picture) {
    return static_cast<double>(picture.size.width + 2 * margin_px) * (picture.size.height + 2 * margin_px);
  }

  void makePages() {
    std::vector<PageSize> sizes, pages;
    std::vector<Picture*> packed;
    for (Picture& picture : pictures_) {
      if (!picture.readable || picture.repeats) continue;
      sizes.push_back({picture.size.width + 2 * margin_px, picture.size.height + 2 * margin_px});
      packed.push_back(&picture);
    }
    const std::vector<Packed> places = packRectangles(sizes, page_side_px, pages);
    for (std::size_t i = 0; i < places.size(); ++i) packed[i]->place = places[i];
    for (Picture& picture : pictures_)
      if (picture.readable && picture.repeats) {
        picture.place = {pages.size(), 0, 0};
        pages.push_back(picture.size);
      }
    for (const PageSize& size : pages) {
      Image image{size.width, size.height, {}};
      image.rgba.assign(4 * static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height), 128);
      set_->pages.push_back({std::move(image), false});
    }
    for (const Picture& picture : pictures_)
      if (picture.readable && picture.repeats) set_->pages[picture.place.page].repeats = true;
  }

  /// Every picture has its own part of a page: threads do not meet.
  void readAll() {
    forEachPicture([this](Picture& picture) {
      if (!picture.readable) return;
      Result<import::Picture> read = import::readPicture(picture.path, picture.size.width, picture.size.height);
      if (read) {
        for (std::size_t i = 0; i < read->rgba.size(); i += 4) dim(&read->rgba[i]);
        return put(*read, picture, set_->pages[picture.place.page].image);
      }
      picture.readable = false;
      picture.error = read.error();
    });
  }

  static void put(const import::Picture& read, const Picture& picture, Image& page) {
    const int margin = picture.repeats ? 0 : margin_px;
    for (int y = -margin; y < picture.size.height + margin; ++y)
      for (int x = -margin; x < picture.size.width + margin; ++x) {
        const int from_x = std::clamp(x, 0, read.width_px - 1), from_y = std::clamp(y, 0, read.height_px - 1);
        const auto* from = &read.rgba[4 * (static_cast<std::size_t>(from_y) * static_cast<std::size_t>(read.width_px) +
                                           static_cast<std::size_t>(from_x))];
        const auto to = static_cast<std::size_t>(picture.place.y + margin + y) * static_cast<std::size_t>(page.width) +
                        static_cast<std::size_t>(picture.place.x + margin + x);
        std::copy_n(from, 4, &page.rgba[4 * to]);
      }
  }

  void report(const Picture& picture) {
    ++set_->missing;
    set_->problems.skip(picture.path, {}, "texture.missing", picture.error.what, picture.error.advice);
  }

  void lay(const DressedMesh& mesh, DressedParts& parts) {
    std::map<std::size_t, Mesh> by_page;
    std::size_t next = 0;
    for (std::uint32_t t = 0; t < mesh.triangleCount(); ++t) {
      const bool textured = next < mesh.dress.textured.size() && mesh.dress.textured[next] == t;
      const std::size_t entry = next;
      next += textured;
      const Picture* picture = textured ? &pictures_[of_material_[mesh.dress.material[entry]]] : nullptr;
      if (picture && picture->readable)
        layTriangle(mesh, t, cornersOf(&mesh.dress.uv[6 * entry]), *picture, by_page[picture->place.page]);
      else
        parts.plain.push_back(t);
    }
    for (auto& [page, part] : by_page) parts.textured.push_back({page, std::move(part)});
  }

  void layTriangle(const DressedMesh& mesh, std::uint32_t triangle, const Corners& corners, const Picture& picture,
                   Mesh& part) const {
    const Image& page = set_->pages[picture.place.page].image;
    const auto first = static_cast<std::uint32_t>(part.vertexCount());
    Vec3d at[3];
    for (std::size_t k = 0; k < 3; ++k) {
      const float* p = &mesh.xyz[3 * std::size_t{mesh.triangles[3 * triangle + k]}];
      at[k] = {p[0], p[1], p[2]};
      part.xyz.insert(part.xyz.end(), p, p + 3);
      part.triangles.push_back(first + static_cast<std::uint32_t>(k));
      if (picture.repeats) {
        part.uv.insert(part.uv.end(), {corners.s[k], corners.t[k]});
        continue;
      }
      const float x =
          static_cast<float>(picture.place.x + margin_px) + corners.s[k] * static_cast<float>(picture.size.width);
      const float y = static_cast<float>(picture.place.y + margin_px) +
                      (1 - corners.t[k]) * static_cast<float>(picture.size.height);
      part.uv.insert(part.uv.end(), {x / static_cast<float>(page.width), 1 - y / static_cast<float>(page.height)});
    }
    const Vec3d normal = cross(at[1] - at[0], at[2] - at[0]);
    const double length = norm(normal);
    const double light = length > 0 ? lightOn(normal * (1 / length)) : 1;
    for (int k = 0; k < 3; ++k) pushColour(part.rgb, {255, 255, 255}, std::min(1.0, light));
    part.feature.push_back(mesh.feature[triangle]);
  }

  PreparedTownPtr town_;
  Progress& progress_;
  std::size_t budget_px_;
  std::shared_ptr<TextureSet> set_ = std::make_shared<TextureSet>();
  std::vector<Picture> pictures_;
  std::map<std::string, std::uint32_t> by_path_;
  std::map<const std::string*, std::unique_ptr<import::PictureFile>> embedded_;
  std::vector<std::uint32_t> of_material_;  ///< into pictures_
};

}  // namespace

bool hasTextures(const PreparedTown& town) {
  if (!town.buildings.dress.textured.empty() || !town.bridges.dress.textured.empty()) return true;
  return std::ranges::any_of(town.objects, [](const ObjectShapes& o) { return !o.solids.dress.textured.empty(); });
}

TextureSetPtr loadTextures(const PreparedTownPtr& town, Progress& progress, std::size_t budget_px) {
  return Loading(town, progress, budget_px).load();
}

}  // namespace hashimichi::render
