#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "geo/core/date_time.h"
#include "geo/core/geometry.h"
#include "geo/core/problem.h"
#include "geo/core/result.h"

namespace hashimichi::measure {

/// Kinds of saved measurements; stored by name, so that new ones may be added anywhere.
enum class SavedKind {
  distance,
  height,
  area,
  section,
  clearance,
  road_sections,
  settlement,
  change,
  snow,
  volume,
};
const char* toString(SavedKind kind);  ///< "distance", "road_sections", …

/// One measurement that a person keeps with the project.
struct SavedMeasurement {
  std::string id;    ///< unique in the file; `add` makes one
  std::string name;  ///< in the person's words; may be empty
  SavedKind kind = SavedKind::distance;
  std::vector<Vec3d> points;        ///< local frame of the project: what was picked
  std::vector<std::string> clouds;  ///< ids of the clouds that were measured on, in the order before, after
  std::string result_json;          ///< one JSON object as `hashimichi measure … --json` prints it; "{}" when empty
  Instant at;                       ///< when it was measured
  bool unrefined = false;
};

/// The list as it lies in the project folder. A value; not thread-safe.
class SavedMeasurements {
 public:
  const std::vector<SavedMeasurement>& all() const { return list_; }
  const SavedMeasurement* find(const std::string& id) const;
  /// Gives it an id that is still free ("m1", "m2" …) where it has none or a taken one. @returns the id
  std::string add(SavedMeasurement measurement);
  /// False when there is none of that id.
  bool rename(const std::string& id, std::string name);
  bool remove(const std::string& id);

 private:
  std::vector<SavedMeasurement> list_;
  std::size_t last_number_ = 0;
};

/// measurements.json below the project folder.
std::filesystem::path savedPath(const std::filesystem::path& project_folder);
/// An empty list when there is no file. Entries that are damaged are skipped and counted in `problems`, the others are
/// kept; a file that is no JSON at all is `unreadable`: tell the person before saving over it.
Result<SavedMeasurements> loadMeasurements(const std::filesystem::path& project_folder, Problems& problems);
/// Written beside and renamed.
Status saveMeasurements(const std::filesystem::path& project_folder, const SavedMeasurements& measurements);

}  // namespace hashimichi::measure
