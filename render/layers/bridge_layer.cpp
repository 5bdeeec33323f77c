#include "render/layers/bridge_layer.h"

#include <vtkProperty.h>

#include <algorithm>

#include "render/layers/hatch.h"
#include "render/vtk/convert.h"

namespace hashimichi::render {
namespace {

constexpr exporting::Rgb neutral_deck{150, 153, 158};

}  // namespace

BridgeLayer::BridgeLayer()
    : hatched_(makeOverlay()), decks_(makeOverlay()), mark_casing_(makeOverlay()), marks_(makeOverlay()) {
  hatched_.SetTexture(hatchTexture());
  setColour(mark_casing_, exporting::rank_casing);
  mark_casing_.GetProperty()->SetPointSize(mark_casing_px);
  marks_.GetProperty()->SetPointSize(mark_px);
}

void BridgeLayer::show(const PreparedTown& town) {
  town_ = &town;
  showSolids(town.bridges);
  neutral_ = false;
  setBands({});
}

void BridgeLayer::setBands(std::span<const int> bands) {
  if (!town_) return;
  decided_ = !bands.empty();
  colours_.assign(town_->model->bridges.size(), decided_ ? std::nullopt : std::optional(neutral_deck));
  for (std::size_t i = 0; i < std::min(bands.size(), colours_.size()); ++i)
    if (bands[i] >= 1 && bands[i] <= 5) colours_[i] = exporting::rank_colours[static_cast<std::size_t>(bands[i])];
  paintDecks(), paintMarks();
}

void BridgeLayer::setSoundness(std::span<const assets::Soundness> soundness) {
  if (!town_) return;
  decided_ = !soundness.empty();
  colours_.assign(town_->model->bridges.size(), decided_ ? std::nullopt : std::optional(neutral_deck));
  for (std::size_t i = 0; i < std::min(soundness.size(), colours_.size()); ++i)
    if (soundness[i] != assets::Soundness::unknown) colours_[i] = exporting::soundnessColour(soundness[i]);
  paintDecks(), paintMarks();
}

void BridgeLayer::setNeutral(bool neutral) {
  if (neutral_ == neutral) return;
  neutral_ = neutral;
  if (town_) paintDecks(), paintMarks();
}

exporting::Rgb BridgeLayer::colourOf(std::uint32_t bridge) const {
  if (neutral_) return neutral_deck;
  return bridge < colours_.size() ? colours_[bridge].value_or(exporting::no_data) : exporting::no_data;
}

void BridgeLayer::paintDecks() {
  const Mesh& mesh = town_->bridge_decks;
  std::vector<std::uint32_t> solid, hatched;
  std::vector<std::uint8_t> rgb(mesh.xyz.size());
  for (std::uint32_t t = 0; t < mesh.triangleCount(); ++t) {
    (neutral_ || colours_[mesh.feature[t]] ? solid : hatched).push_back(t);
    const exporting::Rgb c = colourOf(mesh.feature[t]);
    for (std::size_t k = 0; k < 3; ++k) {
      const std::uint32_t v = mesh.triangles[3 * t + k];
      rgb[3 * v] = c.r, rgb[3 * v + 1] = c.g, rgb[3 * v + 2] = c.b;
    }
  }
  const auto solid_data = polyDataSharing(mesh, solid), hatched_data = polyDataSharing(mesh, hatched);
  setColours(*solid_data, rgb);
  setTextureCoordinates(*hatched_data, hatchCoordinates(mesh.xyz));
  setData(decks_, solid_data), setData(hatched_, hatched_data);
}

void BridgeLayer::paintMarks() {
  if (!showsDecision() || town_->bridge_marks.empty()) return setData(marks_, nullptr), setData(mark_casing_, nullptr);
  std::vector<float> xyz;
  std::vector<std::uint8_t> rgb;
  for (const Mark& mark : town_->bridge_marks) {
    const Vec3d p = mark.position;
    xyz.insert(xyz.end(), {static_cast<float>(p.x), static_cast<float>(p.y), static_cast<float>(p.z)});
    const exporting::Rgb colour = colourOf(mark.feature);
    rgb.insert(rgb.end(), {colour.r, colour.g, colour.b});
  }
  const auto marks = polyDataOfPoints(xyz), casing = polyDataOfPoints(xyz);
  setColours(*marks, rgb);
  setData(mark_casing_, casing), setData(marks_, marks);
}

}  // namespace hashimichi::render
