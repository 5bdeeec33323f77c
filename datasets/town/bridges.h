#pragma once
#include <array>
#include <string>
#include <vector>

#include "datasets/town/land.h"
#include "datasets/town/network.h"
#include "geo/core/date_time.h"

namespace hashimichi::datasets {

enum class BridgeKind { box_culvert, rc_slab, pc_slab, rc_t_girder, pc_t_girder, steel_h_girder, steel_plate_girder };

struct InspectionRow {
  std::string member, member_grade, measure, defect, damage;  ///< 部材, I…IV, 対策区分, 損傷種類, a…e
  double size_mm = 0;                                         ///< 0: none
  Vec3d position;                                             ///< local frame; of the defect
  std::string event, note;                                    ///< 特定事象, 所見
};
struct BridgeInspection {
  Date date;
  int soundness = 1;   ///< 1…4
  std::string status;  ///< 措置状況; empty for I
  std::vector<InspectionRow> rows;
};

struct TownBridge {
  std::string id, name, kana, route, crosses;
  int road = 0;                      ///< index of the segment that it carries
  double start_m = 0;                ///< chainage of its first abutment on that segment
  double length_m = 0, width_m = 0;  ///< register: abutment to abutment, full width of the deck
  BridgeKind kind = BridgeKind::rc_slab;
  int spans = 1;
  double deck_thickness_m = 0.3, girder_depth_m = 0;
  int year = 0, month = 0;  ///< year 0: unknown to the register
  double detour_km = 0;
  double bed_z = 0;         ///< ground below its middle
  std::vector<Vec3d> axis;  ///< deck surface on the road's axis, from abutment to abutment
  std::vector<BridgeInspection> inspections;
};

const char* structureName(BridgeKind kind);  ///< 構造形式
const char* materialName(BridgeKind kind);   ///< 材料
int materialCode(BridgeKind kind);           ///< PLATEAU BridgeStructureAttribute_material

/// One bridge per road that crosses water; sets road.bridge.
std::vector<TownBridge> makeBridges(Network& network, const Land& land, std::uint64_t seed);
/// Three cycles of inspections with a soundness mix of about I 40 %, II 45 %, III 12 % and one IV.
void inspectBridges(std::vector<TownBridge>& bridges, std::uint64_t seed);

}  // namespace hashimichi::datasets
