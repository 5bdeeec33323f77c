#include "geo/import/cityjson/appearance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/core/file.h"
#include "geo/core/text.h"

namespace hashimichi::import::cityjson {
namespace {

namespace fs = std::filesystem;

std::array<std::uint8_t, 3> colourOf(JsonValue rgb, std::array<std::uint8_t, 3> otherwise) {
  if (rgb.size() < 3) return otherwise;
  std::size_t at = 0;
  for (const JsonValue part : rgb) {
    const double value = part.number();
    if (!std::isfinite(value)) return otherwise;
    otherwise[at++] = static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 1.0) * 255));
    if (at == 3) break;
  }
  return otherwise;
}

model::TextureWrap wrapOf(const std::string& mode) {
  if (mode == "wrap") return model::TextureWrap::repeat;
  if (mode == "mirror") return model::TextureWrap::mirror;
  if (mode == "clamp") return model::TextureWrap::clamp;
  if (mode == "border") return model::TextureWrap::border;
  return model::TextureWrap::none;
}

/// A path that leaves the folder of the file reads what nobody meant to hand over.
bool staysInside(const fs::path& relative) {
  if (relative.empty() || relative.is_absolute() || relative.has_root_name()) return false;
  const fs::path normal = relative.lexically_normal();
  return normal.begin() == normal.end() || *normal.begin() != "..";
}

}  // namespace

Appearance::Appearance(JsonValue appearance, const fs::path& path, model::Sink& sink) : sink_(&sink) {
  source_ = toUtf8(path);
  material_theme_ = appearance["default-theme-material"].text();
  texture_theme_ = appearance["default-theme-texture"].text();
  for (const JsonValue material : appearance["materials"]) {
    Entry entry;
    entry.material.name = material["name"].text();
    entry.material.rgb = colourOf(material["diffuseColor"], entry.material.rgb);
    const double transparency = material["transparency"].number();
    if (std::isfinite(transparency)) entry.material.transparency = static_cast<float>(std::clamp(transparency, 0., 1.));
    entry.material.source = source_;
    materials_.push_back(std::move(entry));
  }
  for (const JsonValue texture : appearance["textures"]) addTexture(texture, path.parent_path());
  for (const JsonValue pair : appearance["vertices-texture"]) {
    std::array<float, 2> uv{};
    std::size_t at = 0;
    for (const JsonValue part : pair)
      if (at < 2) uv[at++] = static_cast<float>(part.number());
    uvs_.push_back(at == 2 ? uv : std::array<float, 2>{std::nanf(""), 0});
  }
}

void Appearance::addTexture(JsonValue texture, const fs::path& folder) {
  Entry entry;
  const std::string image = texture["image"].text();
  const auto leaveOut = [&](std::size_t& count, std::string& first) {
    entry.usable = false;
    if (count++ == 0) first = image.substr(0, 200);
  };
  std::string plain = image;
  std::replace(plain.begin(), plain.end(), '\\', '/');
  const fs::path relative(std::u8string(plain.begin(), plain.end()));
  std::error_code ignored;
  if (plain.find("://") != plain.npos)
    leaveOut(remote_, first_remote_);
  else if (!staysInside(relative) || plain.find('\0') != plain.npos)
    leaveOut(outside_, first_outside_);
  else if (!fs::is_regular_file(folder / relative, ignored) && missing_++ == 0)
    first_missing_ = image.substr(0, 200);
  if (entry.usable) entry.material.texture_path = toUtf8(fs::absolute(folder / relative, ignored).lexically_normal());
  entry.material.wrap = wrapOf(texture["wrapMode"].text());
  entry.material.source = source_;
  textures_.push_back(std::move(entry));
}

std::optional<std::uint32_t> Appearance::give(std::vector<Entry>& entries, std::uint32_t index) {
  if (index >= entries.size() || !entries[index].usable || !sink_) return std::nullopt;
  Entry& entry = entries[index];
  if (!entry.given) entry.given = sink_->addMaterial(entry.material);
  return entry.given;
}

std::optional<std::uint32_t> Appearance::material(std::uint32_t index) {
  return give(materials_, index);
}

std::optional<std::uint32_t> Appearance::texture(std::uint32_t index) {
  return give(textures_, index);
}

std::optional<std::array<float, 2>> Appearance::uv(std::uint32_t index) const {
  if (index >= uvs_.size() || !std::isfinite(uvs_[index][0]) || !std::isfinite(uvs_[index][1])) return std::nullopt;
  return uvs_[index];
}

JsonValue Appearance::themeOf(JsonValue themes, const std::string& preferred) {
  if (!themes.is(JsonType::object) || themes.size() == 0) return {};
  if (!preferred.empty())
    if (const JsonValue theme = themes[preferred]) return theme;
  return *themes.begin();
}

void Appearance::tell(const std::string& file, Problems& problems) const {
  if (missing_ > 0)
    problems.assume(file, {}, "texture.missing",
                    fmt::format("{} pictures are not beside the file, the first: {}; their faces are drawn plain.",
                                missing_, first_missing_),
                    "Copy the folder of pictures as well.");
  if (outside_ > 0)
    problems.skip(file, {}, "texture.path",
                  fmt::format("{} pictures lie outside the file's folder, the first: {}; they were not taken.",
                              outside_, first_outside_),
                  "Put them into a folder beside the file.");
  if (remote_ > 0)
    problems.skip(
        file, {}, "texture.remote",
        fmt::format("{} pictures lie on the network, the first: {}; they are not fetched.", remote_, first_remote_),
        "Download them into a folder beside the file.");
}

}  // namespace hashimichi::import::cityjson
