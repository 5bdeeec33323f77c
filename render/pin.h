#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "geo/export/palette.h"
#include "geo/model/city_model.h"

namespace hashimichi::render {

/// Something that is said about one place: a defect on a member, a note. Drawn at the same size in pixels from near
/// and afar, in front of what hides its foot, and can be pointed at (Hit::pin).
struct Pin {
  enum class Kind : std::uint8_t { defect, note };
  std::string id;  ///< comes back in Hit; unique within what is set together
  Vec3d place;     ///< local frame
  std::string text;
  Kind kind = Kind::note;
  char grade = 0;     ///< of a defect: 'a' … 'e', 0 = not stated (grey)
  bool open = true;   ///< false: done; drawn hollow
  int priority = 10;  ///< the larger one's text stays where two collide

  bool operator==(const Pin&) const = default;
};

/// Damage grade a … e in the soundness palette's order of darkness; no_data where it is not stated. Notes are blue.
exporting::Rgb pinColour(Pin::Kind kind, char grade);

/// One pin for every defect with a position of each bridge's newest inspection that lists any. Id
/// "bridge/index of the inspection/index of the defect"; the text is type, grade and size in the source's words:
/// "ひびわれ d 0.3 mm". Any thread.
std::vector<Pin> defectPins(const model::CityModel& model);
/// Which defect a pin of defectPins stands for; nullptr for any other id.
const assets::Defect* defectOf(const model::CityModel& model, const std::string& pin);

}  // namespace hashimichi::render
