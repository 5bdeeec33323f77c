#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "geo/core/date_time.h"

namespace hashimichi::assets {

/// What kind of road structure a register entry is about; each kind has its own inspection guide (DOMAIN D.1).
enum class StructureKind { bridge, footbridge, tunnel, shed, culvert, sign_gantry, retaining_wall, slope };
const char* toString(StructureKind kind);  ///< "bridge", "footbridge", …
/// 橋梁, 横断歩道橋, トンネル, シェッド, 大型カルバート, 門型標識, 擁壁, 法面 and English spellings; nothing for
/// another word.
std::optional<StructureKind> structureKindFrom(std::string_view text);

/// Ratings 0 … 9 of the US National Bridge Inventory (items 58, 59, 60, 62). Never turned into I–IV.
struct NbiRatings {
  std::optional<int> deck, superstructure, substructure, culvert;
  bool operator==(const NbiRatings&) const = default;
};

/// What was done to a structure. `measure` in the source's words (塗替え, 断面修復, 支承取替, 更新, 撤去 …).
struct Repair {
  Date date;  ///< month and day 0 where only the fiscal year is known
  int fiscal_year = 0;
  std::string measure, member;
  std::optional<double> cost_yen;
  std::string note, source;
};

}  // namespace hashimichi::assets
