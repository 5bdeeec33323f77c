// What was planted in the later surveys of the synthetic town is found again by measuring.
#include <gtest/gtest.h>

#include "datasets/town/town.h"
#include "geo/core/file.h"
#include "geo/import/points/las_header.h"
#include "geo/import/points/las_reader.h"
#include "geo/measure/change.h"
#include "geo/measure/clearance.h"
#include "geo/measure/road_profile.h"
#include "geo/measure/settlement.h"
#include "geo/measure/volume.h"
#include "tests/support/shared_data.h"

namespace hashimichi::tests {
namespace {

using measure::PointStore;
using nlohmann::json;

struct Epochs {
  TempFolder folder;
  json truth;
  PointStore first, second, snow;
  model::Polyline axis, road;
  double seconds = 0;

  Epochs() {
    SilentProgress progress;
    datasets::TownOptions options;
    options.epochs_folder = folder / "epochs";
    const auto town = datasets::makeTown(folder / "sources", options, progress);
    EXPECT_TRUE(town);
    truth = json::parse(readFile(folder / "epochs/planted_changes.json").value());
    first = pointsOf(folder / "sources/survey_bridge_mainstreet.laz");
    second = pointsOf(folder / "epochs/survey_second_epoch.laz");
    snow = pointsOf(folder / "epochs/survey_snow.laz");
    axis = lineOf(truth["bridge"]["axis"]), road = lineOf(truth["road"]["line"]);
    std::printf("points: first %zu, second %zu, snow %zu\n", first.size(), second.size(), snow.size());
  }

