#include <gmock/gmock.h>

#include "tests/geo/import/citygml_reading.h"

namespace hashimichi::import::tests {
namespace {

using model::SurfaceKind;
using testing::HasSubstr;

TEST(CityGmlGeometry, NorthingComesFirstInPlaneRectangularZones) {
  const Reading reading =
      readText(document(building("b", multiSurface("bldg:lod1MultiSurface", surface(polygon(squareAt(100, 20, 5)))))));
  ASSERT_EQ(reading.got.buildings.size(), 1u) << reading.report();
  const Bounds bounds = model::boundsOf(reading.got.buildings[0].geometry);
  EXPECT_NEAR(norm(bounds.low - Vec3d{20, 100, 5}), 0, 1e-6);
  EXPECT_NEAR(norm(bounds.high - Vec3d{30, 110, 5}), 0, 1e-6);
  EXPECT_EQ(reading.got.buildings[0].geometry.surfaces[0].polygon.outer.size(), 4u) << "the last point is not repeated";
}

TEST(CityGmlGeometry, BoundarySurfacesSayWhatAFaceIsPartOf) {
  const auto bounded = [](const std::string& kind, int height) {
    return "<bldg:boundedBy><bldg:" + kind + ">" +
           multiSurface("bldg:lod2MultiSurface", surface(polygon(squareAt(0, 0, height)))) + "</bldg:" + kind +
           "></bldg:boundedBy>";
  };
  const Reading reading = readText(
      document(building("b", bounded("GroundSurface", 1) + bounded("WallSurface", 2) + bounded("RoofSurface", 3) +
                                 bounded("OuterFloorSurface", 4) + bounded("ClosureSurface", 5))));
  ASSERT_EQ(reading.got.buildings.size(), 1u);
  const auto& surfaces = reading.got.buildings[0].geometry.surfaces;
  ASSERT_EQ(surfaces.size(), 5u);
  const SurfaceKind expected[] = {SurfaceKind::ground, SurfaceKind::wall, SurfaceKind::roof, SurfaceKind::floor,
                                  SurfaceKind::closure};
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(surfaces[i].kind, expected[i]) << i;
}

TEST(CityGmlGeometry, SolidThatOnlyNamesItsFacesTakesEachOnceWhicheverComesFirst) {
  const std::string walls = "<bldg:boundedBy><bldg:WallSurface>" +
                            multiSurface("bldg:lod2MultiSurface", surface(polygon(squareAt(0, 0, 3), "w1")) +
                                                                      surface(polygon(squareAt(20, 0, 3), "w2"))) +
                            "</bldg:WallSurface></bldg:boundedBy>";
  const std::string solid = "<bldg:lod2Solid><gml:Solid><gml:exterior><gml:CompositeSurface>" + link("w1") +
                            link("w2") + "</gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod2Solid>";
  for (const std::string& content : {solid + walls, walls + solid}) {
    const Reading reading = readText(document(building("b", content)));
    ASSERT_EQ(reading.got.buildings.size(), 1u);
    EXPECT_EQ(countOf(reading.got.buildings[0].geometry, SurfaceKind::wall), 2u);
    EXPECT_EQ(reading.got.buildings[0].geometry.surfaces.size(), 2u);
    EXPECT_TRUE(reading.problems.empty()) << reading.report();
  }
}

TEST(CityGmlGeometry, FaceOfAnotherFeatureIsFoundBeforeAndAfterAndWhatNobodyDefinesIsReported) {
  const std::string owner =
      building("owner", "<bldg:boundedBy><bldg:RoofSurface>" +
                            multiSurface("bldg:lod2MultiSurface", surface(polygon(squareAt(0, 0, 9), "shared"))) +
                            "</bldg:RoofSurface></bldg:boundedBy>");
  const std::string user = building("user", multiSurface("bldg:lod2MultiSurface", link("shared") + link("nowhere")));
  for (const std::string& members : {owner + user, user + owner}) {
    const Reading reading = readText(document(members));
    ASSERT_EQ(reading.got.buildings.size(), 2u) << reading.report();
    const model::Building& waiting = reading.got.buildings.back();
    EXPECT_EQ(waiting.id, "user") << "it waits for the other and comes last";
    EXPECT_EQ(countOf(waiting.geometry, SurfaceKind::roof), 1u);
    ASSERT_EQ(reading.skipped("xlink.unresolved"), 1u);
    EXPECT_THAT(lineOf(reading, "xlink.unresolved")->what, HasSubstr("nowhere"));
    EXPECT_THAT(lineOf(reading, "xlink.unresolved")->place, HasSubstr("gml:id=user"));
  }
}

TEST(CityGmlGeometry, HolesStayHolesAndABadHoleCostsOnlyItself) {
  const std::string good = hole("2 2 5 4 2 5 4 4 5 2 4 5 2 2 5"), bad = hole("6 6 5 7 6 5 6 6 5");
  const Reading reading = readText(
      document(building("b", multiSurface("bldg:lod0RoofEdge", surface(polygon(squareAt(0, 0, 5), "p", good + bad))))));
  ASSERT_EQ(reading.got.buildings.size(), 1u);
  ASSERT_EQ(reading.got.buildings[0].geometry.surfaces.size(), 1u);
  EXPECT_EQ(reading.got.buildings[0].geometry.surfaces[0].polygon.holes.size(), 1u);
  EXPECT_NEAR(model::area2d(reading.got.buildings[0].geometry.surfaces[0].polygon), 100 - 4, 1e-6);
  EXPECT_EQ(reading.skipped("ring.too_few"), 1u);
}

TEST(CityGmlGeometry, HighestLevelWithFacesIsKeptAndAnEmptyHigherOneIsToldAbout) {
  const std::string lod0 = multiSurface("bldg:lod0FootPrint", surface(polygon(squareAt(0, 0, 0))));
  const std::string lod1 = multiSurface("bldg:lod1MultiSurface", surface(polygon(squareAt(0, 0, 5))));
  const std::string lod2 = multiSurface("bldg:lod2MultiSurface", surface(polygon("0 0 5 0 1 5 0 0 5")));
  const Reading reading = readText(document(building("b", lod0 + lod1 + lod2)));
  ASSERT_EQ(reading.got.buildings.size(), 1u);
  EXPECT_EQ(reading.got.buildings[0].geometry.lod, 1);
  EXPECT_EQ(reading.got.buildings[0].geometry.surfaces.size(), 1u);
  EXPECT_EQ(reading.assumed("lod.fallback"), 1u) << reading.report();
}

TEST(CityGmlGeometry, PartsJoinTheirBuildingEachAtItsOwnLevel) {
  const std::string part =
      "<bldg:consistsOfBuildingPart><bldg:BuildingPart gml:id=\"part\">"
      "<bldg:measuredHeight uom=\"m\">12</bldg:measuredHeight>" +
      multiSurface("bldg:lod1MultiSurface", surface(polygon(squareAt(50, 0, 5)))) +
      "</bldg:BuildingPart></bldg:consistsOfBuildingPart>";
  const Reading reading = readText(
      document(building("b", multiSurface("bldg:lod2MultiSurface", surface(polygon(squareAt(0, 0, 7)))) +
                                 multiSurface("bldg:lod1MultiSurface", surface(polygon(squareAt(0, 0, 6)))) + part)));
  ASSERT_EQ(reading.got.buildings.size(), 1u);
  EXPECT_EQ(reading.got.buildings[0].geometry.surfaces.size(), 2u) << "LOD2 of the house, LOD1 of its part";
  EXPECT_EQ(reading.got.buildings[0].measured_height_m, 12.0) << "the part's, as the building states none";
}

TEST(CityGmlGeometry, BridgeElementsAreSubstructureGirderAndRailing) {
  const auto element = [](const std::string& property, const std::string& type, const std::string& function, int h) {
    return "<brid:" + property + "><brid:" + type + "><brid:function>" + function + "</brid:function>" +
           multiSurface("brid:lod2Geometry", surface(polygon(squareAt(0, 0, h)))) + "</brid:" + type +
           "></brid:" + property + ">";
  };
  const std::string deck = "<brid:boundedBy><brid:OuterFloorSurface>" +
                           multiSurface("brid:lod2MultiSurface", surface(polygon(squareAt(0, 0, 8)))) +
                           "</brid:OuterFloorSurface></brid:boundedBy>";
  const Reading reading = readText(document(member(
      "<brid:Bridge gml:id=\"k\">" + deck + element("outerBridgeConstruction", "BridgeConstructionElement", "01", 1) +
      element("outerBridgeConstruction", "BridgeConstructionElement", "02", 2) +
      element("outerBridgeConstruction", "BridgeConstructionElement", "03", 3) +
      element("outerBridgeInstallation", "BridgeInstallation", "05", 9) + "</brid:Bridge>")));
  ASSERT_EQ(reading.got.bridges.size(), 1u) << reading.report();
  const model::Bridge& bridge = reading.got.bridges[0];
  EXPECT_EQ(countOf(bridge.geometry, SurfaceKind::deck), 1u);
  EXPECT_EQ(countOf(bridge.geometry, SurfaceKind::substructure), 2u);
  EXPECT_EQ(countOf(bridge.geometry, SurfaceKind::girder), 1u);
  EXPECT_EQ(countOf(bridge.geometry, SurfaceKind::railing), 1u);
  ASSERT_TRUE(bridge.position);
  EXPECT_NEAR(norm(*bridge.position - Vec3d{5, 5, 5}), 0, 1e-6);
}

TEST(CityGmlGeometry, PositionsOneByOneAndFlatCoordinatesAreRead) {
  const std::string by_pos =
      "<gml:Polygon><gml:exterior><gml:LinearRing><gml:pos>0 0 4</gml:pos><gml:pos>0 10 4</gml:pos>"
      "<gml:pos>10 10 4</gml:pos><gml:pos>0 0 4</gml:pos></gml:LinearRing></gml:exterior></gml:Polygon>";
  const std::string flat =
      "<gml:Polygon srsDimension=\"2\"><gml:exterior><gml:LinearRing><gml:posList>0 0 0 10 10 10 0 0</gml:posList>"
      "</gml:LinearRing></gml:exterior></gml:Polygon>";
  const Reading reading = readText(document(building("pos", multiSurface("bldg:lod1MultiSurface", surface(by_pos))) +
                                            building("flat", multiSurface("bldg:lod0FootPrint", surface(flat)))));
  ASSERT_EQ(reading.got.buildings.size(), 2u) << reading.report();
  EXPECT_EQ(reading.got.buildings[0].geometry.surfaces.at(0).polygon.outer.size(), 3u);
  EXPECT_TRUE(reading.got.buildings[0].geometry.has_height);
  EXPECT_EQ(reading.got.buildings[1].geometry.surfaces.at(0).polygon.outer.size(), 3u);
  EXPECT_FALSE(reading.got.buildings[1].geometry.has_height);
}

TEST(CityGmlGeometry, CentreLineOfARoadGivesItsLength) {
  const std::string network =
      "<tran:lod0Network><gml:CompositeCurve><gml:curveMember><gml:LineString><gml:posList>0 0 0 30 40 0 30 100 0"
      "</gml:posList></gml:LineString></gml:curveMember></gml:CompositeCurve></tran:lod0Network>";
  const Reading reading = readText(document(member(
      "<tran:Road gml:id=\"r\">" + network +
      multiSurface("tran:lod1MultiSurface", surface(polygon("0 0 0 0 110 0 4 110 0 4 0 0 0 0 0"))) + "</tran:Road>")));
  ASSERT_EQ(reading.got.roads.size(), 1u) << reading.report();
  EXPECT_NEAR(reading.got.roads[0].length_m, 50 + 60, 1e-6);
  EXPECT_EQ(reading.got.roads[0].centreline.size(), 3u);
  EXPECT_FALSE(reading.got.roads[0].geometry.has_height);
}

TEST(CityGmlGeometry, RoadSurfaceWithoutLineIsAsLongAsItsRectangle) {
  const Reading reading = readText(document(member(
      "<tran:Road gml:id=\"r\">" +
      multiSurface("tran:lod1MultiSurface", surface(polygon("0 0 2 0 80 2 6 80 2 6 0 2 0 0 2"))) + "</tran:Road>")));
  ASSERT_EQ(reading.got.roads.size(), 1u);
  EXPECT_NEAR(reading.got.roads[0].length_m, 80, 1e-6);
}

TEST(CityGmlGeometry, ProjectAreaDecidesTheAxesOfAProjectedFile) {
  // Written east north by mistake: 150 km east, 30 km north of the zone's origin instead of the other way round.
  const std::string swapped = document(
      building("b", multiSurface("bldg:lod1MultiSurface",
                                 surface(polygon("30000 160000 5 30010 160000 5 30010 160010 5 30000 160000 5")))));
  ReadingOptions how = zone_viii;
  how.area = box(29000, 159000, 31000, 161000);
  const Reading reading = readText(swapped, how);
  ASSERT_EQ(reading.got.buildings.size(), 1u);
  EXPECT_EQ(reading.assumed("axis.swapped"), 1u) << reading.report();
  EXPECT_NEAR(model::boundsOf(reading.got.buildings[0].geometry).low.x, 30000, 1e-6);
  how.area = box(159000, 29000, 161000, 31000);
  EXPECT_TRUE(readText(swapped, how).problems.empty()) << "in order where the project lies there";
  how.area = box(-500000, -500000, -490000, -490000);
  EXPECT_EQ(readText(swapped, how).assumed("crs.far_from_project"), 1u);
}

TEST(CityGmlGeometry, AZoneThatLiesElsewhereIsReadUnderTheOneOfTheProject) {
  const std::string zone_ix = document(
      building("b", multiSurface("bldg:lod1MultiSurface",
                                 surface(polygon("160000 30000 5 160010 30000 5 160010 30010 5 160000 30000 5")))),
      "http://www.opengis.net/def/crs/EPSG/0/6677");
  ReadingOptions how = zone_viii;
  how.area = box(29000, 159000, 31000, 161000);
  const Reading reading = readText(zone_ix, how);
  ASSERT_EQ(reading.got.buildings.size(), 1u);
  EXPECT_EQ(reading.assumed("crs.wrong_zone"), 1u) << reading.report();
  EXPECT_NEAR(model::boundsOf(reading.got.buildings[0].geometry).low.x, 30000, 1e-6);
}

TEST(CityGmlGeometry, ACodeThatThisProjLacksIsReadByItsPartsAndSaysSo) {
  const Reading reading = readText(document(
      building("b", multiSurface("bldg:lod1MultiSurface",
                                 surface(polygon("160000 30000 5 160010 30000 5 160010 30010 5 160000 30000 5")))),
      "http://www.opengis.net/def/crs/EPSG/0/10169"));
  ASSERT_EQ(reading.got.buildings.size(), 1u);
  EXPECT_EQ(reading.assumed("crs.substituted"), 1u) << reading.report();
  EXPECT_EQ(model::boundsOf(reading.got.buildings[0].geometry).low, (Vec3d{30000, 160000, 5}));
}

TEST(CityGmlGeometry, EllipsoidalHeightsAreConvertedWithTheUsersGeoidAndKeptWithoutOne) {
  const std::string text =
      document(building("b", multiSurface("bldg:lod1MultiSurface",
                                          surface(polygon("37.4463 138.8513 100 37.4464 138.8513 100 37.4464 138.8514 "
                                                          "100 37.4463 138.8513 100")))),
               "http://www.opengis.net/def/crs/EPSG/0/4979");
  const Reading kept = readText(text);
  ASSERT_EQ(kept.got.buildings.size(), 1u);
  ReadingOptions how = zone_viii;
  const std::filesystem::path geoid =
      std::filesystem::path(HASHIMICHI_SHARED_DIR) / "data/raster/geoid/jp_gsi_gsigeo2011.tif";
  if (!std::filesystem::exists(geoid)) GTEST_SKIP() << "the shared geoid grid is not at hand";
  EXPECT_EQ(kept.assumed("height.ellipsoidal") + kept.assumed("height.ellipsoidal_converted"), 1u) << kept.report();
  how.options.geoid = geoid.string();
  const Reading converted = readText(text, how);
  ASSERT_EQ(converted.got.buildings.size(), 1u) << converted.report();
  EXPECT_EQ(converted.assumed("height.ellipsoidal_converted"), 1u) << converted.report();
  // GSIGEO2011 there: 39.63 m (tests/geo/crs/heights_test.cpp).
  EXPECT_NEAR(model::boundsOf(converted.got.buildings[0].geometry).low.z, 60.37, 0.01);
}

TEST(CityGmlGeometry, PeekSaysCrsAndExtentEastFirst) {
  const TempFolder folder;
  write(folder / "a.gml",
        document(building("b", multiSurface("bldg:lod1MultiSurface", surface(polygon(squareAt(100, 20, 5)))))));
  Problems problems;
  const auto peek = citygmlImporter().peek(folder / "a.gml", {}, problems);
  ASSERT_TRUE(peek.ok());
  EXPECT_EQ(peek->format, "CityGML");
  EXPECT_EQ(peek->crs, "EPSG:6676");
  EXPECT_EQ(peek->order, crs::AxisOrder::authority);
  EXPECT_EQ(peek->bounds.high.x, 100);
  // Without an Envelope the coordinates themselves are scanned.
  std::string text = slurp(folder / "a.gml");
  const auto from = text.find("<gml:boundedBy>"), to = text.find("</gml:boundedBy>");
  text.replace(from, to - from, "<gml:boundedBy>");
  text.replace(text.find("<gml:MultiSurface>"), 18, "<gml:MultiSurface srsName=\"EPSG:6676\">");
  write(folder / "b.gml", text);
  const auto scanned = citygmlImporter().peek(folder / "b.gml", {}, problems);
  ASSERT_TRUE(scanned.ok());
  EXPECT_EQ(scanned->bounds.low.x, 20);
  EXPECT_EQ(scanned->bounds.low.y, 100);
  EXPECT_EQ(readCityGml(folder / "b.gml", zone_viii).got.buildings.size(), 1u);
}

TEST(CityGmlGeometry, FileWithoutCrsIsRefusedUntilTheUserNamesOne) {
  const std::string text =
      document(building("b", multiSurface("bldg:lod1MultiSurface", surface(polygon(squareAt(100, 20, 5))))), "");
  const Reading refused = readText(text);
  ASSERT_TRUE(refused.error);
  EXPECT_EQ(refused.error->code, ErrorCode::bad_crs);
  ReadingOptions how = zone_viii;
  how.options.source_crs = "EPSG:6676";
  const Reading named = readText(text, how);
  EXPECT_EQ(named.got.buildings.size(), 1u) << named.report();
  EXPECT_EQ(named.assumed("crs.from_user"), 1u);
  how.options.source_crs = "EPSG:999999";
  EXPECT_EQ(readText(text, how).error->code, ErrorCode::bad_crs);
}

}  // namespace
}  // namespace hashimichi::import::tests
