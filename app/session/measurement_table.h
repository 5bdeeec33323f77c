#pragma once
#include <optional>
#include <string>
#include <vector>

#include "geo/core/text.h"
#include "geo/crs/local_frame.h"
#include "geo/measure/saved.h"

namespace hashimichi::app {

/// The text key of a kind: "measured.distance" …
const char* measuredKey(measure::SavedKind kind);

/// One number of a saved result, taken apart: {"clearance_m": 4.52} → clearance, 4.52, m.
struct MeasuredNumber {
  std::string name;  ///< field name without its unit, "lowest.clearance"
  double value = 0;
  std::string unit;  ///< "m", "m²", "%", "°"; empty for counts
  int decimals = 0;  ///< that make sense for the unit
};
/// The numbers of a result and of its parts one level down; lists are left out, and so is what is no number.
std::vector<MeasuredNumber> numbersOf(const measure::SavedMeasurement& measurement);
/// The one that a line of the table shows; nothing when the result lacks it.
std::optional<MeasuredNumber> headlineOf(const measure::SavedMeasurement& measurement);
/// "Height difference", 「高低差」; the field's own words where there is no translation.
std::string wordOf(Language language, const MeasuredNumber& number);

/// UTF-8 CSV with BOM: a line per number: id, name, kind, time, field, value, unit, and the first picked point's
/// easting, northing and height; a measurement without numbers has one line.
std::string measurementTable(const measure::SavedMeasurements& saved, const crs::LocalFrame& frame);

}  // namespace hashimichi::app
