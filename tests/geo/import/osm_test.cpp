// OpenStreetMap: what its ways are for a snow clearer; extracts that others made.
#include <gmock/gmock.h>

#include <set>

#include "geo/import/osm_tags.h"
#include "tests/geo/import/reading.h"
#include "tests/support/open_files.h"

namespace hashimichi::import::tests {
namespace {

using ::testing::HasSubstr;

// Near 37.4463 N 138.8513 E, which is easting 31083.033, northing 160541.384 (gdaltransform, EPSG:6668 to 6676).
const char* const crossing = R"(<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6" generator="test">
 <node id="9" lat="37.4463" lon="138.8503"/><node id="2" lat="37.4463" lon="138.8513"/>
 <node id="3" lat="37.4463" lon="138.8523"/><node id="4" lat="37.4473" lon="138.8513"/>
 <node id="5" lat="37.4453" lon="138.8513"/><node id="6" lat="37.4453" lon="138.8523"/>
 <way id="100"><nd ref="9"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/><tag k="name" v="大手通り"/>
  <tag k="lanes" v="2"/><tag k="width" v="6.5 m"/><tag k="surface" v="asphalt"/><tag k="description" v="a &quot;b&quot;, c"/></way>
 <way id="101"><nd ref="4"/><nd ref="2"/><tag k="highway" v="primary"/><tag k="bridge" v="yes"/><tag k="ref" v="17"/></way>
 <way id="102"><nd ref="5"/><nd ref="2"/><tag k="highway" v="footway"/></way>
 <way id="103"><nd ref="5"/><nd ref="6"/><tag k="waterway" v="river"/><tag k="name" v="橋道川"/></way>
 <way id="104"><nd ref="2"/><nd ref="3"/><nd ref="6"/><nd ref="5"/><nd ref="2"/><tag k="building" v="yes"/>
  <tag k="height" v="8.5"/></way>
 <way id="105"><nd ref="4"/><nd ref="3"/><tag k="power" v="line"/></way>
</osm>)";

TEST(OpenStreetMap, WaysBecomeRoadsCutWhereTheyMeetWithTheirTagsKept) {
  const TempFolder folder;
  write(folder / "town.osm", crossing);
  const Reading reading = read(osmImporter(), folder / "town.osm");
  ASSERT_EQ(reading.got.roads.size(), 3u) << reading.report();
  const model::RoadSegment& west = reading.got.roads[0];
  EXPECT_EQ(west.id, "way/100-1");
  EXPECT_EQ(west.name, "大手通り");
  EXPECT_EQ(west.lanes, 2);
  EXPECT_DOUBLE_EQ(west.width_m, 6.5);
  EXPECT_EQ(model::textOf(west.attributes, "surface"), "asphalt");
  EXPECT_EQ(model::textOf(west.attributes, "description"), "a \"b\", c");
  EXPECT_FALSE(west.on_bridge);
  EXPECT_FALSE(west.geometry.has_height);
  EXPECT_NEAR(west.centreline.back().x, 83.033, 0.01);
  EXPECT_NEAR(west.centreline.back().y, 541.384, 0.01);
  EXPECT_EQ(reading.got.roads[1].id, "way/100-2");
  EXPECT_EQ(reading.got.roads[2].id, "way/101");
  EXPECT_TRUE(reading.got.roads[2].on_bridge);
  EXPECT_EQ(reading.got.roads[2].name, "17");
}

TEST(OpenStreetMap, WaterAndBuildingsAreReadAndTheRestIsCounted) {
  const TempFolder folder;
  write(folder / "town.osm", crossing);
  const Reading reading = read(osmImporter(), folder / "town.osm");
  ASSERT_EQ(reading.got.objects.size(), 1u) << reading.report();
  EXPECT_EQ(reading.got.objects[0].kind, model::ObjectKind::water);
  EXPECT_EQ(reading.got.objects[0].name, "橋道川");
  ASSERT_EQ(reading.got.buildings.size(), 1u);
  EXPECT_EQ(reading.got.buildings[0].id, "way/104");
  EXPECT_EQ(reading.got.buildings[0].measured_height_m, 8.5);
  EXPECT_EQ(reading.assumed("osm.left_out"), 1u);
  EXPECT_THAT(reading.report(), HasSubstr("1 footway"));
  EXPECT_THAT(reading.report(), HasSubstr("1 ways and areas are neither"));
}

TEST(OpenStreetMap, LengthsAndCountsOfTagsAreUnderstood) {
  EXPECT_DOUBLE_EQ(*osmMetres("6.5"), 6.5);
  EXPECT_DOUBLE_EQ(*osmMetres("7 m"), 7);
  EXPECT_NEAR(*osmMetres("16'4\""), 4.9784, 1e-9);  // 16.333 ft × 0.3048
  EXPECT_NEAR(*osmMetres("10 ft"), 3.048, 1e-12);
  for (const char* no_length : {"", "wide", "2 km", "nan", "-3", "1e30", "0"}) EXPECT_FALSE(osmMetres(no_length));
  EXPECT_EQ(osmCount("2;3"), 2);
  for (const char* no_count : {"", "many", "-1", "1e9", "2x"}) EXPECT_FALSE(osmCount(no_count));
}

TEST(OpenStreetMap, ADamagedRestOfTagsEndsWhereItBreaks) {
  for (const char* rest : {"", "\"", "\"a", "\"a\"", "\"a\"=>", "\"a\"=>\"", "\"a\"=>\"b\\", "a=>b"}) {
    OsmTags tags;
    addOtherTags(rest, tags);
    EXPECT_TRUE(tags.empty()) << rest;
  }
  OsmTags tags;
  addOtherTags(R"("a"=>"x\"y","b"=>"\\")", tags);
  EXPECT_EQ(tags, (OsmTags{{"a", "x\"y"}, {"b", "\\"}}));
}

TEST(OpenStreetMap, ACutFileIsAnErrorOrAPartialReading) {
  const TempFolder folder;
  const std::string whole = crossing;
  const std::size_t open_before = hashimichi::tests::openFiles();
  for (std::size_t bytes = 60; bytes + 10 < whole.size(); bytes += 50) {
    write(folder / "town.osm", whole.substr(0, bytes));
    const Reading reading = read(osmImporter(), folder / "town.osm");
    if (reading.error) {
      EXPECT_THAT(reading.error->where, HasSubstr("town.osm"));
    } else {
      EXPECT_GE(reading.skipped("file.damaged"), 1u) << bytes << "\n" << reading.report();
    }
  }
  EXPECT_EQ(hashimichi::tests::openFiles(), open_before);
}

TEST(OpenStreetMap, PlacesThatAreNoneAreLeftOut) {
  const TempFolder folder;
  write(folder / "town.osm",
        R"(<osm version="0.6"><node id="1" lat="nan" lon="138.85"/><node id="2" lat="1e300" lon="1"/>
    <node id="3" lat="37.4463" lon="138.8513"/><node id="4" lat="37.4463" lon="138.8523"/>
    <way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="service"/></way>
    <way id="2"><nd ref="3"/><nd ref="4"/><nd ref="77"/><tag k="highway" v="service"/></way></osm>)");
  const Reading reading = read(osmImporter(), folder / "town.osm");
  for (const model::RoadSegment& road : reading.got.roads)
    for (const Vec3d& point : road.centreline) EXPECT_TRUE(isFinite(point));
  EXPECT_LE(reading.got.roads.size(), 1u) << reading.report();
}

struct Extract {
  const char* file;
  int epsg;
  Vec3d origin;
  std::size_t bridge_ways;  ///< of shared/data/README.md; 0 where it names none
};

class OsmExtract : public ::testing::TestWithParam<Extract> {};

TEST_P(OsmExtract, ItsRoadsAreReadAndItsWaysWithABridgeTagAreThere) {
  const Extract& extract = GetParam();
  HASHIMICHI_NEEDS_SHARED(sharedData("roads/osm") / extract.file);
  const ReadingOptions how{extract.epsg, extract.origin, {}, {}};
  const Reading reading = read(osmImporter(), sharedData("roads/osm") / extract.file, how);
  EXPECT_FALSE(reading.error) << reading.report();
  EXPECT_GT(reading.got.roads.size(), 5u);
  std::set<std::string> ids, ways_on_bridges;
  std::size_t repeated = 0;
  for (const model::RoadSegment& road : reading.got.roads) {
    repeated += !ids.insert(road.id).second;
    const std::string way = road.id.substr(0, road.id.find('-'));
    if (!model::textOf(road.attributes, "bridge").empty()) ways_on_bridges.insert(way);
  }
  for (const model::CityObject& object : reading.got.objects)
    if (!model::textOf(object.attributes, "bridge").empty()) ways_on_bridges.insert(object.id);
  EXPECT_EQ(repeated, 0u);
  if (extract.bridge_ways > 0) {
    // The rest are bridges of footways and cycleways, which are left out.
    EXPECT_LE(ways_on_bridges.size(), extract.bridge_ways);
    EXPECT_GT(ways_on_bridges.size(), extract.bridge_ways / 3);
  }
  Problems problems;
  const Result<Peek> peek = osmImporter().peek(sharedData("roads/osm") / extract.file, {}, problems);
  ASSERT_TRUE(peek);
  EXPECT_EQ(peek->crs, "EPSG:4326");
  EXPECT_FALSE(peek->bounds.empty());
}

INSTANTIATE_TEST_SUITE_P(Shared, OsmExtract,
                         ::testing::Values(Extract{"andorra.osm.pbf", 32631, {380000, 4710000, 0}, 145},
                                           Extract{"liechtenstein-latest.osm.pbf", 32632, {540000, 5220000, 0}, 204},
                                           Extract{"Laufamholzstrasse.osm.xml", 32632, {655000, 5480000, 0}, 0},
                                           Extract{"osmnx_planet_10.068_48.135.osm", 32632, {579000, 5332000, 0}, 0}));

}  // namespace
}  // namespace hashimichi::import::tests
