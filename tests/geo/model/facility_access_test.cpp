#include "geo/model/facility_access.h"

#include <gtest/gtest.h>

namespace hashimichi::model {
namespace {

RoadSegment road(const std::string& id, Vec3d from, Vec3d to) {
  RoadSegment made;
  made.id = id;
  made.centreline = {from, to};
  return made;
}

Building building(const std::string& name, Vec3d middle) {
  Building made;
  made.name = name;
  const Ring ring{middle + Vec3d{-5, -5, 0}, middle + Vec3d{5, -5, 0}, middle + Vec3d{5, 5, 0},
                  middle + Vec3d{-5, 5, 0}};
  made.geometry.surfaces.push_back({{ring, {}}, SurfaceKind::ground});
  return made;
}

/// A street from west to east in pieces of 200 m, "0" … "4", and a lane that touches nothing.
std::vector<RoadSegment> street() {
  std::vector<RoadSegment> roads;
  for (int i = 0; i < 5; ++i) roads.push_back(road(std::to_string(i), {200.0 * i, 0, 0}, {200.0 * (i + 1), 0.5, 0}));
  roads.push_back(road("apart", {0, 50, 0}, {200, 50, 0}));
  return roads;
}

TEST(FacilityAccess, CountsRoadsWithinFiveHundredMetresAlongTheNetwork) {
  // The hospital stands at 110 m: the joints at 200, 400, 600 and 800 m are 90, 290, 490 and 690 m away.
  std::vector<RoadSegment> roads = street();
  Problems problems;
  measureFacilityAccess(roads, {building("橋道中央病院", {110, -20, 0})}, problems);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(roads[static_cast<std::size_t>(i)].facility_access, 1) << i;
  EXPECT_EQ(roads[4].facility_access, 0);
  EXPECT_EQ(roads[5].facility_access, 0);  // 70 m away as the crow flies, but not connected
  EXPECT_EQ(problems.count(ProblemKind::assumption, "road.facility_access"), 1u);
}

TEST(FacilityAccess, TheWeightierFacilityDecides) {
  std::vector<RoadSegment> roads = street();
  Problems problems;
  measureFacilityAccess(roads, {building("橋道小学校", {100, -20, 0}), building("橋道消防署", {900, -20, 0})},
                        problems);
  EXPECT_EQ(roads[0].facility_access, 0.6);
  EXPECT_EQ(roads[3].facility_access, 1);
}

TEST(FacilityAccess, StaysUnknownWhereNoBuildingNamesAFacility) {
  std::vector<RoadSegment> roads = street();
  Problems problems;
  measureFacilityAccess(roads, {building("", {100, -20, 0}), building("橋道商店", {300, -20, 0})}, problems);
  EXPECT_FALSE(roads[0].facility_access);
  EXPECT_TRUE(problems.empty());
}

TEST(FacilityAccess, ARoadWithoutALineStaysUnknownAndAFarFacilityReachesNobody) {
  std::vector<RoadSegment> roads = street();
  roads.push_back({});
  Problems problems;
  measureFacilityAccess(roads, {building("山の病院", {100, -400, 0})}, problems);
  EXPECT_EQ(roads[0].facility_access, 0);
  EXPECT_FALSE(roads.back().facility_access);
}

TEST(FacilityAccess, NamesTellWhatMustBeReached) {
  EXPECT_EQ(facilityWeight("橋道中央病院"), 1);
  EXPECT_EQ(facilityWeight("橋道消防署"), 1);
  EXPECT_EQ(facilityWeight("橋道小学校 校舎"), 0.6);
  EXPECT_EQ(facilityWeight("橋道動物病院"), 0);
  EXPECT_EQ(facilityWeight("旧病院跡"), 0);
  EXPECT_EQ(facilityWeight("消防団器具置場"), 0);
}

}  // namespace
}  // namespace hashimichi::model
