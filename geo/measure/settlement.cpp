#include "geo/measure/settlement.h"

#include <fmt/format.h>

#include <algorithm>

#include "geo/measure/plane_fit.h"
#include "geo/measure/road_line.h"

namespace hashimichi::measure {
namespace {

constexpr std::size_t fewest_points = 12, most_values = 100'000;
/// Railings, kerbs and vehicles stand higher above the deck than this; its noise does not.
constexpr double rough_m = 0.03;
constexpr double two_sided_95 = 1.96;

/// Deck points in bridge coordinates: x chainage, y offset, z height.
std::vector<Vec3d> deckOf(const PointsView& points, const RoadLine& line) {
  std::vector<Vec3d> deck;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!points.classification.empty() && !mayBeRoadSurface(points.classification[i])) continue;
    if (!isFinite(points.places[i])) continue;
    if (const auto foot = line.footOf(points.places[i]))
      deck.push_back({foot->chainage_m, foot->offset_m, points.places[i].z});
  }
  std::sort(deck.begin(), deck.end(), [](const Vec3d& a, const Vec3d& b) { return a.x < b.x; });
  return deck;
}

struct Zone {
  BridgePlace place;
  int number;
  double at_m;
};

std::optional<PlaneFit> planeOf(const std::vector<Vec3d>& deck, double from, double to, double middle) {
  const auto by_chainage = [](const Vec3d& p, double x) { return p.x < x; };
  const auto first = std::lower_bound(deck.begin(), deck.end(), from, by_chainage);
  const auto last = std::lower_bound(first, deck.end(), to, by_chainage);
  std::vector<Vec3d> zone(first, last);
  for (Vec3d& p : zone) p.x -= middle;
  return fitPlane(zone, rough_m, fewest_points);
}

/// The zone lies around its place, at the ends of the deck inside them.
std::optional<DeckChange> changeAt(const Zone& zone, const std::vector<Vec3d>& before, const std::vector<Vec3d>& after,
                                   const RoadLine& line, const SettlementWish& wish) {
  const double half = wish.zone_m / 2;
  const double from = std::clamp(zone.at_m - half, 0.0, std::max(0.0, line.length_m() - wish.zone_m));
  const double to = std::min(from + wish.zone_m, line.length_m());
  const auto first = planeOf(before, from, to, zone.at_m), second = planeOf(after, from, to, zone.at_m);
  if (!first || !second) return std::nullopt;
  DeckChange change;
  change.place = zone.place, change.number = zone.number, change.chainage_m = zone.at_m;
  change.at = line.at(zone.at_m).point;
  change.at.z = first->at(0, 0);
  change.change_mm = 1000 * (second->at(0, 0) - first->at(0, 0));
  const double s1 = 1000 * first->sigmaAt(0, 0), s2 = 1000 * second->sigmaAt(0, 0), reg = wish.registration_mm;
  change.sigma_mm = std::sqrt(s1 * s1 + s2 * s2 + reg * reg);
  change.lod95_mm = two_sided_95 * change.sigma_mm;
  change.significant = std::abs(change.change_mm) > change.lod95_mm;
  change.points = first->used, change.points_after = second->used;
  return change;
}

std::vector<Zone> zonesOf(const SettlementWish& wish, double length) {
  std::vector<Zone> zones{{BridgePlace::abutment_start, 0, 0}};
  double support = 0;
  int number = 0;
  std::vector<double> piers;
  for (const double pier : wish.pier_chainages_m)
    if (pier > support && pier < length) piers.push_back(pier), support = pier;
  support = 0;
  for (const double pier : piers) {
    ++number;
    zones.push_back({BridgePlace::midspan, number, (support + pier) / 2});
    zones.push_back({BridgePlace::pier, number, pier});
    support = pier;
  }
  zones.push_back({BridgePlace::midspan, number + 1, (support + length) / 2});
  zones.push_back({BridgePlace::abutment_end, 0, length});
  return zones;
}

/// Midspan against the mean of its supports; places stand in the order support, midspan, support …
void addSag(Settlement& result, const std::vector<std::optional<DeckChange>>& found) {
  for (std::size_t i = 1; i + 1 < found.size(); i += 2) {
    const auto &a = found[i - 1], &m = found[i], &b = found[i + 1];
    const bool all = a && m && b;
    result.sag_change_mm.push_back(all ? std::optional(m->change_mm - (a->change_mm + b->change_mm) / 2)
                                       : std::nullopt);
    result.sag_sigma_mm.push_back(
        all ? std::optional(
                  std::sqrt(m->sigma_mm * m->sigma_mm + (a->sigma_mm * a->sigma_mm + b->sigma_mm * b->sigma_mm) / 4))
            : std::nullopt);
  }
}

Status checked(const SettlementWish& wish) {
  if (wish.half_width_m > 0 && wish.zone_m > 0 && wish.every_m > 0 && wish.registration_mm >= 0) return done();
  return Error{ErrorCode::bad_input, "settlement", "A width, zone or distance is not a positive number.",
               "Give metres."};
}

}  // namespace

const char* toString(BridgePlace place) {
  switch (place) {
    case BridgePlace::abutment_start:
      return "abutment_start";
    case BridgePlace::abutment_end:
      return "abutment_end";
    case BridgePlace::pier:
      return "pier";
    case BridgePlace::midspan:
      return "midspan";
    case BridgePlace::profile:
      return "profile";
  }
  return "";
}

Result<Settlement> deckSettlement(const PointsView& before, const PointsView& after, const SettlementWish& wish,
                                  Problems& problems) {
  if (const Status sizes = checked(wish); !sizes) return sizes.error();
  const Result<RoadLine> line = RoadLine::create(wish.axis, wish.half_width_m, "settlement");
  if (!line) return line.error();
  const std::vector<Vec3d> first = deckOf(before, *line), second = deckOf(after, *line);
  Settlement result;
  result.basis = {"deck to deck: difference of robust planes per zone", first.size(), second.size(),
                  before.unrefined || after.unrefined};
  const auto told = [&](const Zone& zone) {
    problems.skip("", fmt::format("chainage {:.1f} m", zone.at_m), "measure.too_few_points",
                  fmt::format("The {} was not compared: one of the surveys has fewer than {} points of the deck there.",
                              toString(zone.place), fewest_points),
                  "Take a longer zone or load more detail.");
  };
  std::vector<std::optional<DeckChange>> found;
  for (const Zone& zone : zonesOf(wish, line->length_m())) {
    found.push_back(changeAt(zone, first, second, *line, wish));
    if (found.back())
      result.places.push_back(*found.back());
    else
      told(zone);
  }
  addSag(result, found);
  const auto values = static_cast<std::size_t>(std::min<double>(line->length_m() / wish.every_m, most_values));
  double sum = 0;
  for (std::size_t i = 0; i <= values; ++i) {
    const Zone zone{BridgePlace::profile, 0, static_cast<double>(i) * wish.every_m};
    if (const auto change = changeAt(zone, first, second, *line, wish))
      result.profile.push_back(*change), sum += change->change_mm;
  }
  if (result.places.empty() && result.profile.empty())
    return Error{ErrorCode::bad_input, "settlement", "No part of the deck was seen by both surveys.",
                 "Check that the axis lies on the bridge and that both surveys are in the same coordinate system."};
  if (!result.profile.empty()) result.mean_change_mm = sum / static_cast<double>(result.profile.size());
  return result;
}

}  // namespace hashimichi::measure
