#include "render/pick.h"

#include <gtest/gtest.h>

#include <cmath>

#include "render/scene.h"
#include "tests/render/sample_town.h"

namespace hashimichi::render {
namespace {

using model::AssetKind, model::AssetRef;

constexpr int width_px = 1280, height_px = 720;
/// Far from the frame's origin float32 would be coarse: 60 km is 4 mm.
constexpr Vec3d far_place{60'000, -45'000, 0};

class Picking : public testing::Test {
 protected:
  void SetUp() override {
    city_ = tests::makeSampleTown({.centre = far_place, .houses = 200, .side_m = 600});
    scene_.show(tests::prepared(city_));
  }
  std::optional<Hit> atMiddle(Vec3d target, double distance_m, double elevation_deg, double azimuth_deg = 20) {
    CameraPose pose;
    pose.target = target;
    pose.distance_m = distance_m, pose.elevation_deg = elevation_deg, pose.azimuth_deg = azimuth_deg;
    scene_.setCamera(pose);
    return scene_.pick(width_px / 2.0, height_px / 2.0, width_px, height_px);
  }

  model::CityModelPtr city_;
  Scene scene_;
};

TEST_F(Picking, EveryHouseAnswersWithItsOwnId) {
  for (const model::Building& house : city_->buildings) {
    const Bounds bounds = model::boundsOf(house.geometry);
    const Vec3d ridge{bounds.centre().x, bounds.centre().y, bounds.high.z};
    const auto hit = atMiddle(ridge, 150, 80);
    ASSERT_TRUE(hit && hit->asset) << house.id;
    EXPECT_EQ(*hit->asset, (AssetRef{AssetKind::building, house.id}));
    EXPECT_LT(norm(hit->point - ridge), 0.05) << "centimetres, 75 km from the origin";
  }
}

TEST_F(Picking, ARoadAnswersRatherThanTheGroundBeneathIt) {
  for (const model::RoadSegment& road : city_->roads) {
    const Vec3d place = model::pointAlong(road.centreline, 0.3 * road.length_m).point;
    if (std::abs(place.x - far_place.x) < 25) continue;  // a bridge leads over the river there
    const auto hit = atMiddle(place, 60, 75);
    ASSERT_TRUE(hit && hit->asset) << road.id;
    EXPECT_EQ(*hit->asset, (AssetRef{AssetKind::road, road.id}));
  }
}

TEST_F(Picking, AThinRoadIsMetWithinAFewPixelsFromAfar) {
  const model::RoadSegment& road = city_->roads[5];
  const Vec3d place = model::pointAlong(road.centreline, 0.5 * road.length_m).point;
  atMiddle(place, 9000, 60, 0);  // 6.7 m a pixel: the road is half a pixel wide
  for (const double off_px : {0.0, 3.0, -3.0}) {
    const auto hit = scene_.pick(width_px / 2.0 + off_px, height_px / 2.0 + off_px, width_px, height_px);
    ASSERT_TRUE(hit && hit->asset) << off_px;
    EXPECT_EQ(hit->asset->kind, AssetKind::road);
  }
}

TEST_F(Picking, BareGroundIsAPlaceWithoutAnAsset) {
  Vec3d place = far_place + Vec3d{-345, 345, 0};
  place.z = *city_->terrain->heightAt(place.x, place.y);
  const auto hit = atMiddle(place, 100, 60);
  ASSERT_TRUE(hit);
  EXPECT_FALSE(hit->asset.has_value());
  EXPECT_NEAR(hit->point.z, place.z, 0.3);
  EXPECT_LT(distance2d(hit->point, place), 0.5);
}

TEST_F(Picking, TheSkyIsNothing) {
  atMiddle(far_place + Vec3d{0, 0, 30}, 500, 3);
  EXPECT_FALSE(scene_.pick(width_px / 2.0, 5, width_px, height_px).has_value());
}

TEST_F(Picking, ADeckAnswersWithWhatCarriesTheDecision) {
  const Vec3d middle = far_place + Vec3d{0, 150, 30};
  auto city = std::make_shared<model::CityModel>();
  city->terrain = city_->terrain;
  city->roads.push_back(tests::roadAlong("r", {middle - Vec3d{60, 0, 0}, middle + Vec3d{60, 0, 0}}, 6));
  model::Bridge bridge;
  bridge.id = "br", bridge.width_m = 10;
  bridge.axis = {middle - Vec3d{20, 0, 0}, middle + Vec3d{20, 0, 0}};
  city->bridges.push_back(bridge);
  scene_.show(tests::prepared(city));
  const Vec3d on_deck = middle + Vec3d{8, 0, 0};  // beside the bridge's own mark
  scene_.setBridgeSoundness(std::vector<assets::Soundness>{assets::Soundness::III});
  auto hit = atMiddle(on_deck, 80, 70);
  ASSERT_TRUE(hit && hit->asset);
  EXPECT_EQ(*hit->asset, (AssetRef{AssetKind::bridge, "br"}));
  EXPECT_NEAR(hit->point.z, middle.z, 0.5);
  scene_.setRoadBands(std::vector<int>{2});
  hit = atMiddle(on_deck, 80, 70);
  ASSERT_TRUE(hit && hit->asset);
  EXPECT_EQ(*hit->asset, (AssetRef{AssetKind::road, "r"}));
}

TEST_F(Picking, ABridgesMarkIsMetFromAcrossTheTown) {
  scene_.setBridgeSoundness(std::vector<assets::Soundness>(city_->bridges.size(), assets::Soundness::II));
  const model::Bridge& bridge = city_->bridges[2];
  const auto hit = atMiddle(*bridge.position, 5000, 45);
  ASSERT_TRUE(hit && hit->asset);
  EXPECT_EQ(*hit->asset, (AssetRef{AssetKind::bridge, bridge.id}));
}

TEST_F(Picking, AGaugesColumnAnswers) {
  scene_.setSensors({{"s-1", "30 cm", 30, true}});
  const auto hit = atMiddle(city_->stations[1].position + Vec3d{0, 0, 12}, 200, 25);
  ASSERT_TRUE(hit && hit->asset);
  EXPECT_EQ(*hit->asset, (AssetRef{AssetKind::station, "s-1"}));
}

TEST_F(Picking, HiddenLayersAreNotPicked) {
  const Bounds bounds = model::boundsOf(city_->buildings[0].geometry);
  scene_.setVisible(Layer::buildings, false);
  const auto hit = atMiddle(bounds.centre(), 150, 85);
  ASSERT_TRUE(hit);
  EXPECT_FALSE(hit->asset && hit->asset->kind == AssetKind::building);
}

TEST_F(Picking, WhatIsPickedStandsWhereItIsAskedToFit) {
  const Bounds bounds = scene_.boundsOf({AssetKind::building, "b-3"});
  ASSERT_FALSE(bounds.empty());
  EXPECT_LT(norm(bounds.centre() - model::boundsOf(city_->buildings[3].geometry).centre()), 1e-9);
  EXPECT_FALSE(scene_.boundsOf({AssetKind::road, city_->roads[0].id}).empty());
  EXPECT_FALSE(scene_.boundsOf({AssetKind::bridge, city_->bridges[0].id}).empty());
  EXPECT_TRUE(scene_.boundsOf({AssetKind::road, "no such road"}).empty());
}

TEST(PickingByEveryTriangle, GivesTheSameAsTheTree) {
  const auto town = tests::prepared(tests::makeSampleTown({.houses = 60, .side_m = 300}));
  const TriangleTree tree(town->buildings);
  CameraPose pose;
  pose.target = {0, 0, 25};
  pose.distance_m = 400, pose.elevation_deg = 30;
  const auto corner = [&](std::size_t i) {
    const float* p = &town->buildings.xyz[3 * town->buildings.triangles[i]];
    return Vec3d{p[0], p[1], p[2]};
  };
  int hits = 0;
  for (int i = 0; i < 400; ++i) {
    const Ray ray = rayThrough(pose, 320 + i % 20 * 32, 100 + i / 20 * 26, width_px, height_px);
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t t = 0; t < town->buildings.triangleCount(); ++t)
      if (const auto at = meetTriangle(ray, corner(3 * t), corner(3 * t + 1), corner(3 * t + 2)))
        nearest = std::min(nearest, *at);
    const auto hit = tree.nearest(ray);
    ASSERT_EQ(hit.has_value(), std::isfinite(nearest)) << i;
    if (!hit) continue;
    EXPECT_NEAR(hit->distance_m, nearest, 1e-9);
    ++hits;
  }
  EXPECT_GT(hits, 20);
}

}  // namespace
}  // namespace hashimichi::render