  static Vec3d local(double east, double north, double z) { return {east - 31000, north - 160500, z}; }
  static PointStore pointsOf(const std::filesystem::path& path) {
    PointStore points;
    Problems problems;
    const auto header = import::readLasHeader(path, problems);
    EXPECT_TRUE(header);
    auto reader = import::LasReader::open(path, header->point_format);
    EXPECT_TRUE(reader);
    for (import::LasPoint p; reader->next(p);) {
      points.places.push_back(local(p.position.x, p.position.y, p.position.z));
      points.classification.push_back(p.classification);
    }
    return points;
  }
  static model::Polyline lineOf(const json& places) {
    model::Polyline line;
    for (const json& p : places) line.push_back(local(p[0], p[1], p[2]));
    return line;
  }
};
const Epochs& epochs() {
  static const Epochs made;
  return made;
}

TEST(TownEpochs, SayThatTheyAreSyntheticAndHaveAnotherDensity) {
  EXPECT_NE(epochs().truth["note"].get<std::string>().find("synthetic"), std::string::npos);
  EXPECT_GT(epochs().second.size(), 100000u);
  EXPECT_GT(epochs().snow.size(), 30000u);
}

TEST(TownEpochs, TheAbutmentHasSunkAndTheSecondSpanSags) {
  const Epochs& e = epochs();
  measure::SettlementWish wish;
  wish.axis = e.axis, wish.pier_chainages_m = e.truth["bridge"]["pier_chainages_m"].get<std::vector<double>>();
  Problems problems;
  const auto s = measure::deckSettlement(e.first.view(), e.second.view(), wish, problems);
  ASSERT_TRUE(s) << s.error().text();
  ASSERT_EQ(s->places.size(), 9u);  // four spans, five supports
  for (const measure::DeckChange& c : s->places) {
    SCOPED_TRACE(std::string(toString(c.place)) + " " + std::to_string(c.number));
    double planted = 0;
    if (c.place == measure::BridgePlace::abutment_end) planted = e.truth["abutment"]["change_mm"];
    if (c.place == measure::BridgePlace::midspan && c.number == 2) planted = e.truth["girder"]["change_mm"];
    if (c.place == measure::BridgePlace::midspan && c.number == 4)
      planted = e.truth["abutment"]["change_mm"].get<double>() / 2;
    // 2.6 σ: with nine places one in twenty beyond 1.96 σ would be no surprise.
    EXPECT_NEAR(c.change_mm, planted, 2.6 * c.sigma_mm + 0.1);
    EXPECT_LT(c.lod95_mm, 4);
    if (planted != 0) {
      EXPECT_TRUE(c.significant);
    }
  }
  ASSERT_TRUE(s->sag_change_mm[1]);
  EXPECT_NEAR(*s->sag_change_mm[1], -8, 2);
}

TEST(TownEpochs, RutsAreFoundToAMillimetreAndTheOtherLaneHasNone) {
  const Epochs& e = epochs();
  measure::RoadWish wish;
  wish.centreline = e.road, wish.half_width_m = e.truth["road"]["width_m"].get<double>() / 2;
  wish.from_m = 30, wish.to_m = 70;
  Problems problems;
  SilentProgress progress;
  const auto road = measure::roadSections(e.second.view(), wish, problems, progress);
  ASSERT_TRUE(road) << road.error().text();
  for (const measure::CrossSection& s : road->sections) {
    SCOPED_TRACE(s.chainage_m);
    if (s.chainage_m > 37 && s.chainage_m < 44) continue;  // the parked vehicle
    ASSERT_TRUE(s.lanes[1].left && s.lanes[1].right);
    EXPECT_NEAR(s.lanes[1].left->straight_edge_mm, 12, 1);
    EXPECT_NEAR(s.lanes[1].right->straight_edge_mm, 12, 1);
    EXPECT_LT(s.lanes[0].rut_depth_mm, 3.5);  // a flat lane's noise has an upper hull, too
  }
}

TEST(TownEpochs, TheDeckHasNoCrossfallAndUnderAVehicleNoneIsClaimed) {
  std::size_t measured = 0;
  const Epochs& e = epochs();
  measure::RoadWish wish;
  wish.centreline = e.axis, wish.half_width_m = e.truth["road"]["width_m"].get<double>() / 2;
  Problems problems;
  SilentProgress progress;
  const auto road = measure::roadSections(e.second.view(), wish, problems, progress);
  ASSERT_TRUE(road);
  for (const measure::CrossSection& s : road->sections) {
    if (s.chainage_m < 1 || s.chainage_m + 1 > e.truth["bridge"]["length_m"].get<double>()) continue;
    EXPECT_NEAR(s.crossfall_percent, 0, 0.1) << s.chainage_m;
    ++measured;
  }
  EXPECT_EQ(measured, 11u);  // every 10 m from 10 to 120, but for the one at 100: a vehicle stands there
}

TEST(TownEpochs, ClearanceOverTheRiverIsFoundToACentimetre) {
  const Epochs& e = epochs();
  measure::ClearanceWish wish;
  const json& truth = e.truth["clearance"];
  wish.axis = e.axis, wish.half_width_m = e.truth["bridge"]["width_m"].get<double>() / 2 + 2;
  wish.water_level_m = truth["water_level_m"].get<double>();
  wish.from_m = truth["from_m"], wish.to_m = truth["to_m"];
  const auto c = measure::bridgeClearance(e.second.view(), wish);
  ASSERT_TRUE(c) << c.error().text();
  ASSERT_TRUE(c->over_water);
  EXPECT_NEAR(c->over_water->clearance_m, truth["over_water_m"].get<double>(), 0.01);
}

TEST(TownEpochs, NewSnowIsFoundToACentimetreAndItsVolumeToTwoPercent) {
  const Epochs& e = epochs();
  measure::SnowWish wish;
  wish.centreline = e.road, wish.half_width_m = e.truth["road"]["width_m"].get<double>() / 2 - 0.5;
  Problems problems;
  const auto depth = measure::snowDepth(e.first.view(), e.snow.view(), wish, problems);
  ASSERT_TRUE(depth) << depth.error().text();
  for (const measure::SnowStretch& s : depth->stretches) EXPECT_NEAR(s.depth_cm, 23, 1) << s.from_m;
  EXPECT_NEAR(depth->volume_m3, 0.23 * model::length2d(e.road) * 2 * wish.half_width_m, 0.02 * depth->volume_m3);
}

/// Deck points between two chainages of the bridge.
PointStore deckBetween(const PointStore& all, const model::Polyline& axis, double from, double to) {
  PointStore deck;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all.classification[i] != 17 || model::distanceToLine2d(all.places[i], axis) > 3.5) continue;
    const double chainage = distance2d(all.places[i], axis.front());  // the bridge is straight
    if (chainage > from && chainage < to) deck.places.push_back(all.places[i]);
  }
  return deck;
}

TEST(TownEpochs, ChangeIsFoundWhereItWasPlantedAndAtMostFivePercentElsewhere) {
  const Epochs& e = epochs();
  const double length = e.truth["bridge"]["length_m"], span = length / 4;
  SilentProgress progress;
  measure::M3c2Wish wish;
  wish.core_spacing_m = 1, wish.normal_scale_m = 3, wish.projection_scale_m = 2, wish.registration_m = 0.0005;
  const auto still = measure::m3c2(deckBetween(e.first, e.axis, 4, span - 1).view(),
                                   deckBetween(e.second, e.axis, 2, span + 1).view(), wish, progress);
  ASSERT_TRUE(still) << still.error().text();
  EXPECT_LE(still->summary.significant_percent, 5);
  const auto sunk = measure::m3c2(deckBetween(e.first, e.axis, length - 6, length - 1).view(),
                                  deckBetween(e.second, e.axis, length - 8, length).view(), wish, progress);
  ASSERT_TRUE(sunk);
  EXPECT_GT(sunk->summary.significant_percent, 90);
  EXPECT_NEAR(sunk->summary.median_m, -0.012 * (1 - 3.5 / span), 0.0015);
}

}  // namespace
}  // namespace hashimichi::tests
