#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/assets/structure.h"
#include "geo/core/date_time.h"
#include "geo/core/geometry.h"

namespace hashimichi::assets {

/// 健全性: I 健全, II 予防保全段階, III 早期措置段階, IV 緊急措置段階. Never converted from or to other scales.
enum class Soundness { unknown, I, II, III, IV };
const char* toString(Soundness soundness);  ///< "I" … "IV", "?" when unknown
/// Ⅰ / I / 1 / １ / 01 / 健全 … 緊急措置段階; unknown when it is none (91 "not inspected", blank).
Soundness soundnessFrom(std::string_view text);

/// What has been done since the diagnosis. PLATEAU code list: 01 preventive stage, 02 done, 03 started, 04 not started.
enum class MeasureStatus { unknown, not_needed, done, started, not_started };
const char* toString(MeasureStatus status);
MeasureStatus measureStatusFrom(std::string_view text);

/// 損傷 of one of the 26 types of the national inspection manual (DOMAIN D.1), grade a (none) … e.
struct Defect {
  std::string id;                 ///< the same from cycle to cycle; may be empty
  std::string photo;              ///< a picture, as a path from the project or as the source names it; may be empty
  std::string type;               ///< corrosion, crack, spalling …, in the source's words
  std::string member;             ///< 主桁, 床版, 橋台 …
  char grade = 0;                 ///< 'a'…'e', 0 = not stated
  std::optional<double> size_mm;  ///< crack width, depth …, as the note says
  std::optional<Vec3d> position;  ///< local frame
  std::string note;
};

struct MemberGrade {
  std::string member;  ///< 主桁, 横桁, 床版, 下部構造, 支承部, その他
  Soundness soundness = Soundness::unknown;
  std::string measure;  ///< 対策区分: A, B, C1, C2, E1, E2, M, S1, S2
};

struct Inspection {
  Date date;  ///< month and day 0 where only the fiscal year is known
  int fiscal_year = 0;
  Soundness soundness = Soundness::unknown;
  MeasureStatus status = MeasureStatus::unknown;
  std::string sub_grade;          ///< a finer step of the source: IIa, IIb of tunnels
  std::optional<NbiRatings> nbi;  ///< where the source rates by the American scale
  std::vector<MemberGrade> members;
  std::vector<Defect> defects;
  std::vector<std::string> specific_events;  ///< 特定事象: fatigue, salt, ASR, coating, scour, other
  std::string note, source;
};

}  // namespace hashimichi::assets
