#include "render/pin.h"

#include <fmt/core.h>

#include <algorithm>

namespace hashimichi::render {
namespace {

constexpr exporting::Rgb note_blue{86, 156, 245};
constexpr int defect_priority = 20;

std::string textOf(const assets::Defect& defect) {
  std::string text = defect.type.empty() ? defect.member : defect.type;
  const auto add = [&](const std::string& more) { text += (text.empty() ? "" : " ") + more; };
  if (defect.grade != 0) add(std::string(1, defect.grade));
  if (defect.size_mm) add(fmt::format("{:g} mm", *defect.size_mm));
  return text;
}

/// The newest inspection that lists defects: a later one without any says how the bridge is, not where.
const assets::Inspection* withDefects(const model::Bridge& bridge) {
  for (auto inspection = bridge.inspections.rbegin(); inspection != bridge.inspections.rend(); ++inspection)
    if (!inspection->defects.empty()) return &*inspection;
  return nullptr;
}

std::string idOf(const model::Bridge& bridge, std::size_t inspection, std::size_t defect) {
  return fmt::format("{}/{}/{}", bridge.id, inspection, defect);
}

}  // namespace

exporting::Rgb pinColour(Pin::Kind kind, char grade) {
  if (kind == Pin::Kind::note) return note_blue;
  using assets::Soundness;
  switch (grade) {
    case 'a':
    case 'b':
      return exporting::soundnessColour(Soundness::I);
    case 'c':
      return exporting::soundnessColour(Soundness::II);
    case 'd':
      return exporting::soundnessColour(Soundness::III);
    case 'e':
      return exporting::soundnessColour(Soundness::IV);
    default:
      return exporting::no_data;
  }
}

std::vector<Pin> defectPins(const model::CityModel& model) {
  std::vector<Pin> pins;
  for (const model::Bridge& bridge : model.bridges) {
    const assets::Inspection* inspection = withDefects(bridge);
    if (!inspection) continue;
    const auto number = static_cast<std::size_t>(inspection - bridge.inspections.data());
    for (std::size_t i = 0; i < inspection->defects.size(); ++i) {
      const assets::Defect& defect = inspection->defects[i];
      if (!defect.position || !isFinite(*defect.position)) continue;
      Pin pin{idOf(bridge, number, i), *defect.position, textOf(defect), Pin::Kind::defect, defect.grade};
      pin.open = inspection->status != assets::MeasureStatus::done;
      pin.priority = defect_priority + (defect.grade != 0 ? defect.grade - 'a' : 0);
      pins.push_back(std::move(pin));
    }
  }
  return pins;
}

const assets::Defect* defectOf(const model::CityModel& model, const std::string& pin) {
  for (const model::Bridge& bridge : model.bridges) {
    if (pin.compare(0, bridge.id.size(), bridge.id) != 0) continue;
    for (std::size_t i = 0; i < bridge.inspections.size(); ++i)
      for (std::size_t k = 0; k < bridge.inspections[i].defects.size(); ++k)
        if (idOf(bridge, i, k) == pin) return &bridge.inspections[i].defects[k];
  }
  return nullptr;
}

}  // namespace hashimichi::render
