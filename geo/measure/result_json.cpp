#include "geo/measure/result_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace hashimichi::measure {
namespace {

using nlohmann::json;

json number(double value) {
  return std::isfinite(value) ? json(value) : json(nullptr);
}
json number(const std::optional<double>& value) {
  return value ? number(*value) : json(nullptr);
}
json place(Vec3d local, const crs::LocalFrame& frame) {
  const Vec3d p = frame.toProjected(local);
  return {number(p.x), number(p.y), number(p.z)};
}

void add(json& out, const Basis& basis) {
  out["method"] = basis.method, out["points"] = basis.points, out["unrefined"] = basis.unrefined;
  if (basis.points_after > 0) out["points_after"] = basis.points_after;
}

json jsonOf(const std::optional<Rut>& rut) {
  if (!rut) return nullptr;
  return {{"offset_m", number(rut->offset_m)},
          {"straight_edge_mm", number(rut->straight_edge_mm)},
          {"wire_mm", number(rut->wire_mm)},
          {"width_mm", number(rut->width_mm)},
          {"sigma_mm", number(rut->sigma_mm)}};
}

json jsonOf(const CrossSection& s, const crs::LocalFrame& frame, bool with_profile) {
  json out{{"chainage_m", number(s.chainage_m)},
           {"centre", place(s.centre, frame)},
           {"grade_percent", number(s.grade_percent)},
           {"crossfall_percent", number(s.crossfall_percent)},
           {"crossfall_sigma_percent", number(s.crossfall_sigma_percent)},
           {"points", s.points},
           {"passed_over", s.passed_over},
           {"lanes", json::array()}};
  for (const LaneSection& lane : s.lanes)
    out["lanes"].push_back({{"right_m", number(lane.right_m)},
                            {"left_m", number(lane.left_m)},
                            {"crossfall_percent", number(lane.crossfall_percent)},
                            {"crossfall_sigma_percent", number(lane.crossfall_sigma_percent)},
                            {"rut_depth_mm", number(lane.rut_depth_mm)},
                            {"right_rut", jsonOf(lane.right)},
                            {"left_rut", jsonOf(lane.left)}});
  if (!with_profile) return out;
  out["profile"] = json::array();
  for (const ProfilePoint& p : s.profile)
    out["profile"].push_back({number(p.offset_m), number(p.height_m), number(p.sigma_m)});
  return out;
}

json jsonOf(const DeckChange& c, const crs::LocalFrame& frame) {
  return {{"place", toString(c.place)},
          {"number", c.number},
          {"chainage_m", number(c.chainage_m)},
          {"at", place(c.at, frame)},
          {"change_mm", number(c.change_mm)},
          {"sigma_mm", number(c.sigma_mm)},
          {"lod95_mm", number(c.lod95_mm)},
          {"significant", c.significant},
          {"points", c.points},
          {"points_after", c.points_after}};
}

json jsonOf(const ClearancePlace& c, const crs::LocalFrame& frame) {
  return {{"chainage_m", number(c.chainage_m)},
          {"offset_m", number(c.offset_m)},
          {"underside", place(c.underside, frame)},
          {"below_z_m", number(c.below_z_m)},
          {"clearance_m", number(c.clearance_m)},
          {"sigma_m", number(c.sigma_m)},
          {"below", toString(c.below)},
          {"points", c.points}};
}

json jsonOf(const SnowStretch& s) {
  return {{"from_m", number(s.from_m)},
          {"to_m", number(s.to_m)},
          {"depth_cm", number(s.depth_cm)},
          {"sigma_cm", number(s.sigma_cm)},
          {"lowest_cm", number(s.lowest_cm)},
          {"highest_cm", number(s.highest_cm)},
          {"volume_m3", number(s.volume_m3)},
          {"seen_percent", number(s.seen_percent)},
          {"points", s.points},
          {"points_after", s.points_after}};
}

}  // namespace

json toJson(const Distance& r) {
  return {{"distance_m", number(r.distance_m)},   {"horizontal_m", number(r.horizontal_m)},
          {"height_m", number(r.height_m)},       {"slope_percent", number(r.slope_percent)},
          {"azimuth_deg", number(r.azimuth_deg)}, {"sigma_m", number(r.sigma_m)}};
}

json toJson(const PathLength& r) {
  return {{"distance_m", number(r.distance_m)},
          {"horizontal_m", number(r.horizontal_m)},
          {"up_m", number(r.up_m)},
          {"down_m", number(r.down_m)}};
}

json toJson(const AreaOf& r) {
  return {{"planimetric_m2", number(r.planimetric_m2)},
          {"surface_m2", number(r.surface_m2)},
          {"plane_m2", number(r.plane_m2)},
          {"perimeter_m", number(r.perimeter_m)},
          {"tilt_deg", number(r.tilt_deg)}};
}

