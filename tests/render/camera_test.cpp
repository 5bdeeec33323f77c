#include "render/camera.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace hashimichi::render {
namespace {

struct OnPicture {
  double right, up;  ///< in half heights of the picture
};

/// The textbook pinhole, written independently of the code: right and up over depth, over tan of half the view angle.
OnPicture project(const CameraPose& pose, Vec3d point) {
  const double a = pose.azimuth_deg * M_PI / 180, e = pose.elevation_deg * M_PI / 180;
  const Vec3d eye =
      pose.target + Vec3d{-std::sin(a) * std::cos(e), -std::cos(a) * std::cos(e), std::sin(e)} * pose.distance_m;
  const Vec3d forward = (pose.target - eye) * (1 / norm(pose.target - eye));
  const Vec3d right{std::cos(a), -std::sin(a), 0};
  const Vec3d up = cross(right, forward), to = point - eye;
  const double depth =
      (pose.orthographic ? pose.distance_m : dot(to, forward)) * std::tan(pose.view_angle_deg * M_PI / 360);
  return {dot(to, right) / depth, dot(to, up) / depth};
}

CameraPose slanted() {
  CameraPose pose;
  pose.target = {10, -20, 5};
  pose.distance_m = 800;
  pose.azimuth_deg = 33;
  pose.elevation_deg = 27;
  return pose;
}

TEST(Camera, LookingNorthFromTheSouthStandsSouthOfTheTarget) {
  CameraPose pose;
  pose.distance_m = 100;
  pose.azimuth_deg = 0;
  pose.elevation_deg = 30;
  const Vec3d eye = eyeOf(pose);  // 100 m at 30 degrees: 50 m high, 86.6 m south
  EXPECT_NEAR(eye.x, 0, 1e-9);
  EXPECT_NEAR(eye.y, -86.6025403784, 1e-6);
  EXPECT_NEAR(eye.z, 50, 1e-9);
}

TEST(Camera, ZoomingKeepsThePlaceUnderTheCursorThere) {
  const Vec3d place{140, 60, 12};
  for (const bool orthographic : {false, true}) {
    CameraPose pose = slanted();
    pose.orthographic = orthographic;
    const OnPicture before = project(pose, place);
    const CameraPose closer = zoomAt(pose, place, 0.6);
    const OnPicture after = project(closer, place);
    EXPECT_NEAR(after.right, before.right, 1e-9);
    EXPECT_NEAR(after.up, before.up, 1e-9);
    EXPECT_NEAR(closer.distance_m, 480, 1e-9);
  }
}

TEST(Camera, NeverLooksFromBelowTheHorizonHoweverFarOneDrags) {
  EXPECT_GE(eyeOf(orbit(slanted(), 0, -100000)).z, slanted().target.z);
  EXPECT_NEAR(orbit(slanted(), 0, -100000).elevation_deg, 2, 1e-9);
  EXPECT_NEAR(orbit(slanted(), 0, 100000).elevation_deg, 90, 1e-9);
}

TEST(Camera, PanningMovesTheGroundWithTheMouse) {
  const CameraPose pose = slanted();
  const CameraPose moved = pan(pose, 40, 0, 720);
  EXPECT_NEAR(project(moved, pose.target).right, 40 / 360.0, 1e-6);  // 40 px of a half height of 360 px
  EXPECT_NEAR(project(moved, pose.target).up, 0, 1e-6);
  const CameraPose down = pan(pose, 0, 10, 720);
  EXPECT_NEAR(project(down, pose.target).up, -10 / 360.0, 2e-3);
  EXPECT_NEAR(down.target.z, pose.target.z, 1e-12);
}

TEST(Camera, TurningAboutAnotherPlaceDoesNotMoveThePicture) {
  const Vec3d place{200, 300, 0}, witness{-50, 80, 3};
  for (const bool orthographic : {false, true}) {
    CameraPose pose = slanted();
    pose.orthographic = orthographic;
    const OnPicture before = project(pose, witness), after = project(turnAbout(pose, place), witness);
    EXPECT_NEAR(after.right, before.right, 1e-9);
    EXPECT_NEAR(after.up, before.up, 1e-9);
  }
}

TEST(Camera, FittingShowsEveryCornerOfTheTown) {
  Bounds town;
  town.add(Vec3d{-1000, -700, 0});
  town.add(Vec3d{1000, 900, 120});
  for (const bool orthographic : {false, true}) {
    CameraPose pose = slanted();
    pose.orthographic = orthographic;
    const CameraPose fitted = fit(pose, town, 1.6);
    double widest = 0;
    for (int corner = 0; corner < 8; ++corner) {
      const OnPicture p =
          project(fitted, {corner & 1 ? 1000.0 : -1000.0, corner & 2 ? 900.0 : -700.0, corner & 4 ? 120.0 : 0});
      widest = std::max({widest, std::abs(p.right) / 1.6, std::abs(p.up)});
    }
    EXPECT_LE(widest, 1);
    EXPECT_GE(widest, 0.9) << "the town should fill the picture";
  }
}

TEST(Camera, FlightsTurnTheShortWayRound) {
  CameraPose from = slanted(), to = slanted();
  from.azimuth_deg = 350;
  to.azimuth_deg = 20;
  EXPECT_NEAR(between(from, to, 0.5).azimuth_deg, 5, 1e-9);
  EXPECT_EQ(between(from, to, 1).azimuth_deg, 20);
}

TEST(Camera, TheCommandLinesWordsAreUnderstood) {
  Bounds town;
  town.add(Vec3d{-100, -100, 0});
  town.add(Vec3d{100, 100, 10});
  const auto pose = cameraFrom("target=12.5,-3,40;distance=800;azimuth=30;elevation=45;ortho", town, 1.6);
  ASSERT_TRUE(pose.ok());
  EXPECT_EQ(pose->target, (Vec3d{12.5, -3, 40}));
  EXPECT_EQ(pose->distance_m, 800);
  EXPECT_EQ(pose->azimuth_deg, 30);
  EXPECT_EQ(pose->elevation_deg, 45);
  EXPECT_TRUE(pose->orthographic);
  EXPECT_EQ(cameraFrom("top", town, 1.6)->elevation_deg, 90);
  EXPECT_TRUE(cameraFrom("overview", town, 1.6).ok());
}

TEST(Camera, AWordThatIsNotUnderstoodIsNamed) {
  for (const char* text : {"sideways", "distance=abc", "target=1,2", "distance=-5", "azimuth=nan"}) {
    const auto pose = cameraFrom(text, {}, 1.6);
    ASSERT_FALSE(pose.ok()) << text;
    EXPECT_THAT(pose.error().text(), testing::HasSubstr(text));
  }
}

}  // namespace
}  // namespace hashimichi::render
