#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/problem.h"
#include "geo/core/progress.h"
#include "geo/core/result.h"

namespace hashimichi::assets {

/// A record of the US National Bridge Inventory (FHWA coding guide of 1995, metric). Ratings 0 … 9 as the file states
/// them; nothing for "N" (not applicable) and blank. They are never turned into I–IV.
struct NbiRecord {
  std::string structure;                                               ///< item 8, without the blanks that pad it
  std::string feature, facility, location, owner, operational_status;  ///< items 6A, 7, 9, 22, 41
  std::optional<double> latitude_deg, longitude_deg;     ///< items 16, 17; east positive; 0/0 counts as unknown
  std::optional<int> year_built, lanes_on, lanes_under;  ///< items 27, 28A, 28B
  std::optional<int> adt, year_adt;                      ///< vehicles a day, items 29, 30
  std::optional<double> detour_km;                       ///< item 19; 199 means 199 or more
  std::optional<double> length_m, longest_span_m;        ///< items 49, 48
  std::optional<double> roadway_width_m, deck_width_m, approach_width_m;    ///< items 51, 52, 32
  std::optional<double> clearance_over_m;                                   ///< item 53; 99.99 means without limit
  std::optional<int> kind, type;                                            ///< items 43A (material), 43B (design)
  std::optional<int> deck, superstructure, substructure, channel, culvert;  ///< items 58 … 62
  std::optional<double> inventory_rating_t;                                 ///< item 66
  std::optional<int> structural, deck_geometry, underclearance, waterway, approach;  ///< items 67, 68, 69, 71, 72
  std::string traffic_safety;                                                        ///< item 36, four places
  bool strahnet = false;                                                             ///< item 100 other than 0
  std::optional<int> inspected_year, inspected_month;                                ///< item 90 (MMYY)
  std::optional<int> inspected_every_months;                                         ///< item 91
  std::optional<int> scour;                                                          ///< item 113
};

/// The FHWA's delimited files (heads such as STRUCTURE_NUMBER_008; text in apostrophes, which also occur as foot marks)
/// and its fixed-width ones (445 places), told apart by their first line; any year. Read line by line. A line that is
/// too short or has another number of columns is skipped and counted with its number, an impossible value (a rating
/// outside 0 … 9, a latitude beyond 90°) is left empty and counted. not_found, unreadable, unsupported where the first
/// line is neither, cancelled.
Result<std::vector<NbiRecord>> readNbi(const std::filesystem::path& path, Problems& problems, Progress& progress);

/// The cells of a delimited line: an apostrophe opens a text only at the beginning of a cell and closes it only at its
/// end.
std::vector<std::string_view> nbiCells(std::string_view line);
/// DDMMSSss or DDDMMSSss (hundredths of a second) as degrees; nothing for 0 and for what is no angle.
std::optional<double> nbiAngle(std::string_view packed);

}  // namespace hashimichi::assets
