#pragma once
#include <optional>
#include <span>

#include "render/layers/solids_layer.h"
#include "render/prepared_town.h"

namespace hashimichi::render {

/// Bridges: solids in grey, decks in the colour of the decision, and a square of constant size in pixels, because most
/// bridges are too short to be seen from across the town. The town must outlive what is drawn of it.
class BridgeLayer : public SolidsLayer {
 public:
  static constexpr double mark_px = 9, mark_casing_px = 13;

  BridgeLayer();
  void show(const PreparedTown& town);
  void setBands(std::span<const int> bands);
  void setSoundness(std::span<const assets::Soundness> soundness);
  /// While roads carry ranks, bridges stay neutral: two decisions in one picture would give a colour two meanings.
  void setNeutral(bool neutral);
  bool showsDecision() const { return decided_ && !neutral_; }
  exporting::Rgb colourOf(std::uint32_t bridge) const;

 private:
  void paintDecks();
  void paintMarks();

  const PreparedTown* town_ = nullptr;
  bool decided_ = false, neutral_ = false;
  /// Per bridge; nothing where there are no data (hatched).
  std::vector<std::optional<exporting::Rgb>> colours_;
  vtkActor &hatched_, &decks_, &mark_casing_, &marks_;
};

}  // namespace hashimichi::render