json toJson(const SectionPoints& r, const crs::LocalFrame& frame) {
  json out{{"width_m", number(r.width_m)}, {"left_out", r.left_out}, {"line", json::array()}};
  for (const Vec3d& p : r.line) out["line"].push_back(place(p, frame));
  if (r.size() > 0) {
    const auto [low, high] = std::minmax_element(r.height_m.begin(), r.height_m.end());
    out["lowest_m"] = number(*low), out["highest_m"] = number(*high);
    out["from_m"] = number(r.chainage_m.front()), out["to_m"] = number(r.chainage_m.back());
  }
  add(out, r.basis);
  return out;
}

json toJson(const RoadSections& r, const crs::LocalFrame& frame, bool with_profiles) {
  json out{{"sections", json::array()}, {"not_measured", r.not_measured}};
  for (const CrossSection& s : r.sections) out["sections"].push_back(jsonOf(s, frame, with_profiles));
  add(out, r.basis);
  return out;
}

json toJson(const Settlement& r, const crs::LocalFrame& frame) {
  json out{{"places", json::array()}, {"profile", json::array()}, {"spans", json::array()}};
  for (const DeckChange& c : r.places) out["places"].push_back(jsonOf(c, frame));
  for (const DeckChange& c : r.profile) out["profile"].push_back(jsonOf(c, frame));
  for (std::size_t i = 0; i < r.sag_change_mm.size(); ++i)
    out["spans"].push_back(
        {{"number", i + 1}, {"sag_change_mm", number(r.sag_change_mm[i])}, {"sigma_mm", number(r.sag_sigma_mm[i])}});
  out["mean_change_mm"] = number(r.mean_change_mm);
  add(out, r.basis);
  return out;
}

json toJson(const Clearance& r, const crs::LocalFrame& frame) {
  json out{{"lowest", jsonOf(r.lowest, frame)},
           {"lowest_girder", jsonOf(r.lowest_girder, frame)},
           {"cells", r.cells},
           {"cells_without_below", r.cells_without_below},
           {"profile", json::array()}};
  for (const ClearancePlace& c : r.profile) out["profile"].push_back(jsonOf(c, frame));
  add(out, r.basis);
  return out;
}

json toJson(const VolumeChange& r) {
  json out{{"gain_m3", number(r.gain_m3)},
           {"loss_m3", number(r.loss_m3)},
           {"net_m3", number(r.net_m3)},
           {"sigma_m3", number(r.sigma_m3)},
           {"significant_gain_m3", number(r.significant_gain_m3)},
           {"significant_loss_m3", number(r.significant_loss_m3)},
           {"area_m2", number(r.area_m2)},
           {"wanted_area_m2", number(r.wanted_area_m2)},
           {"mean_m", number(r.mean_m)}};
  add(out, r.basis);
  return out;
}

json toJson(const SnowDepth& r) {
  json out{{"stretches", json::array()},       {"depth_cm", number(r.depth_cm)}, {"sigma_cm", number(r.sigma_cm)},
           {"volume_m3", number(r.volume_m3)}, {"sigma_m3", number(r.sigma_m3)}, {"not_measured", r.not_measured}};
  for (const SnowStretch& s : r.stretches) out["stretches"].push_back(jsonOf(s));
  add(out, r.basis);
  return out;
}

json toJson(const CloudChange& r, const crs::LocalFrame& frame, bool with_points) {
  const ChangeSummary& s = r.summary;
  json out{{"count", s.count},
           {"significant", s.significant},
           {"unseen", s.unseen},
           {"significant_percent", number(s.significant_percent)},
           {"mean_m", number(s.mean_m)},
           {"sigma_m", number(s.sigma_m)},
           {"rms_m", number(s.rms_m)},
           {"median_m", number(s.median_m)},
           {"p05_m", number(s.p05_m)},
           {"p25_m", number(s.p25_m)},
           {"p75_m", number(s.p75_m)},
           {"p95_m", number(s.p95_m)},
           {"lowest_m", number(s.lowest_m)},
           {"highest_m", number(s.highest_m)},
           {"median_lod95_m", number(s.median_lod95_m)},
           {"significant_mean_m", number(s.significant_mean_m)}};
  add(out, r.basis);
  if (!with_points) return out;
  out["core_points"] = json::array();
  for (const PointChange& p : r.points)
    out["core_points"].push_back({{"at", place(p.at, frame)},
                                  {"distance_m", number(p.distance_m)},
                                  {"lod95_m", number(p.lod95_m)},
                                  {"significant", p.significant},
                                  {"points", p.points},
                                  {"points_after", p.points_after}});
  return out;
}

}  // namespace hashimichi::measure
